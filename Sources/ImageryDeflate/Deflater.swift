// The stream: container, window and checksum around the blocks (RFC 1951, RFC 1950 2.2, RFC 1952 2.3).

import ImageryKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why compression failed.
public enum DeflateFailure: Error, Sendable, Equatable {
    /// The compressor's memory could not be had.
    case outOfMemory
    /// The compressor was called after it was finished.
    case alreadyFinished
}

/// How much work goes into a smaller stream.
public struct DeflateLevel: Sendable, Equatable {
    /// 0 (stored) to 9 (smallest).
    public let effort: Int

    /// Efforts outside 0...9 become the nearest one inside.
    public init(_ effort: Int) { self.effort = min(max(effort, 0), 9) }

    /// Stored blocks: no compression.
    public static let none = DeflateLevel(0)
    /// The least work that compresses.
    public static let fastest = DeflateLevel(1)
    /// The usual balance.
    public static let balanced = DeflateLevel(6)
    /// The most work.
    public static let smallest = DeflateLevel(9)
}

/// Compresses bytes into one deflate stream, in pieces of any size.
///
/// The stream depends on the input and the level alone: not on how the input is cut into pieces, nor on the machine. It takes about 1.1 MB,
/// whatever the length of the stream. A compressor that is used for many streams is `reset` and keeps its memory. It may move between
/// threads, as nothing else points into its memory; it cannot be shared.
@safe
public struct Deflater: ~Copyable, @unchecked Sendable {
    private let format: DeflateFormat
    private let level: DeflateLevel
    private let effort: SearchEffort?
    private var window: DeflateWindow
    private var parser: BlockParser
    private var encoder: BlockEncoder
    private var checksum: UInt32 = 0
    private var byteCount: UInt32 = 0
    private var hasStarted = false
    private var isFinished = false

    /// A compressor at the start of a stream.
    public init(_ format: DeflateFormat, level: DeflateLevel = .balanced) throws(DeflateFailure) {
        guard let window = DeflateWindow() else { throw .outOfMemory }
        self.format = format
        self.level = level
        effort = SearchEffort(level)
        unsafe parser = BlockParser(
            finder: MatchFinder(entries: window.entries, start: window.start),
            statistics: BlockStatistics(words: window.statistics), phrases: window.phrases)
        unsafe encoder = BlockEncoder(memory: window.codes, writer: BitWriter(output: window.output))
        self.window = window
        reset()
    }

    /// Goes back to the start of a new stream of the same format and level; memory is kept.
    public mutating func reset() {
        window.reset()
        if level.effort > 0 { unsafe parser.reset(start: window.start) }
        unsafe encoder.reset(writer: BitWriter(output: window.output))
        checksum = format == .zlib ? 1 : 0
        byteCount = 0
        hasStarted = false
        isFinished = false
    }

    /// Compresses `input` and appends what comes out to `output`; the rest stays inside until later input or `finish`.
    public mutating func append(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(DeflateFailure) {
        guard !isFinished else { throw .alreadyFinished }
        if !hasStarted { start(&output) }
        var rest = unsafe input
        while unsafe !rest.isEmpty {
            // A full piece waits for the byte behind it: the last one ends the stream.
            if window.isFull { compressPiece(isFinal: false, to: &output) }
            let part = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(window.room))
            unsafe window.append(part)
            switch format {
            case .zlib: checksum = unsafe adler32(checksum, part)
            case .gzip: checksum = unsafe crc32(checksum, part)
            case .raw: break
            }
            byteCount &+= UInt32(truncatingIfNeeded: part.count)
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
        }
    }

    /// Compresses `input` and appends what comes out to `output`.
    public mutating func append(_ input: RawSpan, to output: inout [UInt8]) throws(DeflateFailure) {
        let result = unsafe input.withUnsafeBytes { bytes in
            Result { () throws(DeflateFailure) in try unsafe append(bytes, to: &output) }
        }
        try result.get()
    }

    /// Ends the stream and appends its last bytes to `output`.
    public mutating func finish(to output: inout [UInt8]) throws(DeflateFailure) {
        guard !isFinished else { throw .alreadyFinished }
        if !hasStarted { start(&output) }
        isFinished = true
        compressPiece(isFinal: true, to: &output)
        switch format {
        case .zlib: output += Self.zlibTrailer(checksum)
        case .gzip:
            for field in [checksum, byteCount] {
                for shift in [0, 8, 16, 24] { output.append(UInt8(truncatingIfNeeded: field >> UInt32(shift))) }
            }
        case .raw: break
        }
    }

    /// Compresses one part of a raw stream on its own and appends it to `output`, so that several threads can share the work on a stream: parts
    /// one behind the other are the stream. `history` is what stands before the part, of which 32 KiB count. A part that is not the last
    /// ends with an empty stored block, at a byte's edge.
    public mutating func compressPart(
        _ part: UnsafeRawBufferPointer, after history: UnsafeRawBufferPointer, isLast: Bool, to output: inout [UInt8]
    ) throws(DeflateFailure) {
        reset()
        hasStarted = true
        unsafe window.append(UnsafeRawBufferPointer(rebasing: history.suffix(MatchFinder.reach)))
        if level.effort > 0 { unsafe parser.learn(window.piece, effort) }
        parser.finder.slide(by: window.slide())
        try unsafe append(part, to: &output)
        if isLast { return try finish(to: &output) }
        compressPiece(isFinal: false, to: &output)
        unsafe encoder.writer.move(to: window.output)
        unsafe encoder.store(UnsafeRawBufferPointer(start: nil, count: 0), isFinal: false)
        let count = unsafe encoder.writer.output - window.output
        unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: window.output, count: count))
    }

    /// What a zlib stream has before the raw one (RFC 1950 2.2).
    public static func zlibHeader(_ level: DeflateLevel) -> [UInt8] {
        // Deflate with a window of 32 KiB; FLEVEL, and the check that makes the number a multiple of 31.
        let method = 0x78
        let flags = (level.effort < 2 ? 0 : level.effort < 6 ? 1 : level.effort == 6 ? 2 : 3) << 6
        return [UInt8(method), UInt8(flags + 31 - (method << 8 + flags) % 31)]
    }

    /// What a zlib stream has behind the raw one.
    public static func zlibTrailer(_ checksum: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> UInt32($0)) }
    }

    /// One whole stream.
    public static func compress(
        _ input: UnsafeRawBufferPointer, format: DeflateFormat, level: DeflateLevel = .balanced
    ) throws(DeflateFailure) -> [UInt8] {
        var deflater = try Deflater(format, level: level)
        var output: [UInt8] = []
        try unsafe deflater.append(input, to: &output)
        try deflater.finish(to: &output)
        return output
    }

    /// One whole stream.
    public static func compress(
        _ input: RawSpan, format: DeflateFormat, level: DeflateLevel = .balanced
    ) throws(DeflateFailure) -> [UInt8] {
        var deflater = try Deflater(format, level: level)
        var output: [UInt8] = []
        try deflater.append(input, to: &output)
        try deflater.finish(to: &output)
        return output
    }

    /// The container's header.
    private mutating func start(_ output: inout [UInt8]) {
        hasStarted = true
        switch format {
        case .zlib: output += Self.zlibHeader(level)
        case .gzip:
            // RFC 1952 2.3: no name, no time, system unknown; XFL names the extremes.
            output += [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, level.effort == 9 ? 2 : level.effort < 2 ? 4 : 0, 0xff]
        case .raw: break
        }
    }

    /// Compresses what has come since the last piece.
    private mutating func compressPiece(isFinal: Bool, to output: inout [UInt8]) {
        let piece = unsafe window.piece
        unsafe encoder.writer.move(to: window.output)
        if level.effort == 0 {
            unsafe encoder.store(piece, isFinal: isFinal)
        } else {
            unsafe compressBlocks(piece, isFinal: isFinal)
        }
        if isFinal { encoder.writer.alignToByte() }
        // A block takes at most the bits of stored ones, so `output` of the window holds them all.
        let count = unsafe encoder.writer.output - window.output
        unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: window.output, count: count))
        let moved = window.slide()
        parser.finder.slide(by: moved)
    }

    private mutating func compressBlocks(_ piece: UnsafeRawBufferPointer, isFinal: Bool) {
        var start = 0
        guard let base = piece.baseAddress else { return }
        repeat {
            let blockEnd = unsafe parser.parse(from: base + start, to: base + piece.count, effort)
            let end = unsafe blockEnd - base
            let block = unsafe UnsafeRawBufferPointer(rebasing: piece[start..<end])
            unsafe encoder.encode(
                block, &parser, isOnly: start == 0 && end == piece.count, endsPiece: end == piece.count,
                isFinal: isFinal && end == piece.count)
            start = end
        } while start < piece.count
    }
}
