// The prefix code of literals (RFC 8878 section 4.2).

import ImageryBase
import ImageryPlumbing

/// A table from the next eleven bits to a symbol and the length of its code.
@safe
struct HuffmanTable {
    private let memory: Scratch
    /// For every pattern of `Bound.codeBits` bits: the symbol in the high byte, the bits of its code in the low one.
    let entries: UnsafeMutablePointer<UInt16>
    /// False until the frame has described a tree.
    private(set) var isKnown = false

    static let size = 1 << Bound.codeBits

    init() throws(ImageryError) {
        memory = try Scratch(byteCount: 2 * Self.size)
        unsafe entries = memory.base.bindMemory(to: UInt16.self, capacity: Self.size)
    }

    /// A frame begins without a tree.
    mutating func forget() { isKnown = false }

    /// Reads a description of the tree (section 4.2.1); returns its bytes.
    mutating func read(_ input: UnsafeRawBufferPointer) throws(ZstandardFailure) -> Int {
        isKnown = false
        guard let first = unsafe input.first else { throw .truncated }
        var weights: [UInt8]
        let byteCount: Int
        if first >= 128 {
            // Section 4.2.1.1: four bits each.
            let count = Int(first) - 127
            byteCount = 1 + (count + 1) / 2
            guard input.count >= byteCount else { throw .truncated }
            weights = (0..<count).map { unsafe $0 & 1 == 0 ? input[1 + $0 / 2] >> 4 : input[1 + $0 / 2] & 15 }
        } else {
            byteCount = 1 + Int(first)
            guard input.count >= byteCount else { throw .truncated }
            weights = try unsafe Self.decodeWeights(UnsafeRawBufferPointer(rebasing: input[1..<byteCount]))
        }
        try fill(&weights)
        isKnown = true
        return byteCount
    }

    /// Weights in a bit stream with two states in turn (section 4.2.1.2).
    private static func decodeWeights(_ input: UnsafeRawBufferPointer) throws(ZstandardFailure) -> [UInt8] {
        // Weights go up to the longest code's bits, those of a broken description to any value of a byte.
        let (distribution, start) = try unsafe Distribution.read(input, maxLog: Bound.weightsLog, maxSymbols: 256)
        var states = [(symbol: UInt8, bits: UInt64, next: Int)](repeating: (0, 0, 0), count: 1 << distribution.log)
        distribution.forEachState { state, symbol, bits, baseline in
            states[state] = (UInt8(truncatingIfNeeded: symbol), UInt64(bits), baseline)
        }
        guard var bits = unsafe BackwardBits(UnsafeRawBufferPointer(rebasing: input[start...])) else { throw .badBits }
        let log = UInt64(distribution.log)
        var current = Int(bits.read(log))
        var other = Int(bits.read(log))
        guard !bits.isExhausted else { throw .badBits }
        var weights: [UInt8] = []
        while weights.count < 254 {
            bits.reload()
            weights.append(states[current].symbol)
            let update = bits.read(states[current].bits)
            if bits.isExhausted {
                weights.append(states[other].symbol)
                return weights
            }
            (current, other) = (other, states[current].next + Int(update))
        }
        throw .badTree
    }

    /// Makes the table of `weights`, to which that of the last symbol is added (section 4.2.1).
    private func fill(_ weights: inout [UInt8]) throws(ZstandardFailure) {
        var sum = 0
        for weight in weights where weight > 0 {
            guard weight <= Bound.codeBits else { throw .badTree }
            sum += 1 << (Int(weight) - 1)
        }
        guard sum > 0, weights.count <= 255 else { throw .badTree }
        let depth = sum.bitWidth - sum.leadingZeroBitCount
        let rest = 1 << depth - sum
        guard depth <= Bound.codeBits, rest & (rest - 1) == 0 else { throw .badTree }
        weights.append(UInt8(rest.trailingZeroBitCount + 1))
        // Codes of one length come in pairs, but for the whole tree a longest one is not alone.
        guard weights.count(where: { $0 == 1 }) >= 2 else { throw .badTree }
        var position = 0
        for weight in 1...depth {
            // A code of fewer bits than the table's stands for as many entries as the missing bits have patterns.
            let length = 1 << (weight - 1 + Bound.codeBits - depth)
            for (symbol, own) in weights.enumerated() where Int(own) == weight {
                // In bounds: the codes fill the tree exactly, as their weights add up to a power of two.
                unsafe (entries + position).update(repeating: UInt16(symbol) << 8 | UInt16(depth + 1 - weight), count: length)
                position += length
            }
        }
    }
}
