/// How the samples of an image are compressed in a file. Quality belongs to its compression (S6).
public enum Compression: Hashable, Sendable {
    /// As they are: NITF NC, TIFF 1.
    case uncompressed
    /// Deflate in zlib's wrapper: PNG, TIFF 8.
    case deflate
    /// LZW: TIFF 5.
    case lzw
    /// PackBits: TIFF 32773.
    case packBits
    /// JPEG with a DCT; quality from 1 to 100.
    case jpeg(quality: Int)
    /// Lossless JPEG (process 14).
    case losslessJPEG
    /// JPEG 2000: without loss, with a rate of so many bits a pixel, all bands together, or with a quality from 1 to 100, whose steps of
    /// quantisation are those of JPEG.
    case jpeg2000(rate: Double? = nil, quality: Int? = nil)
    /// Zstandard: TIFF 50000.
    case zstandard
    /// LERC: TIFF 34887. No sample differs by more than `maxError`: none at all when it is 0. The bytes are packed once more by `packing`.
    case lerc(maxError: Double = 0, packing: LERCPacking = .none)

    /// True when samples that are read back may differ from those written.
    public var isLossy: Bool {
        switch self {
        case .jpeg: true
        case .jpeg2000(let rate, let quality): rate != nil || quality != nil
        case .lerc(let maxError, _): maxError > 0
        default: false
        }
    }
}

/// What LERC's bytes are packed with once more.
public enum LERCPacking: Hashable, Sendable {
    /// Nothing.
    case none
    /// In zlib's wrapper.
    case deflate
    /// As one frame (RFC 8878).
    case zstandard
}

/// Finer choices for JPEG compression. Nil means the format's choice.
public struct JPEGChoices: Hashable, Sendable {
    /// How many columns and lines a sample of chrominance stands for.
    public enum Subsampling: String, Hashable, Sendable, CaseIterable {
        /// One column and one line.
        case full = "4:4:4"
        /// Two columns and one line.
        case twoColumns = "4:2:2"
        /// Two columns and two lines.
        case twoByTwo = "4:2:0"
        /// Four columns and one line.
        case fourColumns = "4:1:1"
    }

    /// Of RGB that is stored as YCbCr: 4:2:0 by default.
    public var subsampling: Subsampling?
    /// Several scans that show the image better and better.
    public var isProgressive: Bool?
    /// Huffman codes made for the image instead of the typical ones.
    public var optimizesHuffman: Bool?
    /// Rows of MCUs between restart markers; 0 for none.
    public var restartRows: Int?
    /// Of lossless JPEG: the predictor, 1 to 7 (T.81 table H.1).
    public var losslessPredictor: Int?

    /// These choices; the format's where nothing is said.
    public init(
        subsampling: Subsampling? = nil, isProgressive: Bool? = nil, optimizesHuffman: Bool? = nil, restartRows: Int? = nil,
        losslessPredictor: Int? = nil
    ) {
        self.subsampling = subsampling
        self.isProgressive = isProgressive
        self.optimizesHuffman = optimizesHuffman
        self.restartRows = restartRows
        self.losslessPredictor = losslessPredictor
    }
}

/// A TIFF whose parts lie as a reader over the network wants them: directories first, then overviews from the smallest to the largest, then
/// the image. Overviews are made while it is written.
public struct CloudOptimization: Hashable, Sendable {
    /// How many overviews, each of half the columns and rows of the one before; as many as it takes to fit a tile when nil.
    public var overviews: Int?
    /// What a pixel of an overview is; the mean unless the samples are numbers of a palette's entries, when nil.
    public var resampling: Resampling?

    /// These choices; the format's where nothing is said.
    public init(
        overviews: Int? = nil, resampling: Resampling? = nil
    ) {
        self.overviews = overviews
        self.resampling = resampling
    }
}

/// What is stored instead of the samples before they are compressed (TIFF 6.0 section 14, TechNote 3).
public enum Predictor: Hashable, Sendable {
    /// The samples.
    case unpredicted
    /// Differences from the left neighbour, for integers.
    case horizontal
    /// Differences of bytes of one significance, for floating point.
    case floatingPoint
}

/// How the bands of an image lie in a file.
public enum Interleave: Hashable, Sendable {
    /// Pixel after pixel: TIFF chunky, NITF IMODE P.
    case pixel
    /// In each block row after row, band after band in a row: NITF IMODE R.
    case row
    /// In each block band after band: NITF IMODE B.
    case block
    /// Band after band, each with all its blocks: TIFF planar, NITF IMODE S.
    case band
}

/// When a file that was written is said to be there (S14).
public enum Durability: String, Hashable, Sendable, CaseIterable {
    /// When the system has it: another program sees it whole, a fall of the system may lose it.
    case buffered
    /// When the disk has it: the file is synchronised before it gets its name, and then its folder. Costs the time of the disk.
    case synced
}

/// How to write (S6). Nil means the format's own choice, after what the metadata says of the layout (S64); what is set and cannot be
/// expressed in the format is an error.
public struct WriteOptions: Sendable {
    /// How samples are compressed.
    public var compression: Compression?
    /// Effort of Deflate, 0 (stored) to 9, and of Zstandard, 1 to 9.
    public var compressionLevel: Int?
    /// Finer choices where ``compression`` is JPEG.
    public var jpeg: JPEGChoices?
    /// Finer choices where ``compression`` is JPEG 2000.
    public var jpeg2000: JPEG2000Choices?
    /// A cloud-optimized file, of TIFF only.
    public var cloudOptimized: CloudOptimization?
    /// What is stored instead of the samples.
    public var predictor: Predictor?
    /// Columns of a block; in TIFF a multiple of 16.
    public var blockWidth: Int?
    /// Rows of a block, or of a strip where the format has those and ``blockWidth`` is nil.
    public var blockHeight: Int?
    /// How the bands lie in the file.
    public var interleave: Interleave?
    /// Leave out blocks in which every sample is the pad value, or 0 where there is none: TIFF.
    public var omitsEmptyBlocks: Bool?
    /// Bits of a stored sample, where the format packs integers tighter than their type; one that does not fit is an error.
    public var bitsPerSample: Int?
    /// Metadata to write; entries of another format's schema are put into the words of this one (S66).
    public var metadata: Metadata?
    /// Where the image lies on the ground: corner points or an affine map, with a CRS.
    public var georeference: Georeference?
    /// The value of samples that mean nothing, and of absent blocks.
    public var padValue: SampleValue?
    /// The date in the file, in seconds since 1970-01-01 00:00 UTC; now, or SOURCE_DATE_EPOCH, when nil.
    public var date: Int?
    /// Threads that encode blocks; all cores when nil. The bytes do not depend on it (S75).
    public var threads: Int?
    /// When a file is said to be written. Concerns paths only.
    public var durability: Durability
    /// Stops the writing; nil when nobody will.
    public var cancellation: Cancellation?
    /// What to do when the file cannot hold all that the sources say.
    public var losses: LossPolicy
    /// Also check that texts use only the characters that the format's fields allow.
    public var strict: Bool

    /// These options; the format's choices where nothing is said.
    public init(
        compression: Compression? = nil, compressionLevel: Int? = nil, jpeg: JPEGChoices? = nil,
        jpeg2000: JPEG2000Choices? = nil, cloudOptimized: CloudOptimization? = nil, predictor: Predictor? = nil,
        blockWidth: Int? = nil, blockHeight: Int? = nil, interleave: Interleave? = nil, omitsEmptyBlocks: Bool? = nil,
        bitsPerSample: Int? = nil, metadata: Metadata? = nil, georeference: Georeference? = nil,
        corners: [Georeference.Point]? = nil, crs: String? = nil, padValue: SampleValue? = nil,
        date: Int? = nil, threads: Int? = nil, durability: Durability = .buffered, cancellation: Cancellation? = nil,
        losses: LossPolicy = .note, strict: Bool = false
    ) {
        self.compression = compression
        self.compressionLevel = compressionLevel
        self.jpeg = jpeg
        self.jpeg2000 = jpeg2000
        self.cloudOptimized = cloudOptimized
        self.predictor = predictor
        self.blockWidth = blockWidth
        self.blockHeight = blockHeight
        self.interleave = interleave
        self.omitsEmptyBlocks = omitsEmptyBlocks
        self.bitsPerSample = bitsPerSample
        self.metadata = metadata
        self.georeference = georeference
        self.padValue = padValue
        self.date = date
        self.threads = threads
        self.durability = durability
        self.cancellation = cancellation
        self.losses = losses
        self.strict = strict
        if let corners { self.corners = corners }
        if let crs { self.crs = crs }
    }

    /// The ground under the centres of the corner pixels, upper left, upper right, lower right, lower left: a part of ``georeference``.
    public var corners: [Georeference.Point]? {
        get { georeference?.corners }
        set { changeGeoreference { $0.corners = newValue } }
    }

    /// The reference system of the positions, such as `"EPSG:4326"`: a part of ``georeference``.
    public var crs: String? {
        get { georeference?.crs }
        set { changeGeoreference { $0.crs = newValue } }
    }

    private mutating func changeGeoreference(_ change: (inout Georeference) -> Void) {
        var changed = georeference ?? Georeference()
        change(&changed)
        georeference = changed == Georeference() ? nil : changed
    }

    /// These options, with those of `other` where this has none; metadata are not taken over.
    public func filled(from other: WriteOptions) -> WriteOptions {
        var result = self
        result.compression = compression ?? other.compression
        result.jpeg = jpeg ?? other.jpeg
        result.jpeg2000 = jpeg2000 ?? other.jpeg2000
        result.compressionLevel = compressionLevel ?? other.compressionLevel
        result.cloudOptimized = cloudOptimized ?? other.cloudOptimized
        result.predictor = predictor ?? other.predictor
        if blockWidth == nil && blockHeight == nil {
            result.blockWidth = other.blockWidth
            result.blockHeight = other.blockHeight
        }
        result.interleave = interleave ?? other.interleave
        result.omitsEmptyBlocks = omitsEmptyBlocks ?? other.omitsEmptyBlocks
        result.bitsPerSample = bitsPerSample ?? other.bitsPerSample
        result.georeference = georeference ?? other.georeference
        result.padValue = padValue ?? other.padValue
        result.date = date ?? other.date
        result.threads = threads ?? other.threads
        result.cancellation = cancellation ?? other.cancellation
        result.strict = strict || other.strict
        return result
    }
}
