import ImageryBase
import TestSupport

@testable import ImageryNITF

extension NITFFile {
    init(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws(ImageryError) {
        try self.init(MemorySource(bytes), options: options)
    }

    func asset(_ key: AssetKey) throws -> AssetEntry {
        guard let asset = assets.first(where: { $0.key == key }) else { throw ImageryError(.misuse, "test", "no asset \(key)") }
        return asset
    }

    /// The image of that key.
    func image(_ key: AssetKey = "image:0") throws -> NITFImage {
        guard case .image(let image) = try asset(key).content, let own = image as? NITFImage else {
            throw ImageryError(.misuse, "test", "no image \(key)")
        }
        return own
    }
}
