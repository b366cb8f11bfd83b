/// The pixels of an image that is to be written: what an encoder asks, block by block, through one session.
public struct PixelSource {
    /// Geometry and sample type of what is written; its block grid is that of the source, not of the file.
    public var layout: ImageLayout
    /// What the samples mean: what a writer states in its format's words, converts, or refuses (S65).
    public var colorModel: ColorModel
    /// The bands of the image that metadata belong to, where these are some of them, or in another order; nil for all, and for converted ones.
    public var sourceBands: [Int]?
    /// Where the pixels lie on the ground, as their source says. A format that cannot say it leaves it out: only
    /// ``WriteOptions/georeference`` is judged.
    public var georeference: Georeference?
    /// Which part these pixels are of the image that the metadata describe; nil when they are all of it.
    public var part: ImagePart?
    /// False where the source has no block of ``layout``'s grid, so that a format with masks need not store it (S53).
    public var hasBlock: (_ row: Int, _ column: Int) -> Bool
    /// Starts a session. Requests go down the image, at level 0 of `layout`.
    public var makeReader: () -> any ImageReader

    /// The pixels that `makeReader`'s sessions give; of a model that is nil nothing is known.
    public init(
        layout: ImageLayout, colorModel: ColorModel? = nil, georeference: Georeference? = nil, part: ImagePart? = nil,
        hasBlock: @escaping (_ row: Int, _ column: Int) -> Bool = { _, _ in true },
        makeReader: @escaping () -> any ImageReader
    ) {
        self.layout = layout
        self.colorModel = colorModel ?? .undefined(layout.shape.bands)
        self.georeference = georeference
        self.part = part
        self.hasBlock = hasBlock
        self.makeReader = makeReader
    }

    /// How many bits of the samples of a band carry their value.
    public func significantBits(of band: Int) -> Int {
        colorModel.details[band]?.significantBits ?? layout.actualBitsPerPixel
    }

    /// The pixels of a raster, as one block.
    public init(_ raster: Raster) {
        let layout = ImageLayout(
            shape: raster.shape, pixelType: raster.pixelType, blockWidth: raster.width, blockHeight: raster.height)
        self.init(layout: layout, colorModel: raster.colorModel) { RasterReader(raster) }
    }
}

/// One asset that a container's writer is asked to write: the mirror of ``AssetEntry``.
public struct WriteEntry {
    /// What it holds.
    public enum Content {
        /// Pixels.
        case image(PixelSource)
        /// Characters as bytes, and how those are coded.
        case text(any ByteSource, TextEncoding)
        /// A drawing, as the bytes of its own format.
        case graphics(any ByteSource)
        /// Bytes of any other kind.
        case data(any ByteSource)
    }

    /// The asset's name; `image:N:overview:M` and `:mask` say what belongs together.
    public var key: AssetKey
    /// What it holds.
    public var content: Content
    /// A short title, empty for none.
    public var title: String
    /// A longer description, empty for none.
    public var description: String
    /// What it is for.
    public var roles: Set<AssetRole>
    /// How to write it: options of this asset, its metadata among them.
    public var options: WriteOptions

    /// An asset.
    public init(
        key: AssetKey, content: Content, title: String = "", description: String = "", roles: Set<AssetRole> = [],
        options: WriteOptions = WriteOptions()
    ) {
        self.key = key
        self.content = content
        self.title = title
        self.description = description
        self.roles = roles
        self.options = options
    }
}
