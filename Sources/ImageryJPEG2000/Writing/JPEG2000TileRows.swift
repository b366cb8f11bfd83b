// A codestream row of tiles by row of tiles, for those who write it (T.800 A.3).

public import ImageryBase
import ImageryPlumbing

/// Makes the parts of one codestream: the header, the tile-parts of each row of tiles, the end. For one thread; threads of its own encode tiles
/// side by side when there are enough of them, else the code-blocks of one after the other.
public final class JPEG2000TileRows {
    /// EOC.
    public static let end: [UInt8] = [0xff, 0xd9]

    private let plan: EncodingPlan
    private let encoders: [TileEncoder]
    private var lengths: TilePartTable?

    private final class Part {
        var bytes: [UInt8] = []
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
        let parts = (0..<columns).map { _ in Part() }
        // Safe to share: an encoder belongs to one thread, a part to one index, and the samples are only read.
        nonisolated(unsafe) let shared = unsafe (encoders: encoders, parts: parts, samples: stripe.destination)
        let plan = plan
        try parallelFor(columns, threads: encoders.count, cancellation: plan.cancellation) {
            (worker, column) throws(ImageryError) in
            // In bounds: a tile ends with the image at the latest, and the stripe has its rows.
            let samples = unsafe shared.samples.offset(
                row: 0, column: column * plan.size.tileWidth, sampleBytes: plan.pixelType.byteCount)
            unsafe shared.parts[column].bytes = try shared.encoders[worker].encode(row * plan.size.tilesWide + column, samples)
        }
        for (column, part) in parts.enumerated() { lengths?.set(part.bytes.count, tile: row * columns + column) }
        return parts.map(\.bytes)
    }
}
