// The stages in order: rows of the data, passes put together, samples for the caller (PNG 3rd edition, clause 13).

import ImageryBase
import ImageryPlumbing

/// A reading session: goes down the image once and keeps the rows that further reads of the same height need (S7).
final class PNGReader: ImageReader {
    private let image: PNGImage
    private let context: ReadContext
    private let converter: RowConverter
    private var decoder: RowDecoder?
    /// Decoded rows of an image that is not interlaced.
    private var rows: RowStore
    /// The passes of one that is.
    private var passes: PassStore?
    private var isAnnounced = false

    init(_ image: PNGImage, _ context: ReadContext) {
        self.image = image
        self.context = context
        converter = RowConverter(image.header, paletteEntries: image.paletteEntries, context.findings)
        rows = RowStore(rowBytes: image.header.rowBytes(width: image.header.width))
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        // A read to the last row needs all the data, as any read of an interlaced image does.
        if !isAnnounced && (image.header.isInterlaced || request.region.bottom == image.header.height) {
            isAnnounced = true
            image.source.prefetch(image.dataRanges)
        }
        do throws(ImageryError) {
            if image.header.isInterlaced {
                try unsafe readInterlaced(request, into: destination)
            } else {
                try unsafe readRows(request, into: destination)
            }
        } catch {
            // The position in the stream is lost; the next read begins anew.
            decoder = nil
            rows.removeAll()
            throw error
        }
    }

    private func startedDecoder() throws(ImageryError) -> RowDecoder {
        if let decoder { return decoder }
        // A filtered row, and two that are not.
        try checkMemory(3 * (image.header.rowBytes(width: image.header.width) + 1))
        let stream = try DataStream(image.source, chunks: image.dataChunks, isTruncated: image.isTruncated, context)
        let made = try RowDecoder(image.header, stream, context)
        decoder = made
        return made
    }

    /// Memory that grows with the image is bounded as pixels are: the data must be there for it (S91).
    private func checkMemory(_ byteCount: Int?) throws(ImageryError) {
        try context.limits.check(output: byteCount, from: image.dataByteCount, "PNG rows")
    }

    private func readRows(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let end = region.bottom
        let decoder = try startedDecoder()
        if region.y < rows.firstRow {
            rows.removeAll()
            decoder.restart()
        }
        // Only a read that ends in the lower right corner leaves nothing for the reads that follow it.
        let keeps = context.isSession && !(region.x == 0 && region.width == image.header.width && end == image.header.height)
        if keeps { try checkMemory(checkedProduct(region.height + 1, rows.rowBytes)) }
        unsafe convert(from: region.y, to: min(rows.nextRow, end), request, into: destination)
        let stripes = decoder.stripes(until: end)
        // Safe to share: each stage runs on one thread at a time, and they share only the memory of stripes that the first is done
        // with.
        nonisolated(unsafe) let (reader, shared) = (self, decoder)
        let target = unsafe destination
        let cancellation = context.cancellation
        try runInTwoStages(stripes.count, lead: decoder.lead, threads: context.threads) { (index) throws(ImageryError) in
            try cancellation?.check("PNG")
            try unsafe shared.inflate(stripes[index])
        } second: { (index) throws(ImageryError) in
            try unsafe reader.finish(stripes[index], keeps: keeps, request, into: target)
        }
    }

    /// The second stage of a stripe: its rows without filters, and the samples of those that are wanted.
    private func finish(
        _ stripe: Stripe, keeps: Bool, _ request: ReadRequest, into destination: Destination
    ) throws(ImageryError) {
        guard let decoder else { return }
        // The last row always stays, as the filter of the next one looks at it.
        let last = max(0, rows.nextRow - 1)
        let room = try unsafe rows.makeRoom(
            for: stripe.count, keepingFrom: keeps ? min(request.region.y, last) : last, until: keeps ? request.region.bottom : 0)
        try unsafe decoder.unfilter(stripe, prior: rows.lastRow, into: room)
        rows.append(stripe.count)
        unsafe convert(
            from: max(stripe.row, request.region.y), to: min(rows.nextRow, request.region.bottom), request, into: destination)
    }

    /// Writes the samples of the rows from `first` up to `end`, which are in ``rows`` and inside the request; `end` may be above
    /// `first`.
    private func convert(from first: Int, to end: Int, _ request: ReadRequest, into destination: Destination) {
        guard first < end, let source = unsafe rows.row(first) else { return }
        unsafe converter.convert(
            source, rowStride: rows.rowBytes, rows: first..<end, request.region, request.bands, into: destination)
    }

    // MARK: Adam7

    /// Every pass is decoded in full before the first row is put together (8.1).
    private func readInterlaced(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let store = try decodedPasses()
        // A row of the image and one of a pass for each thread, with whole bytes for each sample.
        let rowBytes = image.header.width * converter.pixelBytes
        let chunks = ceilDivide(region.height, Self.assembledRows)
        let threads = min(context.threads, chunks)
        let lines = try Scratch(byteCount: 2 * rowBytes * threads)
        // Safe to share: each worker has its own lines, and each row of the destination is written once.
        let converter = converter
        let target = unsafe destination
        try parallelFor(chunks, threads: threads) { (worker, index) throws(ImageryError) in
            let line = unsafe lines.base + 2 * rowBytes * worker
            let first = region.y + index * Self.assembledRows
            for row in first..<min(first + Self.assembledRows, region.bottom) {
                unsafe store.assemble(row, converter, into: line, line: line + rowBytes)
                unsafe converter.convert(
                    UnsafeRawPointer(line), rowStride: rowBytes, rows: row..<row + 1, region, request.bands, into: target,
                    isUnpacked: true)
            }
        }
    }

    /// Rows that a thread puts together at a time.
    private static let assembledRows = 64

    private func decodedPasses() throws(ImageryError) -> PassStore {
        if let passes { return passes }
        let decoder = try startedDecoder()
        let size = decoder.passes.reduce(0 as Int?) { sum, pass in
            checkedProduct(pass.rowBytes, pass.height).flatMap { size in sum.flatMap { checkedSum($0, size) } }
        }
        try checkMemory(size)
        let store = try PassStore(decoder.passes, byteCount: size ?? .max)
        let stripes = decoder.stripes()
        // Safe to share: as in `readRows`.
        nonisolated(unsafe) let shared = decoder
        let cancellation = context.cancellation
        try runInTwoStages(stripes.count, lead: decoder.lead, threads: context.threads) { (index) throws(ImageryError) in
            try cancellation?.check("PNG")
            try unsafe shared.inflate(stripes[index])
        } second: { (index) throws(ImageryError) in
            let stripe = stripes[index]
            let prior = unsafe stripe.row == 0 ? nil : UnsafeRawPointer(store.row(stripe.row - 1, pass: stripe.pass))
            try unsafe shared.unfilter(stripe, prior: prior, into: store.row(stripe.row, pass: stripe.pass))
        }
        self.decoder = nil
        passes = store
        return store
    }
}
