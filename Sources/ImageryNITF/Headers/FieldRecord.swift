// One header or extension as read or as written (MIL-STD-2500C 5.2: fields of fixed width, digits and text in BCS).

import ImageryBase
import ImageryPlumbing

/// The bytes of one header or extension and which of them are which field of its table.
struct FieldRecord: Sendable {
    /// A field's place; of a group its number of entries. An entry of a marked group has a mark, the group's line with a size of -1.
    struct Field: Sendable {
        var spec: Int32
        var position: Int32
        var size: Int32
    }

    /// Why reading stopped before the end of the table.
    struct Fault: Sendable {
        /// Offset in the record.
        var position: Int
        /// The field that could not be read.
        var name: String
        var message: String
        /// True when the record has too few bytes.
        var isShort: Bool
    }

    let table: FieldTable
    /// Offset of the record in the file.
    let offset: Int
    /// Bytes of the whole record, which is what `size` stands for.
    let size: Int
    /// DESVER of the segment.
    let version: Int
    var bytes: [UInt8]
    /// In file order. A group stands before the fields of its entries.
    private(set) var fields: [Field] = []
    /// For every variable of the table the last field read for it, -1 for none.
    private var latest: [Int32]
    /// The fields read for the table's ``FieldTable/entryVariables``, in order.
    private var values: [Int32: [Int32]] = [:]
    /// The entries that are read or written in the groups that are open, the outermost first.
    var openEntries: [Int] = []
    /// Bytes that the fields take.
    private(set) var end = 0
    private(set) var fault: Fault?
    /// Fields and entries that may still come: counts of what takes no bytes must not cost more than the bytes.
    private var budget: Int
    /// Steps of expressions that may still be taken: lines whose condition is false take no bytes either.
    private var steps: Int

    /// Reads the fields of `table` from `bytes`, which lie at `offset` of the file; stops at the first that is not
    /// whole, ``fault`` says why. A cut area of extensions keeps the bytes that are there.
    init(_ table: FieldTable, parsing bytes: [UInt8], at offset: Int, version: Int = 0) {
        self.table = table
        self.bytes = bytes
        self.offset = offset
        self.version = version
        size = bytes.count
        budget = 2 * bytes.count + table.specs.count + 1024
        steps = Self.stepsPerByte * (bytes.count + table.specs.count + 1024)
        latest = [Int32](repeating: -1, count: table.variableCount)
        fields.reserveCapacity(table.specs.count)
        _ = parse(0..<table.specs.count)
    }

    /// The known layouts, of which BANDSB has the most conditions for the fewest bytes, need fewer than 50.
    private static let stepsPerByte = 512

    /// A record without a field that will have `size` bytes.
    init(empty table: FieldTable, size: Int, version: Int) {
        self.table = table
        self.size = size
        self.version = version
        bytes = []
        offset = 0
        budget = 4 * Self.mostWritten
        steps = 16 * Self.mostWritten
        latest = [Int32](repeating: -1, count: table.variableCount)
    }

    // MARK: Values

    /// The last field of that name, without the blanks around it; nil when it is absent.
    func text(_ name: String) -> String? {
        field(name).map { trimmedText(bytes, range($0)) }
    }

    /// The number that the last field of that name spells; nil when it is absent or spells none.
    func number(_ name: String) -> Int? {
        field(name).flatMap { isBlank($0) ? nil : number($0) }
    }

    /// The numbers of every field of that name, in order.
    func numbers(_ name: String) -> [Int?] {
        guard let spec = table.index(name), table.specs[spec].variable >= 0 else { return [] }
        return fields.filter { $0.spec == spec }.map { isBlank($0) ? nil : number($0) }
    }

    /// Where the last field of that name lies in ``bytes``.
    func place(_ name: String) -> Range<Int>? { field(name).map(range) }

    /// Where every field of that name lies in ``bytes``, in order.
    func places(_ name: String) -> [Range<Int>] {
        guard let spec = table.index(name), table.specs[spec].variable >= 0 else { return [] }
        return fields.filter { $0.spec == spec }.map(range)
    }

    /// The field that says how long another one is: name and number; nil when there is none.
    func length(of name: String) -> (name: String, value: Int)? {
        guard let spec = table.index(name), let variable = table.firstVariable(table.specs[spec].amount), latest[variable] >= 0,
            let value = number(fields[Int(latest[variable])])
        else { return nil }
        return (table.names[Int(fields[Int(latest[variable])].spec)], value)
    }

    /// What defines a field, as findings cite it.
    func clause(of name: String) -> String { "\(table.standard), \(name)" }

    private func field(_ name: String) -> Field? {
        guard let variable = table.variable(name), latest[variable] >= 0 else { return nil }
        return fields[Int(latest[variable])]
    }

    func range(_ field: Field) -> Range<Int> { Int(field.position)..<Int(field.position + field.size) }

    private func isBlank(_ field: Field) -> Bool {
        switch table.specs[Int(field.spec)].kind {
        case .unsigned, .signed, .bytes, .float: false
        default: trimmed(field).isEmpty
        }
    }

    /// Digits with an optional sign, blanks around them, or a big-endian number; 0 for blanks, nil for anything else.
    private func number(_ field: Field) -> Int? {
        switch table.specs[Int(field.spec)].kind {
        case .unsigned, .bytes: return binary(field, isSigned: false)
        case .signed: return binary(field, isSigned: true)
        default: break
        }
        var value = 0
        var digits = 0
        var isNegative = false
        var hasSign = false
        var isOver = false
        for position in range(field) {
            let byte = bytes[position]
            switch byte {
            case 0x30...0x39 where !isOver:
                guard digits < 18 else { return nil }
                value = value * 10 + Int(byte - 0x30)
                digits += 1
            case 0x2b where digits == 0 && !hasSign, 0x2d where digits == 0 && !hasSign:
                isNegative = byte == 0x2d
                hasSign = true
            case 0x20: isOver = digits > 0
            default: return nil
            }
        }
        if digits == 0 { return hasSign ? nil : 0 }
        return isNegative ? -value : value
    }

    private func binary(_ field: Field, isSigned: Bool) -> Int? {
        guard field.size <= 8 else { return nil }
        var value: UInt64 = 0
        for position in range(field) { value = value << 8 | UInt64(bytes[position]) }
        guard isSigned, field.size > 0 else { return Int(exactly: value) }
        let shift = UInt64(64 - 8 * Int(field.size))
        return Int(Int64(bitPattern: value << shift) >> Int64(shift))
    }

    private func trimmed(_ field: Field?) -> ArraySlice<UInt8> {
        guard let field else { return [] }
        var (start, end) = (Int(field.position), Int(field.position + field.size))
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        while start < end, bytes[start] == 0x20 { start += 1 }
        return bytes[start..<end]
    }

    // MARK: Expressions

    /// The width or count of a line; nil (and a fault) when one of its fields is no number.
    mutating func amount(_ index: Int) -> Int? {
        let amount = table.specs[index].amount
        var value: Int?
        switch amount {
        case .constant(let constant): return constant
        case .variable(let variable): value = number(ofVariable: variable)
        case .expression(let root): value = number(root)
        }
        let variable = table.firstVariable(amount)
        if !table.blankIsZero, let variable, latest[variable] >= 0, isBlank(fields[Int(latest[variable])]) { value = nil }
        if let value { return max(0, value) }
        let place = variable.flatMap { latest[$0] >= 0 ? Int(fields[Int(latest[$0])].position) : nil }
        let name = variable.flatMap { table.name(ofVariable: $0) } ?? table.names[index]
        fault = Fault(position: place ?? end, name: name, message: "\(name) is no number", isShort: false)
        return nil
    }

    mutating func isPresent(_ spec: FieldTable.Spec) -> Bool {
        spec.condition < 0 || number(Int(spec.condition)) ?? 0 != 0
    }

    private mutating func number(ofVariable variable: Int) -> Int? {
        guard let field = latestField(variable) else { return 0 }
        return number(field)
    }

    /// The last field read for a variable, whose bytes are looked at.
    private mutating func latestField(_ variable: Int) -> Field? {
        guard latest[variable] >= 0 else { return nil }
        let field = fields[Int(latest[variable])]
        steps -= Int(field.size) / 8
        return field
    }

    /// The value of a node; of conditions 1 or 0. Nil where a field is no number, or the numbers leave the range.
    private mutating func number(_ node: Int) -> Int? {
        steps -= 1
        guard steps >= 0 else { return nil }
        switch table.nodes[node] {
        case .constant(let constant): return constant
        case .variable(let variable): return number(ofVariable: variable)
        case .entry(let variable):
            guard let entry = openEntries.first, let found = values[Int32(variable)], entry < found.count else { return 0 }
            return number(fields[Int(found[entry])])
        case .text: return nil
        case .size: return size
        case .remaining: return max(0, bytes.count - end)
        case .version: return version
        case .not(let inner): return number(inner) ?? 0 == 0 ? 1 : 0
        case .binary(let operation, let left, let right): return result(operation, left, right)
        }
    }

    private mutating func result(_ operation: FieldExpression.Operation, _ left: Int, _ right: Int) -> Int? {
        switch operation {
        case .both: return number(left) ?? 0 != 0 && number(right) ?? 0 != 0 ? 1 : 0
        case .either: return number(left) ?? 0 != 0 || number(right) ?? 0 != 0 ? 1 : 0
        case .equal, .unequal:
            if let isEqual = equalTexts(left, right) { return isEqual == (operation == .equal) ? 1 : 0 }
        default: break
        }
        guard let a = number(left), let b = number(right) else { return nil }
        switch operation {
        case .add: return checkedSum(a, b)
        case .subtract:
            let (difference, overflow) = a.subtractingReportingOverflow(b)
            return overflow ? nil : difference
        case .multiply: return checkedProduct(a, b)
        case .divide: return b == 0 || b == -1 ? nil : a / b
        case .mask: return a & b
        case .equal: return a == b ? 1 : 0
        case .unequal: return a != b ? 1 : 0
        case .less: return a < b ? 1 : 0
        case .lessOrEqual: return a <= b ? 1 : 0
        case .greater: return a > b ? 1 : 0
        case .greaterOrEqual: return a >= b ? 1 : 0
        case .both, .either: return nil
        }
    }

    /// Whether a field has that text; nil when neither side is one.
    private mutating func equalTexts(_ left: Int, _ right: Int) -> Bool? {
        if case .text(let text) = table.nodes[right], case .variable(let variable) = table.nodes[left] {
            return trimmed(latestField(variable)).elementsEqual(text)
        }
        if case .text = table.nodes[left] { return equalTexts(right, left) }
        return nil
    }

    // MARK: Parsing

    /// Adds a field that lies at the end of those before.
    mutating func add(_ index: Int, size: Int) {
        let variable = table.specs[index].variable
        if variable >= 0 { latest[Int(variable)] = Int32(fields.count) }
        if table.entryVariables.contains(variable) { values[variable, default: []].append(Int32(fields.count)) }
        fields.append(Field(spec: Int32(index), position: Int32(end), size: Int32(size)))
        if variable >= 0 { end += size }
    }

    /// False when it stopped at a fault.
    private mutating func parse(_ lines: Range<Int>) -> Bool {
        var index = lines.lowerBound
        while index < lines.upperBound {
            let spec = table.specs[index]
            defer { index = Int(spec.end) }
            guard isPresent(spec) else {
                guard steps >= 0 else { return spend(index) }
                continue
            }
            if spec.kind == .block {
                guard parse(index + 1..<Int(spec.end)) else { return false }
                continue
            }
            guard let amount = amount(index), spend(index) else { return false }
            if spec.kind == .group {
                guard parseGroup(index, count: amount) else { return false }
                continue
            }
            guard amount <= bytes.count - end else {
                fault = Fault(
                    position: end, name: table.names[index],
                    message: "\(table.names[index]) needs \(amount) bytes, \(bytes.count - end) are left", isShort: true)
                if spec.kind == .extensions { add(index, size: bytes.count - end) }
                return false
            }
            add(index, size: amount)
        }
        return true
    }

    private mutating func parseGroup(_ index: Int, count: Int) -> Bool {
        let spec = table.specs[index]
        let group = fields.count
        add(index, size: 0)
        openEntries.append(0)
        defer { openEntries.removeLast() }
        for entry in 0..<count {
            openEntries[openEntries.count - 1] = entry
            guard spend(index) else { return false }
            let before = fields.count
            if spec.isMarked { fields.append(Field(spec: Int32(index), position: Int32(end), size: -1)) }
            let isWhole = parse(index + 1..<Int(spec.end))
            if isWhole || fields.count > before { fields[group].size = Int32(entry + 1) }
            guard isWhole else { return false }
        }
        return true
    }

    /// Takes bytes and entries that are written out of what one record may have; false when there is not so much left.
    mutating func spend(written amount: Int) -> Bool {
        budget -= amount
        return budget >= 0 && steps >= 0
    }

    private mutating func spend(_ index: Int) -> Bool {
        budget -= 1
        if budget >= 0, steps >= 0 { return true }
        fault = Fault(
            position: end, name: table.names[index], message: "\(table.names[index]) and the like are more than the bytes can fill",
            isShort: false)
        return false
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

extension FieldRecord {
    /// Row and column of a field RRRRRCCCCC, such as ILOC, whose halves may be negative; nil when they are no numbers.
    func location(_ name: String) -> (row: Int, column: Int)? {
        guard let place = place(name), place.count == 10 else { return nil }
        let text = bytes[place]
        func number(_ half: ArraySlice<UInt8>) -> Int? {
            half.first == UInt8(ascii: "-") ? Georeference.digits(half.dropFirst()).map { -$0 } : Georeference.digits(half)
        }
        return number(text.prefix(5)).flatMap { row in number(text.suffix(5)).map { (row, $0) } }
    }
}
