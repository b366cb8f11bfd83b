// What a LERC stream can get wrong (Esri's LERC byte stream specification 2.6).

/// Why a stream cannot be decoded.
public enum LERCFailure: Error, Sendable, Equatable {
    /// The bytes do not begin with the key of a version that is known.
    case badKey
    /// Sizes, types or counts in a header that contradict each other.
    case badHeader
    /// The stream is of another size or type than its container says.
    case otherShape
    /// The checksum differs from that of the bytes.
    case checksumMismatch
    /// The mask has more or fewer bytes or valid pixels than it should.
    case badMask
    /// A block of values with an unknown coding or at another place.
    case badBlock
    /// A table or a code of Huffman's that means nothing.
    case badHuffman
    /// The stream ends early.
    case truncated
}
