// Samples to blocks (TIFF 6.0 sections 3, 14, 15): rows of the source, samples together, predictor, compression.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Encodes the blocks of one image, a few rows of blocks at a time.
final class BlockWriter {
    let layout: EncodingLayout
    /// Rows of blocks that are encoded together at most.
    let blockRows: Int
    private let encoders: [BlockEncoder]
    private let cancellation: Cancellation?
    private let slots: [Slot]
    private let perRow: Int

    /// Bytes of samples that are worth reading together.
    private static let stripeBytes = 1 << 20
    private static let mostBytesOfRow = 1 << 34

    /// Rows of pixels of a stripe.
    var stripeRows: Int { min(layout.shape.rows, checkedProduct(blockRows, layout.blockHeight) ?? layout.shape.rows) }

    /// A writer of as many rows of blocks at a time as are worth it, or of `blockRows`.
    init(
        _ layout: EncodingLayout, threads: Int?, cancellation: Cancellation?, blockRows: Int? = nil, context: String
    ) throws(ImageryError) {
        self.layout = layout
        self.cancellation = cancellation
        let shape = layout.shape
        guard let row = checkedProduct(shape.columns, shape.bands, layout.pixelType.byteCount) else {
            throw ImageryError(limit: .memory, context, "a row of \(shape.columns) pixels is too long for this machine")
        }
        let rowOfBlocks = checkedProduct(row, layout.blockHeight) ?? .max
        guard rowOfBlocks <= Self.mostBytesOfRow else {
            throw ImageryError(
                limit: .memory, context,
                "a row of blocks of \(shape.columns) × \(layout.blockHeight) pixels exceeds any memory: choose lower blocks")
        }
        let rows = blockRows ?? min(layout.gridRows, max(1, Self.stripeBytes / max(1, rowOfBlocks)))
        self.blockRows = rows
        perRow = layout.planes * layout.gridColumns
        var encoders: [BlockEncoder] = []
        for _ in 0..<min(max(1, threads ?? availableThreads), rows * perRow) {
            encoders.append(try BlockEncoder(layout, context: context))
        }
        self.encoders = encoders
        slots = (0..<rows * perRow).map { _ in Slot() }
    }

    /// A stripe of memory for the samples of rows of blocks.
    func makeStripe() throws(ImageryError) -> Raster {
        let shape = layout.shape
        return try Raster(layout.pixelType, shape: Shape(bands: shape.bands, rows: stripeRows, columns: shape.columns))
    }

    /// Encodes all blocks of `rows` rows of blocks from block row `first` on, whose samples `pixels` has, and gives them one by one, with
    /// their place in the arrays of the tags: row after row, plane after plane in a row.
    func encode(
        _ pixels: Destination, first: Int, rows: Int, _ body: (_ number: Int, _ bytes: [UInt8]) throws -> Void
    ) throws {
        // Safe to share: every index fills its own slot, and an encoder belongs to one worker.
        nonisolated(unsafe) let (encoders, targets) = (encoders, slots)
        let layout = layout
        let samples = unsafe pixels
        try unsafe parallelFor(rows * perRow, threads: encoders.count, cancellation: cancellation) {
            (worker, index) throws(ImageryError) in
            let place = BlockPlace(index, layout, firstRow: first)
            let slot = unsafe targets[index]
            try unsafe encoders[worker].encode(place, samples, top: first * layout.blockHeight, into: &slot.bytes)
        }
        for index in 0..<rows * perRow {
            let place = BlockPlace(index, layout, firstRow: first)
            try body(layout.index(row: place.row, column: place.column, plane: place.plane), slots[index].bytes)
        }
    }

    /// Reads the image from the top down; `body` gets every stripe of it, with its first row of blocks and how many it has.
    func read(_ source: PixelSource, _ body: (_ stripe: Destination, _ first: Int, _ rows: Int) throws -> Void) throws {
        let shape = layout.shape
        let stripe = try makeStripe()
        let reader = source.makeReader()
        let bands = Array(0..<shape.bands)
        for first in stride(from: 0, to: layout.gridRows, by: blockRows) {
            let top = first * layout.blockHeight
            let region = Window(x: 0, y: top, width: shape.columns, height: min(stripeRows, shape.rows - top))
            // The stripe has at least the region's rows; nobody else sees it.
            let pixels = unsafe stripe.destination
            try unsafe reader.read(ReadRequest(region: region, bands: bands), into: pixels)
            try unsafe body(pixels, first, min(blockRows, layout.gridRows - first))
        }
        withExtendedLifetime(stripe) {}
    }

    /// Appends all blocks of an image; `position` is the offset of the next byte of the file. Returns offset and byte count of each
    /// block, in the order of the tags.
    func write(_ source: PixelSource, into sink: any ByteSink, at position: inout Int) throws -> (offsets: [Int], counts: [Int]) {
        var offsets = [Int](repeating: 0, count: layout.blockCount)
        var counts = offsets
        var next = position
        try unsafe read(source) { pixels, first, rows in
            try unsafe encode(pixels, first: first, rows: rows) { number, bytes in
                // A block that is left out has neither place nor bytes.
                if bytes.isEmpty { return }
                try sink.append(bytes)
                offsets[number] = next
                counts[number] = bytes.count
                next += bytes.count
            }
        }
        position = next
        return (offsets, counts)
    }
}

/// Where the bytes of an encoded block wait for their turn.
private final class Slot {
    var bytes: [UInt8] = []
}

/// A block of the grids.
private struct BlockPlace {
    var row: Int
    var column: Int
    var plane: Int

    /// The `index`-th from block row `firstRow` on: row after row, plane after plane in a row.
    init(_ index: Int, _ layout: EncodingLayout, firstRow: Int) {
        let perRow = layout.planes * layout.gridColumns
        row = firstRow + index / perRow
        plane = index % perRow / layout.gridColumns
        column = index % layout.gridColumns
    }
}

/// Encodes blocks of one image on one thread.
private final class BlockEncoder {
    private let layout: EncodingLayout
    private let context: String
    private let compressor: any BlockCompressor
    private let streams: StreamBlockWriter?
    /// The block's rows as they are compressed.
    private let block: Scratch
    /// A row of samples on their way.
    private let row: Scratch
    private let samples: Int
    private let sampleBytes: Int

    init(_ layout: EncodingLayout, context: String) throws(ImageryError) {
        self.layout = layout
        self.context = context
        compressor =
            if let (type, choices) = layout.lerc {
                try LERCCompressor(
                    type, columns: layout.blockWidth, samples: layout.samplesPerBlockPixel, choices, level: layout.level)
            } else {
                try layout.compression.makeCompressor(level: layout.level)
            }
        if let choices = layout.jpeg {
            streams = try choices.makeWriter(layout, context: context)
        } else {
            streams = layout.jpeg2000?.makeWriter(layout)
        }
        samples = layout.samplesPerBlockPixel
        sampleBytes = layout.pixelType.byteCount
        // The layout has proven that both products are small.
        block = try Scratch(byteCount: layout.rowBytes * layout.blockHeight)
        row = try Scratch(byteCount: layout.blockWidth * samples * sampleBytes)
    }

    /// Encodes a block of the stripe `pixels`, whose first row is row `top` of the image.
    func encode(_ place: BlockPlace, _ pixels: Destination, top: Int, into output: inout [UInt8]) throws(ImageryError) {
        let stored = layout.storedRows(place.row)
        let y = place.row * layout.blockHeight
        let x = place.column * layout.blockWidth
        let present = min(layout.blockHeight, layout.shape.rows - y)
        let columns = min(layout.blockWidth, layout.shape.columns - x)
        output.removeAll(keepingCapacity: true)
        if unsafe isEmpty(place, pixels, y - top, x, columns: columns, rows: present) { return }
        if let streams {
            // The stripe holds the block's bands and rows.
            let corner = unsafe Destination(
                base: pixels.row(y - top, band: place.plane) + x * sampleBytes, bandStride: pixels.bandStride,
                rowStride: pixels.rowStride)
            return try unsafe streams.encode(corner, columns: columns, rows: present, stored: stored, into: &output)
        }
        // In bounds: the block is in the grid, the stripe holds its rows, and `block` has `blockHeight` rows of `rowBytes`.
        for line in 0..<present {
            let source = unsafe UnsafeRawPointer(pixels.row(y - top + line, band: place.plane) + x * sampleBytes)
            let target = unsafe block.base + line * layout.rowBytes
            try unsafe encodeRow(source, bandStride: pixels.bandStride, columns: columns, y: y + line, into: target)
        }
        // Pixels beyond the image repeat the last one, rows the last row: that costs the least when they are compressed.
        for line in present..<max(present, stored) {
            unsafe (block.base + line * layout.rowBytes).copyMemory(
                from: block.base + (present - 1) * layout.rowBytes, byteCount: layout.rowBytes)
        }
        try unsafe compressor.compress(block.base, rows: stored, rowBytes: layout.rowBytes, into: &output)
    }

    /// True when the block may be left out: no sample of it is another one than a reader takes for absent blocks.
    private func isEmpty(
        _ place: BlockPlace, _ pixels: Destination, _ y: Int, _ x: Int, columns: Int, rows: Int
    ) -> Bool {
        guard let sample = layout.emptySample else { return false }
        // In bounds: as in `encode`.
        for band in place.plane..<place.plane + samples {
            for line in 0..<rows {
                let row = unsafe UnsafeRawPointer(pixels.row(y + line, band: band) + x * sampleBytes)
                for index in 0..<columns * sampleBytes {
                    if unsafe row.load(fromByteOffset: index, as: UInt8.self) != sample[index % sampleBytes] { return false }
                }
            }
        }
        return true
    }

    private func encodeRow(
        _ source: UnsafeRawPointer, bandStride: Int, columns: Int, y: Int, into target: UnsafeMutableRawPointer
    ) throws(ImageryError) {
        let width = layout.blockWidth
        let count = width * samples
        let pixelBytes = samples * sampleBytes
        // Samples go to where they stay, unless something is made of them there.
        let line = unsafe layout.isWhole && !layout.predictor.needsOtherRow ? target : row.base
        unsafe SampleInterleaving.interleave(
            source, bandStride: bandStride, samples: samples, sampleBytes: sampleBytes, swapUnit: 1, count: columns, into: line)
        if columns < width {
            let last = unsafe line + (columns - 1) * pixelBytes
            for column in columns..<width { unsafe (line + column * pixelBytes).copyMemory(from: last, byteCount: pixelBytes) }
        }
        guard layout.isWhole else {
            let fits = unsafe BitPack.pack(
                line, sampleBytes: sampleBytes, signed: layout.pixelType.isSigned, count: count, bits: layout.bits, into: target)
            guard fits else {
                throw ImageryError(.misuse, context, "a sample in row \(y) does not fit \(layout.bits) bits")
            }
            return
        }
        switch layout.predictor {
        case .none: unsafe littleEndian(target, count)
        case .horizontal:
            unsafe TIFFPredictors.applyDifference(target, sampleBytes: sampleBytes, stride: samples, count: count)
            unsafe littleEndian(target, count)
        case .floatingPoint:
            // Technical Note 3 orders bytes by significance: no byte order remains.
            unsafe TIFFPredictors.applyFloat(line, sampleBytes: sampleBytes, stride: samples, count: count, into: target)
        }
    }

    private func littleEndian(_ line: UnsafeMutableRawPointer, _ count: Int) {
        #if _endian(big)
            unsafe ByteOrder.copy(
                line, into: line, byteCount: count * sampleBytes, swapUnit: layout.pixelType.componentByteCount)
        #endif
    }
}

extension Predictor {
    /// True when the row that is compressed cannot be made where the samples are.
    fileprivate var needsOtherRow: Bool { self == .floatingPoint }
}
