// The stages of writing in order: rows of tiles of the source, tile-parts, the end (T.800 Annex A).

public import ImageryBase
import ImageryPlumbing

/// Writes JPEG 2000 codestreams and JP2 files: integers of up to 33 bits, without loss, by a quality or at a given rate.
public enum JPEG2000Encoder {
    /// What a codestream is written like.
    public typealias Options = JPEG2000EncodingOptions

    /// Appends the image of this layout, whose pixels come from `reader` in rows of tiles, as one codestream. `offset` bytes were appended to the
    /// sink before. For a rate of HT blocks the pixels of several rows of tiles wait in a temporary
    /// file.
    ///
    /// Throws kind unsupported for samples and sizes that JPEG 2000 does not have; kind misuse for options that it cannot express and samples
    /// that do not fit; and what the reader and the sink throw.
    public static func encode(
        _ layout: ImageLayout, from reader: any ImageReader, options: Options = Options(), into sink: any ByteSink,
        at offset: Int = 0
    ) throws {
        let rows = try JPEG2000TileRows(layout, options)
        let bands = Array(0..<layout.shape.bands)
        func read(_ region: Window) throws -> Raster {
            let stripe = try Raster(layout.pixelType, shape: Shape(bands: bands.count, rows: region.height, columns: region.width))
            try unsafe reader.read(ReadRequest(region: region, bands: bands), into: stripe.destination)
            return stripe
        }
        try rows.meetRate(read)
        if rows.listsTileParts, !sink.canPatch {
            // The lengths stand before the tile-parts.
            try withPatching(sink) { try write(rows, read, into: $0, at: 0) }
        } else {
            try write(rows, read, into: sink, at: offset)
        }
    }

    private static func write(
        _ rows: JPEG2000TileRows, _ read: (Window) throws -> Raster, into sink: any ByteSink, at start: Int
    ) throws {
        try sink.append(rows.header)
        for row in 0..<rows.count {
            for part in try rows.encode(rows.pixels(row, read), row: row) { try sink.append(part) }
        }
        try sink.append(JPEG2000TileRows.end)
        if rows.listsTileParts { try unsafe sink.patch(rows.header.span.bytes, at: start) }
    }
}
