import ArgumentParser
import Imagery
import ImageryPlumbing

/// `overviews`: smaller versions of the images of a TIFF, in the file itself.
struct OverviewsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overviews",
        abstract: "Add overviews to the first page of a TIFF, in place: images at half, a quarter, ... of the columns and rows.",
        discussion: """
            The file only grows: what it holds stays where it is, and the link to the overviews is written last. An image that has overviews is left \
            as it is. Example: imagery overviews scene.tif --resampling nearest
            """)

    @Argument(help: "The TIFF file.")
    var file: String
    @Option(help: "How many overviews; as many as it takes to fit a tile when not given.")
    var overviews: Int?
    @Option(help: "What a pixel is: average or nearest.")
    var resampling: ReducedImage.Method?
    @OptionGroup var report: ReportOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if let overviews, !(1...30).contains(overviews) { throw ValidationError("--overviews is 1 to 30") }
    }

    func run() throws {
        guard file != "-", !RemoteFiles.isAddress(file) else {
            let name = file == "-" ? "standard input" : RemoteFiles.shown(file)
            throw ImageryError(.misuse, name, "overviews are added in place, which takes a file on disk")
        }
        var progress = Progress(quiet: input.quiet)
        let added = try Dataset.addOverviews(
            to: file, count: overviews, resampling: resampling,
            options: writing.options(threads: input.threads, for: .tiff), reading: input.readOptions
        ) { key, rows, all in progress.update(rows, of: all, what: "\(key)") }
        progress.finish()
        let dataset = try input.open(file)
        let sizes = try added.map { (key: $0, shape: try dataset.image($0).layout.shape) }
        let lines = sizes.map { "\($0.key)  \($0.shape.columns) × \($0.shape.rows)" }
        report.tell(
            [file],
            summary: lines.isEmpty ? "\(file): it has overviews, or needs none: nothing was added" : lines.joined(separator: "\n"),
            by: input
        ) { json in
            json.key("overviews")
            json.array { json in
                for size in sizes {
                    json.object { json in
                        json.key("key")
                        json.string(size.key.description)
                        for (name, count) in [("width", size.shape.columns), ("height", size.shape.rows)] {
                            json.key(name)
                            json.integer(count)
                        }
                    }
                }
            }
        }
    }
}
