// The headers of a key frame (RFC 6386 sections 9 and 19.2).

/// The bytes before the first partition.
struct FrameHeader {
    static let byteCount = 10
    let shape: WebPShape
    let firstPartition: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(WebPFailure) {
        guard bytes.count >= Self.byteCount else { throw .truncated }
        let word = unsafe littleEndian(bytes, 0, 3)
        // A key frame of the versions 0 to 3 that is shown.
        guard word & 1 == 0, word >> 1 & 7 <= 3, word >> 4 & 1 == 1, unsafe littleEndian(bytes, 3, 3) == 0x2A019D else {
            throw .badHeader
        }
        firstPartition = word >> 5
        // The two upper bits are a wish to enlarge.
        let columns = unsafe littleEndian(bytes, 6, 2) & 0x3FFF
        let rows = unsafe littleEndian(bytes, 8, 2) & 0x3FFF
        guard columns > 0, rows > 0 else { throw .badHeader }
        shape = WebPShape(columns: columns, rows: rows, hasAlpha: false, isLossless: false)
    }
}

/// Steps of the quantisers of a segment.
struct Quantisers {
    var luma: (dc: Int32, ac: Int32)
    var second: (dc: Int32, ac: Int32)
    var chroma: (dc: Int32, ac: Int32)
}

/// What the first partition says before its macroblocks.
struct FrameParameters {
    /// Probabilities of the segment's bits; nil when all macroblocks are in segment 0.
    private(set) var segmentTree: [UInt8]?
    private(set) var quantisers: [Quantisers] = []
    private(set) var isSimpleFilter = false
    /// Filter level by segment, of macroblocks with a mode for all and of those with modes for each block. All 0 without a filter.
    private(set) var filterLevels: [(whole: Int, blocks: Int)] = []
    private(set) var sharpness = 0
    private(set) var partitions = 1
    private(set) var tokens = TokenProbabilities.start
    /// How likely a macroblock has coefficients; nil when all may.
    private(set) var skipProbability: UInt8?

    init(_ decoder: inout BoolDecoder) {
        // Colour space and clamping; what a decoder makes of clamped samples is the same.
        _ = decoder.literal(2)
        var isAbsolute = false
        var steps = [0, 0, 0, 0]
        var levels = [0, 0, 0, 0]
        if decoder.flag() {
            let hasMap = decoder.flag()
            if decoder.flag() {
                isAbsolute = decoder.flag()
                for index in 0..<4 { steps[index] = decoder.optional(7) ?? 0 }
                for index in 0..<4 { levels[index] = decoder.optional(6) ?? 0 }
            }
            if hasMap { segmentTree = (0..<3).map { _ in decoder.flag() ? UInt8(decoder.literal(8)) : 255 } }
        }
        isSimpleFilter = decoder.flag()
        let level = decoder.literal(6)
        sharpness = decoder.literal(3)
        var deltas = (reference: 0, mode: 0)
        if decoder.flag(), decoder.flag() {
            let told = (0..<8).map { _ in decoder.optional(6) ?? 0 }
            // A key frame has only the first reference, and of the modes only the first is one of blocks.
            deltas = (told[0], told[4])
        }
        filterLevels = levels.map { own in
            guard level > 0 else { return (0, 0) }
            let base = min(63, max(0, isAbsolute ? own : level + own))
            return (min(63, max(0, base + deltas.reference)), min(63, max(0, base + deltas.reference + deltas.mode)))
        }
        partitions = 1 << decoder.literal(2)
        let base = decoder.literal(7)
        let offsets = (0..<5).map { _ in decoder.optional(4) ?? 0 }
        quantisers = steps.map { own in Self.quantisers(isAbsolute ? own : base + own, offsets) }
        // Whether the probabilities are kept for later frames.
        _ = decoder.flag()
        for index in 0..<TokenProbabilities.count where decoder.bit(TokenProbabilities.update[index]) {
            tokens[index] = UInt8(decoder.literal(8))
        }
        if decoder.flag() { skipProbability = UInt8(decoder.literal(8)) }
    }

    /// Section 14.1; `offsets` are those of luma's DC, the second order's DC and AC, chroma's DC and AC.
    private static func quantisers(_ index: Int, _ offsets: [Int]) -> Quantisers {
        func step(_ table: [Int32], _ offset: Int, atMost limit: Int = 127) -> Int32 { table[min(limit, max(0, index + offset))] }
        return Quantisers(
            luma: (step(QuantiserSteps.dc, offsets[0]), step(QuantiserSteps.ac, 0)),
            second: (2 * step(QuantiserSteps.dc, offsets[1]), max(8, step(QuantiserSteps.ac, offsets[2]) * 155 / 100)),
            chroma: (step(QuantiserSteps.dc, offsets[3], atMost: 117), step(QuantiserSteps.ac, offsets[4])))
    }
}
