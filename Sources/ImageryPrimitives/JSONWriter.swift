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
    /// `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        separate()
        text += value ? "true" : "false"
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
