import ImageryDeflate
import TestSupport
import Testing

/// Bits in deflate's order: fields from the lowest bit up, Huffman codes from their first bit on (RFC 1951 3.1.1).
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var used = 8

    mutating func field(_ value: Int, _ width: Int) {
        for bit in 0..<width { append(value >> bit & 1) }
    }

    mutating func code(_ text: String) {
        for character in text where character != " " { append(character == "1" ? 1 : 0) }
    }

    private mutating func append(_ bit: Int) {
        if used == 8 {
            bytes.append(0)
            used = 0
        }
        bytes[bytes.count - 1] |= UInt8(bit << used)
        used += 1
    }

    /// A final dynamic block's header with these code lengths for the code length symbols, given in symbol order (RFC 1951 3.2.7).
    mutating func dynamicHeader(literals: Int, distances: Int, codeLengthLengths: [Int: Int]) {
        field(1, 1)
        field(2, 2)
        field(literals - 257, 5)
        field(distances - 1, 5)
        field(19 - 4, 4)
        for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
            field(codeLengthLengths[symbol] ?? 0, 3)
        }
    }
}

/// Streams written by hand after the clauses named. zlib has to agree with every one of them.
@Suite struct HostileStreamTests {
    private func judge(
        _ stream: [UInt8], _ format: DeflateFormat = .raw, is failure: InflateFailure,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(decode(stream, format, capacity: 70000).outcome == .failed(failure), sourceLocation: sourceLocation)
        #expect(
            decode(stream, format, capacity: 70000, inputPiece: { 1 }).outcome == .failed(failure), sourceLocation: sourceLocation)
        #expect(Zlib.inflate(stream, format, capacity: 70000).isRefused, sourceLocation: sourceLocation)
    }

    private func judge(
        _ stream: [UInt8], _ format: DeflateFormat = .raw, bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let result = decode(stream, format, capacity: bytes.count)
        #expect(result.outcome == .finished && result.bytes == bytes, sourceLocation: sourceLocation)
        let byBytes = decode(stream, format, capacity: bytes.count, inputPiece: { 1 }, outputPiece: { 1 })
        #expect(byBytes.outcome == .finished && byBytes.bytes == bytes, sourceLocation: sourceLocation)
        let oracle = Zlib.inflate(stream, format, capacity: bytes.count)
        #expect(oracle.isFinished && oracle.bytes == bytes, sourceLocation: sourceLocation)
    }

    @Test func zlibHeaders() {
        judge([0x78, 0x9d, 3, 0, 0, 0, 0, 1], .zlib, is: .badHeader)  // not a multiple of 31
        judge([0x79, 0x94, 3, 0, 0, 0, 0, 1], .zlib, is: .badHeader)  // method 9
        judge([0x88, 0x1c, 3, 0, 0, 0, 0, 1], .zlib, is: .badHeader)  // window of 64 KiB
        judge([0x78, 0xbb, 0, 0, 0, 1, 3, 0], .zlib, is: .presetDictionary)
        judge([0x78, 0x9c, 3, 0, 0, 0, 0, 1], .zlib, bytes: [])
    }

    @Test func gzipHeaders() {
        let rest: [UInt8] = [0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        judge([0x1f, 0x8c, 8, 0] + rest, .gzip, is: .badHeader)
        judge([0x1f, 0x8b, 7, 0] + rest, .gzip, is: .badHeader)
        judge([0x1f, 0x8b, 8, 0x20] + rest, .gzip, is: .badHeader)
        judge([0x1f, 0x8b, 8, 0] + rest, .gzip, bytes: [])
        // FHCRC | FEXTRA | FNAME | FCOMMENT; the header's own CRC from Python: zlib.crc32(header) & 0xffff.
        let header: [UInt8] = [0x1f, 0x8b, 8, 0x1e, 1, 2, 3, 4, 0, 3, 2, 0, 0x61, 0x62, 0x6e, 0, 0x63, 0x64, 0]
        judge(header + [0x68, 0x56] + rest[6...], .gzip, bytes: [])
        judge(header + [0x69, 0x56] + rest[6...], .gzip, is: .badHeader)
    }

    @Test func blockTypeThree() { judge([0b111], is: .badBlockType) }

    @Test func storedLengthWithoutItsComplement() { judge([1, 3, 0, 0xfd, 0xff, 1, 2, 3], is: .badStoredLength) }

    @Test func emptyStoredBlocks() { judge([0, 0, 0, 0xff, 0xff, 1, 2, 0, 0xfd, 0xff, 8, 9], bytes: [8, 9]) }

    /// RFC 1951 3.2.6: 286, 287, 30 and 31 take part in the code but never occur.
    @Test func fixedSymbolsThatNeverOccur() {
        for code in ["1100 0110", "1100 0111"] {
            var writer = BitWriter()
            writer.field(0b011, 3)
            writer.code("0011 0000" + code)
            writer.field(0, 32)
            judge(writer.bytes, is: .badSymbol)
        }
        for code in ["11110", "11111"] {
            var writer = BitWriter()
            writer.field(0b011, 3)
            writer.code("0011 0000" + "0000001" + code)
            writer.field(0, 32)
            judge(writer.bytes, is: .badSymbol)
        }
    }

    @Test func distancesUpToTheFirstByteAndNotBefore() {
        for (distance, isGood) in [("00001", true), ("00010", false)] {
            var writer = BitWriter()
            writer.field(0b011, 3)
            // Literals 0 and 1, a match of length 3 at distance 2 or 3, end of block.
            writer.code("0011 0000" + "0011 0001" + "0000001" + distance + "0000000")
            if isGood { judge(writer.bytes, bytes: [0, 1, 0, 1, 0]) } else { judge(writer.bytes, is: .badDistance) }
        }
    }

    @Test func theLongestDistanceAndLength() {
        var random = SeededGenerator(11)
        let noise = random.bytes(32768)
        // A stored block that fills the window, then length 258 (symbol 285) at distance 32768 (symbol 29, 13 extra bits set).
        var stream: [UInt8] = [0, 0, 0x80, 0xff, 0x7f] + noise
        var writer = BitWriter()
        writer.field(0b011, 3)
        writer.code("1100 0101" + "11101" + "1111111111111" + "0000000")
        writer.field(0, 8)
        stream += writer.bytes
        let data = noise + noise[..<258]
        for size in [1, 300, 32768, 33000, 40000] {
            let result = decode(stream, .raw, capacity: data.count, outputPiece: { size })
            #expect(result.bytes == data && result.outcome == .finished)
        }
    }

    @Test func moreSymbolsThanThereAre() {
        for (literals, distances) in [(287, 1), (288, 1), (257, 31), (257, 32)] {
            var writer = BitWriter()
            writer.dynamicHeader(literals: literals, distances: distances, codeLengthLengths: [0: 1, 1: 1])
            writer.field(0, 400)
            judge(writer.bytes, is: .badCodeLengths)
        }
    }

    @Test func codeLengthCodesThatAreNone() {
        // Oversubscribed, incomplete, and without any symbol.
        for lengths in [[0: 1, 1: 1, 2: 1], [0: 2, 1: 1], [0: 1], [:]] as [[Int: Int]] {
            var writer = BitWriter()
            writer.dynamicHeader(literals: 257, distances: 1, codeLengthLengths: lengths)
            writer.field(0, 400)
            let result = decode(writer.bytes, .raw, capacity: 10)
            let oracle = Zlib.inflate(writer.bytes, .raw, capacity: 10)
            // A single code of one bit is accepted, but cannot give the end of block a length.
            #expect(result.outcome == .failed(.badCodeLengths))
            #expect(oracle.isRefused)
        }
    }

    @Test func repeatsWithoutABeginningOrAnEnd() {
        var first = BitWriter()
        first.dynamicHeader(literals: 257, distances: 1, codeLengthLengths: [16: 1, 0: 1])
        first.code("1")
        first.field(0, 40)
        judge(first.bytes, is: .badCodeLengths)
        var last = BitWriter()
        last.dynamicHeader(literals: 257, distances: 1, codeLengthLengths: [18: 1, 1: 1])
        // 138 + 121 zeros are one more than 258.
        last.code("1")
        last.field(127, 7)
        last.code("1")
        last.field(121 - 11, 7)
        last.field(0, 40)
        judge(last.bytes, is: .badCodeLengths)
    }

    /// Code lengths for symbols 0 ... 256 and the distances, written with code length symbols 0, 1, 2 and 18 of two bits each.
    private func block(literalLengths: [Int: Int], distanceLengths: [Int], then codes: String) -> [UInt8] {
        var writer = BitWriter()
        writer.dynamicHeader(literals: 258, distances: distanceLengths.count, codeLengthLengths: [0: 2, 1: 2, 2: 2, 18: 2])
        let codeOf = ["00", "01", "10"]
        var symbol = 0
        while symbol < 258 {
            let zeros = (symbol..<258).prefix { literalLengths[$0] == nil }.count
            if zeros >= 11 {
                writer.code("11")
                writer.field(min(zeros, 138) - 11, 7)
                symbol += min(zeros, 138)
            } else {
                writer.code(codeOf[literalLengths[symbol] ?? 0])
                symbol += 1
            }
        }
        for length in distanceLengths { writer.code(codeOf[length]) }
        writer.code(codes)
        writer.field(0, 16)
        return writer.bytes
    }

    @Test func codesWithoutEndOfBlock() {
        judge(block(literalLengths: [0: 1, 1: 1], distanceLengths: [1], then: "0"), is: .badCodeLengths)
    }

    @Test func incompleteAndOversubscribedLiteralCodes() {
        judge(block(literalLengths: [0: 2, 256: 2], distanceLengths: [1], then: "00"), is: .badCodeLengths)
        judge(block(literalLengths: [0: 1, 1: 1, 256: 2], distanceLengths: [1], then: "00"), is: .badCodeLengths)
        // Only the end of block, as one bit: nothing is decoded, and the other bit is no symbol.
        judge(block(literalLengths: [256: 1], distanceLengths: [0], then: "0"), bytes: [])
        judge(block(literalLengths: [256: 1], distanceLengths: [0], then: "1"), is: .badSymbol)
    }

    /// RFC 1951 3.2.7: one distance code of one bit; the other value of the bit is no distance.
    @Test func singleDistanceCode() {
        let lengths = [7: 2, 256: 2, 257: 1]
        // Codes: 257 is 0, 7 is 10, 256 is 11.
        judge(block(literalLengths: lengths, distanceLengths: [1], then: "10 0 0 11"), bytes: [7, 7, 7, 7])
        judge(block(literalLengths: lengths, distanceLengths: [1], then: "10 0 1 11"), is: .badSymbol)
        judge(block(literalLengths: lengths, distanceLengths: [2], then: "10 0 00 11"), is: .badCodeLengths)
        judge(block(literalLengths: lengths, distanceLengths: [1, 1, 1], then: "10 0 0 11"), is: .badCodeLengths)
        // No distance code at all is good as long as no match uses it.
        judge(block(literalLengths: lengths, distanceLengths: [0], then: "10 11"), bytes: [7])
        judge(block(literalLengths: lengths, distanceLengths: [0], then: "10 0 0 11"), is: .badSymbol)
    }

    /// Damaged streams: what zlib accepts gives the same bytes, what it refuses is refused, and nothing traps.
    @Test func damagedStreamsEndAsInZlib() {
        var random = SeededGenerator(12)
        for round in 0..<1500 {
            let shape = DataShape.allCases[round % DataShape.allCases.count]
            let data = shape.bytes(Int.random(in: 1...900, using: &random), &random)
            let strategy = Zlib.strategies[Int.random(in: 0..<Zlib.strategies.count, using: &random)]
            let format: DeflateFormat = [.raw, .raw, .zlib, .gzip][round % 4]
            var stream = Zlib.deflate(data, format, level: 9, strategy: strategy)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                // Mostly near the start, where the block headers are.
                let reach = Bool.random(using: &random) ? min(stream.count, 40) : stream.count
                stream[Int.random(in: 0..<reach, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            let capacity = 4000
            let oracle = Zlib.inflate(stream, format, capacity: capacity)
            let result = decode(stream, format, capacity: capacity + 1)
            let common = min(oracle.bytes.count, result.bytes.count)
            #expect(result.bytes[..<common] == oracle.bytes[..<common])
            #expect((result.outcome == .finished) == oracle.isFinished)
            if oracle.isFinished { #expect(result.bytes == oracle.bytes && result.consumed == oracle.consumed) }
            if case .failed = result.outcome { #expect(oracle.isRefused) }
            if oracle.isRefused { #expect(result.outcome != .outputFull || oracle.bytes.count > capacity) }
            let pieces = decode(
                stream, format, capacity: capacity + 1, inputPiece: { Int.random(in: 1...9, using: &random) },
                outputPiece: { Int.random(in: 1...300, using: &random) })
            #expect(pieces.bytes == result.bytes && pieces.outcome == result.outcome)
        }
    }
}
