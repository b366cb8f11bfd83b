import Foundation

/// A line of expected-failures.txt: `path | kind | reason`.
struct ExpectedFailure: Equatable {
    var path: String
    var kind: Status
    var reason: String

    init(parsing text: String, line: Int) throws {
        let fields = text.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        guard fields.count == 3, let kind = Status(rawValue: fields[1]), kind == .fail || kind == .unsupported, !fields[2].isEmpty
        else {
            throw Complaint("expected-failures.txt line \(line): expected `path | fail or unsupported | reason`")
        }
        path = fields[0]
        self.kind = kind
        reason = fields[2]
    }
}

/// The rules that a run must keep besides its single results (README.md, "Guards"). Each finding is one sentence.
struct Guards {
    var support: SupportTable
    var expected: [ExpectedFailure]
    /// Highest count of passing entries so far, by group.
    var scores: [String: Int]

    /// `all` is the whole manifest; `entries` and `outcomes` are what was run, in one order.
    func findings(all: [Entry], entries: [Entry], outcomes: [Outcome], isWhole: Bool) -> [String] {
        var findings = support.unknownTags(all).map { "no row in support.tsv for \($0)" }
        let allowed = Dictionary(expected.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        if allowed.count != expected.count { findings.append("expected-failures.txt names a file twice") }
        for (entry, outcome) in zip(entries, outcomes) {
            switch outcome.status {
            case .pass, .tolerance:
                if allowed[entry.path] != nil { findings.append("\(entry.path) passes but is in expected-failures.txt") }
            case .error:
                findings.append("\(entry.path): \(outcome.detail)")
            case .fail:
                if allowed[entry.path]?.kind != .fail { findings.append("\(entry.path): \(outcome.detail)") }
            case .unsupported:
                let mustRead = entry.expect?.decodable == "yes" && support.isWhollySupported(entry)
                if mustRead, allowed[entry.path]?.kind != .unsupported {
                    findings.append("\(entry.path) uses only supported features but was refused: \(outcome.detail)")
                }
            }
        }
        let known = Dictionary(all.map { ($0.path, $0.group) }, uniquingKeysWith: { first, _ in first })
        for failure in expected where known[failure.path] == nil {
            findings.append("expected-failures.txt names \(failure.path), which is not in the manifest")
        }
        for (group, count) in counts(expected.compactMap { known[$0.path] }) {
            let total = all.count { $0.group == group }
            if count * 100 > total { findings.append("\(count) of \(total) files of \(group) are expected to fail: more than 1%") }
        }
        if isWhole {
            let passed = Self.passes(entries, outcomes)
            for (group, score) in scores.sorted(by: { $0.key < $1.key }) where passed[group, default: 0] < score {
                findings.append("\(group): \(passed[group, default: 0]) files pass, SCORES.md has \(score)")
            }
        }
        return findings
    }

    /// How many entries of each group pass, tolerance included.
    static func passes(_ entries: [Entry], _ outcomes: [Outcome]) -> [String: Int] {
        counts(zip(entries, outcomes).compactMap { $1.status == .pass || $1.status == .tolerance ? $0.group : nil })
    }
}

private func counts(_ names: [String]) -> [String: Int] {
    names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}

/// SCORES.md: the number of passing files by group, which may not fall.
enum Scores {
    /// Reads the rows `| group | passing | of |`.
    static func parse(_ text: String) -> [String: Int] {
        var scores: [String: Int] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.count == 3, let passing = Int(cells[1]) { scores[cells[0]] = passing }
        }
        return scores
    }

    /// The whole file for these results.
    static func text(_ passes: [String: Int], of totals: [String: Int]) -> String {
        var text = """
            # Scores

            Files of the corpus that read as recorded (or, for malformed ones, end in a typed way), by format. `conformance run` fails when a
            count falls; `conformance run --update-scores` writes this file.

            | group | passing | of |
            |---|---|---|

            """
        for (group, total) in totals.sorted(by: { $0.key < $1.key }) {
            text += "| \(group) | \(passes[group, default: 0]) | \(total) |\n"
        }
        return text
    }
}
