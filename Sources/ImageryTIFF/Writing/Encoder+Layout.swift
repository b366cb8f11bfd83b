// How an image will lie in the file: what was asked for, else what its metadata say, else the defaults (S6, S64; TIFF 6.0 sections 3,
// 7, 14, 15, 19).

import ImageryBase
import ImageryJPEG2000
import ImageryLERC
import ImageryPlumbing
import ImageryTags

/// The form of one image in the file.
struct EncodingLayout: Sendable {
    let shape: Shape
    let pixelType: PixelType
    /// Bits of a stored sample.
    let bits: Int
    let format: SampleFormat
    let compression: Compression
    let predictor: Predictor
    let isPlanar: Bool
    let isTiled: Bool
    /// The size of a tile, or of a strip: all columns and so many rows.
    let blockWidth: Int
    let blockHeight: Int
    let level: Int
    /// How blocks become JPEG streams, when they do.
    let jpeg: JPEGLayout?
    /// The same for JPEG 2000.
    let jpeg2000: JPEG2000Encoder.Options?
    /// The same for LERC, and the type of its values.
    let lerc: (type: LERCType, choices: LERCChoices)?
    /// The bytes of a sample that absent blocks are made of, when blocks of nothing else are left out.
    let emptySample: [UInt8]?
    /// Bytes of a row of a block.
    let rowBytes: Int

    /// Samples of a pixel in one block.
    var samplesPerBlockPixel: Int { isPlanar ? 1 : shape.bands }
    /// Number of planes, each with its own grid of blocks.
    var planes: Int { isPlanar ? shape.bands : 1 }
    var gridRows: Int { ceilDivide(shape.rows, blockHeight) }
    var gridColumns: Int { ceilDivide(shape.columns, blockWidth) }
    var blockCount: Int { gridRows * gridColumns * planes }
    /// True when samples are stored as the pixel type.
    var isWhole: Bool { bits == pixelType.byteCount * 8 }

    /// Rows that block row `row` stores: the last strip is shorter, tiles are padded.
    func storedRows(_ row: Int) -> Int { isTiled ? blockHeight : min(blockHeight, shape.rows - row * blockHeight) }

    /// The place of a block in the arrays of offsets and byte counts.
    func index(row: Int, column: Int, plane: Int) -> Int { (plane * gridRows + row) * gridColumns + column }

    /// The most bytes that all blocks together can take; nil when that is beyond all measure.
    var byteBound: Int? {
        guard let block = checkedProduct(rowBytes, blockHeight), let bound = compression.bound(block, rows: blockHeight) else {
            return nil
        }
        return checkedProduct(bound, gridRows, gridColumns, planes)
    }

    /// `isRGB`: the samples are red, green and blue; nil when only copied tags can say.
    init(
        _ source: ImageLayout, _ options: WriteOptions, isMask: Bool, isRGB: Bool?, context: String
    ) throws(ImageryError) {
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, context, message) }
        let shape = source.shape
        guard shape.bands <= 65_535, shape.columns <= Int(UInt32.max), shape.rows <= Int(UInt32.max) else {
            throw ImageryError(
                unsupported: .size, context, "\(shape) samples do not fit: TIFF has up to 65,535 bands and 2^32 - 1 pixels each way"
            )
        }
        self.shape = shape
        pixelType = source.pixelType
        let hints = LayoutHints(options.metadata)
        format = Self.format(source.pixelType)
        bits = try Self.bits(source, options, hints, isMask: isMask, context)
        compression = try Self.compression(options, hints, context)
        var packing = LERCPacking.none
        if case .lerc(_, let given)? = options.compression { packing = given }
        let isZstandard = compression == .zstandard || packing == .zstandard
        level = options.compressionLevel ?? (isZstandard ? 3 : 6)
        let levels = isZstandard ? 1...9 : 0...9
        guard levels.contains(level) else {
            throw misuse("\(level) is no level of \(compression.name): they go from \(levels.lowerBound) to \(levels.upperBound)")
        }
        guard options.compressionLevel == nil || compression == .deflate || isZstandard || packing == .deflate else {
            throw misuse("a compression level cannot be expressed with compression \(compression.name)")
        }
        predictor = try Self.predictor(options, hints, compression, bits: bits, type: source.pixelType, context)
        switch options.interleave {
        case .pixel?: isPlanar = false
        case .band?: isPlanar = shape.bands > 1
        case nil: isPlanar = hints.isPlanar && shape.bands > 1
        default: throw misuse("interleave by rows or blocks cannot be expressed in TIFF: pixel and band can")
        }
        (isTiled, blockWidth, blockHeight) = try Self.blocks(shape, options, hints, context)
        let samples = isPlanar ? 1 : shape.bands
        let isColor = isRGB ?? hints.isColor
        if case .jpeg(let quality)? = options.compression {
            jpeg = try JPEGLayout(
                quality: quality, options.jpeg ?? JPEGChoices(), type: source.pixelType, bits: bits, bands: samples,
                isColor: isColor, context: context)
        } else if options.jpeg != nil {
            throw misuse("choices of JPEG cannot be expressed with compression \(compression.name)")
        } else {
            jpeg = nil
        }
        if compression == .jpeg2000 {
            guard !pixelType.isFloatingPoint, !pixelType.isComplex else {
                throw ImageryError(
                    unsupported: .pixelType, context, "samples of type \(pixelType.rawValue) do not exist in JPEG 2000")
            }
            jpeg2000 = try JPEG2000Encoder.Options(
                options.compression, options.jpeg2000 ?? JPEG2000Choices(), bits: bits, bands: samples, isColor: isColor,
                context: context)
        } else if options.jpeg2000 != nil {
            throw misuse("choices of JPEG 2000 cannot be expressed with compression \(compression.name)")
        } else {
            jpeg2000 = nil
        }
        if case .lerc(let maxError, let packing)? = options.compression {
            guard let type = LERCType(format, bits: bits), bits == pixelType.byteCount * 8 else {
                throw ImageryError(unsupported: .pixelType, context, "samples of type \(pixelType.rawValue) do not exist in LERC")
            }
            guard maxError >= 0, maxError.isFinite else { throw misuse("an error of \(maxError) is not possible: it is 0 or more") }
            lerc = (type, LERCChoices(maxError: maxError, packing: packing))
        } else {
            lerc = nil
        }
        if options.omitsEmptyBlocks == true {
            let pad = (options.padValue ?? source.padValue).flatMap { $0.bytes(for: source.pixelType) }
            emptySample = pad ?? [UInt8](repeating: 0, count: source.pixelType.byteCount)
        } else {
            emptySample = nil
        }
        guard let rowBits = checkedProduct(blockWidth, samples, bits), rowBits <= Int.max - 7 else {
            throw ImageryError(limit: .memory, context, "a row of \(blockWidth) pixels is too long for this machine")
        }
        rowBytes = (rowBits + 7) / 8
        guard let size = checkedProduct(rowBytes, blockHeight), size <= Int(Int32.max) - blockSlack else {
            throw ImageryError(
                unsupported: .size, context, "a block of \(blockWidth) × \(blockHeight) pixels is over 2 GiB; choose a smaller one")
        }
        // Their offsets and byte counts are held until the directory is written.
        guard let count = checkedProduct(gridRows, gridColumns, planes), count <= Self.mostBlocks else {
            throw ImageryError(
                limit: .blocks, needed: checkedProduct(gridRows, gridColumns, planes), allowed: Self.mostBlocks, context,
                "blocks of \(blockWidth) × \(blockHeight) pixels are more than \(Self.mostBlocks): choose larger ones")
        }
    }

    private static let mostBlocks = 1 << 26

    private static func format(_ type: PixelType) -> SampleFormat {
        switch type {
        case .uint8, .uint16, .uint32, .uint64: .unsigned
        case .int8, .int16, .int32, .int64: .signed
        case .float16, .float32, .float64: .float
        case .complexInt16, .complexInt32: .complexInteger
        case .complexFloat32, .complexFloat64: .complexFloat
        }
    }

    /// Bits that were asked for; else those of the source where its tags or so few of them say that they are packed; masks have one
    /// (section 8, PhotometricInterpretation 4).
    private static func bits(
        _ source: ImageLayout, _ options: WriteOptions, _ hints: LayoutHints, isMask: Bool, _ context: String
    ) throws(ImageryError) -> Int {
        let type = source.pixelType
        let whole = type.byteCount * 8
        let canPack = !type.isFloatingPoint && !type.isComplex
        if let asked = options.bitsPerSample {
            guard asked == whole || canPack && (1...whole).contains(asked) else {
                throw ImageryError(.misuse, context, "\(asked) bits a sample are not possible for \(type.rawValue)")
            }
            // As for reading: signed samples that do not fill a byte have no sign.
            guard asked >= 8 || !type.isSigned else {
                throw ImageryError(.misuse, context, "signed samples of less than 8 bits cannot be told from unsigned ones")
            }
            return asked
        }
        guard canPack, type != .int8 else { return whole }
        if let stored = hints.bits, stored <= whole, stored == source.bitsPerPixel || isMask { return stored }
        if isMask && type == .uint8 && source.shape.bands == 1 { return 1 }
        return type == .uint8 && [1, 2, 4].contains(source.bitsPerPixel) ? source.bitsPerPixel : whole
    }

    private static func compression(
        _ options: WriteOptions, _ hints: LayoutHints, _ context: String
    ) throws(ImageryError) -> Compression {
        switch options.compression {
        case nil: hints.compression ?? .deflate
        case .uncompressed?: .none
        case .deflate?: .deflate
        case .lzw?: .lzw
        case .packBits?: .packBits
        case .jpeg?: .jpeg
        case .jpeg2000?: .jpeg2000
        case .zstandard?: .zstandard
        case .lerc?: .lerc
        case .losslessJPEG?:
            throw ImageryError(
                unsupported: .compression, context, "lossless JPEG in TIFF is read by hardly anyone and is not written")
        }
    }

    private static func predictor(
        _ options: WriteOptions, _ hints: LayoutHints, _ compression: Compression, bits: Int, type: PixelType, _ context: String
    ) throws(ImageryError) -> Predictor {
        let isWhole = bits == type.byteCount * 8
        let canDiffer = isWhole && !type.isComplex && compression.hasPredictor
        let isFloat = type.isFloatingPoint && !type.isComplex
        switch options.predictor {
        case .unpredicted?: return .none
        case .horizontal?:
            guard canDiffer else {
                throw ImageryError(
                    .misuse, context,
                    "predictor 2 cannot be expressed for \(bits)-bit \(type.rawValue) samples with compression \(compression.name)")
            }
            return .horizontal
        case .floatingPoint?:
            guard canDiffer, isFloat else {
                throw ImageryError(
                    .misuse, context,
                    "predictor 3 cannot be expressed for \(type.rawValue) samples with compression \(compression.name)")
            }
            return .floatingPoint
        case nil: break
        }
        guard canDiffer else { return .none }
        // The predictor of the metadata belongs to their compression.
        if options.compression == nil || hints.compression == compression, hints.compression != nil {
            switch hints.predictor {
            case 2 where !isFloat: return .horizontal
            case 3 where isFloat: return .floatingPoint
            case 1: return .none
            default: break
            }
        }
        return isFloat ? .floatingPoint : .horizontal
    }

    /// Tiles of 256 × 256, or of what the image needs of that.
    private static func blocks(
        _ shape: Shape, _ options: WriteOptions, _ hints: LayoutHints, _ context: String
    ) throws(ImageryError) -> (isTiled: Bool, width: Int, height: Int) {
        if let width = options.blockWidth {
            let height = options.blockHeight ?? width
            guard width > 0, height > 0, width % 16 == 0, height % 16 == 0, width <= 1 << 20, height <= 1 << 20 else {
                throw ImageryError(
                    .misuse, context,
                    "tiles of \(width) × \(height) pixels are not possible: their sides are multiples of 16 (section 15)")
            }
            return (true, width, height)
        }
        if let rows = options.blockHeight {
            guard rows > 0 else { throw ImageryError(.misuse, context, "strips of \(rows) rows are not possible") }
            return (false, shape.columns, min(rows, shape.rows))
        }
        if let tile = hints.tile {
            // No larger than the image needs (S64).
            return (
                true, min(tile.width, ceilDivide(shape.columns, 16) * 16), min(tile.height, ceilDivide(shape.rows, 16) * 16)
            )
        }
        // A strip is decoded as a whole: one that is longer than 16 MiB is not worth keeping as it was.
        if let rows = hints.rowsPerStrip, let pixels = checkedProduct(min(rows, shape.rows), shape.columns, shape.bands),
            pixels <= 16 << 20
        {
            return (false, shape.columns, min(rows, shape.rows))
        }
        func side(_ size: Int) -> Int { min(256, ceilDivide(size, 16) * 16) }
        return (true, side(shape.columns), side(shape.rows))
    }
}

/// What the layout fields of copied metadata say, as far as it can be written (S64).
private struct LayoutHints {
    var compression: Compression?
    var predictor: Int?
    var isPlanar = false
    var tile: (width: Int, height: Int)?
    var rowsPerStrip: Int?
    var bits: Int?
    /// True when three samples are red, green and blue.
    var isColor = false

    init(_ metadata: Metadata?) {
        guard let metadata, metadata.schema == .tiff else { return }
        func number(_ tag: UInt16) -> Int? { metadata[tag: tag]?.int(at: 0) }
        if let code = number(Tag.compression) {
            // The two codes of Deflate mean the same.
            let stored = code == Compression.oldDeflate.code ? .deflate : Compression(code: code)
            if stored.isWritable || stored == .jpeg2000 { compression = stored }
        }
        predictor = number(Tag.predictor) ?? 1
        isPlanar = number(Tag.planarConfiguration) == 2
        bits = number(Tag.bitsPerSample)
        if let photometric = number(Tag.photometricInterpretation) { isColor = photometric == 2 || photometric == 6 }
        if let width = number(Tag.tileWidth), let height = number(Tag.tileLength) {
            let range = 16...4096
            if range.contains(width), range.contains(height), width % 16 == 0, height % 16 == 0 { tile = (width, height) }
        } else if let rows = number(Tag.rowsPerStrip), rows > 0 {
            rowsPerStrip = rows
        }
    }
}
