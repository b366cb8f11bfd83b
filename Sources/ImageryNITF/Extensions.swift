// Tagged record extensions (MIL-STD-2500C 5.8.1, Table A-7: CETAG, CEL, CEDATA).

import ImageryBase

/// Tagged record extensions one after the other: a field such as UDID, or the data of a TRE_OVERFLOW extension segment.
struct ExtensionArea: Sendable {
    /// One extension; its data lie at `data` of the area.
    struct Extension: Sendable {
        var tag: String
        var data: Range<Int>
    }

    /// Bytes of CETAG and CEL.
    static let envelope = 11

    /// The bytes, and where they lie in the file.
    let bytes: ArraySlice<UInt8>
    let offset: Int
    let extensions: [Extension]
    /// From here on the bytes are no extensions; the area's size when all are.
    let end: Int

    /// Locates the extensions in `bytes`, which lie at `offset` of the file. The first broken one ends the list and is reported.
    init(_ bytes: ArraySlice<UInt8>, at offset: Int, context: String, report: (Diagnostic) -> Void) {
        self.bytes = bytes
        self.offset = offset
        var extensions: [Extension] = []
        var position = 0
        let start = bytes.startIndex
        while bytes.count - position >= Self.envelope {
            let tag = bytes[start + position..<start + position + 6]
            var length: Int? = 0
            for byte in bytes[start + position + 6..<start + position + Self.envelope] {
                length = (0x30...0x39).contains(byte) ? length.map { 10 * $0 + Int(byte - 0x30) } : nil
            }
            let name = String(String.UnicodeScalarView(tag.map { Unicode.Scalar($0) })).trimmedText
            let data = position + Self.envelope
            guard let length, length <= bytes.count - data else {
                let problem =
                    length.map { "has length \($0), \(bytes.count - data) bytes are left" } ?? "has a length that is no number"
                report(Diagnostic(context, "the extension \(name) \(problem) (MIL-STD-2500C Table A-7)", at: offset + position))
                break
            }
            extensions.append(Extension(tag: name, data: data..<data + length))
            position = data + length
        }
        if position < bytes.count, bytes.count - position < Self.envelope {
            report(
                Diagnostic(
                    context, "\(bytes.count - position) bytes follow the last extension (MIL-STD-2500C Table A-7)",
                    at: offset + position))
        }
        self.extensions = extensions
        end = position
    }

    /// The extensions as metadata: name and raw data. What is no extension keeps its bytes under the area's name.
    func entries(named area: String) -> [Metadata.Entry] {
        var result = extensions.map { found in
            let start = bytes.startIndex
            return Metadata.Entry(
                found.tag, Value(bytes: Array(bytes[start + found.data.lowerBound..<start + found.data.upperBound])))
        }
        if end < bytes.count {
            result.append(.init(Self.remainder(of: area), Value(bytes: Array(bytes[(bytes.startIndex + end)...]))))
        }
        return result
    }

    /// The name under which the bytes of an area appear that are no extensions.
    static func remainder(of area: String) -> String { area + ":unparsed" }

    func dump(depth: Int) -> [DumpLine] {
        var lines = extensions.map {
            DumpLine(
                depth: depth, name: $0.tag, offset: offset + $0.data.lowerBound - Self.envelope,
                size: $0.data.count + Self.envelope)
        }
        if end < bytes.count {
            lines.append(DumpLine(depth: depth, name: "unparsed", offset: offset + end, size: bytes.count - end))
        }
        return lines
    }
}
