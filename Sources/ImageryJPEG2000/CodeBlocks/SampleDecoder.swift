// Decoding of the samples of a bit-plane (T.800 D.3) with the MQ decoder.

/// Decodes samples, each as sign (bit 31) and magnitude: bit p + 1 is bit-plane p, the bit below the last decoded one is set (the midpoint).
///
/// A sample that is found significant in plane p thus starts as 3 << p, and each refinement flips bit p + 1 if it is zero, and moves the
/// midpoint: all changes are exclusive ors.
@safe
struct SampleDecoder: SampleCoder {
    private(set) var decoder: MQDecoder
    /// 3 << p and 2 << p.
    private let three: UInt32
    private let two: UInt32
    /// The word of the context of ``refineAgain(_:)``, while it is in use.
    private var again: UInt64 = 0

    init(_ decoder: MQDecoder, plane: UInt32) {
        self.decoder = decoder
        (three, two) = (3 &<< plane, 2 &<< plane)
    }

    @inline(__always)
    var copy: Self { self }

    @inline(__always)
    mutating func significance(_ neighbours: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> Bool {
        Int64(bitPattern: decoder.decodeEven(decoder.significance(neighbours))) < 0
    }

    @inline(__always)
    mutating func sign(_ entry: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> UInt8 {
        let bit = UInt32(truncatingIfNeeded: decoder.decodeEven(Int(entry & 0x7f)) &>> 63)
        let sign = bit ^ UInt32(entry &>> 7)
        unsafe sample[0] = sign &<< 31 | three
        return UInt8(truncatingIfNeeded: sign)
    }

    @inline(__always)
    private func move(_ sample: UnsafeMutablePointer<UInt32>, _ decision: UInt64) {
        let mask = UInt32(truncatingIfNeeded: Int64(bitPattern: decision) &>> 63)
        unsafe sample[0] ^= three ^ (two & mask)
    }

    @inline(__always)
    mutating func refine(_ context: Int, _ sample: UnsafeMutablePointer<UInt32>) {
        unsafe move(sample, decoder.decodeEven(context))
    }

    @inline(__always)
    mutating func refineAgain(_ sample: UnsafeMutablePointer<UInt32>) { unsafe move(sample, decoder.decodeEven(&again)) }

    @inline(__always)
    mutating func beginRefiningAgain() { again = unsafe decoder.contexts[Context.refinement + 2] }

    @inline(__always)
    mutating func endRefiningAgain() { unsafe decoder.contexts[Context.refinement + 2] = again }

    @inline(__always)
    mutating func run(_ samples: UnsafeMutablePointer<UInt32>) -> Int {
        guard Int64(bitPattern: decoder.decode(Context.runLength)) < 0 else { return 4 }
        let high = decoder.decodeEven(Context.uniform) &>> 63
        return Int(truncatingIfNeeded: high &<< 1 | decoder.decodeEven(Context.uniform) &>> 63)
    }
}
