#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of this machine, mapped or read call by call (S10, S93): what a format's own product opens.
///
/// A pipe or another file without random access is read whole (S13).
public struct FileSource: ByteSource {
    private let file: any ByteSource

    /// Opens the file at `path`. Throws kind io when it does not exist, is a directory or cannot be read; kind malformed for an empty file.
    public init(_ path: String, access: ReadOptions.Access = .map) throws(ImageryError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ImageryError(.io, path, "cannot be opened: \(systemMessage())") }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let message = systemMessage()
            close(descriptor)
            throw ImageryError(.io, path, "cannot be examined: \(message)")
        }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else {
            close(descriptor)
            throw ImageryError(.io, path, "is a directory, not an image file")
        }
        guard kind == S_IFREG else {
            defer { close(descriptor) }
            file = MemorySource(try readWhole(descriptor, name: path))
            return
        }
        guard status.st_size > 0 else {
            close(descriptor)
            throw ImageryError(.malformed, path, "the file is empty")
        }
        switch access {
        case .map: file = try MappedFile(descriptor: descriptor, byteCount: Int(status.st_size), path: path)
        case .read: file = PositionedFile(descriptor: descriptor, byteCount: Int(status.st_size), path: path)
        }
    }

    /// Whether there is something at `path` that is no directory. Throws kind io when the system does not say.
    package static func exists(_ path: String) throws(ImageryError) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) != 0 else { return status.st_mode & S_IFMT != S_IFDIR }
        guard errno == ENOENT || errno == ENOTDIR else { throw ImageryError(.io, path, "cannot be examined: \(systemMessage())") }
        return false
    }

    public var byteCount: Int { file.byteCount }
    public var lendsInPlace: Bool { file.lendsInPlace }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws { try file.withBytes(range, body) }

    public func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws { try unsafe file.read(range, into: target) }

    public func prefetch(_ ranges: [Range<Int>]) { file.prefetch(ranges) }
}

/// All bytes of a descriptor without random access, such as standard input. Throws kind io, or malformed when there is none.
package func readWhole(_ descriptor: Int32, name: String) throws(ImageryError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
        let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            bytes.append(contentsOf: chunk[..<count])
        } else if count == 0 {
            break
        } else if errno != EINTR {
            throw ImageryError(.io, name, "cannot be read: \(systemMessage())")
        }
    }
    guard !bytes.isEmpty else { throw ImageryError(.malformed, name, "the input is empty") }
    return bytes
}

/// A regular file mapped read-only: only touched pages are read (S10).
@safe
final class MappedFile: ByteSource {
    let byteCount: Int
    private nonisolated(unsafe) let base: UnsafeRawPointer
    private let descriptor: Int32
    private let path: String

    /// Takes the descriptor over: it is closed with the last reference, or before this throws.
    init(descriptor: Int32, byteCount: Int, path: String) throws(ImageryError) {
        self.descriptor = descriptor
        self.path = path
        guard let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe address != MAP_FAILED else {
            let message = systemMessage()
            close(descriptor)
            throw ImageryError(.io, path, "cannot be mapped: \(message)")
        }
        unsafe base = UnsafeRawPointer(address)
        self.byteCount = byteCount
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
        close(descriptor)
    }

    var lendsInPlace: Bool { true }

    /// From the page cache straight to the target: 134 MB take 18 ms, through mapped pages 24.
    func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        try unsafe readFully(descriptor, range, into: target, path: path)
    }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
        let span = unsafe RawSpan(_unsafeStart: base + range.lowerBound, byteCount: range.count)
        try withExtendedLifetime(self) { try body(span) }
    }

    func prefetch(_ ranges: [Range<Int>]) {
        let page = 1 << 16
        for range in ranges where !range.isEmpty && range.upperBound <= byteCount {
            let start = range.lowerBound & ~(page - 1)
            unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), range.upperBound - start, Int32(MADV_WILLNEED))
        }
    }
}

/// A regular file read with pread: survives a file that shrinks while it is open (S93).
final class PositionedFile: ByteSource {
    let byteCount: Int
    private let descriptor: Int32
    private let path: String

    init(descriptor: Int32, byteCount: Int, path: String) {
        self.descriptor = descriptor
        self.byteCount = byteCount
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        var failure: ImageryError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            guard let base = buffer.baseAddress else { return }
            do throws(ImageryError) {
                try unsafe readFully(descriptor, range, into: base, path: path)
                filled = range.count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        try unsafe body(bytes.span.bytes)
    }

    func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        try unsafe readFully(descriptor, range, into: target, path: path)
    }
}

/// Reads the bytes of `range` to `target`, which has room for them. Throws kind io, also when the file has become too short.
private func readFully(
    _ descriptor: Int32, _ range: Range<Int>, into target: UnsafeMutableRawPointer, path: String
) throws(ImageryError) {
    var done = 0
    while done < range.count {
        // In bounds: `done < range.count`.
        let count = unsafe pread(descriptor, target + done, range.count - done, off_t(range.lowerBound + done))
        if count > 0 {
            done += count
        } else if count == 0 {
            throw ImageryError(.io, path, "the file has shrunk since it was opened", at: range.lowerBound + done)
        } else if errno != EINTR {
            throw ImageryError(.io, path, "cannot be read: \(systemMessage())", at: range.lowerBound + done)
        }
    }
}
