// What the fields of a header may say beyond their character sets.

import ImageryBase
import ImageryPlumbing

/// The values that the fields of one header may have.
///
/// A line of the text is `NAME rule`, with `?` behind it where good files break it every day. Rules are words joined by `|`, of which `_` is
/// blank; `low..high` for a whole number; `filled` for what must not be blank; `place` for a row and a column of five characters each;
/// `magnification` for a decimal number or a fraction of one; and dates: `time` (CCYYMMDDhhmmss with -- for what is not known), `date`
/// (CCYYMMDD or blank), `zulu` (DDHHMMSSZMONYY).
struct FieldRules: Sendable {
    private enum Rule: Sendable {
        case words([String])
        case number(ClosedRange<Int>)
        case filled, place, magnification, time, date, zulu
    }

    private struct Line: Sendable {
        var rule: Rule
        var severity: Diagnostic.Severity
    }

    private let lines: [String: Line]

    /// The rules that `text` spells. The texts are constants of this module; a line that means nothing is left out, and the tests find out.
    init(_ text: String) {
        var lines: [String: Line] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 2, let rule = Self.rule(words[1]) else { continue }
            lines[String(words[0])] = Line(rule: rule, severity: words.count > 2 ? .warning : .error)
        }
        self.lines = lines
    }

    /// The names of the fields that have a rule.
    var names: Set<String> { Set(lines.keys) }

    private static func rule(_ text: Substring) -> Rule? {
        switch text {
        case "filled": return .filled
        case "place": return .place
        case "magnification": return .magnification
        case "time": return .time
        case "date": return .date
        case "zulu": return .zulu
        default: break
        }
        if text.contains("..") {
            let bounds = text.split(separator: ".").compactMap { Int($0) }
            return bounds.count == 2 && bounds[0] <= bounds[1] ? .number(bounds[0]...bounds[1]) : nil
        }
        return .words(text.split(separator: "|").map { $0 == "_" ? "" : String($0) })
    }

    /// What is wrong with the fields of `record`: characters that their sets lack, and values that their rules do not allow; at most `limit`.
    func findings(_ record: FieldRecord, context: String, limit: Int, allowsBlanks: Bool) -> [Diagnostic] {
        func finding(_ field: FieldRecord.Field, _ message: String, _ severity: Diagnostic.Severity) -> Diagnostic {
            let name = record.table.names[Int(field.spec)]
            return Diagnostic(
                context, "\(name) \(message)", at: record.offset + Int(field.position), severity: severity,
                clause: record.clause(of: name))
        }
        let foreign = record.findings(limit: limit, allowsBlanks: allowsBlanks)
        var found = foreign.map { finding($0.field, $0.message, .error) }
        let known = Set(foreign.map(\.field.position))
        for field in record.fields where field.size > 0 && found.count < limit {
            guard let line = lines[record.table.names[Int(field.spec)]], !known.contains(field.position),
                let problem = Self.problem(Array(record.bytes[record.range(field)]), line.rule)
            else { continue }
            found.append(finding(field, problem, line.severity))
        }
        return found
    }

    private static func problem(_ content: [UInt8], _ rule: Rule) -> String? {
        let text = trimmedText(content, 0..<content.count)
        switch rule {
        case .words(let words):
            if words.contains(text) { return nil }
            let named = words.map { $0.isEmpty ? "blank" : $0 }
            return "is '\(text)', not " + (named.count > 1 ? named.dropLast().joined(separator: ", ") + " or " : "")
                + named[named.count - 1]
        case .number(let range):
            if let value = Georeference.digits(content[...]), range.contains(value) { return nil }
            return "is '\(text)', not \(range.lowerBound) to \(range.upperBound) in digits"
        case .filled: return text.isEmpty ? "is blank" : nil
        case .place:
            let isPlace = content.count == 10 && isCoordinate(content[..<5]) && isCoordinate(content[5...])
            return isPlace ? nil : "is '\(text)', which is no row and column"
        case .magnification: return isMagnification(text) ? nil : "is '\(text)', which is no magnification"
        case .time: return isTime(content) ? nil : "is '\(text)', which is no date and time (CCYYMMDDhhmmss)"
        case .date: return text.isEmpty || isDay(content[...]) ? nil : "is '\(text)', which is no date (CCYYMMDD)"
        case .zulu: return text.isEmpty || isZulu(content) ? nil : "is '\(text)', which is no date and time (DDHHMMSSZMONYY)"
        }
    }

    /// Five digits, or a minus and four.
    private static func isCoordinate(_ text: ArraySlice<UInt8>) -> Bool {
        Georeference.digits(text.first == UInt8(ascii: "-") ? text.dropFirst() : text) != nil
    }

    /// `1.0`, `.5`, `/4`.
    private static func isMagnification(_ text: String) -> Bool {
        if text.hasPrefix("/") { return Georeference.digits(Array(text.utf8)[1...]).map { $0 > 0 } ?? false }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2 && text.utf8.contains { $0 != 0x2e }
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    // MARK: Dates

    /// Pairs of digits in their ranges; `--` for one that is not known.
    private static func isTime(_ content: [UInt8]) -> Bool {
        guard content.count == 14 else { return false }
        let limits: [ClosedRange<Int>] = [0...99, 0...99, 1...12, 1...31, 0...23, 0...59, 0...59]
        var isWhole = true
        for (index, limit) in limits.enumerated() {
            let pair = content[2 * index..<2 * index + 2]
            if pair.allSatisfy({ $0 == UInt8(ascii: "-") }) {
                if index < 4 { isWhole = false }
            } else if !(Georeference.digits(pair).map(limit.contains) ?? false) {
                return false
            }
        }
        return !isWhole || isDay(content[..<8])
    }

    /// CCYYMMDD of a day that there is.
    static func isDay(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count == 8, let number = Georeference.digits(text) else { return false }
        return CalendarTime.isDay(number % 100, month: number / 100 % 100, year: number / 10_000)
    }

    private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

    private static func isZulu(_ content: [UInt8]) -> Bool {
        guard content.count == 14, let numbers = Georeference.digits(content[..<8]), content[8] == UInt8(ascii: "Z"),
            let month = months.firstIndex(of: String(decoding: content[9..<12], as: UTF8.self)),
            let year = Georeference.digits(content[12...])
        else { return false }
        let (hour, minute, second) = (numbers / 10_000 % 100, numbers / 100 % 100, numbers % 100)
        return CalendarTime.isDay(numbers / 1_000_000, month: month + 1, year: 2000 + year) && hour < 24 && minute < 60
            && second < 60
    }
}
