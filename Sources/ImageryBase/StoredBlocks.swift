import ImageryPrimitives

/// Where a block is among the blocks of one resolution of an image.
public struct BlockAddress: Hashable, Sendable {
    /// The first of its bands, divided by the bands of a block.
    public var plane: Int
    /// Its row in the grid.
    public var row: Int
    /// Its column in the grid.
    public var column: Int

    /// Block (`row`, `column`) of `plane`.
    public init(plane: Int, row: Int, column: Int) {
        self.plane = plane
        self.row = row
        self.column = column
    }
}

/// What a file has of one block.
public enum StoredBlock: Hashable, Sendable {
    /// Nothing: its samples are the pad value (S53).
    case absent
    /// Its bytes, in pieces that belong together in this order.
    case ranges([Range<Int>])
    /// Bytes that the file does not hold in this form: a block at the image's edge, filled up to the size of the others.
    case bytes([UInt8])
}

/// How the bytes of a block become samples, in the words of its format.
public enum BlockCoding: Hashable, Sendable {
    /// Samples without compression, or in a stream of one of several kinds.
    case samples(Samples)
    /// A strip or tile of TIFF.
    case tiff(TIFF)
    /// A JPEG stream with all its tables, whose markers tell its colors.
    case jpeg(JPEG)
    /// The tile-parts of a tile of JPEG 2000, to be read behind the main header; nil when a block is a codestream of its own.
    case jpeg2000(mainHeader: [UInt8]?, level: Int)
    /// All data records of a DTED cell.
    case dted(points: Int, lines: Int, recordBytes: Int)

    /// Samples as they lie in memory.
    public struct Samples: Hashable, Sendable {
        /// What follows what in a block: whole bands, the rows of all bands, or the samples of all bands.
        public enum Order: Hashable, Sendable {
            /// Each band whole.
            case bands
            /// Of each row, one band after the other.
            case rows
            /// Of each pixel, all its samples.
            case pixels
        }
        /// What follows what.
        public var order: Order
        /// The most significant byte of a sample comes first.
        public var isBigEndian: Bool
        /// What the block is packed in.
        public enum Packing: Hashable, Sendable {
            /// Nothing: bytes of samples.
            case uncompressed
            /// A zlib stream.
            case zlib
            /// A Zstandard stream.
            case zstandard
            /// An XZ stream.
            case xz
            /// What LERC gives are samples, in the machine's byte order.
            case lerc
        }
        /// What it is packed in.
        public var packing: Packing

        /// Samples in this order.
        public init(order: Order, isBigEndian: Bool, packing: Packing = .uncompressed) {
            self.order = order
            self.isBigEndian = isBigEndian
            self.packing = packing
        }
    }

    /// The values of the tags that a decoder of one strip or tile needs.
    public struct TIFF: Hashable, Sendable {
        /// Compression (259).
        public var compression: Int
        /// BitsPerSample (258), the same for all samples.
        public var bitsPerSample: Int
        /// SamplesPerPixel (277) of a block.
        public var samplesPerPixel: Int
        /// PhotometricInterpretation (262).
        public var photometric: Int
        /// Predictor (317).
        public var predictor: Int
        /// SampleFormat (339), the same for all samples.
        public var sampleFormat: Int
        /// JPEGTables (347).
        public var jpegTables: [UInt8]?
        /// The byte order of samples behind the decompression.
        public var isBigEndian: Bool

        /// The values of Compression, BitsPerSample, SamplesPerPixel (of a block), and so on.
        public init(
            compression: Int, bitsPerSample: Int, samplesPerPixel: Int, photometric: Int, predictor: Int, sampleFormat: Int,
            jpegTables: [UInt8]?, isBigEndian: Bool
        ) {
            self.compression = compression
            self.bitsPerSample = bitsPerSample
            self.samplesPerPixel = samplesPerPixel
            self.photometric = photometric
            self.predictor = predictor
            self.sampleFormat = sampleFormat
            self.jpegTables = jpegTables
            self.isBigEndian = isBigEndian
        }
    }

    /// What NITF says of a JPEG stream.
    public struct JPEG: Hashable, Sendable {
        /// NBPP.
        public var bitsPerPixel: Int
        /// IMODE.
        public var mode: String
        /// IREP where it concerns the stream: MONO, RGB or YCbCr601.
        public var colors: String

        /// The values of NBPP, IMODE and IREP.
        public init(bitsPerPixel: Int, mode: String, colors: String) {
            self.bitsPerPixel = bitsPerPixel
            self.mode = mode
            self.colors = colors
        }
    }
}

/// How one resolution of an image lies in its file as blocks of one size: what another program needs that decodes a block from its
/// bytes alone (S80).
public struct StoredBlocks: Sendable {
    /// Bands, rows and columns of the resolution.
    public var shape: Shape
    /// The type of the samples.
    public var pixelType: PixelType
    /// Bands of a block: all, or one.
    public var bandsPerBlock: Int
    /// Columns of a block; the first begins at the top left pixel, those at the edges are as large as the others.
    public var blockWidth: Int
    /// Rows of a block.
    public var blockHeight: Int
    /// The samples of absent blocks; 0 when nil.
    public var padValue: SampleValue?
    /// How a block becomes samples.
    public var coding: BlockCoding
    /// What the file has of a block, which is inside the grid.
    public var find: @Sendable (BlockAddress) throws(ImageryError) -> StoredBlock

    /// Blocks of `blockWidth` x `blockHeight` pixels.
    public init(
        shape: Shape, pixelType: PixelType, bandsPerBlock: Int, blockWidth: Int, blockHeight: Int, padValue: SampleValue?,
        coding: BlockCoding, find: @escaping @Sendable (BlockAddress) throws(ImageryError) -> StoredBlock
    ) {
        self.shape = shape
        self.pixelType = pixelType
        self.bandsPerBlock = bandsPerBlock
        self.blockWidth = blockWidth
        self.blockHeight = blockHeight
        self.padValue = padValue
        self.coding = coding
        self.find = find
    }

    /// Planes of the grid: groups of bands that share a block.
    public var planes: Int { ceilDivide(shape.bands, bandsPerBlock) }
    /// Rows of the grid.
    public var rows: Int { ceilDivide(shape.rows, blockHeight) }
    /// Columns of the grid.
    public var columns: Int { ceilDivide(shape.columns, blockWidth) }
    /// Number of blocks; nil when it overflows.
    public var count: Int? { checkedProduct(planes, rows, columns) }
}

/// An image whose blocks another program can read where they lie.
public protocol StoredBlockSource: ImageSource {
    /// The blocks of resolution `level`, which exists.
    ///
    /// Throws kind unsupported when the blocks do not stand for themselves, are of different sizes, or are coded in a way that has
    /// no name among those of ``BlockCoding``.
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks
}

extension StoredBlocks {
    /// The bytes of an uncompressed block of `count` bytes at `start`, of which at least those of its image pixels are in the file.
    ///
    /// What stands behind a block at the lower edge fills it up to the size of the others; where the file ends, other bytes do:
    /// pixels outside of the image have no value. Nil when the file is too short for that.
    public static func padded(start: Int, count: Int, fileSize: Int) -> StoredBlock? {
        guard let end = checkedSum(start, count), start <= fileSize, count <= fileSize else { return nil }
        if end <= fileSize { return .ranges([start..<end]) }
        return .ranges([start..<fileSize, 0..<end - fileSize])
    }
}

extension StoredBlocks {
    /// Blocks of ``pieceHeight(dividing:)`` rows where there is such a height, else these ones.
    public func inRows(fileSize: Int) -> StoredBlocks { pieceHeight().flatMap { inRows(of: $0, fileSize: fileSize) } ?? self }

    /// The same pixels in blocks of `height` rows. Blocks that hold band after band become blocks of one band.
    ///
    /// Nil unless the rows of a block lie one behind the other, uncompressed, and `height` divides those of a block that is not the only one.
    public func inRows(of height: Int, fileSize: Int) -> StoredBlocks? {
        guard case .samples(let samples) = coding, samples.packing == .uncompressed, height > 0,
            rows == 1 || blockHeight % height == 0,
            let rowBytes = pieceRowBytes, let bandBytes = checkedProduct(rowBytes, blockHeight)
        else { return nil }
        let isSplit = samples.order == .bands
        let bands = isSplit ? 1 : bandsPerBlock
        let (whole, perBlock) = (self, ceilDivide(blockHeight, height))
        var result = self
        result.bandsPerBlock = bands
        result.blockHeight = height
        result.find = { (address) throws(ImageryError) in
            let plane = isSplit ? address.plane / whole.bandsPerBlock : address.plane
            let found = try whole.find(BlockAddress(plane: plane, row: address.row / perBlock, column: address.column))
            let band = isSplit ? address.plane % whole.bandsPerBlock : 0
            let before = band * bandBytes + address.row % perBlock * height * rowBytes
            guard case .ranges(let ranges) = found, let block = ranges.first else { return .absent }
            guard let piece = Self.padded(start: block.lowerBound + before, count: height * rowBytes, fileSize: fileSize) else {
                throw ImageryError(.malformed, "tile index", "the file is shorter than a block", at: block.lowerBound)
            }
            return piece
        }
        return result
    }

    /// Larger blocks are worth being divided.
    private static let largest = 4 << 20

    /// Bytes of a row of a block: of all its bands where they are mixed, else of one.
    private var pieceRowBytes: Int? {
        guard case .samples(let samples) = coding else { return nil }
        return checkedProduct(samples.order == .bands ? 1 : bandsPerBlock, blockWidth, pixelType.byteCount).flatMap {
            $0 > 0 ? $0 : nil
        }
    }

    /// How many rows are about a mebibyte, where uncompressed blocks are much larger than that. They fill the block exactly if any number does.
    ///
    /// A height divides `tops` as well, so that the blocks of images below each other go on. Nil when there is none.
    public func pieceHeight(dividing tops: [Int] = []) -> Int? {
        let isOnly = self.rows == 1
        let rows = blockHeight
        guard case .samples(let samples) = coding, samples.packing == .uncompressed, rows > 1, let rowBytes = pieceRowBytes,
            let bytes = checkedProduct(rows, rowBytes, samples.order == .bands ? bandsPerBlock : 1),
            bytes > Self.largest || !tops.isEmpty
        else { return nil }
        let wanted = min(rows, max(1, (1 << 20) / rowBytes))
        func divides(_ height: Int) -> Bool { tops.allSatisfy { $0 % height == 0 } }
        for height in wanted...max(wanted, min(rows, 3 * wanted)) where rows % height == 0 && divides(height) { return height }
        for height in stride(from: wanted, to: wanted / 4, by: -1) where rows % height == 0 && divides(height) { return height }
        guard isOnly else { return nil }
        for height in stride(from: wanted, to: 0, by: -1) where divides(height) { return height }
        return nil
    }
}
