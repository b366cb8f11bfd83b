public import ImageryBase

extension Raster {
    /// Writes the raster to a file in the format of its extension (S6). The file appears when it is finished; a failure leaves nothing
    /// behind and an existing file as it was (S14).
    ///
    /// Throws kind misuse for an extension that stands for no format and for options that the format cannot express, unsupported for what the format
    /// cannot hold, io.
    @discardableResult
    public func write(to path: String, format: Format? = nil, options: WriteOptions = WriteOptions()) throws -> WriteResult {
        try Dataset.write(to: path, format: format, options: options.withoutMetadata) { writer in
            try writer.add(image: self, metadata: options.metadata)
        }
    }

    /// The bytes of a file of `format` with this raster. Errors as `write(to:format:options:)`.
    public func encoded(as format: Format, options: WriteOptions = WriteOptions()) throws -> [UInt8] {
        let sink = MemorySink()
        try encode(as: format, into: sink, options: options)
        return sink.bytes
    }

    /// Appends a file of `format` with this raster to a sink of the caller's. Errors as `write(to:format:options:)`, and what the sink throws.
    @discardableResult
    public func encode(
        as format: Format, into sink: any ByteSink, options: WriteOptions = WriteOptions()
    ) throws -> WriteResult {
        try Dataset.write(into: sink, format: format, options: options.withoutMetadata) { writer in
            try writer.add(image: self, metadata: options.metadata)
        }
    }
}

extension ImageAsset {
    /// Appends a file of `format` with part of this image to a sink, reading block row by block row.
    ///
    /// The part is chosen as in `read(window:bands:resolutionLevel:fill:)`. Metadata are the image's own unless the options have some.
    /// `progress` is told how many rows of how many are read. Returns what reading found, and what the file does not say. Errors as reading and as
    /// `Raster.write(to:format:options:)`.
    @discardableResult
    public func encode(
        as format: Format, into sink: any ByteSink, window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: WriteOptions = WriteOptions(), progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws -> WriteResult {
        let request = try request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        return try Dataset.write(into: sink, format: format, options: options.withoutMetadata) { writer in
            try writer.add(
                self, request, fill: fill, as: .image(0), title: nil, description: nil, roles: nil, metadata: options.metadata,
                options: WriteOptions(), progress: progress)
        }
    }
}

extension WriteOptions {
    /// For the file, whose only image has the metadata.
    var withoutMetadata: WriteOptions {
        var options = self
        options.metadata = nil
        return options
    }
}

extension PixelSource {
    /// Part of an image, whose layout is `whole`, as an image of its own.
    init(
        _ source: any ImageSource, _ whole: ImageLayout, _ part: ReadRequest, _ context: ReadContext, georeference: Georeference?,
        progress: ((Int, Int) -> Void)?
    ) {
        var layout = whole
        layout.shape = Shape(bands: part.bands.count, rows: part.region.height, columns: part.region.width)
        layout.originX = 0
        layout.originY = 0
        layout.padValue = context.fill ?? whole.padValue
        // The grid keeps its meaning only where it begins at the same pixel.
        let isAligned = part.level == 0 && (part.region.x, part.region.y) == (0, 0)
        if !isAligned {
            layout.blockOffsetX = 0
            layout.blockOffsetY = 0
        }
        let place = ImagePart(part.region, level: part.level, of: whole)
        self.init(
            layout: layout, colorModel: source.colorModel.selecting(part.bands), georeference: georeference?.moved(to: place),
            part: place.isWhole ? nil : place
        ) { row, column in
            !isAligned || source.hasBlock(row: row, column: column)
        } makeReader: {
            let reader = source.makeReader(context)
            // Asked behind the reader, which took its layout before. Blocks count as well as the shape: memory is made for them. A pad value of
            // NaN is no change.
            var (now, before) = (source.layout, whole)
            (now.padValue, before.padValue) = (nil, nil)
            return RegionReader(reader, part, isFaithful: now == before, progress: progress)
        }
        if part.bands != Array(0..<whole.shape.bands) { sourceBands = part.bands }
    }
}

/// Part of an image as an image of its own.
private final class RegionReader: ImageReader {
    private let reader: any ImageReader
    private let part: ReadRequest
    /// False when the layout of the image is no longer the one that memory is made for (S98).
    private let isFaithful: Bool
    private let progress: ((Int, Int) -> Void)?

    init(_ reader: any ImageReader, _ part: ReadRequest, isFaithful: Bool, progress: ((Int, Int) -> Void)?) {
        self.reader = reader
        self.part = part
        self.isFaithful = isFaithful
        self.progress = progress
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        guard isFaithful else {
            throw ImageryError(.misuse, "image source", "its layout has changed since it was added to the file")
        }
        let region = request.region.offset(x: part.region.x, y: part.region.y)
        try unsafe reader.read(
            ReadRequest(region: region, level: part.level, bands: request.bands.map { part.bands[$0] }), into: destination)
        progress?(request.region.bottom, part.region.height)
    }
}
