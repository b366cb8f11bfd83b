import ImageryPrimitives

/// Where written bytes go: a file, memory, or the caller's own (S15).
public protocol ByteSink: AnyObject {
    /// Adds bytes at the end.
    func append(_ bytes: RawSpan) throws
    /// True when ``patch(_:at:)`` works; a sink that cannot patch gets a finished spool.
    var canPatch: Bool { get }
    /// Replaces bytes that were appended before.
    func patch(_ bytes: RawSpan, at offset: Int) throws
    /// Adds `count` zeros at the end.
    func extend(by count: Int) throws
}

/// Bytes in memory.
public final class MemorySink: ByteSink {
    /// What was written.
    public private(set) var bytes: [UInt8] = []

    /// An empty sink.
    public init() {}

    public var canPatch: Bool { true }

    public func append(_ span: RawSpan) {
        unsafe span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// Throws kind misuse when the range was not written before.
    public func patch(_ span: RawSpan, at offset: Int) throws {
        guard offset >= 0, let end = checkedSum(offset, span.byteCount), end <= bytes.count else {
            throw ImageryError(.misuse, "memory sink", "\(span.byteCount) bytes at \(offset) were not written before")
        }
        unsafe span.withUnsafeBytes { source in
            for index in 0..<source.count { bytes[offset + index] = unsafe source[index] }
        }
    }
}

extension ByteSink {
    /// Appends them.
    public func extend(by count: Int) throws { try appendZeros(count) }

    /// Appends `count` zeros, some at a time.
    func appendZeros(_ count: Int) throws {
        let zeros = [UInt8](repeating: 0, count: min(max(count, 0), 1 << 16))
        var left = count
        while left > 0 {
            try unsafe append(zeros.span.bytes.extracting(0..<min(left, zeros.count)))
            left -= zeros.count
        }
    }

    /// Adds the bytes of an array at the end.
    public func append(_ bytes: [UInt8]) throws {
        try unsafe append(bytes.span.bytes)
    }
}
