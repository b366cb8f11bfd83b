// One value in the bytes of one field (MIL-STD-2500C 5.1.7: character sets; 5.1.8: how text and numbers are justified).

import ImageryBase

/// What a value becomes in a field of one line of a table.
struct FieldCoding {
    private let kind: FieldTable.Kind
    private let line: FieldLine
    private let context: String

    init(_ kind: FieldTable.Kind, _ line: FieldLine, context: String) {
        self.kind = kind
        self.line = line
        self.context = context
    }

    private func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, context, "\(line.name) \(message)") }

    /// The field's bytes, exactly `width`. No value is blank or zero. `keepsBlanks` leaves a number blank whose value is so, as extensions
    /// say what is not known.
    ///
    /// Throws kind misuse for what does not fit.
    func bytes(_ value: Value?, width: Int, keepsBlanks: Bool) throws(ImageryError) -> [UInt8] {
        guard let value else {
            let fill: UInt8 = kind.isText ? 0x20 : kind.isNumber ? 0x30 : 0
            return [UInt8](repeating: fill, count: width)
        }
        switch kind {
        case .unsigned, .signed, .float: return try binary(value, width: width)
        default: break
        }
        var content = try characters(value, width: width)
        if content.count != width, kind.isNumber || kind.isText {
            // What only fills a field of another width is no part of the value.
            while content.last == 0x20 { content.removeLast() }
            if kind.isNumber { content = Array(content.drop { $0 == 0x20 }) }
        }
        guard content.count <= width else { throw misuse("has \(content.count) bytes, its field \(width)") }
        let padding = width - content.count
        if isPaddedAsNumber(content), !(keepsBlanks && content.isEmpty) {
            let sign = content.first == 0x2b || content.first == 0x2d ? 1 : 0
            content.insert(contentsOf: [UInt8](repeating: 0x30, count: padding), at: sign)
        } else {
            content.append(contentsOf: [UInt8](repeating: kind == .bytes || kind == .extensions ? 0 : 0x20, count: padding))
        }
        return content
    }

    /// The bytes that the value has without a width.
    func natural(_ value: Value) throws(ImageryError) -> [UInt8] { try characters(value, width: nil) }

    /// Numbers get zeros in front, and words that stand where a number could blanks behind.
    private func isPaddedAsNumber(_ content: [UInt8]) -> Bool {
        guard kind.isNumber || kind == .basic && line.number != .none else { return false }
        if content.isEmpty { return kind.isNumber }
        return content.contains { (0x30...0x39).contains($0) }
            && content.allSatisfy { (0x30...0x39).contains($0) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains($0) }
    }

    /// A value as characters or bytes: text in ISO 8859-1 or UTF-8, numbers as digits.
    private func characters(_ value: Value, width: Int?) throws(ImageryError) -> [UInt8] {
        if case .record(let record) = value.content { return record.bytes }
        guard let type = value.type else { throw misuse("is a field; it has no values of its own") }
        switch type {
        case .utf8:
            if kind.isNumber { return Array((value.trimmed ?? "").utf8) }
            if kind == .bytes || kind == .unicode || value.bytes.allSatisfy({ $0 < 0x80 }) { return value.bytes }
            guard let text = TextEncoding.latin1.encode(String(decoding: value.bytes, as: UTF8.self)) else {
                throw misuse("has characters that are not in ISO 8859-1")
            }
            return text
        case .ascii, .undefined: return value.bytes
        case .byte where kind == .bytes || kind == .extensions || value.count != 1: return value.bytes
        case .float, .double, .rational, .srational:
            guard let number = value.double, number.isFinite else { throw misuse("is no number that digits can say") }
            return try decimals(number, width: width)
        default: return value.int.map { Array("\($0)".utf8) } ?? []
        }
    }

    /// The digits of a number: all that it has, or as many as fit, rounded.
    private func decimals(_ number: Double, width: Int?) throws(ImageryError) -> [UInt8] {
        // A limit as wide as the field shows how its numbers are written.
        let pattern = [line.low, line.high].first { $0.utf8.count == width }
        let shown = pattern.map { text in text.firstIndex(of: ".").map { text[text.index(after: $0)...].utf8.count } ?? 0 }
        let sign = pattern != nil && line.high.first == "+" && number >= 0 ? "+" : ""
        if let shown, let text = decimalText(number, decimals: shown), sign.utf8.count + text.utf8.count <= width ?? .max {
            return Array((sign + text).utf8)
        }
        let plain = number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
        if plain.utf8.count <= width ?? .max { return Array(plain.utf8) }
        for count in stride(from: 15, through: 0, by: -1) {
            if let text = decimalText(number, decimals: count), text.utf8.count <= width ?? .max { return Array(text.utf8) }
        }
        throw misuse("is \(plain), which its field of \(width ?? 0) characters cannot say")
    }

    private func binary(_ value: Value, width: Int) throws(ImageryError) -> [UInt8] {
        if value.type == .undefined, value.bytes.count == width { return value.bytes }
        if kind == .float {
            if width == 4, value.type == .float { return value.bytes.prefix(4).reversed() }
            guard let number = value.double else { throw misuse("is no number") }
            if width == 8 { return bigEndian(number.bitPattern, 8) }
            guard width == 4 else { throw misuse("has \(width) bytes, which is no floating-point number") }
            return bigEndian(UInt64(Float(number).bitPattern), 4)
        }
        guard let number = value.int, (0...8).contains(width) else { throw misuse("is no whole number") }
        let bits = 8 * width
        let fits =
            kind == .signed
            ? bits == 64 || number >= -(1 << max(0, bits - 1)) && number < 1 << max(0, bits - 1)
            : number >= 0 && (bits >= 63 || number < 1 << bits)
        guard fits else { throw misuse("is \(number), which does not fit \(width) bytes") }
        return bigEndian(UInt64(bitPattern: Int64(number)), width)
    }

    private func bigEndian(_ number: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (width - 1 - $0))) }
    }
}

/// A number with exactly that many decimals; nil when its digits exceed 63 bits.
func decimalText(_ number: Double, decimals: Int) -> String? {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    guard let scaled = Int(exactly: (number.magnitude * scale).rounded()) else { return nil }
    let sign = number < 0 && scaled > 0 ? "-" : ""
    if decimals == 0 { return sign + "\(scaled)" }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
