import ImageryPrimitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file that bytes are appended to through a buffer.
package final class OutputFile {
    private let name: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var flushed = 0
    private static let bufferSize = 1 << 18

    /// Opens the file at `path`, with `mode` where it is made; errors speak of `name`.
    package init(_ path: String, flags: Int32, mode: UInt32, name: String) throws(ImageryError) {
        self.name = name
        descriptor = unsafe open(path, flags | O_CLOEXEC, mode_t(truncatingIfNeeded: mode))
        guard descriptor >= 0 else { throw ImageryError(.io, name, "cannot be written: \(systemMessage())") }
        buffer.reserveCapacity(Self.bufferSize)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    package var byteCount: Int { flushed + buffer.count }

    package func append(_ bytes: RawSpan) throws(ImageryError) {
        if bytes.byteCount >= Self.bufferSize {
            try finish()
            let failure = unsafe bytes.withUnsafeBytes { unsafe write($0, at: nil) }
            if let failure { throw failure }
            flushed += bytes.byteCount
        } else {
            unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
            if buffer.count >= Self.bufferSize { try finish() }
        }
    }

    /// Gives the file the owner and the mode of another, as far as the system allows.
    func takeOwnerAndMode(of other: stat) {
        var isOwned = true
        if other.st_uid != geteuid() || other.st_gid != getegid() {
            isOwned = fchown(descriptor, other.st_uid, other.st_gid) == 0
            // Who may not give a file away may still give it to a group of their own.
            if !isOwned { _ = fchown(descriptor, uid_t.max, other.st_gid) }
        }
        // The bits that lend an owner's rights are not for another owner.
        _ = fchmod(descriptor, other.st_mode & (isOwned ? 0o7777 : 0o777))
    }

    /// Adds zeros at the end, as a hole where the file system has such.
    package func extend(by count: Int) throws(ImageryError) {
        try finish()
        guard count >= 0, let end = checkedSum(flushed, count), let size = off_t(exactly: end) else {
            throw ImageryError(.misuse, name, "cannot be made \(count) bytes longer")
        }
        guard ftruncate(descriptor, size) == 0, lseek(descriptor, size, SEEK_SET) == size else {
            throw ImageryError(.io, name, "cannot be written: \(systemMessage())", at: flushed)
        }
        flushed = end
    }

    /// Lets bytes follow those that the file has already; returns how many these are.
    func continueAtEnd() throws(ImageryError) -> Int {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw ImageryError(.io, name, "cannot be continued: \(systemMessage())") }
        flushed = Int(end)
        return flushed
    }

    /// Takes back all bytes from `count` on, as far as the system allows.
    func cut(to count: Int) {
        buffer.removeAll()
        _ = ftruncate(descriptor, off_t(count))
    }

    /// Waits until the disk has all that was written.
    package func synchronise() throws(ImageryError) {
        guard fsync(descriptor) == 0 else { throw ImageryError(.io, name, "cannot be synchronised: \(systemMessage())") }
    }

    /// Replaces bytes that were appended before.
    package func patch(_ bytes: RawSpan, at offset: Int) throws(ImageryError) {
        try finish()
        guard offset >= 0, let end = checkedSum(offset, bytes.byteCount), end <= flushed else {
            throw ImageryError(.misuse, name, "\(bytes.byteCount) bytes at \(offset) were not written before")
        }
        let failure = unsafe bytes.withUnsafeBytes { unsafe write($0, at: offset) }
        if let failure { throw failure }
    }

    /// Empties the buffer.
    package func finish() throws(ImageryError) {
        guard !buffer.isEmpty else { return }
        let failure = unsafe buffer.withUnsafeBytes { unsafe write($0, at: nil) }
        if let failure { throw failure }
        flushed += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// Appends bytes that were written to `sink`.
    package func copy(_ range: Range<Int>, to sink: any ByteSink) throws {
        var pieces = [UInt8](repeating: 0, count: Self.bufferSize)
        var position = range.lowerBound
        while position < range.upperBound {
            let wanted = min(Self.bufferSize, range.upperBound - position)
            let count = unsafe pieces.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, wanted, off_t(position))
            }
            if count > 0 {
                try unsafe sink.append(pieces.span.bytes.extracting(0..<count))
                position += count
            } else if count == 0 || errno != EINTR {
                throw ImageryError(.io, name, "cannot be read again: \(systemMessage())", at: position)
            }
        }
    }

    /// Writes all bytes at `offset`, or at the end; what went wrong.
    private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int?) -> ImageryError? {
        var done = 0
        while done < bytes.count {
            // In bounds: `done < bytes.count`.
            let rest = unsafe bytes.baseAddress! + done
            let count =
                if let offset {
                    unsafe pwrite(descriptor, rest, bytes.count - done, off_t(offset + done))
                } else {
                    unsafe systemWrite(descriptor, rest, bytes.count - done)
                }
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                return ImageryError(.io, name, "cannot be written: \(systemMessage())", at: (offset ?? flushed) + done)
            }
        }
        return nil
    }
}

/// The system's `write`, which a method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
