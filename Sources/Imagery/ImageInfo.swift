public import ImageryBase

/// What the headers say of an image (S5).
public struct ImageInfo: Hashable, Sendable {
    /// The format of the file.
    public let format: Format
    /// The asset's name in its dataset.
    public let key: AssetKey
    /// What the image is for.
    public let roles: Set<AssetRole>
    /// Geometry and sample type.
    public let layout: ImageLayout
    /// Number of resolution levels.
    public let resolutionLevels: Int
    /// The image's metadata.
    public let metadata: Metadata
    /// The ground it covers, where the file says.
    public let georeference: Georeference?

    /// Columns at full resolution.
    public var width: Int { layout.shape.columns }
    /// Rows at full resolution.
    public var height: Int { layout.shape.rows }
    /// Bands.
    public var bands: Int { layout.shape.bands }
    /// The type of the samples that a read returns.
    public var pixelType: PixelType { layout.pixelType }
    /// Columns and rows of one block.
    public var blockSize: (width: Int, height: Int) { (layout.blockWidth, layout.blockHeight) }
    /// Rows and columns of the block grid.
    public var grid: (rows: Int, columns: Int) { (layout.gridRows, layout.gridColumns) }

    /// Reads the headers of the file at `path`: of the asset named, else of the image that ``Dataset/image(_:)`` chooses.
    public init(contentsOf path: String, asset: AssetKey? = nil, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        self = try Dataset(path, options: options).image(asset).info
    }

    /// The same of a file of `format` in memory.
    public init(
        bytes: some RandomAccessCollection<UInt8>, format: Format, asset: AssetKey? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        self = try Dataset(bytes: bytes, format: format, options: options).image(asset).info
    }

    /// What another says: for coders.
    package init(
        format: Format, key: AssetKey, roles: Set<AssetRole>, layout: ImageLayout, resolutionLevels: Int, metadata: Metadata,
        georeference: Georeference?
    ) {
        self.format = format
        self.key = key
        self.roles = roles
        self.layout = layout
        self.resolutionLevels = resolutionLevels
        self.metadata = metadata
        self.georeference = georeference
    }

    init(_ image: ImageAsset) {
        format = image.asset.format
        key = image.key
        roles = image.roles
        layout = image.layout
        resolutionLevels = image.resolutionLevels
        metadata = image.metadata
        georeference = image.georeference
    }
}
