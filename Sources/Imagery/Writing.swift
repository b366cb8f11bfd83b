public import ImageryBase
import ImageryPNG

extension Raster {
    /// Writes the raster to a file in the format of its extension. The file appears when it is finished; a failure leaves nothing behind
    /// and an existing file as it was (S14).
    ///
    /// Throws kind misuse for an extension that stands for no format, unsupported for what the format cannot hold, io.
    public func write(to path: String, options: WriteOptions = WriteOptions()) throws {
        guard let format = Format(extensionOf: path) else {
            throw ImageryError(.misuse, path, "the extension names no format")
        }
        let sink = try FileSink(path)
        try encode(as: format, into: sink, options: options)
        try sink.commit()
    }

    /// The bytes of a file of `format` with this raster. Errors as ``write(to:options:)``.
    public func encoded(as format: Format, options: WriteOptions = WriteOptions()) throws -> [UInt8] {
        let sink = MemorySink()
        try encode(as: format, into: sink, options: options)
        return sink.bytes
    }

    /// Appends a file of `format` with this raster to a sink of the caller's. Errors as ``write(to:options:)``, and what the sink throws.
    public func encode(as format: Format, into sink: some ByteSink, options: WriteOptions = WriteOptions()) throws {
        let layout = ImageLayout(shape: shape, pixelType: pixelType, blockWidth: width, blockHeight: height)
        try Imagery.encode(layout, from: RasterReader(self), as: format, into: sink, options: options)
    }
}

extension ImageAsset {
    /// Appends a file of `format` with part of this image to a sink, reading stripe by stripe: memory is that of a few rows.
    ///
    /// The part is chosen as in ``read(window:bands:resolutionLevel:fill:)``. `progress` is told after each stripe how many rows of how many are
    /// written. Returns what reading found. Errors as reading and as ``Raster/write(to:options:)``.
    @discardableResult
    public func encode(
        as format: Format, into sink: some ByteSink, window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: WriteOptions = WriteOptions(), progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws -> [Diagnostic] {
        let request = try request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        let context = ReadContext(asset.dataset.options, fill: fill, isSession: true)
        try source.checkCost(request, context.limits)
        var part = layout
        part.shape = Shape(bands: request.bands.count, rows: request.region.height, columns: request.region.width)
        let reader = RegionReader(source.makeReader(context), request, progress: progress)
        try Imagery.encode(part, from: reader, as: format, into: sink, options: options)
        return context.findings.all
    }
}

/// Part of an image as an image of its own.
private final class RegionReader: ImageReader {
    private let reader: any ImageReader
    private let part: ReadRequest
    private let progress: ((Int, Int) -> Void)?

    init(_ reader: any ImageReader, _ part: ReadRequest, progress: ((Int, Int) -> Void)?) {
        self.reader = reader
        self.part = part
        self.progress = progress
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region.offset(x: part.region.x, y: part.region.y)
        try unsafe reader.read(
            ReadRequest(region: region, level: part.level, bands: request.bands.map { part.bands[$0] }), into: destination)
        progress?(request.region.bottom, part.region.height)
    }
}

/// Writes the image that `reader` gives as a file of `format`.
private func encode(
    _ layout: ImageLayout, from reader: any ImageReader, as format: Format, into sink: some ByteSink, options: WriteOptions
) throws {
    switch format {
    case .png:
        var png = PNGEncoder.Options()
        png.metadata = options.metadata
        if let level = options.compressionLevel { png.level = level }
        try PNGEncoder.encode(layout, from: reader, options: png, into: sink)
    case .tiff, .nitf, .nitf20, .nsif, .jpeg, .jpeg2000, .dted:
        throw ImageryError(.unsupported, format.rawValue, "files of this format cannot be written yet")
    }
}
