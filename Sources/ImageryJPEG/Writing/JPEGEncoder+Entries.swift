// What the library's writer asks for, in the words of JPEG (S6).

public import ImageryBase
import ImageryPlumbing

extension JPEGEncoder {
    /// Writes the only asset, an image, as one JPEG file.
    ///
    /// Throws kind unsupported for other assets, kind misuse for options that JPEG cannot express; and what
    /// ``encode(_:from:options:into:)`` throws.
    public static func write(
        _ entries: [WriteEntry], options: WriteOptions, notes: WriteNotes = WriteNotes(), into sink: any ByteSink
    ) throws {
        let (entry, image, mask) = try entries.singleImage(in: "JPEG")
        if mask != nil { try notes.add(WriteNote(entry.key.mask, "mask", .dropped, "JPEG has no opacity")) }
        var own = try Options(entry)
        if !own.isLossless { try notes.addLossyCoding("JPEG", of: entry.key, isAsked: true) }
        try image.noteDetails(of: entry.key, in: "JPEG", notes)
        try image.noteOriginalBits(of: entry.key, in: "JPEG", notes)
        try notes.addDropped(image.georeference, of: entry.key, in: "JPEG")
        let colors = try ColorStatement(image, own.metadata, entry.key, notes)
        own.metadata = colors.metadata
        try encode(colors.source.layout, from: colors.source.makeReader(), options: own, into: sink)
    }
}

extension JPEGEncodingOptions {
    fileprivate init(_ entry: WriteEntry) throws(ImageryError) {
        let asked = entry.options
        func refuse(_ what: String) -> ImageryError { ImageryError(.misuse, "JPEG", "\(what) cannot be expressed in JPEG") }
        self.init()
        metadata = asked.metadata?.schema == .jpeg ? asked.metadata : nil
        switch asked.compression {
        case nil: break
        case .jpeg(let quality):
            self.quality = quality
            // A lossless original does not make what is asked for lossless.
            if metadata?["SOF"]?["Process"]?.text == CodingProcess.lossless.rawValue { process = .sequential }
        case .losslessJPEG: process = .lossless()
        case .some(let other): throw refuse("compression \(other)")
        }
        try choose(asked.jpeg ?? JPEGChoices())
        if asked.compressionLevel != nil { throw refuse("an effort of Deflate") }
        if asked.jpeg2000 != nil { throw refuse("a choice of JPEG 2000") }
        if let predictor = asked.predictor { throw refuse("predictor \(predictor)") }
        if asked.blockWidth != nil || asked.blockHeight != nil { throw refuse("a block size") }
        if let interleave = asked.interleave, interleave != .pixel { throw refuse("interleave \(interleave)") }
        if asked.omitsEmptyBlocks == true { throw refuse("leaving out empty blocks") }
        if asked.georeference != nil { throw refuse("a georeference") }
        if asked.padValue != nil { throw refuse("a pad value") }
        precision = asked.bitsPerSample
        threads = asked.threads
        if asked.strict, let text = metadata?.all("COM").first(where: { $0.bytes.contains { $0 < 0x20 && $0 != 10 && $0 != 13 } }) {
            throw ImageryError(.misuse, "JPEG COM", "the comment \"\(text.text ?? "")\" has control characters")
        }
        if let date = asked.date { try setDate(date) }
        // What the file has no other place for.
        let told = metadata?["EXIF"]?.group?["270"]?.trimmed
        for (kind, text) in [(TitleComment.title, entry.title), (.description, entry.description)] where text != told {
            setComment(kind, text)
        }
    }

    fileprivate var isLossless: Bool { if case .lossless = process { true } else { false } }

    private mutating func choose(_ choices: JPEGChoices) throws(ImageryError) {
        subsampling = choices.subsampling
        if let isOptimized = choices.optimizesHuffman { optimizesHuffman = isOptimized }
        if let rows = choices.restartRows { restart = rows == 0 ? JPEGEncodingOptions.Restart.none : .rows(rows) }
        if let predictor = choices.losslessPredictor {
            guard isLossless else { throw ImageryError(.misuse, "JPEG", "a predictor is of lossless JPEG only") }
            process = .lossless(predictor: predictor)
        }
        if let isProgressive = choices.isProgressive {
            guard !isLossless else { throw ImageryError(.misuse, "JPEG", "lossless JPEG is not progressive") }
            process = isProgressive ? .progressive : .sequential
        }
    }

    /// EXIF's DateTime (EXIF 2.32, 4.6.4 D).
    private mutating func setDate(_ seconds: Int) throws(ImageryError) {
        guard let time = CalendarTime(secondsSince1970: seconds) else {
            throw ImageryError(.misuse, "JPEG EXIF", "a date of \(seconds) s after 1970 is not in the years 0 to 9999")
        }
        func digits(_ number: Int, _ count: Int) -> String { String(String(number + 10000).suffix(count)) }
        let day = [digits(time.year, 4), digits(time.month, 2), digits(time.day, 2)].joined(separator: ":")
        let clock = [digits(time.hour, 2), digits(time.minute, 2), digits(time.second, 2)].joined(separator: ":")
        var changed = metadata ?? Metadata(schema: .jpeg)
        var tags = changed["EXIF"]?.group ?? Metadata(schema: nil)
        let text = Array("\(day) \(clock)\0".utf8)
        tags.entries.removeAll { $0.code == 306 }
        tags.entries.append(Metadata.Entry("DateTime", code: 306, Value(.ascii, littleEndian: text)))
        changed["EXIF"] = Value(group: tags.entries)
        metadata = changed
    }

    private mutating func setComment(_ kind: TitleComment, _ text: String) {
        var changed = metadata ?? Metadata(schema: .jpeg)
        guard !text.isEmpty else { return }
        changed.entries.removeAll { $0.name == "COM" && $0.value.text?.hasPrefix(kind.rawValue) == true }
        changed.entries.append(Metadata.Entry("COM", Value(text: kind.rawValue + text)))
        metadata = changed
    }
}
