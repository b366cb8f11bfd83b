// One header as read or as written (MIL-STD-2500C 5.2: fields of fixed width, digits and text in BCS).

import ImageryBase

/// The bytes of one header and which of them are which field of its table.
struct FieldRecord: Sendable {
    /// A field's place; of a group its number of entries.
    struct Field: Sendable {
        var spec: Int32
        var position: Int32
        var size: Int32
    }

    /// Why reading stopped before the end of the table.
    struct Fault: Sendable {
        /// Offset in the record.
        var position: Int
        var message: String
        /// True when the record has too few bytes.
        var isShort: Bool
    }

    let table: FieldTable
    /// Offset of the record in the file.
    let offset: Int
    private(set) var bytes: [UInt8]
    /// In file order. A group stands before the fields of its entries.
    private(set) var fields: [Field] = []
    /// For every line of the table the last field read for it, -1 for none.
    private var latest: [Int32]
    /// Bytes that the fields take.
    private(set) var end = 0
    private(set) var fault: Fault?

    /// Reads the fields of `table` from `bytes`, which lie at `offset` of the file; stops at the first that is not
    /// whole, ``fault`` says why. A cut area of extensions keeps the bytes that are there.
    init(_ table: FieldTable, parsing bytes: [UInt8], at offset: Int) {
        self.table = table
        self.bytes = bytes
        self.offset = offset
        latest = [Int32](repeating: -1, count: table.specs.count)
        fields.reserveCapacity(table.specs.count)
        _ = parse(0..<table.specs.count)
    }

    private init(empty table: FieldTable) {
        self.table = table
        bytes = []
        offset = 0
        latest = [Int32](repeating: -1, count: table.specs.count)
    }

    // MARK: Values

    /// The last field of that name, without the blanks around it; nil when it is absent.
    func text(_ name: String) -> String? {
        field(name).map { trimmedText(bytes, range($0)) }
    }

    /// The number that the last field of that name spells; nil when it is absent or spells none.
    func number(_ name: String) -> Int? {
        field(name).flatMap { number($0) }
    }

    /// The numbers of every field of that name, in order.
    func numbers(_ name: String) -> [Int?] {
        guard let spec = table.index(name) else { return [] }
        return fields.filter { $0.spec == spec }.map { number($0) }
    }

    /// Where the last field of that name lies in ``bytes``.
    func place(_ name: String) -> Range<Int>? { field(name).map(range) }

    /// Where every field of that name lies in ``bytes``, in order.
    func places(_ name: String) -> [Range<Int>] {
        guard let spec = table.index(name) else { return [] }
        return fields.filter { $0.spec == spec }.map(range)
    }

    /// The field that says how long another one is: name and number; nil when there is none.
    func length(of name: String) -> (name: String, value: Int)? {
        guard let spec = table.index(name), case let first = table.specs[spec].amount.first, first >= 0, latest[first] >= 0 else {
            return nil
        }
        return number(fields[Int(latest[first])]).map { (table.names[first], $0) }
    }

    private func field(_ name: String) -> Field? {
        guard let spec = table.index(name), table.specs[spec].kind != .group, latest[spec] >= 0 else { return nil }
        return fields[Int(latest[spec])]
    }

    private func range(_ field: Field) -> Range<Int> { Int(field.position)..<Int(field.position + field.size) }

    /// Digits with an optional sign, blanks around them; nil for anything else.
    private func number(_ field: Field) -> Int? {
        var value = 0
        var digits = 0
        var isNegative = false
        var isOver = false
        for position in range(field) {
            let byte = bytes[position]
            switch byte {
            case 0x30...0x39 where !isOver:
                guard digits < 18 else { return nil }
                value = value * 10 + Int(byte - 0x30)
                digits += 1
            case 0x2b where digits == 0 && !isOver, 0x2d where digits == 0 && !isOver:
                isNegative = byte == 0x2d
            case 0x20: isOver = digits > 0
            default: return nil
            }
        }
        return digits == 0 ? nil : isNegative ? -value : value
    }

    // MARK: Table

    /// The sum of an amount; nil (and a fault) when one of its fields is no number.
    private mutating func sum(_ amount: FieldTable.Amount) -> Int? {
        if amount.first < 0 { return amount.constant }
        var sum = amount.constant
        for spec in [amount.first, amount.second] where spec >= 0 && latest[spec] >= 0 {
            let field = fields[Int(latest[spec])]
            guard let value = number(field) else {
                fault = Fault(position: Int(field.position), message: "\(table.names[spec]) is no number", isShort: false)
                return nil
            }
            // At most 18 digits each, and a table adds two at most.
            sum += value
        }
        return max(0, sum)
    }

    private func holds(_ condition: FieldTable.Condition) -> Bool {
        let field = latest[condition.field] < 0 ? nil : fields[Int(latest[condition.field])]
        switch condition.comparison {
        case .above(let limit): return field.flatMap { number($0) } ?? 0 > limit
        case .equal(let text):
            return trimmed(field).elementsEqual(text)
        case .unequal(let text): return !trimmed(field).elementsEqual(text)
        }
    }

    private func trimmed(_ field: Field?) -> ArraySlice<UInt8> {
        guard let field else { return [] }
        var (start, end) = (Int(field.position), Int(field.position + field.size))
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        while start < end, bytes[start] == 0x20 { start += 1 }
        return bytes[start..<end]
    }

    private func isPresent(_ spec: FieldTable.Spec) -> Bool {
        if spec.conditions.isEmpty { return true }
        for index in spec.conditions where holds(table.conditions[index]) == spec.isAny { return spec.isAny }
        return !spec.isAny
    }

    private mutating func add(_ spec: Int, size: Int) {
        latest[spec] = Int32(fields.count)
        fields.append(Field(spec: Int32(spec), position: Int32(end), size: Int32(size)))
        if table.specs[spec].kind != .group { end += size }
    }

    // MARK: Parsing

    /// False when it stopped at a fault. Every entry of a group takes at least one byte, so that counts cannot cost
    /// more than the bytes.
    private mutating func parse(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            let spec = table.specs[index]
            defer { index = spec.end }
            guard isPresent(spec) else { continue }
            guard let amount = sum(spec.amount) else { return false }
            guard spec.kind == .group else {
                guard amount <= bytes.count - end else {
                    fault = Fault(
                        position: end, message: "\(table.names[index]) needs \(amount) bytes, \(bytes.count - end) are left",
                        isShort: true)
                    if spec.kind == .extensions { add(index, size: bytes.count - end) }
                    return false
                }
                add(index, size: amount)
                continue
            }
            let group = fields.count
            add(index, size: 0)
            for entry in 0..<amount {
                let before = end
                let isWhole = parse(index + 1..<spec.end)
                if end > before || isWhole { fields[group].size = Int32(entry + 1) }
                guard isWhole else { return false }
                if end == before { break }
            }
        }
        return true
    }

    // MARK: Serialising

    /// The bytes that `table` makes of named values. Short ones are padded: text with blanks behind it, numbers with
    /// zeros after their sign. Counts and lengths are among the values.
    ///
    /// Throws kind misuse for a value that is missing, too long, or not of the table's shape.
    static func serialise(_ entries: [Metadata.Entry], _ table: FieldTable) throws(ImageryError) -> [UInt8] {
        var record = FieldRecord(empty: table)
        try record.append(0..<table.specs.count, from: Metadata(schema: nil, entries: entries))
        return record.bytes
    }

    private mutating func append(_ range: Range<Int>, from values: Metadata) throws(ImageryError) {
        var index = range.lowerBound
        while index < range.upperBound {
            let spec = table.specs[index]
            defer { index = spec.end }
            guard isPresent(spec) else { continue }
            guard let amount = sum(spec.amount) else {
                throw ImageryError(.misuse, table.name, fault?.message ?? "a count is no number")
            }
            guard spec.kind == .group else {
                try append(index, values[table.names[index]], width: amount)
                continue
            }
            let list = values[table.names[index]]?.list ?? []
            guard list.count == amount else {
                throw ImageryError(.misuse, table.name, "\(table.names[index]) has \(list.count) entries, \(amount) are needed")
            }
            add(index, size: amount)
            for value in list {
                if let group = value.group {
                    try append(index + 1..<spec.end, from: group)
                } else {
                    try append(
                        index + 1..<spec.end, from: Metadata(schema: nil, entries: [.init(table.names[index + 1], value)]))
                }
            }
        }
    }

    private mutating func append(_ index: Int, _ value: Value?, width: Int) throws(ImageryError) {
        let spec = table.specs[index]
        guard var content = value?.bytes else {
            throw ImageryError(.misuse, table.name, "\(table.names[index]) is missing")
        }
        if content.count != width {
            // What only fills a field of another width is no part of the value.
            if spec.kind == .number || spec.kind == .text { while content.last == 0x20 { content.removeLast() } }
            if spec.kind == .number { content = Array(content.drop { $0 == 0x20 }) }
        }
        guard content.count <= width else {
            throw ImageryError(.misuse, table.name, "\(table.names[index]) has \(content.count) bytes, its field \(width)")
        }
        let padding = width - content.count
        if spec.kind == .number {
            let sign = content.first == 0x2b || content.first == 0x2d ? 1 : 0
            content.insert(contentsOf: [UInt8](repeating: 0x30, count: padding), at: sign)
        } else {
            content.append(contentsOf: [UInt8](repeating: spec.kind == .text ? 0x20 : 0, count: padding))
        }
        bytes.append(contentsOf: content)
        add(index, size: width)
    }

    // MARK: Metadata and dump

    /// The fields as named values (S61): exact text, groups as lists (of plain values when they have one field).
    /// `extensions` gives what stands in place of an area of tagged record extensions, whose name it gets; such an area
    /// is bytes when it is nil.
    func entries(extensions: ((String) -> [Metadata.Entry])? = nil) -> [Metadata.Entry] {
        var next = 0
        return entries(0..<table.specs.count, &next, extensions)
    }

    private func entries(
        _ range: Range<Int>, _ next: inout Int, _ extensions: ((String) -> [Metadata.Entry])?
    ) -> [Metadata.Entry] {
        var result: [Metadata.Entry] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let spec = table.specs[index]
            defer { index = spec.end }
            let isRead = next < fields.count && fields[next].spec == index
            if spec.kind == .extensions, let extensions {
                if isRead { next += 1 }
                result.append(contentsOf: extensions(table.names[index]))
                continue
            }
            guard isRead else { continue }
            let field = fields[next]
            next += 1
            guard spec.kind == .group else {
                result.append(.init(table.names[index], value(of: field)))
                continue
            }
            if field.size == 0 { continue }
            var list: [Value] = []
            list.reserveCapacity(Int(field.size))
            for _ in 0..<field.size {
                let entry = entries(index + 1..<spec.end, &next, extensions)
                list.append(spec.end == index + 2 && entry.count == 1 ? entry[0].value : Value(group: entry))
            }
            result.append(.init(table.names[index], Value(list: list)))
        }
        return result
    }

    private func value(of field: Field) -> Value {
        let content = Array(bytes[range(field)])
        switch table.specs[Int(field.spec)].kind {
        case .bytes, .extensions: return Value(bytes: content)
        case .text, .number, .group: return Value(.ascii, littleEndian: content)
        }
    }

    /// Every field in file order; `extensions` gives the lines below an area of tagged record extensions.
    func dump(depth: Int, extensions: (String) -> [DumpLine]) -> [DumpLine] {
        var lines: [DumpLine] = []
        var next = 0
        dump(0..<table.specs.count, &next, depth, extensions, into: &lines)
        return lines
    }

    private func dump(
        _ range: Range<Int>, _ next: inout Int, _ depth: Int, _ extensions: (String) -> [DumpLine], into lines: inout [DumpLine]
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let spec = table.specs[index]
            defer { index = spec.end }
            guard next < fields.count, fields[next].spec == index else { continue }
            let field = fields[next]
            next += 1
            if spec.kind == .group {
                let line = lines.count
                lines.append(DumpLine(depth: depth, name: table.names[index], offset: offset + Int(field.position), size: 0))
                for _ in 0..<field.size { dump(index + 1..<spec.end, &next, depth + 1, extensions, into: &lines) }
                let end = next < fields.count ? Int(fields[next].position) : self.end
                lines[line].size = end - Int(field.position)
                continue
            }
            lines.append(
                DumpLine(
                    depth: depth, name: table.names[index], offset: offset + Int(field.position), size: Int(field.size),
                    value: printable(field)))
            if spec.kind == .extensions { lines.append(contentsOf: extensions(table.names[index])) }
        }
    }

    private func printable(_ field: Field) -> String {
        let content = bytes[range(field)]
        switch table.specs[Int(field.spec)].kind {
        case .text, .number, .group: return trimmedText(bytes, range(field))
        case .bytes where content.count <= 16:
            return content.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        case .bytes, .extensions: return ""
        }
    }
}

/// The characters (ISO 8859-1) that `bytes` in `range` are, without blanks, line ends and NULs around them.
func trimmedText(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0 || byte == 9 || byte == 10 || byte == 13 }
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    while start < end, isBlank(bytes[start]) { start += 1 }
    let text = bytes[start..<end]
    // ASCII, which nearly all fields are, is a part of UTF-8.
    if text.allSatisfy({ $0 < 0x80 }) { return String(decoding: text, as: UTF8.self) }
    return String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
}
