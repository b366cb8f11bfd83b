// Blocks to bits: the choice of their type, their codes and their items (RFC 1951 3.2.3-3.2.7).

/// Writes the blocks of one piece after the other.
@safe
struct BlockEncoder {
    /// Longest code of literals and lengths: one bit below what RFC 1951 3.2.7 allows, so that four literals fit between two flushes.
    private static let literalLimit = 14
    private static let distanceLimit = 15
    private static let codeLengthLimit = 7
    /// The most that one stored block holds (RFC 1951 3.2.4).
    static let storedLimit = 65535
    /// Type, padding and lengths of a stored block.
    private static let storedHeaderBits = 42

    /// The codes of one alphabet.
    @safe
    private struct Code {
        let lengths: UnsafeMutablePointer<UInt8>
        let codes: UnsafeMutablePointer<UInt16>
    }

    /// Bytes of memory that `init` takes: three codes of 288 symbols, two of 32, one of 32, counts of bytes, the items of a header, the merged lengths.
    static let byteCount = 3 * (3 * 288 + 2 * 32 + 32) + 4 * 260 + 4 * 288 + 2 * 320 + 4 * 32 + 4 * HuffmanCodeBuilder.scratchCount

    private let literalCode: Code
    private let distanceCode: Code
    private let fixedLiteralCode: Code
    private let fixedDistanceCode: Code
    private let codeLengthCode: Code
    /// For each match length its code with the extra bits behind it in the low 24 bits, their count above.
    private let lengthWords: UnsafeMutablePointer<UInt32>
    /// How often each byte occurs in a block, and the code of a block of nothing but literals.
    private let byteFrequencies: UnsafeMutablePointer<UInt32>
    private let byteCode: Code
    /// Symbols of the code length alphabet with their extra bits from bit 8 on.
    private let headerItems: UnsafeMutablePointer<UInt16>
    private let codeLengthFrequencies: UnsafeMutablePointer<UInt32>
    private let builder: HuffmanCodeBuilder
    private var headerCount = 0
    private var literalCount = 0
    private var distanceCount = 0
    private var codeLengthCount = 0

    var writer: BitWriter
    /// Bytes that will go into stored blocks, up to the next block of another type.
    private var storedStart: UnsafeRawPointer?

    /// `memory` has `byteCount` bytes and is aligned for words.
    init(memory: UnsafeMutableRawPointer, writer: BitWriter) {
        var next = unsafe memory
        func take<Word>(_ type: Word.Type, _ count: Int) -> UnsafeMutablePointer<Word> {
            let words = unsafe next.bindMemory(to: type, capacity: count)
            unsafe next += count * MemoryLayout<Word>.stride
            return unsafe words
        }
        unsafe lengthWords = take(UInt32.self, 260)
        unsafe codeLengthFrequencies = take(UInt32.self, 32)
        unsafe byteFrequencies = take(UInt32.self, 288)
        unsafe builder = HuffmanCodeBuilder(scratch: take(UInt32.self, HuffmanCodeBuilder.scratchCount))
        unsafe headerItems = take(UInt16.self, 320)
        let literalCodes = unsafe take(UInt16.self, 288)
        let distanceCodes = unsafe take(UInt16.self, 32)
        let fixedLiteralCodes = unsafe take(UInt16.self, 288)
        let fixedDistanceCodes = unsafe take(UInt16.self, 32)
        let codeLengthCodes = unsafe take(UInt16.self, 32)
        let byteCodes = unsafe take(UInt16.self, 288)
        unsafe literalCode = Code(lengths: take(UInt8.self, 288), codes: literalCodes)
        unsafe distanceCode = Code(lengths: take(UInt8.self, 32), codes: distanceCodes)
        unsafe fixedLiteralCode = Code(lengths: take(UInt8.self, 288), codes: fixedLiteralCodes)
        unsafe fixedDistanceCode = Code(lengths: take(UInt8.self, 32), codes: fixedDistanceCodes)
        unsafe byteCode = Code(lengths: take(UInt8.self, 288), codes: byteCodes)
        unsafe codeLengthCode = Code(lengths: take(UInt8.self, 32), codes: codeLengthCodes)
        self.writer = writer
        // RFC 1951 3.2.6.
        for symbol in 0..<288 {
            unsafe fixedLiteralCode.lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
        }
        unsafe fixedDistanceCode.lengths.update(repeating: 5, count: 32)
        unsafe HuffmanCodeBuilder.assignCodes(fixedLiteralCode.lengths, count: 288, codes: fixedLiteralCode.codes)
        unsafe HuffmanCodeBuilder.assignCodes(fixedDistanceCode.lengths, count: 32, codes: fixedDistanceCode.codes)
    }

    /// Forgets stored bytes and bits not yet written.
    mutating func reset(writer: BitWriter) {
        self.writer = writer
        unsafe storedStart = nil
    }

    // MARK: The choice

    /// Writes the block of `bytes`, of which `parser` knows the phrases and counts, in the type that takes the fewest bits.
    ///
    /// - Parameters:
    ///   - isOnly: whether the piece has no other block.
    ///   - endsPiece: whether it is the last of its piece; stored bytes do not wait beyond it.
    ///   - isFinal: whether it ends the stream.
    mutating func encode(
        _ bytes: UnsafeRawBufferPointer, _ parser: inout BlockParser, isOnly: Bool, endsPiece: Bool, isFinal: Bool
    ) {
        var extraBits = countSymbols(parser.statistics)
        buildCodes(parser.statistics)
        if parser.mayBeLiterals {
            // The headers are about the same: both have a code for nearly every byte.
            let itemBits = extraBits + Self.bits(parser.statistics, literalCode, distanceCode)
            if unsafe literalBits(bytes) < itemBits {
                unsafe parser.becomeLiterals(bytes.count, counts: byteFrequencies)
                extraBits = countSymbols(parser.statistics)
                buildCodes(parser.statistics)
            }
        }
        let statistics = parser.statistics
        let dynamicBits = prepareHeader() + extraBits + Self.bits(statistics, literalCode, distanceCode)
        let fixedBits = extraBits + Self.bits(statistics, fixedLiteralCode, fixedDistanceCode)
        // Beside stored neighbours a block must also be worth the header they take up again behind it: so incompressible data grow by no more
        // than one header for each 65535 bytes.
        let storedBits = 8 * bytes.count + (isOnly ? Self.storedHeaderBits - 3 : -Self.storedHeaderBits)
        if storedBits < min(dynamicBits, fixedBits) {
            unsafe storedStart = storedStart ?? bytes.baseAddress
        } else {
            unsafe flushStored(to: bytes.baseAddress, isFinal: false)
            let isFixed = fixedBits <= dynamicBits
            writer.put(UInt64(isFinal ? 1 : 0) | (isFixed ? 2 : 4), width: 3)
            if !isFixed { writeHeader() }
            unsafe writeItems(
                bytes, parser, isFixed ? fixedLiteralCode : literalCode, isFixed ? fixedDistanceCode : distanceCode)
        }
        if endsPiece { unsafe flushStored(to: bytes.baseAddress.map { unsafe $0 + bytes.count }, isFinal: isFinal) }
    }

    private func buildCodes(_ statistics: BlockStatistics) {
        unsafe builder.build(
            statistics.literals, count: Alphabet.literals, limit: Self.literalLimit, lengths: literalCode.lengths,
            codes: literalCode.codes)
        unsafe builder.build(
            statistics.distances, count: Alphabet.distances, limit: Self.distanceLimit, lengths: distanceCode.lengths,
            codes: distanceCode.codes)
    }

    /// The bits of the bytes as literals, which `byteFrequencies` then counts.
    private func literalBits(_ bytes: UnsafeRawBufferPointer) -> Int {
        unsafe byteFrequencies.update(repeating: 0, count: 288)
        for index in 0..<bytes.count { unsafe byteFrequencies[Int(bytes[index])] &+= 1 }
        unsafe byteFrequencies[Alphabet.endOfBlock] = 1
        unsafe builder.build(
            byteFrequencies, count: Alphabet.literals, limit: Self.literalLimit, lengths: byteCode.lengths, codes: byteCode.codes)
        var bits = 0
        for symbol in 0...Alphabet.endOfBlock { bits += unsafe Int(byteFrequencies[symbol]) * Int(byteCode.lengths[symbol]) }
        return bits
    }

    /// Turns counts of lengths into those of their symbols, counts the end of the block, and returns the extra bits of all matches.
    private func countSymbols(_ statistics: BlockStatistics) -> Int {
        var extraBits = 0
        for length in 3...MatchFinder.longest {
            let count = unsafe statistics.lengths[length]
            let symbol = Alphabet.symbol(ofLength: length)
            unsafe statistics.literals[symbol] &+= count
            extraBits += Int(count) * Alphabet.extraBits(ofLengthSymbol: symbol)
        }
        for symbol in 0..<Alphabet.distances {
            extraBits += unsafe Int(statistics.distances[symbol]) * Alphabet.extraBits(ofDistanceSymbol: symbol)
        }
        unsafe statistics.literals[Alphabet.endOfBlock] = 1
        return extraBits
    }

    /// The bits of all codes of a block.
    private static func bits(_ statistics: BlockStatistics, _ literalCode: Code, _ distanceCode: Code) -> Int {
        var bits = 0
        for symbol in 0..<Alphabet.literals {
            bits += unsafe Int(statistics.literals[symbol]) * Int(literalCode.lengths[symbol])
        }
        for symbol in 0..<Alphabet.distances {
            bits += unsafe Int(statistics.distances[symbol]) * Int(distanceCode.lengths[symbol])
        }
        return bits
    }

    // MARK: Stored blocks (3.2.4)

    /// Writes the bytes of `range` as the only block or blocks of a stream without compression.
    mutating func store(_ bytes: UnsafeRawBufferPointer, isFinal: Bool) {
        var start = 0
        repeat {
            let count = min(bytes.count - start, Self.storedLimit)
            let isLast = isFinal && start + count == bytes.count
            writer.put(isLast ? 1 : 0, width: 3)
            writer.alignToByte()
            writer.put(UInt64(count) | UInt64(~count & 0xffff) << 16, width: 32)
            writer.flush()
            unsafe writer.copy(UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
            start += count
        } while start < bytes.count
    }

    private mutating func flushStored(to end: UnsafeRawPointer?, isFinal: Bool) {
        guard let start = unsafe storedStart, let end = unsafe end else { return }
        unsafe store(UnsafeRawBufferPointer(start: start, count: end - start), isFinal: isFinal)
        unsafe storedStart = nil
    }

    // MARK: The codes of a block (3.2.7)

    private static let order: InlineArray<19, Int> = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// Codes the code lengths and returns the bits of the header without the block's type.
    private mutating func prepareHeader() -> Int {
        literalCount = Alphabet.literals
        while literalCount > 257, unsafe literalCode.lengths[literalCount - 1] == 0 { literalCount -= 1 }
        distanceCount = Alphabet.distances
        while distanceCount > 1, unsafe distanceCode.lengths[distanceCount - 1] == 0 { distanceCount -= 1 }
        unsafe codeLengthFrequencies.update(repeating: 0, count: 32)
        headerCount = 0
        let total = literalCount + distanceCount
        var position = 0
        while position < total {
            // Runs may go on from one alphabet to the next.
            let length = codeLength(position)
            var run = 1
            while position + run < total, codeLength(position + run) == length { run += 1 }
            position += run
            if length == 0 {
                while run >= 11 {
                    let part = min(run, 138)
                    addHeaderItem(18, extra: part - 11)
                    run -= part
                }
                if run >= 3 {
                    addHeaderItem(17, extra: run - 3)
                    run = 0
                }
            } else {
                addHeaderItem(length, extra: 0)
                run -= 1
                while run >= 3 {
                    let part = min(run, 6)
                    addHeaderItem(16, extra: part - 3)
                    run -= part
                }
            }
            for _ in 0..<run { addHeaderItem(length, extra: 0) }
        }
        unsafe builder.build(
            codeLengthFrequencies, count: 19, limit: Self.codeLengthLimit, lengths: codeLengthCode.lengths,
            codes: codeLengthCode.codes)
        codeLengthCount = 19
        while codeLengthCount > 4, unsafe codeLengthCode.lengths[Self.order[codeLengthCount - 1]] == 0 {
            codeLengthCount -= 1
        }
        var bits = 14 + 3 * codeLengthCount
        for symbol in 0..<19 {
            bits +=
                unsafe Int(codeLengthFrequencies[symbol])
                * (Int(codeLengthCode.lengths[symbol]) + Self.extraBits(ofCodeLength: symbol))
        }
        return bits
    }

    private func codeLength(_ index: Int) -> Int {
        unsafe Int(index < literalCount ? literalCode.lengths[index] : distanceCode.lengths[index - literalCount])
    }

    /// A block has at most 316 code lengths, so as many items.
    private mutating func addHeaderItem(_ symbol: Int, extra: Int) {
        unsafe headerItems[headerCount] = UInt16(truncatingIfNeeded: symbol | extra << 8)
        headerCount += 1
        unsafe codeLengthFrequencies[symbol] += 1
    }

    private static func extraBits(ofCodeLength symbol: Int) -> Int { symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7 }

    private mutating func writeHeader() {
        let counts = (literalCount - 257) | (distanceCount - 1) << 5 | (codeLengthCount - 4) << 10
        writer.put(UInt64(counts), width: 14)
        writer.flush()
        for index in 0..<codeLengthCount {
            unsafe writer.put(UInt64(codeLengthCode.lengths[Self.order[index]]), width: 3)
            writer.flush()
        }
        for index in 0..<headerCount {
            let item = unsafe Int(headerItems[index])
            let symbol = item & 0xff
            unsafe writer.put(UInt64(codeLengthCode.codes[symbol]), width: UInt64(codeLengthCode.lengths[symbol]))
            writer.put(UInt64(item >> 8), width: UInt64(Self.extraBits(ofCodeLength: symbol)))
            writer.flush()
        }
    }

    // MARK: Items (3.2.5)

    private mutating func writeItems(
        _ bytes: UnsafeRawBufferPointer, _ parser: BlockParser, _ literalCode: Code, _ distanceCode: Code
    ) {
        for length in 3...MatchFinder.longest {
            let symbol = Alphabet.symbol(ofLength: length)
            let extra = Alphabet.extraBits(ofLengthSymbol: symbol)
            let width = unsafe UInt32(literalCode.lengths[symbol])
            // The groups of lengths start at 3 + a multiple of their size, except 258, which has no extra bits.
            let value = extra == 0 ? 0 : UInt32(length - 3) & (1 << UInt32(extra) - 1)
            let word = unsafe UInt32(literalCode.codes[symbol]) | value << width
            unsafe lengthWords[length] = word | (width + UInt32(extra)) << 24
        }
        var writer = self.writer
        let lengthWords = unsafe self.lengthWords
        let (literalCodes, literalLengths) = unsafe (literalCode.codes, literalCode.lengths)
        let (distanceCodes, distanceLengths) = unsafe (distanceCode.codes, distanceCode.lengths)
        guard var input = bytes.baseAddress else { return }
        for index in 0..<parser.phraseCount {
            let phrase = unsafe parser.phrases[index]
            var literals = phrase.literals
            // Between two flushes: 7 bits left, four literals of 14 bits; or a length of 14 + 5 and a distance of 15 + 13.
            while literals >= 4 {
                let four = unsafe input.loadUnaligned(as: UInt32.self).littleEndian
                for shift: UInt32 in [0, 8, 16, 24] {
                    let byte = Int((four &>> shift) & 0xff)
                    unsafe writer.put(UInt64(literalCodes[byte]), width: UInt64(literalLengths[byte]))
                }
                writer.flush()
                unsafe input += 4
                literals &-= 4
            }
            while literals > 0 {
                let byte = unsafe Int(input.load(as: UInt8.self))
                unsafe writer.put(UInt64(literalCodes[byte]), width: UInt64(literalLengths[byte]))
                unsafe input += 1
                literals &-= 1
            }
            writer.flush()
            guard phrase.length > 0 else { continue }
            let length = unsafe UInt64(lengthWords[Int(phrase.length)])
            writer.put(length & 0xff_ffff, width: length >> 24)
            let distance = Int(phrase.distance)
            let symbol = Alphabet.symbol(ofDistance: distance)
            let extra = Alphabet.extraBits(ofDistanceSymbol: symbol)
            unsafe writer.put(UInt64(distanceCodes[symbol]), width: UInt64(distanceLengths[symbol]))
            // The groups of distances start at 1 + a multiple of their size.
            writer.put(UInt64(distance &- 1) & (1 &<< UInt64(extra) &- 1), width: UInt64(extra))
            writer.flush()
            unsafe input += Int(phrase.length)
        }
        let end = Alphabet.endOfBlock
        unsafe writer.put(UInt64(literalCodes[end]), width: UInt64(literalLengths[end]))
        writer.flush()
        self.writer = writer
    }
}
