// A header that is being made (MIL-STD-2500C Appendix A): copied fields, computed ones, and areas of extensions.

import ImageryBase

/// The values that a header will have, by the names of its table. What nobody gives is blank or zero.
struct HeaderDraft {
    let table: FieldTable
    /// Texts, numbers and groups by name; the last one set is written.
    private var values: [String: Value] = [:]
    /// The extensions of each area, in the order of the file.
    private(set) var areas: [ExtensionList]

    /// A draft without a field. `areas` are the areas of extensions with the field of each that names its overflow.
    init(_ table: FieldTable, areas: [(area: String, overflow: String)]) {
        self.table = table
        self.areas = areas.map { ExtensionList(name: $0.area, link: $0.overflow, length: table.lengthField(of: $0.area) ?? "") }
    }

    // MARK: Values

    /// The text of a field without the blanks around it; nil when it has none.
    func text(_ name: String) -> String? {
        guard let value = values[name], let text = value.trimmed ?? value.int.map({ "\($0)" }) else { return nil }
        return text.isEmpty ? nil : text
    }

    /// The number of a field; nil when it has none.
    func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    /// The entries of a group.
    func list(_ name: String) -> [Value] { values[name]?.list ?? [] }

    /// A field's value as it was given.
    func value(_ name: String) -> Value? { values[name] }

    /// Replaces the value of a field.
    mutating func set(_ name: String, _ text: String) { values[name] = Value(text: text) }
    mutating func set(_ name: String, _ number: Int) { values[name] = Value(text: "\(number)") }
    mutating func set(_ name: String, _ value: Value?) { values[name] = value }

    /// Gives a field a value that has none, or only blanks.
    mutating func setDefault(_ name: String, _ text: String) {
        if self.text(name) == nil { set(name, text) }
    }

    /// Adds an extension to the last area, where those without a place of their own go.
    mutating func append(tag: String, _ data: [UInt8]) throws(ImageryError) {
        try append(tag: tag, data, to: areas.count - 1)
    }

    private mutating func append(tag: String, _ data: [UInt8], to area: Int) throws(ImageryError) {
        guard areas.indices.contains(area) else {
            throw ImageryError(.misuse, table.name, "\(tag) is none of its fields, and it has no room for extensions")
        }
        try areas[area].append(tag: tag, data, context: table.name)
    }

    /// The data of each extension of a tag.
    func extensions(_ tag: String) -> [[UInt8]] { areas.flatMap { $0.all(of: tag) } }

    /// The tags of all extensions.
    var extensionTags: [String] { areas.flatMap(\.tags) }

    /// Gives the extension of a tag other data, where it stands; appends it when there is none, and leaves one of several.
    mutating func replace(tag: String, with data: [UInt8]) throws(ImageryError) {
        let area = areas.firstIndex { $0.tags.contains(tag) } ?? areas.count - 1
        removeExtensions(tag: tag)
        try append(tag: tag, data, to: area)
    }

    /// Takes the extensions of a tag away.
    mutating func removeExtensions(tag: String) {
        for index in areas.indices { areas[index].remove(tag: tag) }
    }

    /// Takes all extensions away but those of a tag.
    mutating func removeExtensions(except tag: String) {
        for index in areas.indices { areas[index].removeAll(except: tag) }
    }

    /// Takes the extensions that do not fit out of an area: those of its overflow segment.
    mutating func removeOverflow(area: Int) -> [UInt8] { areas[area].removeOverflow() }
    mutating func link(area: Int, to number: Int) { areas[area].overflow = number }

    // MARK: Copying

    /// What the reader makes of the data of a segment: no fields.
    private static let derived: Set<String> = [ProductFrame.metadataName, GraphicsMetafile.metadataName]

    /// Takes over the fields and extensions of metadata (S64). Names that only `other`, the table of another version, has are
    /// left out.
    ///
    /// `strict` holds extensions that are made of named values to their character sets and ranges.
    ///
    /// Extensions stand behind the length or the link of their area, as the reader lists them; one that stands elsewhere goes
    /// to the last area. Throws kind misuse for an entry that is neither a field nor an extension.
    mutating func copy(_ metadata: Metadata, ignoring other: FieldTable?, strict: Bool) throws(ImageryError) {
        var current: Int?
        for entry in metadata.entries where !Self.derived.contains(entry.name) {
            if let marked = areas.firstIndex(where: { $0.length == entry.name || $0.link == entry.name }) {
                current = marked
                if entry.name == areas[marked].length { values[entry.name] = entry.value }
                continue
            }
            if let own = areas.firstIndex(where: { entry.name == $0.name || entry.name == $0.name + ":unparsed" }) {
                areas[own].append(raw: entry.value.bytes)
                continue
            }
            // A tag may have the name of a field: extensions are bytes, and stand in their area.
            let isBytes = entry.value.isBytes && table.kind(entry.name) != .bytes
            if table.index(entry.name) != nil, current == nil || !isBytes {
                values[entry.name] = entry.value
            } else if table.index(entry.name) == nil, other?.index(entry.name) != nil {
                continue
            } else {
                let data = try ExtensionTables.data(entry, strict: strict, context: table.name)
                try append(tag: entry.name, data, to: current ?? areas.count - 1)
            }
        }
    }

    // MARK: Serialising

    /// The header's bytes. `strict` also holds texts to their character sets.
    ///
    /// Throws kind misuse for a value that does not fit its field.
    func serialise(strict: Bool) throws(ImageryError) -> [UInt8] {
        var entries: [Metadata.Entry] = []
        var index = 0
        while index < table.specs.count {
            let name = table.names[index]
            if let area = areas.first(where: { $0.length == name || $0.link == name || $0.name == name }) {
                entries.append(.init(name, area.value(of: name, copiedLength: values[area.length]?.int)))
            } else if table.specs[index].kind == .group {
                entries.append(.init(name, Value(list: list(name))))
            } else {
                entries.append(.init(name, values[name] ?? Value(text: "")))
            }
            index = Int(table.specs[index].end)
        }
        let bytes = try FieldRecord.serialise(entries, table)
        if strict { try FieldRecord(table, parsing: bytes, at: 0).expectCharacters(allowsBlanks: false) }
        return bytes
    }
}

extension Value {
    /// True for what an extension is read as.
    fileprivate var isBytes: Bool {
        switch content {
        case .record, .field(.undefined, _): true
        case .field, .group, .list: false
        }
    }
}
