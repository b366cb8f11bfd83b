// The file header and the places of the segments (MIL-STD-2500C 5.1.2, Table A-1; MIL-STD-2500A Table I).

import ImageryBase
import ImageryPlumbing

/// The file header: its fields, and the lengths of the segments that it lists.
struct FileHeader: Sendable {
    let record: FieldRecord
    let format: Format
    let version: Version
    /// Where the fields end, or where HL says that they do when a segment begins there.
    let end: Int

    static let context = "NITF file header"
    /// The areas of extensions, with the field of each that names its overflow.
    static let areas: [(area: String, overflow: String)] = [("UDHD", "UDHOFL"), ("XHD", "XHDLOFL")]

    /// Bytes that are looked at first; headers of many segments are longer.
    private static let firstRead = 4096
    /// No table fills more: 5 lists of 999 entries of at most 16 bytes and two areas of 99,999 bytes.
    static let longest = 1 << 19

    /// Throws kind malformed when the source does not begin with a file header or its fields break off.
    init(_ source: any ByteSource, report: (Diagnostic) -> Void) throws(ImageryError) {
        let mark = try source.copy(0..<min(9, source.byteCount), of: Self.context)
        guard let (format, version) = Self.identify(mark, report: report) else {
            throw ImageryError(.malformed, Self.context, "the file does not begin with NITF02.10, NSIF01.00 or NITF02.00", at: 0)
        }
        var record = try Self.read(source, at: 0, version)
        if record.number("FL") == Self.unknownLength, let real = try StreamingHeader.find(in: source, for: record) { record = real }
        if let fault = record.fault {
            throw ImageryError(.malformed, Self.context, fault.message, at: record.offset + fault.position)
        }
        self.record = record
        self.format = format
        self.version = version
        end = try Self.firstSegment(after: record, version, source, report: report)
        if let length = record.number("FL"), length != source.byteCount, length != Self.unknownLength {
            report(
                Diagnostic(
                    Self.context, "FL says \(length) bytes, the file has \(source.byteCount)",
                    at: record.place("FL").map { record.offset + $0.lowerBound }))
        }
    }

    /// FL of a file whose header was written before its length was known (5.1.2, FL).
    static let unknownLength = 999_999_999_999

    /// FHDR tells, and the version NITF 2.0. Versions that are not known are claimed: opening says so.
    static func format(of head: [UInt8]) -> Format? {
        if head.starts(with: "NITF02.00".utf8) { return .nitf20 }
        if head.starts(with: "NITF0".utf8) { return .nitf }
        return head.starts(with: "NSIF0".utf8) ? .nsif : nil
    }

    /// The kind of file that begins with `mark`; minor versions that are not known are read as the known one.
    private static func identify(_ mark: [UInt8], report: (Diagnostic) -> Void) -> (Format, Version)? {
        switch String(decoding: mark, as: UTF8.self) {
        case "NITF02.10": return (.nitf, .v21)
        case "NSIF01.00", "NSIF01.01": return (.nsif, .v21)
        case "NITF02.00": return (.nitf20, .v20)
        case let other where other.hasPrefix("NITF02.1"):
            report(Diagnostic(context, "the version \(other) is read as NITF02.10", at: 0))
            return (.nitf, .v21)
        default: return nil
        }
    }

    /// The fields of a header at `offset`, with as many bytes as they turn out to need.
    private static func read(_ source: any ByteSource, at offset: Int, _ version: Version) throws(ImageryError) -> FieldRecord {
        var count = firstRead
        while true {
            let available = min(count, source.byteCount - offset)
            let bytes = try source.copy(offset..<offset + available, of: context)
            let record = FieldRecord(version == .v21 ? .fileHeader21 : .fileHeader20, parsing: bytes, at: offset)
            guard record.fault?.isShort == true, available == count, count < longest else { return record }
            count *= 4
        }
    }

    /// Where the first segment begins: at HL, unless that is wrong and the fields end where one begins.
    private static func firstSegment(
        after record: FieldRecord, _ version: Version, _ source: any ByteSource, report: (Diagnostic) -> Void
    ) throws(ImageryError) -> Int {
        let parsed = record.offset == 0 ? record.end : 0
        guard let stated = record.number("HL"), stated > 0 else {
            report(Diagnostic(context, "HL is no length; the header ends with its last field", at: 0))
            return parsed
        }
        if stated == parsed || record.offset != 0 { return stated }
        report(
            Diagnostic(
                context, "HL says \(stated) bytes, the fields take \(parsed)", at: record.place("HL").map { $0.lowerBound }))
        guard
            let first = SegmentKind.allCases.first(where: { !record.numbers($0.lengthFields(version).subheader).isEmpty })
        else { return parsed }
        for candidate in [stated, parsed] where source.byteCount - candidate >= 2 {
            if try source.copy(candidate..<candidate + 2, of: context).elementsEqual(first.mark.utf8) { return candidate }
        }
        return stated
    }

    /// What stands in the header about one segment.
    struct Listing: Sendable {
        var kind: SegmentKind
        var index: Int
        var subheader: Int?
        var data: Int?
    }

    /// The segments in the order of the file.
    var listings: [Listing] {
        SegmentKind.allCases.flatMap { kind in
            let names = kind.lengthFields(version)
            return zip(record.numbers(names.subheader), record.numbers(names.data)).enumerated().map {
                Listing(kind: kind, index: $0.offset, subheader: $0.element.0, data: $0.element.1)
            }
        }
    }
}
