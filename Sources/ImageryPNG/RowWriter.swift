// Rows to image data: packing, filter choice, compression, IDAT chunks (PNG 3rd edition, clauses 9, 10 and 12.7).

import ImageryBase
import ImageryDeflate
import ImageryKernels
import ImageryPlumbing

/// Filters and compresses rows from top to bottom.
///
/// The image data is cut into parts of whole rows. Each is compressed on its own, with the bytes before it as history, so that threads can
/// share the work; the cuts depend on the length of a row alone.
@safe
final class RowWriter {
    private let header: ImageHeader
    private let filters: ClosedRange<UInt8>
    private let level: DeflateLevel
    /// The largest sample that may be stored, where the type of the source holds larger ones.
    private let largestSample: Int
    private let sampleLimit: String
    private let rowBytes: Int
    private let partRows: Int
    private let partsAtOnce: Int
    private let workers: [PartWorker]
    private let compressed: [CompressedPart]
    /// The last bytes before the parts, the filtered rows of the parts, and the row above them as it is stored.
    private let filtered: Scratch
    private let above: UnsafeMutableRawPointer
    private var historyBytes = 0
    private var checksum: UInt32 = 1

    /// Bytes of a part: a new beginning costs the compressor as much time as 30,000 bytes and the data a hundred.
    static let partBytes = 1 << 20
    /// Bytes that deflate can reach back.
    private static let history = 1 << 15

    init(
        _ header: ImageHeader, _ options: PNGEncoder.Options, paletteEntries: Int?, partBytes: Int = RowWriter.partBytes
    ) throws(ImageryError) {
        guard (0...9).contains(options.level) else {
            throw ImageryError(.misuse, "PNG", "\(options.level) is no compression level: they go from 0 to 9")
        }
        level = DeflateLevel(options.level)
        rowBytes = header.rowBytes(width: header.width)
        partRows = max(1, partBytes / (rowBytes + 1))
        let parts = ceilDivide(header.height, partRows)
        let threads = min(usableThreads(options.threads), parts)
        // Two parts for each thread, as some take longer.
        partsAtOnce = threads > 1 ? min(2 * threads, parts) : 1
        guard
            let rows = checkedProduct(rowBytes + 1, min(partRows, header.height), partsAtOnce),
            let size = checkedSum(rows, Self.history + rowBytes)
        else {
            throw ImageryError(limit: .memory, "PNG", "a row of \(header.width) pixels is too long for this machine")
        }
        filtered = try Scratch(byteCount: size)
        unsafe above = filtered.base + (size - rowBytes)
        var workers: [PartWorker] = []
        for _ in 0..<threads { workers.append(try PartWorker(level, rowBytes: rowBytes)) }
        self.workers = workers
        compressed = (0..<partsAtOnce).map { _ in CompressedPart() }
        self.header = header
        let plain = header.colorType == .palette || header.bitDepth < 8
        filters =
            switch options.filter {
            case .automatic: plain ? 0...0 : 0...4
            case .adaptive: 0...4
            case .none: 0...0
            case .sub: 1...1
            case .up: 2...2
            case .average: 3...3
            case .paeth: 4...4
            }
        let depthLimit = 1 << header.bitDepth
        largestSample = min(depthLimit, paletteEntries ?? depthLimit) - 1
        sampleLimit = paletteEntries.map { "has no entry in the palette of \($0)" } ?? "does not fit \(header.bitDepth) bits"
    }

    /// Rows that ``write(_:firstRow:into:)`` takes at a time; only the last ones may be fewer.
    var stripeRows: Int { partRows * partsAtOnce }

    /// Writes the rows of a planar stripe as IDAT chunks, and the end of the data after the last row.
    func write(_ stripe: borrowing Raster, firstRow: Int, into sink: some ByteSink) throws {
        let count = stripe.height
        let parts = ceilDivide(count, partRows)
        let isLast = firstRow + count == header.height
        let source = unsafe stripe.destination
        // Safe to share: a part has rows of its own in `filtered` and a stream of its own, and a worker belongs to one thread.
        nonisolated(unsafe) let writer = self
        try parallelFor(parts, threads: workers.count) { (worker, part) throws(ImageryError) in
            let rows = unsafe part * writer.partRows..<min(count, (part + 1) * writer.partRows)
            try unsafe writer.filter(source, rows, firstRow: firstRow, writer.workers[worker])
        }
        try parallelFor(parts, threads: workers.count) { (worker, part) throws(ImageryError) in
            let rows = unsafe part * writer.partRows..<min(count, (part + 1) * writer.partRows)
            try unsafe writer.compress(
                rows, isFirst: firstRow + rows.lowerBound == 0, isLast: isLast && rows.upperBound == count, writer.workers[worker],
                writer.compressed[part])
        }
        for part in 0..<parts {
            let bytes = min(partRows, count - part * partRows) * (rowBytes + 1)
            checksum = adler32(checksum, followedBy: compressed[part].checksum, count: bytes)
            if isLast && part == parts - 1 { compressed[part].data += Deflater.zlibTrailer(checksum) }
            try sink.append(Chunk.serialised(.idat, compressed[part].data))
        }
        if isLast { return }
        try unsafe pack(source, row: count - 1, imageRow: firstRow + count - 1, into: above)
        // In bounds: what is kept is at most what there is.
        let end = historyBytes + count * (rowBytes + 1)
        let kept = min(end, Self.history)
        unsafe filtered.base.copyMemory(from: filtered.base + (end - kept), byteCount: kept)
        historyBytes = kept
    }

    /// Filters rows of the stripe into their place.
    private func filter(
        _ stripe: Destination, _ rows: Range<Int>, firstRow: Int, _ worker: PartWorker
    ) throws(ImageryError) {
        var raw = unsafe worker.line(0)
        var prior = unsafe worker.line(1)
        if rows.lowerBound > 0 {
            try unsafe pack(stripe, row: rows.lowerBound - 1, imageRow: firstRow + rows.lowerBound - 1, into: prior)
        } else if firstRow > 0 {
            unsafe prior.copyMemory(from: above, byteCount: rowBytes)
        }
        for row in rows {
            try unsafe pack(stripe, row: row, imageRow: firstRow + row, into: raw)
            let known = firstRow + row == 0 ? nil : UnsafeRawPointer(prior)
            var best = filters.lowerBound
            var smallest = Int.max
            for filter in filters {
                let sum = unsafe PNGFilters.filter(
                    filter, raw, prior: known, into: worker.line(2 + Int(filter)), rowBytes: rowBytes,
                    bytesPerPixel: header.filterDistance)
                if sum < smallest {
                    smallest = sum
                    best = filter
                }
            }
            let target = unsafe filtered.base + (historyBytes + row * (rowBytes + 1))
            unsafe target.storeBytes(of: best, as: UInt8.self)
            unsafe (target + 1).copyMemory(from: worker.line(2 + Int(best)), byteCount: rowBytes)
            unsafe (raw, prior) = unsafe (prior, raw)
        }
    }

    private func compress(
        _ rows: Range<Int>, isFirst: Bool, isLast: Bool, _ worker: PartWorker, _ result: CompressedPart
    ) throws(ImageryError) {
        let start = historyBytes + rows.lowerBound * (rowBytes + 1)
        let part = unsafe UnsafeRawBufferPointer(start: filtered.base + start, count: rows.count * (rowBytes + 1))
        let before = min(start, Self.history)
        let history = unsafe UnsafeRawBufferPointer(start: filtered.base + (start - before), count: before)
        unsafe result.checksum = adler32(1, part)
        result.data.removeAll(keepingCapacity: true)
        if isFirst { result.data += Deflater.zlibHeader(level) }
        do throws(DeflateFailure) {
            try unsafe worker.deflater.compressPart(part, after: history, isLast: isLast, to: &result.data)
        } catch {
            throw Self.failed(error)
        }
    }

    /// One row as it is stored: pixel by pixel, most significant byte or bit first (7.2).
    private func pack(
        _ source: Destination, row: Int, imageRow: Int, into target: UnsafeMutableRawPointer
    ) throws(ImageryError) {
        let samples = unsafe UnsafeRawPointer(source.row(row, band: 0))
        if header.colorType == .palette || header.bitDepth < 8 {
            try unsafe checkSamples(samples, imageRow: imageRow)
        }
        guard header.bitDepth < 8 else {
            let sampleBytes = header.bitDepth / 8
            return unsafe SampleInterleaving.interleave(
                samples, bandStride: source.bandStride, samples: header.colorType.samples, sampleBytes: sampleBytes,
                swapUnit: sampleBytes, count: header.width, into: target)
        }
        let perByte = 8 / header.bitDepth
        for place in 0..<rowBytes {
            var byte: UInt8 = 0
            for index in 0..<perByte {
                let column = place * perByte + index
                let sample = unsafe column < header.width ? samples.load(fromByteOffset: column, as: UInt8.self) : 0
                byte = byte << UInt8(header.bitDepth) | sample
            }
            unsafe target.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
        }
    }

    private func checkSamples(_ samples: UnsafeRawPointer, imageRow: Int) throws(ImageryError) {
        var largest: UInt8 = 0
        for column in 0..<header.width { largest = unsafe max(largest, samples.load(fromByteOffset: column, as: UInt8.self)) }
        guard Int(largest) > largestSample else { return }
        throw ImageryError(.misuse, "PNG", "the sample \(largest) in row \(imageRow) \(sampleLimit)")
    }

    fileprivate static func failed(_ failure: DeflateFailure) -> ImageryError {
        ImageryError(limit: .memory, "PNG IDAT", "the compressor could not go on: \(failure)")
    }
}

/// What a thread needs to filter and compress.
private final class PartWorker {
    var deflater: Deflater
    /// Seven rows: this one, the one above, and this one under each filter.
    private let lines: Scratch
    private let stride: Int

    init(_ level: DeflateLevel, rowBytes: Int) throws(ImageryError) {
        stride = (rowBytes + 63) & ~63
        guard let size = checkedProduct(stride, 7) else {
            throw ImageryError(limit: .memory, "PNG", "a row of \(rowBytes) bytes is too long for this machine")
        }
        lines = try Scratch(byteCount: size)
        do throws(DeflateFailure) {
            deflater = try Deflater(.raw, level: level)
        } catch {
            throw RowWriter.failed(error)
        }
    }

    func line(_ index: Int) -> UnsafeMutableRawPointer { unsafe lines.base + index * stride }
}

/// The stream of a part, whose memory is used again for another, and the checksum of its bytes.
private final class CompressedPart {
    var data: [UInt8] = []
    var checksum: UInt32 = 1
}
