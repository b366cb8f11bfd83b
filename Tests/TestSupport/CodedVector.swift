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
