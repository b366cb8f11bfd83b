// A block's way to samples (TIFF 6.0 sections 3, 9, 13 to 15, 21): bytes, decompression, predictor, samples, colour.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Decodes blocks of one image on one thread.
final class TIFFBlockDecoder: BlockDecoder {
    private let image: TIFFImage
    private let context: ReadContext
    /// Bytes from which a copy by the source is cheaper than lending.
    private static let fetchedFrom = 1 << 16
    private let codec: (any BlockCodec)?
    private let streams: StreamBlockReader?
    private let predictor: Predictor
    private let nativeUnpacker: SampleUnpacker
    /// Told once is enough: all blocks of an image have their counts from one writer.
    private var hasToldGuess = false
    /// A block decompressed, as long as rows of it are wanted.
    private var block = GrowingScratch()
    /// A row, where it cannot be changed where it lies.
    private var row = GrowingScratch()
    /// A block or the reversed bits of a row.
    private var reversed = GrowingScratch()

    init(_ image: TIFFImage, _ context: ReadContext) {
        self.image = image
        self.context = context
        codec = image.header.makeCodec()
        streams = image.streams.map {
            StreamBlockReader($0, image.source, pixelType: image.header.pixelType, context)
        }
        // An image whose predictor means nothing has an obstacle: no block of it gets here.
        predictor = (try? Predictor(image.header, context: image.context)) ?? .none
        nativeUnpacker = SampleUnpacker(native: image.header)
    }

    func decode(
        row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        if let converter = image.converter, image.header.isPlanar || streams != nil {
            return try unsafe decodeYCbCr(
                converter, row: row, column: column, level: level, region: region, bands: bands, into: destination)
        }
        guard image.header.isPlanar else {
            return try unsafe decode(
                plane: 0, row: row, column: column, level: level, region: region, bands: bands, into: destination)
        }
        for (index, band) in bands.enumerated() {
            let target = unsafe Destination(
                base: destination.row(0, band: index), bandStride: destination.bandStride, rowStride: destination.rowStride)
            try unsafe decode(plane: band, row: row, column: column, level: level, region: region, bands: [0], into: target)
        }
    }

    /// Components of a block at the size of its pixels: three planes, or those of a stream.
    private func decodeYCbCr(
        _ converter: YCbCrConverter, row: Int, column: Int, level: Int, region: Window, bands: [Int],
        into destination: Destination
    ) throws(ImageryError) {
        let planes = try Raster(.uint8, shape: Shape(bands: 3, rows: region.height, columns: region.width))
        let stored = unsafe planes.destination
        if image.header.isPlanar {
            for plane in 0..<3 {
                let target = unsafe Destination(
                    base: stored.row(0, band: plane), bandStride: stored.bandStride, rowStride: stored.rowStride)
                try unsafe decode(plane: plane, row: row, column: column, level: level, region: region, bands: [0], into: target)
            }
        } else {
            try unsafe decode(plane: 0, row: row, column: column, level: level, region: region, bands: [0, 1, 2], into: stored)
        }
        for line in 0..<region.height {
            for x in 0..<region.width {
                // In bounds: the raster has the region's size.
                let y = unsafe stored.row(line, band: 0).load(fromByteOffset: x, as: UInt8.self)
                let cb = unsafe stored.row(line, band: 1).load(fromByteOffset: x, as: UInt8.self)
                let cr = unsafe stored.row(line, band: 2).load(fromByteOffset: x, as: UInt8.self)
                let rgb = converter.rgb(y, cb, cr)
                for (index, band) in bands.enumerated() {
                    let value = band == 0 ? rgb.0 : band == 1 ? rgb.1 : rgb.2
                    unsafe destination.row(line, band: index).storeBytes(of: value, toByteOffset: x, as: UInt8.self)
                }
            }
        }
        withExtendedLifetime(planes) {}
    }

    /// One plane of a block; `bands` count within the samples of the plane.
    private func decode(
        plane: Int, row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        guard let range = try place(plane: plane, row: row, column: column) else {
            return unsafe fillAbsent(region, bands, into: destination)
        }
        if !hasToldGuess, image.table?.listsByteCounts == true, try image.isGuess(row: row, column: column, plane: plane) {
            hasToldGuess = true
            context.findings.add(
                Diagnostic(image.context, "byte counts of strips or tiles are missing, 0 or too small; they are estimated"))
        }
        if let streams {
            try unsafe streams.read(
                range, level: level, region: region, bands: bands, pad: image.layout.padValue,
                name: "\(image.context) block (\(row), \(column))", into: destination)
        } else if codec == nil, range.count >= image.bytes(of: region).upperBound {
            try unsafe copy(range, region, bands, into: destination)
        } else {
            try unsafe decompress(range, plane: plane, row: row, column: column, region, bands, into: destination)
        }
    }

    private func fillAbsent(_ region: Window, _ bands: [Int], into destination: Destination) {
        let pad = (context.fill ?? image.layout.padValue)?.bytes(for: image.header.pixelType)
        unsafe fill(
            destination, pattern: pad, bands: bands.count, rows: region.height,
            rowBytes: region.width * image.header.pixelType.byteCount)
    }

    /// Where a block lies; nil for an absent one, and when salvaging for one whose place is wrong.
    private func place(plane: Int, row: Int, column: Int) throws(ImageryError) -> Range<Int>? {
        do throws(ImageryError) {
            return try image.range(row: row, column: column, plane: plane)
        } catch {
            guard context.salvage, error.kind == .malformed, image.table != nil else { throw error }
            context.findings.add(Diagnostic(error))
            return nil
        }
    }

    /// An uncompressed block: samples straight from the lent bytes.
    private func copy(
        _ range: Range<Int>, _ region: Window, _ bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        let inner = image.bytes(of: region)
        let lent = range.lowerBound + inner.lowerBound..<range.lowerBound + inner.upperBound
        // The lent bytes begin with the first wanted sample; rows are counted from where the first of them would begin.
        let before = inner.lowerBound - region.y / image.grid.rowsPerUnit * image.grid.rowBytes
        let target = unsafe destination
        let isReversed = image.header.isBitReversed
        if image.converter == nil, !isReversed, image.header.samplesPerBlockPixel == 1, bands.count == 1,
            image.unpacker.swapUnit == 1,
            inner.count == region.height * image.grid.rowBytes, unsafe destination.rowStride == image.grid.rowBytes,
            inner.count >= Self.fetchedFrom
        {
            // Whole rows that follow each other here and there: nothing to be done on the way.
            return try unsafe image.source.fetch(lent, of: image.context, into: destination.base)
        }
        if isReversed { try reversed.reserve(inner.count, image.context) }
        let other = unsafe reversed.base
        try image.source.lend(lent, of: image.context) { (span) throws(ImageryError) in
            unsafe span.withUnsafeBytes { bytes in
                guard let stored = bytes.baseAddress else { return }
                if isReversed, let other = unsafe other {
                    unsafe BitUnpack.reverseBits(stored, into: other, count: inner.count)
                    unsafe emit(UnsafeRawPointer(other) - before, region, bands, image.unpacker, into: target)
                } else {
                    unsafe emit(stored - before, region, bands, image.unpacker, into: target)
                }
            }
        }
    }

    /// A compressed block, or an uncompressed one that is cut short: its first rows are decoded, down to the last one wanted.
    private func decompress(
        _ range: Range<Int>, plane: Int, row: Int, column: Int, _ region: Window, _ bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        // Without byte counts the place of a compressed block is a guess: it is right if all its rows are there, else the block counts as
        // absent, in every window.
        var isGuess = false
        if codec != nil { isGuess = try image.isGuess(row: row, column: column, plane: plane) }
        let needed = image.grid.bytes(ofRows: isGuess ? image.grid.storedRows(row) : region.bottom)
        try context.limits.check(output: needed, from: range.count, image.context)
        guard needed <= Int(Int32.max) - blockSlack else {
            throw ImageryError(
                unsupported: .size, image.context, "a block of \(needed) bytes is too large to be decompressed",
                at: range.lowerBound)
        }
        try block.reserve(needed + blockSlack, image.context)
        let isReversed = image.header.isBitReversed
        if isReversed { try reversed.reserve(range.count, image.context) }
        guard let output = unsafe block.base else { return }
        let other = unsafe isReversed ? reversed.base : nil
        let codec = codec
        let (produced, fault) = try image.source.lend(range, of: image.context) { (span) throws(ImageryError) -> (Int, String?) in
            unsafe span.withUnsafeBytes { bytes in
                var input = unsafe bytes
                if let other = unsafe other, let stored = bytes.baseAddress {
                    unsafe BitUnpack.reverseBits(stored, into: other, count: bytes.count)
                    unsafe input = UnsafeRawBufferPointer(start: other, count: bytes.count)
                }
                if let codec { return unsafe codec.decode(input, into: output, count: needed) }
                let count = min(needed, input.count)
                if let stored = input.baseAddress { unsafe output.copyMemory(from: stored, byteCount: count) }
                return (count, count < needed ? "the block has fewer bytes than its rows need" : nil)
            }
        }
        if let fault {
            let error = ImageryError(
                .malformed, "\(image.context) block (\(row), \(column))", "\(fault): \(produced) of \(needed) bytes",
                at: range.lowerBound)
            guard context.salvage || isGuess else { throw error }
            context.findings.add(Diagnostic(error))
            guard context.salvage else { return unsafe fillAbsent(region, bands, into: destination) }
            unsafe (output + produced).initializeMemory(as: UInt8.self, repeating: 0, count: needed - produced)
        }
        let first = unsafe output + region.y / image.grid.rowsPerUnit * image.grid.rowBytes
        switch predictor {
        case .none: unsafe emit(UnsafeRawPointer(first), region, bands, image.unpacker, into: destination)
        case .horizontal: unsafe undoHorizontal(first, region, bands, into: destination)
        case .floatingPoint: try unsafe undoFloat(first, region, bands, into: destination)
        }
    }

    /// Predictor 2, row by row where the rows lie.
    private func undoHorizontal(
        _ rows: UnsafeMutableRawPointer, _ region: Window, _ bands: [Int], into destination: Destination
    ) {
        let header = image.header
        let samples = header.samplesPerBlockPixel
        let sampleBytes = header.bits / 8
        // Columns after the last one wanted do not matter.
        let count = region.right * samples
        let unit = image.unpacker.swapUnit ?? 1
        if region.x == 0, image.converter == nil || header.isPlanar, isEveryBand(bands) {
            // Bands apart, and then sums over neighbours: half the time of sums over every n-th sample.
            for line in 0..<region.height {
                // In bounds: a row has `count` samples, and the destination a row of each band.
                let first = unsafe destination.row(line, band: 0)
                unsafe SampleInterleaving.deinterleave(
                    rows + line * image.grid.rowBytes, samples: samples, sampleBytes: sampleBytes, swapUnit: unit,
                    count: region.width,
                    into: first, bandStride: destination.bandStride)
                for band in 0..<samples {
                    unsafe TIFFPredictors.undoDifference(
                        destination.row(line, band: band), sampleBytes: sampleBytes, stride: 1, count: region.width)
                }
            }
            return
        }
        let one = Window(x: region.x, y: 0, width: region.width, height: 1)
        for line in 0..<region.height {
            // In bounds: rows have the samples of a whole block row, of which `count` are the first.
            let row = unsafe rows + line * image.grid.rowBytes
            if unit > 1 { unsafe ByteOrder.copy(row, into: row, byteCount: count * sampleBytes, swapUnit: unit) }
            unsafe TIFFPredictors.undoDifference(row, sampleBytes: sampleBytes, stride: samples, count: count)
            unsafe emit(
                UnsafeRawPointer(row), one, bands, nativeUnpacker, into: destination.offset(row: line, column: 0, sampleBytes: 0))
        }
    }

    /// Predictor 3: a row of bytes in planes becomes a row of native samples beside it.
    private func undoFloat(
        _ rows: UnsafeMutableRawPointer, _ region: Window, _ bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        let header = image.header
        let samples = header.samplesPerBlockPixel
        let sampleBytes = header.bits / 8
        let count = header.blockWidth * samples
        try row.reserve(count * sampleBytes, image.context)
        guard let native = unsafe row.base else { return }
        let one = Window(x: region.x, y: 0, width: region.width, height: 1)
        for line in 0..<region.height {
            // In bounds: a row holds `count` samples of `sampleBytes` bytes, and so does the scratch row.
            unsafe TIFFPredictors.undoFloat(
                rows + line * image.grid.rowBytes, sampleBytes: sampleBytes, stride: samples, count: count, into: native)
            unsafe emit(
                UnsafeRawPointer(native), one, bands, nativeUnpacker,
                into: destination.offset(row: line, column: 0, sampleBytes: 0))
        }
    }

    /// Writes the rows of `region` to the destination; `rows` points at the first of them (of its unit, when chroma is subsampled).
    private func emit(
        _ rows: UnsafeRawPointer, _ region: Window, _ bands: [Int], _ unpacker: SampleUnpacker, into destination: Destination
    ) {
        if let converter = image.converter, !image.header.isPlanar {
            return unsafe emitRGB(rows, region, bands, converter, into: destination)
        }
        let samples = image.header.samplesPerBlockPixel
        let rowBytes = image.grid.rowBytes
        if let unit = unpacker.swapUnit, samples == 1, bands.count == 1, region.x == 0,
            region.width * image.header.pixelType.byteCount == rowBytes, unsafe destination.rowStride == rowBytes
        {
            // Whole rows follow each other here and there.
            return unsafe ByteOrder.copy(rows, into: destination.base, byteCount: region.height * rowBytes, swapUnit: unit)
        }
        let isEveryBand = isEveryBand(bands)
        for line in 0..<region.height {
            unsafe unpacker.unpack(
                rows + line * rowBytes, rowBytes: rowBytes, samples: samples, x: region.x, count: region.width, bands: bands,
                isEveryBand: isEveryBand, into: destination, line: line)
        }
    }

    /// True when `bands` are the samples of a block's pixels in their order.
    private func isEveryBand(_ bands: [Int]) -> Bool {
        let samples = image.header.samplesPerBlockPixel
        return bands.count == samples && !zip(bands, 0..<samples).contains { $0 != $1 }
    }

    private func emitRGB(
        _ units: UnsafeRawPointer, _ region: Window, _ bands: [Int], _ converter: YCbCrConverter, into destination: Destination
    ) {
        let (horizontal, vertical) = image.header.subsampling
        var colors = [UInt8](repeating: 0, count: 3 * region.width)
        let firstUnit = region.y / vertical
        for line in 0..<region.height {
            let y = region.y + line
            let unitRow = unsafe units + (y / vertical - firstUnit) * image.grid.rowBytes
            unsafe colors.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                unsafe converter.convert(
                    unitRow, line: y % vertical, columns: region.x..<region.right, horizontal: horizontal, vertical: vertical,
                    red: base, green: base + region.width, blue: base + 2 * region.width)
                for (index, band) in bands.enumerated() {
                    unsafe destination.row(line, band: index).copyMemory(
                        from: base + band * region.width, byteCount: region.width)
                }
            }
        }
    }
}

/// Memory that grows as needed and keeps nothing when it does.
@safe
struct GrowingScratch {
    private var memory: Scratch?

    /// The memory; nil before the first ``reserve(_:_:)``.
    var base: UnsafeMutableRawPointer? { unsafe memory?.base }

    /// Makes room for `count` bytes. Throws kind limit when there is no memory.
    mutating func reserve(_ count: Int, _ context: String) throws(ImageryError) {
        guard count > memory?.byteCount ?? 0 else { return }
        memory = nil
        memory = try Scratch(byteCount: max(64, count))
    }
}
