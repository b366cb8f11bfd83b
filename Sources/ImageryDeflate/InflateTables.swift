// The alphabets of RFC 1951 3.2.5-3.2.7 and the memory of their tables.

/// What a dynamic block's header says about its alphabets, and how far its code lengths are read (RFC 1951 3.2.7).
struct AlphabetCounts {
    var literals = 0
    var distances = 0
    var codeLengths = 0
    var read = 0
}

/// The decoding tables and everything they are built from, in one piece of memory that lives as long as the decoder.
@safe
struct InflateTables: ~Copyable {
    let literal: UnsafeMutablePointer<UInt32>
    let distance: UnsafeMutablePointer<UInt32>
    let codeLength: UnsafeMutablePointer<UInt32>
    private let literalSymbols: UnsafeMutablePointer<UInt32>
    private let distanceSymbols: UnsafeMutablePointer<UInt32>
    private let codeLengthSymbols: UnsafeMutablePointer<UInt32>
    private let sorted: UnsafeMutablePointer<UInt16>
    /// Code lengths of the block being read: literals and lengths, then distances.
    let lengths: UnsafeMutablePointer<UInt8>
    let codeLengthLengths: UnsafeMutablePointer<UInt8>
    private let words: UnsafeMutablePointer<UInt32>
    private var holdsFixedCode = false

    /// All symbols of the fixed codes, with those that never occur (RFC 1951 3.2.6).
    static let literalSymbolCount = 288
    static let distanceSymbolCount = 32
    static let codeLengthSymbolCount = 19

    init() {
        let symbolWords = Self.literalSymbolCount + Self.distanceSymbolCount + Self.codeLengthSymbolCount + 1
        let tableWords = TableSize.literals + TableSize.distances + TableSize.codeLengths
        let scratchWords = Self.literalSymbolCount / 2 + (Self.literalSymbolCount + Self.distanceSymbolCount + 20) / 4
        let count = tableWords + symbolWords + scratchWords
        unsafe words = .allocate(capacity: count)
        unsafe words.initialize(repeating: 0, count: count)
        unsafe literal = words
        unsafe distance = literal + TableSize.literals
        unsafe codeLength = distance + TableSize.distances
        unsafe literalSymbols = codeLength + TableSize.codeLengths
        unsafe distanceSymbols = literalSymbols + Self.literalSymbolCount
        unsafe codeLengthSymbols = distanceSymbols + Self.distanceSymbolCount
        let scratch = unsafe UnsafeMutableRawPointer(codeLengthSymbols + Self.codeLengthSymbolCount + 1)
        unsafe sorted = scratch.bindMemory(to: UInt16.self, capacity: Self.literalSymbolCount)
        let lengthBytes = unsafe scratch + Self.literalSymbolCount * 2
        unsafe lengths = lengthBytes.bindMemory(to: UInt8.self, capacity: Self.literalSymbolCount + Self.distanceSymbolCount + 20)
        unsafe codeLengthLengths = lengths + Self.literalSymbolCount + Self.distanceSymbolCount
        fillSymbols()
    }

    deinit { unsafe words.deallocate() }

    var anyAddress: UnsafeRawPointer { unsafe UnsafeRawPointer(words) }
    var anyMutableAddress: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(words) }

    /// The entries of `Entry`, without code lengths.
    private func fillSymbols() {
        for byte in 0..<256 { unsafe literalSymbols[byte] = Entry.literal | UInt32(byte) << 16 }
        unsafe literalSymbols[256] = Entry.exceptional | Entry.endOfBlock
        // 257-264 are lengths 3-10; from there groups of four with one extra bit more each; 285 is 258 without extra bits.
        var base: UInt32 = 3
        for symbol in 257..<285 {
            let extra = symbol < 265 ? 0 : UInt32(symbol - 261) / 4
            unsafe literalSymbols[symbol] = base << 16 | extra
            base += 1 << extra
        }
        unsafe literalSymbols[285] = 258 << 16
        unsafe literalSymbols[286] = Entry.exceptional
        unsafe literalSymbols[287] = Entry.exceptional
        // 0-3 are distances 1-4; from there pairs with one extra bit more each.
        base = 1
        for symbol in 0..<30 {
            let extra = symbol < 4 ? 0 : UInt32(symbol - 2) / 2
            unsafe distanceSymbols[symbol] = base << 16 | extra
            base += 1 << extra
        }
        unsafe distanceSymbols[30] = Entry.exceptional
        unsafe distanceSymbols[31] = Entry.exceptional
        for symbol in 0..<Self.codeLengthSymbolCount { unsafe codeLengthSymbols[symbol] = UInt32(symbol) << 16 }
    }

    /// The fixed codes (RFC 1951 3.2.6).
    mutating func useFixedCode() {
        guard !holdsFixedCode else { return }
        for symbol in 0..<Self.literalSymbolCount {
            unsafe lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
        }
        for symbol in 0..<Self.distanceSymbolCount { unsafe lengths[Self.literalSymbolCount + symbol] = 5 }
        _ = buildCodes(literals: Self.literalSymbolCount, distances: Self.distanceSymbolCount)
        holdsFixedCode = true
    }

    /// The code of the code lengths (RFC 1951 3.2.7). One without symbols is of no use, as no length could be read with it.
    func buildCodeLengthCode() -> Bool {
        var all: UInt8 = 0
        for symbol in 0..<Self.codeLengthSymbolCount { all |= unsafe codeLengthLengths[symbol] }
        return unsafe all != 0
            && buildTable(
                codeLength, rootBits: TableSize.codeLengthBits, lengths: codeLengthLengths, count: Self.codeLengthSymbolCount,
                symbols: codeLengthSymbols, sorted: sorted)
    }

    /// The two codes of a block from `lengths`.
    mutating func buildCodes(literals: Int, distances: Int) -> Bool {
        holdsFixedCode = false
        // A block that could not end is refused at once.
        guard unsafe lengths[256] != 0 else { return false }
        return unsafe buildTable(
            literal, rootBits: TableSize.literalBits, lengths: lengths, count: literals, symbols: literalSymbols, sorted: sorted)
            && buildTable(
                distance, rootBits: TableSize.distanceBits, lengths: lengths + literals, count: distances, symbols: distanceSymbols,
                sorted: sorted)
    }
}
