// The bytes a match may reach (RFC 1951 2), and all other memory of a compressor, in one piece.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// 32 KiB of history and the piece of input that is compressed next.
@safe
struct DeflateWindow: ~Copyable {
    /// New bytes at a time: exactly four stored blocks.
    static let pieceSize = 4 * BlockEncoder.storedLimit
    /// Readable bytes behind the piece: matches are compared eight bytes at a time, beginning up to a byte before their limit.
    static let slack = 64
    private static let byteCount = MatchFinder.reach + pieceSize + slack
    /// A piece takes at most a stored header for each 65535 bytes and for each change of type; the writer touches 8 bytes beyond.
    private static let outputCount = pieceSize + 1024

    private let memory: UnsafeMutableRawPointer
    /// Bytes of the piece so far.
    private var count = 0

    let entries: UnsafeMutablePointer<Int16>
    let phrases: UnsafeMutablePointer<Phrase>
    let statistics: UnsafeMutablePointer<UInt32>
    let codes: UnsafeMutableRawPointer
    let output: UnsafeMutableRawPointer

    /// `nil` without memory.
    init?() {
        let sizes = [
            Self.byteCount, MatchFinder.entryCount * MemoryLayout<Int16>.stride,
            BlockParser.phraseLimit * MemoryLayout<Phrase>.stride, BlockStatistics.wordCount * MemoryLayout<UInt32>.stride,
            BlockEncoder.byteCount, Self.outputCount,
        ]
        // Each part starts at a cache line.
        let starts = sizes.reduce(into: [0]) { starts, size in starts.append((starts[starts.count - 1] + size + 63) & ~63) }
        guard let memory = unsafe malloc(starts[sizes.count]) else { return nil }
        unsafe self.memory = memory
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.byteCount)
        unsafe entries = (memory + starts[1]).bindMemory(to: Int16.self, capacity: MatchFinder.entryCount)
        unsafe phrases = (memory + starts[2]).bindMemory(to: Phrase.self, capacity: BlockParser.phraseLimit)
        unsafe statistics = (memory + starts[3]).bindMemory(to: UInt32.self, capacity: BlockStatistics.wordCount)
        unsafe codes = memory + starts[4]
        unsafe output = memory + starts[5]
    }

    deinit { unsafe free(memory) }

    /// Where the piece starts.
    var start: UnsafeRawPointer { unsafe UnsafeRawPointer(memory + MatchFinder.reach) }
    var piece: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }
    var room: Int { Self.pieceSize - count }
    var isFull: Bool { count == Self.pieceSize }

    mutating func reset() { count = 0 }

    /// Adds bytes, at most `room`.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        unsafe (memory + MatchFinder.reach + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// Keeps the end of the piece as history and returns by how much the bytes have moved.
    mutating func slide() -> Int {
        let moved = count
        unsafe memory.copyMemory(from: memory + moved, byteCount: MatchFinder.reach)
        count = 0
        return moved
    }
}
