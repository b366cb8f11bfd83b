// A reader for the small XML documents inside image files (XML 1.0, sections 2 and 4.1). No DTD is expanded.

/// One element of an XML document.
public struct XMLElement: Hashable, Sendable {
    /// The tag's name as written, prefix included.
    public var name: String
    /// The attributes in order.
    public var attributes: [(name: String, value: String)]
    /// The text directly inside, pieces joined.
    public var text: String
    /// The elements directly inside.
    public var children: [XMLElement]

    /// The value of an attribute.
    public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// Compares names, attributes, texts and children.
    public static func == (a: XMLElement, b: XMLElement) -> Bool {
        a.name == b.name && a.text == b.text && a.children == b.children
            && a.attributes.elementsEqual(b.attributes) { $0.name == $1.name && $0.value == $1.value }
    }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(text)
        hasher.combine(children)
        for attribute in attributes {
            hasher.combine(attribute.name)
            hasher.combine(attribute.value)
        }
    }
}

/// Reads one XML document: elements, attributes, text, CDATA; comments and processing instructions are skipped.
///
/// Only the five predefined entities and character references are known, a DOCTYPE is skipped and never applied, and elements nest
/// at most 32 deep: a small document cannot grow. Time is linear in the text.
public struct XMLReader {
    private let bytes: [UInt8]
    private var position = 0

    private static let maxDepth = 32

    /// Elements that may still come: an element takes more memory than its shortest form takes bytes.
    private var elementsLeft: Int

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        elementsLeft = 1_000 + bytes.count / 16
    }

    /// The root element of the document in `bytes` (UTF-8); nil when it is not well-formed, nested too deeply or uses other
    /// entities.
    public static func parse(_ bytes: [UInt8]) -> XMLElement? {
        var reader = XMLReader(bytes)
        guard reader.skipMisc() else { return nil }
        return reader.element(depth: 1)
    }

    /// `text` with its references replaced; those that are not known stay as they are.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var reader = XMLReader(Array(text.utf8))
        var result: [UInt8] = []
        while reader.position < reader.bytes.count {
            let start = reader.position
            if reader.bytes[start] == UInt8(ascii: "&"), let scalar = reader.reference() {
                result.append(contentsOf: String(Character(scalar)).utf8)
            } else {
                result.append(reader.bytes[start])
                reader.position = start + 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func at(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard count <= bytes.count - position else { return false }
        for index in 0..<count where unsafe bytes[position + index] != text.utf8Start[index] { return false }
        return true
    }

    /// Moves behind the next occurrence of `text`; false when there is none.
    private mutating func skip(past text: StaticString) -> Bool {
        while position < bytes.count {
            if at(text) {
                position += text.utf8CodeUnitCount
                return true
            }
            position += 1
        }
        return false
    }

    private mutating func skipBlanks() {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    }

    /// Skips what may stand before the root element; false when the text ends there.
    private mutating func skipMisc() -> Bool {
        if at("\u{FEFF}") { position += 3 }
        while true {
            skipBlanks()
            if at("<?") {
                guard skip(past: "?>") else { return false }
            } else if at("<!--") {
                guard skip(past: "-->") else { return false }
            } else if at("<!DOCTYPE") {
                guard skipDocumentType() else { return false }
            } else {
                return position < bytes.count
            }
        }
    }

    private mutating func skipDocumentType() -> Bool {
        var brackets = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: "]"): brackets -= 1
            case UInt8(ascii: ">") where brackets <= 0:
                position += 1
                return true
            default: break
            }
            position += 1
        }
        return false
    }

    private mutating func element(depth: Int) -> XMLElement? {
        elementsLeft -= 1
        guard depth <= Self.maxDepth, elementsLeft >= 0, position < bytes.count, bytes[position] == UInt8(ascii: "<") else {
            return nil
        }
        position += 1
        guard let name = name() else { return nil }
        var element = XMLElement(name: name, attributes: [], text: "", children: [])
        while true {
            skipBlanks()
            if at("/>") {
                position += 2
                return element
            }
            if at(">") {
                position += 1
                break
            }
            guard let attribute = attribute() else { return nil }
            element.attributes.append(attribute)
        }
        return content(of: &element, depth: depth) ? element : nil
    }

    /// What follows a start tag, up to and with the end tag.
    private mutating func content(of element: inout XMLElement, depth: Int) -> Bool {
        while position < bytes.count {
            if at("</") {
                position += 2
                guard let end = name(), end == element.name else { return false }
                skipBlanks()
                guard at(">") else { return false }
                position += 1
                return true
            }
            if at("<!--") {
                guard skip(past: "-->") else { return false }
            } else if at("<![CDATA[") {
                position += 9
                let start = position
                guard skip(past: "]]>") else { return false }
                element.text += String(decoding: bytes[start..<position - 3], as: UTF8.self)
            } else if at("<?") {
                guard skip(past: "?>") else { return false }
            } else if at("<") {
                guard let child = self.element(depth: depth + 1) else { return false }
                element.children.append(child)
            } else {
                guard let text = text(until: UInt8(ascii: "<")) else { return false }
                element.text += text
            }
        }
        return false
    }

    private mutating func name() -> String? {
        let start = position
        while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
        return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    private mutating func attribute() -> (name: String, value: String)? {
        guard let name = name() else { return nil }
        skipBlanks()
        guard at("=") else { return nil }
        position += 1
        skipBlanks()
        guard position < bytes.count else { return nil }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        position += 1
        guard let value = text(until: quote), position < bytes.count else { return nil }
        position += 1
        return (name, value)
    }

    /// Text up to `end` (not taken) with its references replaced; nil for a reference that is not known.
    private mutating func text(until end: UInt8) -> String? {
        var result: [UInt8] = []
        while position < bytes.count, bytes[position] != end {
            if bytes[position] == UInt8(ascii: "&") {
                guard let scalar = reference() else { return nil }
                result.append(contentsOf: String(Character(scalar)).utf8)
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A reference: `&amp;` and its four companions, `&#10;`, `&#xA;` (XML 1.0 section 4.1, 4.6).
    private mutating func reference() -> Unicode.Scalar? {
        let start = position + 1
        var end = start
        // The longest that can be right is &#x10FFFF;
        while end < bytes.count, end - start < 9, bytes[end] != UInt8(ascii: ";") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        position = end + 1
        switch word {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard word.hasPrefix("#") else { return nil }
            let isHex = word.hasPrefix("#x")
            return UInt32(word.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...:
            true
        default: false
        }
    }
}
