// Long integer arrays: offsets and byte counts of strips and tiles (TIFF 6.0 sections 3 and 15).

public import ImageryBase
import ImageryPlumbing

/// An integer array of a directory, kept as the bytes of the file and read element by element: a million offsets cost their own
/// size.
public struct TagArray: Sendable {
    private let bytes: [UInt8]
    private let type: FieldType
    private let isBigEndian: Bool

    /// Number of elements.
    public let count: Int

    /// The array of an entry of an integer type; empty for other types. Throws kind io when the source fails.
    public init(_ entry: TagEntry, in file: TagFile) throws(ImageryError) {
        try self.init(entry, source: file.source, encoding: file.encoding)
    }

    init(_ entry: TagEntry, source: any ByteSource, encoding: TagEncoding) throws(ImageryError) {
        type = entry.type ?? .byte
        isBigEndian = encoding.isBigEndian
        switch type {
        case .byte, .short, .long, .ifd, .long8, .ifd8, .sbyte, .sshort, .slong, .slong8, .undefined:
            count = entry.isPresent ? entry.count : 0
        case .ascii, .utf8, .rational, .srational, .float, .double:
            count = 0
        }
        if entry.isInline {
            bytes = (0..<8).map { UInt8(truncatingIfNeeded: entry.inline >> (8 * UInt64($0))) }
        } else if count > 0 {
            // Bounded: the walk has shown that the value lies inside the source.
            bytes = try source.copy(entry.valueOffset..<entry.valueOffset + entry.byteCount, of: "TIFF tag \(entry.tag)")
        } else {
            bytes = []
        }
    }

    /// Element `index`; nil when there is none, or it is negative or does not fit.
    public subscript(index: Int) -> Int? {
        guard index >= 0, index < count else { return nil }
        let size = type.byteCount
        var raw: UInt64 = 0
        if isBigEndian {
            for byte in bytes[index * size..<(index + 1) * size] { raw = raw << 8 | UInt64(byte) }
        } else {
            for byte in bytes[index * size..<(index + 1) * size].reversed() { raw = raw << 8 | UInt64(byte) }
        }
        switch type {
        case .sbyte, .sshort, .slong, .slong8:
            let shift = UInt64(64 - 8 * size)
            let value = Int64(bitPattern: raw << shift) >> Int64(shift)
            return value < 0 ? nil : Int(exactly: value)
        default: return Int(exactly: raw)
        }
    }
}
