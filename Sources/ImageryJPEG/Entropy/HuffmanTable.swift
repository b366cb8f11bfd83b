// Huffman decoding (T.81 annexes C and F.2.2).

import ImageryBase
import ImageryPlumbing

/// A Huffman code as a DHT segment gives it: how many codes of 1 to 16 bits there are, and their values.
struct HuffmanCode: Hashable, Sendable {
    var counts: [UInt8]
    var values: [UInt8]
}

/// A Huffman code in the form that decoding needs.
///
/// The first 2^10 words are indexed by the next ten bits. A word with ``isWhole`` holds a number decoded in full: its bits in all, how
/// many places it lies behind the number before it, and the number itself. Sixteen zeros are such a number, a zero; so is the end of a
/// block, ``endOfBlock`` places on. A word without holds the length of the code, the places and the number of extra bits. A zero word
/// stands for a longer code: then come the largest code of each length, what leads from a code to its value, the values.
@safe
final class HuffmanTable: @unchecked Sendable {
    /// The words; never changed after the table is made.
    nonisolated(unsafe) let words: UnsafeMutablePointer<UInt32>
    /// Values that occur, to be checked against what a process allows.
    let largestValue: UInt8

    static let lookupBits = 10
    /// Places that the end of a block goes on: from any place beyond what a damaged run reaches.
    static let endOfBlock = 127
    static let isWhole: UInt32 = 1 << 15
    static let ends = 1 << lookupBits
    static let shifts = ends + 18
    static let values = shifts + 18
    private static let wordCount = values + 256

    /// Nil when there are more codes of a length than there is room for.
    init?(_ code: HuffmanCode, isAC: Bool) {
        let words = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.wordCount)
        unsafe words.initialize(repeating: 0, count: Self.wordCount)
        unsafe self.words = words
        largestValue = code.values.max() ?? 0
        var next = 0
        var index = 0
        for length in 1...16 {
            unsafe words[Self.shifts + length] = UInt32(truncatingIfNeeded: index - next)
            for _ in 0..<code.counts[length - 1] {
                // Every code has `length` bits; the one of all ones is tolerated, as decoders do.
                guard next < 1 << length else { return nil }
                let value = code.values[index]
                unsafe words[Self.values + index] = UInt32(value)
                if length <= Self.lookupBits { fill(next, length, value, isAC: isAC) }
                next += 1
                index += 1
            }
            // Codes of this length are below this number, left-aligned in 16 bits.
            unsafe words[Self.ends + length] = UInt32(next << (16 - length))
            next <<= 1
        }
        unsafe words[Self.ends + 17] = .max
    }

    deinit { unsafe words.deallocate() }

    private func fill(_ code: Int, _ length: Int, _ value: UInt8, isAC: Bool) {
        let isEnd = isAC && value == 0
        let places = isEnd ? UInt32(Self.endOfBlock) : isAC ? UInt32(value >> 4) + 1 : 1
        let size = isAC ? Int(value & 15) : Int(value)
        // Of AC symbols without extra bits, those from 10 to E0 mean something in progressive scans only (T.81 G.1.2.2).
        let hasMeaning = size > 0 || !isAC || isEnd || value == 0xf0
        let rest = Self.lookupBits - length
        for low in 0..<1 << rest {
            let place = code << rest | low
            if hasMeaning && size <= rest {
                let bits = low >> (rest - size)
                // T.81 F.2.2.1, EXTEND.
                let number = size > 0 && bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits
                unsafe words[place] =
                    UInt32(length + size) | places << 8 | Self.isWhole | UInt32(UInt16(truncatingIfNeeded: number)) << 16
            } else {
                unsafe words[place] = UInt32(length) | places << 8 | UInt32(size) << 16
            }
        }
    }
}

/// The bits of a scan, most significant first, without stuffed bytes (T.81 F.2.2.5).
///
/// It stops at a marker and gives zeros from there on. `next` always points at a byte that no bit was taken of.
@safe
struct BitReader {
    /// The next bits, from the top.
    var bits: UInt64 = 0
    /// How many of them are there.
    var count = 0
    /// The next byte. The buffer has a marker or more bytes than an MCU can take behind it, and 16 bytes of slack.
    var next: UnsafePointer<UInt8>
    /// Zero bits that were given in place of data.
    var padding = 0
    /// A code was met that the table does not have, or a run behind the last coefficient.
    var isBroken = false

    /// True when bits were taken that are not in the data.
    var isExhausted: Bool { padding > count }

    init(at next: UnsafePointer<UInt8>) { unsafe self.next = next }

    /// At least 32 bits: more than a code and its extra bits have.
    @inline(__always)
    mutating func refill() {
        if count >= 32 { return }
        let word = unsafe UnsafeRawPointer(next).loadUnaligned(as: UInt64.self).bigEndian
        // No byte of the word is FF.
        if (~word &- 0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080 == 0 {
            bits |= word &>> UInt64(truncatingIfNeeded: count)
            let bytes = (63 &- count) &>> 3
            unsafe next += bytes
            count &+= bytes &* 8
        } else {
            refillSlowly()
        }
    }

    @inline(never)
    private mutating func refillSlowly() {
        // Bits below `count` may be there already, of the very bytes that follow.
        bits = count == 0 ? 0 : bits & ~(UInt64.max &>> UInt64(truncatingIfNeeded: count))
        while count <= 56 {
            var byte = unsafe UInt64(next[0])
            if byte == 0xff {
                if unsafe next[1] == 0 {
                    unsafe next += 2
                } else {
                    byte = 0
                    padding &+= 8
                }
            } else {
                unsafe next += 1
            }
            bits |= byte &<< UInt64(truncatingIfNeeded: 56 &- count)
            count &+= 8
        }
    }

    @inline(__always)
    mutating func skip(_ number: Int) {
        bits &<<= UInt64(truncatingIfNeeded: number)
        count &-= number
    }

    /// One bit.
    @inline(__always)
    mutating func bit() -> Int {
        let top = Int(truncatingIfNeeded: bits &>> 63)
        skip(1)
        return top
    }

    /// The next `number` bits, 1 to 16.
    @inline(__always)
    mutating func take(_ number: Int) -> Int {
        let value = Int(truncatingIfNeeded: bits &>> UInt64(truncatingIfNeeded: 64 &- number))
        skip(number)
        return value
    }

    /// The number of `size` extra bits, 1 to 16 (T.81 F.2.2.1, RECEIVE and EXTEND).
    @inline(__always)
    mutating func number(_ size: Int) -> Int {
        let isNegative = Int(truncatingIfNeeded: ~Int64(bitPattern: bits) &>> 63)
        let lowest: Int = (-1 &<< size) &+ 1
        return take(size) &+ (isNegative & lowest)
    }

    /// A coded difference: of DC coefficients (T.81 F.2.2.1), or of samples (H.1.2.2).
    @inline(__always)
    mutating func difference(_ table: UnsafePointer<UInt32>) -> Int {
        refill()
        let word = unsafe table[Int(truncatingIfNeeded: bits &>> UInt64(64 - HuffmanTable.lookupBits))]
        if word & HuffmanTable.isWhole != 0 {
            skip(Int(truncatingIfNeeded: word & 0xff))
            return Int(Int16(truncatingIfNeeded: word &>> 16))
        }
        let size: Int
        if word != 0 {
            skip(Int(truncatingIfNeeded: word & 0xff))
            size = Int(truncatingIfNeeded: word &>> 16)
        } else {
            size = unsafe longValue(table)
        }
        // 16 has no extra bits: it is 2^15. Tables of DC coefficients, which were checked, do not have it.
        return size == 0 ? 0 : size >= 16 ? 32768 : number(size)
    }

    /// The value of the next code when it is longer than the lookup's bits.
    @inline(never)
    mutating func longValue(_ table: UnsafePointer<UInt32>) -> Int {
        let code = UInt32(truncatingIfNeeded: bits &>> 48)
        var length = HuffmanTable.lookupBits + 1
        while unsafe code >= table[HuffmanTable.ends + length] { length += 1 }
        guard length <= 16 else {
            isBroken = true
            skip(16)
            return 0
        }
        let index =
            unsafe Int(truncatingIfNeeded: code &>> UInt32(truncatingIfNeeded: 16 &- length))
            &+ Int(Int32(bitPattern: table[HuffmanTable.shifts + length]))
        skip(length)
        return unsafe Int(table[HuffmanTable.values &+ (index & 255)])
    }
}
