#if arch(x86_64)
    public import _Builtin_intrinsics.intel

    /// Both passes of the forward DCT work on eight numbers at once; the block is transposed before each of them. Rotations are
    /// written as pairs of factors, as in the inverse.
    extension JPEGTransform {
        /// One pass over the first index of `r`; `y0` and `y4` come from the sum and the difference of the even part.
        ///
        /// Samples lie in 0...255 in the first pass and numbers in -4096...4080 in the second: sums of four fit 16 bits, and those of
        /// eight reach -2^15 exactly.
        @inlinable @inline(__always)
        static func forwardPass(_ r: Rows, shift: Int32, _ even: (__m128i) -> __m128i) -> Rows {
            let s0 = _mm_add_epi16(r.0, r.7), d0 = _mm_sub_epi16(r.0, r.7)
            let s1 = _mm_add_epi16(r.1, r.6), d1 = _mm_sub_epi16(r.1, r.6)
            let s2 = _mm_add_epi16(r.2, r.5), d2 = _mm_sub_epi16(r.2, r.5)
            let s3 = _mm_add_epi16(r.3, r.4), d3 = _mm_sub_epi16(r.3, r.4)
            let t0 = _mm_add_epi16(s0, s3), t3 = _mm_sub_epi16(s0, s3)
            let t1 = _mm_add_epi16(s1, s2), t2 = _mm_sub_epi16(s1, s2)
            let half = _mm_set1_epi32(1 << (shift - 1))
            @inline(__always) func narrow(_ x: Wide) -> __m128i {
                _mm_packs_epi32(_mm_srai_epi32(x.0, shift), _mm_srai_epi32(x.1, shift))
            }
            let outer = mix(t3, t2)
            let y2 = narrow(add(products(outer, 4433 + 6270, 4433), (half, half)))
            let y6 = narrow(add(products(outer, 4433, 4433 - 15137), (half, half)))
            let sums = mix(_mm_add_epi16(d3, d1), _mm_add_epi16(d2, d0))
            let z3 = add(products(sums, 9633 - 16069, 9633), (half, half))
            let z4 = add(products(sums, 9633, 9633 - 3196), (half, half))
            let ends = mix(d3, d0)
            let middle = mix(d2, d1)
            let y7 = narrow(add(products(ends, 2446 - 7373, -7373), z3))
            let y1 = narrow(add(products(ends, -7373, 12299 - 7373), z4))
            let y5 = narrow(add(products(middle, 16819 - 20995, -20995), z4))
            let y3 = narrow(add(products(middle, -20995, 25172 - 20995), z3))
            return (even(_mm_add_epi16(t0, t1)), y1, y2, y3, even(_mm_sub_epi16(t0, t1)), y5, y6, y7)
        }

        /// The columns of eight rows of eight bytes, widened.
        @inlinable @inline(__always)
        static func columns(_ samples: UnsafePointer<UInt8>, stride: Int) -> Rows {
            let source = unsafe UnsafeRawPointer(samples)
            @inline(__always) func row(_ index: Int) -> __m128i {
                unsafe __m128i(source.loadUnaligned(fromByteOffset: index * stride, as: Int64.self), 0)
            }
            let a0 = _mm_unpacklo_epi8(row(0), row(1)), a1 = _mm_unpacklo_epi8(row(2), row(3))
            let a2 = _mm_unpacklo_epi8(row(4), row(5)), a3 = _mm_unpacklo_epi8(row(6), row(7))
            let b0 = _mm_unpacklo_epi16(a0, a1), b1 = _mm_unpackhi_epi16(a0, a1)
            let b2 = _mm_unpacklo_epi16(a2, a3), b3 = _mm_unpackhi_epi16(a2, a3)
            let c0 = _mm_unpacklo_epi32(b0, b2), c1 = _mm_unpackhi_epi32(b0, b2)
            let c2 = _mm_unpacklo_epi32(b1, b3), c3 = _mm_unpackhi_epi32(b1, b3)
            let zero = _mm_setzero_si128()
            return (
                _mm_unpacklo_epi8(c0, zero), _mm_unpackhi_epi8(c0, zero), _mm_unpacklo_epi8(c1, zero), _mm_unpackhi_epi8(c1, zero),
                _mm_unpacklo_epi8(c2, zero), _mm_unpackhi_epi8(c2, zero), _mm_unpacklo_epi8(c3, zero), _mm_unpackhi_epi8(c3, zero)
            )
        }

        @inlinable @inline(__always)
        static func forwardBlockSSE2(
            _ samples: UnsafePointer<UInt8>, stride: Int, _ quantisers: UnsafePointer<UInt16>,
            into coefficients: UnsafeMutablePointer<Int16>
        ) -> UInt64 {
            var half = unsafe forwardPass(columns(samples, stride: stride), shift: 11) { _mm_slli_epi16($0, 2) }
            // The level shift of eight samples, times 4; in all other sums of the first pass it cancels.
            half.0 = _mm_sub_epi16(half.0, _mm_set1_epi16(4096))
            let two = _mm_set1_epi16(2)
            let r = forwardPass(transpose(half), shift: 15) { _mm_srai_epi16(_mm_add_epi16($0, two), 2) }
            let numbers = unsafe UnsafeRawPointer(quantisers)
            let target = UnsafeMutableRawPointer(coefficients)
            @inline(__always) func quantised(_ x: __m128i, _ index: Int) -> __m128i {
                let sign = _mm_srai_epi16(x, 15)
                let size = _mm_sub_epi16(_mm_xor_si128(x, sign), sign)
                let sum = unsafe _mm_add_epi16(size, numbers.loadUnaligned(fromByteOffset: 16 * index, as: __m128i.self))
                let high = unsafe _mm_mulhi_epu16(sum, numbers.loadUnaligned(fromByteOffset: 128 + 16 * index, as: __m128i.self))
                let quotient = unsafe _mm_mulhi_epu16(
                    high, numbers.loadUnaligned(fromByteOffset: 256 + 16 * index, as: __m128i.self))
                let result = _mm_sub_epi16(_mm_xor_si128(quotient, sign), sign)
                unsafe target.storeBytes(of: result, toByteOffset: 16 * index, as: __m128i.self)
                return result
            }
            // Narrowing saturates, so that nothing becomes zero.
            @inline(__always) func zeros(_ a: __m128i, _ b: __m128i) -> UInt64 {
                let bits = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_packs_epi16(a, b), _mm_setzero_si128()))
                return UInt64(UInt32(truncatingIfNeeded: bits))
            }
            let low = zeros(quantised(r.0, 0), quantised(r.1, 1)) | zeros(quantised(r.2, 2), quantised(r.3, 3)) << 16
            let high = zeros(quantised(r.4, 4), quantised(r.5, 5)) | zeros(quantised(r.6, 6), quantised(r.7, 7)) << 16
            return ~(low | high << 32)
        }
    }
#endif
