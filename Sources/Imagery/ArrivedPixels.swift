import ImageryBase
import ImageryPlumbing
import Synchronization

/// The pixels that an ``ImageWriter`` has got so far, in a temporary file: block behind block of a grid, row by row of it, each block clipped to the image with its bands one behind
/// the other. Rows are blocks of one row.
final class ArrivedPixels: Sendable {
    private struct Progress {
        /// Blocks that are there, or on their way: of rows, how many; of others, which by number.
        var rows = 0
        var blocks: Set<Int> = []
        /// Calls that are writing now.
        var underWay = 0
        /// What the temporary file refused: what follows would have a gap.
        var failure: ImageryError?
        var isOver = false
    }

    /// The image in blocks as they arrive.
    let layout: ImageLayout
    private let isInRows: Bool
    private let spool: PlacedSpool
    private let progress = Mutex(Progress())
    /// How many bytes of rows are put together before they are written.
    private static let portion = 1 << 18

    /// Nothing yet of an image that arrives in blocks of `layout`, or in rows. Throws kind io when `folder` cannot be written.
    init(_ layout: ImageLayout, isInRows: Bool, in folder: String?) throws(ImageryError) {
        self.layout = layout
        self.isInRows = isInRows
        spool = try PlacedSpool(in: folder)
    }

    // MARK: Arriving

    /// Takes the next rows.
    func append(_ rows: Raster) throws(ImageryError) {
        guard isInRows else { throw Self.misuse("the image arrives in blocks, by write(block:row:column:)") }
        try check(rows, Shape(bands: layout.shape.bands, rows: rows.height, columns: layout.shape.columns))
        let first = try begin { progress throws(ImageryError) in
            guard rows.height <= layout.shape.rows - progress.rows else {
                throw Self.misuse("\(rows.height) rows follow \(progress.rows) of \(layout.shape.rows)")
            }
            progress.rows += rows.height
            return progress.rows - rows.height
        }
        try end { () throws(ImageryError) in
            // The bands of a row lie side by side in the file, and each in its own plane in the raster.
            let rowByteCount = rows.rowByteCount * rows.bands
            let step = max(1, Self.portion / rowByteCount)
            var written = 0
            while written < rows.height {
                let count = min(step, rows.height - written)
                var portion = [UInt8](repeating: 0, count: count * rowByteCount)
                unsafe portion.withUnsafeMutableBytes { bytes in
                    // In bounds: `count` rows of all bands, and `count` is above 0.
                    let target = unsafe Destination(
                        base: bytes.baseAddress!, bandStride: rows.rowByteCount, rowStride: rowByteCount)
                    unsafe rows.copy(Window(x: 0, y: written, width: rows.width, height: count), to: target)
                }
                try unsafe spool.put(portion.span.bytes, at: (first + written) * rowByteCount)
                written += count
            }
        }
    }

    /// Takes a block.
    func put(_ block: Raster, row: Int, column: Int) throws(ImageryError) {
        guard !isInRows else { throw Self.misuse("the image arrives in rows, by append(rows:)") }
        guard (0..<layout.gridRows).contains(row), (0..<layout.gridColumns).contains(column) else {
            throw Self.misuse(
                "there is no block (\(row), \(column)) in a grid of \(layout.gridRows) × \(layout.gridColumns) blocks")
        }
        let bounds = layout.blockBounds(row: row, column: column)
        try check(block, Shape(bands: layout.shape.bands, rows: bounds.height, columns: bounds.width))
        try begin { progress throws(ImageryError) in
            guard progress.blocks.insert(row * layout.gridColumns + column).inserted else {
                throw Self.misuse("block (\(row), \(column)) is there already")
            }
        }
        try end { () throws(ImageryError) in
            let place = offset(of: bounds)
            let failure = block.withBytes { bytes -> ImageryError? in
                do throws(ImageryError) { try spool.put(bytes, at: place) } catch { return error }
                return nil
            }
            if let failure { throw failure }
        }
    }

    private func begin<Result: Sendable>(
        _ claim: (inout Progress) throws(ImageryError) -> Result
    ) throws(ImageryError) -> Result {
        try progress.withLock { progress throws(ImageryError) in
            if let failure = progress.failure { throw failure }
            guard !progress.isOver else { throw Self.misuse("the file is written already") }
            let result = try claim(&progress)
            progress.underWay += 1
            return result
        }
    }

    private func end(_ write: () throws(ImageryError) -> Void) throws(ImageryError) {
        do throws(ImageryError) {
            try write()
            progress.withLock { $0.underWay -= 1 }
        } catch {
            progress.withLock {
                $0.underWay -= 1
                $0.failure = error
            }
            throw error
        }
    }

    private func check(_ raster: Raster, _ shape: Shape) throws(ImageryError) {
        guard raster.shape == shape, raster.pixelType == layout.pixelType else {
            throw Self.misuse(
                "what arrived has the shape \(raster.shape) of \(raster.pixelType.rawValue), not \(shape) of \(layout.pixelType.rawValue)"
            )
        }
    }

    private static func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, "image writer", message) }

    // MARK: Written

    /// Ends the arriving. Throws kind misuse while something is missing, and when it was ended before.
    func close() throws(ImageryError) {
        try progress.withLock { progress throws(ImageryError) in
            if let failure = progress.failure { throw failure }
            guard !progress.isOver else { throw Self.misuse("the file is written already") }
            guard progress.underWay == 0 else { throw Self.misuse("\(progress.underWay) calls have not returned yet") }
            if isInRows {
                guard progress.rows == layout.shape.rows else {
                    throw Self.misuse("\(progress.rows) of \(layout.shape.rows) rows have arrived")
                }
            } else {
                let count = layout.gridRows * layout.gridColumns
                guard progress.blocks.count == count else {
                    let missing = (0..<count).first { !progress.blocks.contains($0) } ?? 0
                    throw Self.misuse(
                        "\(progress.blocks.count) of \(count) blocks have arrived; block (\(missing / layout.gridColumns), \(missing % layout.gridColumns)) is missing"
                    )
                }
            }
            progress.isOver = true
        }
    }

    /// Where the block with these pixels begins in the file: blocks of a row of the grid have the same height.
    private func offset(of block: Window) -> Int {
        (block.y * layout.shape.columns + block.x * block.height) * layout.shape.bands * layout.pixelType.byteCount
    }

    /// A session on what has arrived.
    func makeReader() -> any ImageReader { Reader(self) }

    private final class Reader: ImageReader {
        private let pixels: ArrivedPixels

        init(_ pixels: ArrivedPixels) { self.pixels = pixels }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let layout = pixels.layout
            let sample = layout.pixelType.byteCount
            let (rows, columns) = layout.blocks(under: request.region)
            for row in rows {
                for column in columns {
                    let block = layout.blockBounds(row: row, column: column)
                    let part = block.intersection(request.region)
                    let start = pixels.offset(of: block)
                    let target = unsafe destination.offset(
                        row: part.y - request.region.y, column: part.x - request.region.x, sampleBytes: sample)
                    for (index, band) in request.bands.enumerated() {
                        for y in 0..<part.height {
                            // Inside the block: the part is.
                            let place = ((band * block.height + part.y - block.y + y) * block.width + part.x - block.x) * sample
                            try unsafe pixels.spool.read(part.width * sample, at: start + place, into: target.row(y, band: index))
                        }
                    }
                }
            }
        }
    }
}
