// Fields of a directory (TIFF 6.0 section 2 "IFD Entry"; BigTIFF: 20-byte entries with 64-bit counts).

public import ImageryBase

/// How numbers and offsets are stored: the first bytes of a TIFF header say it.
public struct TagEncoding: Hashable, Sendable {
    /// True for `MM`: most significant byte first.
    public var isBigEndian: Bool
    /// True for BigTIFF: 64-bit counts and offsets.
    public var isBig: Bool

    /// An encoding.
    public init(isBigEndian: Bool, isBig: Bool) {
        self.isBigEndian = isBigEndian
        self.isBig = isBig
    }

    /// Bytes of one entry.
    public var entryByteCount: Int { isBig ? 20 : 12 }
    /// Bytes of the count before the entries.
    public var countByteCount: Int { isBig ? 8 : 2 }
    /// Bytes of an offset; values up to that size lie inside their entry.
    public var offsetByteCount: Int { isBig ? 8 : 4 }
}

/// One field of a directory: what it is, and where its value lies.
public struct TagEntry: Hashable, Sendable {
    /// The tag.
    public let tag: UInt16
    /// The field type as stored; ``type`` is nil when it is not known.
    public let typeCode: UInt16
    /// False when the value lies outside the file or its type is unknown: a diagnostic says so, and the entry has no value.
    public let isPresent: Bool
    /// Number of elements; 0 when the value is not present.
    public let count: Int
    /// Offset of the value's first byte in the source.
    public let valueOffset: Int
    /// The bytes of the entry's value field as they lie in the file, the first one lowest.
    let inline: UInt64
    /// True when the value is in ``inline``.
    let isInline: Bool

    /// The field type, nil when it is not known.
    public var type: FieldType? { FieldType(rawValue: typeCode) }
    /// Bytes of the value.
    public var byteCount: Int { isPresent ? count * (type?.byteCount ?? 0) : 0 }
}

extension FieldType {
    /// Bytes that are reversed together in files of the other byte order: half a rational, otherwise an element.
    var swapUnit: Int {
        switch self {
        case .rational, .srational: 4
        default: byteCount
        }
    }
}

/// Reverses every `unit` bytes of `bytes`; a remainder stays as it is.
func reverseUnits(_ bytes: inout [UInt8], unit: Int) {
    guard unit > 1 else { return }
    var start = 0
    while start + unit <= bytes.count {
        for index in 0..<unit / 2 { bytes.swapAt(start + index, start + unit - 1 - index) }
        start += unit
    }
}
