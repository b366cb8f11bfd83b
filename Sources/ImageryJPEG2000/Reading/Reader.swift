// A reading session of a codestream: which tiles a request needs, and where their samples go.

import ImageryBase
import ImageryPlumbing

/// Reads rectangles. A session keeps the packets of the tiles under its last read.
final class CodestreamReader: ImageReader {
    private let image: Codestream
    private let context: ReadContext
    private var tiles: [Int: Tile] = [:]

    /// Code-blocks of the tiles of the last read that a session has decoded and keeps.
    var decodedBlocks: Int { tiles.values.reduce(0) { $0 + $1.cache.made } }

    init(_ image: Codestream, _ context: ReadContext) {
        self.image = image
        self.context = context
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        if let obstacle = image.header.obstacle { throw obstacle }
        let (area, full) = image.areas(of: request)
        var targets: [ComponentTarget] = []
        var enlarged: [Enlargement] = []
        var copies: [(from: Int, to: Int)] = []
        let sampleBytes = image.layout.pixelType.byteCount
        for (place, band) in request.bands.enumerated() {
            if let first = request.bands.firstIndex(of: band), first < place {
                copies.append((first, place))
                continue
            }
            let number = image.components[band]
            let component = image.size.components[number]
            let base = unsafe destination.row(0, band: place)
            if component.dx == image.gridX, component.dy == image.gridY {
                unsafe targets.append(ComponentTarget(component: number, area: area, base: base, rowStride: destination.rowStride))
            } else if let needed = image.neededArea(of: number, for: area, level: request.level) {
                let made = try Enlargement(image, component: number, of: needed, to: area, sampleBytes: sampleBytes)
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
        let numbers = image.tiles(under: full).filter { number in
            targets.contains { !image.area(of: $0, inTile: number, level: request.level).isEmpty }
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
        if context.isSession {
            let wanted = Set(numbers)
            tiles = tiles.filter { wanted.contains($0.key) }
        }
        let outer = numbers.count >= 2 * context.threads ? context.threads : 1
        // A thread inside a tile has code-blocks to do, of 4,096 samples at most.
        let samples = targets.reduce(0) { $0 + $1.area.width * $1.area.height }
        let inner = outer > 1 ? 1 : min(context.threads, 1 + samples / 4_096)
        var decoders: [TileDecoder] = []
        for _ in 0..<outer { decoders.append(TileDecoder(image, context, threads: inner)) }
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
        }
    }

    private func decode(
        _ number: Int, _ kept: Tile?, _ level: Int, _ targets: [ComponentTarget], _ decoder: TileDecoder
    ) throws(ImageryError) -> Tile? {
        if image.isAbsent(number) {
            clear(number, level, targets)
            return nil
        }
        guard image.hasTile(number) else {
            context.findings.add(Diagnostic("JPEG 2000 tile \(number)", "the codestream has no part of the tile"))
            clear(number, level, targets)
            return nil
        }
        do throws(ImageryError) {
            let tile: Tile
            if let kept { tile = kept } else { tile = try Tile(image, number, layerLimit: context.qualityLayers) }
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
        let type = image.layout.pixelType
        let pattern = (context.fill ?? image.layout.padValue)?.bytes(for: type)
        for target in targets {
            let component = image.size.components[target.component]
            let area = image.size.tile(number).subsampled(component.dx, component.dy).reduced(level).intersection(target.area)
            if area.isEmpty { continue }
            let base =
                unsafe target.base + (area.y0 - target.area.y0) * target.rowStride + (area.x0 - target.area.x0) * type.byteCount
            unsafe fill(
                Destination(base: base, bandStride: 0, rowStride: target.rowStride), pattern: pattern, bands: 1, rows: area.height,
                rowBytes: area.width * type.byteCount)
        }
    }
}

/// A component with fewer samples than the image's grid: decoded at its own size, then replicated (S55).
@safe
final class Enlargement {
    let target: ComponentTarget
    var destination: (base: UnsafeMutableRawPointer, rowStride: Int)?
    private let memory: Scratch
    private let area: Area
    private let sampleBytes: Int
    private let stepX: Int
    private let stepY: Int

    /// `area` is what is wanted of the image's grid at a level, `needed` the samples of the component that stand for it.
    init(_ image: Codestream, component: Int, of needed: Area, to area: Area, sampleBytes: Int) throws(ImageryError) {
        let own = image.size.components[component]
        stepX = own.dx / image.gridX
        stepY = own.dy / image.gridY
        self.area = area
        self.sampleBytes = sampleBytes
        guard let size = checkedProduct(needed.width, needed.height, sampleBytes) else {
            throw ImageryError(.limit, "JPEG 2000 image", "component \(component) exceeds any memory")
        }
        memory = try Scratch(byteCount: size)
        target = unsafe ComponentTarget(
            component: component, area: needed, base: memory.base, rowStride: needed.width * sampleBytes)
    }

    /// Writes every sample to the grid positions that it stands for.
    func write() {
        guard let destination = unsafe destination else { return }
        let own = target.area
        // In bounds: indexes are clamped to the area that was decoded.
        for y in area.rows {
            let row = min(max(y / stepY, own.y0), own.y1 - 1) - own.y0
            let from = unsafe memory.base + row * target.rowStride
            let to = unsafe destination.base + (y - area.y0) * destination.rowStride
            switch sampleBytes {
            case 1: unsafe widen(from.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt8.self))
            case 2: unsafe widen(from.assumingMemoryBound(to: UInt16.self), to.assumingMemoryBound(to: UInt16.self))
            case 4: unsafe widen(from.assumingMemoryBound(to: UInt32.self), to.assumingMemoryBound(to: UInt32.self))
            default: unsafe widen(from.assumingMemoryBound(to: UInt64.self), to.assumingMemoryBound(to: UInt64.self))
            }
        }
    }

    private func widen<T: BitwiseCopyable>(_ from: UnsafePointer<T>, _ to: UnsafeMutablePointer<T>) {
        let own = target.area.columns
        for x in area.columns {
            unsafe to[x - area.x0] = from[min(max(x / stepX, own.lowerBound), own.upperBound - 1) - own.lowerBound]
        }
    }
}
