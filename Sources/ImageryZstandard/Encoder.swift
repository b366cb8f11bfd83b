// Bytes to a frame: blocks of 128 KiB, each stored as it takes least (RFC 8878 section 3.1.1).

import ImageryBase
import ImageryPlumbing

/// Compresses bytes into Zstandard frames.
///
/// The stream depends on the bytes and the level alone. The memory, up to 25 MB at level 9 and under 2 MB up to level 3, is kept from one call to the next. It can go from
/// thread to thread, but serves one at a time.
public final class ZstandardEncoder {
    private let parser: BlockParser
    private var literals = LiteralsEncoder()
    private var sequences = SequencesEncoder()
    /// A block on its way, and the codes of its sequences.
    private let block: Scratch
    private let codes: Scratch

    /// Most bytes that matches reach back: more is asked of few decoders.
    private static let windowLog = 23
    /// Positions in a frame fit 32 bits with room to spare; what is longer becomes several frames.
    private static let frameBytes = 1 << 30
    private static let blockMemory = 2 * Bound.block + SequencesEncoder.bytesPerSequence * (Bound.block / 4 + 1) + 2048

    /// `level` is the work, from 1 to 9; other numbers become the nearest of these. Throws kind `outOfMemory`.
    public init(level: Int = 3) throws(ZstandardFailure) {
        do throws(ImageryError) {
            parser = try BlockParser(Search(level: level))
            block = try Scratch(byteCount: Self.blockMemory)
            codes = try Scratch(byteCount: 3 * (Bound.block / 4 + 1))
        } catch {
            throw .outOfMemory
        }
    }

    /// The most bytes that `count` bytes can become; nil when that is beyond all measure.
    public static func bound(_ count: Int) -> Int? {
        // Every block can be stored as it is, behind three bytes; a frame's header takes up to 14.
        checkedSum(count, BlockHeader.byteCount * (count / Bound.block + 1) + 14 * (count / frameBytes + 1))
    }

    /// Compresses `input` and appends what comes of it to `output`. Throws kind `outOfMemory`.
    public func compress(_ input: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(ZstandardFailure) {
        var position = 0
        repeat {
            let size = min(Self.frameBytes, input.count - position)
            try unsafe compressFrame(UnsafeRawBufferPointer(rebasing: input[position..<position + size]), into: &output)
            position += size
        } while position < input.count
    }

    private func compressFrame(_ input: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(ZstandardFailure) {
        let isSingle = input.count <= 1 << Self.windowLog
        output +=
            isSingle
            ? FrameHeader.bytes(contentSize: input.count)
            : FrameHeader.bytes(contentSize: input.count, windowLog: Self.windowLog)
        literals.forget()
        sequences.forget()
        guard let base = unsafe input.baseAddress?.assumingMemoryBound(to: UInt8.self), unsafe !input.isEmpty else {
            output += BlockHeader(isLast: true, kind: .raw, size: 0).bytes
            return
        }
        do throws(ImageryError) {
            try unsafe parser.begin(base, count: input.count, window: 1 << Self.windowLog)
        } catch {
            throw .outOfMemory
        }
        var start = 0
        while start < input.count {
            let end = min(input.count, start + Bound.block)
            unsafe compressBlock(base, start..<end, isLast: end == input.count, into: &output)
            start = end
        }
    }

    private func compressBlock(_ frame: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool, into output: inout [UInt8]) {
        let stored = unsafe UnsafeRawBufferPointer(start: frame + range.lowerBound, count: range.count)
        let first = unsafe frame[range.lowerBound]
        if unsafe range.count > 3 && stored.allSatisfy({ $0 == first }) {
            output += BlockHeader(isLast: isLast, kind: .run, size: range.count).bytes
            output.append(first)
            return
        }
        // What a decoder remembers stays as it was when the block is stored.
        let before = (parser.history, literals, sequences)
        parser.parse(range)
        var end = unsafe literals.encode(
            UnsafeBufferPointer(start: parser.literals, count: parser.literalCount), into: block.base)
        unsafe end = sequences.encode(
            UnsafeBufferPointer(start: parser.sequences, count: parser.sequenceCount), codes: codes.bytes, into: end)
        let size = unsafe end - block.base
        guard size < range.count - range.count >> 7 else {
            (parser.history, literals, sequences) = before
            output += BlockHeader(isLast: isLast, kind: .raw, size: range.count).bytes
            unsafe output.append(contentsOf: stored)
            return
        }
        output += BlockHeader(isLast: isLast, kind: .compressed, size: size).bytes
        unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: block.base, count: size))
    }
}
