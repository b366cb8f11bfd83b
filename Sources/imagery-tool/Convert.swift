public import ArgumentParser
public import Imagery
import ImageryPlumbing

/// `convert`: images, or parts of them, in another format.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write images, or parts of them, in another format; .npy is (bands, rows, columns) for NumPy.",
        discussion: """
            Metadata go along into a file of the same format, the georeference into every format that has one. With --overviews a TIFF gets
            overviews inside, other formats further files OUT.r1, OUT.r2, ... --text and --data add assets to formats that have such.
            With --into every FILE is converted, several at a time; a folder is the images in it.
            Examples: imagery convert scene.ntf scene.tif --cog
                      imagery convert scene.tif view.png --type uint8 --stretch 2,98 --size 1000
                      imagery convert *.ntf --into out --to tiff --continue
            """)

    @Argument(
        help: ArgumentHelp(
            "The file and the file to write: IN OUT; with --into any number of files. '-' is standard input or output.",
            valueName: "file"))
    var files: [String]
    @Option(help: "What to write, instead of what the extension says.")
    var to: OutputFormat?
    @Option(help: "A folder that gets every file under its name, in the format of --to.")
    var into: String?
    @Flag(name: .customLong("continue"), help: "With --into: go on with the other files after a fault.")
    var goesOn = false
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
    @Option(
        help:
            "The SICD or SIDD document (XML) of the image: what is written is that product, in NITF; repeated for documents without image."
    )
    var product: [String] = []
    @Option(help: "A title for the image.")
    var title: String?
    @Flag(help: "Replace the target if it exists.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup(title: "What part") var selection: SelectionOptions
    @OptionGroup(title: "Which samples") var samples: SampleOptions
    @OptionGroup(title: "How to write") var writing: WritingOptions
    @OptionGroup(title: "How to read") var input: InputOptions

    func validate() throws {
        if into == nil {
            guard files.count == 2 else {
                throw ValidationError(
                    "convert takes a file and the file to write, or any number of files with --into DIR --to FORMAT")
            }
            if files[1] == "-", to == nil { throw ValidationError("standard output needs --to") }
            if files[1] == "-", report.json { throw ValidationError("--json and a file on standard output exclude each other") }
            if goesOn { throw ValidationError("--continue belongs to --into") }
        } else if to == nil {
            throw ValidationError("--into needs --to: the format of all files")
        }
        if !product.isEmpty {
            let isPart =
                selection.window != nil || selection.bounds != nil || selection.bands != nil || selection.resolutionLevel != 0
            if into != nil || isPart || samples.size != nil || cog || overviews > 0 {
                throw ValidationError("--product takes one whole image: a document tells of all its rows and columns")
            }
        }
        if !(0...15).contains(overviews) { throw ValidationError("--overviews is 0 to 15") }
        if overviews > 0, !cog, selection.resolutionLevel != 0 {
            throw ValidationError("--overviews and --resolution-level exclude each other")
        }
        if samples.size != nil, overviews > 0, !cog { throw ValidationError("--overviews and --size exclude each other") }
        if samples.size != nil, selection.resolutionLevel != 0 {
            throw ValidationError("--size and --resolution-level exclude each other: --size finds the level")
        }
    }

    func run() throws {
        if let into, let to { return try ConversionBatch(self, into: into, as: to).run() }
        let output: OutputFormat
        if let to { output = to } else { output = try OutputFormat(extensionOf: files[1]) }
        try output.check(files[1])
        var progress = Progress(quiet: input.quiet)
        let result = try convert(files[0], to: files[1], as: output, &progress)
        progress.finish()
        report.tell([files[1]], result, by: input)
    }

    /// Converts one file.
    func convert(_ source: String, to target: String, as output: OutputFormat, _ progress: inout Progress) throws -> WriteResult {
        // Pages of a mapped file that was read stay with the process: what may be large is read call by call.
        let dataset = try input.open(source, access: .read)
        // A file of the same kind holds texts and data without an image, too.
        let holdsAll = if case .file(let format) = output { keepsAll(of: dataset, as: format) } else { false }
        var image: ImageAsset?
        var resized: ResampledImage?
        if !holdsAll || !dataset.images.isEmpty {
            let found = try selection.image(in: dataset)
            let stored = samples.upright ? found.upright() : found
            let derive = try samples.derivation(for: stored, selection)
            image = try derive(stored)
            resized = try samples.resized(stored, selection, derive)
        }
        var result = WriteResult()
        switch output {
        case .npy:
            guard let image else { break }
            let sink = try Output(target, overwrite: overwrite, durability: writing.durability)
            if let resized {
                try output.write(resized.read(options: input.readOptions), to: sink)
            } else if try NPYStream.suits(image, selection) {
                result.diagnostics = try NPYStream(image: image, selection: selection).write(to: sink, progress: &progress)
                try sink.finish()
            } else {
                let raster = try selection.read(image, progress: &progress)
                result.diagnostics = raster.diagnostics
                try output.write(raster, to: sink)
            }
        case .file(let format):
            result = try write(image, resized, of: dataset, to: target, as: format, &progress)
        }
        result.diagnostics = dataset.diagnostics + result.diagnostics
        return result
    }

    /// True when all assets go along: a whole file becomes one of its own kind, and no asset was named.
    private func keepsAll(of dataset: Dataset, as format: Format) -> Bool {
        guard selection.isWholeFile, !samples.changesSamples, samples.size == nil, !cog else { return false }
        switch (dataset.format, format) {
        case (.tiff, .tiff): return true
        case (.nitf, .nitf), (.nitf, .nsif), (.nsif, .nitf), (.nsif, .nsif), (.nitf20, .nitf), (.nitf20, .nsif): return true
        default: return false
        }
    }

    private func write(
        _ image: ImageAsset?, _ resized: ResampledImage?, of dataset: Dataset, to target: String, as format: Format,
        _ progress: inout Progress
    ) throws -> WriteResult {
        var options = writing.options(threads: input.threads, for: format)
        // NITF says no-data in a mask, which it gets only when somebody asks for it.
        if [.nitf, .nsif].contains(format) { options.padValue = options.padValue ?? samples.noData }
        // The file's own metadata go with its image, into a file of the same kind.
        let isWhole = selection.chosenBands == nil && !samples.changesSamples && !writing.noMetadata
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
            let metadata = writing.noMetadata ? Metadata(schema: nil) : isWhole ? nil : image?.metadata.withoutSamples
            if let document = product.first, let image {
                try writer.add(product: readBytes(document), image: image)
                for path in product.dropFirst() { try writer.add(document: readBytes(path)) }
                LeftOut(dataset, image, keepsLevels: false, keepsMask: false).note(on: writer)
            } else if keepsAll(of: dataset, as: format) {
                let copy = WholeFile(dataset, main: image, metadata: metadata, title: title, remakesOverviews: overviews > 0)
                try copy.add(to: writer) { rows, all in shown.update(rows, of: all) }
            } else if let image {
                try addImage(image, resized, of: dataset, to: writer, metadata, format) { rows, all in shown.update(rows, of: all) }
            }
            if let image { try addOverviews(of: image, in: dataset, to: writer, format) }
            for path in text { try writer.add(text: String(decoding: readBytes(path), as: UTF8.self), title: fileName(path)) }
            for path in data { try writer.add(data: readBytes(path), title: fileName(path)) }
        }
        guard target != "-" else {
            let sink = try Output(target, overwrite: overwrite)
            return try Dataset.write(into: sink, format: format, options: options, add)
        }
        let paths = [target] + (format == .tiff || cog ? [] : (0..<overviews).map { "\(target).r\($0 + 1)" })
        for path in paths { try Output.check(path, overwrite: overwrite) }
        return try Dataset.write(to: paths, format: format, options: options, add)
    }

    /// One image with its mask, and notes of what stays behind.
    private func addImage(
        _ image: ImageAsset, _ resized: ResampledImage?, of dataset: Dataset, to writer: DatasetWriter, _ metadata: Metadata?,
        _ format: Format, progress: @escaping (_ rows: Int, _ of: Int) -> Void
    ) throws {
        var keepsMask = false
        if let resized {
            try writer.add(
                image: resized, georeference: image.georeference?.moved(to: resized.place), as: .image(0),
                title: title ?? image.title,
                metadata: metadata ?? image.metadata, reading: input.readOptions, progress: progress)
        } else {
            try writer.add(
                image: image, window: selection.window(in: image), bands: selection.chosenBands,
                resolutionLevel: selection.resolutionLevel, fill: selection.fill, as: .image(0), title: title, metadata: metadata,
                progress: progress)
            if let mask = mask(of: image, in: dataset), selection.resolutionLevel == 0 {
                try writer.add(image: mask, window: selection.window(in: image), as: AssetKey.image(0).mask)
                keepsMask = true
            }
        }
        guard selection.asset == nil else { return }
        let keepsLevels = cog || overviews > 0 || format == .jpeg2000
        LeftOut(dataset, image, keepsLevels: keepsLevels, keepsMask: keepsMask).note(on: writer)
    }

    /// The mask of an image that is written as it is stored.
    private func mask(of image: ImageAsset, in dataset: Dataset) -> ImageAsset? {
        guard selection.component == nil, !image.roles.contains(.mask) else { return nil }
        guard let mask = try? dataset.image(image.key.mask) else { return nil }
        return samples.upright ? mask.upright(as: try? dataset.image(image.key).colorModel.orientation) : mask
    }

    /// Overviews of the image, and in a TIFF of its mask, of the samples that show.
    private func addOverviews(of image: ImageAsset, in dataset: Dataset, to writer: DatasetWriter, _ format: Format) throws {
        let mask = mask(of: image, in: dataset)
        let method = resampling ?? (image.isPalette ? .nearest : .average)
        for level in 0..<(cog ? 0 : overviews) {
            let reduced = try ReducedImage(
                of: image, window: selection.window(in: image), bands: selection.chosenBands, factor: 2 << level, method: method,
                mask: mask)
            try writer.add(
                image: reduced, georeference: image.georeference?.moved(to: reduced.place), as: .overview(level + 1),
                reading: input.readOptions)
            guard let mask, format == .tiff else { continue }
            let hidden = try ReducedImage(of: mask, window: selection.window(in: image), factor: 2 << level, method: method)
            try writer.add(image: hidden, as: AssetKey.overview(level + 1).mask, reading: input.readOptions)
        }
    }

    private func readBytes(_ path: String) throws -> [UInt8] {
        let source = try FileSource(path, access: .read)
        return try source.copy(0..<source.byteCount, of: path)
    }
}

/// The last part of a path.
func fileName(_ path: String) -> String {
    let path = RemoteFiles.shown(path)
    return path.split(separator: "/").last.map(String.init) ?? path
}

extension ImageAsset {
    /// True when samples are numbers of a palette's entries: means of them are of no use.
    var isPalette: Bool { colorModel.bands.contains(.paletteIndex) }
}

extension Metadata {
    /// Without what a PNG file says of its samples, where others are written.
    fileprivate var withoutSamples: Metadata? {
        guard schema == .png else { return nil }
        let chunks: Set<String> = ["IHDR", "PLTE", "tRNS", "sBIT", "bKGD", "hIST"]
        return Metadata(schema: schema, entries: entries.filter { !chunks.contains($0.name) })
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
