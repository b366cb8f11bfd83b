public import ImageryBase

extension Raster {
    /// Reads pixels of the file at `path` (S1): of the asset named, else of the image that `Dataset.image(_:)` chooses; see
    /// `ImageAsset.read(window:bands:resolutionLevel:fill:)` for the rest.
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
