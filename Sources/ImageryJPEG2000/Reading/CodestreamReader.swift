// A reading session of a codestream: which tiles a request needs, and where their samples go.

import ImageryBase
import ImageryPlumbing

/// Reads rectangles. A session keeps the packets of the tiles in the rows of its last read, and the code-blocks of them that a walk over
/// windows, row by row, still needs (S7).
final class CodestreamReader: ImageReader {
    private let codestream: CodestreamIndex
    private let grid: ComponentGrid
    private let absence: TileAbsence?
    private let context: ReadContext
    private var tiles: [Int: Tile] = [:]
    /// The tiles of the last read.
    private var latest: Set<Int> = []
    /// Code-blocks that were decoded in tiles that are no longer kept.
    private var droppedBlocks = 0

    /// Bytes of decoded code-blocks that a session keeps.
    private static let mostKeptBytes = 64 << 20

    /// Code-blocks that the session has decoded.
    var decodedBlocks: Int { droppedBlocks + tiles.values.reduce(0) { $0 + $1.cache.made } }

    init(_ codestream: CodestreamIndex, _ grid: ComponentGrid, _ absence: TileAbsence?, _ context: ReadContext) {
        self.codestream = context.salvage ? codestream.salvaged : codestream
        self.grid = grid
        self.absence = absence
        self.context = context
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        if let obstacle = codestream.header.obstacle { throw obstacle }
        let (area, full) = grid.areas(of: request)
        var targets: [ComponentTarget] = []
        var enlarged: [Enlargement] = []
        var copies: [(from: Int, to: Int)] = []
        let sampleBytes = grid.layout.pixelType.byteCount
        for (place, band) in request.bands.enumerated() {
            if let first = request.bands.firstIndex(of: band), first < place {
                copies.append((first, place))
                continue
            }
            let number = grid.components[band]
            let component = grid.size.components[number]
            let base = unsafe destination.row(0, band: place)
            if component.dx == grid.gridX, component.dy == grid.gridY {
                unsafe targets.append(ComponentTarget(component: number, area: area, base: base, rowStride: destination.rowStride))
            } else if let needed = grid.neededArea(of: number, for: area, level: request.level) {
                let made = try Enlargement(grid, component: number, of: needed, to: area, sampleBytes: sampleBytes)
                enlarged.append(made)
                targets.append(made.target)
                unsafe made.destination = (base, destination.rowStride)
            } else {
                // Not one of its samples lies inside the image.
                let target = unsafe Destination(base: base, bandStride: 0, rowStride: destination.rowStride)
                unsafe fill(target, pattern: nil, bands: 1, rows: area.height, rowBytes: area.width * sampleBytes)
                context.findings.add(Diagnostic("JPEG 2000 image", "component \(number) has no samples at this size"))
            }
        }
        // Tiles beside the area, and tiles between the samples of a subsampled component, have nothing to give.
        let numbers = grid.tiles(under: full).filter { number in
            targets.contains { !grid.area(of: $0.component, inTile: number, level: request.level).intersection($0.area).isEmpty }
        }
        try decode(numbers, request.level, targets)
        for enlargement in enlarged { enlargement.write() }
        for copy in copies {
            for row in 0..<area.height {
                unsafe destination.row(row, band: copy.to).copyMemory(
                    from: destination.row(row, band: copy.from), byteCount: area.width * sampleBytes)
            }
        }
    }

    private func decode(_ numbers: [Int], _ level: Int, _ targets: [ComponentTarget]) throws(ImageryError) {
        if context.isSession { forgetTiles(Set(numbers), level, targets) }
        let outer = numbers.count >= 2 * context.threads ? context.threads : 1
        // A thread inside a tile has code-blocks to do, of 4,096 samples at most.
        let samples = targets.reduce(0) { $0 + $1.area.width * $1.area.height }
        let inner = outer > 1 ? 1 : min(context.threads, 1 + samples / 4_096)
        var decoders: [TileDecoder] = []
        for _ in 0..<outer { decoders.append(TileDecoder(grid, context, threads: inner)) }
        let kept = tiles
        // Safe to share: every tile writes its own samples, and a decoder belongs to one thread.
        nonisolated(unsafe) let (reader, shared) = (self, decoders)
        nonisolated(unsafe) let open = kept
        try parallelFor(numbers.count, threads: outer, cancellation: context.cancellation) { (worker, index) throws(ImageryError) in
            let number = numbers[index]
            let tile = try unsafe reader.decode(number, open[number], level, targets, shared[worker])
            if unsafe reader.context.isSession, let tile { unsafe shared[worker].opened.append((number, tile)) }
        }
        if context.isSession {
            for decoder in decoders { for (number, tile) in decoder.opened { tiles[number] = tile } }
            forgetBlocks(Set(numbers), level, targets)
        }
    }

    /// Drops the tiles whose rows the read has left.
    private func forgetTiles(_ wanted: Set<Int>, _ level: Int, _ targets: [ComponentTarget]) {
        for (number, tile) in tiles where !wanted.contains(number) {
            let isBeside = targets.contains { target in
                let area = grid.area(of: target.component, inTile: number, level: level)
                return area.y0 < target.area.y1 && area.y1 > target.area.y0
            }
            if isBeside { continue }
            droppedBlocks += tile.cache.made
            tiles[number] = nil
        }
    }

    /// Drops the code-blocks that neither windows to the right nor the next row of them will need.
    private func forgetBlocks(_ wanted: Set<Int>, _ level: Int, _ targets: [ComponentTarget]) {
        for number in wanted.union(latest) {
            tiles[number]?.keepBlocks(level, targets) { block, area in
                // Windows of the next row may overlap these.
                block.x1 > area.x0 || block.y1 > area.y1 - area.height / 4
            }
        }
        latest = wanted
        var bytes = tiles.values.reduce(0) { $0 + $1.cache.byteCount }
        for (number, tile) in tiles where bytes > Self.mostKeptBytes && !wanted.contains(number) {
            bytes -= tile.cache.byteCount
            tile.cache.keep { _ in false }
        }
    }

    private func decode(
        _ number: Int, _ kept: Tile?, _ level: Int, _ targets: [ComponentTarget], _ decoder: TileDecoder
    ) throws(ImageryError) -> Tile? {
        if absence?.isAbsent(number) ?? false {
            clear(number, level, targets)
            return nil
        }
        guard codestream.hasTile(number) else {
            context.findings.add(Diagnostic("JPEG 2000 tile \(number)", "the codestream has no part of the tile"))
            clear(number, level, targets)
            return nil
        }
        do throws(ImageryError) {
            let tile: Tile
            if let kept { tile = kept } else { tile = try Tile(codestream, number, layerLimit: context.qualityLayers) }
            if let finding = tile.finding { context.findings.add(finding) }
            try decoder.decode(tile, level: level, targets)
            return tile
        } catch {
            guard context.salvage, error.kind == .malformed else { throw error }
            context.findings.add(Diagnostic(error))
            clear(number, level, targets)
            return nil
        }
    }

    /// What cannot be decoded is what the caller fills with, else the container's pad value, else 0.
    private func clear(_ number: Int, _ level: Int, _ targets: [ComponentTarget]) {
        let type = grid.layout.pixelType
        let pattern = (context.fill ?? grid.layout.padValue)?.bytes(for: type)
        for target in targets {
            let area = grid.area(of: target.component, inTile: number, level: level).intersection(target.area)
            if area.isEmpty { continue }
            let base =
                unsafe target.base + (area.y0 - target.area.y0) * target.rowStride + (area.x0 - target.area.x0) * type.byteCount
            unsafe fill(
                Destination(base: base, bandStride: 0, rowStride: target.rowStride), pattern: pattern, bands: 1, rows: area.height,
                rowBytes: area.width * type.byteCount)
        }
    }
}
