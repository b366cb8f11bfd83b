import ArgumentParser
import Imagery

/// `rset`: the files of lower resolution that stand beside an image.
struct RSetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rset", abstract: "Write FILE.r1, FILE.r2, ...: the image at half, a quarter, ... of its columns and rows.",
        discussion: "Example: imagery rset scene.ntf --overviews 5")

    @Argument(help: "The file; others are written beside it.")
    var file: String
    @Option(help: "How many files; as many as it takes to fit 512 pixels when not given.")
    var overviews: Int?
    @Option(help: "What a pixel is: average or nearest.")
    var resampling: ReducedImage.Method?
    @Option(help: "The format of the files, instead of that of FILE.")
    var to: Format?
    @Option(help: "The key of the image.")
    var asset: String?
    @Flag(help: "Replace files that exist.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if let overviews, !(1...15).contains(overviews) { throw ValidationError("--overviews is 1 to 15") }
    }

    func run() throws {
        let dataset = try input.open(file, access: .read)
        let image = try dataset.image(asset.map { AssetKey($0) })
        let format = to ?? dataset.format
        try OutputFormat.file(format).check(RemoteFiles.shown(file))
        var count = overviews ?? 0
        if overviews == nil {
            while count < 15, max(image.layout.shape.columns, image.layout.shape.rows) >> count > 512 { count += 1 }
        }
        let options = writing.options(threads: input.threads, for: format)
        guard count > 0 else {
            return report.tell([], summary: "\(RemoteFiles.shown(file)) fits 512 pixels: no file was written", by: input)
        }
        for level in 1...count { try Output.check("\(file).r\(level)", overwrite: overwrite) }
        var progress = Progress(quiet: input.quiet)
        var (all, lines) = (WriteResult(), [String]())
        for level in 1...count {
            let reduced = try ReducedImage(
                of: image, factor: 1 << level, method: resampling ?? (image.isPalette ? .nearest : .average))
            let path = "\(file).r\(level)"
            let result = try Dataset.write(to: path, format: format, options: options) { writer in
                try writer.add(
                    image: reduced,
                    georeference: image.georeference?.moved(to: reduced.place),
                    metadata: image.metadata,
                    reading: input.readOptions
                ) { progress.update((level - 1) * $1 + $0, of: count * $1) }
            }
            all.notes += result.notes
            all.diagnostics += result.diagnostics
            lines.append("\(path)  \(reduced.layout.shape.columns) × \(reduced.layout.shape.rows)")
        }
        progress.finish()
        report.tell((1...count).map { "\(file).r\($0)" }, all, summary: lines.joined(separator: "\n"), by: input)
    }
}
