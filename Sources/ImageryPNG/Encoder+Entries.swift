// What the library's writer asks for, in the words of PNG (S6).

public import ImageryBase
import ImageryPlumbing

extension PNGEncoder {
    /// Writes the only asset, an image, as one PNG datastream.
    ///
    /// Throws kind unsupported for other assets, kind misuse for options that PNG cannot express; and what
    /// ``encode(_:from:options:into:)`` throws.
    public static func write(
        _ entries: [WriteEntry], options: WriteOptions, notes: WriteNotes = WriteNotes(), into sink: any ByteSink
    ) throws {
        let (entry, image, mask) = try entries.singleImage(in: "PNG")
        var own = try Options(entry)
        var source = image
        if let mask {
            source = try image.fillingBytes(unlessGrayOf: [1, 2, 4]).picture(
                for: entry.key, in: "PNG", hasAlpha: true, notes: notes)
            if source.colorModel.arrangement.alpha == nil {
                source = try source.addingAlpha(from: mask, of: entry.key)
            } else {
                try notes.add(WriteNote(entry.key.mask, "mask", .dropped, "the image has an opacity of its own"))
            }
        }
        try image.noteDetails(of: entry.key, in: "PNG", notes)
        try notes.addDropped(image.georeference, of: entry.key, in: "PNG")
        let colors = try ColorStatement(source, own.metadata, entry.key, notes)
        own.metadata = colors.metadata
        source = colors.source
        try encode(source.layout, from: source.makeReader(), options: own, into: sink)
    }
}

extension PNGEncoder.Options {
    fileprivate init(_ entry: WriteEntry) throws(ImageryError) {
        let asked = entry.options
        func refuse(_ what: String) -> ImageryError { ImageryError(.misuse, "PNG", "\(what) cannot be expressed in PNG") }
        if let compression = asked.compression, compression != .deflate { throw refuse("compression \(compression)") }
        if asked.jpeg != nil { throw refuse("a choice of JPEG") }
        if asked.jpeg2000 != nil { throw refuse("a choice of JPEG 2000") }
        if let predictor = asked.predictor { throw refuse("predictor \(predictor)") }
        if asked.blockWidth != nil || asked.blockHeight != nil { throw refuse("a block size") }
        if let interleave = asked.interleave, interleave != .pixel { throw refuse("interleave \(interleave)") }
        if asked.omitsEmptyBlocks == true { throw refuse("leaving out empty blocks") }
        if asked.georeference != nil { throw refuse("a georeference") }
        if asked.padValue != nil { throw refuse("a pad value") }
        self.init()
        if let level = asked.compressionLevel { self.level = level }
        bitDepth = asked.bitsPerSample
        threads = asked.threads
        metadata = asked.metadata?.schema == .png ? asked.metadata : nil
        if asked.strict, let texts = metadata?.entries.first(where: { $0.name == "tEXt" && !Self.isPrintable($0.value) }) {
            throw ImageryError(.misuse, "PNG \(texts.name)", "the text has control characters (11.3.3.2)")
        }
        if let date = asked.date {
            var changed = metadata ?? Metadata(schema: .png)
            changed["tIME"] = try Self.time(date)
            metadata = changed
        }
        // What the file has no other place for.
        try addText("Title", entry.title)
        try addText("Description", entry.description)
    }

    private static func time(_ seconds: Int) throws(ImageryError) -> Value {
        guard let time = CalendarTime(secondsSince1970: seconds) else {
            throw ImageryError(.misuse, "PNG tIME", "a date of \(seconds) s after 1970 is not in the years 0 to 9999")
        }
        let fields = [
            ("Year", time.year), ("Month", time.month), ("Day", time.day), ("Hour", time.hour), ("Minute", time.minute),
            ("Second", time.second),
        ]
        return Value(group: fields.map { Metadata.Entry($0.0, Value($0.1, .short)) })
    }

    private static func isPrintable(_ value: Value) -> Bool {
        (value["Text"]?.text ?? "").unicodeScalars.allSatisfy { $0 == "\n" || (0x20...0x7e).contains($0.value) || $0.value >= 0xa0 }
    }

    private mutating func addText(_ keyword: String, _ text: String) throws(ImageryError) {
        guard !text.isEmpty else { return }
        let names = ["tEXt", "zTXt", "iTXt"]
        var changed = metadata ?? Metadata(schema: .png)
        let old = changed.entries.filter { names.contains($0.name) && $0.value["Keyword"]?.text == keyword }
        if old.count == 1, old[0].value["Text"]?.text == text { return }
        changed.entries.removeAll { names.contains($0.name) && $0.value["Keyword"]?.text == keyword }
        let isLatin = TextEncoding.latin1.encode(text) != nil
        var fields = [Metadata.Entry("Keyword", Value(text: keyword))]
        if !isLatin { fields.append(Metadata.Entry("CompressionFlag", Value(0, .byte))) }
        fields.append(Metadata.Entry("Text", Value(text: text)))
        changed.entries.append(Metadata.Entry(isLatin ? "tEXt" : "iTXt", Value(group: fields)))
        metadata = changed
    }
}
