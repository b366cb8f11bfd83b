import FuzzSupport
import Imagery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNITF(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    useEverything(input(data, size), as: .nitf)
    return 0
}
