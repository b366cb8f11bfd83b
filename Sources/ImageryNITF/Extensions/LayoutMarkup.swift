// Layouts in the XML form that GDAL reads (nitf_spec.xml: elements tre, des, field, loop, if, if_remaining_bytes).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// Turns the elements of one layout into the lines of a table.
struct LayoutMarkup {
    private var lines: [String] = []
    private var unnamed = 0
    private let context: String

    /// The lines of a layout, and what they are for.
    typealias Layout = (tag: String, title: String, isSubheader: Bool, lines: String)

    /// The layouts below `root`. Throws kind misuse for elements and conditions that mean nothing.
    static func layouts(_ root: XMLElement, name: String) throws(ImageryError) -> [Layout] {
        var found: [Layout] = []
        try collect(root, name: name, into: &found)
        guard !found.isEmpty else { throw ImageryError(.misuse, name, "it holds no element tre or des") }
        return found
    }

    private static func collect(_ element: XMLElement, name: String, into found: inout [Layout]) throws(ImageryError) {
        switch (element.name, element.attribute("name")) {
        case ("tre", let tag?): found.append((tag, element.attribute("longname") ?? "", false, try lines(element, tag)))
        case ("des", let tag?):
            guard let fields = element.children.first(where: { $0.name == "subheader_fields" }) else { return }
            found.append((tag, element.attribute("longname") ?? "", true, try lines(fields, tag)))
        case ("tre", nil), ("des", nil): throw ImageryError(.misuse, name, "<\(element.name)> has no name")
        default: for child in element.children { try collect(child, name: name, into: &found) }
        }
    }

    private static func lines(_ element: XMLElement, _ tag: String) throws(ImageryError) -> String {
        var markup = LayoutMarkup(context: tag)
        for child in element.children { try markup.add(child) }
        return markup.lines.joined(separator: "\n")
    }

    private init(context: String) { self.context = context }

    private func fault(_ message: String) -> ImageryError { ImageryError(.misuse, context, message) }

    // The reader of XML bounds the depth.
    private mutating func add(_ element: XMLElement) throws(ImageryError) {
        switch element.name {
        case "field": lines.append(try field(element, named: Self.name(element)))
        case "loop":
            guard let count = ["counter", "iterations", "formula"].lazy.compactMap({ element.attribute($0) }).first else {
                throw fault("a loop has no counter, iterations or formula")
            }
            // A loop of one field is a list of plain values under its name, or the loop's where the field has none.
            let single = element.children.count == 1 && element.children[0].name == "field" ? element.children[0] : nil
            let name =
                single.flatMap(Self.name) ?? Self.name(element) ?? Self.word(element.attribute("counter") ?? "LOOP") + "_ENTRIES"
            lines.append("\(name) * \(Self.word(count, blank: ""))")
            if let single {
                lines.append(try field(single, named: name))
            } else {
                for child in element.children { try add(child) }
            }
            lines.append("end")
        case "if", "if_remaining_bytes":
            lines.append("if \(element.name == "if" ? try condition(element.attribute("cond") ?? "") : "remaining > 0")")
            for child in element.children { try add(child) }
            lines.append("end")
        default: throw fault("<\(element.name)> is no field, loop or if")
        }
    }

    /// A text that is one word in a line of a table.
    private static func word(_ text: String, blank: String = "_") -> String {
        String(
            text.trimmedText.map { $0.isWhitespace || $0 == ";" || $0 == "[" || $0 == "]" ? blank : String($0) }.joined())
    }

    /// The name of an element; nil where it has none.
    private static func name(_ element: XMLElement) -> String? {
        element.attribute("name").map { word($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func field(_ element: XMLElement, named known: String?) throws(ImageryError) -> String {
        guard let width = element.attribute("length") ?? element.attribute("length_var") else {
            throw fault("a field has no length")
        }
        if known == nil { unnamed += 1 }
        let name = known ?? "RESERVED_\(unnamed)"
        let kind: String
        switch element.attribute("type") {
        case "real": kind = " n real"
        case "integer": kind = " n int"
        case "IEEE754_Float32_BigEndian": kind = " f"
        case "UnsignedInt_BigEndian", "bitmask": kind = " u"
        default: kind = ""
        }
        var line = "\(name) \(Self.word(width, blank: ""))\(kind)"
        let (low, high) = (Self.word(element.attribute("minval") ?? ""), Self.word(element.attribute("maxval") ?? ""))
        if !low.isEmpty || !high.isEmpty { line += " \(low)..\(high)" }
        if let unit = element.attribute("unit") { line += " [\(Self.word(unit))]" }
        if let title = element.attribute("longname") { line += " ; \(title.trimmedText)" }
        return line
    }

    /// `A=B`, `A!=B`, `A>=B` and `A:bit`, joined by AND or OR.
    private func condition(_ text: String) throws(ImageryError) -> String {
        for (word, sign) in [(" OR ", " or "), (" AND ", " and ")] {
            let parts = text.split(separator: word, omittingEmptySubsequences: false).map(String.init)
            guard parts.count > 1 else { continue }
            var conditions: [String] = []
            for part in parts { conditions.append(try condition(part)) }
            return conditions.joined(separator: sign)
        }
        guard let place = text.firstIndex(where: { "=!<>:".contains($0) }) else { throw fault("'\(text)' is no condition") }
        let name = String(text[..<place]).trimmedText
        let value = String(text[place...].drop { "=!<>:".contains($0) }).trimmedText
        let sign = String(text[place...].prefix { "=!<>:".contains($0) })
        // Fields of the subheader around the user's own: its length and its version.
        if let outer = ["DESSHL": "size", "DESVER": "DESVER"][name], ["=", "!=", ">=", "<=", ">", "<"].contains(sign) {
            guard let number = Int(value) else { throw fault("'\(text)' compares with no number") }
            return "\(outer) \(sign) \(number)"
        }
        switch sign {
        case ":":
            guard let bit = Int(value), (0..<62).contains(bit) else { throw fault("'\(text)' has no bit") }
            return "\(name) & \(1 << bit) != 0"
        case "=", "!=":
            guard !value.contains("'") else { throw fault("'\(text)' has a quote") }
            return "\(name) \(sign) '\(value)'"
        case ">=", "<=", ">", "<":
            guard let number = Int(value) else { throw fault("'\(text)' compares with no number") }
            return "\(name) \(sign) \(number)"
        default: throw fault("'\(text)' is no condition")
        }
    }
}
