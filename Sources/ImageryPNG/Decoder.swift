// The stages in order: rows of the data, passes put together, samples for the caller (PNG 3rd edition, clause 13).

import ImageryBase

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

    init(_ image: PNGImage, _ context: ReadContext) {
        self.image = image
        self.context = context
        converter = RowConverter(image.header, paletteEntries: image.paletteEntries, context.findings)
        rows = RowStore(rowBytes: image.header.rowBytes(width: image.header.width))
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        if request.region.bottom == image.header.height { image.source.prefetch(image.dataRanges) }
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
        var next = region.y
        while next < end {
            if rows.nextRow > next, let source = unsafe rows.row(next) {
                let ready = next..<min(rows.nextRow, end)
                unsafe converter.convert(
                    source, rowStride: rows.rowBytes, rows: ready, region, request.bands, into: destination)
                next = ready.upperBound
                continue
            }
            let count = min(decoder.stripeRows, end - rows.nextRow)
            // The last row always stays, as the filter of the next one looks at it.
            let last = max(0, rows.nextRow - 1)
            let room = try unsafe rows.makeRoom(for: count, keepingFrom: keeps ? min(region.y, last) : last, until: keeps ? end : 0)
            try unsafe decoder.decode(count, prior: rows.lastRow, into: room)
            rows.append(count)
        }
    }

    /// Adam7 (8.1): every pass is decoded in full before the first row is put together.
    private func readInterlaced(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let store = try decodedPasses()
        // One row of the image and one of a pass, with whole bytes for each sample.
        let rowBytes = image.header.width * converter.pixelBytes
        let lines = try Scratch(byteCount: 2 * rowBytes)
        for row in region.y..<region.bottom {
            unsafe store.assemble(row, converter, into: lines.base, line: lines.base + rowBytes)
            unsafe converter.convert(
                UnsafeRawPointer(lines.base), rowStride: rowBytes, rows: row..<row + 1, region, request.bands, into: destination,
                isUnpacked: true)
        }
    }

    private func decodedPasses() throws(ImageryError) -> PassStore {
        if let passes { return passes }
        let decoder = try startedDecoder()
        let size = decoder.passes.reduce(0 as Int?) { sum, pass in
            checkedProduct(pass.rowBytes, pass.height).flatMap { size in sum.flatMap { checkedSum($0, size) } }
        }
        try checkMemory(size)
        let store = try PassStore(decoder.passes, byteCount: size ?? .max)
        for (index, pass) in decoder.passes.enumerated() {
            var row = 0
            while row < pass.height {
                let count = decoder.stripeRows
                try unsafe decoder.decode(
                    count, prior: row == 0 ? nil : UnsafeRawPointer(store.row(row - 1, pass: index)), into: store.row(row, pass: index))
                row += count
            }
        }
        self.decoder = nil
        passes = store
        return store
    }

    /// Memory that grows with the image is bounded as pixels are: the data must be there for it (S91).
    private func checkMemory(_ byteCount: Int?) throws(ImageryError) {
        try context.limits.check(output: byteCount, from: image.dataByteCount, "PNG rows")
    }
}
