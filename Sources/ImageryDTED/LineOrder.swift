// Which data record holds which longitude line (MIL-PRF-89020B 3.13: every record has the number of its line).

import ImageryBase
import ImageryPlumbing
import Synchronization

/// The order of a cell's records. Nearly all files have them from west to east; that is believed until a record says otherwise.
final class LineOrder: Sendable {
    private let header: CellHeader
    /// How many records the file has, no more than lines.
    private let records: Int
    private let found = Mutex<(places: [Int], findings: [Diagnostic])?>(nil)

    init(_ header: CellHeader, records: Int) {
        self.header = header
        self.records = records
    }

    /// The record of every line, -1 for one without; nil before it was looked for.
    var known: [Int]? { found.withLock { $0?.places } }

    /// What every read has to tell of the order: nothing before it was looked for.
    var findings: [Diagnostic] { found.withLock { $0?.findings ?? [] } }

    /// The record of a line; nil when the file has none.
    func record(_ line: Int) -> Int? {
        guard let known else { return line < records ? line : nil }
        return known[line] < 0 ? nil : known[line]
    }

    /// The line that the record at `offset` of `span` says it is: its longitude count.
    static func line(in span: RawSpan, at offset: Int) -> Int {
        // In bounds: a record has more than eight bytes.
        unsafe Int(UInt16(bigEndian: span.unsafeLoadUnaligned(fromByteOffset: offset + 4, as: UInt16.self)))
    }

    /// The line that a record says it is; nil for one that the file has not.
    func line(ofRecord record: Int, _ source: any ByteSource) throws(ImageryError) -> Int? {
        guard record < records else { return nil }
        let start = header.dataStart + record * header.recordBytes
        return try source.lend(start..<start + 8, of: "DTED record \(record)") { (span) throws(ImageryError) in
            Self.line(in: span, at: 0)
        }
    }

    /// Looks at every record. A line goes to the first record that says it; a record whose line is taken or none of the cell's goes to its
    /// own place if that is free. What is wrong with them; reads tell it too unless `isTold`.
    @discardableResult
    func find(_ source: any ByteSource, isTold: Bool = false) throws(ImageryError) -> [Diagnostic] {
        var places = [Int](repeating: -1, count: header.columns)
        var strays: [(record: Int, line: Int)] = []
        var isInOrder = true
        for record in 0..<records {
            guard let line = try line(ofRecord: record, source) else { break }
            if line != record { isInOrder = false }
            if line < places.count, places[line] < 0 { places[line] = record } else { strays.append((record, line)) }
        }
        var findings: [Diagnostic] = []
        if !isInOrder, records == header.columns {
            findings.append(
                Diagnostic("DTED", "the data records do not stand in the order of their lines (3.13)", at: header.dataStart))
        }
        for (record, line) in strays {
            let isFree = places[record] < 0
            if isFree { places[record] = record }
            let what = line < places.count ? "its line \(line) is another record's too" : "its line \(line) is outside of the cell"
            findings.append(
                Diagnostic(
                    "DTED record \(record)", what + (isFree ? "; it is taken for line \(record)" : "; it is left out"),
                    at: header.dataStart + record * header.recordBytes))
        }
        found.withLock { $0 = (places, isTold ? [] : findings) }
        return findings
    }
}
