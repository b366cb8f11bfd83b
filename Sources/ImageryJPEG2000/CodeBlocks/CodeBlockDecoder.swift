// Decoding of one code-block, bit-plane by bit-plane (T.800 Annex D).

/// Decodes code-blocks one after the other; owns the memory they need, so each thread has its own.
///
/// **What comes out.** Each coefficient is a two's complement number in units of half a quantiser step: sign x (2 q + h). q is the magnitude as far
/// as its bits were decoded, with zeros below. h is the midpoint of what is not known (r = 1/2 in Equations E-6 and E-8): 0 for q = 0, otherwise
/// 2^(Mb - Nb), with Nb from E.1.1.2; it is 1, half a step, when all bit-planes were decoded. It follows that
///
/// - irreversible: coefficient = value x (step / 2), with nothing else to add (E-6),
/// - reversible: coefficient = value / 2, towards zero, which is exact where all bit-planes were decoded (E-7, E-8),
/// - region of interest (H.1): a value whose magnitude v is at least 2^(s + 1) belongs to the region and becomes v >> s, and bit 0 is set if
///   any of the s + 1 bits below was: then all of its own bit-planes were decoded, and the midpoint is half a step.
@safe
final class CodeBlockDecoder {
    enum Outcome: Equatable {
        case ok
        /// The coefficients are those of the passes before the damage.
        case corrupt(BlockDamage)
    }

    /// Bit-planes that one word holds beside the sign and the midpoint.
    static let planesPerWord = 30
    /// Bit-planes that a wide coefficient holds: those of 38-bit samples with all gains, and a region of interest.
    static let widePlanes = 61
    /// The same for HT blocks, whose values are read at one go.
    static let wideHTPlanes = 55

    private let blockMemory = BlockMemory()
    private var samples: UnsafeMutablePointer<UInt32> { unsafe blockMemory.samples }
    /// The bytes of the segment that is decoded, and two bytes FF.
    private var bytes: UnsafeMutablePointer<UInt8>
    private var byteCapacity: Int

    /// What HT blocks need.
    private(set) lazy var memory = HTMemory()
    private let scratch = HTScratch<UInt32>()
    private var wideScratch: HTScratch<UInt64>?

    private let window: Int

    /// Wide blocks are decoded in windows of `planesPerWord` bit-planes.
    init(planesPerWord: Int = CodeBlockDecoder.planesPerWord) {
        window = planesPerWord
        byteCapacity = 16384
        unsafe bytes = .allocate(capacity: byteCapacity)
    }

    deinit {
        unsafe bytes.deallocate()
        scratch.deallocate()
        wideScratch?.deallocate()
    }

    /// Decodes a code-block with at most ``planesPerWord`` bit-planes: of a Part 1 block only those count that are not all zero.
    ///
    /// `output` has `height` rows of `width` samples, `stride` samples apart; all of them are written.
    func decode(
        _ block: CodedBlock, data: UnsafeRawBufferPointer, into output: UnsafeMutablePointer<Int32>, stride: Int
    ) -> Outcome {
        var isEmpty = true
        var outcome = Outcome.ok
        let planes = block.magnitudeBits - block.zeroBitPlanes
        if !Self.isPossible(block.width, block.height) {
            outcome = .corrupt(.shape)
        } else if block.segments.isEmpty {
            outcome = .ok
        } else if max(planes, block.style.contains(.highThroughput) ? block.magnitudeBits : 0) > Self.planesPerWord {
            outcome = .corrupt(.bitPlanes)
        } else if block.style.contains(.highThroughput) {
            outcome = unsafe decodeHT(block, data, scratch, isEmpty: &isEmpty)
            if !isEmpty { unsafe storeRows(block, output, stride) }
        } else {
            let state = state(of: block)
            outcome = unsafe decodePasses(block, state, data, planes) { _ in }
            unsafe store(state, block.height, output, stride)
            isEmpty = false
        }
        if isEmpty {
            for row in 0..<max(0, block.height) { unsafe (output + row * stride).update(repeating: 0, count: max(0, block.width)) }
        }
        return outcome
    }

    /// As ``decode(_:data:into:stride:)`` for up to ``widePlanes`` bit-planes.
    func decodeWide(
        _ block: CodedBlock, data: UnsafeRawBufferPointer, into output: UnsafeMutablePointer<Int64>, stride: Int
    ) -> Outcome {
        for row in 0..<max(0, block.height) { unsafe (output + row * stride).update(repeating: 0, count: max(0, block.width)) }
        guard Self.isPossible(block.width, block.height) else { return .corrupt(.shape) }
        if block.segments.isEmpty { return .ok }
        if block.style.contains(.highThroughput) {
            guard block.magnitudeBits <= Self.wideHTPlanes else { return .corrupt(.bitPlanes) }
            let scratch = wideScratch ?? HTScratch<UInt64>()
            wideScratch = scratch
            var isEmpty = true
            let outcome = unsafe decodeHT(block, data, scratch, isEmpty: &isEmpty)
            if !isEmpty { unsafe storeRows(block, scratch, output, stride) }
            return outcome
        }
        let planes = block.magnitudeBits - block.zeroBitPlanes
        guard planes <= Self.widePlanes else { return .corrupt(.bitPlanes) }
        // Magnitudes gather in `output`: every window of bit-planes gives some of their bits, and the signs of those it found.
        let state = state(of: block)
        return unsafe decodePasses(block, state, data, planes) { base in
            unsafe gather(state, block.height, base, output, stride)
        }
    }

    /// Code-blocks are cut out of rectangles of powers of two, at least four each way, with 4096 samples at most (B.7, Table A.18).
    private static func isPossible(_ width: Int, _ height: Int) -> Bool {
        guard (1...CodeBlockSize.longestSide).contains(width), (1...CodeBlockSize.longestSide).contains(height) else {
            return false
        }
        func exponent(_ side: Int) -> Int { max(2, Int.bitWidth - (side - 1).leadingZeroBitCount) }
        return exponent(width) + exponent(height) <= 12
    }

    /// Memory for a block, cleared.
    private func state(of block: CodedBlock) -> BlockState {
        let state = blockMemory.state(
            width: block.width, height: block.height, block.orientation, isCausal: block.style.contains(.verticallyCausal))
        unsafe samples.update(repeating: 0, count: state.width * state.stripes * 4)
        return state
    }

    /// All coding passes of a block (D.3, D.4). When samples hold all the bit-planes they can, and at the end, `flush` is called with the
    /// number of the bit-plane that their lowest bits stand for.
    private func decodePasses(
        _ block: CodedBlock, _ state: BlockState, _ data: UnsafeRawBufferPointer, _ planes: Int, flush: (Int) -> Void
    ) -> Outcome {
        var base = max(0, planes - window)
        defer { flush(base) }
        blockMemory.resetContexts()
        var index = 0
        for segment in block.segments where segment.passes != 0 {
            guard segment.passes > 0, let copy = unsafe copy([segment], data) else { return .corrupt(.segments) }
            let isBypass = block.style.contains(.bypass) && CodingPass(index).mayBypass
            var decoder = unsafe MQDecoder(copy, blockMemory.contexts)
            var bits = unsafe BypassDecoder(copy)
            for _ in 0..<segment.passes {
                let pass = CodingPass(index)
                let plane = planes - 1 - pass.plane
                guard plane >= 0 else { return .corrupt(.passes) }
                guard !block.style.contains(.bypass) || pass.mayBypass == isBypass else { return .corrupt(.segments) }
                if plane < base {
                    flush(base)
                    unsafe samples.update(repeating: 0, count: state.width * state.stripes * 4)
                    base = max(0, plane + 1 - window)
                }
                let place = UInt32(truncatingIfNeeded: plane - base)
                if isBypass {
                    var coder = BypassSampleDecoder(bits, plane: place)
                    if pass.kind == .significance { state.propagateSignificance(&coder) } else { state.refineMagnitudes(&coder) }
                    bits = coder.bits
                } else {
                    var coder = SampleDecoder(decoder, plane: place)
                    switch pass.kind {
                    case .significance: state.propagateSignificance(&coder)
                    case .refinement: state.refineMagnitudes(&coder)
                    case .cleanup: state.cleanUp(&coder)
                    }
                    decoder = coder.decoder
                }
                if pass.kind == .cleanup, block.style.contains(.segmentationSymbols), !decoder.decodeSegmentationSymbol() {
                    return .corrupt(.segmentationSymbol)
                }
                if block.style.contains(.reset) { blockMemory.resetContexts() }
                index += 1
            }
        }
        return .ok
    }

    /// The bytes of segments with two bytes FF behind; nil if they do not lie inside the data.
    func copy(_ segments: [CodedBlock.Segment], _ data: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
        var count = 0
        for segment in segments {
            guard segment.offset >= 0, segment.byteCount >= 0, segment.byteCount <= data.count,
                segment.offset <= data.count - segment.byteCount
            else { return nil }
            count += segment.byteCount
        }
        let needed = count + 2 + MQDecoder.slack
        if needed > byteCapacity {
            unsafe bytes.deallocate()
            byteCapacity = needed
            unsafe bytes = .allocate(capacity: byteCapacity)
        }
        var target = unsafe UnsafeMutableRawPointer(bytes)
        for segment in segments where segment.byteCount > 0 {
            guard let base = data.baseAddress else { return nil }
            unsafe target.copyMemory(from: base + segment.offset, byteCount: segment.byteCount)
            unsafe target += segment.byteCount
        }
        unsafe target.storeBytes(of: .max, as: UInt16.self)
        unsafe (target + 2).initializeMemory(as: UInt8.self, repeating: 0, count: MQDecoder.slack)
        return unsafe UnsafePointer(bytes)
    }

    /// Stripes to rows, sign and magnitude to two's complement.
    private func store(_ state: BlockState, _ height: Int, _ output: UnsafeMutablePointer<Int32>, _ stride: Int) {
        for row in 0..<height {
            let source = unsafe samples + (row >> 2) * state.width * 4 + (row & 3)
            let target = unsafe output + row * stride
            for column in 0..<state.width {
                let value = unsafe Int32(bitPattern: source[column * 4])
                let sign = value >> 31
                unsafe target[column] = ((value & 0x7fff_ffff) ^ sign) &- sign
            }
        }
    }

    /// Sign and magnitude of an HT block to two's complement.
    private func storeRows(_ block: CodedBlock, _ output: UnsafeMutablePointer<Int32>, _ stride: Int) {
        let pitch = Self.samplePitch(block.width)
        for row in 0..<block.height {
            let source = unsafe scratch.samples + row * pitch
            let target = unsafe output + row * stride
            for column in 0..<block.width {
                let value = unsafe Int32(bitPattern: source[column])
                let sign = value >> 31
                unsafe target[column] = ((value & 0x7fff_ffff) ^ sign) &- sign
            }
        }
    }

    private func storeRows(
        _ block: CodedBlock, _ scratch: HTScratch<UInt64>, _ output: UnsafeMutablePointer<Int64>, _ stride: Int
    ) {
        let pitch = Self.samplePitch(block.width)
        for row in 0..<block.height {
            for column in 0..<block.width {
                let value = unsafe Int64(bitPattern: scratch.samples[row * pitch + column])
                let sign = value >> 63
                unsafe output[row * stride + column] = ((value & .max) ^ sign) &- sign
            }
        }
    }

    /// Adds the bit-planes that samples hold to the coefficients gathered so far. Windows share no bits but the midpoint, which is moved by
    /// exclusive or as in ``SampleDecoder``.
    private func gather(_ state: BlockState, _ height: Int, _ base: Int, _ output: UnsafeMutablePointer<Int64>, _ stride: Int) {
        for row in 0..<height {
            let source = unsafe samples + (row >> 2) * state.width * 4 + (row & 3)
            let target = unsafe output + row * stride
            for column in 0..<state.width {
                let word = unsafe source[column * 4]
                let before = unsafe target[column]
                let sign = before >> 63 | Int64(Int32(bitPattern: word) >> 31)
                let magnitude = Int64(before.magnitude) ^ Int64(word & 0x7fff_ffff) << Int64(base)
                unsafe target[column] = (magnitude ^ sign) &- sign
            }
        }
    }
}

/// A coding pass of a block by its number (D.3, D.4): the first bit-plane has only a cleanup pass.
struct CodingPass {
    enum Kind { case significance, refinement, cleanup }

    let kind: Kind
    /// Bit-planes before its own, of those that are not all zero.
    let plane: Int
    /// Whether its bits are plain under selective bypass (Table D.9): from the fifth bit-plane on, and never in cleanup passes.
    let mayBypass: Bool

    init(_ index: Int) {
        switch (index + 2) % 3 {
        case 0: kind = .significance
        case 1: kind = .refinement
        default: kind = .cleanup
        }
        plane = (index + 2) / 3
        mayBypass = index >= 10 && kind != .cleanup
    }
}
