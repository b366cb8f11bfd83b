public import ImageryBase
import ImageryPlumbing
import Synchronization

/// Bytes in memory that remember which ranges were read.
public final class CountingSource: ByteSource {
    private let bytes: [UInt8]
    private let log = Mutex<[Range<Int>]>([])

    /// True for a source that is asked for every part on its own, because asking costs nothing.
    public let lendsInPlace: Bool

    public init(_ bytes: [UInt8], lendsInPlace: Bool = false) {
        self.bytes = bytes
        self.lendsInPlace = lendsInPlace
    }

    public var byteCount: Int { bytes.count }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        log.withLock { $0.append(range) }
        let bytes = bytes
        try unsafe body(bytes.span.bytes.extracting(range))
    }

    /// The ranges read so far, sorted and joined.
    public var touched: [Range<Int>] { coalesced(log.withLock { $0 }) }
    /// How many bytes were lent so far, repeats counted.
    public var lentByteCount: Int { log.withLock { $0.reduce(0) { $0 + $1.count } } }
    /// How many reads there were.
    public var readCount: Int { log.withLock { $0.count } }
    /// Forgets what was read.
    public func reset() { log.withLock { $0 = [] } }
}

/// Bytes in memory whose source fails at and after one offset.
public struct FailingSource: ByteSource {
    /// What the source throws.
    public struct Failure: Error, Equatable {
        public init() {}
    }

    private let bytes: [UInt8]
    private let failsFrom: Int

    public init(_ bytes: [UInt8], failsFrom: Int) {
        self.bytes = bytes
        self.failsFrom = failsFrom
    }

    public var byteCount: Int { bytes.count }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        guard range.upperBound <= failsFrom else { throw Failure() }
        try unsafe body(bytes.span.bytes.extracting(range))
    }
}
