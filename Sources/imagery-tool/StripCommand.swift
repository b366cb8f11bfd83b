import ArgumentParser
import Imagery

/// `strip`: a file without what only describes it.
struct StripCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strip",
        abstract: "Leave out texts, dates, EXIF, XMP and comments; pixels, colors and place stay byte for byte.",
        discussion: """
            For TIFF, PNG, JPEG and JPEG 2000. The orientation of EXIF goes too. Prints the names of what was left out.
            Example: imagery strip photo.jpg -o clean.jpg
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Option(name: .shortAndLong, help: "The file to write; '-' is standard output.")
    var output: String
    @Flag(help: "Replace the file if it exists.")
    var overwrite = false
    @OptionGroup var input: InputOptions

    func run() throws {
        let dataset = try input.open(file, access: .read)
        let sink = try Output(output, overwrite: overwrite)
        let names = try dataset.writeStripped(into: sink)
        try sink.finish()
        if !input.quiet, output != "-" {
            print(names.isEmpty ? "nothing was to be left out" : "left out: \(names.joined(separator: ", "))")
        }
    }
}
