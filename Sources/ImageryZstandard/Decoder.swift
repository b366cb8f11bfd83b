// The frames of a stream and the blocks of a frame (RFC 8878 sections 3.1 and 3.1.1).

import ImageryBase
import ImageryPlumbing

/// What a call of the decoder came to.
public struct ZstandardProgress: Equatable, Sendable {
    /// Bytes of the input that were used: all frames, or less when the output was full before.
    public var consumed: Int
    /// Bytes that were written.
    public var produced: Int
    /// True when the input ended with its last frame.
    public var isFinished: Bool
}

/// Decodes Zstandard streams into memory of a given size.
///
/// It takes about 150 KB, which one decoder keeps for stream after stream. It can go from thread to thread, but serves one at a time.
public final class ZstandardDecoder {
    /// Literals of a block.
    let literalMemory: Scratch
    var huffman: HuffmanTable
    var literalsLengths: SequenceTable
    var offsets: SequenceTable
    var matchLengths: SequenceTable
    /// The last three offsets.
    var history = Bound.firstOffsets
    /// Bytes that the last stream became, also when it failed.
    public private(set) var totalProduced = 0

    /// Throws kind `outOfMemory`.
    public init() throws(ZstandardFailure) {
        do throws(ImageryError) {
            literalMemory = try Scratch(byteCount: Bound.block + Literals.slack)
            huffman = try HuffmanTable()
            literalsLengths = try SequenceTable(.literalsLength)
            offsets = try SequenceTable(.offset)
            matchLengths = try SequenceTable(.matchLength)
        } catch {
            throw .outOfMemory
        }
    }

    /// Decodes frame after frame of `input`, passing over skippable ones, until the input ends or `output` is full: never more than that.
    ///
    /// Bytes of `output` behind those that were produced may be overwritten. The checksum of a frame that ends is verified. After a failure ``totalProduced`` bytes are good, but
    /// for `checksumMismatch` and `sizeMismatch`.
    public func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(ZstandardFailure) -> ZstandardProgress {
        totalProduced = 0
        guard unsafe !input.isEmpty else { throw .truncated }
        var position = 0
        while position < input.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: input[position...])
            if let skipped = try unsafe FrameHeader.skippable(rest) {
                position += skipped
                continue
            }
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: output[totalProduced...])
            guard let used = try unsafe decodeFrame(rest, into: room) else {
                return ZstandardProgress(consumed: position, produced: totalProduced, isFinished: false)
            }
            position += used
        }
        return ZstandardProgress(consumed: position, produced: totalProduced, isFinished: true)
    }

    /// Decodes the frame at the start of `input`; returns its bytes, or nil when the output is full before its end.
    private func decodeFrame(
        _ input: UnsafeRawBufferPointer, into memory: UnsafeMutableRawBufferPointer
    ) throws(ZstandardFailure) -> Int? {
        let header = try unsafe FrameHeader(input)
        huffman.forget()
        literalsLengths.forget()
        offsets.forget()
        matchLengths.forget()
        history = Bound.firstOffsets
        let maximum = min(header.window, Bound.block)
        // Memory of no bytes may have no address; nothing is written there.
        let base = unsafe memory.baseAddress ?? literalMemory.base
        var output = unsafe Output(frame: base, next: base, end: base + memory.count)
        let before = totalProduced
        defer { unsafe totalProduced = before + (output.next - base) }
        var position = header.byteCount
        var isLast = false
        while !isLast {
            let block = try unsafe BlockHeader(UnsafeRawBufferPointer(rebasing: input[position...]))
            isLast = block.isLast
            position += BlockHeader.byteCount
            let stored = block.kind == .run ? 1 : block.size
            guard block.size <= maximum else { throw .badBlock }
            guard stored <= input.count - position else { throw .truncated }
            let body = unsafe UnsafeRawBufferPointer(rebasing: input[position..<position + stored])
            position += stored
            switch block.kind {
            case .raw:
                let count = output.take(block.size)
                if let source = body.baseAddress { unsafe output.next.copyMemory(from: source, byteCount: count) }
                unsafe output.next += count
            case .run:
                let count = output.take(block.size)
                unsafe output.next.initializeMemory(as: UInt8.self, repeating: body[0], count: count)
                unsafe output.next += count
            case .compressed:
                try unsafe decodeBlock(body, behind: input.count - position, maximum: maximum, into: &output)
            }
            if output.isCut { return nil }
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: output.next - base)
        if let size = header.contentSize, size != bytes.count { throw .sizeMismatch }
        guard header.hasChecksum else { return position }
        guard input.count - position >= 4 else { throw .truncated }
        let stored = unsafe littleEndian(input, at: position, count: 4)
        guard unsafe xxHash64(bytes) & 0xFFFF_FFFF == stored else { throw .checksumMismatch }
        return position + 4
    }
}
