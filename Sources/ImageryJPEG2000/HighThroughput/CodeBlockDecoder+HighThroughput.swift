// HT blocks (T.814): which passes there are, and where their bytes stand.

import ImageryPlumbing

/// The HT set of a block that is decoded: the last one whose cleanup pass is there, since each codes the block anew and finer (T.814 B.2).
private struct HTSet {
    /// Bit-planes before its own, of those that are not all zero.
    var plane: Int
    var cleanup: CodedBlock.Segment
    /// SigProp and MagRef, in one segment or two.
    var refinements = 0
    var refinementSegments: [CodedBlock.Segment] = []

    /// Nil when all passes are placeholders. Passes come in threes: cleanup, SigProp, MagRef. Those without bytes before a cleanup pass are
    /// placeholders, which lower the bit-plane.
    static func last(of segments: [CodedBlock.Segment]) throws(BlockDamage) -> HTSet? {
        var set: HTSet?
        var index = 0
        for segment in segments where segment.passes != 0 {
            guard (0...1000).contains(segment.passes), index < 1000 else { throw .passes }
            let kind = index % 3
            if segment.byteCount > 0 && (kind + segment.passes) % 3 == 1 && (set == nil || segment.passes == 1) {
                set = HTSet(plane: (index + segment.passes - 1) / 3, cleanup: segment)
            } else if let current = set, index / 3 == current.plane, kind + segment.passes <= 3 {
                set?.refinements += segment.passes
                set?.refinementSegments.append(segment)
            } else if segment.byteCount != 0 {
                throw .segments
            }
            index += segment.passes
        }
        return set
    }
}

/// Memory for the samples of one HT block.
@safe
struct HTScratch<Word: FixedWidthInteger & UnsignedInteger> {
    let samples: UnsafeMutablePointer<Word>
    /// The lower samples of a row of quads.
    let bottoms: UnsafeMutablePointer<Word>

    init() {
        unsafe samples = .allocate(capacity: CodeBlockSize.largestArea)
        unsafe bottoms = .allocate(capacity: CodeBlockSize.longestSide + 8)
    }

    func deallocate() {
        unsafe samples.deallocate()
        unsafe bottoms.deallocate()
    }
}

/// Memory for the streams and quads of one HT block.
@safe
final class HTMemory {
    let quads: UnsafeMutablePointer<UInt32>
    let significant: UnsafeMutablePointer<UInt8>
    private(set) var streams: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 16

    init() {
        // Most for two columns of 512 quads, with three words of border a row; most for one stripe of 1024 columns.
        unsafe quads = .allocate(capacity: 5 * 513)
        unsafe significant = .allocate(capacity: (CodeBlockSize.longestSide + 2) * 3)
        unsafe streams = .allocate(capacity: capacity)
    }

    deinit {
        unsafe quads.deallocate()
        unsafe significant.deallocate()
        unsafe streams.deallocate()
    }

    func reserve(_ count: Int) {
        guard count > capacity else { return }
        unsafe streams.deallocate()
        capacity = count
        unsafe streams = .allocate(capacity: count)
    }
}

extension CodeBlockDecoder {
    /// Words from one row of samples of an HT block to the next: whole pairs of quads.
    static func samplePitch(_ width: Int) -> Int { (width + 3) & ~3 }

    /// Decodes an HT block into rows of `pitch` words: sign (top bit) and magnitude as in ``SampleDecoder``. Without a cleanup pass nothing is
    /// written, and the result is `.ok` with `isEmpty` set.
    func decodeHT<Word>(
        _ block: CodedBlock, _ data: UnsafeRawBufferPointer, _ scratch: HTScratch<Word>, isEmpty: inout Bool
    ) -> Outcome {
        isEmpty = true
        let set: HTSet
        do throws(BlockDamage) {
            guard let last = try HTSet.last(of: block.segments) else { return .ok }
            set = last
        } catch { return .corrupt(error) }
        let plane = block.magnitudeBits - block.zeroBitPlanes - 1 - set.plane
        guard plane >= 0, block.zeroBitPlanes >= 0 else { return .corrupt(.passes) }
        guard let bytes = unsafe copy([set.cleanup], data) else { return .corrupt(.segments) }
        let pitch = Self.samplePitch(block.width)
        guard unsafe cleanUp(block, bytes, set.cleanup.byteCount, scratch, plane) else { return .corrupt(.cleanup) }
        isEmpty = false
        guard set.refinements > 0 else { return .ok }
        guard plane > 0 else { return .corrupt(.passes) }
        guard let bytes = unsafe copy(set.refinementSegments, data) else { return .corrupt(.segments) }
        let count = set.refinementSegments.reduce(0) { $0 + $1.byteCount }
        let refinement = unsafe HTRefinement(
            scratch.samples, pitch: pitch, width: block.width, height: block.height,
            isCausal: block.style.contains(.verticallyCausal), significant: memory.significant)
        memory.reserve(count + HTStreams.slack)
        if set.refinements > 1 {
            let bits = unsafe HTStreams.backward(
                bytes + count, count, after: 0xff, pending: 0, waiting: 0, into: memory.streams, filler: 0)
            unsafe refinement.refine(memory.streams, bits, Word(plane - 1))
        }
        let bits = unsafe HTStreams.forward(bytes, count, into: memory.streams, filling: 0, filler: 0)
        unsafe refinement.propagate(memory.streams, bits, Word(plane - 1))
        return .ok
    }

    /// The cleanup segment (T.814 7.1.1): the MagSgn stream from its start, then the MEL stream; the VLC stream runs backward from its end.
    private func cleanUp<Word>(
        _ block: CodedBlock, _ bytes: UnsafePointer<UInt8>, _ count: Int, _ scratch: HTScratch<Word>, _ plane: Int
    ) -> Bool {
        guard count >= 2 else { return false }
        let last = unsafe bytes[count - 2]
        let suffix = unsafe Int(bytes[count - 1]) << 4 | Int(last & 15)
        guard suffix >= 2, suffix <= count, suffix <= 4079 else { return false }
        let prefix = count - suffix
        let quadColumns = (block.width + 1) / 2
        let magnitudeFiller = HTCleanup.magnitudeFiller(quadColumns)
        let codeFiller = HTCleanup.codeFiller(quadColumns)
        memory.reserve(prefix + magnitudeFiller + suffix + codeFiller + 2 * HTStreams.slack)
        let magnitudes = unsafe memory.streams
        let codes = unsafe magnitudes + prefix + magnitudeFiller + HTStreams.slack
        let magnitudeBits = unsafe HTStreams.forward(
            bytes, prefix, into: magnitudes, filling: 0xff, filler: magnitudeFiller)
        // The upper half of the last byte but one comes first.
        let first = last >> 4
        let codeBits = unsafe HTStreams.backward(
            bytes + count - 2, suffix - 2, after: last | 15, pending: first & 7 == 7 ? 7 : UInt64(first),
            waiting: first & 7 == 7 ? 3 : 4, into: codes, filler: codeFiller)
        var events = unsafe MELDecoder(bytes + prefix, bytes + count - 2)
        let cleanup = unsafe HTCleanup(
            width: Self.samplePitch(block.width), quadColumns: quadColumns, quadRows: (block.height + 1) / 2,
            magnitudes: magnitudes,
            magnitudeBits: magnitudeBits, codes: codes, codeBits: codeBits, quads: memory.quads)
        // Magnitudes have at most as many bits as there are bit-planes, and v_n one more for the sign.
        let limit = UInt32(block.magnitudeBits - plane + 1)
        return unsafe cleanup.decode(
            &events, HTTables.shared, into: scratch.samples, bottoms: scratch.bottoms, plane: plane, limit: limit)
    }
}
