import Imagery
import ImageryPlumbing

/// Metadata values as text.
enum FieldText {
    /// A value in at most about 100 characters.
    static func brief(_ value: Value) -> String {
        switch value.content {
        case .group(let entries): shorten(entries.map { "\($0.name) \(brief($0.value))" }.joined(separator: ", "))
        case .record(let record): brief(Value(group: record.entries))
        case .list(let values): shorten(values.prefix(16).map(brief).joined(separator: ", "))
        default: shorten(text(of: value))
        }
    }

    /// Every field of a group on a line of its own, groups and lists in it deeper; values are not cut.
    static func lines(_ entries: [Metadata.Entry], indent: String) -> [String] {
        entries.flatMap { entry -> [String] in
            switch entry.value.content {
            case .group(let fields): return ["\(indent)\(entry.name):"] + lines(fields, indent: indent + "    ")
            case .record(let record): return ["\(indent)\(entry.name):"] + lines(record.entries, indent: indent + "    ")
            case .list(let values):
                return values.enumerated().flatMap { number, value -> [String] in
                    if let group = value.group {
                        return ["\(indent)\(entry.name)[\(number)]:"] + lines(group.entries, indent: indent + "    ")
                    }
                    return ["\(indent)\(entry.name)[\(number)]: \(text(of: value))"]
                }
            default: return ["\(indent)\(entry.name): \(text(of: entry.value))"]
            }
        }
    }

    /// A field's text, or its first sixteen numbers.
    private static func text(of value: Value) -> String {
        switch value.type {
        case nil: return ""
        case .undefined: return "\(value.count) bytes"
        case .ascii, .utf8: return (value.text ?? "").replacing("\n", with: " ").trimmedText
        default:
            let shown = (0..<min(16, value.count)).map { index in
                value.int(at: index).map { "\($0)" } ?? value.double(at: index).map { "\($0)" } ?? "?"
            }
            return shown.joined(separator: ", ") + (value.count > 16 ? ", ... (\(value.count) values)" : "")
        }
    }

    private static func shorten(_ text: String) -> String {
        text.count > 100 ? text.prefix(97) + "..." : text
    }
}
