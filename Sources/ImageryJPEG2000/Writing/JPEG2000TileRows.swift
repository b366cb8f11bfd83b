// A codestream row of tiles by row of tiles, for those who write it (T.800 A.3).

public import ImageryBase
import ImageryPlumbing

/// Makes the parts of one codestream: the header, the tile-parts of each row of tiles, the end. For one thread; threads of its own encode tiles
/// side by side when there are enough of them, else the code-blocks of one after the other.
public final class JPEG2000TileRows {
    /// EOC.
    public static let end: [UInt8] = [0xff, 0xd9]

    private var plan: EncodingPlan
    private let encoders: [TileEncoder]
    private var lengths: TilePartTable?
    /// The pixels, once they had to be read for a rate.
    private var kept: SpooledStripes?

    private final class Slot<Value> {
        var value: Value?
    }

    /// Throws kind unsupported for samples and sizes that JPEG 2000 does not have, kind misuse for options that it cannot express.
    public init(_ layout: ImageLayout, _ options: JPEG2000EncodingOptions) throws(ImageryError) {
        plan = try EncodingPlan(layout, options)
        let threads = usableThreads(options.threads)
        let sideBySide = plan.size.tilesWide >= 2 * threads
        let plan = plan
        encoders = (0..<(sideBySide ? threads : 1)).map { _ in TileEncoder(plan, threads: sideBySide ? 1 : threads) }
        lengths = plan.writesTilePartLengths ? TilePartTable(tiles: plan.size.tileCount) : nil
    }

    /// The bytes before the first tile-part. With ``listsTileParts`` they have to be taken again when all rows are encoded; there are as many.
    public var header: [UInt8] { plan.header(lengths) }
    /// True when the header tells the lengths of tile-parts.
    public var listsTileParts: Bool { lengths != nil }
    /// Rows of tiles.
    public var count: Int { plan.size.tilesHigh }
    /// Tiles of a row.
    public var columns: Int { plan.size.tilesWide }
    /// Quality layers.
    public var layers: Int { plan.layerBytes.count }
    /// Decomposition levels.
    public var levels: Int { plan.style.levels }

    /// The pixels of a row of tiles.
    public func region(_ row: Int) -> Window {
        let top = row * plan.size.tileHeight
        return Window(
            x: 0, y: top, width: plan.size.area.width, height: min(plan.size.tileHeight, plan.size.area.height - top))
    }

    /// The tile-parts of a row of tiles, whose pixels are all of `stripe`, in all bands.
    ///
    /// Throws kind misuse for a sample that does not fit, kind unsupported for a tile of more than 4 GiB.
    public func encode(_ stripe: borrowing Raster, row: Int) throws(ImageryError) -> [[UInt8]] {
        let parts = try unsafe forTiles(Array(0..<columns), of: row, stripe) { (encoder, tile, samples) throws(ImageryError) in
            try unsafe encoder.encode(tile, samples)
        }
        for (column, part) in parts.enumerated() { lengths?.set(part.count, tile: row * columns + column) }
        return parts
    }

    /// What `body` makes of some tiles of a row, whose first samples it is given.
    private func forTiles<Result>(
        _ chosen: [Int], of row: Int, _ stripe: borrowing Raster,
        _ body: @escaping @Sendable (TileEncoder, _ tile: Int, Destination) throws(ImageryError) -> Result
    ) throws(ImageryError) -> [Result] {
        let slots = chosen.map { _ in Slot<Result>() }
        // Safe to share: an encoder belongs to one thread, a slot to one index, and the samples are only read.
        nonisolated(unsafe) let shared = unsafe (encoders: encoders, slots: slots, samples: stripe.destination)
        let plan = plan
        try parallelFor(chosen.count, threads: encoders.count, cancellation: plan.cancellation) {
            (worker, index) throws(ImageryError) in
            let column = chosen[index]
            // In bounds: a tile ends with the image at the latest, and the stripe has its rows.
            let samples = unsafe shared.samples.offset(
                row: 0, column: column * plan.size.tileWidth, sampleBytes: plan.pixelType.byteCount)
            unsafe shared.slots[index].value = try body(
                shared.encoders[worker], row * plan.size.tilesWide + column, samples)
        }
        return slots.compactMap(\.value)
    }

    // MARK: A rate of HT blocks

    /// Finds the quantisation for a rate of HT blocks, before all else; does nothing for others. `read` gives the pixels of a region in all bands, and is
    /// asked once for each row, from the top down: later they are had from ``pixels(_:_:)``.
    ///
    /// Throws what ``encode(_:row:)`` throws, and kind io when several rows cannot be kept in a temporary file.
    package func meetRate(_ read: (Window) throws -> Raster) throws {
        guard plan.soughtBytes != nil else { return }
        kept = try SpooledStripes(count, region, read)
        // Tiles in the middle of the image stand for all in the first place.
        let middle = count / 2
        let area = checkedProduct(plan.size.tileWidth, plan.size.tileHeight) ?? .max
        let number = min(columns, max(Self.sampledTiles, Self.sampledPixels / area))
        let chosen = (0..<number).map { (2 * $0 + 1) * columns / (2 * number) }
        let region = region(middle)
        let pixels = chosen.reduce(0.0) { sum, column in
            let left = column * plan.size.tileWidth
            return sum + Double(min(plan.size.tileWidth, region.width - left)) * Double(region.height)
        }
        var search = StepSearch(plan)
        try search.run(pixels: pixels) { plan in
            use(plan)
            let estimates = try unsafe forTiles(chosen, of: middle, self.pixels(middle, read)) {
                (encoder, tile, samples) throws(ImageryError) in
                try unsafe encoder.estimate(tile, samples)
            }
            return estimates.reduce(0, +)
        } measure: { plan in
            use(plan)
            var bytes = header.count + Self.end.count
            for row in 0..<count { bytes += try encode(self.pixels(row, read), row: row).reduce(0) { $0 + $1.count } }
            return Double(bytes)
        }
        use(search.plan)
    }

    /// The pixels of a row of tiles, which are read if they are not kept.
    package func pixels(_ row: Int, _ read: (Window) throws -> Raster) throws -> Raster {
        try kept?.pixels(row, region(row)) ?? read(region(row))
    }

    private static let sampledTiles = 4
    private static let sampledPixels = 1 << 20

    private func use(_ plan: EncodingPlan) {
        self.plan = plan
        for encoder in encoders { encoder.plan = plan }
    }
}
