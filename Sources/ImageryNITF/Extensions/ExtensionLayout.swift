// The layout of one extension, user-defined subheader or content of a data extension (STDI-0002).

import ImageryBase
import ImageryPlumbing

/// A name, and the table of the fields behind it, which is read from its text when it is first needed.
struct ExtensionLayout: Sendable {
    /// CETAG or DESID.
    let tag: String
    let title: String
    /// The document that defines it; empty where none is public.
    let standard: String
    private let text: StaticString
    private let parsed = Lazy<FieldTable>()

    init(_ tag: String, _ title: String, _ standard: String, _ text: StaticString) {
        self.tag = tag
        self.title = title
        self.standard = standard
        self.text = text
    }

    /// A layout whose table is there.
    init(_ table: FieldTable, title: String) {
        (tag, self.title, standard, text) = (table.name, title, "", "")
        _ = parsed.value { table }
    }

    var table: FieldTable { parsed.value { FieldTable(tag, text, blankIsZero: true) } }

    // MARK: Reading

    /// The bytes with their fields at hand. What the table does not explain is under the tag and ":unparsed".
    func value(_ bytes: [UInt8], version: Int = 0) -> Value {
        Value(
            Record(bytes, layout: tag) { bytes in
                let record = FieldRecord(table, parsing: bytes, at: 0, version: version)
                var entries = record.entries()
                if record.end < bytes.count {
                    entries.append(.init(tag + FieldRecord.unparsed, Value(bytes: Array(bytes[record.end...]))))
                }
                return entries
            })
    }

    /// What is wrong with bytes that lie at `offset` of the file: where the table breaks off, what is behind it, and fields that their
    /// lines do not allow.
    func findings(_ bytes: [UInt8], at offset: Int, version: Int = 0, context: String) -> [Diagnostic] {
        let record = FieldRecord(table, parsing: bytes, at: offset, version: version)
        func finding(_ message: String, _ position: Int, _ severity: Diagnostic.Severity) -> Diagnostic {
            Diagnostic(
                context, "\(tag): \(message)", at: offset + position, severity: severity, clause: standard.isEmpty ? nil : standard)
        }
        // Values are the sensor's: what is out of range is seen every day, and every other field is as it was.
        var found = record.findings(limit: Self.mostFindings, allowsBlanks: true).map {
            finding("\($0.name) \($0.message)", Int($0.field.position), .warning)
        }
        if let fault = record.fault {
            found.append(finding(fault.message, fault.position, .error))
        } else if record.end < bytes.count {
            found.append(finding("its fields take \(record.end) of \(bytes.count) bytes", record.end, .warning))
        }
        return found
    }

    private static let mostFindings = 100

    func dump(_ bytes: [UInt8], at offset: Int, depth: Int, version: Int = 0) -> [DumpLine] {
        let record = FieldRecord(table, parsing: bytes, at: offset, version: version)
        var lines = record.dump(depth: depth)
        if record.end < bytes.count {
            lines.append(DumpLine(depth: depth, name: "unparsed", offset: offset + record.end, size: bytes.count - record.end))
        }
        return lines
    }

    // MARK: Writing

    /// The bytes of named values. Counts and lengths follow from what they count; what is not given is blank or zero. Where the
    /// table depends on the length of the data, the shortest that has all values is made. `strict` holds characters and
    /// numbers to their sets and ranges.
    ///
    /// Throws kind misuse for a name that is no field's and a value that does not fit.
    func bytes(_ fields: Metadata, version: Int = 0, strict: Bool = false) throws(ImageryError) -> [UInt8] {
        var failure: ImageryError?
        for size in table.sizes {
            do throws(ImageryError) {
                let writing = FieldRecord.Writing(size: size, version: version, isExtension: true)
                let bytes = try FieldRecord.serialise(fields.entries, table, writing)
                // The length that was assumed decides what the fields are; the one that came out must not decide otherwise.
                guard bytes.count == size || !table.dependsOnSize else { continue }
                if strict { try FieldRecord(table, parsing: bytes, at: 0, version: version).expectCharacters(allowsBlanks: true) }
                return bytes
            } catch {
                failure = error
            }
        }
        throw failure ?? ImageryError(.misuse, tag, "its fields have no length that it may have")
    }
}

extension FieldTable {
    /// The lengths of a record of which conditions speak, a few of them; 0 when there are none.
    var sizes: [Int] {
        var found: Set<Int> = []
        for node in nodes {
            guard case .binary(_, let left, let right) = node else { continue }
            if case .size = nodes[left], case .constant(let size) = nodes[right] { found.insert(size) }
        }
        if found.isEmpty { return [0] }
        // What is below the least of them counts, too.
        if let shortest = unconditionalSize { found.insert(shortest) }
        return Array(found.sorted().prefix(16))
    }

    var dependsOnSize: Bool {
        nodes.contains { if case .size = $0 { true } else { false } }
    }

    /// Bytes of the fields that are always there, when they are all of fixed width.
    private var unconditionalSize: Int? {
        var sum = 0
        var index = 0
        while index < specs.count {
            let spec = specs[index]
            defer { index = Int(spec.end) }
            if spec.condition >= 0 { continue }
            guard case .constant(let width) = spec.amount, spec.kind != .group, let next = checkedSum(sum, width) else {
                return nil
            }
            sum = next
        }
        return sum == 0 ? nil : sum
    }
}

extension ExtensionLayout {
    /// A group that always has as many entries, all of them blank or zero; nil when the name is none.
    func emptyList(_ name: String) -> Metadata.Entry? {
        for index in table.specs.indices where table.names[index] == name && table.specs[index].kind == .group {
            guard case .constant(let count) = table.specs[index].amount else { return nil }
            return .init(name, Value(list: [Value](repeating: Value(group: []), count: count)))
        }
        return nil
    }
}
