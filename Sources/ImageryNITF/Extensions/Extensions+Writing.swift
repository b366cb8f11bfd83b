// Tagged record extensions on their way into a file (MIL-STD-2500C 5.8.1, Tables A-7 and A-8(A)).

import ImageryBase
import ImageryPlumbing

/// The extensions of one area, and what of them fits it.
struct ExtensionList {
    /// The area: UDHD, XHD, UDID, IXSHD, SXSHD, TXSHD.
    let name: String
    /// The field that names the extension segment in which the area goes on.
    let link: String
    /// The field that gives the length of area and link.
    let length: String
    /// Each extension with its envelope, in order.
    private var parts: [[UInt8]] = []
    /// Number (from 1) of the segment with the rest, 0 for none.
    var overflow = 0

    /// A length has five digits and counts the three of the link.
    private static let room = 99_999 - 3
    /// Of an extension: CEL has five digits.
    private static let longest = 99_999

    init(name: String, link: String, length: String) {
        self.name = name
        self.link = link
        self.length = length
    }

    /// Adds an extension. Throws kind misuse when its tag or its length does not fit.
    mutating func append(tag: String, _ data: [UInt8], context: String) throws(ImageryError) {
        let mark = Array(tag.utf8)
        guard (1...6).contains(mark.count), mark.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw ImageryError(
                .misuse, context, "\(tag) is none of its fields, and no tag of an extension, which has 1 to 6 letters")
        }
        guard data.count <= Self.longest else {
            throw ImageryError(.misuse, context, "the extension \(tag) has \(data.count) bytes; CEL counts to \(Self.longest)")
        }
        let digits = Array(String(data.count).utf8)
        let envelope =
            mark + [UInt8](repeating: 0x20, count: 6 - mark.count) + [UInt8](repeating: 0x30, count: 5 - digits.count) + digits
        parts.append(envelope + data)
    }

    /// Adds bytes that are no whole extension as they are.
    mutating func append(raw bytes: [UInt8]) {
        if !bytes.isEmpty { parts.append(bytes) }
    }

    mutating func removeAll(except tag: String) { parts.removeAll { !Self.isOf(tag, $0) } }

    mutating func remove(tag: String) { parts.removeAll { Self.isOf(tag, $0) } }

    /// The data of each extension of a tag.
    func all(of tag: String) -> [[UInt8]] { parts.filter { Self.isOf(tag, $0) }.map { Array($0.dropFirst(Self.envelope)) } }

    /// The tags of its extensions, in order.
    var tags: [String] { parts.map { trimmedText($0, 0..<min(6, $0.count)) } }

    private static let envelope = 11

    private static func isOf(_ tag: String, _ part: [UInt8]) -> Bool {
        part.starts(with: Array(tag.utf8) + [UInt8](repeating: 0x20, count: 6 - tag.utf8.count))
    }

    /// Takes away the extensions from the first on that does not fit: what a reader puts back behind the others.
    mutating func removeOverflow() -> [UInt8] {
        var used = 0
        var fitting = 0
        while fitting < parts.count, used + parts[fitting].count <= Self.room {
            used += parts[fitting].count
            fitting += 1
        }
        let rest = Array(parts[fitting...].joined())
        parts.removeSubrange(fitting...)
        return rest
    }

    /// The extensions, one after the other.
    var bytes: [UInt8] { Array(parts.joined()) }

    /// The value of the area, of its link, or of its length. An empty area that had a link keeps it.
    func value(of field: String, copiedLength: Int?) -> Value {
        switch field {
        case name: return Value(bytes: bytes)
        case link: return Value(text: "\(overflow)")
        default:
            let count = parts.reduce(0) { $0 + $1.count }
            return Value(text: "\(count > 0 || overflow > 0 || copiedLength == 3 ? count + 3 : 0)")
        }
    }
}
