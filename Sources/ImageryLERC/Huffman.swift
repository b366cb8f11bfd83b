// Huffman codes of bytes: a table of lengths and codes, and words of 32 bits from the highest bit on.

/// Reads symbols of one table.
struct HuffmanReader {
    /// For the next `quickBits` bits: symbol and length, or 0 for longer codes.
    private var quick: [UInt16]
    /// Longer codes, by their length and value.
    private var long: [UInt64: UInt8] = [:]
    private var longest = 0

    private static let quickBits = 12

    /// Reads the table at `reader`; the codes that follow are in `bits`.
    init(_ reader: inout ByteReader, version: Int) throws(LERCFailure) {
        guard try reader.int32() >= 2 else { throw .badHuffman }
        let size = try reader.int32()
        let first = try reader.int32()
        let end = try reader.int32()
        guard size > 0, size <= 256, first >= 0, first < size, end > first, end - first <= size else { throw .badHuffman }
        var lengths: [UInt32] = []
        try BitStuffer.read(&reader, version: version, expected: end - first, into: &lengths)
        quick = [UInt16](repeating: 0, count: 1 << Self.quickBits)
        guard lengths.allSatisfy({ $0 <= 32 }) else { throw .badHuffman }
        let total = lengths.reduce(0) { $0 + Int($1) }
        var codes = unsafe WordBits(try reader.bytes(4 * ((total + 31) / 32)))
        for (index, length) in lengths.enumerated() where length > 0 {
            let symbol = UInt8((first + index) % size)
            let code = UInt32(truncatingIfNeeded: codes.peek(Int(length)))
            codes.skip(Int(length))
            longest = max(longest, Int(length))
            guard length <= Self.quickBits else {
                long[UInt64(length) << 32 | UInt64(code)] = symbol
                continue
            }
            let spread = 1 << (Self.quickBits - Int(length))
            let start = Int(code) * spread
            for place in start..<start + spread { quick[place] = UInt16(symbol) << 8 | UInt16(length) }
        }
        guard longest > 0 else { throw .badHuffman }
    }

    /// The next symbol.
    @inline(__always)
    func next(_ bits: inout WordBits) throws(LERCFailure) -> UInt8 {
        let entry = quick[Int(truncatingIfNeeded: bits.peek(Self.quickBits))]
        if entry != 0 {
            bits.skip(Int(entry & 255))
            guard !bits.isExhausted else { throw .truncated }
            return UInt8(entry >> 8)
        }
        return try nextLong(&bits)
    }

    private func nextLong(_ bits: inout WordBits) throws(LERCFailure) -> UInt8 {
        guard longest > Self.quickBits else { throw .badHuffman }
        for length in Self.quickBits + 1...longest {
            guard let symbol = long[UInt64(length) << 32 | bits.peek(length)] else { continue }
            bits.skip(length)
            guard !bits.isExhausted else { throw .truncated }
            return symbol
        }
        throw .badHuffman
    }
}

/// Bits of little-endian words of 32 bits, from the highest on.
@safe
struct WordBits {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

    /// True when more bits were skipped than there are.
    var isExhausted: Bool { unsafe position > bytes.count & ~3 * 8 }
    /// Bytes of the words that were begun.
    var usedBytes: Int { (position + 31) / 32 * 4 }

    /// The next `width` bits, 1 to 32, as a number; zeros behind the end.
    @inline(__always)
    func peek(_ width: Int) -> UInt64 {
        let word = position &>> 5 &* 4
        let first = UInt64(load(word))
        let second = UInt64(load(word &+ 4))
        let both = first &<< 32 | second
        return (both &<< UInt64(position & 31)) &>> UInt64(64 &- width)
    }

    @inline(__always)
    private func load(_ at: Int) -> UInt32 {
        unsafe at &+ 4 <= bytes.count ? unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)) : 0
    }

    @inline(__always)
    mutating func skip(_ width: Int) { position &+= width }
}
