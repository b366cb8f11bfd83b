/// A source that somebody else brings, seen as one whose size stays what it was when it was opened (S98).
///
/// What it lends is counted by `ByteSource.lend(_:of:_:)`; its size is asked once, so that what a header was held against cannot
/// change afterwards.
public struct CheckedSource: ByteSource {
    private let base: any ByteSource
    public let byteCount: Int

    /// Sizes are held in sums and differences of a few: a quarter of what an Int can say leaves room for them.
    private static let mostBytes = Int.max >> 2

    /// Throws kind io for a size below 0 or beyond any storage.
    public init(_ base: any ByteSource, _ context: String) throws(ImageryError) {
        let count = base.byteCount
        guard (0...Self.mostBytes).contains(count) else {
            throw ImageryError(.io, context, "the byte source says that it has \(count) bytes")
        }
        self.base = base
        byteCount = count
    }

    public var lendsInPlace: Bool { base.lendsInPlace }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws { try base.withBytes(range, body) }

    public func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        try unsafe base.read(range, into: target)
    }

    public func prefetch(_ ranges: [Range<Int>]) { base.prefetch(ranges) }
}
