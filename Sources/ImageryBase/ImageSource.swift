/// A rectangle, a resolution level and bands of one image: what is asked across the seam.
public struct ReadRequest: Hashable, Sendable {
    /// The pixels wanted, on the raster of `level`: (0, 0) is that raster's top left pixel.
    public var region: Window
    /// The resolution level, 0 for full resolution.
    public var level: Int
    /// Zero-based bands, in the order wanted; repeats are allowed.
    public var bands: [Int]

    /// A request for `region` of `level` in `bands`.
    public init(region: Window, level: Int = 0, bands: [Int]) {
        self.region = region
        self.level = level
        self.bands = bands
    }
}

/// Where a read puts its samples: planar, native byte order, samples of a row side by side.
///
/// The memory belongs to the caller and is valid for the duration of the call. Whoever makes a destination has proven that every
/// sample of the request lies inside that memory: sample (i-th band, row, column) is at `i * bandStride + row * rowStride +
/// column * sampleBytes`.
@unsafe
public struct Destination: @unchecked Sendable {
    /// The first band's top left sample.
    public var base: UnsafeMutableRawPointer
    /// Bytes from a band to the next.
    public var bandStride: Int
    /// Bytes from a row to the next.
    public var rowStride: Int

    /// Memory at `base` with these strides in bytes.
    public init(base: UnsafeMutableRawPointer, bandStride: Int, rowStride: Int) {
        unsafe self.base = unsafe base
        unsafe self.bandStride = bandStride
        unsafe self.rowStride = rowStride
    }

    /// The destination whose top left sample is (`row`, `column`) of this one.
    public func offset(row: Int, column: Int, sampleBytes: Int) -> Destination {
        unsafe Destination(base: base + row * rowStride + column * sampleBytes, bandStride: bandStride, rowStride: rowStride)
    }

    /// The first sample of row `row` in the `band`-th band of the request.
    public func row(_ row: Int, band: Int) -> UnsafeMutableRawPointer {
        unsafe base + band * bandStride + row * rowStride
    }
}

/// The seam between the formats and everything above them: one image that can be read in part (S50-S57).
public protocol ImageSource: Sendable {
    /// Geometry and sample type.
    var layout: ImageLayout { get }
    /// What the samples mean (S65). Made when it is asked for: asking may read headers that opening left alone.
    var colorModel: ColorModel { get }
    /// Number of resolution levels, 1 when there is only the full resolution (S40). Asking may read headers that opening left alone.
    var resolutionLevels: Int { get }
    /// The levels that the main headers state, found without reading on: parts of an image whose headers stand further back may have fewer.
    var statedResolutionLevels: Int { get }
    /// False for a masked or sparse block (S53). The block is inside the grid.
    func hasBlock(row: Int, column: Int) -> Bool
    /// The ranges of the source that a read of `request` touches beyond the headers, sorted and coalesced (S81).
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>]
    /// Component `index`, which exists, at its own size: an image of one band (S55).
    func component(_ index: Int) -> any ImageSource
    /// A session: keeps decoder state from read to read. Making one is cheap; one read through a fresh session is the plain read.
    func makeReader(_ context: ReadContext) -> any ImageReader
}

extension ImageSource {
    public var resolutionLevels: Int { 1 }

    public var statedResolutionLevels: Int { resolutionLevels }

    /// Bands of which nothing is known.
    public var colorModel: ColorModel { .undefined(layout.shape.bands) }

    public func hasBlock(row: Int, column: Int) -> Bool { true }

    /// The band of that number: where components have the size of the image.
    public func component(_ index: Int) -> any ImageSource { bandImage(index) }

    /// Band `index`, which exists, as an image of its own.
    public func bandImage(_ index: Int) -> any ImageSource { SelectedBands(self, bands: [index]) }
}

/// An image whose coded data have rules of their own, beyond what reading needs: an embedded codestream.
public protocol ValidatedSource: ImageSource {
    /// Tells `report` of the rules that the data break although they can be read.
    func validate(report: (Diagnostic) -> Void)
}

/// An image whose bytes may be those of another image of its file: directories of a TIFF file may name the same strips.
public protocol SharedSource: ImageSource {
    /// Adds all that its samples follow from: two images that add the same have the same samples and the same faults.
    func hashStorage(into hasher: inout Hasher) throws(ImageryError)
}

/// A reading session of one image. Not Sendable: one thread at a time.
public protocol ImageReader: AnyObject {
    /// Fills the destination with the samples of `request`, whose region is inside the raster of its level and not empty, and whose
    /// level and bands exist: callers have checked (``ImageLayout/check(bands:_:)``).
    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError)
}
