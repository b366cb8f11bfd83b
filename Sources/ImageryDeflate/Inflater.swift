// The stream: container, state between calls, history and checksum (RFC 1950 2.2, RFC 1952 2.3).

import ImageryKernels

/// Decodes one deflate stream, in pieces of any size on both sides.
///
/// Each call takes what it can use of `input`, writes decoded bytes into `output` and says how far it came. The bytes it decoded earlier may be
/// gone: the last 32 KiB are kept inside. A decoder that is used for many streams (the tiles of a file) is `reset` and keeps its memory.
///
/// The speed is that of long pieces: a call spends its last 288 bytes of output and 32 bytes of input in a careful loop, so pieces should
/// be tens of kilobytes (many rows), not single short rows.
///
/// It may move between threads, as nothing else points into its memory; it cannot be shared.
@safe
public struct Inflater: ~Copyable, @unchecked Sendable {
    /// Why a call came back.
    public enum Status: Sendable {
        /// All input is used up and the stream is not at its end.
        case needsInput
        /// The output is full and the stream has more for it. (A stream that ends exactly with the output is `finished`.)
        case outputFull
        /// The stream and its checksum are complete; `consumed` ends behind them.
        case finished
    }

    /// How far one call came.
    public struct Progress: Sendable {
        /// Bytes of the input that are used up.
        public var consumed: Int
        /// Bytes written to the output.
        public var produced: Int
        /// Why the call came back.
        public var status: Status
    }

    /// Where in the syntax the next bit is.
    enum Phase {
        case zlibHeader
        case gzipHeader(GzipField)
        case blockHeader
        case storedHeader
        case stored
        case dynamicHeader
        case codeLengthLengths
        case codeLengths
        case symbols
        case match
        case trailer
        case gzipSize
        case finished
        case failed(InflateFailure)
    }

    let format: DeflateFormat
    private let verifiesChecksum: Bool
    /// Bytes of the stream used up since `init` or `reset`.
    public private(set) var totalConsumed = 0
    /// Bytes decoded since `init` or `reset`; after a failure this many are good.
    public private(set) var totalProduced = 0

    var phase: Phase
    /// Input bits not yet decoded, the next one lowest. Between calls the bits above `bitCount` are zero.
    var bits: UInt64 = 0
    var bitCount: UInt64 = 0
    var isFinalBlock = false
    /// Bytes left of a stored block or of the match the output had no room for.
    var remaining = 0
    var matchDistance = 0
    var counts = AlphabetCounts()
    var tables: InflateTables
    var history = History()
    private var checksum: UInt32
    var gzip = GzipHeaderState()

    /// A decoder at the start of a stream.
    ///
    /// - Parameters:
    ///   - format: the container.
    ///   - verifiesChecksum: whether the checksum behind the data is compared; without it the trailer is read and ignored.
    public init(_ format: DeflateFormat, verifiesChecksum: Bool = true) {
        self.format = format
        self.verifiesChecksum = verifiesChecksum
        phase = Self.firstPhase(format)
        checksum = Self.emptyChecksum(format)
        tables = InflateTables()
    }

    /// Goes back to the start of a new stream of the same format; memory is kept.
    public mutating func reset() {
        totalConsumed = 0
        totalProduced = 0
        phase = Self.firstPhase(format)
        checksum = Self.emptyChecksum(format)
        bits = 0
        bitCount = 0
        isFinalBlock = false
        history.removeAll()
        gzip = GzipHeaderState()
    }

    /// Output between two looks at the checksum: small enough that the bytes are still in the cache.
    private static var pieceSize: Int { 1 << 17 }

    private static func firstPhase(_ format: DeflateFormat) -> Phase {
        switch format {
        case .zlib: .zlibHeader
        case .raw: .blockHeader
        case .gzip: .gzipHeader(.fixedPart)
        }
    }

    private static func emptyChecksum(_ format: DeflateFormat) -> UInt32 { format == .zlib ? 1 : 0 }

    /// Decodes from `input` into `output[position...]`.
    ///
    /// Bytes before `position` must be the ones decoded last (as many as were decoded at all, or as lie there): matches are copied from them.
    /// Bytes of `output` behind those produced may be overwritten with anything. Nothing is decoded beyond what `output` has room for.
    ///
    /// - Throws: what is wrong with the stream, now and at every further call until `reset`. What was decoded before is in `output`, and
    ///   `totalProduced` counts it.
    public mutating func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, at position: Int = 0
    ) throws(InflateFailure) -> Progress {
        precondition(position >= 0 && position <= output.count, "position lies outside the output")
        // An empty buffer may have no address; a byte of the tables stands in and is never read or written.
        let inputStart = unsafe input.baseAddress ?? tables.anyAddress
        let outputAddress = unsafe output.baseAddress ?? tables.anyMutableAddress
        let outputStart = unsafe outputAddress + position
        let decodedBefore = min(position, totalProduced)
        var transfer = unsafe Transfer(
            input: inputStart, inputEnd: inputStart + input.count, output: outputStart, outputBase: outputStart - decodedBefore,
            outputEnd: outputAddress + output.count, pauseAt: outputStart, history: history.tail(before: decodedBefore))
        var checked = unsafe outputStart
        var stop: Stop
        repeat {
            unsafe transfer.pauseAt = transfer.output + min(Self.pieceSize, transfer.outputEnd - transfer.output)
            stop = unsafe advance(&transfer)
            if format != .raw && verifiesChecksum {
                let fresh = unsafe UnsafeRawBufferPointer(start: checked, count: transfer.output - checked)
                checksum = unsafe format == .zlib ? adler32(checksum, fresh) : crc32(checksum, fresh)
            }
            unsafe checked = transfer.output
            if case .trailerRead(let stored) = stop { stop = finishTrailer(stored, produced: unsafe checked - outputStart) }
        } while stop == .pause

        // Whole bytes in the bit buffer that came with this call go back to the caller, unless the stream waits for more behind them.
        var consumed = unsafe transfer.input - inputStart
        if stop != .needsInput {
            let spare = min(Int(bitCount >> 3), consumed)
            consumed -= spare
            bitCount -= UInt64(spare) * 8
        }
        bits &= (1 &<< bitCount) &- 1
        let produced = unsafe transfer.output - outputStart
        totalConsumed += consumed
        totalProduced += produced
        switch stop {
        case .failed(let failure):
            phase = .failed(failure)
            throw failure
        case .finished:
            phase = .finished
            return Progress(consumed: consumed, produced: produced, status: .finished)
        case .outputFull, .needsInput, .pause, .trailerRead:
            unsafe history.append(UnsafeRawBufferPointer(start: outputStart, count: produced))
            return Progress(consumed: consumed, produced: produced, status: stop == .outputFull ? .outputFull : .needsInput)
        }
    }

    /// Compares one 32-bit trailer field and says how the stream goes on behind it.
    private mutating func finishTrailer(_ stored: UInt32, produced: Int) -> Stop {
        if case .gzipSize = phase {
            let size = UInt32(truncatingIfNeeded: totalProduced + produced)
            return stored == size || !verifiesChecksum ? .finished : .failed(.checksumMismatch)
        }
        guard stored == checksum || !verifiesChecksum else { return .failed(.checksumMismatch) }
        guard format == .gzip else { return .finished }
        phase = .gzipSize
        return .pause
    }

    /// Decodes a whole stream into `output`, which has the size the stream should have; a stream that holds more is stopped there.
    ///
    /// The decoder is `reset` first.
    ///
    /// - Returns: how far it came; `needsInput` means that the stream is cut short.
    public mutating func decodeAll(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(InflateFailure) -> Progress {
        reset()
        return try unsafe inflate(input, into: output)
    }

    /// Decodes from `input` into `output[position...]`; see the form with pointers.
    public mutating func inflate(
        _ input: RawSpan, into output: inout MutableRawSpan, at position: Int = 0
    ) throws(InflateFailure) -> Progress {
        let result = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                Result { () throws(InflateFailure) in try unsafe inflate(source, into: target, at: position) }
            }
        }
        return try result.get()
    }
}

/// The memory one call works on.
@unsafe
struct Transfer {
    var input: UnsafeRawPointer
    let inputEnd: UnsafeRawPointer
    var output: UnsafeMutableRawPointer
    /// The first byte of the caller's buffer; decoded bytes lie from here on without a gap.
    let outputBase: UnsafeMutableRawPointer
    let outputEnd: UnsafeMutableRawPointer
    /// Where the checksum should catch up.
    var pauseAt: UnsafeMutableRawPointer
    /// What was decoded before `outputBase`; may be empty.
    let history: UnsafeRawBufferPointer
}

/// Why the block decoder came back.
enum Stop: Equatable {
    case needsInput
    case outputFull
    case finished
    /// A piece is decoded that should be summed while it is in the cache.
    case pause
    /// Four bytes of trailer, as the container orders them.
    case trailerRead(UInt32)
    case failed(InflateFailure)
}
