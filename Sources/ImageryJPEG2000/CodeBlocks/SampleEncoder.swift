// Encoding of the samples of a bit-plane (T.800 D.3) with the MQ encoder.

/// Encodes samples, which hold a sign (bit 31) and all of the magnitude.
///
/// A pass adds to ``gain`` by how much it lowers the squared error, in units of a quarter of the square of its bit-plane's value, when
/// decoders put what they do not know in the middle: with x as the rest of a magnitude in units of the plane, 3 x - 9/4 for a sample that
/// becomes significant, x - 5/4 or 3/4 - x for one that is refined. x has ``fractionBits`` fraction bits.
@safe
struct SampleEncoder: SampleCoder {
    private(set) var encoder: MQEncoder
    private(set) var gain: Int64 = 0
    private let plane: UInt32

    static let fractionBits: UInt32 = 7

    init(_ encoder: MQEncoder, plane: UInt32) { (self.encoder, self.plane) = (encoder, plane) }

    @inline(__always)
    private func bit(_ value: UInt32) -> UInt32 { (value &>> plane) & 1 }

    /// x of a magnitude of which the bit of the plane is coded: it and what is below.
    @inline(__always)
    private func rest(_ value: UInt32) -> Int64 {
        // The bit of the plane becomes the highest; the sign is shifted out.
        let low = value &<< (31 &- plane)
        return Int64(low &>> (31 &- Self.fractionBits))
    }

    @inline(__always)
    var copy: Self { self }

    @inline(__always)
    mutating func significance(_ neighbours: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> Bool {
        let bit = unsafe bit(sample[0])
        encoder.encode(bit, encoder.significance(neighbours))
        return bit != 0
    }

    @inline(__always)
    mutating func sign(_ entry: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> UInt8 {
        let value = unsafe sample[0]
        let sign = value &>> 31
        // Four times 3 x - 9/4. At most 4096 samples gain less than 2^12 each.
        gain &+= 12 &* rest(value) &- 9 &<< Int64(Self.fractionBits)
        encoder.encode(sign ^ UInt32(entry &>> 7), Int(entry & 0x7f))
        return UInt8(truncatingIfNeeded: sign)
    }

    @inline(__always)
    mutating func refine(_ context: Int, _ sample: UnsafeMutablePointer<UInt32>) {
        let value = unsafe sample[0]
        let bit = bit(value)
        encoder.encode(bit, context)
        let sign = Int64(bit) &* 2 &- 1
        gain &+= sign &* 4 &* rest(value) &+ (3 &- 8 &* Int64(bit)) &<< Int64(Self.fractionBits)
    }

    @inline(__always)
    mutating func refineAgain(_ sample: UnsafeMutablePointer<UInt32>) { unsafe refine(Context.refinement + 2, sample) }

    @inline(__always)
    mutating func beginRefiningAgain() {}

    @inline(__always)
    mutating func endRefiningAgain() {}

    @inline(__always)
    mutating func run(_ samples: UnsafeMutablePointer<UInt32>) -> Int {
        let upper = unsafe bit(samples[0]) | bit(samples[1]) &<< 1
        let lower = unsafe bit(samples[2]) &<< 2 | bit(samples[3]) &<< 3
        let found = upper | lower
        guard found != 0 else {
            encoder.encode(0, Context.runLength)
            return 4
        }
        let row = UInt32(truncatingIfNeeded: found.trailingZeroBitCount)
        encoder.encode(1, Context.runLength)
        encoder.encode(row &>> 1, Context.uniform)
        encoder.encode(row & 1, Context.uniform)
        return Int(row)
    }
}
