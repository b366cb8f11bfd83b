// The four samples of a quad at one go (T.814 7.3.7, 7.3.8).

#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// Values of 32 bits whose bits are in one word of the stream.
enum HTQuad {
    /// Samples in pairs: left in the lower half.
    struct Samples {
        /// Sign and magnitude.
        var upper: UInt64
        var under: UInt64
        /// v_n of the lower ones.
        var lower: UInt64
    }

    /// `first` and `second` hold, a half each, the bits of the stream from where the value of each sample starts.
    @inline(__always)
    static func samples(
        _ first: UInt64, _ second: UInt64, _ entry: UInt32, _ exponent: UInt32, _ plane: UInt32, _ tables: HTTables
    ) -> Samples {
        let isSignificant = unsafe tables.masks[Int(entry >> 4 & 15)]
        let isTopSet = unsafe tables.masks[Int(entry >> 8 & 15)]
        let isShorter = unsafe tables.masks[Int(entry >> 12 & 15)]
        let widths = (SIMD4<UInt32>(repeating: exponent) &+ isShorter) & isSignificant
        #if arch(x86_64)
            // SSE2 has no shifts by lane: 2^n is made as a number with the exponent n.
            let exponents = unsafe _mm_slli_epi32(unsafeBitCast(widths &+ 127, to: __m128i.self), 23)
            let tops = unsafe _mm_cvttps_epi32(unsafeBitCast(exponents, to: __m128.self))
            let stream = _mm_set_epi64x(Int64(bitPattern: second), Int64(bitPattern: first))
            let below = _mm_and_si128(stream, _mm_sub_epi32(tops, _mm_set1_epi32(1)))
            let values = unsafe _mm_or_si128(below, _mm_and_si128(tops, unsafeBitCast(isTopSet, to: __m128i.self)))
            let centred = _mm_add_epi32(_mm_or_si128(values, _mm_set1_epi32(1)), _mm_set1_epi32(2))
            let magnitudes = _mm_sll_epi32(centred, _mm_set_epi64x(0, Int64(plane)))
            let signed = _mm_or_si128(magnitudes, _mm_slli_epi32(values, 31))
            let result = unsafe _mm_and_si128(signed, unsafeBitCast(isSignificant, to: __m128i.self))
            let rows = _mm_unpacklo_epi32(result, _mm_unpackhi_epi64(result, result))
            let lower = _mm_unpacklo_epi32(values, _mm_unpackhi_epi64(values, values))
            return Samples(
                upper: UInt64(bitPattern: rows[0]), under: UInt64(bitPattern: rows[1]), lower: UInt64(bitPattern: lower[1]))
        #else
            let tops = SIMD4<UInt32>(repeating: 1) &<< widths
            let stream = unsafe unsafeBitCast(SIMD2(first, second), to: SIMD4<UInt32>.self)
            let values = stream & (tops &- 1) | (tops & isTopSet)
            let magnitudes = ((values | 1) &+ 2) &<< SIMD4<UInt32>(repeating: plane)
            let result = (magnitudes | values &<< 31) & isSignificant
            return unsafe Samples(
                upper: unsafeBitCast(result.evenHalf, to: UInt64.self), under: unsafeBitCast(result.oddHalf, to: UInt64.self),
                lower: unsafeBitCast(values.oddHalf, to: UInt64.self))
        #endif
    }
}
