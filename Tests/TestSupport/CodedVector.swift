public import ImageryBase
import ImageryKernels

/// A small file of other software, and the CRC-32 of the samples that other software reads from it (band by band, 16-bit ones
/// little-endian).
public struct CodedVector: Sendable, CustomStringConvertible {
    /// Where the file lies in Tests/Vectors.
    public var path: String
    public var name: String
    public var bands: Int
    public var rows: Int
    public var columns: Int
    public var isWide: Bool
    public var crc: UInt32

    public init(_ path: String, name: String, bands: Int, rows: Int, columns: Int, isWide: Bool = false, crc: UInt32) {
        self.path = path
        self.name = name
        self.bands = bands
        self.rows = rows
        self.columns = columns
        self.isWide = isWide
        self.crc = crc
    }

    public var description: String { name }
    public var bytes: [UInt8] { vectorFile(path) }
}

/// The CRC-32 of the samples, 16-bit ones little-endian.
public func checksum(_ raster: Raster) throws -> UInt32 {
    var bytes: [UInt8] = raster.withBytes { [UInt8](copying: $0) }
    if raster.pixelType == .uint16 {
        bytes = try raster.samples(as: UInt16.self).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    }
    return unsafe bytes.withUnsafeBytes { unsafe crc32(0, $0) }
}
