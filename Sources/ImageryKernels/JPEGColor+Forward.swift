// RGB to YCbCr with 16 fraction bits, as the field's reference encoder rounds (JFIF 1.02, "Conversion to and from RGB").

extension JPEGColor {
    /// Luminance and chrominance of `count` pixels of 8 bits. The outputs may be the inputs.
    public static func ycc8(
        _ red: UnsafePointer<UInt8>, _ green: UnsafePointer<UInt8>, _ blue: UnsafePointer<UInt8>, count: Int,
        y: UnsafeMutablePointer<UInt8>, cb: UnsafeMutablePointer<UInt8>, cr: UnsafeMutablePointer<UInt8>
    ) {
        var first = 0
        #if arch(x86_64)
            first = count & ~15
            unsafe forwardBlocksSSE2(red, green, blue, count: first, y: y, cb: cb, cr: cr)
        #endif
        for index in first..<count {
            let color = unsafe forward(Int32(red[index]), Int32(green[index]), Int32(blue[index]), center: 128)
            unsafe y[index] = UInt8(truncatingIfNeeded: color.y)
            unsafe cb[index] = UInt8(truncatingIfNeeded: color.cb)
            unsafe cr[index] = UInt8(truncatingIfNeeded: color.cr)
        }
    }

    /// Luminance and chrominance of `count` pixels of `precision` bits, at most 12, which no sample exceeds. The outputs may be the
    /// inputs.
    public static func ycc16(
        _ red: UnsafePointer<UInt16>, _ green: UnsafePointer<UInt16>, _ blue: UnsafePointer<UInt16>, precision: Int, count: Int,
        y: UnsafeMutablePointer<UInt16>, cb: UnsafeMutablePointer<UInt16>, cr: UnsafeMutablePointer<UInt16>
    ) {
        let center = Int32(1) << (Int32(precision) - 1)
        for index in 0..<count {
            let color = unsafe forward(Int32(red[index]), Int32(green[index]), Int32(blue[index]), center: center)
            unsafe y[index] = UInt16(truncatingIfNeeded: color.y)
            unsafe cb[index] = UInt16(truncatingIfNeeded: color.cb)
            unsafe cr[index] = UInt16(truncatingIfNeeded: color.cr)
        }
    }

    /// The rows of factors sum to 2^16 and to 0: no result leaves the range of the samples.
    @inline(__always)
    private static func forward(_ red: Int32, _ green: Int32, _ blue: Int32, center: Int32) -> (y: Int32, cb: Int32, cr: Int32) {
        let offset: Int32 = center << 16 &+ 32767
        let y: Int32 = 19595 &* red &+ 38470 &* green &+ 7471 &* blue &+ 32768
        let cb: Int32 = -11059 &* red &- 21709 &* green &+ 32768 &* blue &+ offset
        let cr: Int32 = 32768 &* red &- 27439 &* green &- 5329 &* blue &+ offset
        return (y >> 16, cb >> 16, cr >> 16)
    }
}

#if arch(x86_64)
    import _Builtin_intrinsics.intel

    extension JPEGColor {
        /// `count` is a multiple of 16.
        ///
        /// Factors of more than 16 bits are split: 38470 = 22086 + 16384 goes with red and with blue, 32768 is a shift by 15 bits.
        private static func forwardBlocksSSE2(
            _ red: UnsafePointer<UInt8>, _ green: UnsafePointer<UInt8>, _ blue: UnsafePointer<UInt8>, count: Int,
            y: UnsafeMutablePointer<UInt8>, cb: UnsafeMutablePointer<UInt8>, cr: UnsafeMutablePointer<UInt8>
        ) {
            let zero = _mm_setzero_si128()
            func pair(_ first: Int32, _ second: Int32) -> __m128i { _mm_set1_epi32(second << 16 | first & 0xffff) }
            let lumaRG = pair(19595, 22086)
            let lumaBG = pair(7471, 16384)
            let blueRG = pair(-11059, -21709)
            let redBG = pair(-5329, -27439)
            let half = _mm_set1_epi32(32768)
            let offset = _mm_set1_epi32(128 << 16 + 32767)
            @inline(__always) func sums(_ rg: __m128i, _ bg: __m128i, _ r: __m128i, _ b: __m128i) -> (__m128i, __m128i, __m128i) {
                let luma = _mm_add_epi32(_mm_add_epi32(_mm_madd_epi16(rg, lumaRG), _mm_madd_epi16(bg, lumaBG)), half)
                let blueness = _mm_add_epi32(_mm_add_epi32(_mm_madd_epi16(rg, blueRG), _mm_slli_epi32(b, 15)), offset)
                let redness = _mm_add_epi32(_mm_add_epi32(_mm_madd_epi16(bg, redBG), _mm_slli_epi32(r, 15)), offset)
                return (_mm_srli_epi32(luma, 16), _mm_srli_epi32(blueness, 16), _mm_srli_epi32(redness, 16))
            }
            @inline(__always) func eight(_ r: __m128i, _ g: __m128i, _ b: __m128i) -> (__m128i, __m128i, __m128i) {
                let low = sums(
                    _mm_unpacklo_epi16(r, g), _mm_unpacklo_epi16(b, g), _mm_unpacklo_epi16(r, zero), _mm_unpacklo_epi16(b, zero))
                let high = sums(
                    _mm_unpackhi_epi16(r, g), _mm_unpackhi_epi16(b, g), _mm_unpackhi_epi16(r, zero), _mm_unpackhi_epi16(b, zero))
                return (_mm_packs_epi32(low.0, high.0), _mm_packs_epi32(low.1, high.1), _mm_packs_epi32(low.2, high.2))
            }
            for index in stride(from: 0, to: count, by: 16) {
                let r = unsafe UnsafeRawPointer(red + index).loadUnaligned(as: __m128i.self)
                let g = unsafe UnsafeRawPointer(green + index).loadUnaligned(as: __m128i.self)
                let b = unsafe UnsafeRawPointer(blue + index).loadUnaligned(as: __m128i.self)
                let low = eight(_mm_unpacklo_epi8(r, zero), _mm_unpacklo_epi8(g, zero), _mm_unpacklo_epi8(b, zero))
                let high = eight(_mm_unpackhi_epi8(r, zero), _mm_unpackhi_epi8(g, zero), _mm_unpackhi_epi8(b, zero))
                unsafe UnsafeMutableRawPointer(y + index).storeBytes(of: _mm_packus_epi16(low.0, high.0), as: __m128i.self)
                unsafe UnsafeMutableRawPointer(cb + index).storeBytes(of: _mm_packus_epi16(low.1, high.1), as: __m128i.self)
                unsafe UnsafeMutableRawPointer(cr + index).storeBytes(of: _mm_packus_epi16(low.2, high.2), as: __m128i.self)
            }
        }
    }
#endif
