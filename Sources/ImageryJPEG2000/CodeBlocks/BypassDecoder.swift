// The coding passes whose decisions are plain bits (selective arithmetic coding bypass, T.800 D.6).

/// The bits of a bypass segment, most significant first; behind a byte FF the next has seven (D.6). Behind the segment's bytes two bytes FF
/// must stand: they are never passed, and give ones.
@safe
struct BypassDecoder {
    private var byte: UInt32 = 0
    private var count: UInt32 = 0
    private var next: UnsafePointer<UInt8>

    init(_ bytes: UnsafePointer<UInt8>) { unsafe next = bytes }

    @inline(__always)
    mutating func bit() -> UInt32 {
        if count == 0 {
            let following = unsafe UInt32(next[0])
            if byte == 0xff && following > 0x8f {
                count = 8
            } else {
                count = byte == 0xff ? 7 : 8
                byte = following
                unsafe next += 1
            }
        }
        count &-= 1
        return byte &>> count & 1
    }
}

/// Samples of a bit-plane as plain bits: only significance and refinement passes are coded so.
@safe
struct BypassSampleDecoder: SampleCoder {
    private(set) var bits: BypassDecoder
    private let plane: UInt32

    init(_ bits: BypassDecoder, plane: UInt32) { (self.bits, self.plane) = (bits, plane) }

    @inline(__always)
    mutating func significance(_ neighbours: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> Bool { bits.bit() != 0 }

    @inline(__always)
    mutating func sign(_ entry: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> UInt8 {
        let sign = bits.bit()
        unsafe sample[0] = sign &<< 31 | 3 &<< plane
        return UInt8(truncatingIfNeeded: sign)
    }

    @inline(__always)
    mutating func refine(_ context: Int, _ sample: UnsafeMutablePointer<UInt32>) { unsafe refineAgain(sample) }

    @inline(__always)
    mutating func refineAgain(_ sample: UnsafeMutablePointer<UInt32>) {
        unsafe sample[0] ^= (3 &- 2 &* bits.bit()) &<< plane
    }

    var copy: Self { self }
    mutating func beginRefiningAgain() {}
    mutating func endRefiningAgain() {}
    mutating func run(_ samples: UnsafeMutablePointer<UInt32>) -> Int { 4 }
}
