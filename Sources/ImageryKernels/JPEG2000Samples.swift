// From the wavelet's numbers to the samples of an image (T.800 G.1.2). Sums wrap and conversions do not trap, whatever a file
// holds.

#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// Rounding, level shift and clamping of rows.
public enum JPEG2000Samples {
    /// To the nearest integer, ties to even; magnitudes above 2^30 become ±2^30, and what is no number 2^30.
    public static func round(_ samples: UnsafePointer<Float>, count: Int, into whole: UnsafeMutablePointer<Int32>) {
        var n = 0
        #if arch(x86_64)
            while n &+ 4 <= count {
                unsafe UnsafeMutableRawPointer(whole + n).storeBytes(of: round(_mm_loadu_ps(samples + n)), as: __m128i.self)
                n &+= 4
            }
        #endif
        while n < count {
            unsafe whole[n] = round(samples[n])
            n &+= 1
        }
    }

    #if arch(x86_64)
        /// As the same for one number: the minimum of nothing and a number is the number.
        @inline(__always)
        static func round(_ samples: __m128) -> __m128i {
            let bound = _mm_set1_ps(0x1p30)
            return _mm_cvtps_epi32(_mm_max_ps(_mm_min_ps(samples, bound), _mm_set1_ps(-0x1p30)))
        }
    #endif

    @inline(__always)
    static func round(_ sample: Float) -> Int32 {
        let bounded: Float = sample < 0x1p30 ? sample : 0x1p30
        let value: Float = bounded > -0x1p30 ? bounded : -0x1p30
        // The sum has 52 fraction bits with the weight 1 for the lowest, so that adding rounds.
        return Int32(truncatingIfNeeded: (Double(value) + 0x1.8p52).bitPattern)
    }

    /// Adds `offset`, clamps to `low...high` (within 16 bits) and stores bytes; negative ones as two's complement.
    public static func store8(
        _ samples: UnsafePointer<Int32>, offset: Int32, low: Int32, high: Int32, count: Int, into bytes: UnsafeMutablePointer<UInt8>
    ) {
        var n = 0
        #if arch(x86_64)
            let shift = _mm_set1_epi32(offset)
            let least = _mm_set1_epi16(Int16(truncatingIfNeeded: low))
            let most = _mm_set1_epi16(Int16(truncatingIfNeeded: high))
            let mask = _mm_set1_epi16(0xff)
            while n &+ 16 <= count {
                let first = unsafe clamped(samples + n, shift, least, most)
                let second = unsafe clamped(samples + (n &+ 8), shift, least, most)
                let packed = _mm_packus_epi16(_mm_and_si128(first, mask), _mm_and_si128(second, mask))
                unsafe UnsafeMutableRawPointer(bytes + n).storeBytes(of: packed, as: __m128i.self)
                n &+= 16
            }
        #endif
        while n < count {
            unsafe bytes[n] = UInt8(truncatingIfNeeded: max(low, min(high, samples[n] &+ offset)))
            n &+= 1
        }
    }

    /// As ``store8(_:offset:low:high:count:into:)``, for samples of 16 bits.
    public static func store16(
        _ samples: UnsafePointer<Int32>, offset: Int32, low: Int32, high: Int32, count: Int,
        into words: UnsafeMutablePointer<UInt16>
    ) {
        // Unsigned samples are brought into the range of signed ones, for which there are instructions.
        let bias: Int32 = high > 32767 ? 32768 : 0
        let (offset, low, high) = (offset &- bias, low &- bias, high &- bias)
        var n = 0
        #if arch(x86_64)
            let shift = _mm_set1_epi32(offset)
            let least = _mm_set1_epi16(Int16(truncatingIfNeeded: low))
            let most = _mm_set1_epi16(Int16(truncatingIfNeeded: high))
            let back = _mm_set1_epi16(Int16(truncatingIfNeeded: bias))
            while n &+ 8 <= count {
                let eight = unsafe _mm_add_epi16(clamped(samples + n, shift, least, most), back)
                unsafe UnsafeMutableRawPointer(words + n).storeBytes(of: eight, as: __m128i.self)
                n &+= 8
            }
        #endif
        while n < count {
            unsafe words[n] = UInt16(truncatingIfNeeded: max(low, min(high, samples[n] &+ offset)) &+ bias)
            n &+= 1
        }
    }

    #if arch(x86_64)
        /// Eight samples with `shift` added, between two limits of 16 bits.
        @inline(__always)
        private static func clamped(
            _ samples: UnsafePointer<Int32>, _ shift: __m128i, _ least: __m128i, _ most: __m128i
        ) -> __m128i {
            let first = unsafe UnsafeRawPointer(samples).loadUnaligned(as: __m128i.self)
            let second = unsafe UnsafeRawPointer(samples + 4).loadUnaligned(as: __m128i.self)
            let narrow = _mm_packs_epi32(_mm_add_epi32(first, shift), _mm_add_epi32(second, shift))
            return _mm_max_epi16(_mm_min_epi16(narrow, most), least)
        }
    #endif

    /// As ``store8(_:offset:low:high:count:into:)``, for samples of 32 bits.
    public static func store32(
        _ samples: UnsafePointer<Int32>, offset: Int32, low: Int32, high: Int32, count: Int, into words: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count { unsafe words[index] = max(low, min(high, samples[index] &+ offset)) }
    }
}
