// Means of two, four or more chrominance samples, as the field's reference encoder rounds them (T.81 A.1.1 leaves the filter open).

/// Makes lines of components with smaller sampling factors.
public enum JPEGDownsampling {
    /// Half the columns: `count` means of two samples side by side, rounded down and up by turns.
    public static func half8(_ line: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>) {
        var first = 0
        #if arch(x86_64)
            first = count & ~15
            unsafe halfBlocksSSE2(line, count: first, into: output)
        #endif
        for index in first..<count {
            let sum = unsafe UInt32(line[2 * index]) + UInt32(line[2 * index + 1])
            unsafe output[index] = UInt8(truncatingIfNeeded: (sum + UInt32(index & 1)) >> 1)
        }
    }

    /// Half the columns and lines: `count` means of two samples of two lines, with 1 and 2 added by turns before the division.
    public static func quarter8(
        _ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>
    ) {
        var first = 0
        #if arch(x86_64)
            first = count & ~15
            unsafe quarterBlocksSSE2(upper, lower, count: first, into: output)
        #endif
        for index in first..<count {
            let top = unsafe UInt32(upper[2 * index]) + UInt32(upper[2 * index + 1])
            let bottom = unsafe UInt32(lower[2 * index]) + UInt32(lower[2 * index + 1])
            unsafe output[index] = UInt8(truncatingIfNeeded: (top + bottom + UInt32(index & 1) + 1) >> 2)
        }
    }

    /// A quarter of the columns: `count` rounded means of four samples.
    public static func fourth8(_ line: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>) {
        for index in 0..<count {
            let left = unsafe UInt32(line[4 * index]) + UInt32(line[4 * index + 1])
            let right = unsafe UInt32(line[4 * index + 2]) + UInt32(line[4 * index + 3])
            unsafe output[index] = UInt8(truncatingIfNeeded: (left + right + 2) >> 2)
        }
    }

    /// As ``half8(_:count:into:)`` for samples of up to 16 bits.
    public static func half16(_ line: UnsafePointer<UInt16>, count: Int, into output: UnsafeMutablePointer<UInt16>) {
        for index in 0..<count {
            let sum = unsafe UInt32(line[2 * index]) + UInt32(line[2 * index + 1])
            unsafe output[index] = UInt16(truncatingIfNeeded: (sum + UInt32(index & 1)) >> 1)
        }
    }

    /// As ``quarter8(_:_:count:into:)`` for samples of up to 16 bits.
    public static func quarter16(
        _ upper: UnsafePointer<UInt16>, _ lower: UnsafePointer<UInt16>, count: Int, into output: UnsafeMutablePointer<UInt16>
    ) {
        for index in 0..<count {
            let top = unsafe UInt32(upper[2 * index]) + UInt32(upper[2 * index + 1])
            let bottom = unsafe UInt32(lower[2 * index]) + UInt32(lower[2 * index + 1])
            unsafe output[index] = UInt16(truncatingIfNeeded: (top + bottom + UInt32(index & 1) + 1) >> 2)
        }
    }

    /// As ``fourth8(_:count:into:)`` for samples of up to 16 bits.
    public static func fourth16(_ line: UnsafePointer<UInt16>, count: Int, into output: UnsafeMutablePointer<UInt16>) {
        for index in 0..<count {
            let left = unsafe UInt32(line[4 * index]) + UInt32(line[4 * index + 1])
            let right = unsafe UInt32(line[4 * index + 2]) + UInt32(line[4 * index + 3])
            unsafe output[index] = UInt16(truncatingIfNeeded: (left + right + 2) >> 2)
        }
    }
}

#if arch(x86_64)
    import _Builtin_intrinsics.intel

    extension JPEGDownsampling {
        /// Sums of two neighbours each.
        @inline(__always)
        private static func pairs(_ x: __m128i) -> __m128i {
            _mm_add_epi16(_mm_and_si128(x, _mm_set1_epi16(255)), _mm_srli_epi16(x, 8))
        }

        /// `count` is a multiple of 16.
        private static func halfBlocksSSE2(_ line: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>) {
            let bias = _mm_set1_epi32(1 << 16)
            for index in stride(from: 0, to: count, by: 16) {
                let source = unsafe UnsafeRawPointer(line + 2 * index)
                let low = unsafe pairs(source.loadUnaligned(as: __m128i.self))
                let high = unsafe pairs(source.loadUnaligned(fromByteOffset: 16, as: __m128i.self))
                let means = _mm_packus_epi16(
                    _mm_srli_epi16(_mm_add_epi16(low, bias), 1), _mm_srli_epi16(_mm_add_epi16(high, bias), 1))
                unsafe UnsafeMutableRawPointer(output + index).storeBytes(of: means, as: __m128i.self)
            }
        }

        /// `count` is a multiple of 16.
        private static func quarterBlocksSSE2(
            _ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>
        ) {
            let bias = _mm_set1_epi32(2 << 16 | 1)
            @inline(__always) func means(_ a: __m128i, _ b: __m128i) -> __m128i {
                _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(pairs(a), pairs(b)), bias), 2)
            }
            for index in stride(from: 0, to: count, by: 16) {
                let top = unsafe UnsafeRawPointer(upper + 2 * index)
                let bottom = unsafe UnsafeRawPointer(lower + 2 * index)
                let low = unsafe means(top.loadUnaligned(as: __m128i.self), bottom.loadUnaligned(as: __m128i.self))
                let high = unsafe means(
                    top.loadUnaligned(fromByteOffset: 16, as: __m128i.self),
                    bottom.loadUnaligned(fromByteOffset: 16, as: __m128i.self))
                unsafe UnsafeMutableRawPointer(output + index).storeBytes(of: _mm_packus_epi16(low, high), as: __m128i.self)
            }
        }
    }
#endif
