/// Bytes with random access: a mapped file, memory, or a remote object of the caller's (S12). All parsing reads through it.
public protocol ByteSource: Sendable {
    /// How many bytes there are.
    var byteCount: Int { get }
    /// True when lending costs nothing, because the bytes lie in memory already. Where it is false, ranges that a read needs are fetched in as few
    /// calls as possible, and kept until it ends. False unless a source says so.
    var lendsInPlace: Bool { get }
    /// Lends the bytes of `range`, which lies inside `0..<byteCount`, for the duration of the call.
    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws
    /// Copies the bytes of `range`, which lies inside `0..<byteCount`, to `target`, which has room for them.
    func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws
    /// Announces ranges that will be wanted soon, sorted and coalesced. Doing nothing is right.
    func prefetch(_ ranges: [Range<Int>])
}

extension ByteSource {
    public var lendsInPlace: Bool { false }

    /// Does nothing.
    public func prefetch(_ ranges: [Range<Int>]) {}

    /// Copies what ``withBytes(_:_:)`` lends.
    public func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        let place = unsafe target
        var isRead = range.isEmpty
        try withBytes(range) { span in
            guard span.byteCount == range.count else { throw Self.wrongCount(span.byteCount, range) }
            isRead = true
            unsafe span.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { unsafe place.copyMemory(from: base, byteCount: bytes.count) }
            }
        }
        guard isRead else { throw Self.notLent(range) }
    }

    private static func notLent(_ range: Range<Int>) -> ImageryError {
        ImageryError(.io, "byte source", "it returned without lending its bytes", at: range.lowerBound)
    }

    private static func wrongCount(_ count: Int, _ range: Range<Int>) -> ImageryError {
        ImageryError(.io, "byte source", "it lent \(count) bytes where it was asked for \(range.count)", at: range.lowerBound)
    }
}

/// Bytes in memory (S11).
public struct MemorySource: ByteSource {
    private let bytes: [UInt8]

    /// A source of a copy (or a shared buffer, for an array) of the bytes.
    public init(_ bytes: some RandomAccessCollection<UInt8>) {
        self.bytes = Array(bytes)
    }

    public var byteCount: Int { bytes.count }

    public var lendsInPlace: Bool { true }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        try unsafe body(bytes.span.bytes.extracting(range))
    }
}
