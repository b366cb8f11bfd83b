// What the subheader of an image that is written says (MIL-STD-2500C Table A-3), decided in the order of S64: option, metadata,
// default.

import ImageryBase
import ImageryPlumbing

/// An image on its way into a file: its pixels, and its subheader but for what depends on the other segments.
struct ImagePlan {
    let source: PixelSource
    let context: String
    /// NBPP.
    let bits: Int
    /// Which blocks of the file's grid exist in the source, row by row; nil when all do.
    let present: [Bool]?
    /// The samples that mean nothing, where the image has a mask.
    let pad: SampleValue?
    /// How blocks are compressed.
    let coding: PixelCoding
    /// Threads that compress blocks.
    let threads: Int
    private(set) var header: HeaderDraft

    /// Throws kind unsupported for samples that NITF does not have, kind misuse for options and fields that it cannot express.
    init(_ image: PixelSource, _ entry: WriteEntry, _ notes: WriteNotes, context: String) throws(ImageryError) {
        self.context = context
        var options = entry.options
        try Self.check(options, context)
        var draft = try HeaderDraft.copying(options.metadata, SegmentKind.image, strict: options.strict)
        for (old, new) in [("IID", "IID1"), ("ITITLE", "IID2")] {
            if let value = options.metadata?[old], options.metadata?.schema == .nitf { draft.set(new, value) }
        }
        try draft.setTexts(
            [("IID1", 10, entry.title), ("IID2", 80, entry.description)], of: entry.key, strict: options.strict, notes)

        let bands = try Self.bands(image, options, draft, entry.key, notes)
        let source = bands.source
        self.source = source
        var layout = source.layout
        if !layout.pixelType.isSigned, !layout.pixelType.isFloatingPoint, !layout.pixelType.isComplex {
            layout.actualBitsPerPixel = min(
                layout.bitsPerPixel, (0..<layout.shape.bands).reduce(1) { max($0, source.significantBits(of: $1)) })
        }
        try source.noteOriginalBits(of: entry.key, in: "NITF", notes)
        if Set((0..<layout.shape.bands).map(source.significantBits)).count > 1 {
            try notes.add(
                WriteNote(entry.key, "significant bits", .changed, "ABPP says \(layout.actualBitsPerPixel) bits of all bands"))
        }
        let isColor = bands.representation.map { $0 == "RGB" } ?? ["RGB", "YCbCr601"].contains(draft.text("IREP"))
        // Bands that are no colors are not mixed to some.
        if layout.shape.bands > 1, !isColor, draft.text("IMODE") == nil, Self.isStream(options, draft) {
            options.interleave = options.interleave ?? .block
        }
        // Numbers of a palette are read by all software as they are.
        if !bands.tables.isEmpty, draft.text("IC") == nil { options.compression = options.compression ?? .uncompressed }
        let coding = try PixelCoding(layout, draft, options, context)
        if case .samples = coding, options.jpeg != nil {
            throw ImageryError(.misuse, context, "choices of JPEG mean nothing for an image that is not compressed with it")
        }
        if coding.isLossy {
            try notes.addLossyCoding(
                options.compression == nil ? "JPEG (as in the file that was read)" : "the compression", of: entry.key,
                isAsked: options.compression != nil)
        }
        threads = usableThreads(options.threads)
        let sample = try SampleFields(layout, draft, options, coding, context)
        bits = sample.bits
        let isMasked = options.padValue != nil || Self.keepsMask(draft.text("IC"))
        let blocks = try BlockFields(
            layout, draft, options, coding, isMasked: isMasked, isBilevel: sample.bits == 1, context)
        let present = isMasked ? Self.presence(source, blocks) : nil
        self.present = present
        let pad = isMasked ? try Self.padValue(layout, options, bits: sample.bits, context) : nil
        self.pad = pad
        if !isMasked, layout.padValue != nil {
            let way = "NITF says it in a mask, which is written when it is asked for (--pad-value)"
            try notes.add(WriteNote(entry.key, "no-data value", .dropped, way))
        }
        if sample.isWidened {
            try notes.add(WriteNote(entry.key, "significant bits", .changed, "ABPP is \(sample.actualBits), as NBPP has to be"))
        }
        // What the fields say of the samples before they are replaced. JPEG images are read as RGB (S58).
        let wasJPEG = ["C3", "M3"].contains(draft.text("IC"))
        let isYCbCr = draft.text("IREP") == "YCbCr601" && !wasJPEG && layout.shape.bands == 3
        let stored = isYCbCr ? "YCbCr601" : coding.representation(mode: blocks.mode, isRGB: wasJPEG && draft.text("IREP") == "RGB")
        if case .jpeg2000 = coding { draft.removeExtensions(tag: "J2KLRA") }
        try draft.dropProduct(of: entry.key, notes)

        draft.set("IM", "IM")
        draft.set("ENCRYP", 0)
        draft.set("NROWS", layout.shape.rows)
        draft.set("NCOLS", layout.shape.columns)
        draft.set("PVTYPE", sample.valueType)
        draft.set("NBPP", sample.bits)
        draft.set("ABPP", sample.actualBits)
        draft.set("IC", coding.name(isMasked: isMasked))
        draft.set("COMRAT", coding.rate.map { Value(text: $0) })
        draft.set("IMODE", blocks.mode)
        draft.set("NBPR", blocks.columns)
        draft.set("NBPC", blocks.rows)
        draft.set("NPPBH", blocks.width > BlockFields.largest ? 0 : blocks.width)
        draft.set("NPPBV", blocks.height > BlockFields.largest ? 0 : blocks.height)
        draft.set("ISYNC", 0)
        try draft.setComments(context)
        try draft.setBands(
            layout, isElevation: entry.roles.contains(.elevation), stored: stored, bands, context)
        if case .jpeg2000(let options) = coding {
            let list = try Self.layers(
                options, layout, width: blocks.width, height: blocks.height, actualBits: sample.actualBits)
            try draft.append(tag: "J2KLRA", list)
        }
        self.coding = coding.completed(draft, isConverted: stored == "YCbCr601" && !isYCbCr)
        draft.setDefault("PJUST", "R")
        draft.setDefault("IDATIM", "--------------")
        draft.setDefault("IMAG", "1.0")
        draft.setDefault("ISCLAS", "U")
        try ImagePlacement(image, entry, context: context, notes: notes).apply(to: &draft)
        header = draft
    }

    /// What the bands are, and the pixels that say it.
    private static func bands(
        _ image: PixelSource, _ options: WriteOptions, _ copied: HeaderDraft, _ asset: AssetKey, _ notes: WriteNotes
    ) throws(ImageryError) -> BandStatement {
        let isLossy = options.compression?.isLossy ?? ["C3", "M3", "I1"].contains(copied.text("IC"))
        return try BandStatement(
            image, options.metadata, isStream: isStream(options, copied), isLossy: isLossy, asset, notes)
    }

    /// True when blocks become JPEG streams.
    private static func isStream(_ options: WriteOptions, _ copied: HeaderDraft) -> Bool {
        switch options.compression {
        case .jpeg?, .losslessJPEG?: true
        case nil: ["C3", "M3", "I1", "C5", "M5"].contains(copied.text("IC"))
        default: false
        }
    }

    /// True for a copied compression whose mask all software reads: that of JPEG 2000 and lossless JPEG is written only when it is asked for
    /// (S71).
    private static func keepsMask(_ compression: String?) -> Bool { compression == "NM" || compression == "M3" }

    private static func check(_ options: WriteOptions, _ context: String) throws(ImageryError) {
        func refuse(_ what: String) -> ImageryError { ImageryError(.misuse, context, "\(what) cannot be expressed in NITF") }
        switch options.compression {
        case nil, .uncompressed?, .jpeg?, .losslessJPEG?, .jpeg2000?: break
        case let other?: throw refuse("compression \(other)")
        }
        if options.compressionLevel != nil { throw refuse("a level of Deflate") }
        if options.omitsEmptyBlocks == true { throw refuse("leaving out empty blocks") }
        if let predictor = options.predictor { throw refuse("predictor \(predictor)") }
    }

    /// The value of pad pixels: of the options, or of the source where the type can hold it.
    private static func padValue(
        _ layout: ImageLayout, _ options: WriteOptions, bits: Int, _ context: String
    ) throws(ImageryError) -> SampleValue? {
        guard let value = options.padValue ?? layout.padValue else { return nil }
        let type = layout.pixelType
        var fits = value.bytes(for: type) != nil
        if fits, !type.isFloatingPoint, bits < 64, bits < 8 * type.byteCount {
            let number = value.double
            let limit = Double(UInt64(1) << UInt64(type.isSigned ? bits - 1 : bits))
            fits = number < limit && number >= (type.isSigned ? -limit : 0)
        }
        if fits { return value }
        guard options.padValue == nil else {
            throw ImageryError(.misuse, context, "the pad value \(value) does not fit \(bits) bits of type \(type.rawValue)")
        }
        return nil
    }

    /// A block exists unless all blocks of the source under it are absent; nil when all exist.
    private static func presence(_ source: PixelSource, _ blocks: BlockFields) -> [Bool]? {
        var result: [Bool] = []
        for row in 0..<blocks.rows {
            for column in 0..<blocks.columns {
                let block = Window(x: column * blocks.width, y: row * blocks.height, width: blocks.width, height: blocks.height)
                let under = source.layout.blocks(under: block.intersection(source.layout.bounds))
                result.append(under.rows.contains { row in under.columns.contains { source.hasBlock(row, $0) } })
            }
        }
        return result.contains(false) ? result : nil
    }
}

/// PVTYPE, NBPP and ABPP.
private struct SampleFields {
    var valueType: String
    var bits: Int
    var actualBits: Int
    /// ABPP says more bits than carry values: there is no type of fewer.
    var isWidened = false

    init(
        _ layout: ImageLayout, _ copied: HeaderDraft, _ options: WriteOptions, _ coding: PixelCoding, _ context: String
    ) throws(ImageryError) {
        let type = layout.pixelType
        let whole = 8 * type.byteCount
        switch type {
        case .uint8, .uint16, .uint32, .uint64: valueType = "INT"
        case .int8, .int16, .int32, .int64: valueType = "SI"
        case .float32, .float64: valueType = "R"
        case .complexFloat32: valueType = "C"
        case .float16, .complexInt16, .complexInt32, .complexFloat64:
            throw ImageryError(unsupported: .pixelType, context, "samples of type \(type.rawValue) do not exist in NITF")
        }
        let copiedType = copied.text("PVTYPE") ?? ""
        if let stored = coding.bits {
            bits = stored
            guard (1...whole).contains(stored) else {
                throw ImageryError(.misuse, context, "samples of type \(type.rawValue) cannot be stored in \(stored) bits")
            }
        } else if let asked = options.bitsPerSample {
            bits = asked
            guard (1...whole).contains(asked), ImageSubheader.pixelType(valueType, bits: asked) == type else {
                throw ImageryError(.misuse, context, "samples of type \(type.rawValue) cannot be stored in \(asked) bits")
            }
        } else if let stored = copied.number("NBPP"), ["NC", "NM"].contains(copied.text("IC") ?? "NC"),
            ImageSubheader.pixelType(copiedType, bits: stored) == type
        {
            // Compressed samples have any number of bits, others those of Table A-3.
            bits = stored
        } else {
            bits = type == .uint8 && layout.bitsPerPixel == 1 ? 1 : whole
        }
        if bits == 1, type == .uint8, copiedType != "INT", coding.bits == nil { valueType = "B" }
        if case .jpeg2000 = coding {
            // Any number of bits (BPJ2K01.10).
        } else if options.strict, ![8, 12, 16, 32, 64].contains(bits), bits != 1 || valueType != "B" {
            throw ImageryError(.misuse, context, "NBPP of \(bits) is none of 1, 8, 12, 16, 32 and 64 (MIL-STD-2500C Table A-3)")
        }
        let stated = copied.number("ABPP") ?? layout.actualBitsPerPixel
        actualBits = (1...bits).contains(stated) ? stated : bits
        // Readers of JPEG 2000 want all bits of a sample to count (S71).
        if case .jpeg2000 = coding, actualBits != bits {
            isWidened = true
            actualBits = bits
        }
    }
}

/// IMODE, NPPBH and NPPBV, NBPR and NBPC.
private struct BlockFields {
    /// Of a block whose size its field can say.
    static let largest = 8192
    private static let usual = 1024
    private static let most = 9999

    var mode: String
    var width: Int
    var height: Int
    var columns: Int
    var rows: Int

    init(
        _ layout: ImageLayout, _ copied: HeaderDraft, _ options: WriteOptions, _ coding: PixelCoding, isMasked: Bool,
        isBilevel: Bool, _ context: String
    ) throws(ImageryError) {
        let shape = layout.shape
        guard shape.columns <= 99_999_999, shape.rows <= 99_999_999, shape.bands <= 99_999 else {
            throw ImageryError(unsupported: .size, context, "\(shape) samples exceed the fields NBANDS, NROWS and NCOLS")
        }
        let strips = options.blockHeight != nil && options.blockWidth == nil
        width = try Self.side(
            of: shape.columns, asked: strips ? shape.columns : options.blockWidth,
            copied: options.blockWidth == nil && options.blockHeight == nil ? copied.number("NPPBH") : nil, "columns", context)
        height = try Self.side(
            of: shape.rows, asked: options.blockHeight ?? options.blockWidth,
            copied: options.blockWidth == nil && options.blockHeight == nil ? copied.number("NPPBV") : nil, "rows", context)
        // Bi-level images of several blocks are not read by all software (S71).
        if isBilevel, options.blockWidth == nil, options.blockHeight == nil, copied.number("NPPBH") == nil {
            (width, height) = (shape.columns, shape.rows)
        }
        columns = ceilDivide(shape.columns, width)
        rows = ceilDivide(shape.rows, height)
        let isMixed = shape.bands > 1
        let copiedMode = copied.text("IMODE")
        switch options.interleave {
        case .pixel: mode = "P"
        case .row: mode = "R"
        case .block: mode = "B"
        case .band: mode = "S"
        case nil: mode = copiedMode.flatMap { ["B", "P", "R", "S"].contains($0) ? $0 : nil } ?? coding.usualMode(shape.bands)
        }
        // Masked blocks whose bands follow each other are not read by all software (S71).
        if case .samples = coding, isMasked, isMixed, options.interleave == nil, copiedMode == nil, mode == "B" || mode == "R" {
            mode = "P"
        }
        if let modes = coding.modes(bands: shape.bands), !modes.contains(mode) {
            guard options.interleave == nil || !isMixed else {
                throw ImageryError(.misuse, context, "IMODE \(mode) is not possible for \(shape.bands) bands with this compression")
            }
            mode = coding.usualMode(shape.bands)
        }
        // The modes differ with several bands only, S from B with several blocks only.
        if !isMixed || mode == "S" && columns * rows == 1 { mode = "B" }
    }

    /// One side of a block. A single block may have any size, which its field says up to 8192.
    private static func side(
        of length: Int, asked: Int?, copied: Int?, _ what: String, _ context: String
    ) throws(ImageryError) -> Int {
        var result = min(length, usual)
        if let asked {
            guard asked > 0, asked <= largest || asked >= length else {
                throw ImageryError(
                    .misuse, context, "blocks of \(asked) \(what) are not possible: they have 1 to \(largest), or all")
            }
            result = asked > largest ? length : asked
        } else if let copied, copied >= 0 {
            result = copied == 0 || copied > largest ? length : min(copied, length)
        }
        if asked == nil, copied == nil, ceilDivide(length, result) > most { result = min(largest, ceilDivide(length, most)) }
        guard ceilDivide(length, result) <= most else {
            throw ImageryError(
                unsupported: .size, context,
                "\(length) \(what) in blocks of \(result) are more than \(most) blocks, which NBPR and NBPC count")
        }
        return result
    }
}
