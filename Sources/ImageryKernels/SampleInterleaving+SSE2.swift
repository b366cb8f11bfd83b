#if arch(x86_64)
    import _Builtin_intrinsics.intel

    /// Blocks of 16 bytes a band, moved by riffles.
    ///
    /// A riffle takes the two halves of a list of N samples and alternates them, as a deck of cards is shuffled: the sample at
    /// place p goes to 2p modulo N - 1. Chunky to planar with s samples a pixel is p -> (N / s) p modulo N - 1, since s * N / s
    /// = 1 there: log2(N / s) riffles, 4 for bytes, 3 for 16 bits, 2 for 32 bits, whatever s is. Planar to chunky is p -> s p:
    /// log2(s) riffles where s is a power of two.
    extension SampleInterleaving {
        /// Separates as many pixels as whole blocks hold and returns their number; 0 for shapes that have no block form.
        static func deinterleaveBlocks(
            _ source: UnsafeRawPointer, samples: Int, sampleBytes: Int, swap: Bool, count: Int,
            into base: UnsafeMutableRawPointer, bandStride: Int
        ) -> Int {
            switch (samples, sampleBytes, swap) {
            case (2, 1, false): return unsafe separate2(source, count, base, bandStride, 1, false)
            case (2, 2, false): return unsafe separate2(source, count, base, bandStride, 2, false)
            case (2, 2, true): return unsafe separate2(source, count, base, bandStride, 2, true)
            case (2, 4, false): return unsafe separate2(source, count, base, bandStride, 4, false)
            case (2, 4, true): return unsafe separate2(source, count, base, bandStride, 4, true)
            case (3, 1, false): return unsafe separate3(source, count, base, bandStride, 1, false)
            case (3, 2, false): return unsafe separate3(source, count, base, bandStride, 2, false)
            case (3, 2, true): return unsafe separate3(source, count, base, bandStride, 2, true)
            case (3, 4, false): return unsafe separate3(source, count, base, bandStride, 4, false)
            case (3, 4, true): return unsafe separate3(source, count, base, bandStride, 4, true)
            case (4, 1, false): return unsafe separate4(source, count, base, bandStride, 1, false)
            case (4, 2, false): return unsafe separate4(source, count, base, bandStride, 2, false)
            case (4, 2, true): return unsafe separate4(source, count, base, bandStride, 2, true)
            case (4, 4, false): return unsafe separate4(source, count, base, bandStride, 4, false)
            case (4, 4, true): return unsafe separate4(source, count, base, bandStride, 4, true)
            case (8, 1, false): return unsafe separate8(source, count, base, bandStride, 1, false)
            case (8, 2, false): return unsafe separate8(source, count, base, bandStride, 2, false)
            case (8, 2, true): return unsafe separate8(source, count, base, bandStride, 2, true)
            case (8, 4, false): return unsafe separate8(source, count, base, bandStride, 4, false)
            case (8, 4, true): return unsafe separate8(source, count, base, bandStride, 4, true)
            default: return 0
            }
        }

        /// Joins as many pixels as whole blocks hold and returns their number; 0 for shapes that have no block form.
        static func interleaveBlocks(
            _ base: UnsafeRawPointer, bandStride: Int, samples: Int, sampleBytes: Int, swap: Bool, count: Int,
            into destination: UnsafeMutableRawPointer
        ) -> Int {
            switch (samples, sampleBytes, swap) {
            case (2, 1, false): return unsafe join2(base, bandStride, count, destination, 1, false)
            case (2, 2, false): return unsafe join2(base, bandStride, count, destination, 2, false)
            case (2, 2, true): return unsafe join2(base, bandStride, count, destination, 2, true)
            case (2, 4, false): return unsafe join2(base, bandStride, count, destination, 4, false)
            case (2, 4, true): return unsafe join2(base, bandStride, count, destination, 4, true)
            case (3, 1, false): return unsafe join3(base, bandStride, count, destination, 1, false)
            case (3, 2, false): return unsafe join3(base, bandStride, count, destination, 2, false)
            case (3, 2, true): return unsafe join3(base, bandStride, count, destination, 2, true)
            case (3, 4, false): return unsafe join3(base, bandStride, count, destination, 4, false)
            case (3, 4, true): return unsafe join3(base, bandStride, count, destination, 4, true)
            case (4, 1, false): return unsafe join4(base, bandStride, count, destination, 1, false)
            case (4, 2, false): return unsafe join4(base, bandStride, count, destination, 2, false)
            case (4, 2, true): return unsafe join4(base, bandStride, count, destination, 2, true)
            case (4, 4, false): return unsafe join4(base, bandStride, count, destination, 4, false)
            case (4, 4, true): return unsafe join4(base, bandStride, count, destination, 4, true)
            case (8, 1, false): return unsafe join8(base, bandStride, count, destination, 1, false)
            case (8, 2, false): return unsafe join8(base, bandStride, count, destination, 2, false)
            case (8, 2, true): return unsafe join8(base, bandStride, count, destination, 2, true)
            case (8, 4, false): return unsafe join8(base, bandStride, count, destination, 4, false)
            case (8, 4, true): return unsafe join8(base, bandStride, count, destination, 4, true)
            default: return 0
            }
        }

        // Loads, stores and the halves of a riffle; `unit` is a constant wherever these are inlined.

        @inline(__always) private static func load(_ p: UnsafeRawPointer, _ unit: Int, _ swap: Bool) -> __m128i {
            let v = unsafe p.loadUnaligned(as: __m128i.self)
            if !swap { return v }
            let pairs = _mm_or_si128(_mm_slli_epi16(v, 8), _mm_srli_epi16(v, 8))
            return unit == 2 ? pairs : _mm_or_si128(_mm_slli_epi32(pairs, 16), _mm_srli_epi32(pairs, 16))
        }

        @inline(__always) private static func store(_ v: __m128i, _ p: UnsafeMutableRawPointer) {
            unsafe p.storeBytes(of: v, as: __m128i.self)
        }

        @inline(__always) private static func low(_ a: __m128i, _ b: __m128i, _ unit: Int) -> __m128i {
            unit == 1 ? _mm_unpacklo_epi8(a, b) : unit == 2 ? _mm_unpacklo_epi16(a, b) : _mm_unpacklo_epi32(a, b)
        }

        @inline(__always) private static func high(_ a: __m128i, _ b: __m128i, _ unit: Int) -> __m128i {
            unit == 1 ? _mm_unpackhi_epi8(a, b) : unit == 2 ? _mm_unpackhi_epi16(a, b) : _mm_unpackhi_epi32(a, b)
        }

        @inline(__always) private static func riffles(_ unit: Int) -> Int { unit == 1 ? 4 : unit == 2 ? 3 : 2 }

        @inline(__always) private static func separate2(
            _ source: UnsafeRawPointer, _ count: Int, _ base: UnsafeMutableRawPointer, _ bandStride: Int, _ unit: Int, _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            var from = unsafe source
            var done = 0
            while done &+ pixels <= count {
                var a = unsafe load(from, unit, swap)
                var b = unsafe load(from + 16, unit, swap)
                for _ in 0..<riffles(unit) { (a, b) = (low(a, b, unit), high(a, b, unit)) }
                let to = unsafe base + done &* unit
                unsafe store(a, to)
                unsafe store(b, to + bandStride)
                unsafe from += 32
                done &+= pixels
            }
            return done
        }

        /// With three registers the halves meet in the middle of the second.
        ///
        /// Left alone the compiler merges byte riffles into permutations and lowers those badly (0.6 of the speed); a zero that
        /// it cannot know to be one keeps them apart.
        @inline(__always) private static func separate3(
            _ source: UnsafeRawPointer, _ count: Int, _ base: UnsafeMutableRawPointer, _ bandStride: Int, _ unit: Int, _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            let zero = _mm_set1_epi64x(Int64(truncatingIfNeeded: count &>> 62))
            var from = unsafe source
            var done = 0
            while done &+ pixels <= count {
                var a = unsafe load(from, unit, swap)
                var b = unsafe load(from + 16, unit, swap)
                var c = unsafe load(from + 32, unit, swap)
                for riffle in 0..<riffles(unit) {
                    if unit == 1 && riffle > 0 {
                        a = _mm_xor_si128(a, zero)
                        b = _mm_xor_si128(b, zero)
                        c = _mm_xor_si128(c, zero)
                    }
                    let first = low(a, _mm_unpackhi_epi64(b, b), unit)
                    let second = low(_mm_unpackhi_epi64(a, a), c, unit)
                    let third = low(b, _mm_unpackhi_epi64(c, c), unit)
                    (a, b, c) = (first, second, third)
                }
                let to = unsafe base + done &* unit
                unsafe store(a, to)
                unsafe store(b, to + bandStride)
                unsafe store(c, to + 2 &* bandStride)
                unsafe from += 48
                done &+= pixels
            }
            return done
        }

        @inline(__always) private static func separate4(
            _ source: UnsafeRawPointer, _ count: Int, _ base: UnsafeMutableRawPointer, _ bandStride: Int, _ unit: Int, _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            var from = unsafe source
            var done = 0
            while done &+ pixels <= count {
                var a = unsafe load(from, unit, swap)
                var b = unsafe load(from + 16, unit, swap)
                var c = unsafe load(from + 32, unit, swap)
                var d = unsafe load(from + 48, unit, swap)
                for _ in 0..<riffles(unit) { (a, b, c, d) = (low(a, c, unit), high(a, c, unit), low(b, d, unit), high(b, d, unit)) }
                let to = unsafe base + done &* unit
                unsafe store(a, to)
                unsafe store(b, to + bandStride)
                unsafe store(c, to + 2 &* bandStride)
                unsafe store(d, to + 3 &* bandStride)
                unsafe from += 64
                done &+= pixels
            }
            return done
        }

        /// Eight registers and one riffle of them.
        private struct Eight {
            var a, b, c, d, e, f, g, h: __m128i

            @inline(__always) mutating func riffle(_ unit: Int) {
                let (a0, b0, c0, d0) = (low(a, e, unit), high(a, e, unit), low(b, f, unit), high(b, f, unit))
                let (e0, f0, g0, h0) = (low(c, g, unit), high(c, g, unit), low(d, h, unit), high(d, h, unit))
                (a, b, c, d, e, f, g, h) = (a0, b0, c0, d0, e0, f0, g0, h0)
            }

            @inline(__always) init(_ p: UnsafeRawPointer, step: Int, _ unit: Int, _ swap: Bool) {
                a = unsafe load(p, unit, swap)
                b = unsafe load(p + step, unit, swap)
                c = unsafe load(p + 2 &* step, unit, swap)
                d = unsafe load(p + 3 &* step, unit, swap)
                e = unsafe load(p + 4 &* step, unit, swap)
                f = unsafe load(p + 5 &* step, unit, swap)
                g = unsafe load(p + 6 &* step, unit, swap)
                h = unsafe load(p + 7 &* step, unit, swap)
            }

            @inline(__always) func store(_ p: UnsafeMutableRawPointer, step: Int) {
                unsafe SampleInterleaving.store(a, p)
                unsafe SampleInterleaving.store(b, p + step)
                unsafe SampleInterleaving.store(c, p + 2 &* step)
                unsafe SampleInterleaving.store(d, p + 3 &* step)
                unsafe SampleInterleaving.store(e, p + 4 &* step)
                unsafe SampleInterleaving.store(f, p + 5 &* step)
                unsafe SampleInterleaving.store(g, p + 6 &* step)
                unsafe SampleInterleaving.store(h, p + 7 &* step)
            }
        }

        @inline(__always) private static func separate8(
            _ source: UnsafeRawPointer, _ count: Int, _ base: UnsafeMutableRawPointer, _ bandStride: Int, _ unit: Int, _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            var from = unsafe source
            var done = 0
            while done &+ pixels <= count {
                var block = unsafe Eight(from, step: 16, unit, swap)
                for _ in 0..<riffles(unit) { block.riffle(unit) }
                unsafe block.store(base + done &* unit, step: bandStride)
                unsafe from += 128
                done &+= pixels
            }
            return done
        }

        @inline(__always) private static func join2(
            _ base: UnsafeRawPointer, _ bandStride: Int, _ count: Int, _ destination: UnsafeMutableRawPointer, _ unit: Int,
            _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            var to = unsafe destination
            var done = 0
            while done &+ pixels <= count {
                let from = unsafe base + done &* unit
                let a = unsafe load(from, unit, swap)
                let b = unsafe load(from + bandStride, unit, swap)
                unsafe store(low(a, b, unit), to)
                unsafe store(high(a, b, unit), to + 16)
                unsafe to += 32
                done &+= pixels
            }
            return done
        }

        /// Pixels are widened by a fourth, empty sample and stored one over the other's end; so a pixel must follow the block.
        @inline(__always) private static func join3(
            _ base: UnsafeRawPointer, _ bandStride: Int, _ count: Int, _ destination: UnsafeMutableRawPointer, _ unit: Int,
            _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            let zero = _mm_setzero_si128()
            var to = unsafe destination
            var done = 0
            while done &+ pixels < count {
                let from = unsafe base + done &* unit
                let a = unsafe load(from, unit, swap)
                let b = unsafe load(from + bandStride, unit, swap)
                let c = unsafe load(from + 2 &* bandStride, unit, swap)
                unsafe joinThird(low(a, b, unit), low(c, zero, unit), to, unit)
                unsafe joinThird(high(a, b, unit), high(c, zero, unit), to + 24, unit)
                unsafe to += 48
                done &+= pixels
            }
            return done
        }

        /// Eight bytes of first and second samples in pairs, and of third samples paired with zeros: 24 bytes of pixels.
        @inline(__always) private static func joinThird(
            _ pairs: __m128i, _ thirds: __m128i, _ to: UnsafeMutableRawPointer, _ unit: Int
        ) {
            switch unit {
            case 1:
                unsafe storeBytePixels(_mm_unpacklo_epi16(pairs, thirds), to)
                unsafe storeBytePixels(_mm_unpackhi_epi16(pairs, thirds), to + 12)
            case 2:
                unsafe storeHalves(_mm_unpacklo_epi32(pairs, thirds), to)
                unsafe storeHalves(_mm_unpackhi_epi32(pairs, thirds), to + 12)
            default:
                unsafe store(_mm_unpacklo_epi64(pairs, thirds), to)
                unsafe store(_mm_unpackhi_epi64(pairs, thirds), to + 12)
            }
        }

        /// Four pixels of 3 bytes that lie in 4 each.
        @inline(__always) private static func storeBytePixels(_ v: __m128i, _ to: UnsafeMutableRawPointer) {
            let even = _mm_and_si128(v, _mm_set1_epi64x(0xFF_FFFF))
            let odd = _mm_and_si128(_mm_srli_epi64(v, 8), _mm_set1_epi64x(0xFFFF_FF00_0000))
            unsafe storeHalves(_mm_or_si128(even, odd), to)
        }

        /// Twice 6 bytes that lie in 8 each.
        @inline(__always) private static func storeHalves(_ v: __m128i, _ to: UnsafeMutableRawPointer) {
            unsafe to.storeBytes(of: _mm_cvtsi128_si64(v), as: Int64.self)
            unsafe to.storeBytes(of: _mm_cvtsi128_si64(_mm_unpackhi_epi64(v, v)), toByteOffset: 6, as: Int64.self)
        }

        @inline(__always) private static func join4(
            _ base: UnsafeRawPointer, _ bandStride: Int, _ count: Int, _ destination: UnsafeMutableRawPointer, _ unit: Int,
            _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            var to = unsafe destination
            var done = 0
            while done &+ pixels <= count {
                let from = unsafe base + done &* unit
                var a = unsafe load(from, unit, swap)
                var b = unsafe load(from + bandStride, unit, swap)
                var c = unsafe load(from + 2 &* bandStride, unit, swap)
                var d = unsafe load(from + 3 &* bandStride, unit, swap)
                for _ in 0..<2 { (a, b, c, d) = (low(a, c, unit), high(a, c, unit), low(b, d, unit), high(b, d, unit)) }
                unsafe store(a, to)
                unsafe store(b, to + 16)
                unsafe store(c, to + 32)
                unsafe store(d, to + 48)
                unsafe to += 64
                done &+= pixels
            }
            return done
        }

        @inline(__always) private static func join8(
            _ base: UnsafeRawPointer, _ bandStride: Int, _ count: Int, _ destination: UnsafeMutableRawPointer, _ unit: Int,
            _ swap: Bool
        ) -> Int {
            let pixels = 16 / unit
            var to = unsafe destination
            var done = 0
            while done &+ pixels <= count {
                var block = unsafe Eight(base + done &* unit, step: bandStride, unit, swap)
                for _ in 0..<3 { block.riffle(unit) }
                unsafe block.store(to, step: 16)
                unsafe to += 128
                done &+= pixels
            }
            return done
        }
    }
#endif
