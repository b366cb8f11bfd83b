// Where TLM says that the tile-parts lie (T.800 A.7.1).

import ImageryBase
import ImageryPlumbing

/// The tile-parts of a codestream as its TLM segments describe them. Nothing of it is believed before SOT was seen at the place.
struct TilePartLengths: Sendable {
    /// Where the tile-parts begin, in the order of the codestream, and where the last one ends.
    private let bounds: [Int]
    private let parts: TileIndex

    /// Nil when there is no TLM, or when its lengths do not lead from the first SOT to EOC or the end.
    init?(_ header: MainHeader, _ source: any ByteSource) throws(ImageryError) {
        let segments = header.segments.filter { $0.code == Marker.tlm && $0.body.count >= 2 }
        if segments.isEmpty { return nil }
        var bodies: [[UInt8]] = []
        for segment in segments { bodies.append(try source.copy(segment.body, of: "JPEG 2000 TLM")) }
        bodies.sort { $0[0] < $1[0] }
        let end = header.range.upperBound
        var bounds = [header.firstTilePart]
        var tiles: [UInt16] = []
        for (index, body) in bodies.enumerated() {
            // Stlm: bits 4 and 5 are the bytes of Ttlm, bit 6 tells that Ptlm has four.
            let tileBytes = Int(body[1] >> 4 & 3)
            let entryBytes = tileBytes + (body[1] & 0x40 == 0 ? 2 : 4)
            guard Int(body[0]) == index, tileBytes < 3, (body.count - 2) % entryBytes == 0 else { return nil }
            for start in stride(from: 2, to: body.count, by: entryBytes) {
                func number(_ range: Range<Int>) -> Int { body[range].reduce(0) { $0 << 8 | Int($1) } }
                // Without Ttlm every tile has one part, and they stand in order.
                let tile = tileBytes == 0 ? tiles.count : number(start..<start + tileBytes)
                let length = number(start + tileBytes..<start + entryBytes)
                guard tile < header.size.tileCount, length >= 14, length <= end - bounds[bounds.count - 1] else { return nil }
                tiles.append(UInt16(tile))
                bounds.append(bounds[bounds.count - 1] + length)
            }
        }
        let last = bounds[bounds.count - 1]
        guard !tiles.isEmpty else { return nil }
        if last < end {
            guard end - last >= 2 else { return nil }
            let marker = try source.copy(last..<last + 2, of: "JPEG 2000 EOC")
            guard marker == [0xff, 0xd9] else { return nil }
        }
        self.bounds = bounds
        parts = TileIndex(tiles, tileCount: header.size.tileCount)
    }

    /// The numbers and the places of a tile's parts.
    func parts(of tile: Int) -> [(number: Int, range: Range<Int>)] {
        parts[tile].map { (Int($0), bounds[Int($0)]..<bounds[Int($0) + 1]) }
    }
}

/// The numbers of tile-parts, by tile.
struct TileIndex: Sendable {
    /// Numbers of parts, ordered by tile and then by place.
    private let order: [UInt32]
    /// Where each tile's begin in ``order``; one more at the end.
    private let starts: [UInt32]

    /// `tiles` are those of the parts, in the order of the codestream; all are below `tileCount`.
    init(_ tiles: some Collection<UInt16>, tileCount: Int) {
        var starts = [UInt32](repeating: 0, count: tileCount + 1)
        for tile in tiles { starts[Int(tile) + 1] += 1 }
        for tile in 0..<tileCount { starts[tile + 1] += starts[tile] }
        var next = starts
        var order = [UInt32](repeating: 0, count: tiles.count)
        for (number, tile) in tiles.enumerated() {
            order[Int(next[Int(tile)])] = UInt32(number)
            next[Int(tile)] += 1
        }
        self.order = order
        self.starts = starts
    }

    subscript(tile: Int) -> ArraySlice<UInt32> { order[Int(starts[tile])..<Int(starts[tile + 1])] }
}
