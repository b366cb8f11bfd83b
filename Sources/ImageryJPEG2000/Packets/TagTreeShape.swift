// Tag trees (T.800 B.10.2): the least of four numbers stands above them, and bits say how far each is above its parent.

/// The shape of a tag tree over a grid of leaves. Nodes of all levels lie one after the other, leaves first.
struct TagTreeShape {
    /// Width of each level, leaves first.
    private(set) var widths: [Int] = []
    /// The first node of each level.
    private(set) var starts: [Int] = []
    private(set) var nodeCount = 0

    var levels: Int { widths.count }

    /// Becomes the shape of a tree over `width` x `height` leaves (none when one is 0).
    mutating func set(width: Int, height: Int) {
        widths.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        nodeCount = 0
        guard width > 0, height > 0 else { return }
        var w = width
        var h = height
        while true {
            widths.append(w)
            starts.append(nodeCount)
            nodeCount += w * h
            if w == 1, h == 1 { return }
            w = (w + 1) / 2
            h = (h + 1) / 2
        }
    }

    /// Nodes of a tree over `width` x `height` leaves.
    static func nodeCount(width: Int, height: Int) -> Int {
        var shape = TagTreeShape()
        shape.set(width: width, height: height)
        return shape.nodeCount
    }
}

/// A node: the least value that it can have, times two, plus one when that is its value.
typealias TagNode = UInt32

extension TagTreeShape {
    /// What looking for a leaf below a threshold found.
    enum Found {
        /// The leaf's value is known and below the threshold.
        case below
        /// A node of this level (0: the leaf) is known to be at or above it, and so is all that hangs on it.
        case notBelow(level: Int)
    }

    /// Reads bits until it is known whether the leaf (`x`, `y`) is below `threshold`. `nodes` are those of the tree.
    func find(
        x: Int, y: Int, below threshold: UInt32, _ nodes: UnsafeMutablePointer<TagNode>, _ bits: inout HeaderBits
    ) -> Found {
        var low: UInt32 = 0
        var level = levels - 1
        // In bounds: `x` and `y` are inside the grid of leaves, so that each level has the node; the levels are those of `nodes`.
        while level >= 0 {
            let place = starts[level] + (y >> level) * widths[level] + (x >> level)
            var value = unsafe nodes[place]
            var own = max(value >> 1, low)
            var isKnown = value & 1 != 0
            while !isKnown && own < threshold && !bits.isExhausted {
                if bits.bit() != 0 { isKnown = true } else { own += 1 }
            }
            value = own << 1 | (isKnown ? 1 : 0)
            unsafe nodes[place] = value
            if own >= threshold || !isKnown { return .notBelow(level: level) }
            low = own
            level -= 1
        }
        return .below
    }

    /// The value of a leaf, read to its end; nil above `limit`.
    func value(
        x: Int, y: Int, limit: UInt32, _ nodes: UnsafeMutablePointer<TagNode>, _ bits: inout HeaderBits
    ) -> UInt32? {
        guard case .below = unsafe find(x: x, y: y, below: limit + 1, nodes, &bits) else { return nil }
        return unsafe nodes[starts[0] + y * widths[0] + x] >> 1
    }
}
