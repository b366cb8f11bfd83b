// Tiles that other programs decode from their tile-parts and a main header (T.800 A.4 and A.5.1).

import ImageryBase
import ImageryPlumbing

extension Codestream: StoredBlockSource {
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks {
        let first = size.components[components[0]]
        guard components.count == size.components.count, header.obstacle == nil,
            size.components.allSatisfy({ $0.precision == first.precision && $0.isSigned == first.isSigned }),
            size.components.allSatisfy({ $0.dx == 1 && $0.dy == 1 })
        else { throw unsupported("the components differ in depth or size") }
        guard first.precision <= 16 else { throw unsupported("the components have \(first.precision) bits") }
        guard header.packedHeaders == nil else { throw unsupported("the packet headers are in the main header (PPM)") }
        let step = 1 << level
        let (isWide, isHigh) = (size.tilesWide > 1, size.tilesHigh > 1)
        guard !isWide || layout.blockOffsetX == 0 && size.tileWidth % step == 0,
            !isHigh || layout.blockOffsetY == 0 && size.tileHeight % step == 0
        else { throw unsupported("the tiles of level \(level) are of different sizes") }
        let reduced = layout.reduced(layout.bounds, level: level)
        let shape = Shape(bands: components.count, rows: reduced.height, columns: reduced.width)
        let assembly = needsAssembly ? try CodestreamAssembly(source, header) : nil
        return StoredBlocks(
            shape: shape, pixelType: layout.pixelType, bandsPerBlock: shape.bands,
            blockWidth: isWide ? size.tileWidth / step : shape.columns, blockHeight: isHigh ? size.tileHeight / step : shape.rows,
            padValue: layout.padValue, coding: .jpeg2000(mainHeader: assembly == nil ? try ownHeader() : nil, level: level)
        ) { [self] (address) throws(ImageryError) in
            try storedTile(address.row * size.tilesWide + address.column, level: level, assembly)
        }
    }

    private func unsupported(_ reason: String) -> ImageryError {
        ImageryError(unsupported: .tileIndex, "JPEG 2000", "the tiles cannot be indexed: \(reason)", at: header.range.lowerBound)
    }

    /// True when a decoder that takes each tile for one at the origin would be wrong: sub-bands and code-blocks are cut by places on
    /// the reference grid (B.5 to B.7), which repeat from tile to tile only when all sizes are powers of two.
    private var needsAssembly: Bool {
        if size.area.x0 != 0 || size.area.y0 != 0 { return true }
        let least = 1 << min(32, tileParts.all.mostLevels)
        func repeats(_ tile: Int, _ count: Int) -> Bool { count == 1 || tile & (tile - 1) == 0 && tile >= least }
        return !repeats(size.tileWidth, size.tilesWide) || !repeats(size.tileHeight, size.tilesHigh)
    }

    /// The marker segments of the main header without those that describe the file (TLM, PLM) or nothing (CRG, COM). A tile that is
    /// wider or higher than the image is made as large as it: decoders fill tiles up to their size.
    private func ownHeader() throws(ImageryError) -> [UInt8] {
        var bytes: [UInt8] = []
        for segment in header.neededSegments {
            let start = bytes.count
            bytes += try source.copy(segment.offset..<segment.body.upperBound, of: "JPEG 2000 main header")
            guard segment.code == Marker.siz else { continue }
            // XTsiz and YTsiz (A.5.1), behind the marker, its length and 18 bytes; the image begins at the origin.
            let sizes = [size.tilesWide > 1 ? size.tileWidth : size.area.x1, size.tilesHigh > 1 ? size.tileHeight : size.area.y1]
            bytes.replaceSubrange(start + 22..<start + 30, with: sizes.flatMap(bigEndian))
        }
        return bytes
    }

    private func storedTile(_ tile: Int, level: Int, _ assembly: CodestreamAssembly?) throws(ImageryError) -> StoredBlock {
        guard index.hasTile(tile), !isAbsent(tile) else { return .absent }
        var parts = try tileParts.parts(of: tile).map(\.part)
        if parts.isEmpty || parts.contains(where: \.isCutOff) {
            throw ImageryError(
                .malformed, "JPEG 2000 tile \(tile)", "the codestream ends inside of it", at: header.range.upperBound)
        }
        if level > 0, parts.count > 1 { parts = try parts.prefix(neededParts(of: tile, level: level) ?? parts.count).map(\.self) }
        if let assembly {
            let origin = size.tile(tile)
            return .ranges(try assembly.codestream(parts, x: origin.x0, y: origin.y0))
        }
        return .ranges(parts.map { $0.start..<$0.end }.joinedNeighbours)
    }
}

extension Codestream {
    /// How many tile-parts, from the first, have packets of the level: those behind them have finer resolutions only. Nil when that cannot be told.
    private func neededParts(of number: Int, level: Int) throws(ImageryError) -> Int? {
        let tile: Tile
        do throws(ImageryError) {
            tile = try Tile(index, number, layerLimit: nil)
        } catch {
            if error.kind == .io { throw error }
            return nil
        }
        let components = tile.layout.components
        guard components.allSatisfy({ $0.style.levels >= level }) else { return nil }
        let areas = Dictionary(uniqueKeysWithValues: components.enumerated().map { ($0.offset, $0.element.area.reduced(level)) })
        return try tile.packets.partCount(for: tile.layout.precincts(under: areas, level: level))
    }
}

extension MainHeader {
    /// The segments that say how tile-parts are decoded.
    var neededSegments: [MarkerSegment] {
        segments.filter { ![Marker.tlm, Marker.plm, Marker.crg, Marker.com].contains($0.code) }
    }
}

/// Puts codestreams of one tile together from pieces of a codestream of many.
///
/// The tile keeps its place on the reference grid: its origin becomes that of image and tiles (XOsiz, YOsiz, XTOsiz, YTOsiz), and it
/// is tile 0 (Isot). A reference can only name bytes that are in the file; those that are not there in this order are taken from
/// where they are, one or some at a time.
struct CodestreamAssembly: Sendable {
    private let header: MainHeader
    /// The beginning of the codestream, and where it begins.
    private let window: [UInt8]
    private let windowStart: Int
    /// For every byte, the first place in the window.
    private var places = [Int](repeating: -1, count: 256)
    /// For every two bytes, the first place in the window where they follow each other.
    private var pairs = [Int32](repeating: -1, count: 65_536)
    private var end: [Range<Int>] = []

    private static let windowBytes = 1 << 16
    /// Pieces of the main header that every tile may repeat; there is more than one because of the segments that are left out.
    private static let maxHeaderPieces = 16

    /// Throws kind unsupported when bytes that are needed are not at the beginning of the codestream.
    init(_ source: any ByteSource, _ header: MainHeader) throws(ImageryError) {
        self.header = header
        let range = header.range
        guard header.neededSegments.map({ $0.offset..<$0.body.upperBound }).joinedNeighbours.count <= Self.maxHeaderPieces else {
            throw ImageryError(
                unsupported: .tileIndex, "JPEG 2000", "the tiles cannot be indexed: the main header is in too many pieces",
                at: range.lowerBound)
        }
        windowStart = range.lowerBound
        window = try source.copy(range.lowerBound..<min(range.upperBound, range.lowerBound + Self.windowBytes), of: "JPEG 2000")
        for index in window.indices.reversed() {
            places[Int(window[index])] = index
            if index + 1 < window.count { pairs[Int(window[index]) << 8 | Int(window[index + 1])] = Int32(index) }
        }
        let last = max(range.lowerBound, range.upperBound - 2)..<range.upperBound
        let mark: [UInt8] = [0xff, 0xd9]
        end = try source.copy(last, of: "JPEG 2000 EOC") == mark ? [last] : try pieces(mark)
    }

    /// The pieces of a codestream that has only the tile with these parts, whose top left place is (`x`, `y`).
    func codestream(_ parts: [TilePart], x: Int, y: Int) throws(ImageryError) -> [Range<Int>] {
        let origin = try pieces(bigEndian(x)) + pieces(bigEndian(y))
        var result: [Range<Int>] = []
        for segment in header.neededSegments {
            guard segment.code == Marker.siz else {
                result.append(segment.offset..<segment.body.upperBound)
                continue
            }
            // Rsiz, Xsiz and Ysiz; XOsiz and YOsiz; XTsiz and YTsiz; XTOsiz and YTOsiz; the rest (A.5.1).
            let body = segment.body.lowerBound
            result.append(segment.offset..<body + 10)
            result += origin
            result.append(body + 18..<body + 26)
            result += origin
            result.append(body + 34..<segment.body.upperBound)
        }
        let zero = try pieces([0, 0])
        for part in parts {
            // SOT and Lsot, Isot, and the rest (A.4.2).
            result.append(part.start..<part.start + 4)
            result += zero
            result.append(part.start + 6..<part.end)
        }
        return (result + end).joinedNeighbours
    }

    /// Places where the bytes stand, as few as are found without a search.
    private func pieces(_ bytes: [UInt8]) throws(ImageryError) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var done = 0
        while done < bytes.count {
            var place = places[Int(bytes[done])]
            var count = 1
            if done + 1 < bytes.count {
                let pair = Int(pairs[Int(bytes[done]) << 8 | Int(bytes[done + 1])])
                if pair >= 0 { (place, count) = (pair, 2) }
            }
            guard place >= 0 else {
                throw ImageryError(
                    unsupported: .tileIndex, "JPEG 2000",
                    "the tiles cannot be indexed: no byte \(bytes[done]) is found to make a codestream of each", at: windowStart)
            }
            while done + count < bytes.count, place + count < window.count, window[place + count] == bytes[done + count] {
                count += 1
            }
            result.append(windowStart + place..<windowStart + place + count)
            done += count
        }
        return result
    }
}

/// A field of 32 bits.
private func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

extension [Range<Int>] {
    /// The ranges in their order, those that follow each other as one.
    fileprivate var joinedNeighbours: [Range<Int>] {
        var result: [Range<Int>] = []
        for range in self where !range.isEmpty {
            if let last = result.last, last.upperBound == range.lowerBound {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
        return result
    }
}
