// The inverse DCT of blocks with low frequencies only (T.81 A.3.3): half of the work, the same numbers.

extension JPEGTransform {
    /// As ``inverse8(_:_:into:stride:)``, for a block whose coefficients that are not zero lie in the first four columns of the first
    /// four rows.
    @inlinable @inline(__always)
    public static func inverseCorner8(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, into samples: UnsafeMutablePointer<UInt8>,
        stride: Int
    ) {
        #if arch(x86_64)
            unsafe cornerSSE2(coefficients, quantisers, into: samples, stride: stride)
        #else
            blockPortable8(coefficients, quantisers, into: samples, stride: stride)
        #endif
    }

    /// Which coefficients of a block are not zero: bit 0 for the first one of the first row.
    @inlinable @inline(__always)
    public static func nonzero(_ coefficients: UnsafePointer<Int16>) -> UInt64 {
        #if arch(x86_64)
            unsafe nonzeroSSE2(coefficients)
        #else
            var mask: UInt64 = 0
            for index in 0..<64 where unsafe coefficients[index] != 0 { mask |= 1 << UInt64(index) }
            return mask
        #endif
    }
}

#if arch(x86_64)
    public import _Builtin_intrinsics.intel

    extension JPEGTransform {
        /// Four columns of four rows become, by one pass each, eight rows and eight columns. A row of four numbers fills half a register,
        /// so the sums of the first pass take one register each; with rows 4 to 7 zero each is two products at most.
        @inlinable @inline(__always)
        static func cornerSSE2(
            _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, into samples: UnsafeMutablePointer<UInt8>,
            stride: Int
        ) {
            @inline(__always) func row(_ index: Int) -> __m128i { unsafe dequantised(coefficients, quantisers, row: index) }
            let a = lowPass(
                columnsPaired(_mm_unpacklo_epi16(row(0), row(2))), columnsPaired(_mm_unpacklo_epi16(row(1), row(3))), shift: 11)
            let upper = pairs(_mm_packs_epi32(a.0, a.2), _mm_packs_epi32(a.1, a.3))
            let lower = pairs(_mm_packs_epi32(a.4, a.6), _mm_packs_epi32(a.5, a.7))
            let b = lowPass(upper.even, upper.odd, shift: 18)
            let c = lowPass(lower.even, lower.odd, shift: 18)
            unsafe storeColumns(
                (
                    _mm_packs_epi32(b.0, c.0), _mm_packs_epi32(b.1, c.1), _mm_packs_epi32(b.2, c.2), _mm_packs_epi32(b.3, c.3),
                    _mm_packs_epi32(b.4, c.4), _mm_packs_epi32(b.5, c.5), _mm_packs_epi32(b.6, c.6), _mm_packs_epi32(b.7, c.7)
                ), into: samples, stride: stride)
        }

        /// Columns 0, 1, 2, 3 in the order 0, 2, 1, 3: then the pairs that the second pass takes stand side by side.
        @inlinable @inline(__always)
        static func columnsPaired(_ columns: __m128i) -> __m128i {
            _mm_unpacklo_epi32(columns, _mm_unpackhi_epi64(columns, columns))
        }

        /// Columns 0 and 2, and columns 1 and 3, of four rows, from rows 0 and 2, and rows 1 and 3.
        @inlinable @inline(__always)
        static func pairs(_ outer: __m128i, _ inner: __m128i) -> (even: __m128i, odd: __m128i) {
            let first = _mm_unpacklo_epi32(outer, inner)
            let second = _mm_unpackhi_epi32(outer, inner)
            return (_mm_unpacklo_epi64(first, second), _mm_unpackhi_epi64(first, second))
        }

        /// One pass over four numbers each of 32 bits: `even` has numbers 0 and 2, `odd` 1 and 3, 4 to 7 are zero. The sums are those of
        /// ``pass(_:shift:)``.
        @inlinable @inline(__always)
        static func lowPass(_ even: __m128i, _ odd: __m128i, shift: Int32) -> Rows {
            let half = _mm_set1_epi32(1 << (shift - 1))
            @inline(__always) func e(_ factor: Int32) -> __m128i {
                _mm_add_epi32(_mm_madd_epi16(even, pair(8192, factor)), half)
            }
            let e0 = e(4433 + 6270), e1 = e(4433), e2 = e(-4433), e3 = e(-4433 - 6270)
            let o0 = _mm_madd_epi16(odd, pair(12299 - 7373 + 9633 - 3196, 9633))
            let o1 = _mm_madd_epi16(odd, pair(9633, 25172 - 20995 + 9633 - 16069))
            let o2 = _mm_madd_epi16(odd, pair(9633 - 3196, 9633 - 20995))
            let o3 = _mm_madd_epi16(odd, pair(9633 - 7373, 9633 - 16069))
            return (
                _mm_srai_epi32(_mm_add_epi32(e0, o0), shift), _mm_srai_epi32(_mm_add_epi32(e1, o1), shift),
                _mm_srai_epi32(_mm_add_epi32(e2, o2), shift), _mm_srai_epi32(_mm_add_epi32(e3, o3), shift),
                _mm_srai_epi32(_mm_sub_epi32(e3, o3), shift), _mm_srai_epi32(_mm_sub_epi32(e2, o2), shift),
                _mm_srai_epi32(_mm_sub_epi32(e1, o1), shift), _mm_srai_epi32(_mm_sub_epi32(e0, o0), shift)
            )
        }

        @inlinable @inline(__always)
        static func nonzeroSSE2(_ coefficients: UnsafePointer<Int16>) -> UInt64 {
            let numbers = unsafe UnsafeRawPointer(coefficients)
            // Narrowing saturates, so that nothing becomes zero.
            @inline(__always) func zeros(_ row: Int) -> UInt64 {
                let pair = unsafe _mm_packs_epi16(
                    numbers.loadUnaligned(fromByteOffset: 16 * row, as: __m128i.self),
                    numbers.loadUnaligned(fromByteOffset: 16 * row + 16, as: __m128i.self))
                return UInt64(UInt32(truncatingIfNeeded: _mm_movemask_epi8(_mm_cmpeq_epi8(pair, _mm_setzero_si128()))))
            }
            return ~(zeros(0) | zeros(2) << 16 | zeros(4) << 32 | zeros(6) << 48)
        }
    }
#endif
