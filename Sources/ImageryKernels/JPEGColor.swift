// YCbCr to RGB with 16 fraction bits, as the field's reference decoder rounds (JFIF 1.02, "Conversion to and from RGB").

/// Turns lines of luminance and chrominance into red, green and blue.
public enum JPEGColor {
    /// The colors of `count` pixels of 8 bits. The outputs may be the inputs.
    public static func rgb8(
        _ y: UnsafePointer<UInt8>, _ cb: UnsafePointer<UInt8>, _ cr: UnsafePointer<UInt8>, count: Int,
        red: UnsafeMutablePointer<UInt8>, green: UnsafeMutablePointer<UInt8>, blue: UnsafeMutablePointer<UInt8>
    ) {
        var first = 0
        #if arch(x86_64)
            first = count & ~15
            unsafe blocksSSE2(y, cb, cr, count: first, red: red, green: green, blue: blue)
        #endif
        unsafe rgb8Portable(
            y + first, cb + first, cr + first, count: count - first, red: red + first, green: green + first, blue: blue + first)
    }

    static func rgb8Portable(
        _ y: UnsafePointer<UInt8>, _ cb: UnsafePointer<UInt8>, _ cr: UnsafePointer<UInt8>, count: Int,
        red: UnsafeMutablePointer<UInt8>, green: UnsafeMutablePointer<UInt8>, blue: UnsafeMutablePointer<UInt8>
    ) {
        for index in 0..<count {
            let color = unsafe convert(Int32(y[index]), Int32(cb[index]) - 128, Int32(cr[index]) - 128, largest: 255)
            unsafe red[index] = UInt8(truncatingIfNeeded: color.red)
            unsafe green[index] = UInt8(truncatingIfNeeded: color.green)
            unsafe blue[index] = UInt8(truncatingIfNeeded: color.blue)
        }
    }

    /// The colors of `count` pixels of `precision` bits, at most 12. The outputs may be the inputs.
    public static func rgb16(
        _ y: UnsafePointer<UInt16>, _ cb: UnsafePointer<UInt16>, _ cr: UnsafePointer<UInt16>, precision: Int, count: Int,
        red: UnsafeMutablePointer<UInt16>, green: UnsafeMutablePointer<UInt16>, blue: UnsafeMutablePointer<UInt16>
    ) {
        let center = Int32(1) << (Int32(precision) - 1)
        let largest = 2 * center - 1
        for index in 0..<count {
            let color = unsafe convert(Int32(y[index]), Int32(cb[index]) - center, Int32(cr[index]) - center, largest: largest)
            unsafe red[index] = UInt16(truncatingIfNeeded: color.red)
            unsafe green[index] = UInt16(truncatingIfNeeded: color.green)
            unsafe blue[index] = UInt16(truncatingIfNeeded: color.blue)
        }
    }

    /// `samples[i] = largest - samples[i]`: what makes CMY of RGB.
    public static func invert8(_ samples: UnsafeMutablePointer<UInt8>, count: Int) {
        for index in 0..<count { unsafe samples[index] = 255 - samples[index] }
    }

    /// As ``invert8(_:count:)``, for samples that are at most `largest`.
    public static func invert16(_ samples: UnsafeMutablePointer<UInt16>, count: Int, largest: UInt16) {
        for index in 0..<count { unsafe samples[index] = largest &- samples[index] }
    }

    @inline(__always)
    private static func convert(_ y: Int32, _ b: Int32, _ r: Int32, largest: Int32) -> (red: Int32, green: Int32, blue: Int32) {
        let red = y &+ ((91881 &* r &+ 32768) >> 16)
        let shade: Int32 = -22554 &* b &- 46802 &* r &+ 32768
        let green = y &+ (shade >> 16)
        let blue = y &+ ((116130 &* b &+ 32768) >> 16)
        return (max(0, min(largest, red)), max(0, min(largest, green)), max(0, min(largest, blue)))
    }
}

#if arch(x86_64)
    import _Builtin_intrinsics.intel

    extension JPEGColor {
        /// `count` is a multiple of 16.
        ///
        /// Factors above 2^15 are split: 91881 = 65536 + 26345, 116130 = 2 * 65536 - 14942, 46802 = 65536 - 18734. Then
        /// (k x + 2^15) >> 16 is the high half of the product plus the top bit of its low half.
        private static func blocksSSE2(
            _ y: UnsafePointer<UInt8>, _ cb: UnsafePointer<UInt8>, _ cr: UnsafePointer<UInt8>, count: Int,
            red: UnsafeMutablePointer<UInt8>, green: UnsafeMutablePointer<UInt8>, blue: UnsafeMutablePointer<UInt8>
        ) {
            let zero = _mm_setzero_si128()
            let center = _mm_set1_epi16(128)
            let redFactor = _mm_set1_epi16(26345)
            let blueFactor = _mm_set1_epi16(-14942)
            let greenFactors = _mm_set1_epi32(18734 << 16 | -22554 & 0xffff)
            let half = _mm_set1_epi32(32768)
            @inline(__always) func scaled(_ x: __m128i, _ factor: __m128i) -> __m128i {
                _mm_add_epi16(_mm_mulhi_epi16(x, factor), _mm_srli_epi16(_mm_mullo_epi16(x, factor), 15))
            }
            @inline(__always) func convert(_ y: __m128i, _ b: __m128i, _ r: __m128i) -> (__m128i, __m128i, __m128i) {
                let low = _mm_add_epi32(_mm_madd_epi16(_mm_unpacklo_epi16(b, r), greenFactors), half)
                let high = _mm_add_epi32(_mm_madd_epi16(_mm_unpackhi_epi16(b, r), greenFactors), half)
                let shade = _mm_packs_epi32(_mm_srai_epi32(low, 16), _mm_srai_epi32(high, 16))
                return (
                    _mm_add_epi16(_mm_add_epi16(y, r), scaled(r, redFactor)),
                    _mm_add_epi16(_mm_sub_epi16(y, r), shade),
                    _mm_add_epi16(_mm_add_epi16(y, _mm_add_epi16(b, b)), scaled(b, blueFactor))
                )
            }
            for index in stride(from: 0, to: count, by: 16) {
                let luma = unsafe UnsafeRawPointer(y + index).loadUnaligned(as: __m128i.self)
                let bs = unsafe UnsafeRawPointer(cb + index).loadUnaligned(as: __m128i.self)
                let rs = unsafe UnsafeRawPointer(cr + index).loadUnaligned(as: __m128i.self)
                let low = convert(
                    _mm_unpacklo_epi8(luma, zero), _mm_sub_epi16(_mm_unpacklo_epi8(bs, zero), center),
                    _mm_sub_epi16(_mm_unpacklo_epi8(rs, zero), center))
                let high = convert(
                    _mm_unpackhi_epi8(luma, zero), _mm_sub_epi16(_mm_unpackhi_epi8(bs, zero), center),
                    _mm_sub_epi16(_mm_unpackhi_epi8(rs, zero), center))
                unsafe UnsafeMutableRawPointer(red + index).storeBytes(of: _mm_packus_epi16(low.0, high.0), as: __m128i.self)
                unsafe UnsafeMutableRawPointer(green + index).storeBytes(of: _mm_packus_epi16(low.1, high.1), as: __m128i.self)
                unsafe UnsafeMutableRawPointer(blue + index).storeBytes(of: _mm_packus_epi16(low.2, high.2), as: __m128i.self)
            }
        }
    }
#endif
