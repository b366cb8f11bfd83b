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

    public init(name: String, bands: Int, rows: Int, columns: Int, isWide: Bool, crc: UInt32, base64: String) {
        self.name = name
        self.bands = bands
        self.rows = rows
        self.columns = columns
        self.isWide = isWide
        self.crc = crc
        bytes = decodeBase64(base64)
    }

    public var description: String { name }
}
