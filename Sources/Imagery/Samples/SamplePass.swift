import ImageryBase
import ImageryPlumbing

/// Reads an image once, block row by block row, and hands every row of its samples to accumulators.
///
/// Rows are grouped by place, not by thread, and the groups' results are joined in order: results do not depend on the number of threads.
struct SamplePass {
    let source: any ImageSource
    let region: Window
    let level: Int
    var bands: [Int]
    let validity: Validity
    let context: ReadContext

    /// Bytes of samples that are read at a time, where blocks are not larger.
    private static let stripeBytes = 4 << 20
    /// Bytes of a block row up to which it is read at once.
    private static let blockRowBytes = 64 << 20
    /// Rows of a group.
    private static let groupRows = 64

    /// A row of one band of a stripe; lent to accumulators while the stripe is there.
    @unsafe
    struct Row {
        /// Its samples.
        var samples: UnsafeRawPointer
        /// For each sample 0 where there is none; nil where all are there.
        var places: UnsafePointer<UInt8>?
        var count: Int
    }

    /// Calls `visit` for groups of rows of a band, on several threads at a time with a worker of its own, and `join` in order of the groups of each band
    /// with what it returned.
    func run<Part: Sendable>(
        workers: Int, progress: ((_ rows: Int, _ of: Int) -> Void)?,
        visit: @Sendable (_ worker: Int, _ band: Int, _ rows: [Row]) -> Part, join: (_ band: Int, _ part: Part) -> Void
    ) throws(ImageryError) {
        let reader = source.makeReader(context)
        let places = validity.makeReader(context)
        let rowBytes = max(1, region.width * source.layout.pixelType.byteCount * bands.count)
        var row = region.y
        while row < region.bottom {
            let count = stripeHeight(at: row, rowBytes: rowBytes)
            let stripe = Window(x: region.x, y: row, width: region.width, height: count)
            let raster = try Raster(
                source.layout.pixelType, shape: Shape(bands: bands.count, rows: count, columns: region.width))
            try unsafe reader.read(ReadRequest(region: stripe, level: level, bands: bands), into: raster.destination)
            let flags = try places?.read(stripe, level: level)
            let groups = ceilDivide(count, Self.groupRows)
            let target = unsafe raster.destination
            let flagRows = unsafe flags?.destination
            var parts = [Part?](repeating: nil, count: groups * bands.count)
            let width = region.width
            try unsafe parts.withUnsafeMutableBufferPointer { (results) throws(ImageryError) in
                // Safe to share: every index writes its own part, and the raster is only read.
                nonisolated(unsafe) let results = unsafe results
                let groupRows = Self.groupRows
                try parallelFor(groups * bands.count, threads: workers) { (worker, index) throws(ImageryError) in
                    let (band, group) = (index / groups, index % groups)
                    let rows = unsafe (group * groupRows..<min(count, (group + 1) * groupRows)).map { line in
                        // In bounds: the stripe has `count` rows.
                        unsafe Row(
                            samples: UnsafeRawPointer(target.row(line, band: band)),
                            places: flagRows.map {
                                unsafe UnsafePointer($0.row(line, band: 0).assumingMemoryBound(to: UInt8.self))
                            },
                            count: width)
                    }
                    unsafe results[index] = unsafe visit(worker, band, rows)
                }
            }
            withExtendedLifetime((raster, flags)) {}
            for (index, part) in parts.enumerated() { if let part { join(index / groups, part) } }
            row += count
            progress?(row - region.y, region.height)
        }
    }

    /// Rows of the stripe that begins at `row`: up to the end of a block row where that is affordable.
    private func stripeHeight(at row: Int, rowBytes: Int) -> Int {
        let rest = region.bottom - row
        let layout = source.layout
        let wanted = max(1, Self.stripeBytes / rowBytes)
        guard level == 0 else { return min(rest, wanted) }
        let toBlockEnd = layout.blockHeight - (row + layout.blockOffsetY) % layout.blockHeight
        if toBlockEnd > wanted { return min(rest, toBlockEnd <= Self.blockRowBytes / rowBytes ? toBlockEnd : wanted) }
        return min(rest, toBlockEnd + (wanted - toBlockEnd) / layout.blockHeight * layout.blockHeight)
    }
}
