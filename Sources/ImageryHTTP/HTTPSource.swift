public import ImageryBase

/// A file on an `http` or `https` server as a source of bytes: only the ranges that are read are fetched (S12).
///
/// Small reads fetch 16 KiB, and more when they follow one another; large ones exactly what they miss, in parallel where that is much. What came is kept in a
/// bounded cache, and no byte is fetched twice at a time, however many threads want it. Failed attempts are repeated, from where they ended. A file
/// that is not the same any more, by `ETag` (else `Last-Modified`) and size, is an error, never a mixture.
///
///     let source = try HTTPSource("https://example.org/scene.tif")
///     let dataset = try Dataset(source: source, format: Format(detecting: source))
public final class HTTPSource: ByteSource {
    /// How long the file is, as the server said when it was opened.
    public let byteCount: Int
    /// The address that was opened, without what follows a question mark, where secrets stand.
    public let name: String
    private let file: RemoteFile

    /// Asks the server for the beginning of the file.
    ///
    /// Throws kind misuse for what is no address, io when the server or the file cannot be reached, malformed for an empty file, unsupported when
    /// the server does not serve ranges of bytes and the file is longer than ``HTTPOptions/maxWholeBytes``.
    public init(_ address: String, options: HTTPOptions = HTTPOptions()) throws(ImageryError) {
        try options.check()
        file = try RemoteFile(address, options)
        name = file.name
        byteCount = try file.open()
    }

    deinit { file.close() }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        let pieces = try file.pieces(range)
        if let only = pieces.first, pieces.count == 1 {
            let start = range.lowerBound - only.start
            return try unsafe body(only.bytes.span.bytes.extracting(start..<start + range.count))
        }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            if let base = buffer.baseAddress { unsafe Self.copy(range, of: pieces, to: UnsafeMutableRawPointer(base)) }
            filled = range.count
        }
        try unsafe body(bytes.span.bytes)
    }

    public func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        unsafe Self.copy(range, of: try file.pieces(range), to: target)
    }

    /// Fetches in the background what of these ranges is not there yet, as far as half of the cache holds it.
    public func prefetch(_ ranges: [Range<Int>]) { file.prefetch(ranges) }

    /// What this source has cost so far.
    public var traffic: HTTPTraffic { file.traffic }

    /// True for a file that was taken whole, since its server does not serve ranges of bytes.
    public var isWhole: Bool { file.isWhole }

    /// Pieces that follow one another and cover the range, which has room at `target`.
    private static func copy(_ range: Range<Int>, of pieces: [FetchedPiece], to target: UnsafeMutableRawPointer) {
        for piece in pieces {
            let part = range.clamped(to: piece.start..<piece.start + piece.bytes.count)
            unsafe piece.bytes.withUnsafeBytes { bytes in
                // In bounds: the part lies inside of the piece and of the range.
                guard !part.isEmpty, let base = bytes.baseAddress else { return }
                unsafe (target + (part.lowerBound - range.lowerBound)).copyMemory(
                    from: base + (part.lowerBound - piece.start), byteCount: part.count)
            }
        }
    }
}
