/// Writes JSON text piece by piece (RFC 8259); commas and, when indented, line breaks are its business.
public struct JSONWriter {
    /// What was written.
    public private(set) var text = ""
    private var hasItems: [Bool] = [false]
    private var afterKey = false
    private let flush: ((String) -> Void)?

    /// An empty text.
    public init() { flush = nil }

    /// Gives what was written to `flush` from time to time, so that it need not be held: ``text`` is what is left.
    public init(flushing flush: @escaping (String) -> Void) { self.flush = flush }

    private static let flushedFrom = 1 << 16

    private mutating func separate() {
        if let flush, text.utf8.count >= Self.flushedFrom {
            flush(text)
            text = ""
        }
        if afterKey {
            afterKey = false
            return
        }
        if hasItems[hasItems.count - 1] { text += ", " }
        hasItems[hasItems.count - 1] = true
    }

    /// An array whose items `body` writes.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }
    /// An object whose keys and values `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

    private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
        separate()
        text += open
        hasItems.append(false)
        body(&self)
        hasItems.removeLast()
        text += close
    }

    /// The key of the next value.
    public mutating func key(_ name: String) {
        separate()
        quote(name)
        text += ": "
        afterKey = true
    }

    /// A string.
    public mutating func string(_ value: String) {
        separate()
        quote(value)
    }
    /// An integer.
    public mutating func integer(_ value: Int) {
        separate()
        text += String(value)
    }
    /// An integer above `Int.max`, too.
    public mutating func unsigned(_ value: UInt64) {
        separate()
        text += String(value)
    }
    /// A number; NaN and infinities, which JSON lacks, become strings.
    public mutating func number(_ value: Double) {
        separate()
        if !value.isFinite {
            quote("\(value)")
        } else if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
            text += String(whole)
        } else {
            text += "\(value)"
        }
    }
    /// `null`.
    public mutating func null() {
        separate()
        text += "null"
    }

    private mutating func quote(_ value: String) {
        text += "\""
        // What needs no escape is copied in one piece: texts of megabytes are metadata.
        var rest = value.utf8[...]
        while let place = rest.firstIndex(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            text += Substring(rest[..<place])
            switch rest[place] {
            case UInt8(ascii: "\""): text += "\\\""
            case UInt8(ascii: "\\"): text += "\\\\"
            case UInt8(ascii: "\n"): text += "\\n"
            case UInt8(ascii: "\r"): text += "\\r"
            case UInt8(ascii: "\t"): text += "\\t"
            case let code:
                let digits = String(code, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            rest = rest[rest.index(after: place)...]
        }
        text += Substring(rest)
        text += "\""
    }
}

extension Metadata {
    /// The entries as a JSON array of {"name", "value"} (and "code" where there is a number), so that order and repeats survive (S60).
    public func write(to json: inout JSONWriter) {
        json.array { json in
            for entry in entries {
                json.object { json in
                    json.key("name")
                    json.string(entry.name)
                    if let code = entry.code {
                        json.key("code")
                        json.integer(code)
                    }
                    json.key("value")
                    entry.value.write(to: &json)
                }
            }
        }
    }

    /// The entries as JSON text.
    public var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }
}

extension Value {
    /// The value as JSON: text a string, one number a number, several an array, a group an array of {name, value}, untyped bytes that are
    /// no text {"base64": ...}.
    public func write(to json: inout JSONWriter) {
        switch content {
        case .group(let entries):
            Metadata(schema: nil, entries: entries).write(to: &json)
        case .list(let values):
            json.array { json in values.forEach { $0.write(to: &json) } }
        case .field(let type, let bytes):
            switch type {
            case .ascii, .utf8:
                json.string(text ?? "")
            case .undefined:
                json.object { json in
                    json.key("base64")
                    json.string(base64(bytes))
                }
            case .float, .double, .rational, .srational:
                writeElements(to: &json) { json, index in json.number(double(at: index) ?? .nan) }
            default:
                writeElements(to: &json) { json, index in
                    if let whole = int(at: index) { json.integer(whole) } else { json.number(double(at: index) ?? .nan) }
                }
            }
        }
    }

    private func writeElements(to json: inout JSONWriter, _ element: (inout JSONWriter, Int) -> Void) {
        if count == 1 {
            element(&json, 0)
        } else {
            json.array { json in for index in 0..<count { element(&json, index) } }
        }
    }
}

/// The bytes in base 64 (RFC 4648, section 4).
public func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits: UInt32 = 0
        for (index, byte) in group.enumerated() { bits |= UInt32(byte) << UInt32(16 - 8 * index) }
        for index in 0..<4 {
            result.append(index <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * index)) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: result, as: UTF8.self)
}
