// Distributions made for counts, their descriptions, and the tables that encode by them (RFC 8878 section 4.1).

extension Distribution {
    /// Points for `counts`, which add up to `total` and have at least two symbols.
    init(_ counts: [Int], total: Int, maxLog: Int) {
        let last = counts.lastIndex { $0 > 0 } ?? 0
        func bits(_ number: Int) -> Int { number.bitWidth - number.leadingZeroBitCount }
        // More points than a quarter of the symbols say little; each symbol needs one at least.
        let kinds = counts.count { $0 > 0 }
        log = min(maxLog, max(5, min(bits(total) - 2, 15), bits(kinds)))
        let size = 1 << log
        var points = [Int](repeating: 0, count: last + 1)
        var sum = 0
        for symbol in 0...last where counts[symbol] > 0 {
            points[symbol] = max(1, (2 * counts[symbol] * size + total) / (2 * total))
            sum += points[symbol]
        }
        // One point more or less goes where it gains most or costs least: by count / points, compared crosswise.
        while sum != size {
            let step = sum < size ? 1 : -1
            var best = -1
            for symbol in 0...last where counts[symbol] > 0 && (step > 0 || points[symbol] > 1) {
                guard best >= 0 else {
                    best = symbol
                    continue
                }
                let (own, other) = (
                    counts[symbol] * (2 * points[best] + step), counts[best] * (2 * points[symbol] + step)
                )
                if step > 0 ? own > other : own < other { best = symbol }
            }
            points[best] += step
            sum += step
        }
        // A symbol rarer than half a point takes the dearest state.
        self.points = (0...last).map { points[$0] == 1 && 2 * counts[$0] * size < total ? -1 : Int16(points[$0]) }
    }

    /// The description (section 4.1.1).
    var description: [UInt8] {
        var bytes: [UInt8] = []
        var bits = UInt64(log - 5)
        var count: UInt64 = 4
        func put(_ value: Int, _ width: Int) {
            bits |= UInt64(value) << count
            count += UInt64(width)
            while count >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits >>= 8
                count -= 8
            }
        }
        var remaining = 1 << log
        var symbol = 0
        while remaining > 0 {
            let value = Int(points[symbol]) + 1
            let width = (remaining + 1).bitWidth - (remaining + 1).leadingZeroBitCount
            let low = 1 << (width - 1) - 1
            let threshold = 1 << width - 2 - remaining
            // Small values take a bit less; those above them are moved up by as many as are small.
            if value < threshold {
                put(value, width - 1)
            } else {
                put(value > low ? value + threshold : value, width)
            }
            remaining -= abs(value - 1)
            symbol += 1
            guard value == 1 else { continue }
            var zeros = 0
            while points[symbol + zeros] == 0 { zeros += 1 }
            symbol += zeros
            while zeros >= 3 {
                put(3, 2)
                zeros -= 3
            }
            put(zeros, 2)
        }
        if count > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
        return bytes
    }
}

/// A table that encodes symbols by a distribution: from a state and a symbol to bits and the next state.
struct EncodingTable {
    private let log: Int
    /// States in the order of their symbols.
    private let states: [UInt16]
    /// Of each symbol: bits, times 2^16, less the first state that needs so many; and where its states begin.
    private let bitDeltas: [Int32]
    private let stateDeltas: [Int32]

    init(_ distribution: Distribution) {
        log = distribution.log
        let size = 1 << log
        var starts: [Int] = []
        var total = 0
        for count in distribution.points {
            starts.append(total)
            total += abs(Int(count))
        }
        var next = starts
        var states = [UInt16](repeating: 0, count: size)
        for (state, symbol) in distribution.spread.enumerated() {
            states[next[Int(symbol)]] = UInt16(size + state)
            next[Int(symbol)] += 1
        }
        self.states = states
        var (bits, deltas): ([Int32], [Int32]) = ([], [])
        for (symbol, points) in distribution.points.enumerated() {
            let count = abs(Int(points))
            // Symbols without points are never asked for.
            let most = count > 1 ? log - ((count - 1).bitWidth - 1 - (count - 1).leadingZeroBitCount) : log
            bits.append(Int32(most << 16 - count << most))
            deltas.append(Int32(starts[symbol] - count))
        }
        bitDeltas = bits
        stateDeltas = deltas
    }

    /// The table of one symbol, which takes no bits.
    init(only symbol: Int) {
        log = 0
        states = [0]
        bitDeltas = [Int32](repeating: 0, count: symbol + 1)
        stateDeltas = bitDeltas
    }

    /// The state for the last symbol of a stream.
    func start(_ symbol: Int) -> Int {
        let delta = Int(bitDeltas[symbol])
        let bits = (delta + 1 << 15) >> 16
        return Int(states[(bits << 16 - delta) >> bits + Int(stateDeltas[symbol])])
    }

    /// Writes the bits that lead from the state of `symbol` to `state`, and makes `state` that of `symbol`.
    @inline(__always)
    func encode(_ symbol: Int, _ state: inout Int, _ writer: inout BitWriter) {
        let bits = (state &+ Int(bitDeltas[symbol])) &>> 16
        writer.put(UInt64(truncatingIfNeeded: state & (1 &<< bits &- 1)), width: UInt64(truncatingIfNeeded: bits))
        state = Int(states[state &>> bits &+ Int(stateDeltas[symbol])])
    }

    /// Writes the state that a decoder begins with.
    func finish(_ state: Int, _ writer: inout BitWriter) {
        writer.put(UInt64(state & (1 << log - 1)), width: UInt64(log))
    }
}
