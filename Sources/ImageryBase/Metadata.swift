/// An ordered list of named values in the words of one format (S60). Names may repeat; order and repeats are kept.
public struct Metadata: Hashable, Sendable {
    /// The format whose names the entries use.
    public enum Schema: String, Hashable, Sendable {
        /// Fields of headers and subheaders, tagged extensions.
        case nitf
        /// Tags of a directory and of those that it refers to.
        case tiff
        /// Chunks.
        case png
        /// Marker segments, EXIF's tags among them.
        case jpeg
        /// Boxes and marker segments.
        case jpeg2000
        /// Fields of the records before the heights.
        case dted
    }

    /// One named value.
    public struct Entry: Hashable, Sendable {
        /// The name in the format's words: an NITF field, a TIFF tag's name, a PNG chunk type.
        public var name: String
        /// The number behind the name, where the format has one (TIFF tags).
        public var code: Int?
        /// The value.
        public var value: Value

        /// A named value.
        public init(_ name: String, code: Int? = nil, _ value: Value) {
            self.name = name
            self.code = code
            self.value = value
        }
    }

    /// The format whose names the entries use; nil inside groups.
    public var schema: Schema?
    /// The entries in file order.
    public var entries: [Entry]

    /// Metadata of these entries.
    public init(schema: Schema?, entries: [Entry] = []) {
        self.schema = schema
        self.entries = entries
    }

    /// The first value of that name, or of that number where the format has numbers (`"254"`); nil when there is none.
    /// Setting replaces the first, appends when there is none, and removes all for nil.
    public subscript(name: String) -> Value? {
        get {
            if let entry = entries.first(where: { $0.name == name }) { return entry.value }
            guard let code = Int(name) else { return nil }
            return entries.first { $0.code == code }?.value
        }
        set {
            let code = Int(name)
            func matches(_ entry: Entry) -> Bool { entry.name == name || (code != nil && entry.code == code) }
            guard let newValue else { return entries.removeAll(where: matches) }
            if let index = entries.firstIndex(where: matches) {
                entries[index].value = newValue
            } else {
                entries.append(Entry(name, code: code, newValue))
            }
        }
    }

    /// All values of that name, in order.
    public func all(_ name: String) -> [Value] {
        entries.filter { $0.name == name }.map(\.value)
    }

    /// The entries whose names begin with `prefix`, in order.
    public func entries(prefix: String) -> [Entry] {
        entries.filter { $0.name.hasPrefix(prefix) }
    }
}
