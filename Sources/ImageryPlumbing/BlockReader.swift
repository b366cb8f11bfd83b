import ImageryBase

/// Assembles reads from the blocks of a ``BlockSource``: one thread a block. A session keeps whole decoded blocks: those in the rows of the last
/// read, which a walk over tiles needs again (S7), and of others as many as ``mostKeptBytes`` hold, for reads that come back.
final class BlockReader: ImageReader {
    private let source: any BlockSource
    private let context: ReadContext
    private let layout: ImageLayout
    private var decoders: [any BlockDecoder] = []
    private var kept: [BlockPlace: Raster] = [:]
    private var keptFor: (level: Int, bands: [Int]) = (0, [])
    /// The places of kept blocks, the oldest first, from `oldest` on.
    private var ages: [BlockPlace] = []
    private var oldest = 0
    private var keptBytes = 0

    /// Half of the working memory that a read may use beside what it gives (S91).
    private static let mostKeptBytes = 32 << 20

    init(_ source: any BlockSource, _ context: ReadContext) {
        self.source = source
        self.context = context
        layout = source.layout
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        guard request.level == 0, let missing = try source.missingBlocks(under: request) else {
            return try unsafe readBlocks(request, into: destination)
        }
        let sampleBytes = layout.pixelType.byteCount
        for part in request.parts(missing, layout) {
            let (region, bands) = (part.region, part.bands)
            var output = unsafe destination.offset(
                row: region.y - request.region.y, column: region.x - request.region.x, sampleBytes: sampleBytes)
            unsafe output.base = unsafe output.row(0, band: bands.lowerBound)
            guard !part.isPresent else {
                var present = request
                (present.region, present.bands) = (region, Array(request.bands[bands]))
                try unsafe readBlocks(present, into: output)
                continue
            }
            guard context.salvage else { throw missing.error }
            context.findings.add(Diagnostic(missing.error))
            unsafe fill(
                output, pattern: (context.fill ?? layout.padValue)?.bytes(for: layout.pixelType), bands: bands.count,
                rows: region.height, rowBytes: region.width * sampleBytes)
        }
    }

    private func readBlocks(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let (rows, columns) = layout.blocks(under: request.region, level: request.level)
        let under = BlockRange(rows: rows, columns: columns)
        let count = under.rows.count * under.columns.count
        let threads = min(context.threads, count)
        makeDecoders(threads: threads)
        if context.isSession && source.decodesWholeBlocks { try keepBlocks(under: under, request, threads: threads) }
        // Safe to share: every part writes its own pixels of the destination, and a decoder belongs to one worker.
        nonisolated(unsafe) let decoders = decoders
        let kept = kept
        let target = unsafe destination
        let source = source
        let layout = layout
        let sampleBytes = layout.pixelType.byteCount
        let pattern = (context.fill ?? layout.padValue)?.bytes(for: layout.pixelType)
        try parallelFor(count, threads: threads, cancellation: context.cancellation) { (worker, index) throws(ImageryError) in
            guard let part = Part(index, under, request, layout) else { return }
            let place = part.place
            let output = unsafe target.offset(
                row: part.wanted.y - request.region.y, column: part.wanted.x - request.region.x, sampleBytes: sampleBytes)
            let inner = part.wanted.offset(x: -part.bounds.x, y: -part.bounds.y)
            if let block = kept[place] {
                unsafe block.copy(inner, to: output)
            } else if source.hasBlock(row: place.row, column: place.column) {
                try unsafe decoders[worker].decode(
                    row: place.row, column: place.column, level: request.level, region: inner, bands: request.bands, into: output)
            } else {
                unsafe fill(
                    output, pattern: pattern, bands: request.bands.count, rows: inner.height, rowBytes: inner.width * sampleBytes)
            }
        }
    }

    /// A decoder for each thread; one alone has all threads for itself.
    private func makeDecoders(threads: Int) {
        if threads > 1 && decoders.count == 1 { decoders = [] }
        var inner = context
        if threads > 1 { inner.threads = 1 }
        while decoders.count < max(1, threads) { decoders.append(source.makeBlockDecoder(inner)) }
    }

    /// Decodes the blocks that the request needs only in part, and drops the oldest ones that are too many.
    private func keepBlocks(under: BlockRange, _ request: ReadRequest, threads: Int) throws(ImageryError) {
        if keptFor != (request.level, request.bands) {
            (kept, ages, oldest, keptBytes) = ([:], [], 0, 0)
            keptFor = (request.level, request.bands)
        }
        var missing: [Part] = []
        var blocks: [Raster] = []
        for index in 0..<under.rows.count * under.columns.count {
            guard let part = Part(index, under, request, layout), part.wanted != part.bounds, kept[part.place] == nil,
                source.hasBlock(row: part.place.row, column: part.place.column)
            else { continue }
            missing.append(part)
            let shape = Shape(bands: request.bands.count, rows: part.bounds.height, columns: part.bounds.width)
            blocks.append(try Raster(layout.pixelType, shape: shape))
        }
        // Safe to share: every index writes its own block, and a decoder belongs to one worker.
        nonisolated(unsafe) let decoders = decoders
        let parts = missing
        let targets = blocks
        try parallelFor(parts.count, threads: threads, cancellation: context.cancellation) { (worker, index) throws(ImageryError) in
            let part = parts[index]
            let whole = Window(x: 0, y: 0, width: part.bounds.width, height: part.bounds.height)
            try unsafe decoders[worker].decode(
                row: part.place.row, column: part.place.column, level: request.level, region: whole, bands: request.bands,
                into: targets[index].destination)
        }
        for (part, block) in zip(missing, blocks) {
            kept[part.place] = block
            ages.append(part.place)
            keptBytes += block.byteCount
        }
        while keptBytes > Self.mostKeptBytes, oldest < ages.count, !under.rows.contains(ages[oldest].row) {
            keptBytes -= kept.removeValue(forKey: ages[oldest])?.byteCount ?? 0
            oldest += 1
        }
        // Amortized: half of the list is gone at least.
        if 2 * oldest > ages.count {
            ages.removeFirst(oldest)
            oldest = 0
        }
    }
}

/// A place in the block grid.
private struct BlockPlace: Hashable {
    var row: Int
    var column: Int
}

/// A rectangle of the block grid.
private struct BlockRange {
    var rows: Range<Int>
    var columns: Range<Int>
}

/// One block's share of a read. Made when its turn comes: an image may have millions of blocks.
private struct Part {
    var place: BlockPlace
    /// The block's pixels on the raster of the level.
    var bounds: Window
    /// Those that are wanted.
    var wanted: Window

    /// The share of the `index`-th block in row-major order; nil when it has none.
    init?(_ index: Int, _ under: BlockRange, _ request: ReadRequest, _ layout: ImageLayout) {
        let width = under.columns.count
        place = BlockPlace(row: under.rows.lowerBound + index / width, column: under.columns.lowerBound + index % width)
        bounds = layout.blockBounds(row: place.row, column: place.column, level: request.level)
        wanted = bounds.intersection(request.region)
        if wanted.isEmpty { return nil }
    }
}
