// Segments (MIL-STD-2500C 5.1, Figure 4): a subheader and data for each entry of the file header's lists.

import ImageryBase

/// The kinds of segments in the order in which they follow each other in a file.
enum SegmentKind: Sendable, CaseIterable {
    case image, graphic, label, text, dataExtension, reservedExtension

    /// What a subheader begins with.
    var mark: String {
        switch self {
        case .image: "IM"
        case .graphic: "SY"
        case .label: "LA"
        case .text: "TE"
        case .dataExtension: "DE"
        case .reservedExtension: "RE"
        }
    }

    /// The fields of the file header that hold the lengths of subheaders and of data.
    func lengthFields(_ version: Version) -> (subheader: String, data: String) {
        switch self {
        case .image: ("LISH", "LI")
        case .graphic: ("LSSH", "LS")
        case .label: ("LLSH", "LL")
        case .text: ("LTSH", "LT")
        case .dataExtension: ("LDSH", "LD")
        case .reservedExtension: version == .v20 ? ("LRSH", "LR") : ("LRESH", "LRE")
        }
    }

    func table(_ version: Version) -> FieldTable {
        switch (self, version) {
        case (.image, .v21): .image21
        case (.image, .v20): .image20
        case (.graphic, .v21): .graphic21
        case (.graphic, .v20): .symbol20
        case (.label, _): .label20
        case (.text, .v21): .text21
        case (.text, .v20): .text20
        case (.dataExtension, .v21): .dataExtension21
        case (.dataExtension, .v20): .dataExtension20
        case (.reservedExtension, .v21): .reservedExtension21
        case (.reservedExtension, .v20): .reservedExtension20
        }
    }

    /// The areas of tagged record extensions, with the field that names their overflow.
    var areas: [(area: String, overflow: String)] {
        switch self {
        case .image: [("UDID", "UDOFL"), ("IXSHD", "IXSOFL")]
        case .graphic: [("SXSHD", "SXSOFL")]
        case .label: [("LXSHD", "LXSOFL")]
        case .text: [("TXSHD", "TXSOFL")]
        case .dataExtension, .reservedExtension: []
        }
    }
}

/// The layouts that differ: NITF 2.1 with NSIF 1.0, and NITF 2.0.
enum Version: Sendable {
    case v21, v20
}

/// A header of fields with the extensions that belong to it.
final class Header: Sendable {
    let record: FieldRecord
    /// The extensions in the header's own areas and those that overflowed into segments, by the name of the area, in file order.
    let areas: [String: [ExtensionArea]]
    /// The name under which an overflow segment keeps its own extensions.
    static let overflow = "TRE_OVERFLOW"
    /// What extensions and user-defined subheaders are made of.
    let layouts: ExtensionLayouts

    private init(_ record: FieldRecord, _ areas: [String: [ExtensionArea]], _ layouts: ExtensionLayouts) {
        self.record = record
        self.areas = areas
        self.layouts = layouts
    }

    /// The fields of a header, with the extensions in areas of those names located; faults go to `report`.
    init(_ record: FieldRecord, areas names: [String], layouts: ExtensionLayouts, report: (Diagnostic) -> Void) {
        self.record = record
        self.layouts = layouts
        var areas: [String: [ExtensionArea]] = [:]
        for area in names {
            if let (name, length) = record.length(of: area), (1...2).contains(length) {
                report(
                    Diagnostic(
                        record.table.name, "\(name) is \(length), which has no room for the link behind it",
                        at: record.place(name).map { record.offset + $0.lowerBound }))
            }
            guard let place = record.place(area) else { continue }
            areas[area] = [
                ExtensionArea(
                    record.bytes, place, at: record.offset, layouts: layouts, context: "\(record.table.name) \(area)",
                    clause: record.clause(of: area), report: report)
            ]
        }
        self.areas = areas
    }

    /// The same header, with `found` behind what it has in that area.
    func adding(_ found: ExtensionArea, to area: String) -> Header {
        var areas = areas
        areas[area, default: []].append(found)
        return Header(record, areas, layouts)
    }

    /// The data of each extension of that tag.
    func extensions(_ tag: String) -> [[UInt8]] {
        areas.keys.sorted().flatMap { areas[$0, default: []].flatMap { $0.all(of: tag) } }
    }

    /// Fields and extensions in file order.
    var metadata: Metadata {
        metadata { area in self.areas[area]?.flatMap { $0.entries(named: area) } ?? [] }
    }

    /// The same without the extensions that overflowed into segments.
    var ownMetadata: Metadata {
        metadata { area in
            self.record.place(area) == nil ? [] : self.areas[area]?.first.map { $0.entries(named: area) } ?? []
        }
    }

    private func metadata(_ extensions: @escaping (String) -> [Metadata.Entry]) -> Metadata {
        var entries = record.entries(extensions: extensions)
        if let user = userFields, let index = entries.firstIndex(where: { $0.name == user.field }) {
            entries[index].value = user.layout.value(entries[index].value.bytes, version: user.version)
        }
        return Metadata(schema: .nitf, entries: entries)
    }

    /// The layout of a user-defined subheader, and the field that has it; nil when it is not known or explains nothing.
    private var userFields: (field: String, layout: ExtensionLayout, version: Int)? {
        guard record.place("DESSHF") != nil,
            let layout = (record.text("DESID") ?? record.text("DESTAG")).flatMap(layouts.subheader),
            record.place("DESSHF").map({ !FieldRecord(layout.table, parsing: Array(record.bytes[$0]), at: 0).fields.isEmpty })
                == true
        else { return nil }
        return ("DESSHF", layout, record.number("DESVER") ?? 0)
    }

    /// What is wrong with the fields of extensions and of a user-defined subheader; at most about `limit`.
    func extensionFindings(context: String, limit: Int) -> [Diagnostic] {
        var found: [Diagnostic] = []
        // What overflowed is told where it belongs.
        for name in areas.keys.sorted() where name != Header.overflow {
            for area in areas[name] ?? [] where found.count < limit {
                found += area.findings(context: "\(context) \(name)", limit: limit - found.count)
            }
        }
        if let user = userFields, let place = record.place(user.field) {
            let bytes = Array(record.bytes[place])
            found += user.layout.findings(
                bytes, at: record.offset + place.lowerBound, version: user.version, context: "\(context) \(user.field)")
        }
        return found
    }

    func dump(depth: Int) -> [DumpLine] {
        record.dump(depth: depth) { area in
            if let user = userFields, user.field == area, let place = record.place(area) {
                return user.layout.dump(
                    Array(record.bytes[place]), at: record.offset + place.lowerBound, depth: depth + 1, version: user.version)
            }
            return areas[area]?.first?.dump(depth: depth + 1) ?? []
        }
    }
}

/// One segment of a file.
struct Segment: Sendable {
    var kind: SegmentKind
    /// Its number among those of its kind, as the file header lists them.
    var index: Int
    var header: Header
    /// Where its data lie: inside the file.
    var data: Range<Int>

    /// What findings call it: `NITF image subheader 0`.
    var context: String { "\(header.record.table.name) \(index)" }
}
