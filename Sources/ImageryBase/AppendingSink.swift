#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that exists and grows at its end, in place: the one way to write that is not atomic (S14).
///
/// Whoever uses it leads from the old bytes to the new ones last, with ``patch(_:at:)``: everything appended is on the disk before bytes are
/// changed. What was appended behind the last change is cut off again unless `commit()` is called.
public final class AppendingSink: ByteSink {
    private let file: OutputFile
    /// Bytes that stay when the writing fails.
    private var kept: Int
    private var isFinished = false

    /// Opens the file. Throws kind io when it does not exist or cannot be written.
    public init(_ path: String) throws(ImageryError) {
        file = try OutputFile(path, flags: O_RDWR, mode: 0, name: path)
        kept = try file.continueAtEnd()
    }

    deinit {
        if !isFinished { file.cut(to: kept) }
    }

    public var canPatch: Bool { true }

    /// Adds bytes at the end. Throws kind io.
    public func append(_ bytes: RawSpan) throws { try file.append(bytes) }

    /// Replaces bytes that the file has. Throws kind misuse for others, kind io.
    public func patch(_ bytes: RawSpan, at offset: Int) throws {
        try file.finish()
        try file.synchronise()
        try file.patch(bytes, at: offset)
        kept = file.byteCount
    }

    /// Writes all that waits. Throws kind io.
    public func commit(_ durability: Durability = .buffered) throws(ImageryError) {
        try file.finish()
        if durability == .synced { try file.synchronise() }
        isFinished = true
    }
}
