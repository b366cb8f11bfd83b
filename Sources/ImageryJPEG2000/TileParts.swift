// Where the tile-parts lie (T.800 A.4.2), and packet headers that were moved out of them (A.7.4, A.7.5).

import ImageryBase

/// One tile-part: 24 bytes, for a codestream may have a million.
struct TilePart: Sendable {
    /// Offset of SOT in the source.
    var start: Int
    /// Offset of the first byte after SOD.
    var dataStart: Int
    /// The offset after its last byte.
    var end: Int
    var tile: UInt16
    /// TPsot.
    var number: UInt8
    /// True when the headers between SOT and SOD hold marker segments.
    var hasSegments: Bool
    /// True when the codestream ends before the tile-part should.
    var isCutOff: Bool
}

/// All tile-parts of a codestream, by tile.
struct TileParts: Sendable {
    /// In the order of the codestream.
    let parts: [TilePart]
    /// Numbers of parts, ordered by tile and then by place.
    private let order: [UInt32]
    /// Where each tile's begin in ``order``; one more at the end.
    private let starts: [UInt32]
    /// The least number of decomposition levels that any component of any tile has.
    let leastLevels: Int
    /// Set when the codestream ends, or breaks, before EOC.
    let failure: ImageryError?

    /// The numbers of a tile's parts, in the order of the codestream.
    func numbers(of tile: Int) -> ArraySlice<UInt32> { order[Int(starts[tile])..<Int(starts[tile + 1])] }

    /// Walks from SOT to SOT. What is broken ends the walk: the tiles before it can be read.
    init(_ header: MainHeader, _ source: any ByteSource) throws(ImageryError) {
        var parts: [TilePart] = []
        var failure: ImageryError?
        let tiles = header.size.tileCount
        let main = header.coding
        var levels = Self.levels(main, CodingParameters(componentCount: main.componentCount))
        var position = header.firstTilePart
        let end = header.range.upperBound
        do throws(ImageryError) {
            while let (part, own) = try Self.part(at: position, end, header, source) {
                guard part.tile < tiles else {
                    throw ImageryError(
                        .malformed, "JPEG 2000 SOT", "tile \(part.tile) does not exist: there are \(tiles)", at: position)
                }
                parts.append(part)
                if let own, own.cod != nil || !own.coc.isEmpty { levels = min(levels, Self.levels(main, own)) }
                position = part.end
            }
        } catch {
            if error.kind == .io { throw error }
            failure = error
        }
        var starts = [UInt32](repeating: 0, count: tiles + 1)
        for part in parts { starts[Int(part.tile) + 1] += 1 }
        for tile in 0..<tiles { starts[tile + 1] += starts[tile] }
        var next = starts
        var order = [UInt32](repeating: 0, count: parts.count)
        for (number, part) in parts.enumerated() {
            order[Int(next[Int(part.tile)])] = UInt32(number)
            next[Int(part.tile)] += 1
        }
        self.parts = parts
        self.order = order
        self.starts = starts
        self.failure = failure
        leastLevels = levels
    }

    /// The least number of levels that a tile with the headers `own` has.
    private static func levels(_ main: CodingParameters, _ own: CodingParameters) -> Int {
        var least = 33
        if own.coc.isEmpty && main.coc.isEmpty { return (own.cod ?? main.cod)?.levels ?? 0 }
        for component in 0..<main.componentCount {
            let style = own.coc[component] ?? own.cod ?? main.coc[component] ?? main.cod
            least = min(least, style?.levels ?? 0)
        }
        return least
    }

    /// The tile-part whose SOT is at `position`, and what its headers say about coding; nil at EOC and at the end.
    private static func part(
        at position: Int, _ end: Int, _ header: MainHeader, _ source: any ByteSource
    ) throws(ImageryError) -> (TilePart, CodingParameters?)? {
        // Streams without EOC are common, and a byte may pad them.
        guard position + 2 <= end else { return nil }
        var walk = MarkerWalk(source: source, position: position, end: end)
        let sot = try walk.next()
        if sot.code == Marker.eoc { return nil }
        guard sot.code == Marker.sot, sot.body.count == 8 else {
            throw ImageryError(
                .malformed, "JPEG 2000 SOT", "a tile-part begins with \(Marker.name(sot.code)), not SOT", at: position)
        }
        var (tile, length, number) = (UInt16(0), 0, UInt8(0))
        try source.lend(sot.body, of: "JPEG 2000 SOT") { (span) throws(ImageryError) in
            var cursor = ByteCursor(span, base: sot.body.lowerBound, bigEndian: true, context: "JPEG 2000 SOT")
            tile = try cursor.u16()
            length = Int(try cursor.u32())
            number = try cursor.u8()
        }
        guard length == 0 || length >= 14 else {
            throw ImageryError(.malformed, "JPEG 2000 SOT", "a tile-part of \(length) bytes has no room for SOD", at: position)
        }
        // Psot = 0: to the end of the codestream (A.4.2). A tile-part that is cut off ends with the codestream, too.
        let partEnd = length == 0 ? end - trailer(end, source) : min(end, position + length)
        walk = MarkerWalk(source: source, position: walk.position, end: partEnd)
        var own: CodingParameters?
        var hasSegments = false
        while true {
            let segment = try walk.next()
            if segment.code == Marker.sod { break }
            hasSegments = true
            if segment.code == Marker.cod || segment.code == Marker.coc {
                var coding = own ?? CodingParameters(componentCount: header.size.components.count)
                try coding.read(segment, source)
                own = coding
            }
        }
        let part = TilePart(
            start: position, dataStart: walk.position, end: partEnd, tile: tile, number: number, hasSegments: hasSegments,
            isCutOff: length > end - position)
        return (part, own)
    }

    /// The bytes of EOC at the end of the codestream: 2 or 0.
    private static func trailer(_ end: Int, _ source: any ByteSource) -> Int {
        guard end >= 2, let last = try? source.copy(end - 2..<end, of: "JPEG 2000 EOC") else { return 0 }
        return last == [0xff, 0xd9] ? 2 : 0
    }
}

/// Packet headers of PPM segments: for each tile-part of the codestream its bytes (A.7.4).
struct PackedHeaders: Sendable {
    let bytes: [UInt8]
    /// The bytes of the n-th tile-part.
    let ranges: [Range<Int>]

    /// `segments` are Zppm and the bytes after it. Nppm and what it counts may go on in the next segment.
    init(_ source: any ByteSource, _ segments: [(index: UInt8, body: Range<Int>)]) throws(ImageryError) {
        var all: [UInt8] = []
        for segment in segments.sorted(by: { $0.index < $1.index }) {
            all += try source.copy(segment.body, of: "JPEG 2000 PPM")
        }
        var ranges: [Range<Int>] = []
        var position = 0
        while position + 4 <= all.count {
            let length = (0..<4).reduce(0) { $0 << 8 | Int(all[position + $1]) }
            position += 4
            let end = min(all.count, position + length)
            ranges.append(position..<end)
            position = end
        }
        bytes = all
        self.ranges = ranges
    }
}
