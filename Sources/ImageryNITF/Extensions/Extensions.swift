// Tagged record extensions (MIL-STD-2500C 5.8.1, Table A-7: CETAG, CEL, CEDATA).

import ImageryBase
import ImageryPlumbing

/// Tagged record extensions one after the other: a field such as UDID, or the data of a TRE_OVERFLOW extension segment.
struct ExtensionArea: Sendable {
    /// Bytes of CETAG and CEL.
    private static let envelope = 11

    /// The record or the data that hold the area, and their offset in the file.
    private let bytes: [UInt8]
    private let offset: Int
    /// The data of each extension, in ``bytes``.
    private let extensions: [Range<Int>]
    /// What is behind the last whole extension.
    private let remainder: Range<Int>
    private let layouts: ExtensionLayouts

    /// Locates the extensions in `place` of `bytes`, which lie at `offset` of the file. The first broken one ends the
    /// list and is reported as a breach of `clause`.
    init(
        _ bytes: [UInt8], _ place: Range<Int>, at offset: Int, layouts: ExtensionLayouts, context: String, clause: String,
        report: (Diagnostic) -> Void
    ) {
        self.bytes = bytes
        self.layouts = layouts
        self.offset = offset
        var extensions: [Range<Int>] = []
        var position = place.lowerBound
        var problem: String?
        while position < place.upperBound {
            let start = position + Self.envelope
            guard start <= place.upperBound else {
                problem = "\(place.upperBound - position) bytes follow the last extension"
                break
            }
            var length = 0
            var isNumber = true
            for digit in start - 5..<start {
                isNumber = isNumber && (0x30...0x39).contains(bytes[digit])
                length = 10 * length + Int(bytes[digit]) - 0x30
            }
            guard isNumber, length <= place.upperBound - start else {
                let tag = trimmedText(bytes, position..<position + 6)
                problem =
                    isNumber
                    ? "the extension \(tag) has \(length) bytes, \(place.upperBound - start) are left"
                    : "the extension \(tag) has a length that is no number"
                break
            }
            extensions.append(start..<start + length)
            position = start + length
        }
        if let problem { report(Diagnostic(context, problem, at: offset + position, clause: clause)) }
        self.extensions = extensions
        remainder = position..<place.upperBound
    }

    /// The extensions as metadata: the name and the data, with their fields where a layout is known. What is no extension keeps its bytes
    /// under a name that begins with `area`.
    func entries(named area: String) -> [Metadata.Entry] {
        var result: [Metadata.Entry] = []
        result.reserveCapacity(extensions.count + 1)
        for data in extensions {
            let tag = tag(of: data)
            let content = Array(bytes[data])
            result.append(.init(tag, layouts.extension(tag)?.value(content) ?? Value(bytes: content)))
        }
        if !remainder.isEmpty { result.append(.init(area + FieldRecord.unparsed, Value(bytes: Array(bytes[remainder])))) }
        return result
    }

    /// The data of the first extensions of that tag: no tag that is looked for stands in a header more often than 99 times.
    func all(of tag: String) -> [[UInt8]] {
        let mark = Array(tag.utf8) + [UInt8](repeating: 0x20, count: max(0, 6 - tag.utf8.count))
        return extensions.lazy.filter { bytes[$0.lowerBound - Self.envelope..<$0.lowerBound - 5].elementsEqual(mark) }.prefix(99)
            .map { Array(bytes[$0]) }
    }

    /// The data of the first extension of that tag, and their offset in the file; nil when there is none.
    func data(of tag: String) -> (bytes: [UInt8], offset: Int)? {
        extensions.first { self.tag(of: $0) == tag }.map { (Array(bytes[$0]), offset + $0.lowerBound) }
    }

    private func tag(of data: Range<Int>) -> String {
        let start = data.lowerBound - Self.envelope
        return trimmedText(bytes, start..<start + 6)
    }

    /// What is wrong with the fields of the extensions; those behind the one that reaches `limit` are not looked at.
    func findings(context: String, limit: Int) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for data in extensions where found.count < limit {
            guard let layout = layouts.extension(tag(of: data)) else { continue }
            found += layout.findings(Array(bytes[data]), at: offset + data.lowerBound, context: context)
        }
        return found
    }

    func dump(depth: Int) -> [DumpLine] {
        var lines: [DumpLine] = []
        for data in extensions {
            let tag = tag(of: data)
            let start = offset + data.lowerBound
            lines.append(DumpLine(depth: depth, name: tag, offset: start - Self.envelope, size: data.count + Self.envelope))
            if let layout = layouts.extension(tag) { lines += layout.dump(Array(bytes[data]), at: start, depth: depth + 1) }
        }
        if !remainder.isEmpty {
            lines.append(
                DumpLine(depth: depth, name: "unparsed", offset: offset + remainder.lowerBound, size: remainder.count))
        }
        return lines
    }
}
