// From frequencies to the canonical prefix codes of RFC 1951 3.2.2.

/// Builds prefix codes of limited length; owns no memory but points to scratch of `scratchCount` words.
@safe
struct HuffmanCodeBuilder {
    static let scratchCount = 3 * symbolLimit + (1 << digitBits)
    private static let symbolLimit = 288
    /// Two digits hold any frequency: a block has fewer than 2^20 symbols (`DeflateWindow.pieceSize`).
    private static let digitBits = 10

    private let sorted: UnsafeMutablePointer<UInt32>
    private let other: UnsafeMutablePointer<UInt32>
    private let weights: UnsafeMutablePointer<UInt32>
    private let digits: UnsafeMutablePointer<UInt32>

    init(scratch: UnsafeMutablePointer<UInt32>) {
        unsafe sorted = scratch
        unsafe other = scratch + Self.symbolLimit
        unsafe weights = scratch + 2 * Self.symbolLimit
        unsafe digits = scratch + 3 * Self.symbolLimit
    }

    /// Sets `lengths` to those of an optimal code for `frequencies` (unless `limit`, at most 15, is in the way), and `codes` to
    /// the codes with their first bit lowest. Both pointers and `frequencies` have room for `count` symbols, 2 to 288.
    ///
    /// The code is always complete: where fewer than two symbols occur, unused ones are given codes, since some decoders refuse
    /// a code of one symbol. Equal frequencies are told apart by the symbol, so that the code is the same everywhere.
    func build(
        _ frequencies: UnsafePointer<UInt32>, count: Int, limit: Int, lengths: UnsafeMutablePointer<UInt8>,
        codes: UnsafeMutablePointer<UInt16>
    ) {
        unsafe lengths.update(repeating: 0, count: count)
        var used = 0
        for symbol in 0..<count where unsafe frequencies[symbol] != 0 {
            unsafe sorted[used] = UInt32(truncatingIfNeeded: symbol)
            used += 1
        }
        guard used > 1 else {
            let symbol = used == 1 ? unsafe Int(sorted[0]) : 0
            unsafe lengths[symbol] = 1
            unsafe lengths[symbol == 0 ? 1 : 0] = 1
            unsafe Self.assignCodes(lengths, count: count, codes: codes)
            return
        }
        unsafe sort(used, by: frequencies)
        for index in 0..<used { unsafe weights[index] = frequencies[Int(sorted[index])] }
        var counts = countDepths(used, limit: limit)
        // The rarest symbols get the longest codes.
        var next = 0
        for length in stride(from: limit, to: 0, by: -1) {
            while counts[length] > 0 {
                unsafe lengths[Int(sorted[next])] = UInt8(truncatingIfNeeded: length)
                next += 1
                counts[length] -= 1
            }
        }
        unsafe Self.assignCodes(lengths, count: count, codes: codes)
    }

    /// Sorts the symbols in `sorted` by rising frequency, equal ones by symbol: two passes of a stable radix sort.
    private func sort(_ used: Int, by frequencies: UnsafePointer<UInt32>) {
        var source = unsafe sorted
        var target = unsafe other
        for shift: UInt32 in [0, UInt32(Self.digitBits)] {
            let mask: UInt32 = (1 << UInt32(Self.digitBits)) - 1
            unsafe digits.update(repeating: 0, count: 1 << Self.digitBits)
            for index in 0..<used {
                unsafe digits[Int((frequencies[Int(source[index])] &>> shift) & mask)] += 1
            }
            var start: UInt32 = 0
            for digit in 0...Int(mask) {
                let here = unsafe digits[digit]
                unsafe digits[digit] = start
                start += here
            }
            for index in 0..<used {
                let symbol = unsafe source[index]
                let digit = unsafe Int((frequencies[Int(symbol)] &>> shift) & mask)
                unsafe target[Int(digits[digit])] = symbol
                unsafe digits[digit] += 1
            }
            unsafe swap(&source, &target)
        }
    }

    /// How many codes of each length an optimal code for the rising `weights` has, none above `limit`.
    ///
    /// Moffat and Katajainen, "In-place calculation of minimum-redundancy codes" (1995): the weights become the internal nodes' parents,
    /// then their depths.
    private func countDepths(_ used: Int, limit: Int) -> InlineArray<16, Int> {
        let nodes = unsafe weights
        var leaf = 0
        var root = 0
        for node in 0..<(used - 1) {
            var sum: UInt32 = 0
            for _ in 0..<2 {
                if unsafe leaf >= used || (root < node && nodes[root] < nodes[leaf]) {
                    sum &+= unsafe nodes[root]
                    unsafe nodes[root] = UInt32(truncatingIfNeeded: node)
                    root += 1
                } else {
                    sum &+= unsafe nodes[leaf]
                    leaf += 1
                }
            }
            unsafe nodes[node] = sum
        }
        unsafe nodes[used - 2] = 0
        var counts = InlineArray<16, Int>(repeating: 0)
        for node in stride(from: used - 3, through: 0, by: -1) { unsafe nodes[node] = nodes[Int(nodes[node])] + 1 }

        // Level by level from the root: what is no internal node is a leaf. Leaves too deep are put at the limit first.
        var available = 1
        var depth = 0
        var node = used - 2
        var overfull = 0
        while available > 0 {
            var internals = 0
            while node >= 0, unsafe Int(nodes[node]) == depth {
                internals += 1
                node -= 1
            }
            counts[min(depth, limit)] += available - internals
            available = 2 * internals
            depth += 1
        }
        // Kraft's sum in units of the longest code. Each step hangs one of the leaves at the limit beside a shorter one: one unit less.
        for length in 1...limit { overfull += counts[length] << (limit - length) }
        overfull -= 1 << limit
        while overfull > 0 {
            var length = limit - 1
            while counts[length] == 0 { length -= 1 }
            counts[length] -= 1
            counts[length + 1] += 2
            counts[limit] -= 1
            overfull -= 1
        }
        return counts
    }

    /// The canonical codes of `lengths`, bit-reversed, as codes are sent first bit first (RFC 1951 3.1.1, 3.2.2).
    static func assignCodes(_ lengths: UnsafePointer<UInt8>, count: Int, codes: UnsafeMutablePointer<UInt16>) {
        var counts = InlineArray<16, UInt16>(repeating: 0)
        for symbol in 0..<count { counts[unsafe Int(lengths[symbol] & 15)] += 1 }
        var next = InlineArray<16, UInt16>(repeating: 0)
        var code: UInt16 = 0
        counts[0] = 0
        for length in 1...15 {
            code = (code &+ counts[length - 1]) &<< 1
            next[length] = code
        }
        for symbol in 0..<count {
            let length = unsafe Int(lengths[symbol] & 15)
            unsafe codes[symbol] = reversed(next[length]) &>> UInt16(16 - length)
            next[length] &+= 1
        }
    }

    private static func reversed(_ code: UInt16) -> UInt16 {
        var bits = code.byteSwapped
        bits = (bits & 0x0f0f) << 4 | (bits >> 4) & 0x0f0f
        bits = (bits & 0x3333) << 2 | (bits >> 2) & 0x3333
        return (bits & 0x5555) << 1 | (bits >> 1) & 0x5555
    }
}
