// Lines of bi-level images (ITU-T T.4 4.1 and 4.2, T.6 2.2): from codes to the columns at which the color changes.

/// How lines are coded.
public enum FaxScheme: Hashable, Sendable {
    /// One-dimensional lines, each beginning on a multiple of `alignment` bits, without codes between them (TIFF 6.0 section 10).
    case modifiedHuffman(alignment: Int)
    /// T.4: one-dimensional lines, or both sorts told apart by a bit behind the EOL code.
    case group3(isTwoDimensional: Bool)
    /// T.6: two-dimensional lines only.
    case group4
}

/// Decodes line after line.
struct FaxRows {
    let columns: Int
    let scheme: FaxScheme
    /// The next bit of the data.
    private(set) var position = 0
    /// Columns at which the color of the line that was decoded last changes: white to black at even places, back at odd ones; behind them
    /// the number of columns, three times. Runs of no pixels are kept: the field's reference decoder counts their ends as changes.
    private(set) var changes: [Int]

    /// A run led beyond the end of its line, or a line broke off.
    private(set) var isDamaged = false

    /// Every line has an EOL code before it.
    private var hasCodes = false
    /// Lines have EOL codes, but the data do not begin with one.
    private(set) var beginsLate = false

    private static let white = CodeTable(.white)
    private static let black = CodeTable(.black)

    enum Outcome: Equatable {
        case line
        /// The code of the end stands before a line.
        case end
        /// The data end before a line.
        case missing
        /// A code means nothing, or leads outside of the line.
        case broken
        /// Uncompressed mode (T.6 2.3).
        case uncompressed
    }

    init(columns: Int, scheme: FaxScheme) {
        self.columns = columns
        self.scheme = scheme
        // The line above the first one is white.
        changes = [columns, columns, columns]
    }

    /// Decodes the next line.
    mutating func next(_ bytes: UnsafeRawBufferPointer, isReversed: Bool) -> Outcome {
        var bits = unsafe FaxBits(bytes, isReversed: isReversed, at: position)
        var line: [Int] = []
        line.reserveCapacity(changes.count + 8)
        let outcome: Outcome
        switch scheme {
        case .modifiedHuffman(let alignment):
            bits.align(to: alignment)
            outcome = bits.isAtEnd ? .missing : oneDimensional(&bits, &line)
        case .group3(let isTwoDimensional):
            outcome = group3(&bits, &line, hasTags: isTwoDimensional)
        case .group4:
            // EOFB is two EOL codes; one says it already.
            outcome = bits.isAtEnd ? .missing : bits.peek(12) == 1 ? .end : twoDimensional(&bits, &line)
        }
        position = bits.position
        if outcome == .line {
            line.append(columns)
            line.append(columns)
            line.append(columns)
            changes = line
        }
        return outcome
    }

    /// A line of T.4: when a code means nothing, what is there of it, up to the next EOL code.
    private mutating func group3(_ bits: inout FaxBits, _ line: inout [Int], hasTags: Bool) -> Outcome {
        let outcome: Outcome
        switch beginLine(&bits, hasTags: hasTags) {
        case .oneDimensional: outcome = oneDimensional(&bits, &line)
        case .twoDimensional: outcome = twoDimensional(&bits, &line)
        case .end: return .end
        case .missing: return .missing
        }
        guard outcome == .broken else { return outcome }
        while !bits.isAtEnd {
            if bits.peek(11) == 0 {
                isDamaged = true
                // The rest is white: a run of black that would come next has no pixels.
                if line.count % 2 == 1, let last = line.last { line.append(last) }
                return .line
            }
            bits.position += 1
        }
        return .broken
    }

    private enum LineStart { case oneDimensional, twoDimensional, end, missing }

    /// True when there are EOL codes besides those of the end.
    private static func hasCodes(_ bits: FaxBits, hasTags: Bool) -> Bool {
        var bits = bits
        while !bits.isAtEnd, bits.peek(11) != 0 { bits.position += 1 }
        guard bits.passZerosAndOne() else { return false }
        if hasTags { bits.position += 1 }
        return bits.peek(11) != 0
    }

    /// Takes an EOL code with its fill bits, if one is there (T.4 4.1.2, 4.1.3); several in a row are the end (4.1.4). When lines have them,
    /// what stands before the next one belongs to no line.
    private mutating func beginLine(_ bits: inout FaxBits, hasTags: Bool) -> LineStart {
        if position == 0 {
            hasCodes = Self.hasCodes(bits, hasTags: hasTags)
            beginsLate = hasCodes && bits.peek(11) != 0
        }
        while hasCodes, !bits.isAtEnd, bits.peek(11) != 0 { bits.position += 1 }
        var start = LineStart.oneDimensional
        var count = 0
        while !bits.isAtEnd, bits.peek(11) == 0, bits.passZerosAndOne() {
            if hasTags { start = bits.bit() == 1 ? .oneDimensional : .twoDimensional }
            count += 1
        }
        return count > 1 ? .end : bits.isAtEnd ? .missing : start
    }

    /// T.4 4.1.1: runs of white and black in turn.
    private mutating func oneDimensional(_ bits: inout FaxBits, _ line: inout [Int]) -> Outcome {
        var column = 0
        var isBlack = false
        while column < columns {
            guard let run = run(&bits, isBlack, room: columns - column) else { return .broken }
            column += run
            line.append(column)
            isBlack.toggle()
        }
        return .line
    }

    /// A run of a color: make-up codes and a terminating code, which some writers leave out at the end of a line. A run beyond the line
    /// ends there. Nil for what is no code.
    @inline(__always)
    private mutating func run(_ bits: inout FaxBits, _ isBlack: Bool, room: Int) -> Int? {
        let table = isBlack ? Self.black : Self.white
        var total = 0
        while true {
            let entry = table.entries[bits.peek(CodeTable.lookupBits)]
            guard entry != 0, !bits.isAtEnd else { return total > 0 && total == room ? total : nil }
            bits.position &+= Int(entry & 15)
            let run = Int(entry &>> 4)
            total &+= run
            if run < 64 {
                if total > room { isDamaged = true }
                return min(total, room)
            }
        }
    }

    /// T.4 4.2.1.3, T.6 2.2.3: changes relative to those of the line above.
    private mutating func twoDimensional(_ bits: inout FaxBits, _ line: inout [Int]) -> Outcome {
        // a0 and b1 of T.6 2.2.1; a0 begins before the first column.
        var start = -1
        var isBlack = false
        var above = 0
        while start < columns {
            // b1: the first change above behind a0 to the other color. Changes are sorted, and the last three are the end of the line.
            while changes[above] <= start && changes[above] < columns { above &+= 2 }
            let (offset, length): (Int, Int)
            switch bits.peek(7) {
            case 64...: (offset, length) = (0, 1)
            case 48..<64: (offset, length) = (1, 3)
            case 32..<48: (offset, length) = (-1, 3)
            case 16..<32:
                bits.position += 3
                let room = columns - max(0, start)
                guard let first = run(&bits, isBlack, room: room), let second = run(&bits, !isBlack, room: room - first) else {
                    return .broken
                }
                let middle = max(0, start) + first
                line.append(middle)
                line.append(middle + second)
                start = middle + second
                continue
            case 8..<16:
                bits.position += 4
                start = changes[above + 1]
                continue
            case 6..<8: (offset, length) = (2, 6)
            case 4..<6: (offset, length) = (-2, 6)
            case 3: (offset, length) = (3, 7)
            case 2: (offset, length) = (-3, 7)
            case 1: return .uncompressed
            default: return .broken
            }
            bits.position += length
            let column = changes[above] + offset
            guard column >= max(0, start), column <= columns else { return .broken }
            line.append(column)
            start = column
            isBlack.toggle()
            // The next change above to the other color may be the one before.
            above = above > 0 ? above - 1 : 1
        }
        return .line
    }
}

/// The codes of one color by the bits that come next.
struct CodeTable: Sendable {
    /// The longest code of black.
    static let lookupBits = 13
    /// For every 13 bits the run (from bit 4) and the length of its code; 0 for what begins with no code.
    let entries: [UInt16]

    init(_ codes: RunCodes) {
        var entries = [UInt16](repeating: 0, count: 1 << Self.lookupBits)
        for (index, code) in codes.codes.enumerated() {
            let length = Int(codes.lengths[index])
            let run = index < 64 ? index : (index - 63) * 64
            let first = Int(code) << (Self.lookupBits - length)
            for place in first..<first + 1 << (Self.lookupBits - length) { entries[place] = UInt16(run << 4 | length) }
        }
        self.entries = entries
    }
}
