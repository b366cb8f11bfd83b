/// 24-bit floating-point samples (TIFF Technical Note 3: 1 sign, 7 exponent, 16 mantissa bits; bias 63) as `Float32`.
public enum FloatWiden {
    /// Widens `count` 24-bit floats to native `Float32`, exactly (subnormals become normal numbers, infinities and NaNs stay).
    ///
    /// `source` points at the first sample, the next one follows after `step` samples of 3 bytes. Nothing beyond the last
    /// sample's third byte is read; the destination must not overlap.
    public static func widen24(
        _ source: UnsafeRawPointer, bigEndian: Bool, step: Int, count: Int, into destination: UnsafeMutableRawPointer
    ) {
        let most = bigEndian ? 0 : 2
        let least = bigEndian ? 2 : 0
        for i in 0..<count {
            let sample = unsafe source + i &* step &* 3
            let high = unsafe UInt32(sample.load(fromByteOffset: most, as: UInt8.self))
            let middle = unsafe UInt32(sample.load(fromByteOffset: 1, as: UInt8.self))
            let low = unsafe UInt32(sample.load(fromByteOffset: least, as: UInt8.self))
            let bits = (high &<< 16) | (middle &<< 8) | low
            unsafe destination.storeBytes(of: widen(bits), toByteOffset: i &* 4, as: UInt32.self)
        }
    }

    /// The bit pattern of the `Float32` with the value of a 24-bit float.
    @inline(__always) private static func widen(_ bits: UInt32) -> UInt32 {
        let sign = (bits & 0x80_0000) &<< 8
        let magnitude = bits & 0x7F_FFFF
        if magnitude >= 0x7F_0000 { return sign | 0x7F80_0000 | ((magnitude & 0xFFFF) &<< 7) }
        if magnitude >= 0x01_0000 { return sign | ((magnitude &<< 7) &+ (64 &<< 23)) }
        // A subnormal is mantissa * 2^-78 (1 - 63 - 16); the product is exact.
        let value = Float(magnitude) * Float(sign: .plus, exponent: -78, significand: 1)
        return sign | value.bitPattern
    }
}
