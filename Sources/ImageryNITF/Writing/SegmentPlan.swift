// Segments that are written (MIL-STD-2500C 5.5 to 5.8, Tables ): subheaders of texts, graphics and extensions.

import ImageryBase
import ImageryPlumbing

/// A segment on its way into a file.
struct SegmentPlan {
    enum Content {
        case image(ImagePlan)
        case bytes(any ByteSource)
    }

    var kind: SegmentKind
    var header: HeaderDraft
    var content: Content
    var isStrict: Bool
    /// Rows of the segment before this one, below which it goes on with the same image.
    var continuesAfter: Int?

    /// Bytes of data; those of an image are known later.
    var byteCount: Int {
        if case .bytes(let source) = content { source.byteCount } else { 0 }
    }

    /// Throws kind unsupported for an asset that NITF does not have, kind misuse for fields and options that it cannot express.
    init(_ entry: WriteEntry, date: String, _ notes: WriteNotes) throws(ImageryError) {
        let options = entry.options
        isStrict = options.strict
        switch entry.content {
        case .image(let source):
            guard let place = entry.key.imagePlace, place.level == 0, !place.isMask else {
                throw ImageryError(
                    unsupported: .asset, "NITF",
                    "\(entry.key) has no place in an NITF file: overviews are files of their own (.r1)")
            }
            let plan = try ImagePlan(source, entry, notes, context: "NITF image \(place.page)")
            kind = .image
            header = plan.header
            content = .image(plan)
        case .text(let source, let encoding):
            kind = .text
            content = .bytes(source)
            header = try .copying(options.metadata, kind, strict: options.strict)
            // Of NITF 2.0, where it has ten characters; the description is the same.
            if options.metadata?["TSDWNG"] != nil { header.set("TEXTID", "") }
            try header.setTexts(
                [("TXTITL", 80, entry.title), ("TEXTID", 7, entry.description)], of: entry.key, strict: options.strict, notes)
            header.set("TE", "TE")
            header.setDefault("TXTDT", date)
            header.set("TXTFMT", try Self.textFormat(source, encoding, copied: header.text("TXTFMT"), "\(entry.key)"))
        case .graphics(let source):
            kind = .graphic
            content = .bytes(source)
            let metadata = options.metadata
            if metadata?.schema == .nitf, metadata?["LA"] != nil || metadata?["STYPE"]?.trimmed.map({ $0 != "C" }) == true {
                throw ImageryError(
                    unsupported: .asset, "NITF \(entry.key)",
                    "labels, bitmaps and objects of NITF 2.0 do not exist in 2.1: graphics are CGM")
            }
            header = try .copying(metadata, kind, strict: options.strict)
            try header.setTexts(
                [("SNAME", 20, entry.title), ("SID", 10, entry.description)], of: entry.key, strict: options.strict, notes)
            header.set("SY", "SY")
            header.set("SFMT", "C")
            header.set("SSTRUCT", 0)
            header.set("SRES2", 0)
            header.setDefault("SCOLOR", "C")
        case .data(let source):
            let isReserved = options.metadata?.schema == .nitf && (options.metadata?["RESID"] ?? options.metadata?["RESTAG"]) != nil
            kind = isReserved ? .reservedExtension : .dataExtension
            content = .bytes(source)
            header = try .copying(options.metadata, kind, strict: options.strict)
            let prefix = isReserved ? "RE" : "DE"
            if header.value("\(prefix)SID") == nil, options.metadata?.schema == .nitf, let tag = options.metadata?["\(prefix)STAG"]
            {
                header.set("\(prefix)SID", tag)
            }
            try header.setTexts([("\(prefix)SID", 25, entry.title)], of: entry.key, strict: options.strict, notes)
            guard header.text("\(prefix)SID") != nil else {
                throw ImageryError(
                    .misuse, "NITF \(entry.key)", "an extension segment needs a name: a title, or \(prefix)SID in its metadata")
            }
            header.set(prefix, prefix)
            header.setDefault("\(prefix)SVER", "1")
            try header.setUserFields(prefix, strict: options.strict)
        }
        header.setDefault(kind.classification, "U")
        if kind == .text || kind == .graphic { header.set("ENCRYP", 0) }
        let limit = kind.largestData
        guard byteCount <= limit else {
            throw ImageryError(
                unsupported: .size, "NITF \(entry.key)", "\(byteCount) bytes are more than the \(limit) of a segment of this kind")
        }
        guard !options.strict || byteCount > 0 || kind == .image else {
            throw ImageryError(.misuse, "NITF \(entry.key)", "the segment has no data (MIL-STD-2500C Table A-1)")
        }
    }

    /// A segment of extensions that did not fit an area of `parent` (Table A-8(A)); `item` is its number, 0 for the file header.
    init(overflow: [UInt8], of area: String, item: Int, parent: HeaderDraft, prefix: String) {
        kind = .dataExtension
        content = .bytes(MemorySource(overflow))
        isStrict = false
        header = HeaderDraft(FieldTable.dataExtension21, areas: [])
        header.set("DE", "DE")
        header.set("DESID", "TRE_OVERFLOW")
        header.set("DESVER", 1)
        for name in FieldTable.dataExtension21.names.dropFirst(3).prefix(16) {
            header.set(name, parent.value(prefix + name.dropFirst(3)))
        }
        header.set("DESOFLW", area)
        header.set("DESITEM", item)
    }

    /// TXTFMT: the copied one where the bytes suit it, else the smallest set that has them.
    private static func textFormat(
        _ source: any ByteSource, _ encoding: TextEncoding, copied: String?, _ context: String
    ) throws(ImageryError) -> String {
        let isBasic = try source.lend(0..<source.byteCount, of: context) { (span) throws(ImageryError) -> Bool in
            unsafe span.withUnsafeBytes { bytes in unsafe bytes.allSatisfy { $0 < 0x80 } }
        }
        let sets = isBasic ? ["MTF", "STA", "UT1", "U8S"] : encoding == .utf8 ? ["U8S"] : ["UT1"]
        if let copied, sets.contains(copied) { return copied }
        return isBasic ? "STA" : sets[0]
    }

    /// True for a segment that belongs to the structure of the file that it was read from, and is made anew.
    static func isStructural(_ entry: WriteEntry) -> Bool {
        guard case .data = entry.content else { return false }
        let names = ["TRE_OVERFLOW", "Registered Extensions", "Controlled Extensions", "STREAMING_FILE_HEADER"]
        let metadata = entry.options.metadata?.schema == .nitf ? entry.options.metadata : nil
        let name = metadata.flatMap { $0["DESID"] ?? $0["DESTAG"] }?.trimmed ?? entry.title
        return names.contains(name)
    }
}

extension SegmentKind {
    /// The field of the classification; the prefix of all security fields is before CLAS.
    var classification: String {
        switch self {
        case .image: "ISCLAS"
        case .graphic: "SSCLAS"
        case .label: "LSCLAS"
        case .text: "TSCLAS"
        case .dataExtension: "DESCLAS"
        case .reservedExtension: "RESCLAS"
        }
    }

    /// What the length of the data in the file header can say (Table A-1; the number of nines stands for an unknown length).
    var largestData: Int {
        switch self {
        case .image: 9_999_999_998
        case .graphic: 999_998
        case .label: 998
        case .text: 99_998
        case .dataExtension: 999_999_998
        case .reservedExtension: 9_999_998
        }
    }
}

extension HeaderDraft {
    /// The user-defined subheader of an extension segment: bytes, the fields of its layout, or, where there is none, named values one
    /// after the other.
    mutating func setUserFields(_ prefix: String, strict: Bool) throws(ImageryError) {
        let value = value("\(prefix)SSHF")
        var bytes = value.map(ExtensionTables.joined) ?? []
        if case .group(let fields)? = value?.content, let layout = text("\(prefix)SID").flatMap(ExtensionTables.subheader) {
            let version = number("\(prefix)SVER") ?? 0
            bytes = try layout.bytes(Metadata(schema: .nitf, entries: fields), version: version, strict: strict)
        }
        guard bytes.count <= 9998 else {
            throw ImageryError(.misuse, table.name, "the user-defined subheader has \(bytes.count) bytes, of at most 9,998")
        }
        set("\(prefix)SSHF", Value(bytes: bytes))
        set("\(prefix)SSHL", bytes.count)
    }
}
