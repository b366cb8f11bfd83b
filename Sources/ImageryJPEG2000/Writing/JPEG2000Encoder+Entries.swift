// What the library's writer asks for, in the words of JPEG 2000 (S6, S73).

public import ImageryBase
import ImageryPlumbing

extension JPEG2000Encoder {
    /// Writes the only asset, an image, as one JPEG 2000 file. `options` are those of the file.
    ///
    /// Throws kind unsupported for other assets, kind misuse for options that JPEG 2000 cannot express; and what
    /// ``encode(_:from:options:into:at:)`` throws.
    public static func write(
        _ entries: [WriteEntry], options: WriteOptions, notes: WriteNotes = WriteNotes(), into sink: any ByteSink
    ) throws {
        let (entry, image, mask) = try entries.singleImage(in: "JPEG 2000")
        let metadata = entry.options.metadata?.schema == .jpeg2000 ? entry.options.metadata : nil
        var choices = entry.options.jpeg2000 ?? JPEG2000Choices()
        choices.isHighThroughput = choices.isHighThroughput ?? options.jpeg2000?.isHighThroughput
        let isWrapped = choices.wrapping ?? options.jpeg2000?.wrapping ?? .boxes == .boxes
        let isLossy = entry.options.compression?.isLossy == true
        if isLossy { try notes.addLossyCoding("the compression", of: entry.key, isAsked: true) }
        try noteLosses(image, hasMask: mask != nil, isWrapped: isWrapped, entry.key, notes)
        // Without boxes nothing says what the numbers of a palette are.
        let colors = try ChannelBoxes(image.fillingOpacity(), metadata, isLossy: isLossy || !isWrapped, entry.key, notes)
        let source = colors.source
        var own = try Options(entry.options, choices, metadata, [entry.title, entry.description], source.layout)
        if own.precision == nil { own.precisions = source.storedBits }
        if own.transformsComponents == nil, !colors.isRGB, !source.colorModel.isUndefined { own.transformsComponents = false }
        let plan = try EncodingPlan(source.layout, own)
        let asked = entry.options.georeference
        var offset = 0
        if isWrapped {
            var boxes = BoxWriter()
            boxes.begin(isHighThroughput: plan.isHighThroughput)
            let place = asked ?? source.georeference
            try ImageBoxes(
                plan.size, colors, metadata, place, isAsked: asked != nil, writesGML: choices.writesGML == true, asset: entry.key,
                notes: notes
            ).write(
                &boxes)
            boxes.beginCodestream()
            offset = boxes.bytes.count
            try sink.append(boxes.bytes)
        } else if asked != nil || choices.writesGML == true {
            throw ImageryError(.misuse, "JPEG 2000", "a georeference cannot be expressed in a bare codestream")
        } else {
            try notes.addDropped(source.georeference, of: entry.key, in: "a bare codestream")
        }
        try encode(source.layout, from: source.makeReader(), options: own, into: sink, at: offset)
    }
}

extension JPEG2000Encoder {
    /// What no box, or no codestream without boxes, has a place for.
    private static func noteLosses(
        _ image: PixelSource, hasMask: Bool, isWrapped: Bool, _ asset: AssetKey, _ notes: WriteNotes
    ) throws(ImageryError) {
        if hasMask { try notes.add(WriteNote(asset.mask, "mask", .dropped, "JPEG 2000 has no place for a mask")) }
        try image.noteDetails(of: asset, in: "JPEG 2000", notes)
        try image.noteOriginalBits(of: asset, in: "JPEG 2000", notes)
        let model = image.colorModel
        if model.orientation != .upright {
            try notes.add(WriteNote(asset, "orientation", .dropped, "JPEG 2000 has no place for it: --upright turns the image"))
        }
        if image.layout.padValue != nil {
            try notes.add(WriteNote(asset, "no-data value", .dropped, "JPEG 2000 has no place for one"))
        }
        guard !isWrapped else { return }
        if model.profile != nil {
            try notes.add(WriteNote(asset, "ICC profile", .dropped, "a bare codestream has no place for it"))
        }
        if model.arrangement.alpha != nil {
            try notes.add(
                WriteNote(asset, "alpha", .changed, "the band is there, but a bare codestream cannot say that it is opacity"))
        }
    }
}

extension PixelSource {
    /// Bits of each component, where not all of the image's carry values; nil for all.
    fileprivate var storedBits: [Int]? {
        guard !layout.pixelType.isSigned else { return nil }
        let bits = (0..<layout.shape.bands).map { max(1, significantBits(of: $0)) }
        return bits.contains { $0 < layout.bitsPerPixel } ? bits : nil
    }
}

extension JPEG2000EncodingOptions {
    /// Option, else metadata, else default (S64).
    fileprivate init(
        _ asked: WriteOptions, _ choices: JPEG2000Choices, _ metadata: Metadata?, _ texts: [String], _ layout: ImageLayout
    ) throws(ImageryError) {
        func refuse(_ what: String) -> ImageryError {
            ImageryError(.misuse, "JPEG 2000", "\(what) cannot be expressed in JPEG 2000")
        }
        self.init()
        switch asked.compression {
        case nil, .jpeg2000?: break
        case let other?: throw refuse("compression \(other)")
        }
        if asked.compressionLevel != nil { throw refuse("an effort of Deflate") }
        if asked.jpeg != nil { throw refuse("a choice of JPEG") }
        if let predictor = asked.predictor { throw refuse("predictor \(predictor)") }
        if let interleave = asked.interleave { throw refuse("interleave \(interleave)") }
        if asked.omitsEmptyBlocks == true { throw refuse("leaving out empty blocks") }
        if asked.padValue != nil { throw refuse("a pad value") }
        precision = asked.bitsPerSample
        threads = usableThreads(asked.threads)
        cancellation = asked.cancellation
        // The copied layout.
        let coding = metadata?["COD"]
        if let copied = coding?["Levels"]?.int, (0...32).contains(copied) { levels = copied }
        if let name = coding?["ProgressionOrder"]?.text, let copied = JPEG2000Choices.Order(rawValue: name.lowercased()) {
            order = copied
        }
        if asked.compression == nil, metadata?["Ccap15"] != nil { isHighThroughput = true }
        if let width = metadata?["SIZ"]?["XTsiz"]?.int, let height = metadata?["SIZ"]?["YTsiz"]?.int {
            let sides = 64...4096
            if sides.contains(width), sides.contains(height) { (tileWidth, tileHeight) = (width, height) }
        }
        try set(choices, asked.compression, bands: layout.shape.bands)
        if asked.blockWidth != nil || asked.blockHeight != nil {
            tileWidth = asked.blockWidth ?? layout.shape.columns
            tileHeight = asked.blockHeight ?? asked.blockWidth
        }
        comments = metadata?.all("COM").compactMap { $0.text.flatMap { TextEncoding.latin1.encode($0) } } ?? []
        let told = metadata?["EXIF"]?.group?["270"]?.trimmed
        for (kind, text) in zip([TitleComment.title, .description], texts) where !text.isEmpty && text != told {
            guard let bytes = TextEncoding.latin1.encode(kind.rawValue + text) else { continue }
            comments.removeAll { $0.starts(with: kind.rawValue.utf8) }
            comments.append(bytes)
        }
        if asked.strict, let text = comments.first(where: { $0.contains { $0 < 0x20 && $0 != 10 && $0 != 13 } }) {
            throw ImageryError(
                .misuse, "JPEG 2000 COM", "the comment \"\(String(decoding: text, as: UTF8.self))\" has control characters")
        }
    }
}

extension JPEG2000EncodingOptions {
    /// Takes over the choices of an image, and the rate or quality of its compression.
    package mutating func set(_ choices: JPEG2000Choices, _ compression: Compression?, bands: Int) throws(ImageryError) {
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, "JPEG 2000", message) }
        var rate: Double?
        if case .jpeg2000(let askedRate, let askedQuality)? = compression { (rate, quality) = (askedRate, askedQuality) }
        guard rate == nil || quality == nil else { throw misuse("a rate and a quality cannot both be met: one of them is enough") }
        if let profile = choices.profile {
            self.profile = profile
            levels = 5
            order = profile == .npje ? .lrcp : .rlcp
            transformsComponents = false
            (writesTilePartLengths, writesPacketLengths) = (true, true)
            // Rates are those of a band.
            rates = Self.profileRates.map { $0 * Double(bands) }
            // Profile 1 (Table A.45).
            capabilities = 2
        }
        if let list = choices.layers { rates = list }
        if let rate {
            guard rate > 0, rate.isFinite else { throw misuse("a rate of \(rate) bits a pixel is not possible") }
            rates = rates.filter { $0 < rate } + [rate]
        } else if !rates.isEmpty, quality == nil {
            isReversible = true
        }
        if let chosen = choices.isHighThroughput { isHighThroughput = chosen }
        if let chosen = choices.levels { levels = chosen }
        if let chosen = choices.order { order = chosen }
        region = choices.region
        if let chosen = choices.transformsComponents { transformsComponents = chosen }
        if let chosen = choices.listsLengths { (writesTilePartLengths, writesPacketLengths) = (chosen, chosen) }
        func exponent(_ size: Int, _ what: String) throws(ImageryError) -> Int {
            guard size > 0, size & (size - 1) == 0 else { throw misuse("\(what) of \(size) is no power of two") }
            return size.trailingZeroBitCount
        }
        if let width = choices.codeBlockWidth { blockWidthExponent = try exponent(width, "a code-block width") }
        if let height = choices.codeBlockHeight { blockHeightExponent = try exponent(height, "a code-block height") }
        if let size = choices.precinctSize { precinctExponent = try exponent(size, "a precinct size") }
    }

    /// Bits of a sample behind the layers of NPJE and EPJE (STDI-0006 Table 2.3-3, panchromatic images).
    static let profileRates = [
        0.03125, 0.0625, 0.125, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.7, 2.0, 2.3, 3.5, 3.9,
    ]
}
