// The fields that describe one image (TIFF 6.0 sections 3 to 8, 15, 19, 21).

import ImageryBase
import ImageryTags

/// What the tags of a directory say about its pixels, checked.
struct ImageHeader: Sendable {
    var width: Int
    var height: Int
    var samplesPerPixel: Int
    /// Bits of one stored sample, the same for all.
    var bits: Int
    var format: SampleFormat
    var pixelType: PixelType
    var compression: Compression
    var photometric: Int?
    /// FillOrder 2: the first pixel is in the lowest bit of a byte.
    var isBitReversed: Bool
    /// PlanarConfiguration 2: every block holds one sample of each pixel.
    var isPlanar: Bool
    var predictor: Int
    /// The byte order of stored numbers.
    var isBigEndian: Bool
    /// What is around LERC streams; nil when it is not known.
    var lercPacking: LERCPacking?
    var isTiled: Bool
    var blockWidth: Int
    var blockHeight: Int
    /// Rows and columns of luma that share a chroma sample; 1, 1 unless photometric YCbCr.
    var subsampling: (horizontal: Int, vertical: Int)

    /// Samples of a pixel in one block.
    var samplesPerBlockPixel: Int { isPlanar ? 1 : samplesPerPixel }
    /// Number of planes, each with its own grid of blocks.
    var planes: Int { isPlanar ? samplesPerPixel : 1 }
    /// YCbCr to be converted here: not inside a JPEG or JPEG 2000 stream, except the old style, which has reference values.
    var convertsYCbCr: Bool { photometric == 6 && compression != .jpeg && !compression.isJPEG2000 }
    /// The same stored as units of samples (section 21).
    var isRawYCbCr: Bool { convertsYCbCr && compression != .oldJPEG }

    /// Throws kind malformed for fields that break the rules, unsupported for combinations that have no meaning here. Lesser faults
    /// go to `report`.
    init(
        _ directory: TagDirectory, in file: TagFile, context: String, report: (String) -> Void
    ) throws(ImageryError) {
        func malformed(_ message: String) -> ImageryError {
            ImageryError(.malformed, context, message, at: directory.offset)
        }
        func unsupported(_ message: String) -> ImageryError {
            ImageryError(unsupported: .pixelType, context, message, at: directory.offset)
        }
        func number(_ tag: UInt16) -> Int? { file.int(tag, in: directory) }

        guard let width = number(Tag.imageWidth), let height = number(Tag.imageLength) else {
            throw malformed("ImageWidth or ImageLength is missing")
        }
        // BigTIFF can say sizes whose sums are no numbers.
        let sides = 1...ImageLayout.longestSide
        guard sides.contains(width), sides.contains(height) else {
            throw malformed("the image has \(width) × \(height) pixels")
        }
        // Old JPEG writers leave the number of samples out.
        let isOldYCbCr =
            number(Tag.photometricInterpretation) == 6 && number(Tag.compression) == Compression.oldJPEG.code
        let listed = directory.entry(Tag.bitsPerSample)?.count ?? 1
        let samples = number(Tag.samplesPerPixel) ?? (isOldYCbCr ? 3 : max(1, listed))
        if directory.entry(Tag.samplesPerPixel) == nil, listed > 1, !isOldYCbCr {
            report("SamplesPerPixel is missing; BitsPerSample has \(listed) values, so that there are as many samples")
        }
        guard samples > 0, samples <= 65_535 else { throw malformed("SamplesPerPixel is \(samples)") }
        self.width = width
        self.height = height
        samplesPerPixel = samples
        compression = Compression(code: number(Tag.compression) ?? 1)
        photometric = number(Tag.photometricInterpretation)
        isBitReversed = number(Tag.fillOrder) == 2
        isBigEndian = file.encoding.isBigEndian
        let planar = number(Tag.planarConfiguration) ?? 1
        if planar != 1 && planar != 2 { report("PlanarConfiguration \(planar) is taken as 1") }
        isPlanar = planar == 2 && samples > 1
        bits = try Self.uniform(Tag.bitsPerSample, directory, file, fallback: 1, count: samples, context)
        guard (1...128).contains(bits) else { throw malformed("BitsPerSample is \(bits)") }
        format = try Self.sampleFormat(directory, file, count: samples, context, report: report)
        guard let pixelType = Self.pixelType(format, bits: bits) else {
            throw unsupported("samples of \(bits) bits with SampleFormat \(format.rawValue) are not supported")
        }
        self.pixelType = pixelType

        predictor = 1
        if let stored = number(Tag.predictor), stored != 1 {
            if compression.hasPredictor {
                predictor = stored
            } else {
                report("Predictor \(stored) means nothing with compression \(compression.code) (section 14): ignored")
            }
        }
        lercPacking = LERCPacking(code: file.value(Tag.lercParameters, in: directory)?.int(at: 1) ?? 0)
        (isTiled, blockWidth, blockHeight) = try Self.blocks(
            directory, file, width: width, height: height, context, report: report)
        subsampling = (1, 1)
        if photometric == 6 {
            let factors = file.value(Tag.yCbCrSubSampling, in: directory)?.ints ?? [2, 2]
            let allowed = [1, 2, 4]
            guard factors.count == 2, allowed.contains(factors[0]), allowed.contains(factors[1]) else {
                throw malformed("YCbCrSubSampling is \(factors) (section 21)")
            }
            subsampling = (factors[0], factors[1])
        }
    }

    /// The value that a tag has for every sample; `fallback` when there is no tag.
    private static func uniform(
        _ tag: UInt16, _ directory: TagDirectory, _ file: TagFile, fallback: Int, count: Int, _ context: String
    ) throws(ImageryError) -> Int {
        guard let entry = directory.entry(tag) else { return fallback }
        let values = try TagArray(entry, in: file)
        guard let first = values[0] else { return fallback }
        for index in 1..<max(1, min(values.count, count)) where values[index] != first {
            throw ImageryError(
                unsupported: .bands, context, "tag \(tag) differs between samples (\(first) and \(values[index] ?? 0))",
                at: entry.valueOffset)
        }
        return first
    }

    private static func sampleFormat(
        _ directory: TagDirectory, _ file: TagFile, count: Int, _ context: String, report: (String) -> Void
    ) throws(ImageryError) -> SampleFormat {
        if directory.entry(Tag.sampleFormat) == nil, let old = file.int(Tag.dataType, in: directory) {
            switch old {
            case 1: return .signed
            case 3: return .float
            default: return .unsigned
            }
        }
        let code = try uniform(Tag.sampleFormat, directory, file, fallback: 1, count: count, context)
        if let format = SampleFormat(rawValue: code) { return format }
        report("SampleFormat \(code) is not known; the samples are read as unsigned integers")
        return .unsigned
    }

    /// The type that holds a sample (S51).
    static func pixelType(_ format: SampleFormat, bits: Int) -> PixelType? {
        switch (format, bits) {
        case (.unsigned, 1...8), (.void, 1...8): .uint8
        case (.unsigned, 9...16), (.void, 9...16): .uint16
        case (.unsigned, 17...32), (.void, 17...32): .uint32
        case (.unsigned, 33...64), (.void, 33...64): .uint64
        // GDAL's reading, and the only one there is: signed samples that do not fill a byte are bare bits.
        case (.signed, 1...7): .uint8
        case (.signed, 8): .int8
        case (.signed, 9...16): .int16
        case (.signed, 17...32): .int32
        case (.signed, 33...64): .int64
        case (.float, 16): .float16
        case (.float, 24), (.float, 32): .float32
        case (.float, 64): .float64
        case (.complexInteger, 32): .complexInt16
        case (.complexInteger, 64): .complexInt32
        case (.complexFloat, 64): .complexFloat32
        case (.complexFloat, 128): .complexFloat64
        default: nil
        }
    }

    /// True when all rows of an uncompressed image must be in one strip, whatever RowsPerStrip says.
    private static func listsOneStrip(_ directory: TagDirectory, _ file: TagFile) -> Bool {
        (file.int(Tag.compression, in: directory) ?? 1) == 1 && (file.int(Tag.planarConfiguration, in: directory) ?? 1) == 1
            && directory.entry(Tag.stripOffsets)?.count == 1
    }

    /// Tiles (section 15) when there is a tile size, else strips (section 3).
    private static func blocks(
        _ directory: TagDirectory, _ file: TagFile, width: Int, height: Int, _ context: String, report: (String) -> Void
    ) throws(ImageryError) -> (isTiled: Bool, width: Int, height: Int) {
        if let tileWidth = file.int(Tag.tileWidth, in: directory), let tileHeight = file.int(Tag.tileLength, in: directory) {
            let sides = 1...ImageLayout.longestSide
            guard sides.contains(tileWidth), sides.contains(tileHeight) else {
                throw ImageryError(.malformed, context, "tiles have \(tileWidth) × \(tileHeight) pixels", at: directory.offset)
            }
            return (true, tileWidth, tileHeight)
        }
        let stored = file.int(Tag.rowsPerStrip, in: directory)
        var rows = min(height, stored ?? height)
        if rows <= 0 {
            report("RowsPerStrip is \(rows); all rows are taken as one strip")
            rows = height
        }
        if rows < height, Self.listsOneStrip(directory, file) {
            report("there is one strip, but RowsPerStrip is \(rows) of \(height); all rows are taken from it")
            rows = height
        }
        return (false, width, rows)
    }
}
