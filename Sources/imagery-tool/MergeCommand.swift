import ArgumentParser
import Imagery

/// `merge`: several images as the bands or pages of one file.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Join images of one size as the bands of one image, or any images as the pages of one file.",
        discussion: "Example: imagery merge red.tif green.tif blue.tif -o rgb.tif")

    @Argument(help: "The files, in the order of the bands or pages.")
    var files: [String]
    @Option(name: .shortAndLong, help: "The file to write; its extension says the format.")
    var output: String
    @Option(help: "What to write, instead of what the extension says.")
    var to: Format?
    @Flag(help: "Pages, each an image of its own, instead of bands.")
    var pages = false
    @Flag(help: "The first three bands are red, green and blue, a fourth is opacity.")
    var rgb = false
    @Flag(help: "Replace the file if it exists.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if rgb, pages { throw ValidationError("--rgb and --pages exclude each other") }
    }

    private func merged(_ images: [ImageAsset]) throws -> MergedImage {
        let count = images.reduce(0) { $0 + $1.layout.shape.bands }
        let colors: [ColorModel.Meaning] = [.red, .green, .blue] + (count > 3 ? [.alpha] : [])
        return try MergedImage(of: images, colors: rgb ? colors : [])
    }

    func run() throws {
        guard let format = to ?? Format(extensionOf: output) else {
            throw ImageryError(.misuse, output, "the extension names no format that can be written; use --to")
        }
        try OutputFormat.file(format).check(output)
        let images = try files.map { try input.open($0, access: .read).image() }
        let options = writing.options(threads: input.threads, for: format)
        try Output.check(output, overwrite: overwrite)
        var progress = Progress(quiet: input.quiet)
        let result = try Dataset.write(to: output, format: format, options: options) { writer in
            guard pages else {
                return try writer.add(
                    image: merged(images), georeference: images.first?.georeference, reading: input.readOptions
                ) { progress.update($0, of: $1) }
            }
            for (number, image) in images.enumerated() {
                try writer.add(image: image, as: .image(number), metadata: writing.noMetadata ? Metadata(schema: nil) : nil) {
                    progress.update(number * $1 + $0, of: images.count * $1)
                }
            }
        }
        progress.finish()
        report.tell([output], result, by: input)
    }
}
