// What programs may ask about extensions without a file.

public import ImageryBase

/// The layouts of tagged record extensions and of the user-defined subheaders of data extensions (STDI-0002 and others).
public enum NITFExtension {
    /// One line of a layout.
    public struct Field: Hashable, Sendable {
        /// What kind of line it is.
        public enum Form: String, Hashable, Sendable {
            /// A field.
            case field
            /// A group that is repeated; its fields are one deeper.
            case group
            /// Fields, one deeper, that are there together or not at all.
            case block
        }

        /// Which bytes a field may have.
        public enum Content: String, Hashable, Sendable {
            /// Text of the extended and of the basic character set, and UTF-8.
            case extendedText = "ECS-A", basicText = "BCS-A", utf8 = "UTF-8"
            /// Digits, signs and point; digits only.
            case number = "BCS-N", digits = "BCS-N positive integer"
            /// Big-endian binary numbers.
            case unsigned = "unsigned", signed = "signed", float = "IEEE 754"
            /// Anything.
            case bytes = "bytes"
        }

        /// Groups and blocks around the line.
        public let depth: Int
        /// Whether it is a field, a group or a block.
        public let form: Form
        /// The name of a field or group; empty for a block.
        public let name: String
        /// Bytes of a field, entries of a group: a number or an expression of earlier fields; empty for a block.
        public let amount: String
        /// Nil for groups and blocks.
        public let content: Content?
        /// True and false for characters that spell a whole or a real number; nil for others.
        public let isWhole: Bool?
        /// The least value as the standard writes it; empty where it has none.
        public let low: String
        /// The largest value.
        public let high: String
        /// The unit of the value; empty for none.
        public let unit: String
        /// When the line is there: an expression of earlier fields; empty for always.
        public let condition: String
        /// What it means, in a few words.
        public let title: String
    }

    /// A layout.
    public struct Layout: Hashable, Sendable {
        /// CETAG or DESID.
        public let tag: String
        /// What the extension is for, in a few words.
        public let title: String
        /// The document that defines it, where one is known.
        public let standard: String
        /// Its lines in their order.
        public let fields: [Field]
    }

    /// The tags with a layout, in alphabetical order.
    public static var tags: [String] { ExtensionTables.all.map(\.tag) }

    /// The identifiers of data extensions whose user-defined subheader has a layout.
    public static var dataExtensions: [String] { ExtensionTables.dataExtensions.map(\.tag) }

    /// The layout of an extension, or of the subheader of a data extension; nil when it is not known.
    public static func layout(_ tag: String) -> Layout? {
        (ExtensionTables.layout(tag) ?? ExtensionTables.subheader(tag)).map { Layout($0) }
    }

    /// CEDATA with its fields at hand; untyped bytes for a tag that is not known.
    public static func value(_ tag: String, _ bytes: [UInt8]) -> Value {
        ExtensionTables.layout(tag)?.value(bytes) ?? Value(bytes: bytes)
    }

    /// CEDATA of named values. Counts and lengths follow from what they count; what is not given is blank or zero; numbers are padded
    /// behind their sign. `strict` also holds characters and numbers to their sets and ranges.
    ///
    /// Throws kind misuse for a tag or a name that is not known, and for a value that does not fit.
    public static func bytes(_ tag: String, _ fields: Metadata, strict: Bool = false) throws(ImageryError) -> [UInt8] {
        guard let layout = ExtensionTables.layout(tag) else { throw ImageryError(.misuse, tag, "its layout is not known") }
        return try layout.bytes(fields, strict: strict)
    }
}

extension NITFExtension.Layout {
    init(_ layout: ExtensionLayout) {
        self.init(
            tag: layout.tag, title: layout.title, standard: layout.standard, fields: NITFExtension.Field.lines(of: layout.table))
    }
}

extension NITFExtension.Field {
    /// The lines of a table in words.
    fileprivate static func lines(of table: FieldTable) -> [Self] {
        var ends: [Int] = []
        return table.lines.indices.map { index in
            while let end = ends.last, end <= index { ends.removeLast() }
            let (line, spec) = (table.lines[index], table.specs[index])
            let field = Self(
                depth: ends.count, form: line.form == .group ? .group : line.form == .block ? .block : .field,
                name: table.names[index],
                amount: String(line.amount), content: Content(spec.kind),
                isWhole: line.number == .none ? nil : line.number == .integer, low: String(line.low), high: String(line.high),
                unit: String(line.unit), condition: String(line.condition), title: String(line.title))
            if line.form != .field { ends.append(Int(spec.end)) }
            return field
        }
    }
}

extension NITFExtension.Field.Content {
    /// Nil for groups and blocks.
    fileprivate init?(_ kind: FieldTable.Kind) {
        switch kind {
        case .extended: self = .extendedText
        case .basic: self = .basicText
        case .unicode: self = .utf8
        case .number: self = .number
        case .digits: self = .digits
        case .bytes, .extensions: self = .bytes
        case .unsigned: self = .unsigned
        case .signed: self = .signed
        case .float: self = .float
        case .group, .block: return nil
        }
    }
}
