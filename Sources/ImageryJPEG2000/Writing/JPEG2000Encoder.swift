// The stages of writing in order: rows of tiles of the source, tile-parts, the end (T.800 Annex A).

public import ImageryBase
import ImageryPlumbing

/// Writes JPEG 2000 codestreams and JP2 files: integers of up to 33 bits, without loss or at a given rate.
public enum JPEG2000Encoder {
    /// What a codestream is written like.
    public typealias Options = JPEG2000EncodingOptions

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
