#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that appears under its name only when it is finished (S14).
///
/// Bytes go to a temporary file beside the target; ``commit()`` renames it. Without a commit nothing is left behind and an existing
/// file stays untouched.
public final class FileSink: ByteSink {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var flushed = 0
    private var committed = false
    private static let bufferSize = 1 << 18

    /// Creates the temporary file. Throws kind io when the folder cannot be written.
    public init(_ path: String) throws(ImageryError) {
        self.path = path
        temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
        descriptor = unsafe open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw ImageryError(.io, path, "cannot be written: \(systemMessage())") }
        buffer.reserveCapacity(Self.bufferSize)
    }

    deinit {
        close(descriptor)
        if !committed { _ = unsafe unlink(temporary) }
    }

    public var canPatch: Bool { true }

    /// Adds bytes at the end. Throws kind io.
    public func append(_ bytes: RawSpan) throws {
        if bytes.byteCount >= Self.bufferSize {
            try flush()
            try unsafe bytes.withUnsafeBytes { try unsafe write($0, at: flushed) }
            flushed += bytes.byteCount
        } else {
            unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
            if buffer.count >= Self.bufferSize { try flush() }
        }
    }

    /// Replaces bytes that were appended before. Throws kind misuse for others, kind io.
    public func patch(_ bytes: RawSpan, at offset: Int) throws {
        try flush()
        guard offset >= 0, let end = checkedSum(offset, bytes.byteCount), end <= flushed else {
            throw ImageryError(.misuse, path, "\(bytes.byteCount) bytes at \(offset) were not written before")
        }
        try unsafe bytes.withUnsafeBytes { try unsafe write($0, at: offset) }
    }

    /// Gives the finished file its name. Throws kind io.
    public func commit() throws(ImageryError) {
        try flush()
        guard unsafe rename(temporary, path) == 0 else { throw ImageryError(.io, path, "cannot be written: \(systemMessage())") }
        committed = true
    }

    private func flush() throws(ImageryError) {
        guard !buffer.isEmpty else { return }
        let failure: ImageryError? = unsafe buffer.withUnsafeBytes { bytes in
            do throws(ImageryError) {
                try unsafe write(bytes, at: flushed)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        flushed += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(ImageryError) {
        var done = 0
        while done < bytes.count {
            // In bounds: `done < bytes.count`.
            let count = unsafe pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw ImageryError(.io, path, "cannot be written: \(systemMessage())", at: offset + done)
            }
        }
    }
}
