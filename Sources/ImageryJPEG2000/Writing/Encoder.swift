// The stages of writing in order: rows of tiles of the source, tile-parts, the end (T.800 Annex A).

public import ImageryBase
import ImageryPlumbing

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
        /// The set of choices that was taken over.
        public var profile: JPEG2000Choices.Profile?
        /// Threads; the bytes do not depend on them.
        public var threads = availableThreads
        /// Stops the encoding; nil when nobody will.
        public var cancellation: Cancellation?

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
        let rows = try JPEG2000TileRows(layout, options)
        if rows.listsTileParts, !sink.canPatch {
            // The lengths stand before the tile-parts.
            try withPatching(sink) { try write(rows, layout, reader, into: $0, at: 0) }
        } else {
            try write(rows, layout, reader, into: sink, at: offset)
        }
    }

    private static func write(
        _ rows: JPEG2000TileRows, _ layout: ImageLayout, _ reader: any ImageReader, into sink: any ByteSink, at start: Int
    ) throws {
        try sink.append(rows.header)
        let bands = layout.shape.bands
        for row in 0..<rows.count {
            let region = rows.region(row)
            let stripe = try Raster(layout.pixelType, shape: Shape(bands: bands, rows: region.height, columns: region.width))
            try unsafe reader.read(ReadRequest(region: region, bands: Array(0..<bands)), into: stripe.destination)
            for part in try rows.encode(stripe, row: row) { try sink.append(part) }
        }
        try sink.append(JPEG2000TileRows.end)
        if rows.listsTileParts { try unsafe sink.patch(rows.header.span.bytes, at: start) }
    }
}
