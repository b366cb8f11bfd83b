public import ImageryBase

extension Dataset {
    /// Writes a file of the assets that `body` adds to the writer (S70). The format is the one named, else the extension's.
    ///
    /// The file appears when it is finished; whatever is thrown, by `body`, a source or the disk, leaves nothing behind and an existing file as it
    /// was (S14). Returns what reading the sources found, and what of them the file
    /// does not say.
    ///
    /// Throws kind misuse for an extension that stands for no format, unsupported for what the format cannot hold, io; and what `body` throws.
    @discardableResult
    public static func write(
        to path: String, format: Format? = nil, options: WriteOptions = WriteOptions(), _ body: (DatasetWriter) throws -> Void
    ) throws -> WriteResult {
        try write(to: [path], format: format, options: options, body)
    }

    /// Writes several files as one pyramid (S44): the first path is the base, each other one ends in `.rN` and gets the image
    /// `image:0:overview:N`, each in the format of its own extension unless `format` is given.
    @discardableResult
    public static func write(
        to paths: [String], format: Format? = nil, options: WriteOptions = WriteOptions(), _ body: (DatasetWriter) throws -> Void
    ) throws -> WriteResult {
        var levels: [Int] = []
        var formats: [Format] = []
        for (index, path) in paths.enumerated() {
            guard let known = format ?? Format(extensionOf: path) else {
                throw ImageryError(.misuse, path, "the extension names no format")
            }
            guard let level = index == 0 ? 0 : Format.reducedResolutionLevel(ofName: path) else {
                throw ImageryError(.misuse, path, "the name of a pyramid's overview ends in .r1, .r2, ...")
            }
            guard !levels.contains(level) else { throw ImageryError(.misuse, path, "two paths have the overview level \(level)") }
            levels.append(level)
            formats.append(known)
        }
        guard let base = formats.first else { throw ImageryError(.misuse, "dataset", "there is no path to write to") }
        try options.check()
        let writer = DatasetWriter(base, options)
        try body(writer)
        let (entries, fileOptions) = try writer.finish()
        let notes = WriteNotes(fileOptions.losses)
        for note in writer.notes { try notes.add(note) }
        let files = paths.count > 1 ? try WritePlan.split(entries, levels: levels) : [entries]
        var sinks: [FileSink] = []
        for (index, path) in paths.enumerated() {
            let sink = try FileSink(path, durability: options.durability)
            var own = fileOptions
            if index > 0 { own.metadata = nil }
            if formats[index] == .jpeg2000 { own.jpeg2000 = own.jpeg2000.filled(fromExtensionOf: paths[index]) }
            try WritePlan.encode(files[index], as: formats[index], options: own, notes: notes, into: sink)
            sinks.append(sink)
        }
        for sink in sinks { try sink.commit() }
        return WriteResult(notes: notes.all, diagnostics: writer.findings)
    }

    /// Appends a file of `format` to a sink of the caller's (S15); errors as for a file.
    @discardableResult
    public static func write(
        into sink: any ByteSink, format: Format, options: WriteOptions = WriteOptions(), _ body: (DatasetWriter) throws -> Void
    ) throws -> WriteResult {
        try options.check()
        let writer = DatasetWriter(format, options)
        try body(writer)
        let (entries, fileOptions) = try writer.finish()
        let notes = WriteNotes(fileOptions.losses)
        for note in writer.notes { try notes.add(note) }
        try WritePlan.encode(entries, as: format, options: fileOptions, notes: notes, into: CheckedSink(sink))
        return WriteResult(notes: notes.all, diagnostics: writer.findings)
    }

    /// The bytes of a file of `format`.
    public static func encoded(
        as format: Format, options: WriteOptions = WriteOptions(), _ body: (DatasetWriter) throws -> Void
    ) throws -> [UInt8] {
        let sink = MemorySink()
        try write(into: sink, format: format, options: options, body)
        return sink.bytes
    }
}

extension JPEG2000Choices? {
    /// What the extension of a path says of a JPEG 2000 file where nothing else does (S6): `.j2k` and `.j2c` are bare codestreams, `.jph` has HT
    /// code-blocks.
    func filled(fromExtensionOf path: String) -> JPEG2000Choices {
        var result = self ?? JPEG2000Choices()
        let ending = Format.pathExtension(of: path)
        if ending == "j2k" || ending == "j2c" { result.wrapping = result.wrapping ?? .bare }
        if ending == "jph" { result.isHighThroughput = result.isHighThroughput ?? true }
        return result
    }
}
