/// Why an XZ stream cannot be decoded any further.
public enum XZFailure: Error, Sendable, Equatable {
    /// The bytes do not begin with the magic number, or use flags that are reserved.
    case badHeader
    /// A block header whose checksum or fields are wrong.
    case badBlock
    /// A filter that is not known here: only LZMA2 and delta are.
    case unsupportedFilter
    /// A number longer than nine bytes, or longer than it needs to be.
    case badNumber
    /// A chunk of LZMA2 that may not stand where it does, or properties out of their range.
    case badChunk
    /// A match reaches back before the first byte of the dictionary.
    case badDistance
    /// A block has other sizes than its header says.
    case sizeMismatch
    /// The checksum differs from that of the decoded bytes; they are all there.
    case checksumMismatch
    /// The index or the footer contradicts the blocks.
    case badIndex
    /// The stream ends early.
    case truncated
    /// The working memory could not be had.
    case outOfMemory
}
