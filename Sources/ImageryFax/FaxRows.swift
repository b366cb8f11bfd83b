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
    /// Columns at which the color of the line that was decoded last changes: white to black at even places, back at odd ones;
    /// behind them the number of columns, three times. Runs of no pixels are kept: the field's reference decoder counts their
    /// ends as changes.
    private(set) var changes: [Int]
    /// Which of them is the end of the line.
    private var end = 0

    /// A run led outside of its line, or a line broke off. What is there of a line is kept.
    private(set) var isDamaged = false
    /// Zeros stood where a code of T.6 should begin: nothing behind them is a line.
    private var hasEnded = false

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
        /// The data end within a line, whose beginning is kept.
        case cut
        /// No line can begin with these bits.
        case broken
        /// Uncompressed mode (T.6 2.3), which is not supported: the line keeps its color from there on.
        case uncompressed
    }

    /// How the codes of a line ended.
    private enum LineEnd {
        case whole
        /// A run or change leads outside of the line; its code is taken.
        case outside
        /// The bits are no code.
        case noCode
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
            outcome = bits.isAtEnd ? .missing : modifiedHuffman(&bits, &line)
        case .group3(let isTwoDimensional): outcome = group3(&bits, &line, hasTags: isTwoDimensional)
        case .group4: outcome = bits.isAtEnd ? .missing : group4(&bits, &line)
        }
        position = bits.position
        if outcome == .line || outcome == .cut || outcome == .uncompressed {
            end = line.last == columns ? line.count - 1 : line.count
            line.append(columns)
            line.append(columns)
            line.append(columns)
            changes = line
        }
        return outcome
    }

    /// The rest of a line is white from `start` on, where pass modes may have led: a run of black that would come next has no pixels.
    private static func whiten(_ line: inout [Int], from start: Int = 0) {
        if start > line.last ?? 0 { line.append(start) }
        if line.count % 2 == 1, let last = line.last { line.append(last) }
    }

    private mutating func modifiedHuffman(_ bits: inout FaxBits, _ line: inout [Int]) -> Outcome {
        guard oneDimensional(&bits, &line) == .noCode else { return .line }
        Self.whiten(&line)
        isDamaged = true
        // What is no code begins with eight zeros.
        guard !bits.isAtEnd(behind: 8) else { return .cut }
        // The next line begins where this one broke off, behind an EOL code that does not belong here.
        if bits.peek(11) == 0 { bits.position += 11 }
        return .line
    }

    /// A line of T.4: when a code means nothing, what is there of it, up to the next EOL code.
    private mutating func group3(_ bits: inout FaxBits, _ line: inout [Int], hasTags: Bool) -> Outcome {
        let end: LineEnd
        switch beginLine(&bits, hasTags: hasTags) {
        case .oneDimensional:
            end = oneDimensional(&bits, &line)
            if end == .noCode { Self.whiten(&line) }
        case .twoDimensional: end = twoDimensional(&bits, &line)
        case .end: return .end
        case .missing: return .missing
        }
        switch end {
        case .whole: return .line
        case .uncompressed: return .uncompressed
        case .outside where !hasCodes: return .line
        case .outside, .noCode:
            isDamaged = true
            while !bits.isAtEnd, bits.peek(11) != 0 { bits.position += 1 }
            return bits.isAtEnd ? .cut : .line
        }
    }

    /// A line of T.6. EOFB is two EOL codes; one says it already, and so do the seven zeros that begin no other code.
    private mutating func group4(_ bits: inout FaxBits, _ line: inout [Int]) -> Outcome {
        if bits.peek(7) == 0 || hasEnded {
            if hasEnded || position > 0 || bits.peek(12) == 1 { return bits.isAtEnd(behind: 12) ? .missing : .end }
            return .broken
        }
        switch twoDimensional(&bits, &line) {
        case .whole: return .line
        case .uncompressed: return .uncompressed
        case .outside: return .line
        case .noCode:
            isDamaged = true
            hasEnded = true
            guard bits.isAtEnd(behind: 7) else { return .line }
            Self.whiten(&line)
            return .cut
        }
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

    /// Takes an EOL code with its fill bits, if one is there (T.4 4.1.2, 4.1.3); several in a row are the end (4.1.4). When lines
    /// have them, what stands before the next one belongs to no line.
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

    /// T.4 4.1.1: runs of white and black in turn. A run that leads beyond the line is left out, as are all behind it.
    private mutating func oneDimensional(_ bits: inout FaxBits, _ line: inout [Int]) -> LineEnd {
        var column = 0
        var isBlack = false
        while column < columns {
            guard let run = run(&bits, isBlack, room: columns - column) else { return .noCode }
            guard run <= columns - column else { return outside(&line) }
            column += run
            line.append(column)
            isBlack.toggle()
        }
        return .whole
    }

    private mutating func outside(_ line: inout [Int], from start: Int = 0) -> LineEnd {
        isDamaged = true
        Self.whiten(&line, from: start)
        return .outside
    }

    /// A run of a color: make-up codes and a terminating code, which some writers leave out where the line is full. Nil for what is no code.
    @inline(__always)
    private func run(_ bits: inout FaxBits, _ isBlack: Bool, room: Int) -> Int? {
        let table = isBlack ? Self.black : Self.white
        var total = 0
        while true {
            let entry = table.entries[bits.peek(CodeTable.lookupBits)]
            guard entry != 0, !bits.isAtEnd else { return total > 0 && total == room ? total : nil }
            bits.position &+= Int(entry & 15)
            let run = Int(entry &>> 4)
            // No overflow: 2,560 at most for each bit of the data.
            total &+= run
            if run < 64 { return total }
        }
    }

    /// T.4 4.2.1.3, T.6 2.2.3: changes relative to those of the line above.
    private mutating func twoDimensional(_ bits: inout FaxBits, _ line: inout [Int]) -> LineEnd {
        // a0 and b1 of T.6 2.2.1; a0 begins before the first column.
        var start = -1
        var isBlack = false
        var above = 0
        while start < columns {
            // b1: the first change above behind a0 to the other color. Changes are sorted, and the last three are the end of the
            // line.
            // Before the line's own first change runs of no pixels are not passed over, as in libtiff.
            if !line.isEmpty { while changes[above] <= start && changes[above] < columns { above &+= 2 } }
            let (offset, length): (Int, Int)
            switch bits.peek(7) {
            case 64...: (offset, length) = (0, 1)
            case 48..<64: (offset, length) = (1, 3)
            case 32..<48: (offset, length) = (-1, 3)
            case 16..<32:
                bits.position += 3
                let room = columns - max(0, start)
                let first = run(&bits, isBlack, room: room)
                let second = first == nil ? nil : run(&bits, !isBlack, room: room - min(first ?? 0, room))
                guard let first, let second else {
                    if let first, first <= room { line.append(max(0, start) + first) }
                    Self.whiten(&line, from: first == nil ? start : 0)
                    return .noCode
                }
                guard first <= room else { return outside(&line) }
                let middle = max(0, start) + first
                line.append(middle)
                guard second <= room - first else { return outside(&line) }
                line.append(middle + second)
                start = middle + second
                continue
            case 8..<16:
                bits.position += 4
                // Behind the end of the line there is no b2.
                guard above <= end else { return outside(&line) }
                start = changes[above + 1]
                // In bounds: the last three changes are the end of the line, where it ends.
                above &+= 2
                continue
            case 6..<8: (offset, length) = (2, 6)
            case 4..<6: (offset, length) = (-2, 6)
            case 3: (offset, length) = (3, 7)
            case 2: (offset, length) = (-3, 7)
            case 1:
                bits.position += 7
                return .uncompressed
            default: return .noCode
            }
            bits.position += length
            let column = changes[above] + offset
            guard column <= columns else { return outside(&line) }
            guard column >= max(0, start) else { return outside(&line, from: start) }
            line.append(column)
            start = column
            isBlack.toggle()
            // The next change above to the other color may be the one before.
            above = above > 0 ? above - 1 : 1
        }
        return .whole
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
