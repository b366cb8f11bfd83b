// GDAL's private tags 42112 (GDAL_METADATA) and 42113 (GDAL_NODATA): registered usage, no clause.

public import ImageryBase
import ImageryPlumbing

/// What GDAL stores beside the pixels.
public enum GDALMetadata {
    /// The tag with the XML of named items.
    public static let itemsTag: UInt16 = 42112
    /// The tag with the no-data value as text.
    public static let noDataTag: UInt16 = 42113

    /// The items of tag 42112, one entry each: a group of `value` and, where given, `sample`, `role`, `domain`. Nil when the text
    /// is not the XML that it should be.
    public static func items(_ value: Value) -> [Metadata.Entry]? {
        let text = value.bytes.prefix { $0 != 0 }
        guard let root = XMLReader.parse(Array(text)), root.name == "GDALMetadata" else { return nil }
        return root.children.filter { $0.name == "Item" }.map { item in
            // GDAL escapes the text of an item twice.
            var group = [Metadata.Entry("value", Value(text: XMLReader.unescaped(item.text)))]
            for name in ["sample", "role", "domain"] {
                if let text = item.attribute(name) { group.append(Metadata.Entry(name, Value(text: text))) }
            }
            return Metadata.Entry(item.attribute("name") ?? "Item", Value(group: group))
        }
    }

    /// The number of tag 42113 as a sample of `type`; nil when the type cannot hold it. Of integers a fraction is rounded, as GDAL fills blocks that
    /// are not there.
    public static func noData(_ value: Value, for type: PixelType) -> SampleValue? {
        guard let number = noData(value) else { return nil }
        if number.bytes(for: type) != nil { return number }
        guard case .real(let fraction) = number, let whole = Int64(exactly: fraction.rounded()) else { return nil }
        return SampleValue.integer(whole).bytes(for: type) == nil ? nil : .integer(whole)
    }

    /// The number that tag 42113 spells: as C's `strtod` reads it, as the C library of Windows once printed it (`-1.#IND`, `1.#QNAN`,
    /// `1.#INF`), or with a decimal comma.
    public static func noData(_ value: Value) -> SampleValue? {
        guard let text = value.text?.trimmedText.lowercased() else { return nil }
        // A hexadecimal number is one for some C libraries only.
        if !text.contains("x"), let number = SampleValue(parsing: text) { return number }
        let unsigned = text.drop { $0 == "-" || $0 == "+" }
        if unsigned.hasPrefix("1.#inf") { return .real(text.hasPrefix("-") ? -.infinity : .infinity) }
        if unsigned.hasPrefix("1.#") || unsigned.hasPrefix("nan") { return .real(.nan) }
        // As strtod does it, what follows the number is passed over; a comma among digits separates the decimals.
        let spelled = unsigned.prefix { "0123456789.,e+-".contains($0) }.replacing(",", with: ".")
        guard let number = SampleValue(parsing: (text.hasPrefix("-") ? "-" : "") + spelled) else { return nil }
        if case .real(let value) = number, let whole = Int64(exactly: value) { return .integer(whole) }
        return number
    }
}

extension GDALMetadata {
    /// One item of tag 42112.
    public struct Item: Hashable, Sendable {
        /// What the item is called: `STATISTICS_MEAN`.
        public var name: String
        /// Its text.
        public var value: String
        /// The band that it is about; nil for the image.
        public var sample: Int?
        /// What it says of the band: `description`, `scale`, `offset`, `unittype`, `colorinterp`; nil for any other item.
        public var role: String?
        /// The list that it belongs to; nil for the usual one.
        public var domain: String?

        /// An item.
        public init(_ name: String, _ value: String, sample: Int? = nil, role: String? = nil, domain: String? = nil) {
            self.name = name
            self.value = value
            self.sample = sample
            self.role = role
            self.domain = domain
        }
    }

    /// The value of tag 42112 with these items.
    public static func value(_ items: [Item]) -> Value {
        var text = "<GDALMetadata>\n"
        for item in items {
            text += "  <Item name=\"\(escaped(item.name))\""
            if let sample = item.sample { text += " sample=\"\(sample)\"" }
            if let role = item.role { text += " role=\"\(escaped(role))\"" }
            if let domain = item.domain { text += " domain=\"\(escaped(domain))\"" }
            // As GDAL does it: the text of an item is escaped twice.
            text += ">\(escaped(escaped(item.value)))</Item>\n"
        }
        text += "</GDALMetadata>\n"
        return Value(.ascii, littleEndian: Array(text.utf8) + [0])
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // XML has no such characters (1.0, 2.2).
            case "\0"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
