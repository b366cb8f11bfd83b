import ArgumentParser
import Imagery
import ImageryNITF
import ImageryPlumbing

/// `describe`: the layout of an extension.
struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Tell the fields of NITF extensions: width, content, range, unit, condition.",
        discussion: """
            Without a tag: all tags that are known, and the data extensions whose user-defined subheader is.
            Example: imagery describe RPC00B
            """)

    @Argument(help: "CETAG of extensions or DESID of data extensions, such as RPC00B or XML_DATA_CONTENT.")
    var tags: [String] = []
    @Flag(help: "An array of {tag, title, standard, fields: [{name, form, depth, width or count, ...}]}.")
    var json = false
    @OptionGroup var layouts: LayoutOptions

    func run() throws {
        let own = try layouts.read() ?? ExtensionLayouts()
        let names = tags.isEmpty ? Self.names(own) : tags
        let layouts = try names.map { name in
            guard let layout = own.layout(name) ?? own.layout(name.uppercased()) else {
                throw ImageryError(.misuse, name, "no layout of that name is known; 'imagery describe' lists all")
            }
            return layout
        }
        if json {
            print(Self.json(layouts))
        } else if tags.isEmpty {
            for layout in layouts { print("\(layout.tag)  \(layout.title)") }
        } else {
            print(layouts.map(Self.lines).joined(separator: "\n\n"))
        }
    }

    /// The names of all layouts, each once.
    private static func names(_ own: ExtensionLayouts) -> [String] {
        let known = NITFExtension.tags + NITFExtension.dataExtensions
        return own.tags.filter { !known.contains($0) } + known
    }

    private static func lines(_ layout: NITFExtension.Layout) -> String {
        let head = [layout.tag, layout.title, layout.standard.isEmpty ? "" : "(\(layout.standard))"]
        var lines = [head.filter { !$0.isEmpty }.joined(separator: "  ")]
        for field in layout.fields {
            let indent = String(repeating: "    ", count: field.depth + 1)
            let condition = field.condition.isEmpty ? "" : "if \(field.condition)"
            let words: [String]
            switch field.form {
            case .field:
                words = [
                    field.name, field.amount, field.content?.rawValue ?? "", field.isWhole.map { $0 ? "integer" : "real" } ?? "",
                    range(field), field.unit, condition, field.title,
                ]
            case .group: words = [field.name, "× \(field.amount)", condition]
            case .block: words = [condition]
            }
            lines.append(indent + words.filter { !$0.isEmpty }.joined(separator: "  "))
        }
        return lines.joined(separator: "\n")
    }

    private static func range(_ field: NITFExtension.Field) -> String {
        field.low.isEmpty && field.high.isEmpty ? "" : "\(field.low)..\(field.high)"
    }

    private static func json(_ layouts: [NITFExtension.Layout]) -> String {
        var json = JSONWriter()
        json.array { json in
            for layout in layouts {
                json.object { json in
                    write([("tag", layout.tag), ("title", layout.title), ("standard", layout.standard)], to: &json)
                    json.key("fields")
                    json.array { json in layout.fields.forEach { write($0, to: &json) } }
                }
            }
        }
        return json.text
    }

    private static func write(_ field: NITFExtension.Field, to json: inout JSONWriter) {
        json.object { json in
            json.key("form")
            json.string(field.form.rawValue)
            json.key("depth")
            json.integer(field.depth)
            let number = field.isWhole.map { $0 ? "integer" : "real" } ?? ""
            let amount = field.form == .group ? "count" : "width"
            write(
                [
                    ("name", field.name), (amount, field.amount), ("content", field.content?.rawValue ?? ""), ("number", number),
                    ("low", field.low), ("high", field.high), ("unit", field.unit), ("condition", field.condition),
                    ("title", field.title),
                ], to: &json)
        }
    }

    /// The texts that are not empty.
    private static func write(_ texts: [(String, String)], to json: inout JSONWriter) {
        for (key, text) in texts where !text.isEmpty {
            json.key(key)
            json.string(text)
        }
    }
}
