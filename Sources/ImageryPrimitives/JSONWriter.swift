/// Writes JSON text piece by piece (RFC 8259); commas and, when indented, line breaks are its business.
public struct JSONWriter {
    /// What was written.
    public private(set) var text = ""
    private var hasItems: [Bool] = [false]
    private var afterKey = false

    /// An empty text.
    public init() {}

    private mutating func separate() {
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
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}
