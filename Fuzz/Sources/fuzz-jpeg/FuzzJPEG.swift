import FuzzSupport
import Imagery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJPEG(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    useEverything(input(data, size), as: .jpeg)
    return 0
}
