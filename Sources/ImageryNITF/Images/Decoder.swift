// A block's way to samples, uncompressed (MIL-STD-2500C 5.4.2.2, 5.4.3.1): big-endian numbers or packed bits in the order of IMODE.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Copies parts of blocks of one image on one thread.
final class NITFBlockDecoder: BlockDecoder {
    private let image: NITFImage
    private let context: ReadContext
    private let sampleBytes: Int
    /// Bytes that are reversed together; 0 when samples are packed bits.
    private let swapUnit: Int

    init(_ image: NITFImage, _ context: ReadContext) {
        self.image = image
        self.context = context
        let type = image.header.pixelType
        sampleBytes = type.byteCount
        let isWhole = image.header.bits == 8 * sampleBytes
        #if _endian(big)
            swapUnit = isWhole ? 1 : 0
        #else
            swapUnit = isWhole ? type.componentByteCount : 0
        #endif
    }

    func decode(
        row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        let blocks = try image.readableBlocks()
        for strip in image.strips(region, blocks) {
            let target = unsafe destination.offset(row: strip.y - region.y, column: 0, sampleBytes: sampleBytes)
            for piece in image.pieces(bands) {
                try unsafe decode(piece, row: row, column: column, strip, blocks, into: target)
            }
        }
    }

    private func decode(
        _ piece: NITFImage.Piece, row: Int, column: Int, _ region: Window, _ blocks: BlockLayout, into destination: Destination
    ) throws(ImageryError) {
        var present = region
        var range: Range<Int>?
        do throws(ImageryError) {
            range = try place(piece, row: row, column: column, region)
        } catch {
            guard context.salvage, error.kind == .malformed else { throw error }
            context.findings.add(Diagnostic(error))
            present.height = try presentRows(piece, row: row, column: column, region)
            if present.height > 0 { range = try place(piece, row: row, column: column, present) }
        }
        guard let range else { return unsafe fillAbsent(piece, region, into: destination) }
        let target = unsafe destination
        try image.source.lend(range, of: image.context) { (span) throws(ImageryError) in
            unsafe span.withUnsafeBytes { bytes in unsafe emit(bytes, piece, present, blocks, into: target) }
        }
        guard present.height < region.height else { return }
        let rest = Window(x: region.x, y: present.bottom, width: region.width, height: region.height - present.height)
        unsafe fillAbsent(piece, rest, into: destination.offset(row: present.height, column: 0, sampleBytes: sampleBytes))
    }

    private func place(
        _ piece: NITFImage.Piece, row: Int, column: Int, _ region: Window
    ) throws(ImageryError) -> Range<Int>? {
        try image.range(
            row: row, column: column, plane: piece.plane, region: region, lowest: piece.lowest, highest: piece.highest)
    }

    /// How many rows of a region, which is not in the data as a whole, are there: the data end behind them. In every IMODE rows below lie
    /// behind those above.
    private func presentRows(_ piece: NITFImage.Piece, row: Int, column: Int, _ region: Window) throws(ImageryError) -> Int {
        var (present, missing) = (0, region.height)
        while missing - present > 1 {
            let height = present + (missing - present) / 2
            let part = Window(x: region.x, y: region.y, width: region.width, height: height)
            do throws(ImageryError) {
                _ = try place(piece, row: row, column: column, part)
                present = height
            } catch {
                guard error.kind == .malformed else { throw error }
                missing = height
            }
        }
        return present
    }

    private func fillAbsent(_ piece: NITFImage.Piece, _ region: Window, into destination: Destination) {
        let pad = (context.fill ?? image.layout.padValue)?.bytes(for: image.header.pixelType)
        for (index, _) in piece.wanted {
            let target = unsafe Destination(
                base: destination.row(0, band: index), bandStride: destination.bandStride, rowStride: destination.rowStride)
            unsafe fill(target, pattern: pad, bands: 1, rows: region.height, rowBytes: region.width * sampleBytes)
        }
    }

    /// Writes `region` of a block from `bytes`, which reach from its first wanted sample to its last.
    private func emit(
        _ bytes: UnsafeRawBufferPointer, _ piece: NITFImage.Piece, _ region: Window, _ blocks: BlockLayout,
        into destination: Destination
    ) {
        guard let stored = bytes.baseAddress else { return }
        // In bounds: the lent bytes are those of `BlockLayout.bytes(of:lowest:highest:)`, so every sample of the region
        // lies in them, and offsets are counted from the first of them.
        let origin = blocks.bytes(of: region, lowest: piece.lowest, highest: piece.highest).lowerBound * 8
        let isJoined = isJoined(region, blocks, rowStride: unsafe destination.rowStride)
        let rows = isJoined ? 1 : region.height
        let count = isJoined ? region.width * region.height : region.width
        let isEveryBand =
            blocks.step > 1 && piece.wanted.count == blocks.step && piece.wanted.allSatisfy { $0.offset == $0.element }
        for line in 0..<rows {
            if swapUnit > 0, isEveryBand {
                let first = blocks.bit(x: region.x, y: region.y + line, band: 0) - origin
                unsafe SampleInterleaving.deinterleave(
                    stored + first / 8, samples: blocks.step, sampleBytes: sampleBytes, swapUnit: swapUnit, count: count,
                    into: destination.row(line, band: 0), bandStride: destination.bandStride)
                continue
            }
            for (index, band) in piece.wanted {
                let first = blocks.bit(x: region.x, y: region.y + line, band: band) - origin
                let target = unsafe destination.row(line, band: index)
                if swapUnit > 0 {
                    unsafe SampleInterleaving.extract(
                        stored + first / 8, step: blocks.step, sampleBytes: sampleBytes, swapUnit: swapUnit, count: count,
                        into: target)
                } else {
                    unsafe BitUnpack.unpack(
                        stored, sourceBytes: bytes.count, bitOffset: first, bits: blocks.bits,
                        signed: image.header.pixelType.isSigned, step: blocks.step, count: count, into: target,
                        sampleBytes: sampleBytes)
                }
            }
        }
    }

    /// True when the rows of the region follow each other without a gap here and there.
    private func isJoined(_ region: Window, _ blocks: BlockLayout, rowStride: Int) -> Bool {
        region.width * blocks.pixelBits == blocks.rowBits && rowStride == region.width * sampleBytes
    }
}
