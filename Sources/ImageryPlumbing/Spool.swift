public import ImageryBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bytes in a temporary file without a name: for what must be complete before it can be passed on (S14, S15).
public final class Spool: ByteSink {
    private let file: OutputFile

    /// An empty spool in the folder that TMPDIR names, else in /tmp. Throws kind io when that cannot be written.
    public init() throws(ImageryError) {
        let folder = Self.folder
        let path = Self.newPath(in: folder)
        file = try OutputFile(path, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600, name: "temporary file in \(folder)")
        // The bytes go with the descriptor, however the process ends.
        _ = unsafe unlink(path)
    }

    /// The folder of temporary files: the one that TMPDIR names, else /tmp.
    static var folder: String {
        let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
        return named.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    }

    /// A name that no other file of the folder has.
    static func newPath(in folder: String) -> String {
        "\(folder)/imagery-\(getpid())-\(UInt32.random(in: 0 ... .max)).spool"
    }

    public var canPatch: Bool { true }
    /// How many bytes were appended.
    public var byteCount: Int { file.byteCount }

    public func append(_ bytes: RawSpan) throws { try file.append(bytes) }
    public func extend(by count: Int) throws { try file.extend(by: count) }
    public func patch(_ bytes: RawSpan, at offset: Int) throws { try file.patch(bytes, at: offset) }

    /// Appends the bytes of `range` to another sink. Throws kind io, and what the sink throws.
    public func copy(_ range: Range<Int>? = nil, to sink: any ByteSink) throws {
        try file.finish()
        try file.copy(range ?? 0..<byteCount, to: sink)
    }
}

/// Calls `body` with a sink that can be patched: `sink` itself, or a spool whose bytes go to it afterwards (S15).
public func withPatching(_ sink: any ByteSink, _ body: (any ByteSink) throws -> Void) throws {
    if sink.canPatch { return try body(sink) }
    let spool = try Spool()
    try body(spool)
    try spool.copy(to: sink)
}
