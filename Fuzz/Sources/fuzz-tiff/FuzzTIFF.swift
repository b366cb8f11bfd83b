import FuzzSupport
import Imagery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTIFF(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    useEverything(input(data, size), as: .tiff)
    return 0
}
