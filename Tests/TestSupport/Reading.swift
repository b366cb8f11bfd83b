public import ImageryBase
import ImageryPlumbing

extension ImageSource {
    /// Reads `region` (the whole image when nil) of `level` in `bands` (all when nil) through a fresh session.
    public func read(
        _ region: Window? = nil, level: Int = 0, bands: [Int]? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) -> Raster {
        try read(region, level: level, bands: bands, through: makeReader(ReadContext(options)))
    }

    /// Reads through an open session.
    public func read(
        _ region: Window? = nil, level: Int = 0, bands: [Int]? = nil, through reader: any ImageReader
    ) throws(ImageryError) -> Raster {
        let chosen = bands ?? Array(0..<layout.shape.bands)
        try layout.check(bands: chosen, "test")
        let place = region ?? layout.reduced(layout.bounds, level: level)
        let raster = try Raster(layout.pixelType, shape: Shape(bands: chosen.count, rows: place.height, columns: place.width))
        try unsafe reader.read(ReadRequest(region: place, level: level, bands: chosen), into: raster.destination)
        return raster
    }
}

extension AssetEntry {
    /// The image of an image asset; nil for others, for `#require`.
    public var imageSource: (any ImageSource)? {
        if case .image(let source) = content { source } else { nil }
    }
}
