// The file (MIL-STD-2500C 5.1; NITF 2.0: MIL-STD-2500A): header, segments as assets, metadata.

public import ImageryBase
import ImageryPlumbing

/// An NITF 2.1, NSIF 1.0 or NITF 2.0 file: its segments as assets.
public struct NITFFile: Container {
    let header: FileHeader
    let segments: SegmentList
    let source: any ByteSource

    /// The segments in the order of the file. Labels of NITF 2.0 are graphics behind the symbols, reserved extensions
    /// data behind the data extensions.
    public let assets: [AssetEntry]
    /// What opening found.
    public let diagnostics: [Diagnostic]

    private static let maxDiagnostics = 1_000

    /// NITF 2.1, NITF 2.0 or NSIF for the start of a file header, of other versions too.
    public static func format(of head: [UInt8]) -> Format? { FileHeader.format(of: head) }

    /// Reads the file header, all subheaders and the fixed part of masks. Pixels, texts and other data are not touched,
    /// except extensions that overflowed into a segment.
    ///
    /// Throws kind malformed when there is no file header. A segment that cannot be used is a diagnostic (S92).
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        var found: [Diagnostic] = []
        func report(_ diagnostic: Diagnostic) {
            if found.count < Self.maxDiagnostics { found.append(diagnostic) }
        }
        let header = try FileHeader(source, report: report)
        guard header.listings.count <= options.limits.maxAssets else {
            throw ImageryError(
                limit: .maxAssets, needed: header.listings.count, allowed: options.limits.maxAssets, FileHeader.context,
                "the file lists \(header.listings.count) segments; raise limits.maxAssets to allow it")
        }
        let list = try SegmentList(
            header, in: source, limits: options.limits, layouts: options.layouts as? ExtensionLayouts ?? .known, report: report)
        var assets: [AssetEntry] = []
        assets.reserveCapacity(list.segments.count)
        let counts = Dictionary(grouping: header.listings, by: \.kind).mapValues(\.count)
        var images: [ImageSegment] = []
        for segment in list.segments where segment.kind == .image {
            do throws(ImageryError) {
                images.append((segment, try NITFImage(segment, file: list.file, in: source, report: report)))
            } catch {
                if error.kind == .io { throw error }
                report(Diagnostic(error))
            }
        }
        for (number, parts) in ImageParts(images, report: report).images {
            if let entry = try Self.entry(parts, .image(number), list.file, header.version, report: report) { assets.append(entry) }
        }
        for segment in list.segments {
            switch segment.kind {
            case .image: break
            case .graphic, .label:
                assets.append(Self.graphic(segment, in: source, behind: segment.kind == .label ? counts[.graphic] ?? 0 : 0))
            case .text: assets.append(Self.text(segment))
            case .dataExtension, .reservedExtension:
                assets.append(
                    Self.data(segment, behind: segment.kind == .reservedExtension ? counts[.dataExtension] ?? 0 : 0))
            }
        }
        self.header = header
        self.source = source
        segments = list
        self.assets = assets
        diagnostics = found
    }

    /// NITF 2.1, NSIF or NITF 2.0.
    public var format: Format { header.format }

    /// The fields of the file header and its extensions.
    public var metadata: Metadata { segments.file.metadata }

    /// Every field of every header in file order.
    public func dump() -> [DumpLine] {
        let file = segments.file
        var lines = [
            DumpLine(depth: 0, name: "file header", offset: file.record.offset, size: file.record.end)
        ]
        lines += file.dump(depth: 1)
        for segment in segments.segments {
            let record = segment.header.record
            lines.append(
                DumpLine(
                    depth: 0, name: "\(record.table.name.dropFirst("NITF ".count)) \(segment.index)", offset: record.offset,
                    size: record.bytes.count))
            lines += segment.header.dump(depth: 1)
            lines.append(DumpLine(depth: 1, name: "data", offset: segment.data.lowerBound, size: segment.data.count))
            for area in segment.header.areas[Header.overflow] ?? [] { lines += area.dump(depth: 2) }
        }
        return lines
    }

    // MARK: Assets

    /// The image of one segment, or of several that go on with each other: the fields are those of the first, the corners those of all.
    private static func entry(
        _ parts: [ImageSegment], _ key: AssetKey, _ file: Header, _ version: Version, report: (Diagnostic) -> Void
    ) throws(ImageryError) -> AssetEntry? {
        guard let first = parts.first, let last = parts.last else { return nil }
        let record = first.image.record
        let header = first.segment.header
        func place(_ part: ImageSegment) -> Georeference? {
            Georeference(
                part.segment.header, file: file, rows: part.image.header.rows, version, context: part.image.context, report: report)
        }
        var georeference = place(first)
        var image: any ImageSource = first.image
        if parts.count > 1 {
            guard let divided = DividedImage(parts.map(\.image)) else { return nil }
            image = divided
            georeference = georeference?.continued(to: place(last))
        }
        let frame = first.image.frame
        // The corners of IGEOLO are rounded to seconds.
        if let place = try frame?.georeference(columns: image.layout.shape.columns, rows: image.layout.shape.rows) {
            georeference = place
        }
        return AssetEntry(
            key: key, content: .image(image), title: record.text("IID1") ?? record.text("IID") ?? "",
            description: record.text("IID2") ?? record.text("ITITLE") ?? "", mediaType: "image/nitf", roles: [.data],
            byteRanges: parts.map(\.segment.data), georeference: georeference,
            makeMetadata: {
                var metadata = header.metadata
                if let frame { metadata.entries.append(.init(ProductFrame.metadataName, Value(group: frame.metadata))) }
                return metadata
            })
    }

    private static func graphic(_ segment: Segment, in source: any ByteSource, behind count: Int) -> AssetEntry {
        let record = segment.header.record
        let header = segment.header
        // Labels are plain characters; symbols of NITF 2.0 may be bitmaps and objects.
        let isCGM = (record.text("SFMT") ?? record.text("STYPE")) == "C"
        let mediaType = segment.kind == .label ? "text/plain; charset=us-ascii" : isCGM ? "image/cgm" : "application/octet-stream"
        return AssetEntry(
            key: .graphic(count + segment.index), content: .graphics,
            title: record.text("SNAME") ?? record.text("LID") ?? "", description: record.text("SID") ?? "",
            mediaType: mediaType, roles: [.graphic], byteRanges: [segment.data],
            makeMetadata: {
                var metadata = header.metadata
                let start = segment.data.prefix(GraphicsMetafile.headBytes)
                if isCGM, let head = try? source.copy(start, of: "CGM"), let metafile = GraphicsMetafile(head) {
                    metadata.entries.append(.init(GraphicsMetafile.metadataName, Value(group: metafile.metadata)))
                }
                return metadata
            })
    }

    private static func text(_ segment: Segment) -> AssetEntry {
        let record = segment.header.record
        let header = segment.header
        let (charset, encoding): (String, TextEncoding) =
            switch record.text("TXTFMT") {
            case "U8S": ("utf-8", .utf8)
            case "UT1": ("iso-8859-1", .latin1)
            default: ("us-ascii", .latin1)
            }
        return AssetEntry(
            key: .text(segment.index), content: .text(encoding), title: record.text("TXTITL") ?? "",
            description: record.text("TEXTID") ?? "", mediaType: "text/plain; charset=\(charset)", roles: [.metadata],
            byteRanges: [segment.data], makeMetadata: { header.metadata })
    }

    private static func data(_ segment: Segment, behind count: Int) -> AssetEntry {
        let record = segment.header.record
        let header = segment.header
        let names = segment.kind == .dataExtension ? ["DESID", "DESTAG"] : ["RESID", "RESTAG"]
        let title = names.lazy.compactMap { record.text($0) }.first ?? ""
        return AssetEntry(
            key: .data(count + segment.index), content: .data, title: title,
            mediaType: xmlIdentifiers.contains(title) ? "application/xml" : "application/octet-stream", roles: [.metadata],
            byteRanges: [segment.data], makeMetadata: { header.metadata })
    }

    /// Extension segments whose data are XML (STDI-0002 Volume 2 Appendix F; SICD and SIDD file format descriptions).
    private static let xmlIdentifiers: Set<String> = ["XML_DATA_CONTENT", "SICD_XML", "SIDD_XML"]
}
