// One line of a table of fields.

/// A line as it is written: what a field is, in words. See ``FieldTable`` for the language.
struct FieldLine: Sendable {
    enum Form: Sendable {
        /// `NAME width`
        case field
        /// `NAME * count`
        case group
        /// `if condition` alone: fields that are there together or not at all.
        case block
        case end
    }

    /// Whether the characters of a field spell a number.
    enum Number: Sendable {
        case none, integer, real
    }

    var form: Form
    var name: Substring = ""
    /// Bytes of a field, entries of a group: an expression.
    var amount: Substring = ""
    var kind = FieldTable.Kind.extended
    var number = Number.none
    /// The least and the largest value, in the characters of the standard; empty for none.
    var low: Substring = ""
    var high: Substring = ""
    var unit: Substring = ""
    var condition: Substring = ""
    var title: Substring = ""

    /// Nil for a line that means nothing.
    init?(_ line: Substring) {
        var rest = line
        if let mark = rest.firstRange(of: ";") {
            title = rest[mark.upperBound...].trimmingBlanks
            rest = rest[..<mark.lowerBound]
        }
        rest = rest.trimmingBlanks
        if rest == "end" {
            form = .end
            return
        }
        if rest.hasPrefix("if ") {
            form = .block
            kind = .block
            condition = rest.dropFirst(3).trimmingBlanks
            return
        }
        if let mark = rest.firstRange(of: " if ") {
            condition = rest[mark.upperBound...].trimmingBlanks
            if condition.isEmpty { return nil }
            rest = rest[..<mark.lowerBound]
        }
        if let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            unit = rest[rest.index(after: open)..<close]
            guard rest[rest.index(after: close)...].allSatisfy({ $0 == " " }) else { return nil }
            rest = rest[..<open]
        }
        var words = rest.split(separator: " ")
        guard words.count > 1 else { return nil }
        name = words.removeFirst()
        amount = words.removeFirst()
        if amount == "*" {
            form = .group
            kind = .group
            guard words.count == 1 else { return nil }
            amount = words[0]
            return
        }
        form = .field
        for word in words {
            switch word {
            case "a": kind = .basic
            case "n": kind = .number
            case "d": kind = .digits
            case "8": kind = .unicode
            case "b": kind = .bytes
            case "u": kind = .unsigned
            case "i": kind = .signed
            case "f": kind = .float
            case "t": kind = .extensions
            case "int": number = .integer
            case "real": number = .real
            default:
                guard let dots = word.firstRange(of: "..") else { return nil }
                (low, high) = (word[..<dots.lowerBound], word[dots.upperBound...])
            }
        }
    }
}

extension Substring {
    /// Without the blanks around it.
    fileprivate var trimmingBlanks: Substring {
        var text = self.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension Substring {
    /// The first place of `text`, searched byte by byte.
    fileprivate func firstRange(of text: StaticString) -> Range<Index>? {
        let wanted = Array(text.description.utf8)
        let bytes = utf8
        var start = bytes.startIndex
        while let found = bytes[start...].firstIndex(of: wanted[0]) {
            if bytes[found...].starts(with: wanted) { return found..<bytes.index(found, offsetBy: wanted.count) }
            start = bytes.index(after: found)
        }
        return nil
    }
}
