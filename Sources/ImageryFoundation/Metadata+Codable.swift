import Foundation
public import Imagery

// The coded form is the JSON of the tool (S60, S96). It says what a value is, not in which field type it lay: encoding what was decoded gives the same text, and TIFF's types and the schema
// are not in it.

extension Metadata: Codable {
    /// An array of {"name", "value"}, and "code" where there is a number.
    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for entry in entries { try list.encode(entry) }
    }

    /// Entries without a schema.
    public init(from decoder: any Decoder) throws {
        self.init(schema: nil, entries: try [Entry](from: decoder))
    }
}

extension Metadata.Entry: Codable {
    private enum Key: String, CodingKey {
        case name, code, value
    }

    /// An object of name, code and value.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encodeIfPresent(code, forKey: .code)
        try values.encode(value, forKey: .value)
    }

    /// Throws `DecodingError` for an object without a name or a value.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            try values.decode(String.self, forKey: .name), code: try values.decodeIfPresent(Int.self, forKey: .code),
            try values.decode(Value.self, forKey: .value))
    }
}

extension Value: Codable {
    private enum Key: String, CodingKey {
        case base64
    }

    /// Text is a string, one number a number, several are an array, a group is an array of {name, value}, bytes without a type are {"base64"}.
    public func encode(to encoder: any Encoder) throws {
        switch content {
        case .group, .record: try group?.encode(to: encoder)
        case .list(let values): try values.encode(to: encoder)
        case .field(let type, let bytes):
            switch type {
            case .ascii, .utf8:
                var single = encoder.singleValueContainer()
                try single.encode(text ?? "")
            case .undefined:
                var values = encoder.container(keyedBy: Key.self)
                try values.encode(Data(bytes).base64EncodedString(), forKey: .base64)
            default:
                let numbers = (0..<count).map { Number(int: int(at: $0), double: double(at: $0) ?? .nan) }
                if numbers.count == 1 { try numbers[0].encode(to: encoder) } else { try numbers.encode(to: encoder) }
            }
        }
    }

    /// A string becomes text, whole numbers 64-bit integers, others doubles, objects with "base64" bytes, arrays of {name, value} groups, other arrays lists.
    public init(from decoder: any Decoder) throws {
        if let single = try? decoder.singleValueContainer() {
            if let text = try? single.decode(String.self) {
                self.init(text: text)
                return
            }
            if let number = try? single.decode(Int.self) {
                self.init(number)
                return
            }
            if let number = try? single.decode(Double.self) {
                self.init(number)
                return
            }
        }
        if let values = try? decoder.container(keyedBy: Key.self) {
            let text = try values.decode(String.self, forKey: .base64)
            guard let bytes = Data(base64Encoded: text) else {
                throw DecodingError.dataCorruptedError(forKey: .base64, in: values, debugDescription: "it is no Base64")
            }
            self.init(bytes: Array(bytes))
            return
        }
        if let entries = try? [Metadata.Entry](from: decoder), !entries.isEmpty {
            self.init(group: entries)
        } else if let whole = try? [Int](from: decoder), !whole.isEmpty {
            self.init(.slong8, littleEndian: whole.flatMap { Value($0).bytes })
        } else if let numbers = try? [Double](from: decoder), !numbers.isEmpty {
            self.init(numbers)
        } else {
            self.init(list: try [Value](from: decoder))
        }
    }
}

/// A number as JSON has it: whole where it is; NaN and infinities, which JSON lacks, are strings.
private struct Number: Encodable {
    let int: Int?
    let double: Double

    func encode(to encoder: any Encoder) throws {
        var single = encoder.singleValueContainer()
        if let int {
            try single.encode(int)
        } else if double.isFinite {
            try single.encode(double)
        } else {
            try single.encode("\(double)")
        }
    }
}
