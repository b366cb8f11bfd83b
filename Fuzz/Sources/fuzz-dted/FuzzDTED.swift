import FuzzSupport
import Imagery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDTED(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    useEverything(input(data, size), as: .dted)
    return 0
}
