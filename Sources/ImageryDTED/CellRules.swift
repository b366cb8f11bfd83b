// What the records of a cell say of each other (MIL-PRF-89020B 3.11, 3.13).

public import ImageryBase
import ImageryPlumbing

extension DTEDFile {
    public func validate(report: (Diagnostic) -> Void) {
        do throws(ImageryError) {
            try CellRules(source: cell.source, header: cell.header).check(report: report)
        } catch {
            report(Diagnostic(error))
        }
    }
}

struct CellRules {
    let source: any ByteSource
    let header: CellHeader

    /// A cell whose records are all out of order says so this often.
    private static let mostFindings = 16

    func check(report: (Diagnostic) -> Void) throws(ImageryError) {
        if let (lines, points) = header.statedCounts, lines != header.columns || points != header.rows {
            report(
                Diagnostic(
                    "DTED DSI", "it has \(lines) lines of \(points) points, UHL \(header.columns) of \(header.rows)",
                    at: header.start, severity: .warning, clause: "MIL-PRF-89020B 3.11"))
        }
        let present = min(header.columns, max(0, source.byteCount - header.dataStart) / header.recordBytes)
        var findings = 0
        for record in 0..<present {
            let start = header.dataStart + record * header.recordBytes
            // Sentinel, three bytes of the record's number, two of the line, two of its first point.
            let head = try source.copy(start..<start + 8, of: "DTED record \(record)")
            let number = head[1..<4].reduce(0) { $0 << 8 | Int($1) }
            let (line, point) = (Int(head[4]) << 8 | Int(head[5]), Int(head[6]) << 8 | Int(head[7]))
            for (name, value, right) in [("number", number, record), ("line", line, record), ("first point", point, 0)]
            where value != right && findings < Self.mostFindings {
                findings += 1
                report(
                    Diagnostic(
                        "DTED record \(record)", "its \(name) is \(value), not \(right)", at: start, clause: "MIL-PRF-89020B 3.13"))
            }
        }
        let end = header.dataStart + header.columns * header.recordBytes
        if end < source.byteCount {
            report(
                Diagnostic(
                    "DTED", "\(source.byteCount - end) bytes follow the last record", at: end, severity: .warning,
                    clause: "MIL-PRF-89020B 3.13"))
        }
    }
}
