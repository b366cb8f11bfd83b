import ArgumentParser
import Imagery
import ImageryPlumbing

/// `dump`: every field of the headers.
struct Dump: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Print every field of a file's headers: name, size, offset, value.",
        discussion: "Example: imagery dump scene.ntf")

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Flag(help: "An array of {depth, name, offset, size, value} instead of text.")
    var json = false
    @OptionGroup var input: InputOptions

    func run() throws {
        if json { return print(Self.json(try input.open(file).dump())) }
        for line in try input.open(file).dump() {
            let indent = String(repeating: "    ", count: line.depth)
            print("\(indent)\(line.name) \(line.size) @ \(line.offset)\(line.value.isEmpty ? "" : "  \(line.value)")")
        }
    }

    private static func json(_ lines: [DumpLine]) -> String {
        var writer = JSONWriter()
        writer.array { json in
            for line in lines {
                json.object { json in
                    json.key("depth")
                    json.integer(line.depth)
                    json.key("name")
                    json.string(line.name)
                    json.key("offset")
                    json.integer(line.offset)
                    json.key("size")
                    json.integer(line.size)
                    json.key("value")
                    json.string(line.value)
                }
            }
        }
        return writer.text
    }
}
