import ArgumentParser
import Imagery
import ImageryPlumbing

/// `strip`: a file without what only describes it.
struct StripCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strip",
        abstract: "Leave out texts, dates, EXIF, XMP and comments; pixels, colors and place stay byte for byte.",
        discussion: """
            For TIFF, PNG, JPEG, JPEG 2000 and NITF. The orientation of EXIF goes too. In NITF titles, names, dates, comments, texts and extensions
            go that nothing is decoded or placed by; classification and data segments stay. Prints the names of what was left out.
            Example: imagery strip photo.jpg -o clean.jpg
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Option(name: .shortAndLong, help: "The file to write; '-' is standard output.")
    var output: String
    @Flag(help: "Replace the file if it exists.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup var input: InputOptions

    func run() throws {
        let dataset = try input.open(file, access: .read)
        let sink = try Output(output, overwrite: overwrite)
        let names = try dataset.writeStripped(into: sink)
        try sink.finish()
        let summary = names.isEmpty ? "nothing was to be left out" : "left out: \(names.joined(separator: ", "))"
        report.tell([output], summary: summary, by: input) { json in
            json.key("leftOut")
            json.array { json in names.forEach { json.string($0) } }
        }
    }
}
