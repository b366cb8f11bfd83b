import ImageryBase
import ImageryTIFF
import TestSupport

/// A small file of other software whose samples follow a formula (Tests/Vectors/tiff.py).
struct Vector: Sendable, CustomStringConvertible {
    var name: String
    var type: PixelType
    var bands: Int
    var rows: Int
    var columns: Int
    var modulus: Int
    var offset: Int
    var divisor: Int
    var base64: String

    var description: String { name }
    var bytes: [UInt8] { decodeBase64(base64) }
    var shape: Shape { Shape(bands: bands, rows: rows, columns: columns) }

    /// The sample at a place as the formula gives it.
    func sample(_ band: Int, _ row: Int, _ column: Int) -> Double {
        Double((5 + 7 * column + 13 * row + 29 * band) % modulus - offset) / Double(divisor)
    }

    /// All samples in order of band, row, column.
    var samples: [Double] {
        var all: [Double] = []
        for band in 0..<bands { for row in 0..<rows { for column in 0..<columns { all.append(sample(band, row, column)) } } }
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
        case .float16: try samples(as: Float16.self).map { Double($0) }
        case .float32: try samples(as: Float.self).map { Double($0) }
        case .float64: try samples(as: Double.self)
        case .complexInt16: parts(Int16.self).map { Double($0.0) }
        case .complexInt32: parts(Int32.self).map { Double($0.0) }
        case .complexFloat32: parts(Float.self).map { Double($0.0) }
        case .complexFloat64: parts(Double.self).map { $0.0 }
        }
    }

    /// Real and imaginary parts of complex samples.
    func parts<T: BitwiseCopyable>(_: T.Type) -> [(T, T)] {
        withBytes { bytes in
            let size = MemoryLayout<T>.size
            return stride(from: 0, to: bytes.byteCount, by: 2 * size).map { offset in
                unsafe (
                    bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: T.self),
                    bytes.unsafeLoadUnaligned(fromByteOffset: offset + size, as: T.self)
                )
            }
        }
    }
}

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
