// The way to the tiles behind a broken tile-part.

import ImageryBase
import ImageryPlumbing

/// Looks for the next SOT where a tile-part is broken, or its length wrong. Neither packet headers nor code-blocks hold two bytes from FF90 on (T.800 B.10.1, C.2.1, D.6; T.814 the same), so
/// what looks like SOT among them is one.
struct TilePartSearch {
    private let header: MainHeader
    private let source: any ByteSource
    /// Where nothing was looked for yet.
    private var position: Int
    /// How many parts of each tile were found in order; nil while nothing is missing.
    private var counts: [UInt16: Int]?
    /// How many more places may look like a tile-part and be none: each costs a walk over marker segments.
    private var budget = 64

    private static let chunk = 1 << 16
    /// Marker, Lsot, Isot, Psot, TPsot, TNsot.
    private static let segmentBytes = 12

    init(_ header: MainHeader, _ source: any ByteSource) {
        self.header = header
        self.source = source
        position = header.firstTilePart + 1
    }

    /// False for a part that belongs behind another that is missing: its packets would be taken for those of that one.
    mutating func accepts(_ part: TilePart) -> Bool {
        guard let count = counts?[part.tile, default: 0] else { return true }
        guard Int(part.number) == count else { return false }
        counts?[part.tile] = count + 1
        return true
    }

    /// Where the next tile-part begins behind the first bytes of the last of `parts`, which ends there when it was thought to be longer; nil when there is none.
    mutating func next(behind parts: inout [TilePart]) -> Int? {
        if counts == nil { counts = parts.reduce(into: [:]) { $0[$1.tile, default: 0] += 1 } }
        position = max(position, parts.last?.dataStart ?? 0)
        while budget > 0, let place = segment() {
            position = place + Self.segmentBytes
            guard let part = try? TilePart.read(at: place, header, source)?.part, Int(part.tile) < header.size.tileCount else {
                budget -= 1
                continue
            }
            if let last = parts.last, last.end > place { parts[parts.count - 1].end = place }
            return place
        }
        return nil
    }

    /// The next place from ``position`` on with the bytes that every SOT segment begins with.
    private mutating func segment() -> Int? {
        let end = header.range.upperBound
        while position + Self.segmentBytes <= end {
            let range = position..<min(end, position + Self.chunk)
            guard let bytes = try? source.copy(range, of: "JPEG 2000 SOT") else { return nil }
            for place in 0...bytes.count - 4 where bytes[place] == 0xff && bytes[place + 1] == 0x90 {
                if bytes[place + 2] == 0, bytes[place + 3] == 10 { return position + place }
            }
            position += bytes.count - 3
        }
        return nil
    }
}
