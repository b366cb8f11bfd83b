#if arch(x86_64)
    public import _Builtin_intrinsics.intel

    /// Eight numbers of 16 bits for each of eight rows.
    @usableFromInline typealias Rows = (__m128i, __m128i, __m128i, __m128i, __m128i, __m128i, __m128i, __m128i)
    /// Eight numbers of 32 bits.
    @usableFromInline typealias Wide = (__m128i, __m128i)

    /// Sums of two products each come from one instruction (`_mm_madd_epi16`), so the rotations are written as pairs of factors.
    extension JPEGTransform {
        @inlinable @inline(__always)
        static func pair(_ first: Int32, _ second: Int32) -> __m128i { _mm_set1_epi32(second << 16 | first & 0xffff) }

        @inlinable @inline(__always)
        static func add(_ a: Wide, _ b: Wide) -> Wide { (_mm_add_epi32(a.0, b.0), _mm_add_epi32(a.1, b.1)) }

        @inlinable @inline(__always)
        static func subtract(_ a: Wide, _ b: Wide) -> Wide { (_mm_sub_epi32(a.0, b.0), _mm_sub_epi32(a.1, b.1)) }

        /// a * k + b * l.
        @inlinable @inline(__always)
        static func products(_ mixed: Wide, _ k: Int32, _ l: Int32) -> Wide {
            let factors = pair(k, l)
            return (_mm_madd_epi16(mixed.0, factors), _mm_madd_epi16(mixed.1, factors))
        }

        @inlinable @inline(__always)
        static func mix(_ a: __m128i, _ b: __m128i) -> Wide { (_mm_unpacklo_epi16(a, b), _mm_unpackhi_epi16(a, b)) }

        /// Numbers times 2^13.
        @inlinable @inline(__always)
        static func scaled(_ a: __m128i) -> Wide {
            let zero = _mm_setzero_si128()
            return (_mm_srai_epi32(_mm_unpacklo_epi16(zero, a), 3), _mm_srai_epi32(_mm_unpackhi_epi16(zero, a), 3))
        }

        /// One pass over the first index of `r`.
        @inlinable @inline(__always)
        static func pass(_ r: Rows, shift: Int32) -> Rows {
            let half = _mm_set1_epi32(1 << (shift - 1))
            let outer = mix(r.2, r.6)
            let a2 = products(outer, 4433, 4433 - 15137)
            let a3 = products(outer, 4433 + 6270, 4433)
            // The rounding goes into the even part, which every result has once.
            let a0 = add(scaled(_mm_add_epi16(r.0, r.4)), (half, half))
            let a1 = add(scaled(_mm_sub_epi16(r.0, r.4)), (half, half))
            let e0 = add(a0, a3), e3 = subtract(a0, a3), e1 = add(a1, a2), e2 = subtract(a1, a2)
            let sums = mix(_mm_add_epi16(r.7, r.3), _mm_add_epi16(r.5, r.1))
            let z3 = products(sums, 9633 - 16069, 9633)
            let z4 = products(sums, 9633, 9633 - 3196)
            let ends = mix(r.7, r.1)
            let o3 = add(products(ends, 2446 - 7373, -7373), z3)
            let o0 = add(products(ends, -7373, 12299 - 7373), z4)
            let middle = mix(r.5, r.3)
            let o2 = add(products(middle, 16819 - 20995, -20995), z4)
            let o1 = add(products(middle, -20995, 25172 - 20995), z3)
            @inline(__always) func narrow(_ x: Wide) -> __m128i {
                _mm_packs_epi32(_mm_srai_epi32(x.0, shift), _mm_srai_epi32(x.1, shift))
            }
            return (
                narrow(add(e0, o0)), narrow(add(e1, o1)), narrow(add(e2, o2)), narrow(add(e3, o3)),
                narrow(subtract(e3, o3)), narrow(subtract(e2, o2)), narrow(subtract(e1, o1)), narrow(subtract(e0, o0))
            )
        }

        @inlinable @inline(__always)
        static func transpose(_ r: Rows) -> Rows {
            let a = (mix(r.0, r.1), mix(r.2, r.3), mix(r.4, r.5), mix(r.6, r.7))
            let b0 = _mm_unpacklo_epi32(a.0.0, a.1.0), b1 = _mm_unpackhi_epi32(a.0.0, a.1.0)
            let b2 = _mm_unpacklo_epi32(a.0.1, a.1.1), b3 = _mm_unpackhi_epi32(a.0.1, a.1.1)
            let b4 = _mm_unpacklo_epi32(a.2.0, a.3.0), b5 = _mm_unpackhi_epi32(a.2.0, a.3.0)
            let b6 = _mm_unpacklo_epi32(a.2.1, a.3.1), b7 = _mm_unpackhi_epi32(a.2.1, a.3.1)
            return (
                _mm_unpacklo_epi64(b0, b4), _mm_unpackhi_epi64(b0, b4), _mm_unpacklo_epi64(b1, b5), _mm_unpackhi_epi64(b1, b5),
                _mm_unpacklo_epi64(b2, b6), _mm_unpackhi_epi64(b2, b6), _mm_unpacklo_epi64(b3, b7), _mm_unpackhi_epi64(b3, b7)
            )
        }

        /// A row of coefficients, multiplied by its quantisers modulo 2^16.
        @inlinable @inline(__always)
        static func dequantised(
            _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, row: Int
        ) -> __m128i {
            unsafe _mm_mullo_epi16(
                UnsafeRawPointer(coefficients).loadUnaligned(fromByteOffset: 16 * row, as: __m128i.self),
                UnsafeRawPointer(quantisers).loadUnaligned(fromByteOffset: 16 * row, as: __m128i.self))
        }

        @inlinable @inline(__always)
        static func blockSSE2(
            _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, into samples: UnsafeMutablePointer<UInt8>,
            stride: Int
        ) {
            @inline(__always) func row(_ index: Int) -> __m128i { unsafe dequantised(coefficients, quantisers, row: index) }
            let rows = (row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
            unsafe storeColumns(pass(transpose(pass(rows, shift: 11)), shift: 18), into: samples, stride: stride)
        }

        /// Narrows columns of eight rows to bytes around 128, which are fewer registers to transpose.
        @inlinable @inline(__always)
        static func storeColumns(_ c: Rows, into samples: UnsafeMutablePointer<UInt8>, stride: Int) {
            let center = _mm_set1_epi8(-128)
            @inline(__always) func narrow(_ a: __m128i, _ b: __m128i) -> __m128i { _mm_sub_epi8(_mm_packs_epi16(a, b), center) }
            let a = narrow(c.0, c.4), b = narrow(c.1, c.5), d = narrow(c.2, c.6), e = narrow(c.3, c.7)
            let ab = (_mm_unpacklo_epi8(a, b), _mm_unpackhi_epi8(a, b))
            let de = (_mm_unpacklo_epi8(d, e), _mm_unpackhi_epi8(d, e))
            let upper = (_mm_unpacklo_epi16(ab.0, de.0), _mm_unpacklo_epi16(ab.1, de.1))
            let lower = (_mm_unpackhi_epi16(ab.0, de.0), _mm_unpackhi_epi16(ab.1, de.1))
            let target = UnsafeMutableRawPointer(samples)
            @inline(__always) func store(_ index: Int, _ rows: __m128i) {
                unsafe target.storeBytes(of: rows[0], toByteOffset: index * stride, as: Int64.self)
                unsafe target.storeBytes(of: rows[1], toByteOffset: (index + 1) * stride, as: Int64.self)
            }
            store(0, _mm_unpacklo_epi32(upper.0, upper.1))
            store(2, _mm_unpackhi_epi32(upper.0, upper.1))
            store(4, _mm_unpacklo_epi32(lower.0, lower.1))
            store(6, _mm_unpackhi_epi32(lower.0, lower.1))
        }
    }
#endif
