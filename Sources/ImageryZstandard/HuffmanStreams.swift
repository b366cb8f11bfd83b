// Literals out of one or four bit streams (RFC 8878 sections 3.1.1.3.1.6 and 4.2.2).

extension HuffmanTable {
    /// Fills `output` from one stream. Throws kind `badBits` unless the stream ends with it.
    func decode(_ stream: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(ZstandardFailure) {
        guard var bits = unsafe BackwardBits(stream), let base = output.baseAddress else { throw .badBits }
        try unsafe finish(&bits, from: base, to: base + output.count)
    }

    /// Fills `output` from four streams behind a table of the sizes of three.
    func decodeFour(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(ZstandardFailure) {
        guard input.count >= 10, output.count >= 6, let base = output.baseAddress else { throw .badLiterals }
        let quarter = (output.count + 3) / 4
        guard 3 * quarter <= output.count else { throw .badLiterals }
        var places: [Range<Int>] = []
        var position = 6
        for index in 0..<3 {
            let size = unsafe Int(littleEndian(input, at: 2 * index, count: 2))
            guard size <= input.count - position else { throw .badLiterals }
            places.append(position..<position + size)
            position += size
        }
        places.append(position..<input.count)
        var cursors: [Cursor] = []
        for (index, place) in places.enumerated() {
            let stream = unsafe UnsafeRawBufferPointer(rebasing: input[place])
            let start = unsafe base + index * quarter
            let end = unsafe index < 3 ? start + quarter : base + output.count
            guard let cursor = unsafe Cursor(stream, output: start, end: end) else { throw .badBits }
            cursors.append(cursor)
        }
        if places.allSatisfy({ $0.count >= 8 }) { runTogether(&cursors) }
        for cursor in cursors {
            var bits = cursor.rest
            try unsafe finish(&bits, from: cursor.output, to: cursor.end)
        }
    }

    /// Where one of four streams is.
    @safe
    private struct Cursor {
        /// What is to be read next, and the first byte of the stream.
        var input: UnsafeRawPointer
        let start: UnsafeRawPointer
        /// Bits of the eight bytes at `input` that were read.
        var used: UInt64
        var output: UnsafeMutableRawPointer
        let end: UnsafeMutableRawPointer
        private let short: BackwardBits

        init?(_ stream: UnsafeRawBufferPointer, output: UnsafeMutableRawPointer, end: UnsafeMutableRawPointer) {
            guard let bits = unsafe BackwardBits(stream), let base = stream.baseAddress, let last = unsafe stream.last else {
                return nil
            }
            unsafe start = base
            unsafe input = base + max(0, stream.count - 8)
            used = UInt64(last.leadingZeroBitCount) + 1
            isShort = stream.count < 8
            short = bits
            unsafe self.output = output
            unsafe self.end = end
        }

        private let isShort: Bool

        /// The rest of the stream.
        var rest: BackwardBits {
            isShort ? short : unsafe BackwardBits(start: start, pointer: input, used: used)
        }
    }

    /// Decodes five symbols of each stream at a time while all have room; each stream has at least eight bytes.
    ///
    /// A word's lowest bit is set as a mark: its place tells how many bits were read. Five codes take 55 bits, seven more may have been read before, so the mark is never
    /// taken for a bit of a code.
    private func runTogether(_ cursors: inout [Cursor]) {
        let table = unsafe UnsafePointer(entries)
        var (a, b, c, d) = (cursors[0], cursors[1], cursors[2], cursors[3])
        var words = unsafe (mark(a.input, a.used), mark(b.input, b.used), mark(c.input, c.used), mark(d.input, d.used))
        while true {
            // A turn takes at most seven bytes of a stream and writes five.
            let turns = unsafe min(
                min(min(a.input - a.start, b.input - b.start), min(c.input - c.start, d.input - d.start)) / 7,
                min(min(a.end - a.output, b.end - b.output), min(c.end - c.output, d.end - d.output)) / 5)
            if turns <= 0 { break }
            for _ in 0..<turns {
                for place in 0..<5 {
                    unsafe Self.step(&words.0, table, a.output + place)
                    unsafe Self.step(&words.1, table, b.output + place)
                    unsafe Self.step(&words.2, table, c.output + place)
                    unsafe Self.step(&words.3, table, d.output + place)
                }
                unsafe refill(&words.0, &a.input)
                unsafe refill(&words.1, &b.input)
                unsafe refill(&words.2, &c.input)
                unsafe refill(&words.3, &d.input)
                unsafe a.output += 5
                unsafe b.output += 5
                unsafe c.output += 5
                unsafe d.output += 5
            }
        }
        a.used = UInt64(words.0.trailingZeroBitCount)
        b.used = UInt64(words.1.trailingZeroBitCount)
        c.used = UInt64(words.2.trailingZeroBitCount)
        d.used = UInt64(words.3.trailingZeroBitCount)
        cursors = [a, b, c, d]
    }

    @inline(__always)
    private func mark(_ input: UnsafeRawPointer, _ used: UInt64) -> UInt64 {
        unsafe (input.loadUnaligned(as: UInt64.self).littleEndian | 1) &<< used
    }

    @inline(__always)
    private static func step(_ word: inout UInt64, _ table: UnsafePointer<UInt16>, _ output: UnsafeMutableRawPointer) {
        let entry = unsafe table[Int(truncatingIfNeeded: word &>> UInt64(64 - Bound.codeBits))]
        // Only the low six bits of the entry count: the bits of the code.
        word = word &<< UInt64(truncatingIfNeeded: entry)
        unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry &>> 8), as: UInt8.self)
    }

    @inline(__always)
    private func refill(_ word: inout UInt64, _ input: inout UnsafeRawPointer) {
        let used = UInt64(truncatingIfNeeded: word.trailingZeroBitCount)
        unsafe input -= Int(truncatingIfNeeded: used &>> 3)
        word = unsafe mark(input, used & 7)
    }

    /// Decodes up to `end`, which must be where the stream ends.
    private func finish(
        _ bits: inout BackwardBits, from start: UnsafeMutableRawPointer, to end: UnsafeMutableRawPointer
    ) throws(ZstandardFailure) {
        let table = unsafe UnsafePointer(entries)
        var output = unsafe start
        while unsafe output < end {
            bits.reload()
            guard !bits.isExhausted else { throw .badBits }
            // Five codes take at most 55 bits.
            for _ in unsafe 0..<min(5, end - output) {
                let entry = unsafe table[Int(truncatingIfNeeded: bits.peek(UInt64(Bound.codeBits)))]
                bits.skip(UInt64(entry & 0xFF))
                unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry >> 8), as: UInt8.self)
                unsafe output += 1
            }
        }
        bits.reload()
        guard bits.isFinished else { throw .badBits }
    }
}
