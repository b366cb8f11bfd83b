// XML inside image files: characters and well-formedness (XML 1.0, sections 2.1 and 2.2).

import ImageryPlumbing
import ImageryTags

enum XMLRules {
    /// What is wrong with a document; nil when nothing is found.
    static func problem(_ bytes: [UInt8]) -> String? {
        // UTF-16 begins with its byte order mark: its characters are not looked at.
        if bytes.starts(with: [0xfe, 0xff]) || bytes.starts(with: [0xff, 0xfe]) { return nil }
        let declaration = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased().split(separator: "?>").first ?? ""
        let isUnicode = !declaration.contains("encoding=") || declaration.contains("utf-8") || declaration.contains("us-ascii")
        if let control = bytes.firstIndex(where: { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 }) {
            return "the document has the character \(bytes[control]) at its byte \(control), which XML does not have"
        }
        guard isUnicode else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { return "the document is not UTF-8" }
        if text.unicodeScalars.contains(where: { $0.value == 0xfffe || $0.value == 0xffff }) {
            return "the document has a character that XML does not have"
        }
        // Declared entities are not known here.
        if XMLReader.parse(bytes) == nil, !text.contains("<!DOCTYPE"), depth(text) <= 32 {
            return "the document is not well-formed"
        }
        return nil
    }

    /// A bound of the depth of elements.
    private static func depth(_ text: String) -> Int {
        var (depth, most) = (0, 0)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if previous == UInt8(ascii: "<") {
                depth += byte == UInt8(ascii: "/") ? -1 : byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") ? 0 : 1
            } else if byte == UInt8(ascii: ">"), previous == UInt8(ascii: "/") {
                depth -= 1
            }
            most = max(most, depth)
            previous = byte
        }
        return most
    }
}
