// Writing of packet headers (T.800 B.10).

import ImageryBase

/// The code-blocks of a precinct, and what its packets have said so far.
struct PrecinctWriter {
    /// The part of the precinct in one sub-band.
    private struct Part {
        let grid: BlockGrid
        /// The number of the first block among those of the tile.
        let firstBlock: Int
        var inclusion: TagTreeWriter
        var zeroBitPlanes: TagTreeWriter
    }

    /// What packets have said of a block.
    private struct Progress {
        var passes = 0
        var bytes = 0
        /// Lblock (B.10.7.1).
        var lengthBits = 3
    }

    private var parts: [Part] = []
    private var progress: [Progress] = []

    /// `firstBlocks` are the numbers of the first block of each band's part.
    init(_ resolution: Resolution, precinct: Int, firstBlock: Int, _ blocks: [EncodedBlock]) {
        let x = resolution.precinctX + precinct % resolution.precinctsWide
        let y = resolution.precinctY + precinct / resolution.precinctsWide
        var first = firstBlock
        for band in resolution.bands {
            let grid = band.blocks(column: x, row: y)
            var part = Part(
                grid: grid, firstBlock: first, inclusion: TagTreeWriter(width: grid.width, height: grid.height),
                zeroBitPlanes: TagTreeWriter(width: grid.width, height: grid.height))
            for index in 0..<grid.count where blocks[first + index].passCount > 0 {
                part.zeroBitPlanes.set(
                    UInt32(blocks[first + index].zeroBitPlanes), x: index % grid.width, y: index / grid.width)
            }
            parts.append(part)
            first += grid.count
        }
        progress = [Progress](repeating: Progress(), count: first - firstBlock)
    }

    /// Writes the header of the packet of `layer`, behind which each block has `reached` passes and bytes in all, and appends the ranges of the
    /// bytes that are its body to `body`.
    mutating func write(
        layer: Int, reached: [BlockReach], into bits: inout HeaderBitWriter, body: (_ block: Int, _ bytes: Range<Int>) -> Void
    ) {
        let first = parts.first?.firstBlock ?? 0
        let isEmpty = progress.indices.allSatisfy { reached[first + $0].passes <= progress[$0].passes }
        bits.put(isEmpty ? 0 : 1)
        if !isEmpty { for index in parts.indices { write(part: index, layer, reached, first, &bits, body) } }
        bits.finish()
    }

    private mutating func write(
        part index: Int, _ layer: Int, _ reached: [BlockReach], _ first: Int, _ bits: inout HeaderBitWriter,
        _ body: (Int, Range<Int>) -> Void
    ) {
        let grid = parts[index].grid
        let start = parts[index].firstBlock
        for place in 0..<grid.count {
            let own = progress[start - first + place]
            if own.passes == 0, reached[start + place].passes > 0 {
                parts[index].inclusion.set(UInt32(layer), x: place % grid.width, y: place / grid.width)
            }
        }
        for place in 0..<grid.count {
            let block = start + place
            var own = progress[block - first]
            let reach = reached[block]
            let isIncluded = reach.passes > own.passes
            let (x, y) = (place % grid.width, place / grid.width)
            if own.passes == 0 {
                parts[index].inclusion.write(x: x, y: y, below: UInt32(layer) + 1, &bits)
                if isIncluded { parts[index].zeroBitPlanes.write(x: x, y: y, &bits) }
            } else {
                bits.put(isIncluded ? 1 : 0)
            }
            guard isIncluded else { continue }
            let passes = reach.passes - own.passes
            let bytes = reach.bytes - own.bytes
            Self.put(passes: passes, &bits)
            // B.10.7.1.
            let logarithm = Int.bitWidth - 1 - passes.leadingZeroBitCount
            let needed = Int.bitWidth - bytes.leadingZeroBitCount
            while own.lengthBits + logarithm < needed {
                bits.put(1)
                own.lengthBits += 1
            }
            bits.put(0)
            bits.put(bytes, bits: own.lengthBits + logarithm)
            body(block, own.bytes..<reach.bytes)
            own.passes = reach.passes
            own.bytes = reach.bytes
            progress[block - first] = own
        }
    }

    /// The number of coding passes (Table B.4).
    private static func put(passes: Int, _ bits: inout HeaderBitWriter) {
        switch passes {
        case 1: bits.put(0)
        case 2: bits.put(0b10, bits: 2)
        case 3...5: bits.put(0b1100 | (passes - 3), bits: 4)
        case 6...36: bits.put(0b1111 << 5 | (passes - 6), bits: 9)
        default: bits.put(0b1_1111_1111 << 7 | (passes - 37), bits: 16)
        }
    }
}

/// Passes and bytes of a block that a layer and those before it have.
struct BlockReach: Sendable {
    var passes = 0
    var bytes = 0
}
