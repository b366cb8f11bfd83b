// Named values on their way into the bytes of a table's fields (S64).

import ImageryBase

extension FieldRecord {
    /// How values become fields.
    struct Writing: Sendable {
        /// What the record counts as `size`.
        var size = 0
        var version = 0
        /// True for extensions: counts and lengths follow from the values that they count, what is not given is blank or zero, and a name
        /// that is no field's is refused. Headers are given whole.
        var isExtension = false
    }

    /// The bytes that `table` makes of named values. Short ones are padded: text with blanks behind it, numbers with
    /// zeros after their sign.
    ///
    /// Throws kind misuse for a value that is missing, too long, or not of the table's shape.
    static func serialise(
        _ entries: [Metadata.Entry], _ table: FieldTable, _ writing: Writing = Writing()
    ) throws(ImageryError) -> [UInt8] {
        var record = FieldRecord(empty: table, size: writing.size, version: writing.version)
        var level = Level(entries)
        try record.append(0..<table.specs.count, from: &level, writing)
        if writing.isExtension {
            record.bytes += level.remainder
            try level.expectUsed(table.name)
        }
        return record.bytes
    }

    /// Named values of one group, each used once; the last of a name serves all further fields of that name.
    private struct Level {
        let entries: [Metadata.Entry]
        private var used: [Bool]
        /// The values of counts and lengths, by variable.
        var computed: [Int32: Int] = [:]

        init(_ entries: [Metadata.Entry]) {
            self.entries = entries
            used = [Bool](repeating: false, count: entries.count)
        }

        func peek(_ name: String) -> Value? { entries.first { $0.name == name }?.value }

        mutating func take(_ name: String) -> Value? {
            var last: Value?
            for index in entries.indices where entries[index].name == name {
                last = entries[index].value
                if used[index] { continue }
                used[index] = true
                break
            }
            return last
        }

        /// What was read behind the last field, and stays there.
        var remainder: [UInt8] { entries.last.map { $0.name.hasSuffix(FieldRecord.unparsed) ? $0.value.bytes : [] } ?? [] }

        func expectUsed(_ context: String) throws(ImageryError) {
            for (entry, isUsed) in zip(entries, used) where !isUsed && !entry.name.hasSuffix(FieldRecord.unparsed) {
                throw ImageryError(
                    .misuse, context, "\(entry.name) is no field of it, or has no place beside the other values")
            }
        }
    }

    /// Bytes of a field and entries of a group that are made at most: the largest header has 999,999 bytes.
    static let mostWritten = 1 << 20

    /// What the name of bytes ends with that are behind the last field.
    static let unparsed = ":unparsed"

    private mutating func append(_ lines: Range<Int>, from level: inout Level, _ writing: Writing) throws(ImageryError) {
        if writing.isExtension { computeCounts(lines, &level) }
        var index = lines.lowerBound
        while index < lines.upperBound {
            let spec = table.specs[index]
            defer { index = Int(spec.end) }
            guard isPresent(spec) else { continue }
            switch spec.kind {
            case .block: try append(index + 1..<Int(spec.end), from: &level, writing)
            case .group: try appendGroup(index, from: &level, writing)
            default:
                var value = level.take(table.names[index])
                if let count = level.computed[spec.variable] { value = Value(text: "\(count)") }
                try append(index, value, writing)
            }
        }
    }

    private mutating func appendGroup(_ index: Int, from level: inout Level, _ writing: Writing) throws(ImageryError) {
        let inner = index + 1..<Int(table.specs[index].end)
        let count = try writtenAmount(index)
        let given = level.take(table.names[index])
        var list = given.map { $0.list ?? [$0] } ?? []
        // What is not given is blank or zero, in as many entries as there have to be.
        var isBlank = given == nil
        if list.isEmpty, case .constant = table.specs[index].amount { isBlank = true }
        if isBlank, writing.isExtension { list = [Value](repeating: Value(group: []), count: count) }
        guard list.count == count else {
            throw ImageryError(.misuse, table.name, "\(table.names[index]) has \(list.count) entries, \(count) are needed")
        }
        add(index, size: count)
        openEntries.append(0)
        defer { openEntries.removeLast() }
        for (entry, value) in list.enumerated() {
            openEntries[openEntries.count - 1] = entry
            // A group of one field has its values without names.
            var entries = Level(value.group?.entries ?? [.init(table.names[inner.lowerBound], value)])
            try append(inner, from: &entries, writing)
            if writing.isExtension { try entries.expectUsed("\(table.name) \(table.names[index])") }
        }
    }

    private mutating func writtenAmount(_ index: Int) throws(ImageryError) -> Int {
        guard let amount = amount(index) else {
            throw ImageryError(.misuse, table.name, fault?.message ?? "a count is no number")
        }
        guard amount <= Self.mostWritten, spend(written: amount + 1) else {
            throw ImageryError(
                .misuse, table.name,
                "\(table.names[index]) would have \(amount) bytes or entries, with which it is larger than any header or extension")
        }
        return amount
    }

    private mutating func append(_ index: Int, _ value: Value?, _ writing: Writing) throws(ImageryError) {
        let name = table.names[index]
        let spec = table.specs[index]
        let coding = FieldCoding(spec.kind, table.lines[index], context: table.name)
        var width = try writtenAmount(index)
        if case .expression(let root) = spec.amount, case .remaining = table.nodes[root] {
            width = try value.map { (value) throws(ImageryError) in try coding.natural(value).count } ?? 0
        }
        guard value != nil || writing.isExtension else { throw ImageryError(.misuse, table.name, "\(name) is missing") }
        bytes += try coding.bytes(value, width: width, keepsBlanks: writing.isExtension)
        add(index, size: width)
    }

    /// The counts of lists and the lengths of values, where the table says them with a field of this level.
    private func computeCounts(_ lines: Range<Int>, _ level: inout Level) {
        var index = lines.lowerBound
        while index < lines.upperBound {
            let spec = table.specs[index]
            defer { index = spec.kind == .block ? index + 1 : Int(spec.end) }
            guard case .variable(let variable) = spec.amount, level.computed[Int32(variable)] == nil,
                let value = level.peek(table.names[index])
            else { continue }
            if spec.kind == .group {
                level.computed[Int32(variable)] = value.list?.count ?? 1
            } else if let content = try? FieldCoding(spec.kind, table.lines[index], context: table.name).natural(value) {
                level.computed[Int32(variable)] = content.count
            }
        }
    }
}
