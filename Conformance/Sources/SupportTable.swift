import Foundation

/// The committed table of what the library reads: support.tsv. It is the one source of the table in Documentation/support.md and of the rule that a file
/// whose features are all supported may not be refused.
struct SupportTable {
    enum State: String, CaseIterable {
        case supported
        case notYet = "not yet"
        /// Will not be read; the note says why.
        case refused
    }

    struct Row {
        var format: String
        /// A feature tag of the manifest; a trailing `*` stands for any ending.
        var feature: String
        var state: State
        /// What the table calls it; rows with the same topic are shown once, an empty one not at all.
        var topic: String

        func matches(_ tag: String) -> Bool {
            feature.hasSuffix("*") ? tag.hasPrefix(feature.dropLast()) : tag == feature
        }
    }

    var rows: [Row]

    /// Columns: format, feature, state, topic.
    init(parsing lines: [(number: Int, text: String)]) throws {
        rows = try lines.map { number, text in
            let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4, let state = State(rawValue: fields[2]) else {
                throw Complaint("support.tsv line \(number): expected format, feature, state and topic, parted by tabs")
            }
            return Row(format: fields[0], feature: fields[1], state: state, topic: fields[3])
        }
    }

    /// The state of a tag: the row of exactly that name, else the longest pattern that fits, else nil.
    func state(of tag: String, in format: String) -> State? {
        let fitting = rows.filter { $0.format == format && $0.matches(tag) }
        return (fitting.first { $0.feature == tag } ?? fitting.max { $0.feature.count < $1.feature.count })?.state
    }

    /// Formats of which nothing is read.
    var unreadFormats: Set<String> {
        Set(rows.map(\.format)).subtracting(rows.filter { $0.state == .supported }.map(\.format))
    }

    /// True when nothing that the entry uses is missing from the library.
    func isWhollySupported(_ entry: Entry) -> Bool {
        (entry.features ?? []).allSatisfy { state(of: $0, in: entry.format) == .supported }
    }

    /// Tags of the manifest without a row, each as `format: tag`.
    func unknownTags(_ entries: [Entry]) -> [String] {
        var unknown: Set<String> = []
        for entry in entries {
            for tag in entry.features ?? [] where state(of: tag, in: entry.format) == nil {
                unknown.insert("\(entry.format): \(tag)")
            }
        }
        return unknown.sorted()
    }

    /// The features of a format that are not supported, for judges that take a list of tags to leave out.
    func missing(in format: String, of entries: [Entry]) -> [String] {
        var tags: Set<String> = []
        for entry in entries where entry.format == format {
            for tag in entry.features ?? [] where state(of: tag, in: format) != .supported { tags.insert(tag) }
        }
        return tags.sorted()
    }

    /// The table as Documentation/support.md shows it.
    var markdown: String {
        let names = [
            ("png", "PNG"), ("tiff", "TIFF, BigTIFF, GeoTIFF, COG"), ("jpeg", "JPEG"), ("jp2", "JPEG 2000, HTJ2K"),
            ("nitf", "NITF, NSIF"), ("dted", "DTED"),
        ]
        var text = "| Format | Reads | Not yet | Refused by name |\n|---|---|---|---|\n"
        for (format, name) in names {
            text += "| \(name) | \(topics(format, .supported)) | \(topics(format, .notYet)) | \(topics(format, .refused)) |\n"
        }
        return text
    }

    private func topics(_ format: String, _ state: State) -> String {
        var seen: [String] = []
        for row in rows where row.format == format && row.state == state && !row.topic.isEmpty && !seen.contains(row.topic) {
            seen.append(row.topic)
        }
        return seen.isEmpty ? "-" : seen.joined(separator: "; ")
    }

    private static let opening = "<!-- support table: made by `conformance support` from Conformance/support.tsv -->"
    private static let closing = "<!-- end of support table -->"

    /// `page` with this table between its marks; nil when it has no marks.
    func inserted(into page: String) -> String? {
        guard let start = page.range(of: Self.opening), let end = page.range(of: Self.closing),
            start.upperBound <= end.lowerBound
        else { return nil }
        return page[..<start.upperBound] + "\n" + markdown + page[end.lowerBound...]
    }
}
