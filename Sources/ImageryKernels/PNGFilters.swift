#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// The five filters of PNG (PNG 3rd edition, clause 9), undone one row at a time.
///
/// Rows come without their filter byte. `prior` is the reconstructed row above, nil for the first row of an image or pass (clause
/// 9.2: it counts as zeros). Exactly `rowBytes` bytes are read and written.
public enum PNGFilters {
    /// Undoes filter `type` (0...4: None, Sub, Up, Average, Paeth); false for any other type, with nothing written.
    ///
    /// `bytesPerPixel` is 1, 2, 3, 4, 6 or 8, rounded up to 1 for packed samples (clause 9.2), and `rowBytes` is a multiple of
    /// it. `destination` may be `source`; otherwise the rows must not overlap.
    public static func unfilter(
        _ type: UInt8, _ source: UnsafeRawPointer, prior: UnsafeRawPointer?, into destination: UnsafeMutableRawPointer,
        rowBytes: Int, bytesPerPixel: Int
    ) -> Bool {
        switch (type, unsafe prior) {
        case (0, _), (2, nil):
            unsafe ByteOrder.copy(source, into: destination, byteCount: rowBytes, swapUnit: 1)
        case (1, _), (4, nil):
            // Over a row of zeros Paeth predicts the pixel to the left.
            unsafe RunningSum.accumulate(source, into: destination, byteCount: rowBytes, stride: bytesPerPixel, unit: 1)
        case (2, let above?): unsafe up(source, above, into: destination, rowBytes: rowBytes)
        case (3, let above?):
            unsafe average(source, above, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        case (3, nil): unsafe averageOfFirstRow(source, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        case (4, let above?): unsafe paeth(source, above, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        default: return false
        }
        return true
    }

    /// Undoes filter 4 (Paeth) of two rows, one under the other, in about two thirds of the time of two calls.
    ///
    /// The lower row runs a pixel behind the upper. The rows of each are like those of `unfilter`: a destination may be its own
    /// source, and nothing else may overlap.
    public static func unfilterPaethPair(
        _ source: UnsafeRawPointer, _ nextSource: UnsafeRawPointer, prior: UnsafeRawPointer,
        into destination: UnsafeMutableRawPointer, _ nextDestination: UnsafeMutableRawPointer, rowBytes: Int, bytesPerPixel: Int
    ) {
        #if arch(x86_64)
            switch bytesPerPixel {
            case 1: unsafe paethOfTwoRows(source, nextSource, prior, destination, nextDestination, rowBytes, 1)
            case 2: unsafe paethOfTwoRows(source, nextSource, prior, destination, nextDestination, rowBytes, 2)
            case 3: unsafe paethOfTwoRows(source, nextSource, prior, destination, nextDestination, rowBytes, 3)
            case 4: unsafe paethOfTwoRows(source, nextSource, prior, destination, nextDestination, rowBytes, 4)
            case 6: unsafe paethOfTwoRows(source, nextSource, prior, destination, nextDestination, rowBytes, 6)
            default: unsafe paethOfTwoRows(source, nextSource, prior, destination, nextDestination, rowBytes, 8)
            }
        #else
            unsafe paeth(source, prior, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
            unsafe paeth(nextSource, destination, into: nextDestination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        #endif
    }

    private static func up(
        _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int
    ) {
        var i = 0
        while i &+ 64 <= rowBytes {
            let b = unsafe prior.loadUnaligned(fromByteOffset: i, as: SIMD64<UInt8>.self)
            let x = unsafe source.loadUnaligned(fromByteOffset: i, as: SIMD64<UInt8>.self)
            unsafe destination.storeBytes(of: x &+ b, toByteOffset: i, as: SIMD64<UInt8>.self)
            i &+= 64
        }
        while i &+ 16 <= rowBytes {
            let b = unsafe prior.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self)
            let x = unsafe source.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self)
            unsafe destination.storeBytes(of: x &+ b, toByteOffset: i, as: SIMD16<UInt8>.self)
            i &+= 16
        }
        while i < rowBytes {
            let b = unsafe prior.load(fromByteOffset: i, as: UInt8.self)
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            unsafe destination.storeBytes(of: x &+ b, toByteOffset: i, as: UInt8.self)
            i &+= 1
        }
    }

    /// First rows are rare: byte by byte.
    private static func averageOfFirstRow(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int, bytesPerPixel: Int
    ) {
        for i in 0..<rowBytes {
            let a = i < bytesPerPixel ? 0 : unsafe destination.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            unsafe destination.storeBytes(of: x &+ (a &>> 1), toByteOffset: i, as: UInt8.self)
        }
    }

    private static func average(
        _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int,
        bytesPerPixel: Int
    ) {
        #if arch(x86_64)
            switch bytesPerPixel {
            case 1: unsafe averageOfPixels(source, prior, destination, rowBytes, 1)
            case 2: unsafe averageOfPixels(source, prior, destination, rowBytes, 2)
            case 3: unsafe averageOfPixels(source, prior, destination, rowBytes, 3)
            case 4: unsafe averageOfPixels(source, prior, destination, rowBytes, 4)
            case 6: unsafe averageOfPixels(source, prior, destination, rowBytes, 6)
            default: unsafe averageOfPixels(source, prior, destination, rowBytes, 8)
            }
        #else
            for i in 0..<rowBytes {
                let a = i < bytesPerPixel ? 0 : unsafe destination.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
                let b = unsafe prior.load(fromByteOffset: i, as: UInt8.self)
                let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
                let mean = UInt8(truncatingIfNeeded: (UInt32(a) &+ UInt32(b)) &>> 1)
                unsafe destination.storeBytes(of: x &+ mean, toByteOffset: i, as: UInt8.self)
            }
        #endif
    }

    private static func paeth(
        _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int,
        bytesPerPixel: Int
    ) {
        #if arch(x86_64)
            switch bytesPerPixel {
            case 1: unsafe paethOfPixels(source, prior, destination, rowBytes, 1)
            case 2: unsafe paethOfPixels(source, prior, destination, rowBytes, 2)
            case 3: unsafe paethOfPixels(source, prior, destination, rowBytes, 3)
            case 4: unsafe paethOfPixels(source, prior, destination, rowBytes, 4)
            case 6: unsafe paethOfPixels(source, prior, destination, rowBytes, 6)
            default: unsafe paethOfPixels(source, prior, destination, rowBytes, 8)
            }
        #else
            for i in 0..<rowBytes {
                let first = i < bytesPerPixel
                let a = first ? 0 : unsafe destination.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
                let b = unsafe prior.load(fromByteOffset: i, as: UInt8.self)
                let c = first ? 0 : unsafe prior.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
                let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
                unsafe destination.storeBytes(of: x &+ paethPredictor(a, b, c), toByteOffset: i, as: UInt8.self)
            }
        #endif
    }

    /// The Paeth predictor (clause 9.4).
    @inline(__always) static func paethPredictor(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt8 {
        let toB = Int32(b) &- Int32(c)
        let toA = Int32(a) &- Int32(c)
        let pa = toB < 0 ? 0 &- toB : toB
        let pb = toA < 0 ? 0 &- toA : toA
        let sum = toA &+ toB
        let pc = sum < 0 ? 0 &- sum : sum
        if pa <= pb && pa <= pc { return a }
        return pb <= pc ? b : c
    }
}

#if arch(x86_64)
    extension PNGFilters {
        // Pixels of 3 and 6 bytes are moved as 4 and 8, except the last of a row. A store reaches into the next pixel, which is
        // loaded before: so a row may be undone in place.

        /// A pixel in the low bytes; `wide` when the bytes after it may be read.
        @inline(__always) private static func load(_ p: UnsafeRawPointer, _ bytesPerPixel: Int, wide: Bool) -> __m128i {
            switch bytesPerPixel {
            case 1: return unsafe _mm_cvtsi32_si128(Int32(p.load(as: UInt8.self)))
            case 2: return unsafe _mm_cvtsi32_si128(Int32(p.loadUnaligned(as: UInt16.self)))
            case 3 where !wide:
                let high = unsafe Int32(p.load(fromByteOffset: 2, as: UInt8.self))
                return unsafe _mm_cvtsi32_si128(Int32(p.loadUnaligned(as: UInt16.self)) | (high &<< 16))
            case 3, 4: return unsafe _mm_cvtsi32_si128(p.loadUnaligned(as: Int32.self))
            case 6 where !wide:
                let high = unsafe Int64(p.loadUnaligned(fromByteOffset: 4, as: UInt16.self))
                return unsafe _mm_cvtsi64_si128(Int64(p.loadUnaligned(as: UInt32.self)) | (high &<< 32))
            default: return unsafe _mm_cvtsi64_si128(p.loadUnaligned(as: Int64.self))
            }
        }

        @inline(__always) private static func store(_ v: __m128i, _ p: UnsafeMutableRawPointer, _ bytesPerPixel: Int, wide: Bool) {
            let low = _mm_cvtsi128_si32(v)
            switch bytesPerPixel {
            case 1: unsafe p.storeBytes(of: UInt8(truncatingIfNeeded: low), as: UInt8.self)
            case 2: unsafe p.storeBytes(of: UInt16(truncatingIfNeeded: low), as: UInt16.self)
            case 3 where !wide:
                unsafe p.storeBytes(of: UInt16(truncatingIfNeeded: low), as: UInt16.self)
                unsafe p.storeBytes(of: UInt8(truncatingIfNeeded: low &>> 16), toByteOffset: 2, as: UInt8.self)
            case 3, 4: unsafe p.storeBytes(of: low, as: Int32.self)
            case 6 where !wide:
                unsafe p.storeBytes(of: low, as: Int32.self)
                let high = UInt16(truncatingIfNeeded: _mm_cvtsi128_si64(v) &>> 32)
                unsafe p.storeBytes(of: high, toByteOffset: 4, as: UInt16.self)
            default: unsafe p.storeBytes(of: _mm_cvtsi128_si64(v), as: Int64.self)
            }
        }

        /// `pavgb` rounds up; on complements it rounds down: ~mean = pavgb(~a, ~b), and ~(x + mean) = ~mean - x. Two operations
        /// wait for the pixel before.
        @inline(__always) private static func averageOfPixels(
            _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, _ rowBytes: Int,
            _ bpp: Int
        ) {
            if rowBytes < bpp { return }
            let ones = _mm_set1_epi32(-1)
            let final = rowBytes &- bpp
            var a = ones
            var x = unsafe load(source, bpp, wide: final > 0)
            var i = 0
            while i < final {
                let b = unsafe load(prior + i, bpp, wide: true)
                a = _mm_sub_epi8(_mm_avg_epu8(a, _mm_xor_si128(b, ones)), x)
                x = unsafe i &+ bpp < final ? load(source + (i &+ bpp), bpp, wide: true) : load(source + final, bpp, wide: false)
                unsafe store(_mm_xor_si128(a, ones), destination + i, bpp, wide: true)
                i &+= bpp
            }
            let b = unsafe load(prior + final, bpp, wide: false)
            a = _mm_sub_epi8(_mm_avg_epu8(a, _mm_xor_si128(b, ones)), x)
            unsafe store(_mm_xor_si128(a, ones), destination + final, bpp, wide: false)
        }

        /// Pixels in 16-bit lanes.
        @inline(__always) private static func paethOfPixels(
            _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, _ rowBytes: Int,
            _ bpp: Int
        ) {
            if rowBytes < bpp { return }
            let zero = _mm_setzero_si128()
            let final = rowBytes &- bpp
            var a = zero
            var c3 = zero
            var c = zero
            var x = unsafe load(source, bpp, wide: final > 0)
            var i = 0
            while i < final {
                let b = _mm_unpacklo_epi8(unsafe load(prior + i, bpp, wide: true), zero)
                a = paethStep(a, b, c, c3, _mm_unpacklo_epi8(x, zero))
                c = b
                c3 = _mm_add_epi16(_mm_add_epi16(b, b), b)
                x = unsafe i &+ bpp < final ? load(source + (i &+ bpp), bpp, wide: true) : load(source + final, bpp, wide: false)
                unsafe store(_mm_packus_epi16(a, a), destination + i, bpp, wide: true)
                i &+= bpp
            }
            let b = _mm_unpacklo_epi8(unsafe load(prior + final, bpp, wide: false), zero)
            a = paethStep(a, b, c, c3, _mm_unpacklo_epi8(x, zero))
            unsafe store(_mm_packus_epi16(a, a), destination + final, bpp, wide: false)
        }

        /// While one row waits for its pixel to the left, the other advances.
        @inline(__always) private static func paethOfTwoRows(
            _ source: UnsafeRawPointer, _ nextSource: UnsafeRawPointer, _ prior: UnsafeRawPointer,
            _ destination: UnsafeMutableRawPointer, _ nextDestination: UnsafeMutableRawPointer, _ rowBytes: Int, _ bpp: Int
        ) {
            if rowBytes < bpp { return }
            let zero = _mm_setzero_si128()
            let final = rowBytes &- bpp
            // Upper row: a, above it b and c. Lower row: d, and above it what the upper row has just become.
            var a = zero
            var c = zero
            var c3 = zero
            var d = zero
            var e = zero
            var e3 = zero
            var x = unsafe _mm_unpacklo_epi8(load(source, bpp, wide: final > 0), zero)
            var i = 0
            var b = unsafe _mm_unpacklo_epi8(load(prior, bpp, wide: final > 0), zero)
            var y = unsafe _mm_unpacklo_epi8(load(nextSource, bpp, wide: final > 0), zero)
            a = paethStep(a, b, c, c3, x)
            while i < final {
                let at = i &+ bpp
                let wide = at < final
                c = b
                c3 = _mm_add_epi16(_mm_add_epi16(b, b), b)
                let above = a
                let lowerX = y
                // The pixels that the stores below reach into are loaded before them.
                x = unsafe _mm_unpacklo_epi8(wide ? load(source + at, bpp, wide: true) : load(source + at, bpp, wide: false), zero)
                y = unsafe _mm_unpacklo_epi8(
                    wide ? load(nextSource + at, bpp, wide: true) : load(nextSource + at, bpp, wide: false), zero)
                b = unsafe _mm_unpacklo_epi8(wide ? load(prior + at, bpp, wide: true) : load(prior + at, bpp, wide: false), zero)
                a = paethStep(a, b, c, c3, x)
                d = paethStep(d, above, e, e3, lowerX)
                e = above
                e3 = _mm_add_epi16(_mm_add_epi16(e, e), e)
                unsafe store(_mm_packus_epi16(above, above), destination + i, bpp, wide: true)
                unsafe store(_mm_packus_epi16(d, d), nextDestination + i, bpp, wide: true)
                i = at
            }
            d = paethStep(d, a, e, e3, y)
            unsafe store(_mm_packus_epi16(a, a), destination + final, bpp, wide: false)
            unsafe store(_mm_packus_epi16(d, d), nextDestination + final, bpp, wide: false)
        }

        /// One pixel in the fewest steps from `a` to the result.
        ///
        /// With t = 3c - a - b the predictor is max(a, b) where t <= min(a, b), min(a, b) where t >= max(a, b), else c. Solved
        /// for a: the first where a >= upper, the second where a <= lower, and both bounds depend on b and c only. Where both
        /// hold, a = b.
        @inline(__always) private static func paethStep(_ a: __m128i, _ b: __m128i, _ c: __m128i, _ c3: __m128i, _ x: __m128i)
            -> __m128i
        {
            let k = _mm_sub_epi16(c3, b)
            let kb = _mm_sub_epi16(k, b)
            let lower = _mm_min_epi16(_mm_srai_epi16(k, 1), kb)
            let upper = _mm_max_epi16(_mm_srai_epi16(_mm_sub_epi16(k, _mm_set1_epi16(-1)), 1), kb)
            let aboveLower = _mm_cmpgt_epi16(a, lower)
            let belowUpper = _mm_cmpgt_epi16(upper, a)
            let small = _mm_andnot_si128(aboveLower, _mm_min_epi16(a, b))
            let large = _mm_andnot_si128(belowUpper, _mm_max_epi16(a, b))
            let middle = _mm_and_si128(_mm_and_si128(c, aboveLower), belowUpper)
            return _mm_add_epi8(_mm_or_si128(_mm_or_si128(small, large), middle), x)
        }
    }
#endif
