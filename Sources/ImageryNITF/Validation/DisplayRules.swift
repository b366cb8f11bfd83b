// Display levels and attachment (MIL-STD-2500C 5.3.3 and 5.3.4; MIL-STD-2500A 5.3.4).

import ImageryBase
import ImageryPlumbing

/// The rules of what lies over what, for images, graphics and labels together.
struct DisplayRules {
    private struct Item {
        var kind: SegmentKind
        var context: String
        var record: FieldRecord
        var level: Int
        var attachment: Int
        var row: Int
        var column: Int
        /// The coordinates behind the last one that it needs, counted from its place (of graphics: from that of what it is attached to).
        var extent: (rows: Int, columns: Int)
    }

    private var items: [Item] = []
    /// The highest coordinate of the common coordinate system that is needed.
    private(set) var lastCoordinate = 0

    /// The fields of a kind that is displayed, and the table that defines them.
    private static func names(_ kind: SegmentKind) -> (level: String, attachment: String, place: String)? {
        switch kind {
        case .image: ("IDLVL", "IALVL", "ILOC")
        case .graphic: ("SDLVL", "SALVL", "SLOC")
        case .label: ("LDLVL", "LALVL", "LLOC")
        case .text, .dataExtension, .reservedExtension: nil
        }
    }

    /// Segments whose levels are no numbers are left out: their fields say so.
    init(_ segments: [Segment]) {
        for segment in segments {
            let record = segment.header.record
            guard let names = Self.names(segment.kind), let level = record.number(names.level), level > 0,
                let attachment = record.number(names.attachment), let place = record.location(names.place)
            else { continue }
            var extent = (rows: record.number("NROWS") ?? 0, columns: record.number("NCOLS") ?? 0)
            if segment.kind != .image, let corner = record.location("SBND2") {
                extent = (corner.row + 1 - place.row, corner.column + 1 - place.column)
            }
            items.append(
                Item(
                    kind: segment.kind, context: segment.context, record: record, level: level,
                    attachment: attachment, row: place.row, column: place.column, extent: extent))
        }
        measure()
    }

    /// A place counts from that of the level it is attached to, which is a lower one: from the lowest up.
    private mutating func measure() {
        var origins: [Int: (row: Int, column: Int)] = [0: (0, 0)]
        for item in items.sorted(by: { $0.level < $1.level }) {
            let parent = origins[item.attachment] ?? (0, 0)
            // Five characters each, and at most 999 levels: the sums are small.
            let origin = (row: parent.row + item.row, column: parent.column + item.column)
            if origins[item.level] == nil { origins[item.level] = origin }
            lastCoordinate = max(
                lastCoordinate, checkedSum(origin.row, item.extent.rows - 1) ?? .max,
                checkedSum(origin.column, item.extent.columns - 1) ?? .max)
        }
    }

    /// What images alone break is told when the file is opened.
    func check(report: (Diagnostic) -> Void) {
        let byLevel = Dictionary(grouping: items.indices, by: { items[$0].level })
        for (index, item) in items.enumerated() {
            guard let names = Self.names(item.kind) else { continue }
            func finding(_ name: String, _ message: String, _ clause: String) {
                report(
                    Diagnostic(
                        item.context, message, at: item.record.place(name).map { item.record.offset + $0.lowerBound },
                        clause: clause))
            }
            let others = byLevel[item.level, default: []].filter { $0 != index }
            if let other = others.first(where: { items[$0].kind != .image || item.kind != .image }) {
                finding(
                    names.level, "\(names.level) is \(item.level), which is that of \(items[other].context), too",
                    "MIL-STD-2500C 5.3.3")
            }
            if item.attachment > 0, byLevel[item.attachment] == nil {
                finding(
                    names.attachment, "\(names.attachment) is \(item.attachment), which is no display level of the file",
                    "MIL-STD-2500C 5.3.4")
            } else if item.attachment >= item.level, item.kind != .image {
                finding(
                    names.attachment, "\(names.attachment) is \(item.attachment), which is not below its own level \(item.level)",
                    "MIL-STD-2500C 5.3.4")
            }
        }
    }
}
