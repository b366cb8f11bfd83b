import ImageryBase
import ImageryTIFF
import TestSupport

extension TIFFFile {
    /// The image of that key.
    func image(_ key: AssetKey = "image:0") throws -> any ImageSource {
        for asset in assets where asset.key == key {
            if case .image(let image) = asset.content { return image }
        }
        throw ImageryError(.misuse, "test", "no image \(key)")
    }

    init(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws(ImageryError) {
        try self.init(MemorySource(bytes), options: options)
    }
}
