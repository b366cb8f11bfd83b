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
    /// Number of resolution levels, 1 when there is only the full resolution (S40). Asking may read headers that opening left alone.
    var resolutionLevels: Int { get }
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

    public func hasBlock(row: Int, column: Int) -> Bool { true }

    /// The band of that number: where components have the size of the image.
    public func component(_ index: Int) -> any ImageSource { bandImage(index) }

    /// Band `index`, which exists, as an image of its own.
    public func bandImage(_ index: Int) -> any ImageSource { BandSource(self, band: index) }
}

/// A reading session of one image. Not Sendable: one thread at a time.
public protocol ImageReader: AnyObject {
    /// Fills the destination with the samples of `request`, whose region is inside the raster of its level and not empty, and whose
    /// level and bands exist: callers have checked (``ImageLayout/check(bands:_:)``).
    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError)
}

/// An image whose blocks are the unit of access: TIFF tiles and strips, NITF blocks. The base assembles reads from its blocks.
public protocol BlockSource: ImageSource {
    /// True when part of a block costs as much as all of it (compressed blocks): sessions keep such blocks while they are needed.
    var decodesWholeBlocks: Bool { get }
    /// From which row of blocks on the file ends before they begin; nil when it does not. Asking may look for where blocks lie.
    func missingBlocks() throws(ImageryError) -> MissingBlocks?
    /// A decoder of single blocks with its own scratch memory, for one thread.
    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder
}

/// Rows of blocks of the full resolution that the file does not hold: they fail, or are filled, as one.
public struct MissingBlocks: Sendable {
    /// The first of them; all below are missing too.
    public var firstRow: Int
    /// What reading one of them is.
    public var error: ImageryError

    /// Block rows from `firstRow` on.
    public init(firstRow: Int, error: ImageryError) {
        self.firstRow = firstRow
        self.error = error
    }
}

/// Decodes blocks, one at a time, on one thread.
public protocol BlockDecoder: AnyObject {
    /// Fills the destination with the pixels `region` (not empty, relative to the block's top left pixel inside the image, on the raster
    /// of `level`) of the present block (`row`, `column`).
    func decode(
        row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination) throws(ImageryError)
}

extension BlockSource {
    public func missingBlocks() throws(ImageryError) -> MissingBlocks? { nil }

    public func makeReader(_ context: ReadContext) -> any ImageReader { makeBlockReader(context) }

    /// A session that assembles reads from blocks: for sources that make others for some of their images.
    public func makeBlockReader(_ context: ReadContext) -> any ImageReader { BlockReader(self, context) }
}

extension ImageSource {
    /// Throws (kind misuse) unless the image has resolution level `level` with at least one sample (S4).
    public func check(level: Int, _ context: String) throws(ImageryError) {
        if level == 0 { return }
        let levels = resolutionLevels
        guard level > 0, level < levels else {
            throw ImageryError(.misuse, context, "resolution level \(level) does not exist: the image has \(levels)")
        }
        guard !layout.reduced(layout.bounds, level: level).isEmpty else {
            throw ImageryError(.misuse, context, "resolution level \(level) would hold no sample")
        }
    }

    /// Throws kind limit when reading `request` would exceed the context's limits (S91).
    public func checkCost(_ request: ReadRequest, _ limits: Limits) throws(ImageryError) {
        let samples = checkedProduct(request.bands.count, request.region.height, request.region.width)
        let size = samples.flatMap { checkedProduct($0, layout.pixelType.byteCount) }
        if let size, size <= limits.maxPixelBytes { return }
        let input = try byteRanges(request).reduce(0) { $0 + $1.count }
        try limits.check(output: size, from: input, "image read")
    }
}
