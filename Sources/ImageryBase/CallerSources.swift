// Sources for bytes that callers have or can get (S11, S12).

/// The bytes of a collection, lent where they lie: `Data`, a slice of an array, a buffer.
///
/// A collection whose bytes do not lie side by side lends copies.
public struct CollectionSource<Bytes: RandomAccessCollection & Sendable>: ByteSource where Bytes.Element == UInt8 {
    private let bytes: Bytes

    /// A source of `bytes`, which are not copied.
    public init(_ bytes: Bytes) { self.bytes = bytes }

    public var byteCount: Int { bytes.count }

    public var lendsInPlace: Bool { bytes.withContiguousStorageIfAvailable { _ in true } ?? false }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
        let lent: Void? = try bytes.withContiguousStorageIfAvailable { buffer in
            // Inside the buffer, which holds as many bytes as the collection says.
            let part = unsafe UnsafeBufferPointer(rebasing: buffer[range])
            let span = unsafe RawSpan(_unsafeElements: part)
            try body(span)
        }
        guard lent == nil else { return }
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        let copy = Array(bytes[start..<bytes.index(start, offsetBy: range.count)])
        try unsafe body(copy.span.bytes)
    }
}

/// Bytes that a closure fetches: an object of a store, a member of an archive.
///
///     let source = FetchedSource(byteCount: size) { range in try client.get(url, bytes: range) }
///
/// The closure returns the bytes of the range that it is given, all of them, and may be called from many threads at once. Ranges are as long
/// as possible: one contiguous part of the file is one call, up to some megabytes.
public struct FetchedSource: ByteSource {
    public let byteCount: Int
    private let fetch: @Sendable (Range<Int>) throws -> [UInt8]

    /// `byteCount` bytes that `fetch` gets.
    public init<Bytes: Sequence & SendableMetatype>(
        byteCount: Int, fetch: @escaping @Sendable (Range<Int>) throws -> Bytes
    ) where Bytes.Element == UInt8 {
        self.byteCount = byteCount
        self.fetch = { range in Array(try fetch(range)) }
    }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        let bytes = try fetch(range)
        try unsafe body(bytes.span.bytes)
    }
}
