// What a Zstandard stream can get wrong (RFC 8878).

/// Why a stream cannot be decoded any further, or data not be compressed.
public enum ZstandardFailure: Error, Sendable, Equatable {
    /// The bytes do not begin with the magic number of a frame (section 3.1).
    case badMagic
    /// The frame header sets a reserved bit (section 3.1.1.1.1).
    case badHeader
    /// The frame needs a dictionary (section 3.1.1.1.3); none is ever given here.
    case dictionary
    /// A block of the reserved type, or larger than the frame allows (section 3.1.1.2).
    case badBlock
    /// Sizes of a literals section that contradict each other (section 3.1.1.3.1).
    case badLiterals
    /// The weights do not describe a usable prefix code, or there is none to be reused (section 4.2.1).
    case badTree
    /// The probabilities do not describe a table, or there is none to be reused (section 4.1.1).
    case badDistribution
    /// A bit stream ends early or late (sections 4.1, 4.2.2, 3.1.1.3.2).
    case badBits
    /// A match reaches back before the first byte of the frame (section 3.1.1.5).
    case badOffset
    /// More literals are asked for than there are, or a block becomes too large (section 3.1.1.2.4).
    case badLength
    /// The frame has other bytes than its header says (section 3.1.1.1.4).
    case sizeMismatch
    /// The checksum differs from that of the decoded bytes; they are all there (section 3.1.1).
    case checksumMismatch
    /// The stream ends early.
    case truncated
    /// The working memory could not be had.
    case outOfMemory
}
