public import ImageryBase

// The one file that spells lifetimes (`@_lifetime`): everything else takes spans as parameters.

/// Reads numbers and bytes one after the other, with the byte order of the file and checks at every step.
///
/// Reading past the end throws kind malformed with the structure's name and the file offset.
@frozen
public struct ByteCursor: ~Escapable {
    /// The bytes that are read from.
    public let bytes: RawSpan
    /// Offset of the next byte in `bytes`.
    public private(set) var position = 0
    /// True when numbers have their most significant byte first.
    public var isBigEndian: Bool
    /// Offset of `bytes` in the source; errors name `base + position`.
    public let base: Int
    /// The structure that is read, for errors.
    public let context: String

    /// A cursor at the first of `bytes`, which lie at offset `base` of the source.
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, base: Int = 0, bigEndian: Bool, context: String) {
        self.bytes = bytes
        self.base = base
        self.isBigEndian = bigEndian
        self.context = context
    }

    /// Bytes that are left.
    public var remaining: Int { bytes.byteCount - position }
    /// Offset of the next byte in the source.
    public var sourceOffset: Int { base + position }

    private func require(_ count: Int) throws(ImageryError) {
        guard count >= 0, count <= remaining else {
            throw ImageryError(.malformed, context, "needs \(count) more bytes, \(remaining) are left", at: sourceOffset)
        }
    }

    /// The next byte.
    public mutating func u8() throws(ImageryError) -> UInt8 {
        try require(1)
        defer { position += 1 }
        return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt8.self)
    }

    /// The next two bytes as a number.
    public mutating func u16() throws(ImageryError) -> UInt16 {
        try require(2)
        defer { position += 2 }
        let raw = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt16.self)
        return isBigEndian ? UInt16(bigEndian: raw) : UInt16(littleEndian: raw)
    }

    /// The next four bytes as a number.
    public mutating func u32() throws(ImageryError) -> UInt32 {
        try require(4)
        defer { position += 4 }
        let raw = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
    }

    /// The next eight bytes as a number.
    public mutating func u64() throws(ImageryError) -> UInt64 {
        try require(8)
        defer { position += 8 }
        let raw = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
        return isBigEndian ? UInt64(bigEndian: raw) : UInt64(littleEndian: raw)
    }

    /// Steps over `count` bytes.
    public mutating func skip(_ count: Int) throws(ImageryError) {
        try require(count)
        position += count
    }

    /// A copy of the next `count` bytes.
    public mutating func take(_ count: Int) throws(ImageryError) -> [UInt8] {
        try require(count)
        defer { position += count }
        return Array(copying: bytes.extracting(position..<position + count))
    }

    /// The next `count` bytes, lent.
    @_lifetime(copy self)
    public mutating func span(_ count: Int) throws(ImageryError) -> RawSpan {
        try require(count)
        defer { position += count }
        return bytes.extracting(position..<position + count)
    }
}
