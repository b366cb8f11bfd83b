import ImageryBase
import TestSupport

@testable import ImageryNITF

/// A small file of other software whose samples follow a formula (Tests/Vectors/nitf.py).
struct Vector: Sendable, CustomStringConvertible {
    var name: String
    var type: PixelType
    var bands: Int
    var rows: Int
    var columns: Int
    var modulus: Int
    var offset: Int
    var divisor: Int
    /// Blocks that are not recorded: plane, row and column in the grid.
    var masked: [[Int]]
    var pad: Int
    var base64: String

    var description: String { name }
    var bytes: [UInt8] { decodeBase64(base64) }

    /// All samples (real parts) in order of band, row, column.
    func samples(in layout: ImageLayout, isSequential: Bool) -> [Double] {
        var all: [Double] = []
        for band in 0..<bands {
            for row in 0..<rows {
                for column in 0..<columns {
                    let block = [isSequential ? band : 0, row / layout.blockHeight, column / layout.blockWidth]
                    let value = (5 + 7 * column + 13 * row + 29 * band) % modulus - offset
                    all.append(masked.contains(block) ? Double(pad) : Double(value) / Double(divisor))
                }
            }
        }
        return all
    }
}

extension Raster {
    /// The samples as numbers; of complex ones the real parts.
    func numbers() throws -> [Double] {
        switch pixelType {
        case .uint8: try samples(as: UInt8.self).map { Double($0) }
        case .uint16: try samples(as: UInt16.self).map { Double($0) }
        case .uint32: try samples(as: UInt32.self).map { Double($0) }
        case .uint64: try samples(as: UInt64.self).map { Double($0) }
        case .int8: try samples(as: Int8.self).map { Double($0) }
        case .int16: try samples(as: Int16.self).map { Double($0) }
        case .int32: try samples(as: Int32.self).map { Double($0) }
        case .int64: try samples(as: Int64.self).map { Double($0) }
        case .float32: try samples(as: Float.self).map { Double($0) }
        case .float64: try samples(as: Double.self)
        case .complexFloat32: parts().map { Double($0.0) }
        case .float16, .complexInt16, .complexInt32, .complexFloat64: []
        }
    }

    /// Real and imaginary parts of complex samples.
    func parts() -> [(Float, Float)] {
        withBytes { bytes in
            stride(from: 0, to: bytes.byteCount, by: 8).map { offset in
                unsafe (
                    bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Float.self),
                    bytes.unsafeLoadUnaligned(fromByteOffset: offset + 4, as: Float.self)
                )
            }
        }
    }
}

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
