// Codes of lengths and the distributions that need no description (RFC 8878 sections 3.1.1.3.2.1 and 3.1.1.3.2.2).

/// One of the three kinds of numbers that a sequence is made of.
struct SequencePart: Sendable {
    /// What a code stands for before its extra bits are added.
    let baselines: [UInt32]
    /// How many extra bits a code has.
    let extraBits: [UInt8]
    /// Largest accuracy log of a described table.
    let maxLog: Int
    /// The predefined distribution and its accuracy log; -1 stands for less than 1.
    let predefined: [Int16]
    let predefinedLog: Int

    /// Tables 14 and 16.
    static let literalsLength = SequencePart(
        baselines: [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048,
            4096, 8192, 16384, 32768, 65536,
        ],
        extraBits: [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
        ],
        maxLog: 9,
        predefined: [
            4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
        ],
        predefinedLog: 6)

    /// Tables 15 and 17.
    static let matchLength = SequencePart(
        baselines: [
            3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34,
            35,
            37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539,
        ],
        extraBits: [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3,
            4, 4,
            5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
        ],
        maxLog: 9,
        predefined: [
            1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1,
            1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
        ],
        predefinedLog: 6)

    /// Code n stands for 2^n and n extra bits; Table 18. Offsets from 2^32 on are of no use in memory.
    static let offset = SequencePart(
        baselines: (0..<32).map { 1 << UInt32($0) }, extraBits: (0..<32).map { UInt8($0) }, maxLog: 8,
        predefined: [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
        predefinedLog: 5)
}

/// Sizes that the format fixes.
enum Bound {
    /// Bytes of a block, stored or decoded (section 3.1.1.2.4).
    static let block = 128 << 10
    /// Longest Huffman code (section 4.2.1).
    static let codeBits = 11
    /// Largest accuracy log of the weights' table (section 4.2.1.2).
    static let weightsLog = 6
    /// Offsets before the first sequence (section 3.1.1.5).
    static let firstOffsets: (UInt32, UInt32, UInt32) = (1, 4, 8)
}
