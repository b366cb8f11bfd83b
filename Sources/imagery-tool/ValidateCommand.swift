import ArgumentParser
import Imagery
import ImageryPlumbing

/// `validate`: everything that is wrong with files.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Read files whole and tell all that is wrong with them.",
        discussion:
            """
            Prints a line for each finding: how much it weighs (error, warning, remark), structure, byte offset, what is wrong, the clause that \
            says so. A file without errors is told that nothing is wrong; warnings and remarks follow. Exit status: 1 when there is an error, \
            else 0.
            Example: imagery validate scene.tif image.jp2
            """)

    @Argument(help: "The files; '-' is standard input.")
    var files: [String]
    @Flag(help: "An array of {file, findings: [{context, offset, message, severity, clause}]}.")
    var json = false
    @OptionGroup var input: InputOptions

    func run() throws {
        var results: [(file: String, findings: [Diagnostic])] = []
        for file in files {
            var findings: [Diagnostic]
            do {
                let dataset = try input.open(file, access: .read)
                var progress = Progress(quiet: input.quiet, unit: "pieces")
                findings = dataset.validate { done, total in progress.update(done, of: total) }
                progress.finish()
            } catch let error as ImageryError where error.kind == .malformed {
                // A file that cannot be opened has one finding.
                findings = [Diagnostic(error)]
            }
            results.append((RemoteFiles.shown(file), findings))
            if !json { Self.print(RemoteFiles.shown(file), findings) }
        }
        if json { Swift.print(Self.json(results)) }
        let count = results.reduce(0) { $0 + $1.findings.count { $0.severity == .error } }
        guard count > 0 else { return }
        say("imagery: \(count) \(count == 1 ? "error" : "errors")")
        throw ExitCode(1)
    }

    /// Errors first; the findings of one severity stay in their order.
    private static func print(_ file: String, _ findings: [Diagnostic]) {
        if !findings.contains(where: { $0.severity == .error }) { Swift.print("\(file): nothing is wrong") }
        for severity in Diagnostic.Severity.allCases.sorted(by: >) {
            for finding in findings where finding.severity == severity { Swift.print("\(file): \(severity.rawValue): \(finding)") }
        }
    }

    private static func json(_ results: [(file: String, findings: [Diagnostic])]) -> String {
        var json = JSONWriter()
        json.array { json in
            for result in results {
                json.object { json in
                    json.key("file")
                    json.string(result.file)
                    json.key("findings")
                    json.array { json in result.findings.forEach { $0.write(to: &json) } }
                }
            }
        }
        return json.text
    }
}
