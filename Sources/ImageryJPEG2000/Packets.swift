// Packets of a tile: which code-block has which bytes (T.800 B.9, B.10).

import ImageryBase

/// What is known of a code-block: 12 bytes. With the one ``Chunk`` that most blocks have it is 28.
struct BlockRecord {
    /// Its first and last chunk, counted from 1; 0: it has none.
    var firstChunk: UInt32 = 0
    var lastChunk: UInt32 = 0
    /// P of B.10.5.
    var zeroBitPlanes: UInt8 = 0
    /// Lblock of B.10.7.1.
    var lengthBits: UInt8 = 3
    /// Coding passes that came.
    var passes: UInt8 = 0
    var kind = Kind.notIncluded

    enum Kind: UInt8 {
        case notIncluded
        /// Coded by Part 1.
        case arithmetic
        /// In a set that has HT blocks: nothing but placeholder passes came (T.814 B.3).
        case undecided
        case highThroughput
    }
}

/// What one packet gave to one codeword segment of a code-block: 16 bytes.
struct Chunk {
    /// The offset in the source, the number of passes above it, and whether a segment begins.
    private var place: UInt64
    var byteCount: UInt32
    /// The block's next chunk, counted from 1; 0: none.
    var next: UInt32 = 0

    init(passes: Int, byteCount: Int, startsSegment: Bool) {
        place = UInt64(truncatingIfNeeded: passes) << 48 | (startsSegment ? 1 << 56 : 0)
        self.byteCount = UInt32(truncatingIfNeeded: byteCount)
    }

    var offset: Int {
        get { Int(place & 0xffff_ffff_ffff) }
        set { place = place & ~0xffff_ffff_ffff | UInt64(truncatingIfNeeded: newValue) & 0xffff_ffff_ffff }
    }
    var passes: Int { Int(place >> 48 & 0xff) }
    /// Nothing of it is used.
    mutating func drop() {
        place = 0
        byteCount = 0
    }
    var startsSegment: Bool { place >> 56 != 0 }
}

/// A precinct that has a packet which is not empty.
struct PrecinctRecord {
    /// Its first block; the blocks of its bands follow each other, row by row.
    var firstBlock: UInt32
    /// The first node of its tag trees: for each band inclusion, then zero bit-planes.
    var firstNode: UInt32
}

/// The packets of one tile, read as far as anyone wanted.
final class TilePackets {
    let layout: TileLayout
    let source: any ByteSource
    private let parts: [TilePart]
    /// Packet headers that stand apart (PPM, PPT).
    private let packed: [UInt8]?
    private let layerLimit: Int

    private(set) var blocks: [BlockRecord] = []
    private(set) var chunks: [Chunk] = []
    private var precincts: [PrecinctRecord] = []
    /// By component and resolution: the number of each precinct's record plus one, 0 for one without; as far as packets came.
    private var places: [[[UInt32]]]
    private var nodes: [TagNode] = []
    private var sequence: PacketSequence
    private var pending: PacketPlace?
    private var part = 0
    private var position = 0
    private var packedPosition = 0
    /// Why reading stopped before the last packet.
    private(set) var failure: ImageryError?
    /// What is odd about a tile that ends early, but whole.
    private(set) var shortfall: Diagnostic?
    private var isAtEnd = false
    /// Blocks that may still be made: they cost memory before the bytes show that they are there.
    private var blockBudget: Int
    private var inclusion = TagTreeShape()
    private var lentBytes = 1 << 18

    /// `layerLimit` bounds the quality layers that are kept.
    init(_ layout: TileLayout, _ size: ImageSize, _ parts: [TilePart], packed: [UInt8]?, layerLimit: Int, _ source: any ByteSource)
    {
        self.layout = layout
        self.source = source
        self.parts = parts
        self.packed = packed
        self.layerLimit = layerLimit
        sequence = PacketSequence(layout, size)
        places = layout.components.map { [[UInt32]](repeating: [], count: $0.resolutions.count) }
        position = parts.first?.dataStart ?? 0
        let bytes = parts.reduce(packed?.count ?? 0) { $0 + $1.end - $1.dataStart }
        blockBudget = (1 << 21) + 32 * bytes
        pending = sequence.next()
    }

    /// The record of a precinct's blocks; nil when it has none.
    func precinct(component: Int, resolution: Int, number: Int) -> PrecinctRecord? {
        let list = places[component][resolution]
        guard number < list.count, list[number] > 0 else { return nil }
        return precincts[Int(list[number]) - 1]
    }

    /// True when all packets of the resolutions up to `resolution` of the component were read.
    func isComplete(component: Int, resolution: Int) -> Bool {
        (0...resolution).allSatisfy { sequence.isComplete(component: component, resolution: $0, layers: layerLimit) }
    }

    /// Reads packets until those of the wanted resolutions are there, or no more can be had (see ``failure``). Throws kind io only.
    func read(components: [Int], resolutions: [Int]) throws(ImageryError) {
        var checked = -1
        while pending != nil, !isAtEnd {
            if checked != sequence.milestones {
                checked = sequence.milestones
                let isEnough = zip(components, resolutions).allSatisfy { isComplete(component: $0, resolution: $1) }
                if isEnough { return }
            }
            while part + 1 < parts.count, position >= parts[part].end {
                part += 1
                position = parts[part].dataStart
            }
            guard part < parts.count else { return stop("the tile has no tile-part") }
            if position >= parts[part].end, packed == nil {
                if parts[part].isCutOff { return stop("the codestream ends before the tile's last packet: it is truncated") }
                isAtEnd = true
                shortfall = Diagnostic(
                    "JPEG 2000 tile \(layout.index)", "the tile ends before its last packet: what is missing is taken as empty",
                    at: position)
                return
            }
            let end = parts[part].end
            let range = position..<max(position, min(end, checkedSum(position, lentBytes) ?? end))
            let milestone = sequence.milestones
            try source.lend(range, of: "JPEG 2000 tile \(layout.index)") { (span) throws(ImageryError) in
                unsafe span.withUnsafeBytes { bytes in
                    unsafe readPackets(bytes, from: range.lowerBound, isLast: range.upperBound == end, milestone: milestone)
                }
            }
        }
        if pending == nil { release() }
    }

    /// Every packet was read: what only reading needs goes.
    private func release() {
        nodes = []
    }

    private func stop(_ message: String) {
        isAtEnd = true
        failure = ImageryError(.malformed, "JPEG 2000 tile \(layout.index)", message, at: position)
    }

    /// Headers longer than this are read again with all bytes at hand.
    private static let headerMargin = 1 << 14

    /// Reads packets that begin in `bytes`, which lie at `start` of the source; `isLast`: no bytes of the tile-part follow.
    private func readPackets(_ bytes: UnsafeRawBufferPointer, from start: Int, isLast: Bool, milestone: Int) {
        // A tile-part without bytes has packed headers; no byte of it is read.
        let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(bitPattern: 1)!
        let partEnd = parts[part].end
        while let place = pending, !isAtEnd, milestone == sequence.milestones {
            guard position - start <= bytes.count, isLast || bytes.count - (position - start) >= Self.headerMargin else {
                // The rest is lent again, unless that is what just happened.
                if position == start { lentBytes = .max }
                return
            }
            if position >= partEnd, packed == nil || part + 1 < parts.count { return }
            var offset = position - start
            // SOP: in front of a packet (A.8.1). No packet header begins with FF 91.
            if bytes.count - offset >= 6, unsafe base[offset] == 0xff, unsafe base[offset + 1] == 0x91 { offset += 6 }
            let firstNewChunk = chunks.count
            let outcome: Outcome
            let bodyStart: Int
            if let packed {
                var after = packedPosition
                outcome = unsafe packed.withUnsafeBufferPointer { headers in
                    guard let headerBase = headers.baseAddress, packedPosition < headers.count else { return .exhausted }
                    return unsafe readHeader(place, headerBase, end: headers.count, &after)
                }
                packedPosition = after
                bodyStart = start + offset
            } else {
                outcome = unsafe readHeader(place, base, end: bytes.count, &offset)
                bodyStart = start + offset
            }
            switch outcome {
            case .exhausted where !isLast && packed == nil:
                // A header longer than the margin: from the beginning, with everything lent.
                restart()
                return
            case .exhausted:
                discard(from: firstNewChunk)
                return stop("the tile ends inside a packet header")
            case .damaged(let message):
                discard(from: firstNewChunk)
                return stop(message)
            case .ok: break
            }
            var next = bodyStart
            for index in firstNewChunk..<chunks.count {
                chunks[index].offset = next
                let count = Int(chunks[index].byteCount)
                if count > partEnd - next {
                    // Cut off: what is there may still be worth something (S92).
                    chunks[index].byteCount = UInt32(max(0, partEnd - next))
                    if failure == nil { stop("the tile ends inside a packet") }
                }
                next = min(partEnd, next + count)
            }
            if place.layer >= layerLimit { discard(from: firstNewChunk) }
            position = next
            if failure == nil { pending = sequence.next() }
        }
    }

    /// Forgets all packets and begins anew, with whole tile-parts lent.
    private func restart() {
        lentBytes = .max
        blocks = []
        chunks = []
        precincts = []
        nodes = []
        for component in places.indices { for resolution in places[component].indices { places[component][resolution] = [] } }
        sequence = PacketSequence(layout, sequence.size)
        pending = sequence.next()
        part = 0
        position = parts.first?.dataStart ?? 0
    }

    /// The packet's chunks stay linked, but give nothing.
    private func discard(from first: Int) {
        for index in first..<chunks.count { chunks[index].drop() }
    }

    enum Outcome {
        case ok
        case exhausted
        case damaged(String)
    }

    /// Reads the header of a packet at `base[offset...]` (B.10). `offset` moves behind it, and behind EPH.
    private func readHeader(_ place: PacketPlace, _ base: UnsafePointer<UInt8>, end: Int, _ offset: inout Int) -> Outcome {
        var bits = unsafe HeaderBits(base, position: offset, end: end)
        let outcome = bits.bit() == 0 ? skip(place) : readBlocks(place, &bits)
        if bits.isExhausted { return .exhausted }
        offset = bits.finish()
        if offset > end { return .exhausted }
        // EPH (A.8.2). No data of a code-block begin with FF 92.
        if end - offset >= 2, unsafe base[offset] == 0xff, unsafe base[offset + 1] == 0x92 { offset += 2 }
        return outcome
    }

    /// Notes an empty packet: the list of precincts has a place for each that came.
    private func skip(_ place: PacketPlace) -> Outcome {
        if place.precinct == places[place.component][place.resolution].count {
            places[place.component][place.resolution].append(0)
        }
        return .ok
    }

    private func readBlocks(_ place: PacketPlace, _ bits: inout HeaderBits) -> Outcome {
        let component = layout.components[place.component]
        let resolution = component.resolutions[place.resolution]
        let column = resolution.precinctX + place.precinct % resolution.precinctsWide
        let row = resolution.precinctY + place.precinct / resolution.precinctsWide
        let list = places[place.component][place.resolution]
        let record: PrecinctRecord
        if place.precinct < list.count, list[place.precinct] > 0 {
            record = precincts[Int(list[place.precinct]) - 1]
        } else {
            guard let made = makePrecinct(resolution, column, row) else {
                return .damaged("a precinct has far more code-blocks than the tile has bytes")
            }
            record = made
            if place.precinct < list.count {
                places[place.component][place.resolution][place.precinct] = UInt32(precincts.count)
            } else {
                places[place.component][place.resolution].append(UInt32(precincts.count))
            }
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

    private func makePrecinct(_ resolution: Resolution, _ column: Int, _ row: Int) -> PrecinctRecord? {
        let record = PrecinctRecord(firstBlock: UInt32(blocks.count), firstNode: UInt32(nodes.count))
        var (blockCount, nodeCount) = (0, 0)
        for band in resolution.bands {
            let grid = band.blocks(column: column, row: row)
            // At most 2^13 a side.
            blockCount += grid.count
            nodeCount += 2 * TagTreeShape.nodeCount(width: grid.width, height: grid.height)
        }
        guard blockCount <= blockBudget else { return nil }
        blockBudget -= blockCount
        blocks.append(contentsOf: repeatElement(BlockRecord(), count: blockCount))
        nodes.append(contentsOf: repeatElement(0, count: nodeCount))
        precincts.append(record)
        return record
    }

    /// Reads what a packet header says about the blocks of one band; what is wrong with it.
    private func read(
        _ grid: BlockGrid, _ firstBlock: Int, _ firstNode: Int, _ layer: Int, _ style: CodeBlockStyle, _ band: Subband,
        _ bits: inout HeaderBits
    ) -> String? {
        let shape = inclusion
        // In bounds: `makePrecinct` made two trees of this shape from `firstNode` on, and as many blocks as the grid has from
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

    /// Adds a chunk to a block.
    private func append(_ block: inout BlockRecord, passes: Int, byteCount: Int, startsSegment: Bool) {
        chunks.append(Chunk(passes: passes, byteCount: byteCount, startsSegment: startsSegment))
        let number = UInt32(chunks.count)
        if block.lastChunk > 0 { chunks[Int(block.lastChunk) - 1].next = number } else { block.firstChunk = number }
        block.lastChunk = number
        block.passes += UInt8(passes)
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
