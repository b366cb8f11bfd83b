import ImageryKernels

/// Assembles reads from the blocks of a ``BlockSource``: one thread a block, and in a session whole decoded blocks are kept while
/// the reads have not passed them (S7).
final class BlockReader: ImageReader {
    private let source: any BlockSource
    private let context: ReadContext
    private let layout: ImageLayout
    private var decoders: [any BlockDecoder] = []
    private var kept: [BlockPlace: Raster] = [:]
    private var keptFor: (level: Int, bands: [Int]) = (0, [])

    private struct BlockPlace: Hashable {
        var row: Int
        var column: Int
    }

    /// One block's share of a read.
    private struct Part {
        var place: BlockPlace
        /// The block's pixels on the raster of the level.
        var bounds: Window
        /// Those that are wanted.
        var wanted: Window
    }

    init(_ source: any BlockSource, _ context: ReadContext) {
        self.source = source
        self.context = context
        layout = source.layout
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let parts = parts(of: request)
        let threads = min(context.threads, parts.count)
        while decoders.count < max(1, threads) { decoders.append(source.makeBlockDecoder(context)) }
        let keeps = context.isSession && source.decodesWholeBlocks
        if keeps { try keepBlocks(of: parts, request, threads: threads) }
        // Safe to share: every part writes its own pixels of the destination, and a decoder belongs to one worker.
        nonisolated(unsafe) let decoders = decoders
        let kept = kept
        let target = unsafe destination
        let source = source
        let sampleBytes = layout.pixelType.byteCount
        let pattern = (context.fill ?? layout.padValue)?.bytes(for: layout.pixelType)
        try parallelFor(parts.count, threads: threads) { (worker, index) throws(ImageryError) in
            let part = parts[index]
            let wanted = part.wanted
            let place = part.place
            let output = unsafe target.offset(
                row: wanted.y - request.region.y, column: wanted.x - request.region.x, sampleBytes: sampleBytes)
            let inner = wanted.offset(x: -part.bounds.x, y: -part.bounds.y)
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

    private func parts(of request: ReadRequest) -> [Part] {
        // The block grid lives on the full resolution: take every block whose reduced bounds can meet the region.
        let scale = min(request.level, 62)
        let full = Window(
            x: request.region.x << scale, y: request.region.y << scale, width: request.region.width << scale,
            height: request.region.height << scale
        ).intersection(layout.bounds)
        let grown = Window(
            x: full.x - (1 << scale), y: full.y - (1 << scale), width: full.width + (2 << scale), height: full.height + (2 << scale)
        ).intersection(layout.bounds)
        let under = layout.blocks(under: grown)
        var parts: [Part] = []
        parts.reserveCapacity(under.rows.count * under.columns.count)
        for row in under.rows {
            for column in under.columns {
                let bounds = layout.blockBounds(row: row, column: column, level: request.level)
                let wanted = bounds.intersection(request.region)
                if !wanted.isEmpty {
                    parts.append(Part(place: BlockPlace(row: row, column: column), bounds: bounds, wanted: wanted))
                }
            }
        }
        return parts
    }

    /// Decodes the blocks that the request needs only in part, and drops those above it.
    private func keepBlocks(of parts: [Part], _ request: ReadRequest, threads: Int) throws(ImageryError) {
        if keptFor != (request.level, request.bands) {
            kept = [:]
            keptFor = (request.level, request.bands)
        }
        guard let first = parts.first?.place.row, let last = parts.last?.place.row else { return }
        kept = kept.filter { (first...last).contains($0.key.row) }
        let missing = parts.filter { part in
            part.wanted != part.bounds && kept[part.place] == nil && source.hasBlock(row: part.place.row, column: part.place.column)
        }
        var blocks: [Raster] = []
        for part in missing {
            blocks.append(
                try Raster(
                    layout.pixelType, shape: Shape(bands: request.bands.count, rows: part.bounds.height, columns: part.bounds.width)
                ))
        }
        // Safe to share: every index writes its own block, and a decoder belongs to one worker.
        nonisolated(unsafe) let decoders = decoders
        let targets = blocks
        try parallelFor(missing.count, threads: threads) { (worker, index) throws(ImageryError) in
            let part = missing[index]
            let whole = Window(x: 0, y: 0, width: part.bounds.width, height: part.bounds.height)
            try unsafe decoders[worker].decode(
                row: part.place.row, column: part.place.column, level: request.level, region: whole, bands: request.bands,
                into: targets[index].destination)
        }
        for (part, block) in zip(missing, blocks) { kept[part.place] = block }
    }
}

/// Fills `bands` x `rows` rows of `rowBytes` bytes (whole samples) with a repeated sample; zeros when there is no pattern.
public func fill(_ destination: Destination, pattern: [UInt8]?, bands: Int, rows: Int, rowBytes: Int) {
    let sample = pattern ?? [0]
    for band in 0..<bands {
        unsafe sample.withUnsafeBytes { bytes in
            // The pattern is one sample: its address exists and `rowBytes` is a multiple of its size.
            unsafe Fill.rectangle(
                destination.row(0, band: band), rowStride: destination.rowStride, rows: rows, columns: rowBytes / bytes.count,
                pattern: bytes.baseAddress!, patternBytes: bytes.count)
        }
    }
}
