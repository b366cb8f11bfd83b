// Blocks that are JPEG streams (MIL-STD-188-198A 5.2 and appendix B; MIL-STD-2500C Table A-3, IC C3, M3, C5, M5).

import ImageryBase
import ImageryJPEG
import ImageryKernels
import ImageryPlumbing

extension ImageWriter {
    /// A block, or one of its bands, that becomes a stream.
    private struct Part {
        var column: Int
        var bands: Range<Int>
        var content: Content
    }

    /// What one thread works with.
    private final class Worker {
        let encoder: JPEGBlockEncoder
        /// A block at the edge of the image, filled.
        var block: Raster?

        init(_ encoder: JPEGBlockEncoder) { self.encoder = encoder }
    }

    private final class Stream {
        var bytes: [UInt8] = []
    }

    /// Compresses rows of blocks, each block on its own thread; bands that follow each other (IMODE S) wait in a spool.
    func writeStreams(_ session: any ImageReader, _ options: JPEGEncoder.Options, into sink: CountingSink, _ start: Int) throws {
        let isMixed = header.interleave == .pixel
        let groups = isMixed ? [0..<header.bands] : (0..<header.bands).map { $0..<$0 + 1 }
        let spool = blocks.planes > 1 ? try Spool() : nil
        var places: [Int: (range: Range<Int>, content: Content)] = [:]
        var workers: [Worker] = []
        var stripe: Raster?
        for row in 0..<header.blockRows where (0..<header.blockColumns).contains(where: { isPresent(row, $0) }) {
            let area = bounds(row: row, column: 0)
            try read(session, Window(x: 0, y: area.y, width: header.columns, height: area.height), into: &stripe)
            guard let pixels = stripe else { return }
            let parts = parts(pixels, row: row, groups)
            while workers.count < min(plan.threads, parts.count) {
                workers.append(
                    Worker(
                        try JPEGBlockEncoder(
                            bands: groups[0].count, pixelType: header.pixelType, bitsPerPixel: header.bits,
                            width: header.blockWidth,
                            height: header.blockHeight, options: options)))
            }
            let streams = try compress(pixels, parts, row: row, workers)
            for (part, stream) in zip(parts, streams) {
                let index = row * header.blockColumns + part.column
                if let spool {
                    let begin = spool.byteCount
                    try spool.append(stream)
                    places[part.bands.lowerBound * blocks.blocksPerBand + index] = (begin..<spool.byteCount, part.content)
                } else {
                    if mask != nil, part.bands.lowerBound == 0 { try record(index, at: sink.position - start, part.content) }
                    try sink.append(stream)
                }
            }
        }
        guard let spool else { return }
        for index in 0..<blocks.blocksPerBand * blocks.planes {
            guard let place = places[index] else { continue }
            if mask != nil { try record(index, at: sink.position - start, place.content) }
            try spool.copy(place.range, to: sink)
        }
    }

    /// The parts of a row of blocks that are recorded: in IMODE S a band, else a block with all bands.
    private func parts(_ pixels: borrowing Raster, row: Int, _ groups: [Range<Int>]) -> [Part] {
        var result: [Part] = []
        let top = row * header.blockHeight
        for column in 0..<header.blockColumns where isPresent(row, column) {
            let region = bounds(row: row, column: column).offset(x: 0, y: -top)
            let whole = looksForPad && blocks.planes == 1 ? content(pixels, region, 0..<header.bands) : Content.none
            if whole == .padding { continue }
            for group in groups {
                let own = looksForPad && blocks.planes > 1 ? content(pixels, region, group) : whole
                if own != .padding { result.append(Part(column: column, bands: group, content: own)) }
            }
        }
        return result
    }

    private func compress(
        _ pixels: Raster, _ parts: [Part], row: Int, _ workers: [Worker]
    ) throws(ImageryError) -> [[UInt8]] {
        let streams = parts.map { _ in Stream() }
        let jobs = parts.map { ($0, bounds(row: row, column: $0.column).offset(x: 0, y: -row * header.blockHeight)) }
        // Safe to share: a worker belongs to one thread, a stream to one index, and pixels and header are only read.
        nonisolated(unsafe) let shared = (writer: self, workers: workers, streams: streams, jobs: jobs)
        try parallelFor(parts.count, threads: workers.count) { (worker, index) throws(ImageryError) in
            let job = unsafe shared.jobs[index]
            try unsafe shared.writer.encode(
                pixels, job.1, job.0.bands, shared.workers[worker], into: shared.streams[index], row: row, column: job.0.column)
        }
        return streams.map(\.bytes)
    }

    private func encode(
        _ pixels: Raster, _ region: Window, _ bands: Range<Int>, _ worker: Worker, into stream: Stream, row: Int, column: Int
    ) throws(ImageryError) {
        do throws(ImageryError) {
            try encode(pixels, region, bands, worker, into: stream)
        } catch {
            throw ImageryError(error.kind, "\(plan.context) block (\(row), \(column))", error.message, reason: error.reason)
        }
    }

    private func encode(
        _ pixels: Raster, _ region: Window, _ bands: Range<Int>, _ worker: Worker, into stream: Stream
    ) throws(ImageryError) {
        let (width, height) = (header.blockWidth, header.blockHeight)
        guard region.width < width || region.height < height else {
            let all = unsafe pixels.destination.offset(row: region.y, column: region.x, sampleBytes: header.pixelType.byteCount)
            let own = unsafe Destination(
                base: all.row(0, band: bands.lowerBound), bandStride: all.bandStride, rowStride: all.rowStride)
            // In bounds: the region lies inside the pixels, and has the size of a block.
            try unsafe worker.encoder.encode(own, width: width, height: height, into: &stream.bytes)
            withExtendedLifetime(pixels) {}
            return
        }
        let block: Raster
        if let known = worker.block {
            block = known
        } else {
            block = try Raster(header.pixelType, shape: Shape(bands: bands.count, rows: height, columns: width))
            worker.block = block
        }
        unsafe pixels.copy(region, bands: Array(bands), to: block.destination)
        fillEdges(of: block, inside: region)
        try worker.encoder.encode(block, into: &stream.bytes)
    }

    /// Fills what a block has beyond the image: with pad pixels where there is a pad value, else with the last pixels, which
    /// costs least.
    private func fillEdges(of block: borrowing Raster, inside region: Window) {
        let size = header.pixelType.byteCount
        let pattern = plan.pad?.bytes(for: header.pixelType)
        let target = unsafe block.destination
        for band in 0..<block.bands {
            for row in 0..<block.height {
                let line = unsafe target.row(row, band: band)
                if row >= region.height, pattern == nil {
                    unsafe line.copyMemory(from: target.row(region.height - 1, band: band), byteCount: block.width * size)
                    continue
                }
                let first = row < region.height ? region.width : 0
                guard first < block.width else { continue }
                let last = (0..<size).map {
                    unsafe first > 0 ? line.load(fromByteOffset: (first - 1) * size + $0, as: UInt8.self) : 0
                }
                unsafe (pattern ?? last).withUnsafeBytes { sample in
                    // In bounds: from the end of the region to that of the row. The pattern is one sample: its address exists.
                    unsafe Fill.row(
                        line + first * size, pattern: sample.baseAddress!, patternBytes: size, count: block.width - first)
                }
            }
        }
    }
}
