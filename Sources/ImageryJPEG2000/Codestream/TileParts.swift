// Where the tile-parts lie (T.800 A.4.2).

import ImageryBase
import ImageryPlumbing
import Synchronization

/// One tile-part: 32 bytes, for a codestream may have a million.
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
    /// TNsot: how many parts the tile has; 0 when it is not told.
    var count: UInt8
    /// True when the headers between SOT and SOD hold marker segments.
    var hasSegments: Bool
    /// True when the codestream ends before the tile-part should.
    var isCutOff: Bool
    /// True when Psot leaves out the two bytes of SOD, as of empty tile-parts in Pleiades products.
    var isShort = false
}

/// The tile-parts of a codestream, found when they are asked for: at the places that TLM names while what stands there agrees with it,
/// else by walking from SOT to SOT, once.
final class TileParts: Sendable {
    private let header: MainHeader
    private let source: any ByteSource
    private let lengths = Lazy<TilePartLengths?>()
    private let walked = Lazy<TilePartList>()
    /// Set when TLM was found to be wrong.
    private let isMisled = Atomic(false)
    /// True when tile-parts are looked for behind a broken one.
    private let searches: Bool
    private let searching = Lazy<TileParts>()

    init(_ header: MainHeader, _ source: any ByteSource, searches: Bool = false) {
        self.header = header
        self.source = source
        self.searches = searches
    }

    /// All of them; finding them may read the header of each.
    var all: TilePartList { walked.value { TilePartList(header, source, searches: searches) } }

    /// The same codestream for those who salvage: behind a broken tile-part the next one is looked for, which may read every byte.
    var salvaged: TileParts { searches ? self : searching.value { TileParts(header, source, searches: true) } }

    /// All of them, where finding them costs nothing or has been paid for.
    var known: TilePartList? { source.lendsInPlace ? all : walked.made }

    /// A tile's parts in the order of the codestream, with their numbers in it. Throws kind io only.
    func parts(of tile: Int) throws(ImageryError) -> [(number: Int, part: TilePart)] {
        if !isMisled.load(ordering: .relaxed) {
            if let parts = try named(tile) { return parts }
            isMisled.store(true, ordering: .relaxed)
        }
        let all = all
        if let failure = all.failure, failure.kind == .io { throw failure }
        return all.numbers(of: tile).map { (Int($0), all.parts[Int($0)]) }
    }

    /// The tile's parts where TLM names them. Nil when it does not, when something else is there, or when it is not sure that these
    /// are all of them.
    private func named(_ tile: Int) throws(ImageryError) -> [(number: Int, part: TilePart)]? {
        guard let lengths = lengths.value({ try? TilePartLengths(header, source) }) else { return nil }
        var parts: [(number: Int, part: TilePart)] = []
        do throws(ImageryError) {
            for (number, range) in lengths.parts(of: tile) {
                guard let part = try TilePart.read(at: range.lowerBound, header, source)?.part, part.end == range.upperBound,
                    Int(part.tile) == tile, Int(part.number) == parts.count, !part.isCutOff
                else { return nil }
                parts.append((number, part))
            }
        } catch {
            if error.kind == .io { throw error }
            return nil
        }
        let counts = parts.map(\.part.count).filter { $0 > 0 }
        return !counts.isEmpty && counts.allSatisfy { $0 == parts.count } ? parts : nil
    }
}

/// All tile-parts of a codestream, by tile.
struct TilePartList: Sendable {
    /// In the order of the codestream.
    let parts: [TilePart]
    private let index: TileIndex
    /// The least number of decomposition levels that any component of any tile has.
    let leastLevels: Int
    /// The most that any has.
    let mostLevels: Int
    /// Set when the codestream ends, or breaks, before EOC.
    let failure: ImageryError?

    /// The numbers of a tile's parts, in the order of the codestream.
    func numbers(of tile: Int) -> ArraySlice<UInt32> { index[tile] }

    /// Walks from SOT to SOT. What is broken ends the walk, unless the next tile-part is searched: the others can be read.
    init(_ header: MainHeader, _ source: any ByteSource, searches: Bool) {
        var parts: [TilePart] = []
        var failure: ImageryError?
        let tiles = header.size.tileCount
        let main = header.coding
        var levels = Self.leastLevels(main)
        var most = Self.mostLevels(main)
        // Packet headers in the main header are numbered by tile-parts: behind a gap nobody knows which is which.
        var search = searches && header.packedHeaders == nil ? TilePartSearch(header, source) : nil
        var position = header.firstTilePart
        walk: while true {
            do throws(ImageryError) {
                guard let (part, own) = try Self.next(at: position, behind: &parts, header, source) else { break }
                guard part.tile < tiles else {
                    throw ImageryError(
                        .malformed, "JPEG 2000 SOT", "tile \(part.tile) does not exist: there are \(tiles)", at: position)
                }
                position = part.end
                if search?.accepts(part) ?? true {
                    parts.append(part)
                    if let own {
                        levels = min(levels, Self.levels(main, own))
                        most = max(most, Self.mostLevels(own))
                    }
                }
                if part.isCutOff, let found = search?.next(behind: &parts) { position = found }
            } catch {
                failure = failure ?? error
                guard error.kind == .malformed, let found = search?.next(behind: &parts) else { break walk }
                position = found
            }
        }
        self.parts = parts
        self.failure = failure
        index = TileIndex(parts.lazy.map(\.tile), tileCount: tiles)
        leastLevels = levels
        mostLevels = most
    }

    /// The tile-part at `position`; two bytes behind it when the last of `parts` was counted too short by these.
    private static func next(
        at position: Int, behind parts: inout [TilePart], _ header: MainHeader, _ source: any ByteSource
    ) throws(ImageryError) -> (part: TilePart, coding: CodingParameters?)? {
        do throws(ImageryError) {
            return try TilePart.read(at: position, header, source)
        } catch {
            guard let last = parts.last, isTwoBytesShort(last, header, source) else { throw error }
            parts[parts.count - 1].end += 2
            parts[parts.count - 1].isShort = true
            return try TilePart.read(at: position + 2, header, source)
        }
    }

    /// True when no marker of the codestream stands where a tile-part should end, but one stands, or the codestream ends, two bytes behind.
    private static func isTwoBytesShort(_ part: TilePart, _ header: MainHeader, _ source: any ByteSource) -> Bool {
        let end = header.range.upperBound
        func isEnd(_ position: Int) -> Bool {
            guard position + 2 <= end else { return position == end }
            guard let code = try? source.copy(position..<position + 2, of: "JPEG 2000 SOT"), code[0] == 0xff else { return false }
            return code[1] == UInt8(Marker.sot & 0xff) || code[1] == UInt8(Marker.eoc & 0xff)
        }
        return !part.isCutOff && part.end + 2 <= end && !isEnd(part.end) && isEnd(part.end + 2)
    }

    /// The least number of levels that a tile without headers of its own has.
    static func leastLevels(_ main: CodingParameters) -> Int {
        levels(main, CodingParameters(componentCount: main.componentCount))
    }

    /// The most levels that the COD and COC of a header have.
    private static func mostLevels(_ coding: CodingParameters) -> Int {
        coding.coc.values.reduce(coding.cod?.levels ?? 0) { max($0, $1.levels) }
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
}

extension TilePart {
    /// The tile-part whose SOT is at `position`, and its COD and COC if it has one; nil at EOC and at the end.
    static func read(
        at position: Int, _ header: MainHeader, _ source: any ByteSource
    ) throws(ImageryError) -> (part: TilePart, coding: CodingParameters?)? {
        let end = header.range.upperBound
        // Streams without EOC are common, and a byte may pad them.
        guard position + 2 <= end else { return nil }
        var walk = MarkerWalk(source: source, position: position, end: end)
        let sot = try walk.next()
        if sot.code == Marker.eoc { return nil }
        guard sot.code == Marker.sot, sot.body.count == 8 else {
            throw ImageryError(
                .malformed, "JPEG 2000 SOT", "a tile-part begins with \(Marker.name(sot.code)), not SOT", at: position)
        }
        var (tile, length, number, count) = (UInt16(0), 0, UInt8(0), UInt8(0))
        try source.lend(sot.body, of: "JPEG 2000 SOT") { (span) throws(ImageryError) in
            var cursor = ByteCursor(span, base: sot.body.lowerBound, bigEndian: true, context: "JPEG 2000 SOT")
            tile = try cursor.u16()
            length = Int(try cursor.u32())
            number = try cursor.u8()
            count = try cursor.u8()
        }
        let isShort = length == 12 && isMarker(Marker.sod, at: position + 12, end, source)
        if isShort { length = 14 }
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
            start: position, dataStart: walk.position, end: partEnd, tile: tile, number: number, count: count,
            hasSegments: hasSegments, isCutOff: length > end - position, isShort: isShort)
        return (part, own)
    }

    private static func isMarker(_ code: UInt16, at position: Int, _ end: Int, _ source: any ByteSource) -> Bool {
        guard position + 2 <= end, let bytes = try? source.copy(position..<position + 2, of: "JPEG 2000 SOT") else { return false }
        return UInt16(bytes[0]) << 8 | UInt16(bytes[1]) == code
    }

    /// The bytes of EOC at the end of the codestream: 2 or 0.
    private static func trailer(_ end: Int, _ source: any ByteSource) -> Int {
        guard end >= 2, let last = try? source.copy(end - 2..<end, of: "JPEG 2000 EOC") else { return 0 }
        return last == [0xff, 0xd9] ? 2 : 0
    }
}
