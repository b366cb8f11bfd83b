// Writing of tag trees (T.800 B.10.2).

/// A tag tree that is written. Values may come later, as long as they are not below a threshold that was written before.
struct TagTreeWriter {
    private let shape: TagTreeShape
    private var values: [UInt32]
    /// The least value that a reader knows of each node, times two, plus one when that is its value.
    private var known: [TagNode]

    static let unknown = UInt32.max

    /// A tree whose leaves are all ``unknown``.
    init(width: Int, height: Int) {
        var shape = TagTreeShape()
        shape.set(width: width, height: height)
        self.shape = shape
        values = [UInt32](repeating: Self.unknown, count: shape.nodeCount)
        known = [TagNode](repeating: 0, count: shape.nodeCount)
    }

    private func node(_ x: Int, _ y: Int, _ level: Int) -> Int {
        shape.starts[level] + (y >> level) * shape.widths[level] + (x >> level)
    }

    /// Gives a leaf its value.
    mutating func set(_ value: UInt32, x: Int, y: Int) {
        for level in 0..<shape.levels {
            let place = node(x, y, level)
            guard values[place] > value else { return }
            values[place] = value
        }
    }

    /// Writes whether the leaf is below `threshold`, as far as earlier calls have not said it.
    mutating func write(x: Int, y: Int, below threshold: UInt32, _ bits: inout HeaderBitWriter) {
        var low: UInt32 = 0
        for level in (0..<shape.levels).reversed() {
            let place = node(x, y, level)
            low = max(low, known[place] >> 1)
            var isKnown = known[place] & 1 != 0
            while !isKnown && low < threshold {
                if low >= values[place] {
                    bits.put(1)
                    isKnown = true
                } else {
                    bits.put(0)
                    low += 1
                }
            }
            known[place] = low << 1 | (isKnown ? 1 : 0)
        }
    }

    /// Writes the value of a leaf.
    mutating func write(x: Int, y: Int, _ bits: inout HeaderBitWriter) {
        write(x: x, y: y, below: values[node(x, y, 0)] + 1, &bits)
    }
}
