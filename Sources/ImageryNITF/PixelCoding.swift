// How the blocks of an image that is written are stored (MIL-STD-2500C Table A-3: IC, COMRAT, IMODE, IREP; MIL-STD-188-198A).

import ImageryBase
import ImageryJPEG

/// What IC says, and what follows from it for other fields.
enum PixelCoding {
    /// NC, NM.
    case samples
    /// C3, M3, C5, M5.
    case jpeg(JPEGEncoder.Options)

    /// The compression that is asked for, else the copied one where the samples can have it, else none. Down-sampled JPEG becomes JPEG.
    ///
    /// Throws kind unsupported for JPEG of samples that it does not have.
    init(_ layout: ImageLayout, _ copied: HeaderDraft, _ options: WriteOptions, _ context: String) throws(ImageryError) {
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
        case .none?:
            self = .samples
            return
        case .jpeg(let quality)?: jpeg.quality = quality
        default: jpeg.process = .lossless(predictor: options.jpeg?.losslessPredictor ?? 1)
        }
        guard canHold else {
            throw ImageryError(
                .unsupported, context, "samples of type \(type.rawValue) do not exist in JPEG: only uint8 and uint16 do")
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

    private var isLossless: Bool {
        if case .jpeg(let options) = self, case .lossless = options.process { true } else { false }
    }

    /// IC.
    func name(isMasked: Bool) -> String {
        if case .samples = self { return isMasked ? "NM" : "NC" }
        return (isMasked ? "M" : "C") + (isLossless ? "5" : "3")
    }

    /// COMRAT: the streams have their own tables.
    var rate: String? {
        if case .jpeg = self { "00.0" } else { nil }
    }

    /// NBPP where the compression says it.
    var bits: Int? {
        if case .jpeg(let options) = self { options.precision } else { nil }
    }

    /// The modes that are possible; nil for all. Three bands of a pixel make one stream.
    func modes(bands: Int) -> [String]? {
        guard case .jpeg = self else { return nil }
        return canMix(bands) ? ["B", "P", "S"] : ["B", "S"]
    }

    func usualMode(_ bands: Int) -> String { canMix(bands) ? "P" : "B" }

    private func canMix(_ bands: Int) -> Bool {
        if case .jpeg(let options) = self { bands == 3 && (options.precision == 8 || isLossless) } else { false }
    }

    /// IREP where the compression says it: RGB is stored as YCbCr, unless it was copied from a JPEG image where it is not.
    func representation(mode: String, bands: Int, copied: HeaderDraft) -> String? {
        guard case .jpeg = self, mode == "P" else { return nil }
        let isRGB = ["C3", "M3"].contains(copied.text("IC")) && copied.text("IREP") == "RGB"
        return isLossless || isRGB ? "RGB" : "YCbCr601"
    }

    /// With what the finished subheader says: the colours of the streams, and their application segment.
    func completed(_ draft: HeaderDraft) -> PixelCoding {
        guard case .jpeg(var options) = self else { return self }
        let representation = draft.text("IREP")
        let mode = draft.text("IMODE") ?? "B"
        if mode == "P" { options.color = representation == "YCbCr601" ? .ycc : .asStored }
        if mode != "P" || representation != "YCbCr601" { options.subsampling = nil }
        let kinds: [String: NITFSegment.ImageClass] = ["VIS": .visible, "IR": .infrared, "SAR": .radar]
        options.markers = .nitf(
            NITFSegment(
                interleaving: NITFSegment.Interleaving(rawValue: mode) ?? .block, blocksPerRow: draft.number("NBPR") ?? 1,
                blocksPerColumn: draft.number("NBPC") ?? 1, isColor: representation == "RGB" || representation == "YCbCr601",
                originalPrecision: draft.number("ABPP") ?? 8, imageClass: kinds[draft.text("ICAT") ?? ""] ?? .general))
        return .jpeg(options)
    }
}
