import ArgumentParser
import Imagery

/// `dump`: every field of the headers.
struct Dump: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print every field of a file's headers: name, size, offset, value.")

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @OptionGroup var input: InputOptions

    func run() throws {
        for line in try input.open(file).dump() {
            let indent = String(repeating: "    ", count: line.depth)
            print("\(indent)\(line.name) \(line.size) @ \(line.offset)\(line.value.isEmpty ? "" : "  \(line.value)")")
        }
    }
}
