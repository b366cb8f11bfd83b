import ArgumentParser
import Imagery

/// `mosaic`: tiles on one grid as one image.
struct MosaicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mosaic", abstract: "Join images that lie on one grid (same reference system and pixel size) into one.",
        discussion: """
            Images are read as the rows of the result reach them. Later ones lie above; their no-data pixels let those below through.
            Example: imagery mosaic tiles/ -o scene.tif --cog
            """)

    @Argument(help: "The files; a folder is the images in it.")
    var files: [String]
    @Option(name: .shortAndLong, help: "The file to write; its extension says the format.")
    var output: String
    @Option(help: "What to write, instead of what the extension says.")
    var to: Format?
    @Flag(help: "A cloud-optimized GeoTIFF, with overviews.")
    var cog = false
    @Option(name: .customLong("nodata"), parsing: .unconditional, help: "The value of pixels that no file has.")
    var noData: SampleValue?
    @Flag(help: "Replace the file if it exists.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var input: InputOptions

    func run() throws {
        guard let format = to ?? Format(extensionOf: output) else {
            throw ImageryError(.misuse, output, "the extension names no format that can be written; use --to")
        }
        try OutputFormat.file(format).check(output)
        let images = try FileArguments.expanded(files).map { try input.open($0, access: .read).image() }
        let mosaic = try MosaicImage(of: images, noData: noData)
        var options = writing.options(threads: input.threads, for: format)
        if cog { options.cloudOptimized = CloudOptimization() }
        try Output.check(output, overwrite: overwrite)
        var progress = Progress(quiet: input.quiet)
        let result = try Dataset.write(to: output, format: format, options: options) { writer in
            try writer.add(image: mosaic, georeference: mosaic.georeference, reading: input.readOptions) {
                progress.update($0, of: $1)
            }
        }
        progress.finish()
        report.tell([output], result, by: input)
    }
}
