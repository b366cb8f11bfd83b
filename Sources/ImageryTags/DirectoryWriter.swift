// Writing of directories and their fields (TIFF 6.0 section 2; BigTIFF). Everything is little-endian.

public import ImageryBase

/// A directory to be written: fields, and directories that hang on them.
public struct DirectoryWriter: Sendable {
    private var fields: [UInt16: Value] = [:]
    private var children: [UInt16: DirectoryWriter] = [:]

    /// A directory without fields.
    public init() {}

    /// True when there is nothing to be written.
    public var isEmpty: Bool { fields.isEmpty && children.isEmpty }

    /// The fields by rising tag.
    public var all: [(tag: UInt16, value: Value)] { fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// The value of a tag, which is a field of at least one element; one without is left out.
    public subscript(tag: UInt16) -> Value? {
        get { fields[tag] }
        set { fields[tag] = newValue.flatMap { $0.count > 0 && $0.type != nil ? $0 : nil } }
    }

    /// Sets integers of `type`, which hold them.
    public mutating func set(_ tag: UInt16, _ type: FieldType, _ numbers: [Int]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * type.byteCount)
        for number in numbers { bytes += (0..<type.byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        self[tag] = Value(type, littleEndian: bytes)
    }

    /// Sets text, which ends with a NUL (section 2, "ASCII").
    public mutating func set(_ tag: UInt16, text: String) { self[tag] = Value(.ascii, littleEndian: Array(text.utf8) + [0]) }

    /// Hangs a directory on a tag: EXIF, GPS.
    public mutating func set(_ tag: UInt16, child: DirectoryWriter) { children[tag] = child.isEmpty ? nil : child }

    /// Bytes of the directory's start, the values outside of it and its children, about: at least what it takes.
    public var byteBound: Int {
        fields.reduce(64) { $0 + 32 + $1.value.bytes.count } + children.reduce(0) { $0 + 32 + $1.value.byteBound }
    }

    /// The directory's bytes when it begins at `offset`, a multiple of 8, as is their count. The next one is at `next`, nowhere when that is 0, and
    /// right behind this one when it is nil. Nil when a number does not fit: in a classic file offsets have 32 bits, counts of fields 16.
    public func serialised(at offset: Int, isBig: Bool, next: Int? = 0) -> [UInt8]? {
        let encoding = TagEncoding(isBigEndian: false, isBig: isBig)
        let tags = Set(fields.keys).union(children.keys).sorted()
        guard isBig || tags.count <= Int(UInt16.max) else { return nil }
        let size = encoding.countByteCount + tags.count * encoding.entryByteCount + encoding.offsetByteCount
        var bytes = [UInt8](repeating: 0, count: size)
        func put(_ number: Int, _ count: Int, at place: Int) {
            for index in 0..<count { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        }
        put(tags.count, encoding.countByteCount, at: 0)
        for (index, tag) in tags.enumerated() {
            let place = encoding.countByteCount + index * encoding.entryByteCount
            let value: Value
            if let child = children[tag] {
                while bytes.count % 8 != 0 { bytes.append(0) }
                let start = offset + bytes.count
                guard let inner = child.serialised(at: start, isBig: isBig) else { return nil }
                bytes += inner
                value = Value(start, isBig ? .long8 : .long)
            } else if let field = fields[tag] {
                value = field.fitting(isBig: isBig)
            } else {
                continue
            }
            guard let type = value.type, isBig || type.byteCount < 8 || !type.isOfBigTIFF else { return nil }
            put(Int(tag), 2, at: place)
            put(Int(type.rawValue), 2, at: place + 2)
            put(value.count, encoding.offsetByteCount, at: place + 4)
            let start = place + 4 + encoding.offsetByteCount
            if value.bytes.count <= encoding.offsetByteCount {
                for (index, byte) in value.bytes.enumerated() { bytes[start + index] = byte }
            } else {
                // Values begin on a word boundary (section 2).
                if bytes.count % 2 != 0 { bytes.append(0) }
                put(offset + bytes.count, encoding.offsetByteCount, at: start)
                bytes += value.bytes
            }
        }
        while bytes.count % 8 != 0 { bytes.append(0) }
        let end = offset + bytes.count
        put(next ?? end, encoding.offsetByteCount, at: size - encoding.offsetByteCount)
        return isBig || end <= Int(UInt32.max) ? bytes : nil
    }
}

extension FieldType {
    /// True for the types that only BigTIFF has.
    fileprivate var isOfBigTIFF: Bool { self == .long8 || self == .slong8 || self == .ifd8 }
}

extension Value {
    /// Numbers of 64 bits in 32, where a classic file has no others and they fit.
    fileprivate func fitting(isBig: Bool) -> Value {
        guard !isBig, let type, type.isOfBigTIFF, let numbers = ints else { return self }
        let isUnsigned = numbers.allSatisfy { $0 >= 0 && $0 <= Int(UInt32.max) }
        guard isUnsigned || numbers.allSatisfy({ Int32(exactly: $0) != nil }) else { return self }
        let narrow: FieldType = type == .ifd8 ? .ifd : isUnsigned ? .long : .slong
        return Value(
            narrow, littleEndian: numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
    }
}
