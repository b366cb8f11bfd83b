// Where samples lie in the data of an uncompressed image (MIL-STD-2500C 5.4.2.2 and 5.4.3.1: IMODE B, P, R, S).

import ImageryBase
import ImageryPlumbing

/// The order of samples in the blocks of one image, in bits from the start of a block. Rows are not padded, blocks (of
/// one band, where bands follow each other) are padded to bytes.
struct BlockLayout: Sendable {
    let bits: Int
    /// Bands that share a block.
    let bandsInBlock: Int
    /// Bits from a row of a band to its next.
    let rowBits: Int
    /// Bits from a sample of a band to its next in the row.
    let pixelBits: Int
    /// Bits from the first sample of a band to that of the next.
    let bandBits: Int
    let blockBytes: Int
    let blocksPerBand: Int
    /// Bands that have blocks of their own.
    let planes: Int
    /// Samples from a sample of a band to its next.
    let step: Int

    /// Nil when a block, or all of them, exceed what can be counted.
    init?(_ header: ImageSubheader) {
        let bands = header.bands
        bits = header.bits
        let isSequential = header.interleave == .sequential
        planes = isSequential ? bands : 1
        bandsInBlock = isSequential ? 1 : bands
        guard let row = checkedProduct(header.blockWidth, bits), let plane = checkedProduct(row, header.blockHeight),
            checkedProduct(plane, bands) != nil, let count = checkedProduct(header.blockColumns, header.blockRows)
        else { return nil }
        let planeBytes = ceilDivide(plane, 8)
        switch header.interleave {
        case .block, .sequential:
            step = 1
            rowBits = row
            guard let padded = checkedProduct(planeBytes, 8) else { return nil }
            bandBits = padded
            guard let bytes = checkedProduct(planeBytes, bandsInBlock), checkedProduct(bytes, 8) != nil else { return nil }
            blockBytes = bytes
        case .pixel:
            step = bands
            rowBits = row * bands
            bandBits = bits
            blockBytes = ceilDivide(plane * bands, 8)
        case .row:
            step = 1
            rowBits = row * bands
            bandBits = row
            blockBytes = ceilDivide(plane * bands, 8)
        }
        pixelBits = bits * step
        blocksPerBand = count
        // So that the offset of a block can be added to that of the data.
        guard let total = checkedProduct(count, planes, blockBytes), total <= 1 << 62 else { return nil }
    }

    /// Bytes of all blocks; the initialiser has shown that they can be counted.
    var totalBytes: Int { blocksPerBand * planes * blockBytes }

    /// The first bit of a sample of a block; `band` counts within the block.
    func bit(x: Int, y: Int, band: Int) -> Int { band * bandBits + y * rowBits + x * pixelBits }

    /// The bytes of a block from the first to the last sample of `region` in bands `lowest` to `highest`.
    func bytes(of region: Window, lowest: Int, highest: Int) -> Range<Int> {
        let first = bit(x: region.x, y: region.y, band: lowest)
        let last = bit(x: region.right - 1, y: region.bottom - 1, band: highest) + bits
        return first / 8..<ceilDivide(last, 8)
    }
}
