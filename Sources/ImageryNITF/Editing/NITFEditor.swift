// Changing fields and extensions of a file without coding its pixels again.

public import ImageryBase
import ImageryPlumbing

/// An NITF or NSIF file whose fields and extensions are changed. Data of segments are copied as bytes; lengths follow.
///
/// A path is `NAME` for a field of the file header, `KEY/NAME` for one of an asset's subheader (`image:0/ICAT`), `TAG.NAME` for a field of an
/// extension (`image:0/BLOCKA.L_LINES`), `GROUP[n].NAME` for one of a repeated group (`image:0/BAND_INFO[0].ISUBCAT`). `TAG[n]` is one of
/// several extensions of a tag; all count from 0.
public struct NITFEditor: Sendable {
    /// One segment of the file.
    struct Part: Sendable {
        let segment: Segment
        var header: HeaderEdit
        /// The extensions of a TRE_OVERFLOW segment.
        var extensions: [Metadata.Entry]?
        var isChanged = false
    }

    private let source: any ByteSource
    let file: NITFFile
    var header: HeaderEdit
    var parts: [Part]

    /// Where extensions stand: in the file header or a segment's, or in the data of a TRE_OVERFLOW segment.
    enum Place {
        case header(Int?)
        case overflow(Int)
    }

    /// Opens a file for changes.
    ///
    /// Throws kind malformed for a file whose lengths are wrong, unsupported for one whose header stands at its end.
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        self.source = source
        file = try NITFFile(source, options: options)
        let record = file.header.record
        guard record.offset == 0 else {
            throw ImageryError(
                unsupported: .editing, FileHeader.context,
                "a header at the end of its file (STREAMING_FILE_HEADER) cannot be changed")
        }
        guard file.segments.segments.count == file.header.listings.count, record.end == file.header.end else {
            throw ImageryError(.malformed, FileHeader.context, "its lengths are wrong, so that nothing can be moved")
        }
        header = HeaderEdit(file.segments.file, end: record.end, areas: FileHeader.areas)
        parts = file.segments.segments.map { segment in
            let overflow = segment.header.areas[Header.overflow]?.first
            return Part(
                segment: segment,
                header: HeaderEdit(segment.header, end: segment.header.record.bytes.count, areas: segment.kind.areas),
                extensions: overflow?.entries(named: Header.overflow))
        }
    }

    // MARK: Changes

    /// Gives a field another value: text, a number, or the bytes of a field that has no characters. A whole extension is a group of its
    /// fields, or bytes; one that is not there yet is added. Security fields of an image in several segments change in all of them.
    ///
    /// Throws kind misuse for unknown names, for fields that say how the file lies, and for values that do not fit or have characters that
    /// the field's set lacks. Nothing is changed then.
    public mutating func set(_ path: String, to value: Value) throws(ImageryError) {
        let (targets, path) = try resolve(path)
        guard let first = targets.first else { return }
        if edit(first).isField(path.first.name) {
            for target in path.isSecurity ? targets : [first] {
                var changed = edit(target)
                try changed.set(path, to: value)
                put(changed, target)
            }
            return
        }
        try setExtension(path, to: value, in: first)
    }

    /// Takes away the extensions of a tag (`KEY/TAG`), or one of them (`KEY/TAG[n]`).
    ///
    /// Throws kind misuse when there is none.
    public mutating func remove(_ path: String) throws(ImageryError) {
        let (targets, path) = try resolve(path)
        guard let target = targets.first else { return }
        let context = edit(target).record.table.name
        guard path.rest == nil, !edit(target).isField(path.first.name) else {
            throw ImageryError(.misuse, context, "\(path.text) is a field, which every header has; only extensions can be removed")
        }
        let found = occurrences(of: path.first.name, in: target)
        guard !found.isEmpty, path.first.index.map({ found.indices.contains($0) }) ?? true else {
            throw ImageryError(.misuse, context, "it has no extension \(path.text)")
        }
        let chosen = path.first.index.map { [found[$0]] } ?? found
        // From the last on, so that the numbers of the others stay.
        for (place, index) in chosen.reversed() {
            var entries = entries(at: place)
            entries.remove(at: index)
            put(entries, at: place)
        }
    }

    /// The assets' headers that a path is about, and the path behind the key.
    private func resolve(_ text: String) throws(ImageryError) -> ([Int?], FieldPath) {
        guard let slash = text.firstIndex(of: "/") else { return ([nil], try FieldPath(text[...])) }
        let key = AssetKey(String(text[..<slash]))
        guard let asset = file.assets.first(where: { $0.key == key }) else {
            let keys = file.assets.prefix(20).map(\.key.description).joined(separator: ", ")
            throw ImageryError(.misuse, text, "there is no asset \(key); there are \(keys.isEmpty ? "none" : keys)")
        }
        let starts = Set(asset.byteRanges.map(\.lowerBound))
        let found = parts.indices.filter { starts.contains(parts[$0].segment.data.lowerBound) }
        return (found.map { $0 }, try FieldPath(text[text.index(after: slash)...]))
    }

    private func edit(_ target: Int?) -> HeaderEdit { target.map { parts[$0].header } ?? header }

    private mutating func put(_ edit: HeaderEdit, _ target: Int?) {
        if let target { parts[target].header = edit } else { header = edit }
    }

    // MARK: Extensions

    func entries(at place: Place) -> [Metadata.Entry] {
        switch place {
        case .header(let target): edit(target).entries
        case .overflow(let part): parts[part].extensions ?? []
        }
    }

    mutating func put(_ entries: [Metadata.Entry], at place: Place) {
        switch place {
        case .header(let target):
            var changed = edit(target)
            changed.replace(entries)
            put(changed, target)
        case .overflow(let part):
            parts[part].extensions = entries
            parts[part].isChanged = true
        }
    }

    /// Where the extensions of a header stand: in itself, and in the segments in which it goes on (Table A-8(A)).
    private func places(of target: Int?) -> [Place] {
        let overflow = parts.indices.filter { index in
            let record = parts[index].segment.header.record
            guard parts[index].extensions != nil, let area = record.text("DESOFLW"), let item = record.number("DESITEM") else {
                return false
            }
            guard let target else { return item == 0 && (area == "UDHD" || area == "XHD") }
            let segment = parts[target].segment
            return segment.kind.areas.contains { $0.area == area } && segment.index == item - 1
        }
        return [.header(target)] + overflow.map { .overflow($0) }
    }

    private func occurrences(of tag: String, in target: Int?) -> [(place: Place, index: Int)] {
        places(of: target).flatMap { place in
            let entries = entries(at: place)
            return entries.indices.filter { entries[$0].name == tag }.map { (place, $0) }
        }
    }

    private mutating func setExtension(_ path: FieldPath, to value: Value, in target: Int?) throws(ImageryError) {
        let tag = path.first.name
        let context = "\(edit(target).record.table.name) \(tag)"
        let found = occurrences(of: tag, in: target)
        let layout = edit(target).layouts.extension(tag)
        guard layout != nil || !found.isEmpty || path.rest == nil && value.type == .undefined else {
            throw ImageryError(.misuse, edit(target).record.table.name, "\(tag) is no field of it, and no extension that is known")
        }
        let number = path.first.index ?? 0
        guard number < found.count || number == 0 && found.isEmpty else {
            throw ImageryError(.misuse, context, "it is there \(found.count) times, which count from 0")
        }
        let (place, index) = found.isEmpty ? (.header(target), nil as Int?) : (found[number].place, found[number].index)
        var entries = entries(at: place)
        let data = try data(path, value, of: index.map { entries[$0].value }, layout, context)
        let changed = Metadata.Entry(tag, layout?.value(data) ?? Value(bytes: data))
        if let index { entries[index] = changed } else { entries.append(changed) }
        let before = self
        put(entries, at: place)
        do throws(ImageryError) {
            if case .header(let target) = place { _ = try edit(target).bytes() }
        } catch {
            self = before
            throw error
        }
    }

    /// The data of an extension with another value.
    private func data(
        _ path: FieldPath, _ value: Value, of old: Value?, _ layout: ExtensionLayout?, _ context: String
    ) throws(ImageryError) -> [UInt8] {
        guard let rest = path.rest else {
            return try ExtensionTables.data(.init(path.first.name, value), layouts: header.layouts, strict: true, context: context)
        }
        guard let layout else { throw ImageryError(.misuse, context, "its fields are not known; it can only be replaced as bytes") }
        let record = FieldRecord(layout.table, parsing: old?.bytes ?? [], at: 0)
        if old != nil, let fault = record.fault {
            throw ImageryError(.malformed, context, "it is broken, so that nothing in it can be changed: \(fault.message)")
        }
        var fields = old?.group?.entries ?? []
        if old == nil, let list = layout.emptyList(rest.first.name) { fields.append(list) }
        try rest.set(value, in: &fields, context: context) { layout.table.index($0) != nil }
        let bytes = try layout.bytes(Metadata(schema: .nitf, entries: fields))
        guard rest.value(in: layout.value(bytes).group?.entries ?? []) != nil else {
            throw ImageryError(.misuse, context, "\(path.text) has no place beside the other fields")
        }
        try FieldRecord(layout.table, parsing: bytes, at: 0).expectNoNewFindings(since: record, of: rest, allowsBlanks: true)
        return bytes
    }

    // MARK: Writing

    /// Throws what writing would throw because of the changes.
    public func check() throws(ImageryError) { _ = try assembled() }

    /// Appends the changed file to an empty sink.
    ///
    /// Throws kind misuse when a changed part does not fit, and what source and sink throw.
    public func write(into sink: any ByteSink) throws {
        let made = try assembled()
        try sink.append(made.header)
        for (part, bytes) in zip(parts, made.parts) {
            try sink.append(bytes.subheader)
            if let data = bytes.data { try sink.append(data) } else { try copy(part.segment.data, to: sink) }
        }
        try copy(end..<source.byteCount, to: sink)
    }

    /// Where the last segment of the file ends.
    private var end: Int { file.segments.segments.last?.data.upperBound ?? file.header.end }

    private typealias PartBytes = (subheader: [UInt8], data: [UInt8]?)

    /// All headers, with lengths that fit each other.
    private func assembled() throws(ImageryError) -> (header: [UInt8], parts: [PartBytes]) {
        var header = header
        var made: [PartBytes] = []
        var total = source.byteCount - end
        var isMoved = parts.count != file.segments.segments.count
        var counts: [SegmentKind: Int] = [:]
        for part in parts {
            let number = counts[part.segment.kind, default: 0]
            counts[part.segment.kind] = number + 1
            let subheader = try part.header.bytes()
            var data: [UInt8]?
            if part.isChanged {
                var list = ExtensionList(name: Header.overflow, link: "", length: "")
                for entry in part.extensions ?? [] {
                    if entry.name.hasSuffix(FieldRecord.unparsed) {
                        list.append(raw: entry.value.bytes)
                    } else {
                        try list.append(tag: entry.name, entry.value.bytes, context: part.header.record.table.name)
                    }
                }
                data = list.bytes
            }
            let names = part.segment.kind.lengthFields(file.header.version)
            for (name, old, new) in [
                (names.subheader, part.segment.header.record.bytes.count, subheader.count),
                (names.data, part.segment.data.count, data?.count ?? part.segment.data.count),
            ] where old != new {
                isMoved = true
                guard let group = header.entries.first(where: { $0.value.list?.first?[name] != nil })?.name else { continue }
                try header.setStructural(try FieldPath("\(group)[\(number)].\(name)"), to: new)
            }
            total += subheader.count + (data?.count ?? part.segment.data.count)
            made.append((subheader, data))
        }
        var bytes = try header.bytes()
        if bytes.count != header.record.end { isMoved = true }
        if isMoved || header.isChanged {
            try header.setStructural(try FieldPath("HL"), to: bytes.count)
            try header.setStructural(try FieldPath("FL"), to: total + bytes.count)
            bytes = try header.bytes()
        }
        if isMoved, let frame = rasterProductFrame {
            throw ImageryError(
                unsupported: .editing, FileHeader.context,
                "\(frame) tells places in the file, which a change of lengths would make wrong")
        }
        return (bytes, made)
    }

    /// The tag of an extension with the places of an RPF frame's sections (MIL-STD-2411); nil when there is none.
    private var rasterProductFrame: String? {
        let all = header.entries + parts.flatMap { $0.header.entries + ($0.extensions ?? []) }
        return all.first { $0.name == "RPFHDR" || $0.name == "RPFIMG" }?.name
    }

    private static let pieceBytes = 1 << 20

    private func copy(_ range: Range<Int>, to sink: any ByteSink) throws {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceBytes) {
            try sink.append(try source.copy(start..<min(range.upperBound, start + Self.pieceBytes), of: FileHeader.context))
        }
    }
}

extension FieldPath {
    /// True for the classification and its like (MIL-STD-2500C Table A-4), which all headers have.
    fileprivate var isSecurity: Bool {
        let endings = [
            "CLAS", "CLSY", "CODE", "CTLH", "REL", "DCTP", "DCDT", "DCXM", "DG", "DGDT", "CLTX", "CATP", "CAUT", "CRSN", "SRDT",
            "CTLN",
            "DWNG", "DEVT",
        ]
        return rest == nil && first.name.hasPrefix("IS") && endings.contains(String(first.name.dropFirst(2)))
    }
}
