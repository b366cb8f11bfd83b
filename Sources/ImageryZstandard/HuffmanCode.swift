// The prefix code of literals for the encoder (RFC 8878 section 4.2).

/// Codes of up to eleven bits for bytes, made for their counts.
struct HuffmanCode {
    /// Bits of each symbol's code, 0 for those that do not occur.
    private(set) var lengths: [UInt8]
    /// The codes; the first bit is the highest.
    private(set) var codes: [UInt16]
    private let depth: Int

    /// The shortest code for `counts` of 256 symbols, of which at least two occur.
    init(_ counts: [Int]) {
        let used = (0..<256).filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
        let perLength = Self.limited(Self.treeLengths(used.map { counts[$0] }))
        lengths = [UInt8](repeating: 0, count: 256)
        var rank = 0
        // The rarest symbols have the longest codes.
        for length in stride(from: perLength.count - 1, through: 1, by: -1) {
            for _ in 0..<perLength[length] {
                lengths[used[rank]] = UInt8(length)
                rank += 1
            }
        }
        depth = perLength.lastIndex { $0 > 0 } ?? 1
        // Section 4.2.1: codes ascend from the longest to the shortest, and in the order of symbols.
        codes = [UInt16](repeating: 0, count: 256)
        var next = 0
        for length in stride(from: depth, through: 1, by: -1) {
            for symbol in 0..<256 where Int(lengths[symbol]) == length {
                codes[symbol] = UInt16(next)
                next += 1
            }
            next >>= 1
        }
    }

    /// Depths of the leaves of a Huffman tree for rising counts (Moffat and Katajainen's way in place).
    private static func treeLengths(_ counts: [Int]) -> [Int] {
        var a = counts
        let n = a.count
        // First pass: a[i] of inner nodes becomes the number of their parent.
        var (root, leaf) = (0, 2)
        a[0] += a[1]
        for next in 1..<max(1, n - 1) {
            if leaf >= n || a[root] < a[leaf] {
                a[next] = a[root]
                a[root] = next
                root += 1
            } else {
                a[next] = a[leaf]
                leaf += 1
            }
            if leaf >= n || (root < next && a[root] < a[leaf]) {
                a[next] += a[root]
                a[root] = next
                root += 1
            } else {
                a[next] += a[leaf]
                leaf += 1
            }
        }
        // Second pass: depths of inner nodes.
        a[n - 2] = 0
        for next in stride(from: n - 3, through: 0, by: -1) { a[next] = a[a[next]] + 1 }
        // Third pass: depths of leaves.
        var (available, inner, depth) = (1, 0, 0)
        var (node, next) = (n - 2, n - 1)
        while available > 0 {
            while node >= 0, a[node] == depth {
                inner += 1
                node -= 1
            }
            while available > inner {
                a[next] = depth
                next -= 1
                available -= 1
            }
            available = 2 * inner
            depth += 1
            inner = 0
        }
        return a
    }

    /// How many codes there are of each length, none longer than allowed.
    private static func limited(_ lengths: [Int]) -> [Int] {
        var counts = [Int](repeating: 0, count: Bound.codeBits + 1)
        for length in lengths { counts[min(length, Bound.codeBits)] += 1 }
        // Codes that were shortened take room from others: of one that is long, two of the next length are made.
        var filled = 0
        for length in 1...Bound.codeBits { filled += counts[length] << (Bound.codeBits - length) }
        while filled > 1 << Bound.codeBits {
            counts[Bound.codeBits] -= 1
            var length = Bound.codeBits - 1
            while counts[length] == 0 { length -= 1 }
            counts[length] -= 1
            counts[length + 1] += 2
            filled -= 1
        }
        return counts
    }

    /// Bits that symbols of these counts take; nil when one has no code.
    func bits(_ counts: [Int]) -> Int? {
        var sum = 0
        for symbol in 0..<256 where counts[symbol] > 0 {
            guard lengths[symbol] > 0 else { return nil }
            sum += counts[symbol] * Int(lengths[symbol])
        }
        return sum
    }

    /// The description of the tree (section 4.2.1); nil when it has none.
    var description: [UInt8]? {
        guard let last = lengths.lastIndex(where: { $0 > 0 }) else { return nil }
        let weights = lengths[..<last].map { $0 == 0 ? 0 : UInt8(depth + 1) - $0 }
        let packed = Self.packed(weights)
        if let packed, packed.count < 128, weights.count > 128 || packed.count < (weights.count + 1) / 2 {
            return [UInt8(packed.count)] + packed
        }
        guard weights.count <= 128 else { return nil }
        var bytes: [UInt8] = [UInt8(127 + weights.count)]
        for index in stride(from: 0, to: weights.count, by: 2) {
            bytes.append(weights[index] << 4 | (index + 1 < weights.count ? weights[index + 1] : 0))
        }
        return bytes
    }

    /// Weights as a bit stream with two states in turn (section 4.2.1.2); nil when there are too few kinds of them.
    private static func packed(_ weights: [UInt8]) -> [UInt8]? {
        var counts = [Int](repeating: 0, count: Bound.codeBits + 2)
        for weight in weights { counts[Int(weight)] += 1 }
        guard weights.count > 2, counts.count(where: { $0 > 0 }) > 1 else { return nil }
        let distribution = Distribution(counts, total: weights.count, maxLog: Bound.weightsLog)
        let table = EncodingTable(distribution)
        // At most 6 bits for each of up to 255 weights, the states and the mark.
        var bytes = [UInt8](repeating: 0, count: 256)
        let size = unsafe bytes.withUnsafeMutableBytes { memory -> Int in
            guard let base = memory.baseAddress else { return 0 }
            var writer = unsafe BitWriter(output: base)
            // The first weight belongs to the first state, and so on in turn; the last two are the states to begin with.
            var states = (0, 0)
            let last = weights.count - 1
            for index in stride(from: last, through: 0, by: -1) {
                let weight = Int(weights[index])
                if index & 1 == 0 {
                    if index >= last - 1 { states.0 = table.start(weight) } else { table.encode(weight, &states.0, &writer) }
                } else {
                    if index >= last - 1 { states.1 = table.start(weight) } else { table.encode(weight, &states.1, &writer) }
                }
                writer.flush()
            }
            table.finish(states.1, &writer)
            table.finish(states.0, &writer)
            writer.finish()
            return unsafe writer.output - base
        }
        return distribution.description + bytes[..<size]
    }

    /// Writes the stream of `literals`; returns its end. The room for it is proven by ``bits(_:)``.
    func encode(_ literals: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
        var writer = unsafe BitWriter(output: output)
        unsafe codes.withUnsafeBufferPointer { codes in
            unsafe lengths.withUnsafeBufferPointer { lengths in
                var index = literals.count
                while index >= 5 {
                    // Five codes take at most 55 bits.
                    for step in 1...5 {
                        let symbol = unsafe Int(literals[index &- step])
                        unsafe writer.put(UInt64(codes[symbol]), width: UInt64(lengths[symbol]))
                    }
                    writer.flush()
                    index &-= 5
                }
                while index > 0 {
                    index &-= 1
                    let symbol = unsafe Int(literals[index])
                    unsafe writer.put(UInt64(codes[symbol]), width: UInt64(lengths[symbol]))
                    writer.flush()
                }
            }
        }
        writer.finish()
        return unsafe writer.output
    }
}
