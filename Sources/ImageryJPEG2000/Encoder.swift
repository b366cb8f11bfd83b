// The stages of writing in order: rows of tiles of the source, tile-parts, the end (T.800 Annex A).

public import ImageryBase

/// Writes JPEG 2000 codestreams and JP2 files: integers of up to 33 bits, without loss or at a given rate.
public enum JPEG2000Encoder {
    /// What a codestream is written like.
    public struct Options: Hashable, Sendable {
        /// Bits of a sample; one that does not fit is an error. By default those of the image.
        public var precision: Int?
        /// Columns and rows of a tile; 1024 or the size of the image by default.
        public var tileWidth: Int?
        public var tileHeight: Int?
        /// Decomposition levels; no more than the tiles' size allows.
        public var levels = 5
        /// The order of packets.
        public var order: JPEG2000Choices.Order = .lrcp
        /// Code-blocks of 2^x columns and 2^y rows: 2 to 10 each, 12 together.
        public var blockWidthExponent = 6
        public var blockHeightExponent = 6
        /// Precincts of 2^n columns and rows at every resolution, 1 to 15; 15 by default.
        public var precinctExponent: Int?
        /// Bits of a pixel, all bands together, behind each quality layer, rising. None: one layer without loss.
        public var rates: [Double] = []
        /// With rates: the 5/3 wavelet, and one layer more that has all there is.
        public var isReversible = false
        /// Whether the first three bands are transformed together; by default when there are three.
        public var transformsComponents: Bool?
        /// HT code-blocks (T.814), without loss only.
        public var isHighThroughput = false
        /// TLM in the main header, PLT in the tile-parts.
        public var writesTilePartLengths = false
        public var writesPacketLengths = false
        /// Texts for COM segments, in ISO 8859-15.
        public var comments: [[UInt8]] = []
        /// Rsiz: the profile that the codestream claims to keep to.
        public var capabilities: UInt16 = 0
        /// Threads; the bytes do not depend on them.
        public var threads = availableThreads

        /// The defaults.
        public init() {}
    }

    /// Appends the image of this layout, whose pixels come from `reader` in rows of tiles, as one codestream. `offset` bytes were appended to the
    /// sink before.
    ///
    /// Throws kind unsupported for samples and sizes that JPEG 2000 does not have; kind misuse for options that it cannot express and samples
    /// that do not fit; and what the reader and the sink throw.
    public static func encode(
        _ layout: ImageLayout, from reader: any ImageReader, options: Options = Options(), into sink: any ByteSink,
        at offset: Int = 0
    ) throws {
        let plan = try EncodingPlan(layout, options)
        let threads = max(1, options.threads)
        if plan.writesTilePartLengths, !sink.canPatch {
            // The lengths stand before the tile-parts.
            try withPatching(sink) { try write(plan, reader, threads: threads, into: $0, at: 0) }
        } else {
            try write(plan, reader, threads: threads, into: sink, at: offset)
        }
    }

    private static func write(
        _ plan: EncodingPlan, _ reader: any ImageReader, threads: Int, into sink: any ByteSink, at start: Int
    ) throws {
        var lengths = plan.writesTilePartLengths ? TilePartLengths(tiles: plan.size.tileCount) : nil
        let header = plan.header(lengths)
        try sink.append(header)
        let pool = EncoderPool(plan, threads: threads)
        let bands = plan.size.components.count
        for row in 0..<plan.size.tilesHigh {
            let top = row * plan.size.tileHeight
            let rows = min(plan.size.tileHeight, plan.size.area.height - top)
            let stripe = try Raster(plan.pixelType, shape: Shape(bands: bands, rows: rows, columns: plan.size.area.width))
            let region = Window(x: 0, y: top, width: plan.size.area.width, height: rows)
            try unsafe reader.read(ReadRequest(region: region, bands: Array(0..<bands)), into: stripe.destination)
            for (column, part) in try pool.encode(row: row, stripe).enumerated() {
                lengths?.set(part.count, tile: row * plan.size.tilesWide + column)
                try sink.append(part)
            }
        }
        try sink.append([0xff, 0xd9])
        if let lengths { try unsafe sink.patch(plan.header(lengths).span.bytes, at: start) }
    }
}

/// Threads that encode rows of tiles: tiles side by side when there are enough of them, else the blocks of one after the other.
final class EncoderPool {
    private let plan: EncodingPlan
    private let threads: Int
    private let encoders: [TileEncoder]

    private final class Part {
        var bytes: [UInt8] = []
    }

    init(_ plan: EncodingPlan, threads: Int) {
        self.plan = plan
        self.threads = threads
        let sideBySide = plan.size.tilesWide >= 2 * threads
        encoders = (0..<(sideBySide ? threads : 1)).map { _ in TileEncoder(plan, threads: sideBySide ? 1 : threads) }
    }

    /// The tile-parts of a row of tiles, whose samples are all of `stripe`.
    func encode(row: Int, _ stripe: Raster) throws(ImageryError) -> [[UInt8]] {
        let count = plan.size.tilesWide
        let parts = (0..<count).map { _ in Part() }
        // Safe to share: an encoder belongs to one thread, a part to one index, and the samples are only read.
        nonisolated(unsafe) let shared = (encoders: encoders, parts: parts)
        let plan = plan
        try parallelFor(count, threads: encoders.count) { (worker, column) throws(ImageryError) in
            let samples = unsafe stripe.destination.offset(
                row: 0, column: column * plan.size.tileWidth, sampleBytes: plan.pixelType.byteCount)
            // In bounds: a tile ends with the image at the latest, and the stripe has its rows.
            unsafe shared.parts[column].bytes = try shared.encoders[worker].encode(row * plan.size.tilesWide + column, samples)
        }
        withExtendedLifetime(stripe) {}
        return parts.map(\.bytes)
    }
}
