// Where strips and tiles lie (TIFF 6.0 sections 3 and 15; planes: PlanarConfiguration).

import ImageryBase
import ImageryPlumbing
import ImageryTags
import Synchronization

/// The sizes of an image's blocks in bytes and the order of blocks in the file.
struct BlockGrid: Sendable {
    /// Rows and columns of the grid of one plane.
    let rows: Int
    let columns: Int
    /// Number of grids, one after the other.
    let planes: Int
    /// Bytes of one row of a block; of one row of units for subsampled YCbCr.
    let rowBytes: Int
    /// Image rows that ``rowBytes`` bytes hold: 1, or the vertical subsampling.
    let rowsPerUnit: Int
    private let height: Int
    private let blockHeight: Int
    private let isTiled: Bool

    /// Nil when a size does not fit into an Int.
    init?(_ header: ImageHeader) {
        height = header.height
        blockHeight = header.blockHeight
        isTiled = header.isTiled
        rows = ceilDivide(header.height, header.blockHeight)
        columns = ceilDivide(header.width, header.blockWidth)
        planes = header.planes
        let unit = header.isRawYCbCr && !header.isPlanar ? header.subsampling : (1, 1)
        rowsPerUnit = unit.1
        let samples = unit == (1, 1) ? header.samplesPerBlockPixel : unit.0 * unit.1 + 2
        let units = ceilDivide(header.blockWidth, unit.0)
        guard let bits = checkedProduct(units, samples, header.bits), bits <= .max - 7 else { return nil }
        rowBytes = (bits + 7) / 8
        // The last index and the size of a block must be numbers too.
        guard checkedProduct(rows, columns, planes) != nil, checkedProduct(rowBytes, header.blockHeight) != nil else { return nil }
    }

    /// The place of a block in the arrays of offsets and byte counts.
    func index(row: Int, column: Int, plane: Int) -> Int {
        (plane * rows + row) * columns + column
    }

    /// Number of blocks of all planes.
    var count: Int { rows * columns * planes }

    /// Rows that block row `row` stores: the last strip is shorter, tiles are padded.
    func storedRows(_ row: Int) -> Int {
        isTiled ? blockHeight : min(blockHeight, height - row * blockHeight)
    }

    /// Bytes that hold the first `count` rows of a block.
    func bytes(ofRows count: Int) -> Int { ceilDivide(count, rowsPerUnit) * rowBytes }
}

/// Offsets and byte counts of an image's blocks: short arrays are loaded at once, long ones when the first block is asked for.
final class BlockTable: Sendable {
    private struct Arrays {
        var offsets: TagArray
        var counts: TagArray?
    }

    private let file: TagFile
    private let offsets: TagEntry
    private let counts: TagEntry?
    private let endsItself: Bool
    private let loaded: Mutex<Arrays?>

    /// Bytes up to which an array belongs to the headers that opening reads.
    private static let shortArray = 1 << 16

    /// Number of blocks that the file lists.
    var count: Int { offsets.count }
    /// False when there are no byte counts: where a block ends is a guess.
    var listsByteCounts: Bool { counts != nil }

    /// Blocks of fax codes end by themselves: with `endsItself` one of no bytes, at a place, is there.
    init(offsets: TagEntry, counts: TagEntry?, endsItself: Bool, in file: TagFile) throws(ImageryError) {
        self.endsItself = endsItself
        self.offsets = offsets
        self.counts = counts
        self.file = file
        let isShort = max(offsets.byteCount, counts?.byteCount ?? 0) <= Self.shortArray
        loaded = Mutex(isShort ? try Self.load(offsets, counts, file) : nil)
    }

    private static func load(_ offsets: TagEntry, _ counts: TagEntry?, _ file: TagFile) throws(ImageryError) -> Arrays {
        var arrays = Arrays(offsets: try TagArray(offsets, in: file), counts: nil)
        if let counts { arrays.counts = try TagArray(counts, in: file) }
        return arrays
    }

    private func arrays() throws(ImageryError) -> Arrays {
        if let found = loaded.withLock({ $0 }) { return found }
        let made = try Self.load(offsets, counts, file)
        loaded.withLock { $0 = made }
        return made
    }

    /// Where block `index` lies, ended by the end of the file; nil for an absent (sparse) one: not listed, or of no bytes (S53).
    ///
    /// `expected` is the size of the uncompressed block; nil when the bytes are compressed. Where there is no byte count, or one that
    /// cannot be, a block ends there, or at the next one: see ``isGuess(_:expected:)``. Throws kind malformed when the block begins outside the
    /// file.
    func range(of index: Int, expected: Int?, context: String) throws(ImageryError) -> Range<Int>? {
        let arrays = try arrays()
        guard index < arrays.offsets.count else { return nil }
        let fileSize = file.source.byteCount
        guard let offset = arrays.offsets[index], offset < fileSize else {
            if arrays.counts?[index] == 0 { return nil }
            throw ImageryError(
                .malformed, context, "block \(index) begins outside the file, which has \(fileSize) bytes",
                at: arrays.offsets[index])
        }
        guard let stored = length(index, at: offset, expected, arrays) else { return nil }
        return offset..<min(fileSize, checkedSum(offset, stored) ?? fileSize)
    }

    /// True when the byte count of a block that is there is missing or cannot be right, so that where it ends is a guess.
    func isGuess(_ index: Int, expected: Int?) throws(ImageryError) -> Bool {
        let arrays = try arrays()
        guard let offset = arrays.offsets[index], let stored = length(index, at: offset, expected, arrays) else { return false }
        guard let counts = arrays.counts, index < counts.count else { return true }
        return stored != counts[index] ?? .max
    }

    /// The bytes of a block that begins at `offset`; nil for an absent one.
    private func length(_ index: Int, at offset: Int, _ expected: Int?, _ arrays: Arrays) -> Int? {
        let next = arrays.offsets[index + 1].flatMap { $0 > offset ? $0 : nil }
        // One count may stand for all blocks; a list that ends before lists absent ones.
        if let counts = arrays.counts, index >= counts.count, counts.count > 1 { return nil }
        // A count that fits no Int ends at the end of the file, like any that is too large.
        let count = arrays.counts.map { $0.count > index ? $0[index] ?? .max : 0 } ?? 0
        if count > 0 {
            guard let expected, count < expected else { return count }
            // Bytes of samples that are not compressed cannot be fewer, unless those of the next block follow at once.
            return next.map { $0 - offset < expected } ?? (arrays.offsets.count > 1 && file.source.byteCount - offset < expected)
                ? count : expected
        }
        // An absent block has neither a count nor a place. One with a place has bytes that were not counted; if they are compressed,
        // writers that set counts to 0 mean that it is absent.
        if offset == 0 || arrays.counts != nil && expected == nil && !endsItself { return nil }
        return expected ?? (next ?? .max) - offset
    }
}
