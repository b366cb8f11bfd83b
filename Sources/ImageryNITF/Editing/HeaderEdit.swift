// A header of a file that is changed: its fields, and the extensions in its own areas.

import ImageryBase
import ImageryPlumbing

/// The fields and extensions of one header. What is not changed keeps its bytes.
struct HeaderEdit: Sendable {
    let record: FieldRecord
    /// Bytes of the record that are the header's.
    private let end: Int
    private let areas: [(area: String, overflow: String)]
    let layouts: ExtensionLayouts
    var entries: [Metadata.Entry]
    private(set) var isChanged = false
    /// The numbers that extension segments get, by those that they had; 0 for those that go.
    private var renumbered: [Int: Int] = [:]

    /// Fields that say how the rest of the file lies, and marks: what an edit may not touch.
    private static let structural: Set<String> = [
        "FHDR", "FVER", "STYPE", "ENCRYP", "FL", "HL", "NUMI", "NUMS", "NUML", "NUMX", "NUMT", "NUMDES", "NUMRES", "IMAGES",
        "GRAPHICS",
        "SYMBOLS", "LABELS", "TEXTS", "DES", "RES", "UDHDL", "UDHOFL", "UDHD", "XHDL", "XHDLOFL", "XHD", "IM", "SY", "LA", "TE",
        "DE",
        "RE", "NROWS", "NCOLS", "PVTYPE", "IC", "COMRAT", "NBANDS", "XBANDS", "NLUTS", "NELUT", "LUTD", "ISYNC", "IMODE", "NBPR",
        "NBPC", "NPPBH", "NPPBV", "NBPP", "NICOM", "UDIDL", "UDOFL", "UDID", "IXSHDL", "IXSOFL", "IXSHD", "SFMT", "SXSHDL",
        "SXSOFL",
        "SXSHD", "LXSHDL", "LXSOFL", "LXSHD", "TXSHDL", "TXSOFL", "TXSHD", "DESOFLW", "DESITEM", "DESSHL", "RESSHL", "NLIPS",
        "NPIXPL", "NWDTH", "DLUT",
    ]

    /// The header of the first `end` bytes of its record.
    init(_ header: Header, end: Int, areas: [(area: String, overflow: String)]) {
        record = header.record
        layouts = header.layouts
        self.end = end
        self.areas = areas
        entries = header.ownMetadata.entries
    }

    /// True for the name of a field, not of an extension.
    func isField(_ name: String) -> Bool { record.table.index(name) != nil }

    // MARK: Fields

    /// Gives a field another value.
    ///
    /// Throws kind misuse for fields that say how the file lies, for what does not fit, and for characters that the field's set lacks.
    mutating func set(_ path: FieldPath, to value: Value) throws(ImageryError) {
        let table = record.table
        guard path.steps.allSatisfy({ !Self.structural.contains($0.name) }) else {
            throw ImageryError(.misuse, table.name, "\(path.text) says how the file lies, and follows from it")
        }
        let user = path.first.name == "DESSHF" ? (text("DESID") ?? text("DESTAG")).flatMap(layouts.subheader) : nil
        guard path.first.name != "DESSHF" || path.rest != nil || value.type == .undefined else {
            throw ImageryError(.misuse, table.name, "\(path.text) is made of fields; name one of them")
        }
        var changed = self
        try path.set(value, in: &changed.entries, context: table.name) {
            table.index($0) != nil || user?.table.index($0) != nil
        }
        if let comments = changed.entries.first(where: { $0.name == "ICOM" })?.value.list {
            changed.replace("NICOM", with: comments.count)
        }
        changed.isChanged = true
        let made = FieldRecord(table, parsing: try changed.bytes(), at: 0)
        var fields = made.entries { _ in [] }
        if let user, let index = fields.firstIndex(where: { $0.name == "DESSHF" }) {
            fields[index].value = user.value(fields[index].value.bytes)
        }
        guard made.fault == nil, path.value(in: fields) != nil else {
            throw ImageryError(.misuse, table.name, "\(path.text) has no place beside the other fields")
        }
        try made.expectNoNewFindings(since: record, of: path, allowsBlanks: false)
        self = changed
    }

    private func text(_ name: String) -> String? { entries.first { $0.name == name }?.value.trimmed }

    private mutating func replace(_ name: String, with number: Int) {
        for index in entries.indices where entries[index].name == name { entries[index].value = Value(text: "\(number)") }
    }

    /// Fills a field with one character. False for a field that is not there or is filled so.
    mutating func fill(_ name: String, with character: Character) -> Bool {
        guard let place = entries.firstIndex(where: { $0.name == name }) else { return false }
        let filled = Value(text: String(repeating: character, count: entries[place].value.bytes.count))
        guard entries[place].value.bytes != filled.bytes else { return false }
        entries[place].value = filled
        isChanged = true
        return true
    }

    /// Takes all values out of a list, whose length the field `count` tells. False for a list that is empty or not there.
    mutating func empty(_ list: String, countedBy count: String) -> Bool {
        guard let place = entries.firstIndex(where: { $0.name == list && $0.value.list?.isEmpty == false }) else { return false }
        entries.remove(at: place)
        replace(count, with: 0)
        isChanged = true
        return true
    }

    /// Takes values out of a list.
    mutating func remove(_ indices: Set<Int>, from list: String, countedBy count: String) {
        guard let place = entries.firstIndex(where: { $0.name == list }), let values = entries[place].value.list else { return }
        let rest = values.indices.filter { !indices.contains($0) }.map { values[$0] }
        guard !rest.isEmpty else {
            _ = empty(list, countedBy: count)
            return
        }
        entries[place].value = Value(list: rest)
        replace(count, with: rest.count)
        isChanged = true
    }

    /// Notes that extension segments have other numbers, 0 for none.
    mutating func renumberOverflow(_ numbers: [Int: Int]) {
        renumbered = numbers
        if areas.contains(where: { numbers[record.number($0.overflow) ?? 0] != nil }) { isChanged = true }
    }

    // MARK: Extensions and lengths

    /// Replaces the entries; the caller vouches for them.
    mutating func replace(_ entries: [Metadata.Entry]) {
        self.entries = entries
        isChanged = true
    }

    /// Sets a field that follows from the rest of the file.
    mutating func setStructural(_ path: FieldPath, to number: Int) throws(ImageryError) {
        try path.set(Value(text: "\(number)"), in: &entries, context: record.table.name) { _ in false }
        isChanged = true
    }

    /// The header's bytes. Throws kind misuse for values that do not fit.
    func bytes() throws(ImageryError) -> [UInt8] {
        guard isChanged else { return Array(record.bytes[..<end]) }
        if let fault = record.fault {
            throw ImageryError(
                .malformed, record.table.name, "it is broken, so that nothing in it can be changed: \(fault.message)",
                at: record.offset + fault.position)
        }
        var draft = HeaderDraft(record.table, areas: areas)
        try draft.copy(Metadata(schema: .nitf, entries: entries), ignoring: nil, strict: false)
        for (index, area) in areas.enumerated() {
            let number = record.number(area.overflow) ?? 0
            draft.link(area: index, to: renumbered[number] ?? number)
        }
        for prefix in ["DE", "RE"] where record.table.index("\(prefix)SSHF") != nil {
            try draft.setUserFields(prefix, strict: false)
        }
        // What stood behind the last field stays there.
        return try draft.serialise(strict: false) + record.bytes[record.end..<end]
    }
}

extension FieldRecord {
    /// Throws kind misuse for what ``findings(limit:allowsBlanks:)`` tells of fields with the name at the end of a path, and did not tell of
    /// `old`: what nobody set is not to blame.
    func expectNoNewFindings(since old: FieldRecord, of path: FieldPath, allowsBlanks: Bool) throws(ImageryError) {
        let known = Set(old.findings(allowsBlanks: allowsBlanks).map { $0.name + $0.message })
        for finding in findings(allowsBlanks: allowsBlanks) where finding.name == path.last.name {
            if known.contains(finding.name + finding.message) { continue }
            throw ImageryError(.misuse, table.name, "\(finding.name) \(finding.message)")
        }
    }
}
