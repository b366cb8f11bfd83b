// Compression (RFC 1951), by zlib behind a face of our own. The only file that knows zlib.

import CZlib

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
/// A compressor that is used for many streams is `reset` and keeps its memory. It may move between threads; it cannot be shared.
@safe
public struct Deflater: ~Copyable, @unchecked Sendable {
    /// zlib keeps a pointer back to this record, so it may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isFinished = false

    /// A compressor at the start of a stream.
    public init(_ format: DeflateFormat, level: DeflateLevel = .balanced) throws(DeflateFailure) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let windowBits: Int32 =
            switch format {
            case .zlib: MAX_WBITS
            case .raw: -MAX_WBITS
            case .gzip: MAX_WBITS + 16
            }
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        let result = unsafe deflateInit2_(
            stream, Int32(level.effort), Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard result == Z_OK else {
            unsafe stream.deallocate()
            throw .outOfMemory
        }
    }

    deinit {
        _ = unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Goes back to the start of a new stream of the same format and level; memory is kept.
    public mutating func reset() {
        _ = unsafe deflateReset(stream)
        isFinished = false
    }

    /// Compresses `input` and appends what comes out to `output`; the rest stays inside until later input or `finish`.
    public mutating func append(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(DeflateFailure) {
        guard !isFinished else { throw .alreadyFinished }
        // zlib counts input in 32 bits.
        var start = 0
        while start < input.count {
            let piece = min(input.count - start, 1 << 30)
            unsafe run(UnsafeRawBufferPointer(rebasing: input[start..<start + piece]), flush: Z_NO_FLUSH, to: &output)
            start += piece
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
        isFinished = true
        unsafe run(UnsafeRawBufferPointer(start: nil, count: 0), flush: Z_FINISH, to: &output)
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

    /// Feeds one piece (below 4 GiB) to zlib until it asks for no more room.
    private mutating func run(_ input: UnsafeRawBufferPointer, flush: Int32, to output: inout [UInt8]) {
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { room in
            repeat {
                unsafe stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
                unsafe stream.pointee.avail_out = UInt32(room.count)
                _ = unsafe deflate(stream, flush)
                let count = unsafe room.count - Int(stream.pointee.avail_out)
                unsafe output.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<count]))
            } while unsafe stream.pointee.avail_out == 0
        }
    }
}
