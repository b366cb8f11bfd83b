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
/// file stays untouched. A file that is replaced hands on its mode, and its owner where the system allows that. What is no plain file (a
/// device, a pipe) cannot be replaced: bytes go straight into it.
public final class FileSink: ByteSink {
    private let path: String
    /// The file that is written, until it has its name; nil where bytes go straight to the target.
    private var temporary: String?
    private let file: OutputFile
    private let durability: Durability

    /// Creates the temporary file. Throws kind io when the folder cannot be written.
    public init(_ path: String, durability: Durability = .buffered) throws(ImageryError) {
        self.durability = durability
        var status = stat()
        let exists = unsafe stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        guard !exists || kind != S_IFDIR else { throw ImageryError(.io, path, "cannot be written: it is a folder") }
        if exists, kind != S_IFREG {
            self.path = path
            file = try OutputFile(path, flags: O_WRONLY, mode: 0, name: path)
        } else {
            // A link stays one: the file that it names is replaced.
            let target = exists ? resolvedPath(path) : path
            let beside = "\(target).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
            self.path = target
            TemporaryFiles.add(beside)
            do throws(ImageryError) {
                // Never more open than the file that it will replace, not even while it is written.
                let mode: UInt32 = exists ? UInt32(status.st_mode) & 0o777 : 0o666
                file = try OutputFile(beside, flags: O_RDWR | O_CREAT | O_EXCL, mode: mode, name: path)
            } catch {
                TemporaryFiles.remove(beside)
                throw error
            }
            if exists { file.takeOwnerAndMode(of: status) }
            temporary = beside
        }
    }

    deinit {
        guard let temporary else { return }
        _ = unsafe unlink(temporary)
        TemporaryFiles.remove(temporary)
    }

    public var canPatch: Bool { temporary != nil }

    /// Adds bytes at the end. Throws kind io.
    public func append(_ bytes: RawSpan) throws { try file.append(bytes) }

    /// Adds `count` zeros at the end, which take no room on the disk before they are patched. Throws kind io.
    public func extend(by count: Int) throws {
        if canPatch { try file.extend(by: count) } else { try appendZeros(count) }
    }

    /// Replaces bytes that were appended before. Throws kind misuse for others, kind io.
    public func patch(_ bytes: RawSpan, at offset: Int) throws {
        guard canPatch else { throw ImageryError(.misuse, path, "what went into it cannot be changed") }
        try file.patch(bytes, at: offset)
    }

    /// Gives the finished file its name. Throws kind io.
    public func commit() throws(ImageryError) {
        try file.finish()
        if durability == .synced, temporary != nil { try file.synchronise() }
        guard let written = temporary else { return }
        guard unsafe rename(written, path) == 0 else { throw ImageryError(.io, path, "cannot be written: \(systemMessage())") }
        temporary = nil
        TemporaryFiles.remove(written)
        if durability == .synced { try synchroniseFolder() }
    }

    /// The new name is in the folder, which is a file of its own.
    private func synchroniseFolder() throws(ImageryError) {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ImageryError(.io, folder, "cannot be synchronised: \(systemMessage())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw ImageryError(.io, folder, "cannot be synchronised: \(systemMessage())") }
    }
}

/// The path with all links followed, or as it is when that fails.
private func resolvedPath(_ path: String) -> String {
    guard let found = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
}
