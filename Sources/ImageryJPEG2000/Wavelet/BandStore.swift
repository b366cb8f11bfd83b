// Decoded coefficients of a sub-band, a few rows of code-blocks at a time.

import ImageryBase
import ImageryPlumbing

/// Rows of code-blocks of a sub-band, as wide as a region needs them: the ones that the wavelet works on.
///
/// Rows of code-blocks are made in rising order and take turns in a ring of slots. Making them is for one thread at a time; others may
/// read and write rows that are there meanwhile.
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
    private let slotCount: Int
    /// Which row of blocks each slot has; the complement of its number when all of it is zero. Not in an array, which would change as
    /// a whole.
    private let slots: UnsafeMutablePointer<Int>
    /// Samples from a row to the next.
    let stride: Int
    private let memory: Scratch
    private let coefficients: UnsafeMutableRawPointer
    private let sampleBytes: Int
    private let left: Int
    private let blockHeight: Int

    /// `area`, not empty, is what is needed of the band. The wavelet asks for its rows in `ends.count` stripes, up to row `ends[k] - 1`
    /// in stripe k, and `depth` stripes are there at a time.
    init(
        _ band: Subband, resolution: Int, place: Int, _ area: Area, ends: [Int], depth: Int, sampleBytes: Int
    ) throws(ImageryError) {
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
        var count = 1
        for (stripe, end) in ends.enumerated() where end > area.y0 {
            let first = stripe >= depth ? max(area.y0, ends[stripe - depth]) : area.y0
            count = max(count, ((end - 1) >> band.blockHeightExponent) - (first >> band.blockHeightExponent) + 1)
        }
        slotCount = count
        let headBytes = (count * MemoryLayout<Int>.stride + 63) & ~63
        guard let bytes = checkedProduct(stride, blockHeight, sampleBytes, count), let size = checkedSum(headBytes, bytes) else {
            throw ImageryError(limit: .memory, "JPEG 2000 tile", "a row of code-blocks exceeds any memory")
        }
        memory = try Scratch(byteCount: size)
        unsafe slots = memory.base.assumingMemoryBound(to: Int.self)
        unsafe slots.initialize(repeating: .min, count: count)
        unsafe coefficients = memory.base + headBytes
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
        let slot = blockRow % slotCount
        unsafe slots[slot] = isZero ? ~blockRow : blockRow
        if isSparse && !isZero {
            let size = stride * blockHeight * sampleBytes
            unsafe (coefficients + slot * size).initializeMemory(as: UInt8.self, repeating: 0, count: size)
        }
    }

    /// True when the row of coefficients is zero, or was never made.
    func isZero(row: Int) -> Bool {
        let blockRow = row >> band.blockHeightExponent
        return unsafe slots[blockRow % slotCount] != blockRow
    }

    /// The coefficient at (`column`, `row`) of the band, which are inside the blocks of a row that is there.
    func pointer(row: Int, column: Int) -> UnsafeMutableRawPointer {
        // In bounds: a slot has the rows of its row of blocks, and columns start at `left`.
        let blockRow = row >> band.blockHeightExponent
        let top = max(band.area.y0, blockRow << band.blockHeightExponent)
        let line = (blockRow % slotCount) * blockHeight + row - top
        return unsafe coefficients + (line * stride + column - left) * sampleBytes
    }
}
