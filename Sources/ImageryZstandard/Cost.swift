// How many bits a symbol of a given probability takes: the measure by which the encoder chooses (RFC 8878 leaves that open).

/// Costs in 1/256 bits.
enum Cost {
    static let bit = 256

    /// log2 of 1...1024 in 1/256, by squaring: each squaring of the mantissa gives one more bit.
    private static let logarithms: [Int] =
        [0]
        + (1...1024).map { (number: Int) -> Int in
            let whole = number.bitWidth - 1 - number.leadingZeroBitCount
            var mantissa = UInt64(number) << UInt64(31 - whole)
            var result = whole
            for _ in 0..<8 {
                mantissa = mantissa * mantissa >> 31
                result <<= 1
                if mantissa >= 1 << 32 {
                    mantissa >>= 1
                    result |= 1
                }
            }
            return result
        }

    /// The cost of a symbol that has `points` of 2^`log`; -1 is less than one.
    static func ofSymbol(points: Int16, log: Int) -> Int {
        log << 8 - logarithms[max(1, Int(points))]
    }

    /// The cost of all symbols that `counts` lists; nil when one has no points.
    static func ofSymbols(_ counts: [Int], by distribution: Distribution) -> Int? {
        var sum = 0
        for (symbol, count) in counts.enumerated() where count > 0 {
            guard symbol < distribution.points.count, distribution.points[symbol] != 0 else { return nil }
            sum += count * ofSymbol(points: distribution.points[symbol], log: distribution.log)
        }
        return sum
    }
}
