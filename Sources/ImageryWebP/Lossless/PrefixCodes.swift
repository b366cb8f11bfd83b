// Prefix codes of a lossless image: their description and their tables.

/// Tables of many codes in one piece of memory.
struct PrefixCodes {
    /// A code's table.
    struct Code {
        /// Where the table begins.
        var offset: Int
        /// The table has an entry for each value of so many bits.
        var mask: Int
    }

    /// An entry is symbol << 8 | bits; with bit 7 set it is the offset of a second table << 8 | bit 7 | the bits of that table's index.
    private(set) var entries: [UInt32] = []

    /// Bits of the first table's index, at most.
    private static let rootBits = 8
    private static let longest = 15

    /// The order in which the lengths of the code of lengths are told.
    private static let order = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]

    /// Reads the description of a code of `count` symbols.
    mutating func read(_ bits: inout LosslessBits, count: Int) throws(WebPFailure) -> Code {
        var lengths = [UInt8](repeating: 0, count: count)
        if bits.take(1) == 1 {
            let isPair = bits.take(1) == 1
            let first = bits.take(bits.take(1) == 1 ? 8 : 1)
            let second = isPair ? bits.take(8) : first
            guard first < count, second < count else { throw .badCode }
            lengths[first] = 1
            lengths[second] = 1
        } else {
            try readLengths(&bits, &lengths)
        }
        guard !bits.isOverrun else { throw .truncated }
        return try add(lengths)
    }

    private func readLengths(_ bits: inout LosslessBits, _ lengths: inout [UInt8]) throws(WebPFailure) {
        var described = [UInt8](repeating: 0, count: 19)
        for index in 0..<4 + bits.take(4) { described[Self.order[index]] = UInt8(bits.take(3)) }
        var inner = Self()
        let code = try inner.add(described)
        var left = lengths.count
        if bits.take(1) == 1 {
            left = 2 + bits.take(2 + 2 * bits.take(3))
            guard left <= lengths.count else { throw .badCode }
        }
        var index = 0
        var previous: UInt8 = 8
        while index < lengths.count, left > 0 {
            left -= 1
            let symbol = inner.symbol(code, &bits)
            guard symbol >= 16 else {
                lengths[index] = UInt8(symbol)
                if symbol != 0 { previous = UInt8(symbol) }
                index += 1
                continue
            }
            let times = symbol == 16 ? 3 + bits.take(2) : symbol == 17 ? 3 + bits.take(3) : 11 + bits.take(7)
            guard times <= lengths.count - index else { throw .badCode }
            if symbol == 16 { for place in index..<index + times { lengths[place] = previous } }
            index += times
        }
    }

    /// The next symbol of a code that was added here.
    private func symbol(_ code: Code, _ bits: inout LosslessBits) -> Int {
        bits.fill()
        return unsafe entries.withUnsafeBufferPointer { entries in
            // In bounds: `add` makes tables as long as their index is wide, and never none.
            guard let base = entries.baseAddress else { return 0 }
            return unsafe Self.symbol(code, base, &bits)
        }
    }

    /// The next symbol; at least 15 bits were filled in, and `entries` are those that the code was added to.
    @inline(__always)
    static func symbol(_ code: Code, _ entries: UnsafePointer<UInt32>, _ bits: inout LosslessBits) -> Int {
        var entry = unsafe entries[code.offset + bits.peeked & code.mask]
        if entry & 0x80 != 0 {
            let inner = bits.peeked &>> rootBits & (1 &<< Int(entry & 0x7F) &- 1)
            entry = unsafe entries[Int(entry &>> 8) + inner]
        }
        bits.drop(Int(entry & 0x7F))
        return Int(entry &>> 8)
    }

    /// Makes the tables of the canonical code with these lengths, which must be complete or have a single symbol.
    private mutating func add(_ lengths: [UInt8]) throws(WebPFailure) -> Code {
        var counts = [Int](repeating: 0, count: Self.longest + 1)
        for length in lengths { counts[Int(length)] += 1 }
        let used = lengths.count - counts[0]
        let offset = entries.count
        if used <= 1 {
            guard let only = lengths.firstIndex(where: { $0 != 0 }) else { throw .badCode }
            entries.append(UInt32(only) << 8)
            return Code(offset: offset, mask: 0)
        }
        var space = 0
        var next = [Int](repeating: 0, count: Self.longest + 2)
        for length in 1...Self.longest {
            space += counts[length] << (Self.longest - length)
            next[length + 1] = (next[length] + counts[length]) << 1
        }
        guard space == 1 << Self.longest, let deepest = counts.lastIndex(where: { $0 != 0 }) else { throw .badCode }
        let root = min(deepest, Self.rootBits)
        entries.append(contentsOf: repeatElement(0, count: 1 << root))
        var long: [(code: Int, length: Int, symbol: Int)] = []
        for (symbol, length) in lengths.enumerated() where length != 0 {
            let length = Int(length)
            // The first bit of a code is its highest.
            let code = Self.reversed(next[length], length)
            next[length] += 1
            if length > root {
                long.append((code, length, symbol))
            } else {
                for place in stride(from: code, to: 1 << root, by: 1 << length) {
                    entries[offset + place] = UInt32(symbol) << 8 | UInt32(length)
                }
            }
        }
        addLong(long, offset, root)
        return Code(offset: offset, mask: 1 << root - 1)
    }

    /// Second tables for codes that share their first bits.
    private mutating func addLong(_ long: [(code: Int, length: Int, symbol: Int)], _ offset: Int, _ root: Int) {
        var deepest = [Int](repeating: 0, count: long.isEmpty ? 0 : 1 << root)
        for (code, length, _) in long {
            let first = code & (1 << root - 1)
            deepest[first] = max(deepest[first], length - root)
        }
        for (code, length, symbol) in long {
            let first = code & (1 << root - 1)
            if entries[offset + first] == 0 {
                entries[offset + first] = UInt32(entries.count) << 8 | 0x80 | UInt32(deepest[first])
                entries.append(contentsOf: repeatElement(0, count: 1 << deepest[first]))
            }
            let table = Int(entries[offset + first] >> 8)
            for place in stride(from: code >> root, to: 1 << deepest[first], by: 1 << (length - root)) {
                entries[table + place] = UInt32(symbol) << 8 | UInt32(length)
            }
        }
    }

    private static func reversed(_ code: Int, _ length: Int) -> Int {
        Int(UInt16(truncatingIfNeeded: code).bitReversed >> UInt16(16 - length))
    }
}

extension UInt16 {
    fileprivate var bitReversed: UInt16 {
        var value = self
        value = value >> 1 & 0x5555 | (value & 0x5555) << 1
        value = value >> 2 & 0x3333 | (value & 0x3333) << 2
        value = value >> 4 & 0x0F0F | (value & 0x0F0F) << 4
        return value.byteSwapped
    }
}
