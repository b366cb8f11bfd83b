// What a deflate stream can get wrong (RFC 1951, 1950, 1952).

/// The container around the deflate blocks.
public enum DeflateFormat: Sendable {
    /// RFC 1950: two header bytes, Adler-32 at the end. PNG and TIFF use this one.
    case zlib
    /// RFC 1951: the blocks alone.
    case raw
    /// RFC 1952: one gzip member, CRC-32 and length at the end.
    case gzip
}

/// Why a stream cannot be decoded any further.
public enum InflateFailure: Error, Sendable, Equatable {
    /// The zlib or gzip header is damaged or asks for another method (RFC 1950 2.2, RFC 1952 2.3).
    case badHeader
    /// The zlib header asks for a preset dictionary (RFC 1950 2.2, FDICT); none is ever given here.
    case presetDictionary
    /// Block type 3 (RFC 1951 3.2.3).
    case badBlockType
    /// LEN and NLEN of a stored block do not agree (RFC 1951 3.2.4).
    case badStoredLength
    /// The code lengths do not describe a usable prefix code (RFC 1951 3.2.2, 3.2.7).
    case badCodeLengths
    /// A bit pattern that stands for no symbol (RFC 1951 3.2.5, 3.2.6).
    case badSymbol
    /// A match reaches back before the first byte of the output or further than 32 KiB (RFC 1951 3.2.5).
    case badDistance
    /// Adler-32, CRC-32 or ISIZE differ from the decoded bytes; the bytes themselves are all there.
    case checksumMismatch
}
