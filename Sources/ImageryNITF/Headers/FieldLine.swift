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

    /// The amount where it is a number, as nearly all are; nil for expressions.
    var constantAmount: Int? {
        amount.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(amount) : nil
    }

    /// Nil for a line that means nothing.
    init?(_ line: Substring) {
        var rest = line
        if let mark = rest.place(of: ";") {
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
        if let mark = rest.place(of: " if ") {
            condition = rest[mark.upperBound...].trimmingBlanks
            if condition.isEmpty { return nil }
            rest = rest[..<mark.lowerBound]
        }
        if let open = rest.place(of: "["), let close = rest[open.upperBound...].place(of: "]") {
            unit = rest[open.upperBound..<close.lowerBound]
            guard rest[close.upperBound...].utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return nil }
            rest = rest[..<open.lowerBound]
        }
        var words = rest.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
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
                guard let dots = word.place(of: "..") else { return nil }
                (low, high) = (word[..<dots.lowerBound], word[dots.upperBound...])
            }
        }
    }
}

// Tables are parsed when a program opens its first file: by bytes, which cost a tenth of characters.
extension Substring {
    /// Without the blanks around it.
    fileprivate var trimmingBlanks: Substring {
        let (bytes, blank) = (utf8, UInt8(ascii: " "))
        guard let first = bytes.firstIndex(where: { $0 != blank }), let last = bytes.lastIndex(where: { $0 != blank }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }

    /// The first place of `text`.
    ///
    /// Not `firstRange(of:)`: the standard library's takes a literal before one of a `StaticString` does.
    fileprivate func place(of text: StaticString) -> Range<Index>? {
        let (bytes, count) = (utf8, text.utf8CodeUnitCount)
        return text.withUTF8Buffer { wanted in
            var start = bytes.startIndex
            while let found = unsafe bytes[start...].firstIndex(of: wanted[0]) {
                if unsafe bytes[found...].starts(with: wanted) { return found..<bytes.index(found, offsetBy: count) }
                start = bytes.index(after: found)
            }
            return nil
        }
    }
}
