// The table language of headers (MIL-STD-2500C Appendix A, MIL-STD-2500A: tables of fields with widths, conditions and loops).

import ImageryBase

/// The fields of one header in their order. Parsing, serialising and dumping walk the same table, so that they cannot disagree.
///
/// A line of the text is one of
///
///     NAME width kind if condition    a field; kind is n (number), b (binary), t (tagged record extensions), a (text of the basic
///                                     character set), or nothing for text of the extended one
///     NAME * count if condition       a group that is repeated, up to its `end`
///     end
///
/// Widths and counts are sums of numbers and names of earlier fields (`UDHDL-3`). A condition compares one field (`=`,
/// `!=`, `>`) with the text after the sign, `~` standing for a blank; several are joined by `&` or by `|`. A field that
/// was not read counts as 0 or as empty.
struct FieldTable: Sendable {
    enum Kind: Sendable {
        case text, number, bytes, extensions, group
    }

    /// A constant and up to two fields (-1 stands for none) that are added to it.
    struct Amount: Sendable {
        var constant = 0
        var first = -1
        var second = -1
    }

    enum Comparison: Sendable {
        case equal([UInt8])
        case unequal([UInt8])
        case above(Int)
    }

    struct Condition: Sendable {
        var field: Int
        var comparison: Comparison
    }

    struct Spec: Sendable {
        var kind: Kind
        /// Bytes of a field, entries of a group.
        var amount: Amount
        /// Which of the table's conditions are its own.
        var conditions: Range<Int>
        /// True when one of the conditions is enough.
        var isAny: Bool
        /// True for text of the basic character set (BCS-A).
        var isBasic: Bool
        /// Index after the last field of a group; of a field its own successor.
        var end: Int
    }

    let specs: [Spec]
    /// The names of ``specs``, apart from them so that walking a table copies plain numbers.
    let names: [String]
    let conditions: [Condition]
    /// The header, for errors.
    let name: String
    private let indexes: [String: Int]

    /// The table that `text` spells. The texts are constants of this module, so that a line that means nothing is a
    /// programming error: it is left out, and the tests find out.
    init(_ name: String, _ text: StaticString) {
        var specs: [Spec] = []
        var names: [String] = []
        var all: [Condition] = []
        var indexes: [String: Int] = [:]
        var open: [Int] = []
        for line in text.description.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let first = words.first else { continue }
            if first == "end" {
                if let group = open.popLast() { specs[group].end = specs.count }
                continue
            }
            let isGroup = words.count > 2 && words[1] == "*"
            guard words.count > 1, let amount = Self.amount(words[isGroup ? 2 : 1], indexes) else { continue }
            var kind = isGroup ? Kind.group : .text
            let firstCondition = all.count
            var isAny = false
            var isBasic = false
            for (index, word) in words.enumerated().dropFirst(2) {
                switch word {
                case "n": kind = .number
                case "b": kind = .bytes
                case "t": kind = .extensions
                case "a": isBasic = true
                case "if" where index + 1 < words.count:
                    isAny = words[index + 1].contains("|")
                    all += words[index + 1].split(whereSeparator: { $0 == "&" || $0 == "|" }).compactMap {
                        Self.condition($0, indexes)
                    }
                default: break
                }
            }
            if isGroup { open.append(specs.count) }
            indexes[String(first)] = specs.count
            names.append(String(first))
            specs.append(
                Spec(
                    kind: kind, amount: amount, conditions: firstCondition..<all.count, isAny: isAny, isBasic: isBasic,
                    end: specs.count + 1))
        }
        self.specs = specs
        self.names = names
        conditions = all
        self.indexes = indexes
        self.name = name
    }

    /// The last line of that name; nil when the header has no such field.
    func index(_ name: String) -> Int? { indexes[name] }

    private static func amount(_ text: Substring, _ indexes: [String: Int]) -> Amount? {
        var amount = Amount()
        for (position, part) in text.split(separator: "-").enumerated() {
            for term in part.split(separator: "+") {
                if let number = Int(term) {
                    amount.constant += position == 0 ? number : -number
                } else if let field = indexes[String(term)], position == 0 {
                    if amount.first < 0 { amount.first = field } else { amount.second = field }
                } else {
                    return nil
                }
            }
        }
        return amount
    }

    private static func condition(_ text: Substring, _ indexes: [String: Int]) -> Condition? {
        guard let sign = text.firstIndex(where: { "!=>".contains($0) }), let field = indexes[String(text[..<sign])] else {
            return nil
        }
        let literal = text[sign...].drop { "!=>".contains($0) }
        let bytes = literal.utf8.map { $0 == UInt8(ascii: "~") ? 0x20 : $0 }
        switch text[sign] {
        case "=": return Condition(field: field, comparison: .equal(bytes))
        case "!": return Condition(field: field, comparison: .unequal(bytes))
        default: return Int(literal).map { Condition(field: field, comparison: .above($0)) }
        }
    }
}
