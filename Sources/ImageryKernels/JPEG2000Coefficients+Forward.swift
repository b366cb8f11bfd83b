// From the wavelet's numbers to signs and magnitudes, as code-blocks are encoded (T.800 D.1, E.2).

#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

extension JPEG2000Coefficients {
    /// Signs in bit 31, magnitudes below. Returns all magnitudes with the logical or.
    public static func signsAndMagnitudes(
        _ numbers: UnsafePointer<Int32>, count: Int, into words: UnsafeMutablePointer<UInt32>
    ) -> UInt32 {
        var all: UInt32 = 0
        for n in 0..<count {
            let number = unsafe numbers[n]
            let sign = number >> 31
            let magnitude = UInt32(bitPattern: (number ^ sign) &- sign) & 0x7fff_ffff
            all |= magnitude
            unsafe words[n] = magnitude | UInt32(bitPattern: sign) << 31
        }
        return all
    }

    /// As the same for numbers of which `factor` is to be multiplied with the magnitude, which is then cut off (E-1): at most 2^30.
    public static func quantise(
        _ numbers: UnsafePointer<Float>, by factor: Float, count: Int, into words: UnsafeMutablePointer<UInt32>
    ) -> UInt32 {
        var all: UInt32 = 0
        var n = 0
        #if arch(x86_64)
            let (factors, most) = (_mm_set1_ps(factor), _mm_set1_ps(0x1p30))
            let signs = _mm_set1_epi32(.min)
            var found = _mm_setzero_si128()
            while n &+ 4 <= count {
                let four = unsafe _mm_loadu_ps(numbers + n)
                let sign = _mm_and_si128(_mm_castps_si128(four), signs)
                let positive = _mm_castsi128_ps(_mm_xor_si128(_mm_castps_si128(four), sign))
                let whole = _mm_cvttps_epi32(_mm_min_ps(_mm_mul_ps(positive, factors), most))
                found = _mm_or_si128(found, whole)
                unsafe UnsafeMutableRawPointer(words + n).storeBytes(of: _mm_or_si128(whole, sign), as: __m128i.self)
                n &+= 4
            }
            let parts = unsafe unsafeBitCast(found, to: SIMD4<UInt32>.self)
            all = parts[0] | parts[1] | parts[2] | parts[3]
        #endif
        while n < count {
            let number = unsafe numbers[n]
            let scaled: Float = number.magnitude * factor
            let bounded: Float = scaled < 0x1p30 ? scaled : 0x1p30
            let magnitude = UInt32(truncatingIfNeeded: Int64(bounded))
            all |= magnitude
            unsafe words[n] = magnitude | (number.bitPattern & 0x8000_0000)
            n &+= 1
        }
        return all
    }
}
