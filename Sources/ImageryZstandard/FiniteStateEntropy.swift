// Distributions and the tables that decode by them (RFC 8878 section 4.1).

/// How likely each symbol is: points of 2^`log`; -1 stands for less than one.
struct Distribution: Equatable {
    var log: Int
    var points: [Int16]

    /// Reads a description (section 4.1.1): returns it and its bytes.
    static func read(
        _ input: UnsafeRawBufferPointer, maxLog: Int, maxSymbols: Int
    ) throws(ZstandardFailure) -> (Distribution, byteCount: Int) {
        var position = 0
        let bitCount = 8 * input.count
        /// The next bits from `position` on, at most 25; zeros behind the end.
        func peek() -> Int {
            let first = position >> 3
            let count = min(4, max(0, input.count - first))
            return unsafe Int(littleEndian(input, at: first, count: count)) >> (position & 7)
        }
        guard unsafe !input.isEmpty else { throw .truncated }
        let log = 5 + peek() & 15
        position += 4
        guard log <= maxLog else { throw .badDistribution }
        var points: [Int16] = []
        var remaining = 1 << log
        while remaining > 0 {
            guard points.count < maxSymbols, position < bitCount else { throw .badDistribution }
            let width = (remaining + 1).bitWidth - (remaining + 1).leadingZeroBitCount
            let low = (1 << (width - 1)) - 1
            let threshold = (1 << width) - 2 - remaining
            let bits = peek()
            var value = bits & ((1 << width) - 1)
            if bits & low < threshold {
                value = bits & low
                position += width - 1
            } else {
                if value > low { value -= threshold }
                position += width
            }
            let probability = value - 1
            remaining -= abs(probability)
            points.append(Int16(truncatingIfNeeded: probability))
            guard probability == 0 else { continue }
            // Two bits at a time count further zeros.
            var zeros: Int
            repeat {
                zeros = peek() & 3
                position += 2
                guard points.count + zeros <= maxSymbols, position <= bitCount else { throw .badDistribution }
                points.append(contentsOf: repeatElement(0, count: zeros))
            } while zeros == 3
        }
        guard remaining == 0, position <= bitCount else { throw .badDistribution }
        return (Distribution(log: log, points: points), (position + 7) / 8)
    }

    /// The symbol of each state (section 4.1.2).
    var spread: [UInt8] {
        let size = 1 << log
        var cells = [UInt8](repeating: 0, count: size)
        // Symbols of less than a point take a cell each, from the top downward.
        var high = size
        for (symbol, count) in points.enumerated() where count == -1 {
            high -= 1
            cells[high] = UInt8(truncatingIfNeeded: symbol)
        }
        let step = size >> 1 + size >> 3 + 3
        var position = 0
        for (symbol, count) in points.enumerated() where count > 0 {
            for _ in 0..<count {
                cells[position] = UInt8(truncatingIfNeeded: symbol)
                repeat { position = (position + step) & (size - 1) } while position >= high
            }
        }
        return cells
    }

    /// The states of the table in their order.
    func forEachState(_ body: (_ state: Int, _ symbol: Int, _ bits: Int, _ baseline: Int) -> Void) {
        var next = points.map { $0 == -1 ? 1 : Int($0) }
        for (state, symbol) in spread.enumerated() {
            let count = next[Int(symbol)]
            next[Int(symbol)] += 1
            let bits = log - (count.bitWidth - 1 - count.leadingZeroBitCount)
            body(state, Int(symbol), bits, count << bits - 1 << log)
        }
    }
}
