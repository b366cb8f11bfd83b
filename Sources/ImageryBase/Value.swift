import ImageryPrimitives

/// How the bytes of a ``Value`` are to be read: TIFF's field types, of which the other formats use a few.
public enum FieldType: UInt16, Hashable, Sendable, CaseIterable {
    /// Unsigned, 8 bits.
    case byte = 1
    /// Characters of 7 bits, ended by NUL.
    case ascii
    /// Unsigned, 16 bits.
    case short
    /// Unsigned, 32 bits.
    case long
    /// Two ``long``: numerator and denominator.
    case rational
    /// Signed, 8 bits.
    case sbyte
    /// Bytes of any meaning.
    case undefined
    /// Signed, 16 bits.
    case sshort
    /// Signed, 32 bits.
    case slong
    /// Two ``slong``: numerator and denominator.
    case srational
    /// IEEE 754, 32 bits.
    case float
    /// IEEE 754, 64 bits.
    case double
    /// Offset of a directory, 32 bits.
    case ifd
    /// Unsigned, 64 bits (BigTIFF).
    case long8 = 16
    /// Signed, 64 bits (BigTIFF).
    case slong8
    /// Offset of a directory, 64 bits (BigTIFF).
    case ifd8
    /// Text in UTF-8 (EXIF 3.0, PNG iTXt).
    case utf8 = 129

    /// Bytes of one element.
    public var byteCount: Int {
        switch self {
        case .byte, .ascii, .sbyte, .undefined, .utf8: 1
        case .short, .sshort: 2
        case .long, .slong, .float, .ifd: 4
        case .rational, .srational, .double, .long8, .slong8, .ifd8: 8
        }
    }
}

/// A metadata value: bytes with typed views, a group of named values, or a list (S60).
public struct Value: Hashable, Sendable {
    /// What the value is made of.
    public enum Content: Hashable, Sendable {
        /// Elements of one type in little-endian order, whatever the file's order was.
        case field(FieldType, [UInt8])
        /// Named values in order.
        case group([Metadata.Entry])
        /// Values in order.
        case list([Value])
        /// Bytes that are named values, too.
        case record(Record)
    }

    /// What the value is made of.
    public let content: Content

    /// A value of this content.
    public init(_ content: Content) { self.content = content }
    /// Elements of `type`, already in little-endian order.
    public init(_ type: FieldType, littleEndian bytes: [UInt8]) { content = .field(type, bytes) }
    /// Text, as UTF-8.
    public init(text: String) { content = .field(.utf8, Array(text.utf8)) }
    /// A number as an unsigned or signed 64-bit element, or the narrower `type`, which must hold it (else it is truncated).
    public init(_ number: Int, _ type: FieldType = .slong8) {
        content = .field(type, (0..<type.byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
    /// A floating-point number.
    public init(_ number: Double) {
        content = .field(.double, (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) })
    }
    /// Floating-point numbers.
    public init(_ numbers: [Double]) {
        content = .field(
            .double, numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) } })
    }
    /// Bytes without a type.
    public init(bytes: [UInt8]) { content = .field(.undefined, bytes) }
    /// Named values.
    public init(group: [Metadata.Entry]) { content = .group(group) }
    /// A list.
    public init(list: [Value]) { content = .list(list) }
    /// Bytes that are named values, too.
    public init(_ record: Record) { content = .record(record) }

    /// The field type; nil for groups, lists and records.
    public var type: FieldType? {
        if case .field(let type, _) = content { type } else { nil }
    }

    /// The bytes of a field, little-endian, or of a record; empty for groups and lists.
    public var bytes: [UInt8] {
        switch content {
        case .field(_, let bytes): bytes
        case .record(let record): record.bytes
        case .group, .list: []
        }
    }

    /// Elements of a field, entries of a group or record, values of a list.
    public var count: Int {
        switch content {
        case .field(let type, let bytes): bytes.count / type.byteCount
        case .group(let entries): entries.count
        case .list(let values): values.count
        case .record(let record): record.entries.count
        }
    }

    /// The entries of a group or record as metadata, so that they can be looked up by name; nil for other values.
    public var group: Metadata? {
        switch content {
        case .group(let entries): Metadata(schema: nil, entries: entries)
        case .record(let record): Metadata(schema: nil, entries: record.entries)
        case .field, .list: nil
        }
    }

    /// The values of a list; nil for other values.
    public var list: [Value]? {
        if case .list(let values) = content { values } else { nil }
    }

    /// The named value of a group or record. Setting one makes a record a group, whose bytes are made when it is written.
    public subscript(name: String) -> Value? {
        get { group?[name] }
        set {
            var entries = group ?? Metadata(schema: nil)
            entries[name] = newValue
            self = Value(group: entries.entries)
        }
    }

    /// The text of a field of characters or untyped bytes: up to the first NUL, UTF-8 where it is, else Latin-1; nil for numbers,
    /// groups and lists.
    public var text: String? {
        guard case .field(let type, let bytes) = content else { return nil }
        switch type {
        case .ascii, .utf8, .undefined, .byte: return Self.characters(bytes.prefix { $0 != 0 })
        default: return nil
        }
    }

    /// UTF-8 where it is, else Latin-1.
    static func characters(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(latin1: Array(bytes))
    }

    /// ``text`` without the blanks around it.
    public var trimmed: String? { text?.trimmedText }

    /// The first element as an integer: of an integer field, or of text that spells one. Nil when it is none or does not fit.
    public var int: Int? {
        if case .field(.ascii, _) = content { return trimmed.flatMap { Int($0) } }
        if case .field(.utf8, _) = content { return trimmed.flatMap { Int($0) } }
        return int(at: 0)
    }

    /// The first element as a Double: of any numeric field, or of text that spells a number.
    public var double: Double? {
        if case .field(.ascii, _) = content { return trimmed.flatMap { Double($0) } }
        if case .field(.utf8, _) = content { return trimmed.flatMap { Double($0) } }
        return double(at: 0)
    }

    /// All elements of an integer field; nil when one does not fit or the field has another type.
    public var ints: [Int]? {
        var result: [Int] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            guard let value = int(at: index) else { return nil }
            result.append(value)
        }
        return type == nil ? nil : result
    }

    /// All elements of a numeric field; nil for other values.
    public var doubles: [Double]? {
        var result: [Double] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            guard let value = double(at: index) else { return nil }
            result.append(value)
        }
        return type == nil ? nil : result
    }

    /// Element `index` of an integer field; nil out of range, for other types, and when it does not fit.
    public func int(at index: Int) -> Int? {
        guard case .field(let type, let bytes) = content, index >= 0, index < bytes.count / type.byteCount else { return nil }
        let raw = Self.load(bytes, index * type.byteCount, type.byteCount)
        switch type {
        case .byte, .short, .long, .ifd, .undefined: return Int(raw)
        case .long8, .ifd8: return Int(exactly: raw)
        case .sbyte: return Int(Int8(truncatingIfNeeded: raw))
        case .sshort: return Int(Int16(truncatingIfNeeded: raw))
        case .slong: return Int(Int32(truncatingIfNeeded: raw))
        case .slong8: return Int(Int64(bitPattern: raw))
        case .ascii, .utf8, .rational, .srational, .float, .double: return nil
        }
    }

    /// Element `index` of a numeric field; nil out of range and for text. A rational with denominator 0 is infinite or NaN.
    public func double(at index: Int) -> Double? {
        guard case .field(let type, let bytes) = content, index >= 0, index < bytes.count / type.byteCount else { return nil }
        let raw = Self.load(bytes, index * type.byteCount, type.byteCount)
        switch type {
        case .float: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw)))
        case .double: return Double(bitPattern: raw)
        case .rational: return Double(UInt32(truncatingIfNeeded: raw)) / Double(UInt32(truncatingIfNeeded: raw >> 32))
        case .srational:
            return Double(Int32(truncatingIfNeeded: raw)) / Double(Int32(truncatingIfNeeded: raw >> 32))
        case .long8, .ifd8: return Double(raw)
        case .ascii, .utf8: return nil
        default: return int(at: index).map(Double.init)
        }
    }

    private static func load(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[offset + index]) << (8 * UInt64(index)) }
        return value
    }
}
