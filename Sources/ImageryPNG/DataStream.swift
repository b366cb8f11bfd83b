// The zlib datastream that the IDAT chunks hold together (PNG 3rd edition, clauses 10.1 and 11.2.3).

import ImageryBase
import ImageryDeflate
import ImageryKernels
import ImageryPlumbing

/// Inflates the image data from front to back. CRCs are compared as the chunks go by (5.5).
final class DataStream {
    private let source: any ByteSource
    private let chunks: [Chunk]
    private let isTruncated: Bool
    private let salvage: Bool
    private let findings: Findings

    private var inflater = Inflater(.zlib)
    /// Compressed bytes of one or more chunks, joined: long pieces are what the inflater is fast with.
    private let staged: Scratch
    private var stagedRange = 0..<0
    /// The chunk that is being read, the file offset of its next byte, and the CRC so far.
    private var chunkIndex = 0
    private var position: Int
    private var crc: UInt32
    private var isFinished = false

    /// Bytes of the file that are lent at a time.
    private static let stageBytes = 1 << 18
    private static let crcSeed = Chunk.crcSeed(.idat)

    /// The stream of these IDAT chunks, of which there is at least one.
    init(_ source: any ByteSource, chunks: [Chunk], isTruncated: Bool, _ context: ReadContext) throws(ImageryError) {
        self.source = source
        self.chunks = chunks
        self.isTruncated = isTruncated
        salvage = context.salvage
        findings = context.findings
        staged = try Scratch(byteCount: Self.stageBytes)
        position = chunks[0].data.lowerBound
        crc = Self.crcSeed
    }

    /// Goes back to the first byte.
    func restart() {
        inflater.reset()
        stagedRange = 0..<0
        chunkIndex = 0
        position = chunks[0].data.lowerBound
        crc = Self.crcSeed
        isFinished = false
    }

    /// Inflates until `buffer` is full; `buffer[..<start]` holds what was inflated last, as much of it as there is or fits.
    ///
    /// Returns how many bytes it added: fewer than there was room for only when the image is salvaged (13.2).
    func fill(_ buffer: UnsafeMutableRawBufferPointer, from start: Int) throws(ImageryError) -> Int {
        let before = inflater.totalProduced
        var filled = start
        while filled < buffer.count {
            guard !isFinished else {
                try complain("the image data ends before the last row")
                break
            }
            if stagedRange.isEmpty, try !stage() {
                try complain(missing)
                break
            }
            let failure = unsafe advance(buffer, at: filled)
            // After a failure, too, what was decoded before it is in the buffer.
            filled = start + inflater.totalProduced - before
            if let failure {
                isFinished = true
                try complain(describe(failure))
            }
        }
        return filled - start
    }

    /// Reads on behind the last row, to the checksum. What follows the image is not decoded (10.1).
    func finish() throws(ImageryError) {
        var nothing: UInt8 = 0
        while !isFinished {
            // Every row is there: what is missing can only be the end of the stream.
            if stagedRange.isEmpty, try !stage() { return findings.add(Diagnostic("PNG IDAT", missing, at: position)) }
            let failure = unsafe withUnsafeMutableBytes(of: &nothing) { room in
                unsafe advance(UnsafeMutableRawBufferPointer(rebasing: room[..<0]), at: 0)
            }
            if let failure { return try complain(describe(failure)) }
            if !isFinished && !stagedRange.isEmpty {
                return findings.add(Diagnostic("PNG IDAT", "the image data goes on behind the last row", at: chunks[0].offset))
            }
        }
        if !stagedRange.isEmpty || position < chunks[chunks.count - 1].data.upperBound {
            findings.add(Diagnostic("PNG IDAT", "bytes follow the end of the zlib stream", at: chunks[0].offset))
        }
    }

    private func advance(_ buffer: UnsafeMutableRawBufferPointer, at place: Int) -> InflateFailure? {
        // Inside the memory: `stage` has filled that many bytes of it.
        let input = unsafe UnsafeRawBufferPointer(start: staged.base + stagedRange.lowerBound, count: stagedRange.count)
        do throws(InflateFailure) {
            let progress = try unsafe inflater.inflate(input, into: buffer, at: place)
            stagedRange = stagedRange.lowerBound + progress.consumed..<stagedRange.upperBound
            isFinished = progress.status == .finished
            return nil
        } catch {
            return error
        }
    }

    /// Joins the data of the next chunks in `staged`; false when there is no more.
    private func stage() throws(ImageryError) -> Bool {
        let end = chunks[chunks.count - 1].end - (isTruncated ? Chunk.crcBytes : 0)
        var staged = 0
        while staged == 0 && chunkIndex < chunks.count && position < end {
            let window = position..<min(position + Self.stageBytes, end)
            try source.lend(window, of: "PNG IDAT") { (span) throws(ImageryError) -> Void in
                staged = try take(span, window)
            }
        }
        stagedRange = 0..<staged
        return staged > 0
    }

    /// Copies the chunk data out of the lent bytes and checks the CRC of each chunk that ends there; returns the bytes copied.
    private func take(_ span: RawSpan, _ window: Range<Int>) throws(ImageryError) -> Int {
        var count = 0
        while chunkIndex < chunks.count {
            let chunk = chunks[chunkIndex]
            position = max(position, chunk.data.lowerBound)
            guard position <= window.upperBound else { break }
            let piece = position..<max(position, min(chunk.data.upperBound, window.upperBound))
            let bytes = span.extracting(piece.lowerBound - window.lowerBound..<piece.upperBound - window.lowerBound)
            // Fits: the pieces of one window are disjoint, and `staged` holds as many bytes as a window.
            unsafe bytes.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress {
                    unsafe staged.base.advanced(by: count).copyMemory(from: start, byteCount: bytes.count)
                }
                crc = unsafe crc32(crc, bytes)
            }
            count += piece.count
            position = piece.upperBound
            guard position == chunk.data.upperBound, position + Chunk.crcBytes <= window.upperBound else { break }
            let stored = unsafe UInt32(
                bigEndian: span.unsafeLoadUnaligned(fromByteOffset: position - window.lowerBound, as: UInt32.self))
            if stored != crc {
                guard salvage else { throw chunk.crcError }
                findings.add(Diagnostic(chunk.crcError))
            }
            crc = Self.crcSeed
            chunkIndex += 1
            position += Chunk.crcBytes
        }
        return count
    }

    private var missing: String {
        isTruncated ? "the file ends inside the image data" : "the image data ends inside its zlib stream"
    }

    /// Throws, or notes what would have been thrown when the image is salvaged.
    private func complain(_ message: String) throws(ImageryError) {
        let error = ImageryError(.malformed, "PNG IDAT", message, at: position)
        guard salvage else { throw error }
        findings.add(Diagnostic(error))
    }
}

/// What is wrong with a zlib stream, as a sentence.
func describe(_ failure: InflateFailure) -> String {
    switch failure {
    case .badHeader: "the zlib header is damaged or names another method (RFC 1950 2.2)"
    case .presetDictionary: "the zlib stream asks for a preset dictionary, which PNG does not allow"
    case .badBlockType: "a deflate block has the reserved type 3 (RFC 1951 3.2.3)"
    case .badStoredLength: "the lengths of a stored deflate block disagree (RFC 1951 3.2.4)"
    case .badCodeLengths: "the code lengths of a deflate block describe no usable code (RFC 1951 3.2.7)"
    case .badSymbol: "a bit pattern stands for no deflate symbol (RFC 1951 3.2.5)"
    case .badDistance: "a deflate match reaches back before the first byte (RFC 1951 3.2.5)"
    case .checksumMismatch: "the Adler-32 checksum is wrong (RFC 1950 2.2)"
    }
}
