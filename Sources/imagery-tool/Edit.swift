import ArgumentParser
import Imagery
import ImageryNITF
import ImageryPlumbing

/// `edit`: other fields and extensions, the same pixels.
struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change fields and extensions of an NITF file; pixels and other data are copied as they are.",
        discussion: """
            A PATH is NAME for a field of the file header, KEY/NAME for one of an asset (image:0/ICAT), KEY/TAG.NAME for one of an extension \
            (image:0/BLOCKA.L_LINES), with [n] behind the name of a repeated group or of a tag that is there several times. An extension that \
            is known and not there yet is added. Lengths follow. When anything does not fit, nothing is written.
            Example: imagery edit scene.ntf --set FTITLE=Harbour --set image:0/ICAT=MS --remove image:0/PIAPEA -o other.ntf
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Option(name: .customLong("set"), help: "PATH=VALUE, as often as wanted.")
    var changes: [String] = []
    @Option(name: .customLong("remove"), help: "PATH of extensions, as often as wanted.")
    var removals: [String] = []
    @Option(name: [.short, .customLong("output")], help: "The file to write; '-' is standard output.")
    var output: String
    @Flag(help: "Replace an existing file.")
    var overwrite = false
    @Flag(help: "No word on standard output or error when all is well.")
    var quiet = false
    @OptionGroup var layouts: LayoutOptions
    @OptionGroup var report: ReportOptions

    func run() throws {
        var editor = try NITFEditor(openSource(file, access: .map), options: ReadOptions(layouts: layouts.read()))
        for change in changes {
            guard let sign = change.firstIndex(of: "=") else {
                throw ImageryError(.misuse, change, "a change is a path, '=' and a value")
            }
            try editor.set(String(change[..<sign]), to: Value(text: String(change[change.index(after: sign)...])))
        }
        for path in removals { try editor.remove(path) }
        try editor.check()
        let sink = try Output(output, overwrite: overwrite)
        try editor.write(into: sink)
        try sink.finish()
        var input = InputOptions()
        input.quiet = quiet
        report.tell([output], by: input)
    }
}
