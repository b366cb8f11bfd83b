// Decoded coefficients of a sub-band, a few rows of code-blocks at a time.

import ImageryBase

/// Rows of code-blocks of a sub-band, as wide as a region needs them: the ones that the wavelet works on.
///
/// Rows of code-blocks are made in rising order and take turns in a ring of slots. Making them is for one thread; reading rows that are
/// there is for any.
@safe
final class BandStore {
    let band: Subband
    let resolution: Int
    /// The band's place among those of its resolution.
    let place: Int
    let blockColumns: Range<Int>
    /// The last row of blocks that is needed.
    private let lastBlockRow: Int
    /// The next row of blocks to be made.
    private var nextBlockRow: Int
    /// Which row of blocks each slot has, and whether all of it is zero.
    private var slots: [(blockRow: Int, isZero: Bool)]
    /// Samples from a row to the next.
    let stride: Int
    private let memory: Scratch
    private let sampleBytes: Int
    private let left: Int
    private let blockHeight: Int

    /// `area`, not empty, is what is needed of the band; `rows` of it are needed at one time at most.
    init(_ band: Subband, resolution: Int, place: Int, _ area: Area, rows: Int, sampleBytes: Int) throws(ImageryError) {
        self.band = band
        self.resolution = resolution
        self.place = place
        self.sampleBytes = sampleBytes
        blockColumns = area.x0 >> band.blockWidthExponent..<((area.x1 - 1) >> band.blockWidthExponent) + 1
        nextBlockRow = area.y0 >> band.blockHeightExponent
        lastBlockRow = (area.y1 - 1) >> band.blockHeightExponent
        left = max(band.area.x0, blockColumns.lowerBound << band.blockWidthExponent)
        let right = min(band.area.x1, blockColumns.upperBound << band.blockWidthExponent)
        // A cache line more, so that rows do not share sets when their length is a power of two.
        stride = ((right - left + 15) & ~15) + 16
        blockHeight = min(band.area.height, 1 << band.blockHeightExponent)
        let full = 1 << band.blockHeightExponent
        let count = min((rows + full - 2) / full + 1, lastBlockRow - nextBlockRow + 1)
        slots = [(blockRow: Int, isZero: Bool)](repeating: (-1, true), count: count)
        guard let size = checkedProduct(stride, blockHeight, sampleBytes, count) else {
            throw ImageryError(.limit, "JPEG 2000 tile", "a row of code-blocks exceeds any memory")
        }
        memory = try Scratch(byteCount: size)
    }

    /// The rows of blocks that have to be made before row `end - 1` of the band can be read; they count as made.
    func takeRows(before end: Int) -> Range<Int> {
        let first = nextBlockRow
        guard end > band.area.y0 else { return first..<first }
        let last = min(lastBlockRow, (end - 1) >> band.blockHeightExponent)
        guard last >= first else { return first..<first }
        nextBlockRow = last + 1
        return first..<last + 1
    }

    /// Gives a slot to a row of blocks. When it `isSparse`, its coefficients are set to zero.
    func begin(_ blockRow: Int, isZero: Bool, isSparse: Bool) {
        let slot = blockRow % slots.count
        slots[slot] = (blockRow, isZero)
        if isSparse && !isZero {
            let size = stride * blockHeight * sampleBytes
            unsafe (memory.base + slot * size).initializeMemory(as: UInt8.self, repeating: 0, count: size)
        }
    }

    /// True when the row of coefficients is zero, or was never made.
    func isZero(row: Int) -> Bool {
        let blockRow = row >> band.blockHeightExponent
        let slot = slots[blockRow % slots.count]
        return slot.blockRow != blockRow || slot.isZero
    }

    /// The coefficient at (`column`, `row`) of the band, which are inside the blocks of a row that is there.
    func pointer(row: Int, column: Int) -> UnsafeMutableRawPointer {
        // In bounds: a slot has the rows of its row of blocks, and columns start at `left`.
        let blockRow = row >> band.blockHeightExponent
        let top = max(band.area.y0, blockRow << band.blockHeightExponent)
        let line = (blockRow % slots.count) * blockHeight + row - top
        return unsafe memory.base + (line * stride + column - left) * sampleBytes
    }
}
