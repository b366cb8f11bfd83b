// From the lengths of the file header to segments (MIL-STD-2500C 5.1, Figure 4).

import ImageryBase
import ImageryPlumbing

/// The segments of a file, one behind the other, and where each extension belongs.
struct SegmentList: Sendable {
    private(set) var segments: [Segment] = []
    /// The file header's extensions, with those that overflowed.
    private(set) var file: Header

    /// A length field of nines: the data were written before it was known.
    private static let unknownDataLengths: Set<Int> = [9_999_999_999, 999_999, 99_999, 999_999_999, 9_999_999]

    /// Reads every subheader. What cannot be read is reported and left out.
    init(
        _ header: FileHeader, in source: any ByteSource, limits: Limits, layouts: ExtensionLayouts = .known,
        report: (Diagnostic) -> Void
    ) throws(ImageryError) {
        file = Header(header.record, areas: FileHeader.areas.map(\.area), layouts: layouts, report: report)
        let listings = header.listings
        var position = header.end
        for (number, listing) in listings.enumerated() {
            let context = "\(listing.kind.table(header.version).name) \(listing.index)"
            guard let length = listing.subheader, let stated = listing.data, length >= 0, stated >= 0 else {
                report(Diagnostic(context, "its lengths in the file header are no numbers; the segments from here on are lost"))
                break
            }
            guard position < source.byteCount else {
                report(
                    Diagnostic(
                        context, "this and \(listings.count - number - 1) further segments begin after the end of the file",
                        at: position))
                break
            }
            // A subheader has at most 6 digits of length, data 10: the sums cannot overflow.
            let end = min(source.byteCount, position + length)
            let bytes = try source.copy(position..<end, of: context)
            var stop = end + stated
            if number == listings.count - 1, Self.unknownDataLengths.contains(stated) {
                stop = source.byteCount
            } else if stop > source.byteCount {
                report(Diagnostic(context, "the data end at byte \(stop), the file at \(source.byteCount)", at: end))
                stop = source.byteCount
            }
            defer { position = stop }
            guard bytes.starts(with: listing.kind.mark.utf8) else {
                report(Diagnostic(context, "a subheader does not begin with \(listing.kind.mark)", at: position))
                continue
            }
            let record = FieldRecord(listing.kind.table(header.version), parsing: bytes, at: position)
            if let fault = record.fault {
                report(Diagnostic(context, fault.message, at: position + fault.position))
            } else if record.end < bytes.count {
                report(
                    Diagnostic(context, "its fields take \(record.end) of \(bytes.count) bytes", at: position + record.end))
            }
            segments.append(
                Segment(
                    kind: listing.kind, index: listing.index,
                    header: Header(record, areas: listing.kind.areas.map(\.area), layouts: layouts, report: report),
                    data: end..<stop))
        }
        try addOverflow(in: source, limits: limits, report: report)
    }

    /// Extensions that did not fit their area stand in an extension segment that names the area (DESOFLW) and the
    /// segment (DESITEM), which names it in turn (UDHOFL and its like; Table A-8(A)).
    private mutating func addOverflow(
        in source: any ByteSource, limits: Limits, report: (Diagnostic) -> Void
    ) throws(ImageryError) {
        var room = limits.maxMetadataBytes
        for (number, segment) in segments.enumerated() where segment.kind == .dataExtension {
            let record = segment.header.record
            guard let area = record.text("DESOFLW"), let item = record.number("DESITEM") else { continue }
            let context = segment.context
            let kind = SegmentKind.allCases.first { $0.areas.contains { $0.area == area } }
            let target = kind.flatMap { kind in segments.firstIndex { $0.kind == kind && $0.index == item - 1 } }
            guard (area == "UDHD" || area == "XHD") && item == 0 || target != nil else {
                report(
                    Diagnostic(
                        context, "it continues \(area) of segment \(item), which is not there", at: record.offset,
                        clause: record.clause(of: "DESITEM")))
                continue
            }
            let link = (kind?.areas ?? FileHeader.areas).first { $0.area == area }?.overflow ?? ""
            let named = (target.map { segments[$0].header } ?? file).record.number(link)
            if named != segment.index + 1 {
                report(
                    Diagnostic(
                        context, "it continues \(area) of segment \(item), where \(link) does not name it", at: record.offset))
            }
            guard segment.data.count <= room else {
                report(
                    Diagnostic(
                        context, "its extensions exceed limits.maxMetadataBytes and are left out", at: segment.data.lowerBound))
                continue
            }
            room -= segment.data.count
            let bytes = try source.copy(segment.data, of: context)
            let found = ExtensionArea(
                bytes, 0..<bytes.count, at: segment.data.lowerBound, layouts: segment.header.layouts, context: context,
                clause: record.clause(of: "DESDATA"), report: report)
            segments[number].header = segment.header.adding(found, to: Header.overflow)
            if let target {
                segments[target].header = segments[target].header.adding(found, to: area)
            } else {
                file = file.adding(found, to: area)
            }
        }
    }
}
