// The records before the elevations (MIL-PRF-89020B 3.11: UHL, DSI, ACC), fields of fixed width.

import ImageryBase
import ImageryPlumbing

/// A header record: its name, where it lies behind the user header label's start, and its fields with their widths in bytes.
struct RecordTable: Sendable {
    let name: String
    let offset: Int
    let fields: [(name: String, width: Int)]

    var byteCount: Int { fields.reduce(0) { $0 + $1.width } }

    /// User header label.
    static let uhl = RecordTable(
        name: "UHL", offset: 0,
        fields: [
            ("sentinel", 3), ("fixed", 1), ("lon_origin", 8), ("lat_origin", 8), ("lon_interval", 4), ("lat_interval", 4),
            ("abs_vertical_accuracy", 4), ("security", 3), ("unique_ref", 12), ("num_lon_lines", 4), ("num_lat_points", 4),
            ("multiple_accuracy", 1), ("reserved", 24),
        ])

    /// Data set identification.
    static let dsi = RecordTable(
        name: "DSI", offset: 80,
        fields: [
            ("sentinel", 3), ("security", 1), ("security_control", 2), ("security_handling", 27), ("reserved", 26), ("series", 5),
            ("unique_ref", 15), ("reserved", 8), ("edition", 2), ("merge_version", 1), ("maintenance_date", 4), ("merge_date", 4),
            ("maintenance_code", 4), ("producer", 8), ("reserved", 16), ("product_spec", 9), ("product_spec_amendment", 2),
            ("product_spec_date", 4), ("vertical_datum", 3), ("horizontal_datum", 5), ("digitizing_system", 10),
            ("compilation_date", 4), ("reserved", 22), ("lat_origin", 9), ("lon_origin", 10), ("sw_lat", 7), ("sw_lon", 8),
            ("nw_lat", 7), ("nw_lon", 8), ("ne_lat", 7), ("ne_lon", 8), ("se_lat", 7), ("se_lon", 8), ("orientation", 9),
            ("lat_interval", 4), ("lon_interval", 4), ("num_lat_lines", 4), ("num_lon_lines", 4), ("partial_cell", 2),
            ("reserved_nima", 101), ("reserved_producer", 100), ("comments", 156),
        ])

    /// Accuracy description, with its nine sub-regions.
    static let acc = RecordTable(
        name: "ACC", offset: 728,
        fields: [
            ("sentinel", 3), ("abs_horizontal", 4), ("abs_vertical", 4), ("rel_horizontal", 4), ("rel_vertical", 4),
            ("reserved", 4),
            ("reserved", 1), ("reserved", 31), ("multiple_outline_flag", 2),
        ]
            + (1...9).flatMap { region in
                ["abs_horizontal", "abs_vertical", "rel_horizontal", "rel_vertical"].map { ("subregion_\(region)_\($0)", 4) }
                    + [("subregion_\(region)_num_coordinates", 2), ("subregion_\(region)_coordinates", 266)]
            } + [("reserved", 18), ("reserved", 69)])

    static let all = [uhl, dsi, acc]
}

/// What the header records say.
struct CellHeader: Sendable {
    /// Where the user header label begins: 0, or behind tape labels of 80 bytes.
    let start: Int
    /// Longitude lines.
    let columns: Int
    /// Latitude points of each line.
    let rows: Int
    let georeference: Georeference?
    private let bytes: [UInt8]

    /// Bytes of all header records.
    static let byteCount = 3428

    /// Bytes of one data record (3.13): sentinel, three counts, elevations, checksum.
    var recordBytes: Int { 12 + 2 * rows }
    /// Where the first data record begins.
    var dataStart: Int { start + Self.byteCount }

    /// Where the user header label begins: at once, or behind tape labels of 80 bytes, one or two.
    static func start(in head: [UInt8]) -> Int? { [0, 80, 160].first { head.dropFirst($0).starts(with: "UHL1".utf8) } }

    /// Throws kind malformed when there is no user header label or its counts are no numbers above 0.
    init(_ source: any ByteSource, report: (Diagnostic) -> Void) throws(ImageryError) {
        let head = try source.copy(0..<min(source.byteCount, 240), of: "DTED")
        guard let start = Self.start(in: head) else {
            throw ImageryError(.malformed, "DTED UHL", "there is no user header label (UHL1)", at: 0)
        }
        self.start = start
        let bytes = try source.copy(start..<start + Self.byteCount, of: "DTED header")
        self.bytes = bytes
        func text(_ range: Range<Int>) -> String { TextEncoding.latin1.decode(Array(bytes[range])).trimmedText }
        guard let columns = Int(text(47..<51)), let rows = Int(text(51..<55)), columns > 0, rows > 0 else {
            throw ImageryError(
                .malformed, "DTED UHL", "the counts of lines and points are \(text(47..<51)) and \(text(51..<55))", at: start + 47)
        }
        self.columns = columns
        self.rows = rows
        for table in RecordTable.all.dropFirst() where !bytes.dropFirst(table.offset).starts(with: table.name.utf8) {
            report(Diagnostic("DTED \(table.name)", "the record does not begin with \(table.name)", at: start + table.offset))
        }
        if let west = Self.degrees(text(4..<12)), let south = Self.degrees(text(12..<20)), let dx = Double(text(20..<24)),
            let dy = Double(text(24..<28)), dx > 0, dy > 0
        {
            // Intervals are tenths of a second of arc, and the origin is the centre of the south-western sample.
            let (x, y) = (dx / 36_000, dy / 36_000)
            georeference = Georeference(
                affine: .init(
                    originX: west - x / 2, originY: south + (Double(rows) - 0.5) * y, xPerColumn: x, xPerRow: 0, yPerColumn: 0,
                    yPerRow: -y),
                crs: "EPSG:4326")
        } else {
            georeference = nil
            report(Diagnostic("DTED UHL", "the origin or the intervals are no numbers", at: start + 4))
        }
    }

    /// Degrees of `DDDMMSSH` (some writers leave the first D out), west and south negative.
    static func degrees(_ text: String) -> Double? {
        let digits = Array(text.utf8.dropLast())
        guard digits.count == 6 || digits.count == 7, let hemisphere = text.last, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            return nil
        }
        func number(_ range: Range<Int>) -> Double { digits[range].reduce(0) { $0 * 10 + Double($1 - 48) } }
        let whole = digits.count - 4
        let value = number(0..<whole) + number(whole..<whole + 2) / 60 + number(whole + 2..<whole + 4) / 3600
        switch hemisphere {
        case "N", "E": return value
        case "S", "W": return -value
        default: return nil
        }
    }

    /// Lines and points that DSI gives; nil when they are no numbers.
    var statedCounts: (lines: Int, points: Int)? {
        var found: [String: Int] = [:]
        walk(.dsi) { name, place in
            guard name == "num_lon_lines" || name == "num_lat_lines" else { return }
            found[name] = Int(TextEncoding.latin1.decode(Array(bytes[place])).trimmedText)
        }
        guard let lines = found["num_lon_lines"], let points = found["num_lat_lines"] else { return nil }
        return (lines, points)
    }

    /// One group of fields for each header record (S62).
    var metadata: Metadata {
        Metadata(
            schema: .dted,
            entries: RecordTable.all.map { table in
                var entries: [Metadata.Entry] = []
                walk(table) { name, place in
                    if name != "reserved" { entries.append(.init(name, Value(.ascii, littleEndian: Array(bytes[place])))) }
                }
                return .init(table.name, Value(group: entries))
            })
    }

    func dump() -> [DumpLine] {
        var lines: [DumpLine] = []
        for table in RecordTable.all {
            lines.append(DumpLine(depth: 0, name: table.name, offset: start + table.offset, size: table.byteCount))
            walk(table) { name, place in
                let value = Value(.ascii, littleEndian: Array(bytes[place])).trimmed ?? ""
                lines.append(DumpLine(depth: 1, name: name, offset: start + place.lowerBound, size: place.count, value: value))
            }
        }
        return lines
    }

    private func walk(_ table: RecordTable, _ body: (String, Range<Int>) -> Void) {
        var position = table.offset
        for field in table.fields {
            body(field.name, position..<position + field.width)
            position += field.width
        }
    }
}
