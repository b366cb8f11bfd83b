import FuzzSupport
import Imagery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPNG(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    useEverything(input(data, size), as: .png)
    return 0
}
