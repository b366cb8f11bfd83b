import TestSupport
import Testing

@testable import ImageryJPEG

/// Codes made for counts (T.81 K.2).
@Suite struct HuffmanEncodingTests {
    /// Bits for all symbols and the reserved one, which has the count 1, by the greatest lengths: the sum of what every join weighs.
    private func leastBits(_ counts: [Int]) -> Int {
        var weights = (counts.filter { $0 > 0 } + [1]).sorted()
        var total = 0
        while weights.count > 1 {
            let joined = weights[0] + weights[1]
            total += joined
            weights.removeFirst(2)
            weights.insert(joined, at: weights.firstIndex { $0 >= joined } ?? weights.count)
        }
        return total
    }

    private func lengths(_ code: HuffmanCode) -> [UInt8: Int] {
        var result: [UInt8: Int] = [:]
        var place = 0
        for (index, count) in code.counts.enumerated() {
            for _ in 0..<count {
                result[code.values[place]] = index + 1
                place += 1
            }
        }
        return result
    }

    private func checkStructure(_ code: HuffmanCode, _ counts: [Int]) {
        let lengths = lengths(code)
        #expect(Set(lengths.keys) == Set(counts.indices.filter { counts[$0] > 0 }.map { UInt8($0) }))
        #expect(code.values.count == code.counts.reduce(0) { $0 + Int($1) })
        // The reserved code of all ones is free: what is missing to 1 is one code of the longest length.
        let longest = lengths.values.max() ?? 1
        let used = lengths.values.reduce(0) { (sum: Int, length: Int) -> Int in sum + (1 << (16 - length)) }
        let free: Int = 1 << (16 - longest)
        #expect(used == 65536 - free)
        #expect(HuffmanTable(code, isAC: true) != nil)
    }

    @Test func codesAreAsShortAsCanBe() {
        var random = SeededGenerator(4)
        for round in 0..<60 {
            let counts = (0..<256).map { symbol -> Int in
                symbol % (round % 5 + 1) == 0 ? Int.random(in: 0..<(2 << (round % 9)), using: &random) : 0
            }
            guard counts.contains(where: { $0 > 0 }) else { continue }
            let code = HuffmanCode(optimalFor: counts)
            checkStructure(code, counts)
            let lengths = lengths(code)
            let longest = lengths.values.max() ?? 0
            // The reserved symbol is as long as the longest or one more.
            let bits = lengths.reduce(0) { $0 + counts[Int($1.key)] * $1.value }
            let least = leastBits(counts)
            if longest < 15 { #expect(least - bits == longest || least - bits == longest + 1) }
        }
    }

    /// Counts of a Fibonacci sequence make a code as long as there are symbols; T.81 figure K.3 brings it to 16 bits.
    @Test func lengthsAreLimited() {
        var counts = [Int](repeating: 0, count: 256)
        var (last, next) = (1, 2)
        for symbol in 0..<60 {
            counts[symbol] = last
            (last, next) = (next, last + next)
        }
        let code = HuffmanCode(optimalFor: counts)
        checkStructure(code, counts)
        let lengths = lengths(code)
        #expect(lengths[59] == 1 && lengths[58] == 2)
        #expect(lengths.values.max() == 16)
    }

    /// One symbol has one bit, equal counts have equal lengths, larger symbols being joined first.
    @Test func smallCodes() {
        var one = [Int](repeating: 0, count: 256)
        one[0xf0] = 12
        #expect(HuffmanCode(optimalFor: one) == HuffmanCode(counts: [1] + [UInt8](repeating: 0, count: 15), values: [0xf0]))
        let four = [5, 5, 5, 5] + [Int](repeating: 0, count: 252)
        // The reserved symbol is joined with symbol 3, then 2 and 1, then 0 with the first pair.
        #expect(
            HuffmanCode(optimalFor: four)
                == HuffmanCode(counts: [0, 3, 1] + [UInt8](repeating: 0, count: 13), values: [0, 1, 2, 3]))
    }
}
