// The sequences section, written (RFC 8878 section 3.1.1.3.2).

import ImageryPlumbing

/// Writes sequences sections and remembers the tables of the frame.
struct SequencesEncoder {
    /// One of the three parts of sequences, with the last distribution of the frame.
    struct Part {
        let numbers: SequencePart
        let predefined: Distribution
        var last: Distribution?

        init(_ numbers: SequencePart) {
            self.numbers = numbers
            predefined = Distribution(log: numbers.predefinedLog, points: numbers.predefined)
        }

        /// How the codes of these counts are told: the mode, its description, and the table.
        mutating func choose(_ counts: [Int], total: Int) -> (mode: UInt8, description: [UInt8], table: EncodingTable) {
            let highest = counts.lastIndex { $0 > 0 } ?? 0
            if counts[highest] == total, total > 2 {
                last = nil
                return (1, [UInt8(highest)], EncodingTable(only: highest))
            }
            let plain = Cost.ofSymbols(counts, by: predefined) ?? .max
            let again = last.flatMap { Cost.ofSymbols(counts, by: $0) } ?? .max
            var own = Int.max
            var made: (distribution: Distribution, description: [UInt8])?
            if counts.count(where: { $0 > 0 }) > 1 {
                let distribution = Distribution(counts, total: total, maxLog: numbers.maxLog)
                let description = distribution.description
                made = (distribution, description)
                own = Cost.ofSymbols(counts, by: distribution).map { $0 + 8 * Cost.bit * description.count } ?? .max
            }
            if let last, again <= min(plain, own) { return (3, [], EncodingTable(last)) }
            if plain <= own, plain < .max {
                last = predefined
                return (0, [], EncodingTable(predefined))
            }
            if let made {
                last = made.distribution
                return (2, made.description, EncodingTable(made.distribution))
            }
            last = nil
            return (1, [UInt8(highest)], EncodingTable(only: highest))
        }
    }

    private var literalsLengths = Part(.literalsLength)
    private var offsets = Part(.offset)
    private var matchLengths = Part(.matchLength)

    /// A frame begins without tables.
    mutating func forget() {
        literalsLengths.last = nil
        offsets.last = nil
        matchLengths.last = nil
    }

    /// Codes of short lengths; longer ones follow from their highest bit.
    private static let literalCodes = codes(of: .literalsLength, base: 0, count: 64)
    private static let matchCodes = codes(of: .matchLength, base: BlockParser.shortestMatch, count: 128)

    private static func codes(of part: SequencePart, base: Int, count: Int) -> [UInt8] {
        (0..<count).map { number in UInt8(part.baselines.lastIndex { $0 <= number + base } ?? 0) }
    }

    @inline(__always)
    private static func highestBit(_ number: UInt32) -> Int { 31 &- number.leadingZeroBitCount }

    /// Bytes that a sequence takes at most: its extra bits and those of three states.
    static let bytesPerSequence = 12

    /// Writes the section; returns its end. `codes` has room for three bytes a sequence, `output` for ``bytesPerSequence`` and 1024 more.
    mutating func encode(
        _ sequences: UnsafeBufferPointer<CodedSequence>, codes: UnsafeMutablePointer<UInt8>, into output: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        let count = sequences.count
        var header: [UInt8]
        switch count {
        case ..<128: header = [UInt8(count)]
        case ..<0x7F00: header = [UInt8(count >> 8 + 128), UInt8(count & 255)]
        default: header = [255] + littleEndianBytes(UInt64(count - 0x7F00), count: 2)
        }
        guard count > 0 else {
            unsafe output.storeBytes(of: 0, as: UInt8.self)
            return unsafe output + 1
        }
        // Codes of all sequences, and how often each occurs.
        var lengthCounts = [Int](repeating: 0, count: 36)
        var offsetCounts = [Int](repeating: 0, count: 32)
        var matchCounts = [Int](repeating: 0, count: 53)
        let (literalCodes, matchCodes) = (Self.literalCodes, Self.matchCodes)
        for index in 0..<count {
            let sequence = unsafe sequences[index]
            let literals = sequence.literalLength
            let match = sequence.matchLength
            let lengthCode = literals < 64 ? literalCodes[Int(literals)] : UInt8(Self.highestBit(literals) + 19)
            let matchCode = match < 128 ? matchCodes[Int(match)] : UInt8(Self.highestBit(match) + 36)
            let offsetCode = UInt8(Self.highestBit(sequence.offsetValue))
            lengthCounts[Int(lengthCode)] &+= 1
            offsetCounts[Int(offsetCode)] &+= 1
            matchCounts[Int(matchCode)] &+= 1
            unsafe codes[3 &* index] = lengthCode
            unsafe codes[3 &* index &+ 1] = offsetCode
            unsafe codes[3 &* index &+ 2] = matchCode
        }
        let lengths = literalsLengths.choose(lengthCounts, total: count)
        let offsets = offsets.choose(offsetCounts, total: count)
        let matches = matchLengths.choose(matchCounts, total: count)
        header.append(lengths.mode << 6 | offsets.mode << 4 | matches.mode << 2)
        header += lengths.description + offsets.description + matches.description
        unsafe output.copyMemory(from: header, byteCount: header.count)
        var writer = unsafe BitWriter(output: output + header.count)
        unsafe Self.write(sequences, codes, lengths.table, offsets.table, matches.table, &writer)
        return unsafe writer.output
    }

    /// The bit stream, from the last sequence to the first: a decoder reads it from its end.
    private static func write(
        _ sequences: UnsafeBufferPointer<CodedSequence>, _ codes: UnsafeMutablePointer<UInt8>, _ lengths: EncodingTable,
        _ offsets: EncodingTable, _ matches: EncodingTable, _ writer: inout BitWriter
    ) {
        let lengthBits = SequencePart.literalsLength.extraBits
        let matchBits = SequencePart.matchLength.extraBits
        var index = sequences.count - 1
        let code = unsafe codes + 3 * index
        var lengthState = unsafe lengths.start(Int(code[0]))
        var offsetState = unsafe offsets.start(Int(code[1]))
        var matchState = unsafe matches.start(Int(code[2]))
        while true {
            let sequence = unsafe sequences[index]
            let code = unsafe codes + 3 &* index
            // Extra bits are the low bits of the numbers, as all baselines are multiples of their range; matches count from three.
            let lengthWidth = unsafe UInt64(lengthBits[Int(code[0])])
            let matchWidth = unsafe UInt64(matchBits[Int(code[2])])
            let offsetWidth = unsafe UInt64(code[1])
            writer.put(UInt64(sequence.literalLength) & (1 &<< lengthWidth &- 1), width: lengthWidth)
            writer.put(UInt64(sequence.matchLength) & (1 &<< matchWidth &- 1), width: matchWidth)
            writer.flush()
            writer.put(UInt64(sequence.offsetValue) & (1 &<< offsetWidth &- 1), width: offsetWidth)
            writer.flush()
            if index == 0 { break }
            index &-= 1
            let before = unsafe codes + 3 &* index
            unsafe offsets.encode(Int(before[1]), &offsetState, &writer)
            unsafe matches.encode(Int(before[2]), &matchState, &writer)
            unsafe lengths.encode(Int(before[0]), &lengthState, &writer)
            writer.flush()
        }
        matches.finish(matchState, &writer)
        offsets.finish(offsetState, &writer)
        lengths.finish(lengthState, &writer)
        writer.finish()
    }
}
