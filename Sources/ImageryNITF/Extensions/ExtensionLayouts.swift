// Layouts that a program or a user brings, beside those of the tables (STDI-0002 lets anyone register an extension).

public import ImageryBase
import ImageryPlumbing
import ImageryTags

/// Layouts of tagged record extensions, and of the user-defined subheaders of data extensions, for `ReadOptions.layouts`. They come
/// before the known ones of the same name.
///
/// They are text in the language of this library's own tables
///
///     extension MYTREA ; what it is for
///     COUNT 2 n int 1..10 ; number of points
///     POINTS * COUNT
///         X 8 n real [m] ; position
///         NOTE 20 a if X > 0
///     end
///     subheader MY_DES
///     KIND 4 a
///
/// (a name, a width, then in any order a kind, `int` or `real`, `low..high`, `[unit]`, `if condition`, `; title`; kinds: a for the basic characters, n for
/// digits and signs, d for digits, 8 for UTF-8, b for bytes, u, i and f for big-endian binary numbers, nothing for the extended characters; conditions
/// compare whole numbers and texts), or in the XML form that GDAL reads (`nitf_spec.xml`: tre, des, field, loop, if).
public struct ExtensionLayouts: FieldLayouts {
    private var extensions: [String: ExtensionLayout] = [:]
    private var subheaders: [String: ExtensionLayout] = [:]

    /// The known layouts alone.
    static let known = ExtensionLayouts()

    /// None beside the known ones.
    public init() {}

    /// The layouts that `text` spells; `name` is what errors call it.
    ///
    /// Throws kind misuse for the first line or element that means nothing.
    public init(parsing text: String, name: String) throws(ImageryError) {
        try add(text, name: name)
    }

    /// Adds the layouts that `text` spells; a later one of the same name is taken. Throws as ``init(parsing:name:)``, and adds nothing then.
    public mutating func add(_ text: String, name: String) throws(ImageryError) {
        var changed = self
        let first = text.utf8.first { $0 > 0x20 && $0 < 0x80 }
        if first == UInt8(ascii: "<") {
            guard let root = XMLReader.parse(Array(text.utf8)) else {
                throw ImageryError(.misuse, name, "the text is no well-formed XML")
            }
            for layout in try LayoutMarkup.layouts(root, name: name) {
                try changed.add(layout.lines, layout.tag, title: layout.title, isSubheader: layout.isSubheader)
            }
        } else {
            try changed.addLines(text, name: name)
        }
        self = changed
    }

    private mutating func addLines(_ text: String, name: String) throws(ImageryError) {
        var open: (tag: String, title: String, isSubheader: Bool)?
        var lines: [Substring] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let parts = line.split(separator: ";", maxSplits: 1)
            let words = (parts.first ?? "").split(whereSeparator: \.isWhitespace)
            let isStart = words.count >= 2 && (words[0] == "extension" || words[0] == "subheader")
            guard isStart else {
                guard open != nil || words.isEmpty || words[0].hasPrefix("#") else {
                    throw ImageryError(
                        .misuse, name, "line \(number + 1): a layout begins with 'extension TAG' or 'subheader DESID'")
                }
                // The table language separates by blanks.
                lines.append(line.replacing("\t", with: " "))
                continue
            }
            if let open { try add(lines.joined(separator: "\n"), open.tag, title: open.title, isSubheader: open.isSubheader) }
            // A name of a data extension may have blanks.
            open = (
                words.dropFirst().joined(separator: " "), parts.count > 1 ? String(parts[1]).trimmedText : "",
                words[0] == "subheader"
            )
            lines = []
        }
        guard let open else { throw ImageryError(.misuse, name, "it holds no layout") }
        try add(lines.joined(separator: "\n"), open.tag, title: open.title, isSubheader: open.isSubheader)
    }

    private mutating func add(_ lines: String, _ tag: String, title: String, isSubheader: Bool) throws(ImageryError) {
        guard (1...(isSubheader ? 25 : 6)).contains(tag.utf8.count) else {
            throw ImageryError(.misuse, tag, isSubheader ? "a DESID has up to 25 characters" : "a CETAG has up to 6 characters")
        }
        let layout = ExtensionLayout(try FieldTable(tag, parsing: lines), title: title)
        if isSubheader { subheaders[tag] = layout } else { extensions[tag] = layout }
    }

    // MARK: Use

    func `extension`(_ tag: String) -> ExtensionLayout? { extensions[tag] ?? ExtensionTables.layout(tag) }

    func subheader(_ identifier: String) -> ExtensionLayout? { subheaders[identifier] ?? ExtensionTables.subheader(identifier) }

    /// The tags of the layouts that were brought, of extensions and of subheaders, in alphabetical order.
    public var tags: [String] { Set(extensions.keys).union(subheaders.keys).sorted() }

    /// The layout of an extension, or of the subheader of a data extension, brought or known; nil for none.
    public func layout(_ tag: String) -> NITFExtension.Layout? {
        (self.extension(tag) ?? subheader(tag)).map { NITFExtension.Layout($0) }
    }

    /// CEDATA with its fields at hand; untyped bytes for a tag that has no layout.
    public func value(_ tag: String, _ bytes: [UInt8]) -> Value { self.extension(tag)?.value(bytes) ?? Value(bytes: bytes) }

    /// CEDATA of named values. Counts and lengths follow from what they count; what is not given is blank or zero; numbers are padded
    /// behind their sign. `strict` also holds characters and numbers to their sets and ranges.
    ///
    /// Throws kind misuse for a tag or a name that is not known, and for a value that does not fit.
    public func bytes(_ tag: String, _ fields: Metadata, strict: Bool = false) throws(ImageryError) -> [UInt8] {
        guard let layout = self.extension(tag) else { throw ImageryError(.misuse, tag, "its layout is not known") }
        return try layout.bytes(fields, strict: strict)
    }
}
