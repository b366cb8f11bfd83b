public import ImageryBase

/// A small file of other software whose samples follow a formula (Tests/Vectors/vectors.py).
public struct Vector: Sendable, CustomStringConvertible {
    /// Where the file lies in Tests/Vectors; what it is can be read from its name.
    public var path: String
    public var type: PixelType
    public var bands: Int
    public var rows: Int
    public var columns: Int
    public var modulus: Int
    public var offset: Int
    public var divisor: Int
    /// What samples of masked blocks are.
    public var pad: Int
    /// Blocks that are not recorded: plane, row and column in the grid.
    public var masked: [[Int]]

    public init(
        _ path: String, _ type: PixelType, bands: Int = 1, rows: Int = 6, columns: Int = 11, modulus: Int = 251, offset: Int = 0,
        divisor: Int = 1, pad: Int = 0, masked: [[Int]] = []
    ) {
        self.path = path
        self.type = type
        self.bands = bands
        self.rows = rows
        self.columns = columns
        self.modulus = modulus
        self.offset = offset
        self.divisor = divisor
        self.pad = pad
        self.masked = masked
    }

    public var description: String { path }
    public var bytes: [UInt8] { vectorFile(path) }
    public var shape: Shape { Shape(bands: bands, rows: rows, columns: columns) }

    /// All samples (real parts) in order of band, row, column. Planes of a sequential image are masked for themselves.
    public func samples(in layout: ImageLayout, isSequential: Bool = false) -> [Double] {
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
    public func numbers() throws -> [Double] {
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
    public func parts<T: BitwiseCopyable>(_: T.Type) -> [(T, T)] {
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
