public import ImageryBase

extension Raster {
    /// Reads pixels of the file at `path` (S1): of the asset named, else of the image that ``Dataset/image(_:)`` chooses; see
    /// ``ImageAsset/read(window:bands:resolutionLevel:fill:)`` for the rest.
    public init(
        contentsOf path: String, window: Window? = nil, asset: AssetKey? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        self = try Dataset(path, options: options).image(asset).read(
            window: window, bands: bands, resolutionLevel: resolutionLevel, fill: fill)
    }

    /// The same for a file of `format` in memory (S11).
    public init(
        bytes: some RandomAccessCollection<UInt8>, format: Format, window: Window? = nil, asset: AssetKey? = nil,
        bands: [Int]? = nil,
        resolutionLevel: Int = 0, fill: SampleValue? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        self = try Dataset(bytes: bytes, format: format, options: options).image(asset).read(
            window: window, bands: bands, resolutionLevel: resolutionLevel, fill: fill)
    }
}

/// How to write (S6). Nil means the format's own choice; what is set and cannot be expressed in the format is an error.
public struct WriteOptions: Sendable {
    /// Effort of the compression, 0 to 9.
    public var compressionLevel: Int?
    /// Metadata to write; only entries of the format's own schema are used.
    public var metadata: Metadata?

    /// The format's choices.
    public init() {}
}

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

    /// Appends a file of `format` with this raster to a sink of the caller's.
    public func encode(as format: Format, into sink: some ByteSink, options: WriteOptions = WriteOptions()) throws {
        throw ImageryError(.unsupported, format.rawValue, "files of this format cannot be written yet")
    }
}
