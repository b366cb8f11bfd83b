public import ArgumentParser
public import Imagery

/// `convert`: an image, or part of it, in another format.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write an image, or part of it, in another format; .npy is (bands, rows, columns) for NumPy.",
        discussion: """
            Metadata go along into a file of the same format, the georeference into every format that has one. With --overviews a TIFF gets
            overviews inside, other formats further files OUT.r1, OUT.r2, ... --text and --data add assets to formats that have such.
            """)

    @Argument(help: "The file; '-' is standard input.")
    var source: String
    @Argument(help: "The file to write; its extension says the format; '-' is standard output and needs --to.")
    var target: String
    @Option(help: "What to write, instead of what the extension says.")
    var to: OutputFormat?
    @Option(help: "How many overviews to make, each of half the columns and rows of the one before.")
    var overviews = 0
    @Option(help: "What a pixel of an overview is: average or nearest.")
    var resampling: ReducedImage.Method?
    @Flag(help: "A cloud-optimized GeoTIFF, with overviews: as many as it takes, or those of --overviews.")
    var cog = false
    @Option(help: "A text file to add as an asset; may be repeated.")
    var text: [String] = []
    @Option(help: "A file to add as a data asset; may be repeated.")
    var data: [String] = []
    @Option(help: "A title for the image.")
    var title: String?
    @Flag(help: "Replace the target if it exists.")
    var overwrite = false
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if target == "-", to == nil { throw ValidationError("standard output needs --to") }
        if !(0...15).contains(overviews) { throw ValidationError("--overviews is 0 to 15") }
        if overviews > 0, !cog, selection.resolutionLevel != 0 {
            throw ValidationError("--overviews and --resolution-level exclude each other")
        }
    }

    func run() throws {
        let output: OutputFormat
        if let to { output = to } else { output = try OutputFormat(extensionOf: target) }
        try output.check(target)
        // Pages of a mapped file that was read stay with the process: what may be large is read call by call.
        let dataset = try input.open(source, access: .read)
        let image = try selection.image(in: dataset)
        var progress = Progress()
        let result: WriteResult
        switch output {
        case .npy:
            let sink = try Output(target, overwrite: overwrite, durability: writing.durability)
            if try NPYStream.suits(image, selection) {
                let found = try NPYStream(image: image, selection: selection).write(to: sink, progress: &progress)
                result = WriteResult(diagnostics: found)
                try sink.finish()
            } else {
                let raster = try selection.read(image, progress: &progress)
                result = WriteResult(diagnostics: raster.diagnostics)
                try output.write(raster, to: sink)
            }
        case .file(let format):
            result = try write(image, of: dataset, as: format, &progress)
        }
        progress.finish()
        for diagnostic in dataset.diagnostics + result.diagnostics { say("imagery: note: \(diagnostic)") }
        for note in result.notes { say("imagery: note: \(note)") }
    }

    private func write(_ image: ImageAsset, of dataset: Dataset, as format: Format, _ progress: inout Progress) throws
        -> WriteResult
    {
        var options = writing.options(threads: input.threads, for: format)
        // The file's own metadata go with its image, into a file of the same kind.
        let isWhole = selection.chosenBands == nil && !writing.noMetadata
        if isWhole { options.metadata = dataset.metadata }
        if cog {
            var choices = CloudOptimization()
            choices.overviews = overviews > 0 ? overviews : nil
            choices.resampling = resampling
            options.cloudOptimized = choices
        }
        var shown = progress
        defer { progress = shown }
        func add(to writer: DatasetWriter) throws {
            let metadata: Metadata? = writing.noMetadata || format == .png && !isWhole ? Metadata(schema: nil) : nil
            try writer.add(
                image: image, window: selection.window, bands: selection.chosenBands, resolutionLevel: selection.resolutionLevel,
                fill: selection.fill, as: .image(0), title: title, metadata: metadata
            ) { rows, all in shown.update(rows, of: all) }
            if cog, format == .tiff, dataset.contains(image.key.mask) {
                try writer.add(
                    image: dataset.image(image.key.mask), window: selection.window, resolutionLevel: selection.resolutionLevel,
                    as: AssetKey.image(0).mask)
            }
            for level in 0..<(cog ? 0 : overviews) {
                let reduced = try ReducedImage(
                    of: image, window: selection.window, bands: selection.chosenBands, factor: 2 << level,
                    method: resampling ?? (image.isPalette ? .nearest : .average))
                try writer.add(image: reduced, as: .overview(level + 1), reading: input.readOptions)
            }
            for path in text { try writer.add(text: String(decoding: readBytes(path), as: UTF8.self), title: name(of: path)) }
            for path in data { try writer.add(data: readBytes(path), title: name(of: path)) }
        }
        guard target != "-" else {
            let sink = try Output(target, overwrite: overwrite)
            return try Dataset.write(into: sink, format: format, options: options, add)
        }
        let paths = [target] + (format == .tiff || cog ? [] : (0..<overviews).map { "\(target).r\($0 + 1)" })
        for path in paths { try Output.check(path, overwrite: overwrite) }
        return try Dataset.write(to: paths, format: format, options: options, add)
    }

    private func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private func readBytes(_ path: String) throws -> [UInt8] {
        let source = try openFile(path, access: .read)
        return try source.copy(0..<source.byteCount, of: path)
    }
}

extension ImageAsset {
    /// True when samples are numbers of a palette's entries: means of them are of no use.
    fileprivate var isPalette: Bool {
        metadata["PhotometricInterpretation"]?.int == 3 || metadata["PLTE"] != nil || metadata["IREP"]?.trimmed == "RGB/LUT"
    }
}

extension ReducedImage.Method: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument.lowercased() {
        case "average": self = .average
        case "nearest": self = .nearest
        default: return nil
        }
    }
    public static var allValueStrings: [String] { ["average", "nearest"] }
}
