// Widths, counts and conditions of a table of fields.

/// What a width, a count or a condition is made of. The nodes of a table's expressions lie in one array.
enum FieldExpression: Sendable {
    enum Operation: Sendable {
        case add, subtract, multiply, divide, mask
        case equal, unequal, less, lessOrEqual, greater, greaterOrEqual
        case both, either
    }

    case constant(Int)
    /// The latest value of a name: an index into the table's variables.
    case variable(Int)
    /// Of all values of a name that of the entry which is read in the outermost group: its first, second, ... one.
    case entry(Int)
    case text([UInt8])
    /// Bytes of the whole record.
    case size
    /// Bytes behind the fields that were read.
    case remaining
    /// The version of the segment to which the record belongs (DESVER).
    case version
    case binary(Operation, Int, Int)
    case not(Int)
}

/// Reads an expression: integers (also hexadecimal), 'text', names, `each(NAME)`, `* /`, `+ -`, `&`, comparisons, `not`, `and`, `or`, from the strongest to
/// the weakest, and parentheses.
struct FieldExpressionParser {
    private var rest: Substring.UTF8View
    private let variables: [String: Int]
    private var nodes: [FieldExpression]
    private var depth = 0

    private static let deepest = 32
    /// Characters of one expression: what bounds the depth of its tree.
    private static let longest = 1024

    /// Appends the nodes of `text` to `nodes`: the index of its root, or nil when it means nothing.
    static func parse(_ text: Substring, _ variables: [String: Int], into nodes: inout [FieldExpression]) -> Int? {
        guard text.utf8.count <= longest else { return nil }
        var parser = FieldExpressionParser(rest: text.utf8, variables: variables, nodes: nodes)
        guard let root = parser.either() else { return nil }
        parser.skipBlanks()
        guard parser.rest.isEmpty else { return nil }
        nodes = parser.nodes
        return root
    }

    private init(rest: Substring.UTF8View, variables: [String: Int], nodes: [FieldExpression]) {
        self.rest = rest
        self.variables = variables
        self.nodes = nodes
    }

    private mutating func add(_ node: FieldExpression) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    private mutating func skipBlanks() {
        while rest.first == 0x20 { rest.removeFirst() }
    }

    /// Takes `word` when it comes next; a word of letters must end there.
    private mutating func take(_ word: StaticString) -> Bool {
        skipBlanks()
        let wanted = Array(word.description.utf8)
        guard rest.starts(with: wanted) else { return false }
        let behind = rest.dropFirst(wanted.count)
        if Self.isNamed(wanted[0]), let next = behind.first, Self.isNamed(next) { return false }
        rest = behind
        return true
    }

    private static func isNamed(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
    }

    /// One operand after the other, joined from the left.
    private mutating func chain(
        _ operand: (inout Self) -> Int?, _ operations: [(StaticString, FieldExpression.Operation)]
    ) -> Int? {
        guard var left = operand(&self) else { return nil }
        while let (_, operation) = operations.first(where: { take($0.0) }) {
            guard let right = operand(&self) else { return nil }
            left = add(.binary(operation, left, right))
        }
        return left
    }

    private mutating func either() -> Int? { chain({ $0.both() }, [("or", .either)]) }
    private mutating func both() -> Int? { chain({ $0.negation() }, [("and", .both)]) }

    private mutating func negation() -> Int? {
        guard take("not") else { return comparison() }
        return comparison().map { add(.not($0)) }
    }

    private mutating func comparison() -> Int? {
        guard let left = masked() else { return nil }
        let signs: [(StaticString, FieldExpression.Operation)] = [
            ("!=", .unequal), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("==", .equal), ("=", .equal), ("<", .less),
            (">", .greater),
        ]
        guard let (_, operation) = signs.first(where: { take($0.0) }) else { return left }
        return masked().map { add(.binary(operation, left, $0)) }
    }

    private mutating func masked() -> Int? { chain({ $0.sum() }, [("&", .mask)]) }
    private mutating func sum() -> Int? { chain({ $0.product() }, [("+", .add), ("-", .subtract)]) }
    private mutating func product() -> Int? { chain({ $0.primary() }, [("*", .multiply), ("/", .divide)]) }

    /// `(NAME)` behind `each`.
    private mutating func value() -> Int? {
        guard take("("), let name = primary(), case .variable(let variable) = nodes[name], take(")") else { return nil }
        return add(.entry(variable))
    }

    private mutating func primary() -> Int? {
        if take("(") {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.deepest, let inner = either(), take(")") else { return nil }
            return inner
        }
        if take("'") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "'")) else { return nil }
            defer { rest = rest[rest.index(after: end)...] }
            return add(.text(Array(rest[..<end])))
        }
        skipBlanks()
        let word = String(Substring(rest.prefix { Self.isNamed($0) }))
        guard !word.isEmpty else { return nil }
        rest = rest.dropFirst(word.utf8.count)
        if word.hasPrefix("0x") { return Int(word.dropFirst(2), radix: 16).map { add(.constant($0)) } }
        if let number = Int(word) { return add(.constant(number)) }
        if let variable = variables[word] { return add(.variable(variable)) }
        if word == "each" { return value() }
        switch word {
        case "size": return add(.size)
        case "remaining": return add(.remaining)
        case "DESVER": return add(.version)
        default: return nil
        }
    }
}
