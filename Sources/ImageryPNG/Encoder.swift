// The stages of writing in order: rows of the source, filters, deflate, chunks (PNG 3rd edition, clauses 4.6 and 12).

public import ImageryBase
import ImageryDeflate
import ImageryKernels
import ImageryPlumbing

/// Writes PNG files: 1 to 4 bands of UInt8 or UInt16, palette images, and gray of 1, 2 or 4 bits.
public enum PNGEncoder {
    /// How the filter of a row is chosen (12.7).
    public enum Filter: Hashable, Sendable {
        /// None for palettes and less than 8 bits, adaptive for all others.
        case automatic
        /// The one whose output has the smallest sum of absolute values.
        case adaptive
        /// The same for every row.
        case none, sub, up, average, paeth
    }

    /// What a file is written like.
    public struct Options: Hashable, Sendable {
        /// Effort of the compression, 0 (stored) to 9.
        public var level = 6
        /// The filter of the rows.
        public var filter: Filter = .automatic
        /// Bits of a stored sample: 1, 2, 4 or 8 for one band of UInt8, else the size of the type. Samples are not scaled; one
        /// that does not fit is an error. By default what `metadata` or the layout says.
        public var bitDepth: Int?
        /// Threads that filter and compress; those of the machine by default. The bytes do not depend on it.
        public var threads: Int?
        /// Entries of schema png to write: PLTE (which makes a palette image of one band), tRNS, color, text, time, physical size,
        /// EXIF. IHDR, IDAT, IEND and the chunks of animations are never copied.
        public var metadata: Metadata?

        /// The defaults.
        public init() {}
    }

    /// Writes the image of this layout, whose pixels come from `reader` in stripes of rows, as one PNG datastream.
    ///
    /// Throws kind unsupported for pixel types and band counts that PNG does not have; kind misuse for options and metadata that
    /// the image cannot have; and what the reader and the sink throw.
    public static func encode(
        _ layout: ImageLayout, from reader: any ImageReader, options: Options = Options(), into sink: some ByteSink
    ) throws {
        let header = try ImageHeader(writing: layout, options)
        let chunks = try MetadataWriter(header, options).chunks()
        try sink.append(pngSignature + Chunk.serialised(.ihdr, header.serialised))
        for chunk in chunks { try sink.append(chunk) }
        let palette = header.colorType == .palette ? options.metadata?["PLTE"]?.bytes.count : nil
        let writer = try RowWriter(header, options, paletteEntries: palette.map { $0 / 3 })
        let rowsAtOnce = writer.stripeRows
        var first = 0
        func makeStripe(_ rows: Int) throws(ImageryError) -> Raster {
            try Raster(layout.pixelType, shape: Shape(bands: layout.shape.bands, rows: rows, columns: header.width))
        }
        var stripe = try makeStripe(min(rowsAtOnce, header.height))
        while first < header.height {
            let count = min(rowsAtOnce, header.height - first)
            if count < stripe.height { stripe = try makeStripe(count) }
            let region = Window(x: 0, y: first, width: header.width, height: count)
            let request = ReadRequest(region: region, bands: Array(0..<layout.shape.bands))
            try unsafe reader.read(request, into: stripe.destination)
            try writer.write(stripe, firstRow: first, into: sink)
            first += count
        }
        try sink.append(Chunk.serialised(.iend, []))
    }
}

extension ImageHeader {
    /// The header of a file that holds an image of this layout.
    fileprivate init(writing layout: ImageLayout, _ options: PNGEncoder.Options) throws(ImageryError) {
        let shape = layout.shape
        guard layout.pixelType == .uint8 || layout.pixelType == .uint16 else {
            throw ImageryError(
                unsupported: .pixelType, "PNG",
                "samples of type \(layout.pixelType.rawValue) do not exist in PNG: only uint8 and uint16 do")
        }
        guard (1...4).contains(shape.bands) else {
            throw ImageryError(unsupported: .bands, "PNG", "\(shape.bands) bands do not fit: a PNG has 1 to 4")
        }
        guard shape.columns > 0, shape.columns <= Chunk.maximumLength, shape.rows > 0, shape.rows <= Chunk.maximumLength else {
            throw ImageryError(
                unsupported: .size, "PNG", "\(shape.columns) × \(shape.rows) pixels do not fit: a PNG has 1 to 2^31 - 1 each way")
        }
        let hasPalette = shape.bands == 1 && layout.pixelType == .uint8 && options.metadata?["PLTE"] != nil
        let colors: [ColorType] = [hasPalette ? .palette : .gray, .grayAlpha, .rgb, .rgba]
        let color = colors[shape.bands - 1]
        let whole = layout.pixelType == .uint16 ? 16 : 8
        let known = options.metadata?["IHDR"]?["BitDepth"]?.int
        let stored =
            shape.bands == 1 && options.metadata?["IHDR"]?["ColorType"]?.int != nil
            ? known ?? layout.bitsPerPixel : layout.bitsPerPixel
        let packs = shape.bands == 1 && whole == 8
        let depth = options.bitDepth ?? (packs && [1, 2, 4].contains(stored) ? stored : whole)
        guard depth == whole || packs && [1, 2, 4].contains(depth) else {
            throw ImageryError(
                .misuse, "PNG", "\(depth) bits are not possible for \(shape.bands) bands of \(layout.pixelType.rawValue)")
        }
        self.init(width: shape.columns, height: shape.rows, bitDepth: depth, colorType: color)
    }
}
