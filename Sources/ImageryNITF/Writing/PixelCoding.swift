// How the blocks of an image that is written are stored (MIL-STD-2500C Table A-3: IC, COMRAT, IMODE, IREP; MIL-STD-188-198A).

import ImageryBase
import ImageryJPEG
import ImageryJPEG2000
import ImageryPlumbing

/// What IC says, and what follows from it for other fields.
enum PixelCoding {
    /// NC, NM.
    case samples
    /// C3, M3, C5, M5.
    case jpeg(JPEGEncoder.Options)
    /// C8, M8, CD, MD.
    case jpeg2000(JPEG2000Encoder.Options)

    /// The compression that is asked for, else the copied one where the samples can have it, else JPEG 2000 without loss, else none.
    /// Down-sampled JPEG becomes JPEG.
    ///
    /// Throws kind unsupported for JPEG and JPEG 2000 of samples that these do not have.
    init(_ layout: ImageLayout, _ copied: HeaderDraft, _ options: WriteOptions, _ context: String) throws(ImageryError) {
        if let jpeg2000 = try Self.jpeg2000(layout, copied, options, context) {
            self = .jpeg2000(jpeg2000)
            return
        }
        let type = layout.pixelType
        let canHold = type == .uint8 || type == .uint16
        var jpeg = JPEGEncoder.Options()
        switch options.compression {
        case nil:
            // Samples of more than 12 bits cannot be said to fit.
            let isNarrow = type == .uint8 || type == .uint16 && layout.actualBitsPerPixel <= 12
            switch copied.text("IC") {
            case "C3", "M3", "I1":
                guard isNarrow else {
                    self = .samples
                    return
                }
            case "C5", "M5":
                guard canHold else {
                    self = .samples
                    return
                }
                jpeg.process = .lossless()
            default:
                self = .samples
                return
            }
        case .uncompressed?:
            self = .samples
            return
        case .jpeg(let quality)?: jpeg.quality = quality
        default: jpeg.process = .lossless(predictor: options.jpeg?.losslessPredictor ?? 1)
        }
        guard canHold else {
            throw ImageryError(
                unsupported: .pixelType, context, "samples of type \(type.rawValue) do not exist in JPEG: only uint8 and uint16 do")
        }
        let isLossless = jpeg.process != nil
        let asked =
            options.bitsPerSample ?? copied.number("NBPP").flatMap { ImageSubheader.pixelType("INT", bits: $0) == type ? $0 : nil }
        jpeg.precision = isLossless ? (asked ?? (type == .uint8 ? 8 : 16)) : type == .uint8 ? 8 : 12
        if let stated = options.bitsPerSample, stated != jpeg.precision {
            throw ImageryError(.misuse, context, "JPEG has 8 or 12 bits for a sample (NBPP), not \(stated)")
        }
        if let choices = options.jpeg {
            if choices.isProgressive == true {
                throw ImageryError(.misuse, context, "progressive JPEG does not exist in NITF (MIL-STD-188-198A)")
            }
            jpeg.subsampling = choices.subsampling
            jpeg.optimizesHuffman = choices.optimizesHuffman ?? false
        }
        // Decoders of blocks may count on restart markers (MIL-STD-188-198A 5.2.3.1).
        let rows = options.jpeg?.restartRows ?? 1
        jpeg.restart = isLossless || rows == 0 ? JPEGEncoder.Restart.none : .rows(rows)
        self = .jpeg(jpeg)
    }

    /// The options of JPEG 2000, where that is asked for, was there, or is the choice of S6: every other software reads samples of up to 16
    /// bits.
    private static func jpeg2000(
        _ layout: ImageLayout, _ copied: HeaderDraft, _ options: WriteOptions, _ context: String
    ) throws(ImageryError) -> JPEG2000Encoder.Options? {
        let code = copied.text("IC")
        var isAsked = options.jpeg2000 != nil
        switch options.compression {
        case .jpeg2000?: isAsked = true
        case nil: break
        default:
            guard isAsked else { return nil }
            throw ImageryError(.misuse, context, "choices of JPEG 2000 mean nothing for an image that is not compressed with it")
        }
        let type = layout.pixelType
        let isInteger = !type.isComplex && !type.isFloatingPoint
        let stored = copied.number("NBPP").flatMap {
            ImageSubheader.pixelType(copied.text("PVTYPE") ?? "", bits: $0) == type ? $0 : nil
        }
        // As many as carry values (S71), in a number that stands for the type.
        let least = type.byteCount > 4 ? 33 : type.byteCount > 2 ? 17 : type.byteCount > 1 ? 9 : 1
        let own = min(stored ?? layout.bitsPerPixel, 8 * type.byteCount)
        let significant = copied.number("ABPP") ?? layout.actualBitsPerPixel
        let bits = options.bitsPerSample ?? (type.isSigned ? own : max(least, min(own, significant < 1 ? own : significant)))
        if !isAsked {
            let wasThere = ["C8", "M8", "CD", "MD"].contains(code)
            // Bands that are to lie in another way are not one codestream.
            let isMixed = layout.shape.bands > 1 && options.interleave != nil && options.interleave != .block
            let isOther = ["NC", "NM", "C3", "M3", "I1", "C5", "M5"].contains(code) || options.jpeg != nil || isMixed
            guard isInteger, wasThere && bits <= 28 || !isOther && (2...16).contains(bits) else { return nil }
        }
        guard isInteger else {
            throw ImageryError(unsupported: .pixelType, context, "samples of type \(type.rawValue) do not exist in JPEG 2000")
        }
        guard ImageSubheader.pixelType(type.isSigned ? "SI" : "INT", bits: bits) == type else {
            throw ImageryError(.misuse, context, "samples of type \(type.rawValue) cannot be stored in \(bits) bits")
        }
        if options.jpeg != nil {
            throw ImageryError(.misuse, context, "choices of JPEG mean nothing for an image that is not compressed with it")
        }
        guard options.jpeg2000?.wrapping != .boxes, options.jpeg2000?.writesGML != true else {
            throw ImageryError(.misuse, context, "boxes around a codestream cannot be expressed in NITF (BPJ2K01.10)")
        }
        var result = JPEG2000Encoder.Options()
        result.precision = bits
        result.isHighThroughput = !isAsked && (code == "CD" || code == "MD")
        result.threads = usableThreads(options.threads)
        result.cancellation = options.cancellation
        try result.set(options.jpeg2000 ?? JPEG2000Choices(), options.compression, bands: layout.shape.bands)
        return result
    }

    private var isLossless: Bool {
        if case .jpeg(let options) = self, case .lossless = options.process { true } else { false }
    }

    /// True when samples may be read back as others.
    var isLossy: Bool {
        switch self {
        case .samples: false
        case .jpeg: !isLossless
        case .jpeg2000(let options): !options.isLossless
        }
    }

    /// IC.
    func name(isMasked: Bool) -> String {
        switch self {
        case .samples: return isMasked ? "NM" : "NC"
        case .jpeg2000(let options): return (isMasked ? "M" : "C") + (options.isHighThroughput ? "D" : "8")
        case .jpeg: break
        }
        return (isMasked ? "M" : "C") + (isLossless ? "5" : "3")
    }

    /// COMRAT: JPEG streams have their own tables; the rate of JPEG 2000 is known when it is written.
    var rate: String? {
        switch self {
        case .samples: nil
        case .jpeg: "00.0"
        case .jpeg2000(let options): Self.rate(0, options)
        }
    }

    /// COMRAT of JPEG 2000 with so many bits a sample: Nxyz for xy.z without loss, wxyz for wx.yz.
    static func rate(_ bits: Double, _ options: JPEG2000Encoder.Options) -> String {
        let isLossless = options.isLossless
        let number = Int((bits * (isLossless ? 10 : 100)).rounded())
        let digits = isLossless ? 3 : 4
        let text = String(min(number, isLossless ? 999 : 9_999))
        return (isLossless ? "N" : "") + String(repeating: "0", count: digits - text.count) + text
    }

    /// NBPP where the compression says it.
    var bits: Int? {
        switch self {
        case .samples: nil
        case .jpeg(let options): options.precision
        case .jpeg2000(let options): options.precision
        }
    }

    /// The modes that are possible; nil for all. Three bands of a pixel make one stream.
    func modes(bands: Int) -> [String]? {
        switch self {
        case .samples: nil
        case .jpeg: canMix(bands) ? ["B", "P", "S"] : ["B", "S"]
        case .jpeg2000: ["B"]
        }
    }

    func usualMode(_ bands: Int) -> String { canMix(bands) ? "P" : "B" }

    private func canMix(_ bands: Int) -> Bool {
        if case .jpeg(let options) = self { bands == 3 && (options.precision == 8 || isLossless) } else { false }
    }

    /// IREP where the compression says it: RGB is stored as YCbCr, unless it was copied from a JPEG image where it is not.
    func representation(mode: String, isRGB: Bool) -> String? {
        guard case .jpeg = self, mode == "P" else { return nil }
        return isLossless || isRGB ? "RGB" : "YCbCr601"
    }

    /// With what the finished subheader says: the colours of the streams, and their application segment.
    func completed(_ draft: HeaderDraft, isConverted: Bool) -> PixelCoding {
        guard case .jpeg(var options) = self else { return self }
        let representation = draft.text("IREP")
        let mode = draft.text("IMODE") ?? "B"
        if mode == "P" { options.color = isConverted ? .ycc : .asStored }
        if mode != "P" || !isConverted { options.subsampling = nil }
        let kinds: [String: NITFSegment.ImageClass] = ["VIS": .visible, "IR": .infrared, "SAR": .radar]
        options.markers = .nitf(
            NITFSegment(
                interleaving: NITFSegment.Interleaving(rawValue: mode) ?? .block, blocksPerRow: draft.number("NBPR") ?? 1,
                blocksPerColumn: draft.number("NBPC") ?? 1, isColor: representation == "RGB" || representation == "YCbCr601",
                originalPrecision: draft.number("ABPP") ?? 8, imageClass: kinds[draft.text("ICAT") ?? ""] ?? .general))
        return .jpeg(options)
    }
}
