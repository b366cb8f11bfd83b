public import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// A small file of other software, and the CRC-32 of the samples that other software reads from it (band by band, 16-bit ones
/// little-endian).
public struct CodedVector: Sendable, CustomStringConvertible {
    public var name: String
    public var bands: Int
    public var rows: Int
    public var columns: Int
    public var isWide: Bool
    public var crc: UInt32
    public var bytes: [UInt8]

    /// The file at `path` in Tests/Vectors.
    public init(_ path: String, name: String, bands: Int, rows: Int, columns: Int, isWide: Bool = false, crc: UInt32) {
        self.init(name, bands, rows, columns, isWide, crc, vectorFile(path))
    }

    /// The file that hexadecimal digits spell.
    public init(_ name: String, _ bands: Int, _ rows: Int, _ columns: Int, wide: Bool = false, crc: UInt32, _ digits: String) {
        self.init(name, bands, rows, columns, wide, crc, hex(digits))
    }

    private init(_ name: String, _ bands: Int, _ rows: Int, _ columns: Int, _ isWide: Bool, _ crc: UInt32, _ bytes: [UInt8]) {
        self.name = name
        self.bands = bands
        self.rows = rows
        self.columns = columns
        self.isWide = isWide
        self.crc = crc
        self.bytes = bytes
    }

    public var description: String { name }
}

/// The CRC-32 of the samples, 16-bit ones little-endian.
public func checksum(_ raster: Raster) throws -> UInt32 {
    var bytes: [UInt8] = raster.withBytes { [UInt8](copying: $0) }
    if raster.pixelType == .uint16 {
        bytes = try raster.samples(as: UInt16.self).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    }
    return unsafe bytes.withUnsafeBytes { unsafe crc32(0, $0) }
}
