package import ImageryPrimitives

extension Metadata {
    /// The entries as a JSON array of {"name", "value"} (and "code" where there is a number), so that order and repeats survive (S60).
    package func write(to json: inout JSONWriter) {
        // The texts of NITF and DTED are all of their fields (S61); elsewhere NUL ends them.
        Value.write(entries, endsTextAtNUL: schema != .nitf && schema != .dted, to: &json)
    }

    /// The entries as JSON text.
    public var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }
}

extension Value {
    fileprivate static func write(_ entries: [Metadata.Entry], endsTextAtNUL: Bool, to json: inout JSONWriter) {
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
                    entry.value.write(to: &json, endsTextAtNUL: endsTextAtNUL)
                }
            }
        }
    }

    /// The value as JSON: text a string, one number a number, several an array, a group or record an array of {name, value}, untyped bytes
    /// {"base64": ...}.
    private func write(to json: inout JSONWriter, endsTextAtNUL: Bool) {
        switch content {
        case .group(let entries): Self.write(entries, endsTextAtNUL: endsTextAtNUL, to: &json)
        case .record(let record): Self.write(record.entries, endsTextAtNUL: endsTextAtNUL, to: &json)
        case .list(let values):
            json.array { json in values.forEach { $0.write(to: &json, endsTextAtNUL: endsTextAtNUL) } }
        case .field(let type, let bytes):
            switch type {
            case .ascii, .utf8:
                json.string(Self.characters(endsTextAtNUL ? bytes.prefix { $0 != 0 } : bytes[...]))
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
