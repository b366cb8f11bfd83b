import FuzzSupport
import Imagery

/// Codestreams, and box files around them: which one it is the library sees.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJPEG2000(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    useEverything(input(data, size), as: .jpeg2000)
    return 0
}
