import ArgumentParser
import Imagery

/// `convert`: an image, or part of it, in another format.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write an image, or part of it, in another format: .png, or .npy (bands, rows, columns) for NumPy.")

    @Argument(help: "The file; '-' is standard input.")
    var source: String
    @Argument(help: "The file to write; its extension says the format; '-' is standard output and needs --to.")
    var target: String
    @Option(help: "What to write, instead of what the extension says: npy or png.")
    var to: OutputFormat?
    @Flag(help: "Replace the target if it exists.")
    var overwrite = false
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var writing: WritingOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if target == "-", to == nil { throw ValidationError("standard output needs --to") }
    }

    func run() throws {
        let format: OutputFormat
        if let to { format = to } else { format = try OutputFormat(extensionOf: target) }
        let dataset = try input.open(source)
        let image = try selection.image(in: dataset)
        let findings = try format.write(image, selection, writing, to: Output(target, overwrite: overwrite))
        for diagnostic in dataset.diagnostics + findings { say("imagery: note: \(diagnostic)") }
    }
}
