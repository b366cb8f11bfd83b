// Blocks as JPEG streams (TIFF Technical Note 2): abbreviated, with their common tables in the directory.

import ImageryBase
import ImageryJPEG
import ImageryTags

/// How blocks become JPEG streams.
struct JPEGLayout: Sendable {
    /// Three bands as YCbCr instead of as they are.
    let isYCbCr: Bool
    /// Columns and rows that a sample of chrominance stands for.
    let subsampling: (horizontal: Int, vertical: Int)
    fileprivate let options: JPEGEncoder.Options

    /// Throws kind unsupported for samples that JPEG in TIFF does not have, kind misuse for what it cannot express.
    init(
        quality: Int, _ choices: JPEGChoices, type: PixelType, bits: Int, bands: Int, isColor: Bool, context: String
    ) throws(ImageryError) {
        guard type == .uint8 && bits == 8 || type == .uint16 && bits == 12 else {
            throw ImageryError(
                unsupported: .pixelType, context,
                "JPEG in TIFF holds samples of 8 bits, and of 12 in uint16, not \(type.rawValue) of \(bits) (bitsPerSample says how many)"
            )
        }
        guard bands == 1 || bands == 3 || bands == 4 else {
            throw ImageryError(.misuse, context, "JPEG holds 1, 3 or 4 bands together, not \(bands): interleave by band")
        }
        guard choices.isProgressive != true, choices.losslessPredictor == nil else {
            throw ImageryError(.misuse, context, "progressive and lossless JPEG cannot be expressed in TIFF (Technical Note 2)")
        }
        // YCbCr of 12 bits has no ReferenceBlackWhite that readers agree on: such colors are stored as they are.
        isYCbCr = bands == 3 && isColor && bits == 8
        var options = JPEGEncoder.Options()
        options.process = .sequential
        options.quality = quality
        options.markers = .none
        options.optimizesHuffman = choices.optimizesHuffman ?? false
        options.restart = choices.restartRows.map { $0 == 0 ? JPEGEncoder.Restart.none : .rows($0) }
        if isYCbCr {
            let chosen = choices.subsampling ?? .twoByTwo
            options.subsampling = chosen
            subsampling =
                switch chosen {
                case .full: (1, 1)
                case .twoColumns: (2, 1)
                case .twoByTwo: (2, 2)
                case .fourColumns: (4, 1)
                }
        } else {
            guard choices.subsampling == nil || choices.subsampling == .full else {
                throw ImageryError(.misuse, context, "there is no chrominance to be subsampled")
            }
            if bands > 1 { options.color = .asStored }
            subsampling = (1, 1)
        }
        self.options = options
    }

    /// An encoder of the blocks of `layout`.
    func makeEncoder(_ layout: EncodingLayout) throws(ImageryError) -> JPEGBlockEncoder {
        try JPEGBlockEncoder(
            bands: layout.samplesPerBlockPixel, pixelType: layout.pixelType, bitsPerPixel: layout.bits, width: layout.blockWidth,
            height: layout.blockHeight, options: options, sharesTables: true)
    }

    /// An encoder of single blocks, for one thread. Throws kind misuse for strips that are no whole MCUs.
    func makeWriter(_ layout: EncodingLayout, context: String) throws(ImageryError) -> StreamBlockWriter {
        let encoder = try makeEncoder(layout)
        guard layout.isTiled || layout.gridRows == 1 || layout.blockHeight % encoder.mcuHeight == 0 else {
            throw ImageryError(
                .misuse, context, "strips of \(layout.blockHeight) rows are no multiple of JPEG's \(encoder.mcuHeight)")
        }
        return unsafe StreamBlockWriter(layout) { (samples, width, height, output) throws(ImageryError) in
            try unsafe encoder.encode(samples, width: width, height: height, into: &output)
        }
    }

    /// Sets JPEGTables, and for YCbCr what its numbers mean (sections 20 and 21).
    func setTags(_ directory: inout DirectoryWriter, _ layout: EncodingLayout) throws(ImageryError) {
        directory[Tag.jpegTables] = Value(bytes: try makeEncoder(layout).sharedTables)
        guard isYCbCr else { return }
        directory.set(Tag.photometricInterpretation, .short, [6])
        directory.set(Tag.yCbCrSubSampling, .short, [subsampling.horizontal, subsampling.vertical])
        // JFIF's range: all 256 codes, chrominance around 128.
        directory.set(Tag.referenceBlackWhite, .rational, [0, 255, 128, 255, 128, 255].map { $0 | 1 << 32 })
    }
}
