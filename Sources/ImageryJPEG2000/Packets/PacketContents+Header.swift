// Packet headers (T.800 B.10; T.814 B.3).

extension PacketContents {
    enum Outcome {
        case ok
        case exhausted
        case damaged(String)
    }

    /// Reads the header of a packet at `base[offset...]` (B.10). `offset` moves behind it, and behind EPH.
    func readHeader(_ place: PacketPlace, _ base: UnsafePointer<UInt8>, end: Int, _ offset: inout Int) -> Outcome {
        var bits = unsafe HeaderBits(base, position: offset, end: end)
        let outcome = bits.bit() == 0 ? noteEmpty(place) : readBlocks(place, &bits)
        if bits.isExhausted { return .exhausted }
        offset = bits.finish()
        if offset > end { return .exhausted }
        // EPH (A.8.2). No data of a code-block begin with FF 92.
        if end - offset >= 2, unsafe base[offset] == 0xff, unsafe base[offset + 1] == 0x92 { offset += 2 }
        return outcome
    }

    private func noteEmpty(_ place: PacketPlace) -> Outcome {
        note(place)
        return .ok
    }

    private func readBlocks(_ place: PacketPlace, _ bits: inout HeaderBits) -> Outcome {
        let component = layout.components[place.component]
        let resolution = component.resolutions[place.resolution]
        let column = resolution.precinctX + place.precinct % resolution.precinctsWide
        let row = resolution.precinctY + place.precinct / resolution.precinctsWide
        guard let record = record(of: place, resolution, column: column, row: row) else {
            return .damaged("a precinct has far more code-blocks than the tile has bytes")
        }
        var block = Int(record.firstBlock)
        var node = Int(record.firstNode)
        for band in resolution.bands {
            let grid = band.blocks(column: column, row: row)
            if grid.count == 0 { continue }
            inclusion.set(width: grid.width, height: grid.height)
            if let problem = read(grid, block, node, place.layer, component.style.blockStyle, band, &bits) {
                return .damaged(problem)
            }
            if bits.isExhausted { return .exhausted }
            block += grid.count
            node += 2 * inclusion.nodeCount
        }
        return .ok
    }

    /// Reads what a packet header says about the blocks of one band; what is wrong with it.
    private func read(
        _ grid: BlockGrid, _ firstBlock: Int, _ firstNode: Int, _ layer: Int, _ style: CodeBlockStyle, _ band: Subband,
        _ bits: inout HeaderBits
    ) -> String? {
        let shape = inclusion
        // In bounds: `record` made two trees of this shape from `firstNode` on, and as many blocks as the grid has from
        // `firstBlock` on; neither list changes while they are lent.
        return unsafe nodes.withUnsafeMutableBufferPointer { nodes in
            unsafe blocks.withUnsafeMutableBufferPointer { blocks in
                guard let nodeBase = nodes.baseAddress, let blockBase = blocks.baseAddress else { return nil }
                let included = unsafe nodeBase + firstNode
                let planes = unsafe included + shape.nodeCount
                var y = 0
                while y < grid.height {
                    // Where a node above the leaves excludes them, its columns and rows are passed over together.
                    var excluded = shape.levels
                    var x = 0
                    while x < grid.width {
                        let block = unsafe blockBase + firstBlock + y * grid.width + x
                        if unsafe block.pointee.kind != .notIncluded {
                            excluded = 0
                            x += 1
                            if bits.bit() == 0 { continue }
                        } else {
                            switch unsafe shape.find(x: x, y: y, below: UInt32(layer) + 1, included, &bits) {
                            case .notBelow(let level):
                                if bits.isExhausted { return nil }
                                excluded = min(excluded, level)
                                x = ((x >> level) + 1) << level
                                continue
                            case .below: break
                            }
                            excluded = 0
                            guard let zero = unsafe shape.value(x: x, y: y, limit: 254, planes, &bits) else {
                                return "a code-block has more than 254 zero bit-planes"
                            }
                            unsafe block.pointee.zeroBitPlanes = UInt8(zero)
                            unsafe block.pointee.kind = style.contains(.highThroughput) ? .undecided : .arithmetic
                            x += 1
                        }
                        if let problem = unsafe contribution(&block.pointee, style, &bits) { return problem }
                        if bits.isExhausted { return nil }
                    }
                    y = ((y >> excluded) + 1) << excluded
                }
                return nil
            }
        }
    }

    /// The number of coding passes and the lengths of their segments (B.10.6, B.10.7; T.814 B.3): what is wrong with them.
    private func contribution(_ block: inout BlockRecord, _ style: CodeBlockStyle, _ bits: inout HeaderBits) -> String? {
        var passes = Self.passes(&bits)
        while bits.bit() == 1 {
            block.lengthBits += 1
            guard block.lengthBits <= 32 else { return "Lblock grows above 32" }
        }
        guard Int(block.passes) + passes <= 255 else { return "a code-block has more than 255 coding passes" }
        if block.kind == .undecided { return undecided(&block, style, passes, &bits) }
        while passes > 0 {
            let (count, startsSegment) =
                block.kind == .highThroughput
                ? Self.highThroughputSegment(from: Int(block.passes))
                : Self.arithmeticSegment(from: Int(block.passes), style)
            let taken = min(count, passes)
            guard let length = Self.length(block, taken, &bits) else { return "a codeword segment has an impossible length" }
            append(&block, passes: taken, byteCount: length, startsSegment: startsSegment)
            passes -= taken
        }
        return nil
    }

    private static func length(_ block: BlockRecord, _ passes: Int, _ bits: inout HeaderBits) -> Int? {
        let count = Int(block.lengthBits) + (Int.bitWidth - 1 - passes.leadingZeroBitCount)
        guard count <= 32 else { return nil }
        return Int(bits.bits(count))
    }

    /// Table B.4.
    private static func passes(_ bits: inout HeaderBits) -> Int {
        if bits.bit() == 0 { return 1 }
        if bits.bit() == 0 { return 2 }
        let two = bits.bits(2)
        if two < 3 { return 3 + Int(two) }
        let five = bits.bits(5)
        if five < 31 { return 6 + Int(five) }
        return 37 + Int(bits.bits(7))
    }

    /// How many passes the segment of pass `pass` still takes, and whether it begins there (B.10.7.2, Table D.9).
    private static func arithmeticSegment(from pass: Int, _ style: CodeBlockStyle) -> (passes: Int, starts: Bool) {
        if style.contains(.terminateAll) { return (1, true) }
        guard style.contains(.bypass) else { return (255, pass == 0) }
        if pass < 10 { return (10 - pass, pass == 0) }
        let place = (pass - 10) % 3
        return place < 2 ? (2 - place, place == 0) : (1, true)
    }

    /// The same for HT: a cleanup pass, then both refinement passes together (T.814 B.3).
    private static func highThroughputSegment(from pass: Int) -> (passes: Int, starts: Bool) {
        pass % 3 == 0 ? (1, true) : (3 - pass % 3, pass % 3 == 1)
    }

    /// A block in a set with HT of which no cleanup pass came yet: it may be placeholders, the first HT cleanup pass, or, in a mixed set, a
    /// block of Part 1. Which one is told by the length, whose bits are read as far as they are the same (T.814 B.3).
    private func undecided(_ block: inout BlockRecord, _ style: CodeBlockStyle, _ count: Int, _ bits: inout HeaderBits) -> String? {
        let total = Int(block.passes) + count
        let refinements = (total - 1) % 3
        let upToCleanup = count - refinements
        let isFirst = block.passes == 0
        let isMixed = style.contains(.mixed)
        func log2(_ value: Int) -> Int { Int.bitWidth - 1 - value.leadingZeroBitCount }
        let allBits = Int(block.lengthBits) + log2(count)
        guard allBits <= 32 else { return "a codeword segment has an impossible length" }
        var length = 0
        var read = 0
        if upToCleanup > 0 {
            read = Int(block.lengthBits) + log2(upToCleanup)
            length = Int(bits.bits(read))
            if length > 0, !isMixed || (block.lengthBits > 3 && length > 1 && length >> (read - 1) == 0) {
                block.kind = .highThroughput
                // The placeholders are a segment without bytes.
                if upToCleanup > 1 {
                    append(&block, passes: upToCleanup - 1, byteCount: 0, startsSegment: isFirst)
                }
                append(&block, passes: 1, byteCount: length, startsSegment: true)
                if refinements > 0 {
                    guard let more = Self.length(block, refinements, &bits) else {
                        return "a codeword segment has an impossible length"
                    }
                    append(&block, passes: refinements, byteCount: more, startsSegment: true)
                }
                return nil
            }
        }
        length = length << (allBits - read) | Int(bits.bits(allBits - read))
        if length > 0 {
            guard isMixed else { return "placeholder passes of an HT code-block have bytes" }
            block.kind = .arithmetic
        }
        append(&block, passes: count, byteCount: length, startsSegment: isFirst)
        return nil
    }
}
