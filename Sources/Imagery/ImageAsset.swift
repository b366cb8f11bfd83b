public import ImageryBase
import ImageryPlumbing

/// An image of a dataset (S50): read it whole, by window, by block, by tiles, at any level it has, in any bands.
public struct ImageAsset: Sendable {
    let asset: Asset
    let source: any ImageSource
    /// True when the source is the file's own; false for images that were derived from it.
    var isStored = false

    /// The source without what gathers its reads: for the questions that only some formats answer.
    var stored: any ImageSource { (source as? AnnouncedImage)?.base ?? source }

    /// The asset's name in its dataset.
    public var key: AssetKey { asset.key }
    /// A short title, empty when the format has none.
    public var title: String { asset.title }
    /// A longer description, empty when the format has none.
    public var description: String { asset.description }
    /// What the image is for.
    public var roles: Set<AssetRole> { asset.roles }
    /// The media type of the stored bytes.
    public var mediaType: String { asset.mediaType }
    /// Its metadata.
    public var metadata: Metadata { asset.metadata }
    /// The ground it covers, where the file says.
    public var georeference: Georeference? { asset.georeference }
    /// Geometry and sample type.
    public var layout: ImageLayout { source.layout }
    /// Bands, rows and columns at full resolution.
    public var shape: Shape { layout.shape }
    /// Columns at full resolution.
    public var width: Int { layout.shape.columns }
    /// Rows at full resolution.
    public var height: Int { layout.shape.rows }
    /// Number of bands.
    public var bands: Int { layout.shape.bands }
    /// The type of the samples that a read returns.
    public var pixelType: PixelType { layout.pixelType }
    /// Columns and rows of one block.
    public var blockSize: (width: Int, height: Int) { (layout.blockWidth, layout.blockHeight) }
    /// Rows and columns of the block grid.
    public var grid: (rows: Int, columns: Int) { (layout.gridRows, layout.gridColumns) }
    /// What the samples of an absent block are; 0 when nil.
    public var padValue: SampleValue? { layout.padValue }
    /// What the samples mean (S65), in the order of the bands.
    public var colorModel: ColorModel { source.colorModel }
    /// This image in other colors, read like any other; see `ImageSource.converted(to:)`.
    public func converted(to target: ColorTarget) throws(ImageryError) -> ImageAsset {
        ImageAsset(asset: asset, source: try source.converted(to: target))
    }
    /// Number of resolution levels, 1 when there is only the full resolution (S40).
    public var resolutionLevels: Int { source.resolutionLevels }
    /// The number of levels that the main header states. Tiles of JPEG 2000 may have fewer, which is exceptional and found only by reading the header of each:
    /// ``resolutionLevels`` does, at the price of a request for each tile where the file is far away.
    public var statedResolutionLevels: Int { source.statedResolutionLevels }
    /// Component `index` at its own size, where components are smaller than the image (JPEG, JPEG 2000), without colors applied; elsewhere
    /// the band of that number (S55). An image of one band. Throws kind misuse when it does not exist.
    public func component(_ index: Int) throws(ImageryError) -> ImageAsset {
        try layout.check(bands: [index], key.description)
        return ImageAsset(asset: asset, source: source.component(index))
    }
    /// What the headers say, as one value.
    public var info: ImageInfo { ImageInfo(self) }

    /// The coded data as stored; see ``Asset/rawBytes()``.
    public func rawBytes() throws(ImageryError) -> [UInt8] { try asset.rawBytes() }

    /// Reads pixels: bands x rows x columns (S1, S2).
    ///
    /// - Parameters:
    ///   - window: pixels of the full resolution, clamped to the image; all when nil.
    ///   - bands: zero-based, order and repeats kept; all when nil.
    ///   - resolutionLevel: 0 for full resolution; level L holds the same ground at 1/2^L.
    ///   - fill: the value of absent blocks instead of the image's pad value.
    /// - Throws: kind misuse for a window outside the image, a band or a level that does not exist; malformed, unsupported, io for the
    ///   data; limit (S91).
    public func read(
        window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0, fill: SampleValue? = nil
    ) throws(ImageryError) -> Raster {
        try ReadSession(self, fill: fill, isSession: false).read(window: window, bands: bands, resolutionLevel: resolutionLevel)
    }

    /// The same into memory of the caller's: sample (i-th band, row, column) goes to byte `i * bandStride + row * rowStride + column *
    /// sample size` of `bytes`; strides that are not given are those of a dense planar array.
    ///
    /// Returns the shape that was read. Throws kind misuse also when the strides overlap or the samples do not fit.
    @discardableResult
    public func read(
        window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0, fill: SampleValue? = nil,
        into bytes: inout MutableRawSpan,
        bandStride: Int? = nil, rowStride: Int? = nil
    ) throws(ImageryError) -> Shape {
        try ReadSession(self, fill: fill, isSession: false).read(
            window: window, bands: bands, resolutionLevel: resolutionLevel, into: &bytes, bandStride: bandStride,
            rowStride: rowStride)
    }

    /// Block (`row`, `column`) of the grid at a resolution level, clipped to the image (S52). Throws kind misuse outside the grid.
    public func block(
        row: Int, column: Int, resolutionLevel: Int = 0, bands: [Int]? = nil
    ) throws(ImageryError) -> Raster {
        let window = try blockWindow(row: row, column: column)
        return try read(window: window, bands: bands, resolutionLevel: resolutionLevel)
    }

    /// The same into memory of the caller's; see ``read(window:bands:resolutionLevel:fill:into:bandStride:rowStride:)``.
    @discardableResult
    public func readBlock(
        row: Int, column: Int, resolutionLevel: Int = 0, bands: [Int]? = nil, into bytes: inout MutableRawSpan,
        bandStride: Int? = nil,
        rowStride: Int? = nil
    ) throws(ImageryError) -> Shape {
        let window = try blockWindow(row: row, column: column)
        return try read(
            window: window, bands: bands, resolutionLevel: resolutionLevel, into: &bytes, bandStride: bandStride,
            rowStride: rowStride)
    }

    /// False for a masked or sparse block, whose samples are the pad value (S53). Throws kind misuse outside the grid.
    public func hasBlock(row: Int, column: Int) throws(ImageryError) -> Bool {
        _ = try blockWindow(row: row, column: column)
        return source.hasBlock(row: row, column: column)
    }

    /// The ranges of the file that a read would touch beyond the headers (S81).
    public func byteRanges(window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0) throws(ImageryError) -> [Range<
        Int
    >] {
        try source.byteRanges(request(window: window, bands: bands, resolutionLevel: resolutionLevel))
    }

    /// Throws kind limit when a read would cost more than the dataset's limits allow (S91); for callers that read it piece by piece.
    public func checkCost(window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0) throws(ImageryError) {
        let request = try request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        try source.checkCost(request, asset.dataset.options.limits)
    }

    /// A session for many reads of this image, row by row: decoder state is kept from read to read.
    public func makeSession(fill: SampleValue? = nil) -> ReadSession { ReadSession(self, fill: fill, isSession: true) }

    private func blockWindow(row: Int, column: Int) throws(ImageryError) -> Window {
        guard row >= 0, row < layout.gridRows, column >= 0, column < layout.gridColumns else {
            throw ImageryError(
                .misuse, key.description,
                "block (\(row), \(column)) is outside the grid of \(layout.gridRows) × \(layout.gridColumns)")
        }
        return layout.blockBounds(row: row, column: column)
    }

    /// Throws kind misuse for a fill value that the samples cannot have.
    func check(fill: SampleValue?) throws(ImageryError) {
        guard let fill, fill.bytes(for: layout.pixelType) == nil else { return }
        throw ImageryError(.misuse, "option fill", "\(fill) is no value of samples of type \(layout.pixelType.rawValue)")
    }

    /// The request of S2 for what the caller asked for, checked.
    func request(window: Window?, bands: [Int]?, resolutionLevel level: Int) throws(ImageryError) -> ReadRequest {
        let chosen = bands ?? Array(0..<layout.shape.bands)
        try layout.check(bands: chosen, key.description)
        try source.check(level: level, key.description)
        let wanted = (window ?? layout.bounds).intersection(layout.bounds)
        guard !wanted.isEmpty, window?.isEmpty != true else {
            let image = "the image has \(layout.shape.columns) × \(layout.shape.rows) pixels"
            throw ImageryError(.misuse, key.description, "the window \(window ?? layout.bounds) holds no pixel: \(image)")
        }
        let region = layout.reduced(wanted, level: level)
        guard !region.isEmpty else {
            throw ImageryError(.misuse, key.description, "the window \(wanted) holds no sample at resolution level \(level)")
        }
        return ReadRequest(region: region, level: level, bands: chosen)
    }
}
