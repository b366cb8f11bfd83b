// The table language of headers and extensions (MIL-STD-2500C Appendix A, MIL-STD-2500A, STDI-0002: tables of fields with widths,
// conditions and loops).

import ImageryBase

/// The fields of one header or extension in their order. Parsing, serialising, describing and dumping walk the same table, so that they
/// cannot disagree.
///
/// A line of the text is one of
///
///     NAME width kind number low..high [unit] if condition ; title    a field
///     NAME * count if condition ; title                               a group that is repeated, up to its `end`
///     if condition                                                    fields that are there together, up to `end`
///     end
///
/// where all behind the width may be left out. Kinds: a (text of the basic character set), n (BCS-N: digits, signs and point), d (digits),
/// 8 (UTF-8), b (bytes), u, i and f (big-endian unsigned, signed and floating-point numbers), t (tagged record extensions), or nothing for
/// text of the extended character set. `int` and `real` tell that characters spell a number.
///
/// Widths, counts and conditions are expressions of names, integers and 'text' (``FieldExpressionParser``; without blanks in widths and
/// counts). A name stands for the latest value read under it; `each(NAME)`, in the n-th entry of an outermost group, for the n-th value of an
/// earlier group, which says of each of them what differs; `size` for the bytes of the record, `remaining` for those that are left. A
/// field that was not read, or is blank (in extensions; headers must count), counts as 0 or as ''. Comparing with text ignores blanks around it.
struct FieldTable: Sendable {
    enum Kind: Sendable {
        case extended, basic, unicode, number, digits, bytes, unsigned, signed, float, extensions, group, block

        /// True for characters that spell no number.
        var isText: Bool {
            switch self {
            case .extended, .basic, .unicode: true
            default: false
            }
        }
        /// True for characters that spell a number, or a date.
        var isNumber: Bool { self == .number || self == .digits }
    }

    /// Bytes of a field, entries of a group.
    enum Amount: Sendable {
        case constant(Int)
        /// The number that a variable has.
        case variable(Int)
        /// The root of an expression.
        case expression(Int)
    }

    struct Spec: Sendable {
        var kind: Kind
        var number: FieldLine.Number
        var amount: Amount
        /// The root of an expression, -1 for none.
        var condition: Int32
        /// Which of the variables the field's name is.
        var variable: Int32
        /// Index after the last field of a group or block; of a field its own successor.
        var end: Int32
        /// True for a group whose entries need a mark of their own, for they may begin with any of their fields.
        var isMarked: Bool
    }

    let specs: [Spec]
    /// The names of ``specs``, apart from them so that walking a table copies plain numbers.
    let names: [String]
    let nodes: [FieldExpression]
    /// Distinct names of fields.
    let variableCount: Int
    /// The header, for errors.
    let name: String
    /// The document and its table that define the fields; empty for extensions, whose layouts know it.
    let standard: String
    /// The lines of the text, one for each of ``specs``.
    let lines: [FieldLine]
    /// True when a blank width or count is 0, as in extensions; in headers it is a fault.
    let blankIsZero: Bool
    /// Variables of which expressions ask for other values than the latest.
    let entryVariables: Set<Int32>
    private let indexes: [String: Int]
    private let variables: [String: Int]

    private static let deepest = 16

    /// The table that `text` spells. The texts are constants of this module, so that a line that means nothing is a programming error: the
    /// table is empty, and the tests find out.
    init(_ name: String, of standard: String = "", _ text: StaticString, blankIsZero: Bool = false) {
        do throws(ImageryError) {
            self = try FieldTable(name, of: standard, parsing: text.description, blankIsZero: blankIsZero)
        } catch {
            self = FieldTable(empty: name)
        }
    }

    private init(empty name: String) {
        (specs, names, nodes, variableCount, lines, indexes, variables) = ([], [], [], 0, [], [:], [:])
        (self.name, standard) = (name, "")
        entryVariables = []
        blankIsZero = true
    }

    /// The table that `text` spells. Throws kind misuse for the first line that means nothing.
    init(_ name: String, of standard: String = "", parsing text: String, blankIsZero: Bool = true) throws(ImageryError) {
        var specs: [Spec] = []
        var names: [String] = []
        var nodes: [FieldExpression] = []
        var indexes: [String: Int] = [:]
        var variables: [String: Int] = [:]
        var lines: [FieldLine] = []
        var open: [Int] = []
        let rows = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, row) in rows.enumerated() {
            if row.allSatisfy({ $0 == UInt8(ascii: " ") }) || row.first == UInt8(ascii: "#") { continue }
            let line = Substring(row)
            func fault(_ what: String) -> ImageryError { ImageryError(.misuse, name, "line \(number + 1) of the table: \(what)") }
            guard let field = FieldLine(line) else { throw fault("'\(line)' is no field") }
            guard field.form != .end else {
                guard let group = open.popLast() else { throw fault("an end without its beginning") }
                specs[group].end = Int32(specs.count)
                continue
            }
            var condition = -1
            if !field.condition.isEmpty {
                guard let root = FieldExpressionParser.parse(field.condition, variables, into: &nodes) else {
                    throw fault("'\(field.condition)' is no condition")
                }
                condition = root
            }
            var amount = Amount.constant(0)
            if let constant = field.constantAmount {
                amount = .constant(constant)
            } else if field.form != .block {
                guard let root = FieldExpressionParser.parse(field.amount, variables, into: &nodes) else {
                    throw fault("'\(field.amount)' is no width or count")
                }
                switch nodes[root] {
                case .constant(let constant): amount = .constant(constant)
                case .variable(let variable): amount = .variable(variable)
                default: amount = .expression(root)
                }
            }
            if let group = open.last, group == specs.count - 1, specs[group].kind == .group {
                specs[group].isMarked = condition >= 0 || field.form != .field
            }
            if field.form != .field {
                guard open.count < Self.deepest else { throw fault("groups in groups are deeper than \(Self.deepest)") }
                open.append(specs.count)
            }
            let key = String(field.name)
            if field.form != .block { indexes[key] = specs.count }
            var variable = -1
            if field.form == .field {
                variable = variables[key] ?? variables.count
                variables[key] = variable
            }
            names.append(key)
            lines.append(field)
            specs.append(
                Spec(
                    kind: field.kind, number: field.number, amount: amount, condition: Int32(condition), variable: Int32(variable),
                    end: Int32(specs.count + 1), isMarked: false))
        }
        guard open.isEmpty else { throw ImageryError(.misuse, name, "the table lacks \(open.count) of its ends") }
        self.specs = specs
        self.names = names
        self.nodes = nodes
        entryVariables = Set(nodes.compactMap { if case .entry(let variable) = $0 { Int32(variable) } else { nil } })
        self.lines = lines
        variableCount = variables.count
        self.indexes = indexes
        self.variables = variables
        (self.name, self.standard) = (name, standard)
        self.blankIsZero = blankIsZero
    }

    /// The last line of that name; nil when the header has no such field.
    func index(_ name: String) -> Int? { indexes[name] }

    /// Which variable a name is; nil for none.
    func variable(_ name: String) -> Int? { variables[name] }

    func kind(_ name: String) -> Kind? { index(name).map { specs[$0].kind } }

    /// The name of a variable.
    func name(ofVariable variable: Int) -> String? {
        specs.firstIndex { $0.variable == variable }.map { names[$0] }
    }

    /// The first variable in an amount; nil when it is made of none.
    func firstVariable(_ amount: Amount) -> Int? {
        switch amount {
        case .constant: nil
        case .variable(let variable): variable
        case .expression(let root): firstVariable(root)
        }
    }

    private func firstVariable(_ node: Int) -> Int? {
        switch nodes[node] {
        case .variable(let variable), .entry(let variable): variable
        case .binary(_, let left, let right): firstVariable(left) ?? firstVariable(right)
        case .not(let inner): firstVariable(inner)
        case .constant, .text, .size, .remaining, .version: nil
        }
    }

    /// The field that says how long an area of extensions is.
    func lengthField(of area: String) -> String? {
        index(area).flatMap { firstVariable(specs[$0].amount) }.flatMap { name(ofVariable: $0) }
    }
}
