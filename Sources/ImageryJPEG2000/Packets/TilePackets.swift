// Packets of a tile: which are read, and when (T.800 B.9, B.12).

import ImageryBase
import ImageryPlumbing

/// The packets of one tile, read as far as anyone wanted: in their order, or, when few are wanted and PLT says how long they are, those
/// alone.
final class TilePackets {
    let layout: TileLayout
    let source: any ByteSource
    private let size: ImageSize
    private let parts: [TilePart]
    /// Packet headers that stand apart (PPM, PPT).
    private let packed: [UInt8]?
    private let layerLimit: Int
    /// Bytes of all packets.
    private let byteCount: Int
    private var lengths: Lengths
    private var contents: PacketContents

    private var sequence: PacketSequence
    private var pending: PacketPlace?
    private var part = 0
    private var position = 0
    private var packedPosition = 0
    /// Why reading in order stopped before the last packet.
    private(set) var failure: ImageryError?
    /// What is odd about a tile that ends early, but whole.
    private(set) var shortfall: Diagnostic?
    private var isAtEnd = false
    private var lentBytes = 1 << 18

    /// What PLT segments say.
    private enum Lengths {
        /// Nothing, or nothing that is right or of use.
        case none
        /// For each tile-part the lengths as they are stored.
        case stored([[Range<Int>]])
        case index(PacketIndex)
    }

    /// `layerLimit` bounds the quality layers that are kept; `lengths` are the bytes of PLT segments in each part, if there
    /// are any that are worth the while.
    init(
        _ layout: TileLayout, _ size: ImageSize, _ parts: [TilePart], packed: [UInt8]?, lengths: [[Range<Int>]], layerLimit: Int,
        _ source: any ByteSource
    ) {
        self.layout = layout
        self.source = source
        self.size = size
        self.parts = parts
        self.packed = packed
        self.layerLimit = layerLimit
        byteCount = parts.reduce(packed?.count ?? 0) { $0 + $1.end - $1.dataStart }
        self.lengths = packed == nil && lengths.contains { !$0.isEmpty } ? .stored(lengths) : .none
        contents = PacketContents(layout, byteCount: byteCount)
        sequence = PacketSequence(layout, size)
        position = parts.first?.dataStart ?? 0
        pending = sequence.next()
    }

    var blocks: [BlockRecord] { contents.blocks }
    var chunks: [Chunk] { contents.chunks }

    /// The record of a precinct's blocks; nil when it has none.
    func precinct(component: Int, resolution: Int, number: Int) -> PrecinctRecord? {
        contents.precinct(component: component, resolution: resolution, number: number)
    }

    /// Reads the packets of the wanted precincts, or, in their order, all up to the last of them, or as many as can be had (see
    /// ``failure``). False when what was read before was wrong and is forgotten. Throws kind io only.
    func read(_ wanted: [PrecinctSelection]) throws(ImageryError) -> Bool {
        if case .index(var index) = try indexed(wanted) {
            lengths = .none
            do throws(ImageryError) {
                if try read(wanted, &index) {
                    lengths = .index(index)
                    return true
                }
            } catch {
                // A precinct may have been read in part; the next read begins anew.
                contents = PacketContents(layout, byteCount: byteCount)
                throw error
            }
            contents = PacketContents(layout, byteCount: byteCount)
            try readInOrder(wanted)
            return false
        }
        lengths = .none
        try readInOrder(wanted)
        return true
    }

    /// Where a read of the precincts will look for their packets.
    func ranges(_ wanted: [PrecinctSelection]) throws(ImageryError) -> [Range<Int>] {
        guard case .index(let index) = try indexed(wanted) else { return parts.map { $0.dataStart..<$0.end } }
        var ranges: [Range<Int>] = []
        for selection in wanted {
            selection.forEach(in: layout) { place in
                ranges += layers(of: place).map { index.packet(at: $0).range }
            }
        }
        return ranges
    }

    /// How many tile-parts, from the first, hold the packets of the precincts; nil when packets are missing. Throws kind io only.
    func partCount(for wanted: [PrecinctSelection]) throws(ImageryError) -> Int? {
        if case .index(let index) = try indexed(wanted) {
            var end = 0
            for selection in wanted {
                selection.forEach(in: layout) { place in
                    for packet in layers(of: place) { end = max(end, index.packet(at: packet).range.upperBound) }
                }
            }
            return parts.lastIndex { $0.dataStart < end }.map { $0 + 1 }
        }
        lengths = .none
        try readInOrder(wanted)
        return failure == nil && isComplete(wanted) ? min(part + 1, parts.count) : nil
    }

    /// The packets of a precinct whose first is at `place`, as far as they are kept.
    private func layers(of place: PacketPlace) -> [PacketPlace] {
        (0..<min(layout.progression.layers, layerLimit)).map { layer in
            var place = place
            place.layer = layer
            return place
        }
    }

    // MARK: By their places

    /// Tiles with fewer bytes gain nothing when PLT is used.
    static let leastBytes = 1 << 16

    /// What PLT says, put in order if that serves: when the wanted precincts are fewer than half of what there is.
    private func indexed(_ wanted: [PrecinctSelection]) throws(ImageryError) -> Lengths {
        guard case .stored(let stored) = lengths else { return lengths }
        let all = layout.components.reduce(0) { $0 + $1.resolutions.reduce(0) { $0 + min(1 << 32, $1.precinctCount) } }
        guard wanted.reduce(0, { $0 + $1.count }) < all / 2 else { return .none }
        var list: [PacketIndex.Part] = []
        for (part, ranges) in zip(parts, stored) {
            var bytes: [UInt8] = []
            for range in ranges { bytes += try source.copy(range, of: "JPEG 2000 PLT") }
            list.append((part, bytes))
        }
        lengths = PacketIndex(layout, size, list).map { .index($0) } ?? .none
        return lengths
    }

    /// Reads the packets of the wanted precincts where PLT says that they are; false when it is wrong.
    private func read(_ wanted: [PrecinctSelection], _ index: inout PacketIndex) throws(ImageryError) -> Bool {
        var places: [PacketPlace] = []
        for selection in wanted { selection.forEach(in: layout) { if index.take($0) { places.append($0) } } }
        source.prefetch(coalesced(places.flatMap { place in layers(of: place).map { index.packet(at: $0).range } }))
        for place in places {
            for place in layers(of: place) {
                let (number, range) = index.packet(at: place)
                let isRight = try source.lend(range, of: "JPEG 2000 packet") { (span) throws(ImageryError) in
                    unsafe span.withUnsafeBytes { bytes in unsafe readPacket(place, number, bytes, at: range.lowerBound) }
                }
                if !isRight { return false }
            }
            contents.forgetTagTrees()
        }
        return true
    }

    /// Reads a packet that should be what is in `bytes`, no more and no less.
    private func readPacket(_ place: PacketPlace, _ number: Int, _ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        var offset = 0
        let isMarked = unsafe bytes.count >= 6 && base[0] == 0xff && base[1] == 0x91
        if isMarked {
            // Nsop counts the packets of the tile (A.8.1).
            guard unsafe Int(base[4]) << 8 | Int(base[5]) == number & 0xffff else { return false }
            offset = 6
        }
        let header = offset
        let firstNewChunk = contents.chunks.count
        guard case .ok = unsafe contents.readHeader(place, base, end: bytes.count, &offset) else { return false }
        // A byte that begins with 0 is an empty packet. To say so by chance is too easy: the other bits are 0 too where it is meant.
        if unsafe !isMarked && base[header] & 0x80 == 0 && base[header] != 0 { return false }
        let end = start + bytes.count
        let (isWhole, next) = contents.place(chunksFrom: firstNewChunk, at: start + offset, end: end)
        return isWhole && next == end
    }

    // MARK: In their order

    /// True when all packets of the wanted resolutions were read in order.
    func isComplete(_ wanted: [PrecinctSelection]) -> Bool {
        wanted.allSatisfy { selection in
            (0...selection.resolution).allSatisfy {
                sequence.isComplete(component: selection.component, resolution: $0, layers: layerLimit)
            }
        }
    }

    private func readInOrder(_ wanted: [PrecinctSelection]) throws(ImageryError) {
        var checked = -1
        while pending != nil, !isAtEnd {
            if checked != sequence.milestones {
                checked = sequence.milestones
                if isComplete(wanted) { return }
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
        if pending == nil { contents.forgetTagTrees() }
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
            let firstNewChunk = contents.chunks.count
            let outcome: PacketContents.Outcome
            let bodyStart: Int
            if let packed {
                var after = packedPosition
                outcome = unsafe packed.withUnsafeBufferPointer { headers in
                    guard let headerBase = headers.baseAddress, packedPosition < headers.count else { return .exhausted }
                    return unsafe contents.readHeader(place, headerBase, end: headers.count, &after)
                }
                packedPosition = after
                bodyStart = start + offset
            } else {
                outcome = unsafe contents.readHeader(place, base, end: bytes.count, &offset)
                bodyStart = start + offset
            }
            switch outcome {
            case .exhausted where !isLast && packed == nil:
                // A header longer than the margin: from the beginning, with everything lent.
                restart()
                return
            case .exhausted:
                contents.discard(chunksFrom: firstNewChunk)
                return stop("the tile ends inside a packet header")
            case .damaged(let message):
                contents.discard(chunksFrom: firstNewChunk)
                return stop(message)
            case .ok: break
            }
            let (isWhole, next) = contents.place(chunksFrom: firstNewChunk, at: bodyStart, end: partEnd)
            // Cut off: what is there may still be worth something (S92).
            if !isWhole { stop("the tile ends inside a packet") }
            if place.layer >= layerLimit { contents.discard(chunksFrom: firstNewChunk) }
            position = next
            if isWhole { pending = sequence.next() }
        }
    }

    /// Forgets all packets and begins anew, with whole tile-parts lent.
    private func restart() {
        lentBytes = .max
        contents = PacketContents(layout, byteCount: byteCount)
        sequence = PacketSequence(layout, size)
        pending = sequence.next()
        part = 0
        position = parts.first?.dataStart ?? 0
    }
}
