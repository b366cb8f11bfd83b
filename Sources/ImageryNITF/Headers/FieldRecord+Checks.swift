// What strict writing and checking ask of the characters of fields (MIL-STD-2500C 5.1.7).

import ImageryBase
import ImageryPlumbing

extension FieldRecord {
    /// A field whose content its line does not allow.
    struct Finding: Sendable {
        var field: Field
        var name: String
        var message: String
    }

    /// The fields with a character that their set lacks, or a number outside its range; at most `limit`. Extensions leave blank what is not
    /// known, also where a number could stand.
    func findings(limit: Int = .max, allowsBlanks: Bool) -> [Finding] {
        var found: [Finding] = []
        for field in fields where field.size > 0 && found.count < limit {
            let index = Int(field.spec)
            // The size of a group counts its entries, which may lie behind the last byte.
            if table.specs[index].variable < 0 { continue }
            let content = bytes[range(field)]
            if allowsBlanks, content.allSatisfy({ $0 == 0x20 }) { continue }
            let message: String? =
                if let byte = Self.foreignCharacter(content, table.specs[index].kind, table.specs[index].number) {
                    "has the byte \(byte), which its character set lacks"
                } else if let value = outOfRange(field) {
                    "is \(value), outside \(table.lines[index].low)..\(table.lines[index].high)"
                } else {
                    nil
                }
            if let message { found.append(Finding(field: field, name: table.names[index], message: message)) }
        }
        return found
    }

    /// Throws kind misuse for the first of ``findings(limit:allowsBlanks:)``.
    func expectCharacters(allowsBlanks: Bool) throws(ImageryError) {
        if let found = findings(limit: 1, allowsBlanks: allowsBlanks).first {
            throw ImageryError(.misuse, table.name, "\(found.name) \(found.message)")
        }
    }

    /// BCS-A has 20 to 7E, ECS-A also A0 to FF; numbers have digits and the signs of BCS-N, exponents where they are real.
    private static func foreignCharacter(
        _ content: ArraySlice<UInt8>, _ kind: FieldTable.Kind, _ number: FieldLine.Number
    ) -> UInt8? {
        switch kind {
        case .basic: return content.first { !$0.isBasicCharacter }
        case .extended: return content.first { !$0.isBasicCharacter && $0 < 0xa0 }
        case .unicode: return content.firstForeignToUTF8.map { content[$0] }
        case .digits: return content.first { !(0x30...0x39).contains($0) }
        case .number:
            return content.first {
                !((0x30...0x39).contains($0) || [0x2b, 0x2d, 0x2e, 0x2f].contains($0)
                    || number == .real && ($0 == 0x45 || $0 == 0x65))
            }
        case .bytes, .unsigned, .signed, .float, .extensions, .group, .block: return nil
        }
    }

    /// What a field says when it is a number outside the range of its line.
    private func outOfRange(_ field: Field) -> String? {
        let line = table.lines[Int(field.spec)]
        guard !line.low.isEmpty || !line.high.isEmpty,
            table.specs[Int(field.spec)].kind.isText || table.specs[Int(field.spec)].kind.isNumber
        else { return nil }
        let text = trimmedText(bytes, range(field))
        guard let value = Double(text) else { return nil }
        if let low = Double(String(line.low)), value < low { return text }
        if let high = Double(String(line.high)), value > high { return text }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Where the first byte lies that begins no character of UTF-8; nil when all are UTF-8.
    var firstForeignToUTF8: Index? {
        var decoder = Unicode.UTF8.ForwardParser()
        var bytes = makeIterator()
        var position = startIndex
        while true {
            switch decoder.parseScalar(from: &bytes) {
            case .valid(let character): position += character.count
            case .emptyInput: return nil
            case .error: return position
            }
        }
    }
}

extension UInt8 {
    /// A character of BCS-A (MIL-STD-2500C 5.1.7).
    var isBasicCharacter: Bool { (0x20...0x7e).contains(self) }
}
