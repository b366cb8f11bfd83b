// Display levels and attachment (MIL-STD-2500C 5.3.3 and 5.3.4; MIL-STD-2500A 5.3.4).

import ImageryBase
import ImageryPlumbing

/// The rules of what lies over what, for images, graphics and labels together.
struct DisplayRules {
    private struct Item {
        var kind: SegmentKind
        var context: String
        var record: FieldRecord
        var place: DisplayLevel
        /// The coordinates behind the last one that it needs, counted from its place (of graphics: from that of what it is attached to).
        var extent: (rows: Int, columns: Int)
    }

    private var items: [Item] = []
    /// The highest coordinate of the common coordinate system that is needed.
    private(set) var lastCoordinate = 0

    /// Segments whose levels are no numbers are left out: their fields say so.
    init(_ segments: [Segment]) {
        for segment in segments {
            let record = segment.header.record
            guard let names = DisplayLevel.names(segment.kind), let level = record.number(names.level), level > 0,
                let attachment = record.number(names.attachment), let place = record.location(names.place)
            else { continue }
            var extent = (rows: record.number("NROWS") ?? 0, columns: record.number("NCOLS") ?? 0)
            if segment.kind != .image, let corner = record.location("SBND2") {
                extent = (corner.row + 1 - place.row, corner.column + 1 - place.column)
            }
            items.append(
                Item(
                    kind: segment.kind, context: segment.context, record: record,
                    place: DisplayLevel(level: level, attachment: attachment, row: place.row, column: place.column),
                    extent: extent))
        }
        measure()
    }

    private mutating func measure() {
        for (item, origin) in zip(items, DisplayLevel.origins(items.map(\.place))) {
            // What is attached to nothing that is there needs at least its own place.
            let (row, column) = origin ?? (item.place.row, item.place.column)
            lastCoordinate = max(
                lastCoordinate, checkedSum(row, item.extent.rows - 1) ?? .max, checkedSum(column, item.extent.columns - 1) ?? .max)
        }
    }

    /// What images alone break is told when the file is opened.
    func check(report: (Diagnostic) -> Void) {
        let byLevel = Dictionary(grouping: items.indices, by: { items[$0].place.level })
        for (index, item) in items.enumerated() {
            guard let names = DisplayLevel.names(item.kind) else { continue }
            let place = item.place
            func finding(_ name: String, _ message: String) {
                report(
                    Diagnostic(
                        item.context, message, at: item.record.place(name).map { item.record.offset + $0.lowerBound },
                        clause: item.record.clause(of: name)))
            }
            let others = byLevel[place.level, default: []].filter { $0 != index }
            if let other = others.first(where: { items[$0].kind != .image || item.kind != .image }) {
                finding(names.level, "\(names.level) is \(place.level), which is that of \(items[other].context), too")
            }
            if place.attachment > 0, byLevel[place.attachment] == nil {
                finding(names.attachment, "\(names.attachment) is \(place.attachment), which is no display level of the file")
            } else if place.attachment >= place.level, item.kind != .image {
                finding(
                    names.attachment,
                    "\(names.attachment) is \(place.attachment), which is not below its own level \(place.level)")
            }
        }
    }
}
