// What the packets of a tile said: which code-block has which bytes (T.800 B.9).

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

/// The precincts, code-blocks and chunks of a tile, as far as packets were read.
final class PacketContents {
    let layout: TileLayout
    var blocks: [BlockRecord] = []
    private(set) var chunks: [Chunk] = []
    private var precincts: [PrecinctRecord] = []
    /// By component and resolution: the number of each precinct's record plus one, 0 for one without; as far as packets came.
    private var places: [[[UInt32]]]
    var nodes: [TagNode] = []
    /// Blocks that may still be made: they cost memory before the bytes show that they are there.
    private var blockBudget: Int
    var inclusion = TagTreeShape()

    /// `byteCount` is what the tile has for packets.
    init(_ layout: TileLayout, byteCount: Int) {
        self.layout = layout
        places = layout.components.map { [[UInt32]](repeating: [], count: $0.resolutions.count) }
        blockBudget = (1 << 21) + 32 * byteCount
    }

    /// The record of a precinct's blocks; nil when it has none.
    func precinct(component: Int, resolution: Int, number: Int) -> PrecinctRecord? {
        let list = places[component][resolution]
        guard number < list.count, list[number] > 0 else { return nil }
        return precincts[Int(list[number]) - 1]
    }

    /// Tells the chunks from number `first` on, which a packet's header listed, where their bytes are: one after the other from `start`
    /// on, as far as `end`. False when that cuts them off.
    func place(chunksFrom first: Int, at start: Int, end: Int) -> (isWhole: Bool, next: Int) {
        var next = start
        var isWhole = true
        for index in first..<chunks.count {
            chunks[index].offset = next
            let count = Int(chunks[index].byteCount)
            if count > end - next {
                chunks[index].byteCount = UInt32(max(0, end - next))
                isWhole = false
            }
            next = min(end, next + count)
        }
        return (isWhole, next)
    }

    /// The chunks from number `first` on stay linked, but give nothing.
    func discard(chunksFrom first: Int) {
        for index in first..<chunks.count { chunks[index].drop() }
    }

    /// Drops what only the headers of further layers of the precincts would need.
    func forgetTagTrees() { nodes.removeAll(keepingCapacity: true) }

    /// The precinct's record, made when it is new; nil when there would be far more blocks than the bytes can tell of.
    func record(of place: PacketPlace, _ resolution: Resolution, column: Int, row: Int) -> PrecinctRecord? {
        let number = note(place)
        if number > 0 { return precincts[Int(number) - 1] }
        guard let made = makePrecinct(resolution, column, row) else { return nil }
        places[place.component][place.resolution][place.precinct] = UInt32(precincts.count)
        return made
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

    /// Adds a chunk to a block.
    func append(_ block: inout BlockRecord, passes: Int, byteCount: Int, startsSegment: Bool) {
        chunks.append(Chunk(passes: passes, byteCount: byteCount, startsSegment: startsSegment))
        let number = UInt32(chunks.count)
        if block.lastChunk > 0 { chunks[Int(block.lastChunk) - 1].next = number } else { block.firstChunk = number }
        block.lastChunk = number
        block.passes += UInt8(passes)
    }

    /// The number of the precinct's record plus one; from now on the list of precincts has a place for it.
    @discardableResult
    func note(_ place: PacketPlace) -> UInt32 {
        let missing = place.precinct + 1 - places[place.component][place.resolution].count
        if missing > 0 { places[place.component][place.resolution].append(contentsOf: repeatElement(0, count: missing)) }
        return places[place.component][place.resolution][place.precinct]
    }
}
