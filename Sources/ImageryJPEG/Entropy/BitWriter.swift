// Huffman encoding (T.81 annex C, F.1.2, K.2).

import ImageryBase
import ImageryPlumbing

extension HuffmanCode {
    /// The code that makes symbols of these counts shortest (T.81 K.2), with no code of all ones and none over 16 bits.
    ///
    /// Of equal counts the larger symbol is joined first: ties decide which bytes come out, so that they are settled.
    init(optimalFor counts: [Int]) {
        // One more symbol takes the code of all ones; it is the largest.
        var weights = counts + [1]
        var sizes = [Int](repeating: 0, count: weights.count)
        var chained = [Int](repeating: -1, count: weights.count)
        while true {
            // Figure K.1: join the two smallest, the first keeping the sum.
            var first = -1
            for symbol in weights.indices where weights[symbol] > 0 && (first < 0 || weights[symbol] <= weights[first]) {
                first = symbol
            }
            var second = -1
            for symbol in weights.indices
            where symbol != first && weights[symbol] > 0 && (second < 0 || weights[symbol] <= weights[second]) {
                second = symbol
            }
            guard second >= 0 else { break }
            weights[first] += weights[second]
            weights[second] = 0
            var last = first
            sizes[last] += 1
            while chained[last] >= 0 {
                last = chained[last]
                sizes[last] += 1
            }
            chained[last] = second
            last = second
            sizes[last] += 1
            while chained[last] >= 0 {
                last = chained[last]
                sizes[last] += 1
            }
        }
        let longest = max(16, sizes.max() ?? 0)
        var lengths = [Int](repeating: 0, count: longest + 1)
        for size in sizes where size > 0 { lengths[size] += 1 }
        // Figure K.3: a pair that is too long gives its prefix to one of them; the other goes below a shorter code.
        var length = longest
        while length > 16 {
            if lengths[length] > 0 {
                var shorter = length - 2
                while lengths[shorter] == 0 { shorter -= 1 }
                lengths[length] -= 2
                lengths[length - 1] += 1
                lengths[shorter + 1] += 2
                lengths[shorter] -= 1
            } else {
                length -= 1
            }
        }
        while length > 0, lengths[length] == 0 { length -= 1 }
        if length > 0 { lengths[length] -= 1 }
        self.init(
            counts: (1...16).map { UInt8(truncatingIfNeeded: lengths[$0]) },
            // Figure K.4: by length before the limit, then by symbol.
            values: counts.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$0], $0) < (sizes[$1], $1) }.map {
                UInt8(truncatingIfNeeded: $0)
            })
    }
}

/// A Huffman code in the form that encoding needs: for each symbol its code and length.
@safe
final class EncodingTable: @unchecked Sendable {
    /// 256 words: the code above the lowest 8 bits, in them the length; 0 where there is no code. Never changed after the table is
    /// made.
    nonisolated(unsafe) let words: UnsafeMutablePointer<UInt64>

    /// With `extends` the lengths hold the extra bits whose number is in the low half of the symbol, and the codes stand before them.
    init(_ code: HuffmanCode, extends: Bool) {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
        unsafe words.initialize(repeating: 0, count: 256)
        unsafe self.words = words
        var next: UInt64 = 0
        var index = 0
        for length in 1...16 {
            for _ in 0..<Int(code.counts[length - 1]) where index < code.values.count {
                let symbol = Int(code.values[index])
                let extra = extends ? UInt64(symbol & 15) : 0
                unsafe words[symbol] = (next << extra) << 8 | (UInt64(length) + extra)
                next += 1
                index += 1
            }
            next <<= 1
        }
    }

    deinit { unsafe words.deallocate() }
}

/// The words of AC coefficients: of each run of zeros and each number from -16 to 15, ready with its extra bits.
@safe
final class CoefficientTable: @unchecked Sendable {
    /// 16 times 32 words as in ``EncodingTable``; never changed after the table is made. Those of the number 0 are not used.
    nonisolated(unsafe) let words: UnsafeMutablePointer<UInt64>

    /// Numbers from -16 to 15 are in the table.
    static let offset = 16

    init(_ table: EncodingTable) {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 16 * 32)
        for run in 0..<16 {
            for number in -Self.offset..<Self.offset {
                let (size, extra) = number == 0 ? (0, 0) : BlockCode.parts(number)
                unsafe (words + (run << 5 + number + Self.offset)).initialize(to: table.words[run << 4 | size] | extra << 8)
            }
        }
        unsafe self.words = words
    }

    deinit { unsafe words.deallocate() }
}

/// The data of scans while it is made: most significant bit first, a zero byte behind every FF (T.81 F.1.2.3).
///
/// There is no check of room: whoever writes sees to it that ``EntropyBuffer/slack`` bytes are enough for what comes between two calls
/// of ``EntropyBuffer/drain(_:into:)``.
@safe
struct BitWriter {
    /// The bits that were put last, at the bottom; what is above them is old.
    private var bits: UInt64 = 0
    private var free = 64
    var next: UnsafeMutablePointer<UInt8>

    init(at next: UnsafeMutablePointer<UInt8>) { unsafe self.next = next }

    /// The lowest `length` bits of `value`, 0 to 32; those above are zero.
    @inline(__always)
    mutating func put(_ value: UInt64, _ length: Int) {
        free &-= length
        if free < 0 {
            let fits = UInt64(truncatingIfNeeded: length &+ free)
            let rest = UInt64(truncatingIfNeeded: 0 &- free)
            store((bits &<< fits) | (value &>> rest))
            free &+= 64
            bits = value
        } else {
            bits = (bits &<< UInt64(truncatingIfNeeded: length)) | value
        }
    }

    /// The code of a symbol with its extra bits, or without where the table does not hold them.
    @inline(__always)
    mutating func put(_ word: UInt64, extra: UInt64) {
        put((word &>> 8) | extra, Int(truncatingIfNeeded: word & 255))
    }

    @inline(__always)
    private mutating func store(_ word: UInt64) {
        // No byte of the word is FF.
        if (~word &- 0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080 == 0 {
            unsafe UnsafeMutableRawPointer(next).storeBytes(of: word.bigEndian, as: UInt64.self)
            unsafe next += 8
        } else {
            unsafe next = Self.storeBytes(word, count: 8, at: next)
        }
    }

    /// Takes and gives an address instead of changing the writer: one whose own address is never taken stays in registers.
    @inline(never)
    private static func storeBytes(
        _ word: UInt64, count: Int, at start: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var next = unsafe start
        for index in 0..<count {
            let byte = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index))
            unsafe next[0] = byte
            unsafe next += 1
            if byte == 0xff {
                unsafe next[0] = 0
                unsafe next += 1
            }
        }
        return unsafe next
    }

    /// Fills the last byte with ones.
    @inline(__always)
    mutating func align() {
        let count = 64 - free
        let padding = (8 - count & 7) & 7
        let total = count + padding
        if total > 0 {
            // With 64 bits nothing is shifted out: then there is no padding to make room for.
            let padded = padding == 0 ? bits : bits << UInt64(padding) | (1 << UInt64(padding) - 1)
            unsafe next = Self.storeBytes(padded << UInt64(64 - total), count: total / 8, at: next)
        }
        bits = 0
        free = 64
    }

    /// Writes the whole bytes and gives the bits that are left, fewer than eight, since they go on elsewhere.
    mutating func cut() -> (bits: UInt64, count: Int) {
        let count = 64 - free
        unsafe next = Self.storeBytes(bits << UInt64(free), count: count / 8, at: next)
        let rest = (bits: bits & (1 << UInt64(count & 7) - 1), count: count & 7)
        bits = 0
        free = 64
        return rest
    }

    /// Puts what another writer wrote, from place `index` on to `stop` or a little beyond; returns how far it came.
    mutating func put(written bytes: UnsafeBufferPointer<UInt8>, from index: Int, to stop: Int) -> Int {
        var index = index
        while index < stop {
            // In bounds: four bytes are read only where there are as many.
            if index + 4 <= bytes.count {
                let word = unsafe UInt32(
                    bigEndian: UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(fromByteOffset: index, as: UInt32.self))
                if (~word &- 0x0101_0101) & word & 0x8080_8080 == 0 {
                    put(UInt64(word), 32)
                    index += 4
                    continue
                }
            }
            let byte = unsafe bytes[index]
            put(UInt64(byte), 8)
            // Behind FF stands a zero that was stuffed.
            index += byte == 0xff ? 2 : 1
        }
        return index
    }

    /// A marker, behind ``align()``.
    @inline(__always)
    mutating func mark(_ code: UInt8) {
        unsafe next[0] = 0xff
        unsafe next[1] = code
        unsafe next += 2
    }
}

/// Memory for a ``BitWriter``.
@safe
final class EntropyBuffer {
    private let storage: Scratch
    /// Behind this address the buffer has to be drained.
    let limit: UnsafeMutablePointer<UInt8>

    private static let byteCount = 1 << 15
    /// Room behind the limit: an MCU of ten blocks, each of 64 times a code of 16 bits and 16 more, all of them stuffed.
    static let slack = 10 * 64 * 4 * 2 + 64

    init() throws(ImageryError) {
        storage = try Scratch(byteCount: Self.byteCount + Self.slack)
        unsafe limit = storage.bytes + Self.byteCount
    }

    /// A writer at the start of the buffer.
    var writer: BitWriter { unsafe BitWriter(at: storage.bytes) }

    /// Moves what was written to `bytes`.
    @inline(__always)
    func drain(_ writer: inout BitWriter, into bytes: inout [UInt8]) {
        unsafe move(upTo: writer.next, to: &bytes)
        unsafe writer.next = storage.bytes
    }

    @inline(never)
    private func move(upTo end: UnsafeMutablePointer<UInt8>, to bytes: inout [UInt8]) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: storage.bytes, count: end - storage.bytes))
    }
}
