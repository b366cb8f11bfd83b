#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

extension PNGFilters {
    /// Applies filter `type` (0...4) and returns the sum of the absolute values of its output taken as signed bytes (the heuristic
    /// under "Filter selection", clause 12: the filter with the smallest sum).
    ///
    /// The rows must not overlap; `prior` is the unfiltered row above, nil for the first row.
    public static func filter(
        _ type: UInt8, _ source: UnsafeRawPointer, prior: UnsafeRawPointer?, into destination: UnsafeMutableRawPointer,
        rowBytes: Int, bytesPerPixel: Int
    ) -> Int {
        var sum = 0
        var i = 0
        #if arch(x86_64)
            let head = bytesPerPixel < rowBytes ? bytesPerPixel : rowBytes
            sum = unsafe filter(type, source, prior, destination, from: 0, to: head, bytesPerPixel)
            i = head
            if let prior = unsafe prior {
                switch type {
                case 1: unsafe filterBlocks(1, source, prior, destination, &i, rowBytes, bytesPerPixel, &sum)
                case 2: unsafe filterBlocks(2, source, prior, destination, &i, rowBytes, bytesPerPixel, &sum)
                case 3: unsafe filterBlocks(3, source, prior, destination, &i, rowBytes, bytesPerPixel, &sum)
                case 4: unsafe filterBlocks(4, source, prior, destination, &i, rowBytes, bytesPerPixel, &sum)
                default: unsafe filterBlocks(0, source, prior, destination, &i, rowBytes, bytesPerPixel, &sum)
                }
            }
        #endif
        return unsafe sum &+ filter(type, source, prior, destination, from: i, to: rowBytes, bytesPerPixel)
    }

    /// Byte by byte; the sum of the absolute values.
    private static func filter(
        _ type: UInt8, _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer?, _ destination: UnsafeMutableRawPointer,
        from start: Int, to end: Int, _ bytesPerPixel: Int
    ) -> Int {
        var sum = 0
        var i = start
        while i < end {
            let first = i < bytesPerPixel
            let a = first ? 0 : unsafe source.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            var b: UInt8 = 0
            var c: UInt8 = 0
            if let prior = unsafe prior {
                b = unsafe prior.load(fromByteOffset: i, as: UInt8.self)
                c = first ? 0 : unsafe prior.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            }
            let predicted: UInt8
            switch type {
            case 1: predicted = a
            case 2: predicted = b
            case 3: predicted = UInt8(truncatingIfNeeded: (UInt32(a) &+ UInt32(b)) &>> 1)
            case 4: predicted = paethPredictor(a, b, c)
            default: predicted = 0
            }
            let value = unsafe source.load(fromByteOffset: i, as: UInt8.self) &- predicted
            unsafe destination.storeBytes(of: value, toByteOffset: i, as: UInt8.self)
            let signed = Int(Int8(bitPattern: value))
            sum &+= signed < 0 ? 0 &- signed : signed
            i &+= 1
        }
        return sum
    }
}

#if arch(x86_64)
    extension PNGFilters {
        /// 16 bytes at a time from `i` (at least one pixel) on.
        @inline(__always) private static func filterBlocks(
            _ type: Int, _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer,
            _ i: inout Int, _ rowBytes: Int, _ bytesPerPixel: Int, _ sum: inout Int
        ) {
            let zero = _mm_setzero_si128()
            var sums = zero
            var at = i
            while at &+ 16 <= rowBytes {
                let x = unsafe source.loadUnaligned(fromByteOffset: at, as: __m128i.self)
                let a = unsafe source.loadUnaligned(fromByteOffset: at &- bytesPerPixel, as: __m128i.self)
                let b = unsafe prior.loadUnaligned(fromByteOffset: at, as: __m128i.self)
                let c = unsafe prior.loadUnaligned(fromByteOffset: at &- bytesPerPixel, as: __m128i.self)
                let predicted: __m128i
                switch type {
                case 1: predicted = a
                case 2: predicted = b
                case 3:
                    // `pavgb` rounds up: one less where the sum is odd.
                    let odd = _mm_and_si128(_mm_xor_si128(a, b), _mm_set1_epi8(1))
                    predicted = _mm_sub_epi8(_mm_avg_epu8(a, b), odd)
                case 4:
                    predicted = _mm_packus_epi16(
                        paethPredictor(_mm_unpacklo_epi8(a, zero), _mm_unpacklo_epi8(b, zero), _mm_unpacklo_epi8(c, zero)),
                        paethPredictor(_mm_unpackhi_epi8(a, zero), _mm_unpackhi_epi8(b, zero), _mm_unpackhi_epi8(c, zero)))
                default: predicted = zero
                }
                let value = _mm_sub_epi8(x, predicted)
                unsafe destination.storeBytes(of: value, toByteOffset: at, as: __m128i.self)
                // As unsigned bytes the smaller of v and -v is the absolute value.
                let magnitude = _mm_min_epu8(value, _mm_sub_epi8(zero, value))
                sums = _mm_add_epi64(sums, _mm_sad_epu8(magnitude, zero))
                at &+= 16
            }
            i = at
            let total = _mm_add_epi64(sums, _mm_unpackhi_epi64(sums, sums))
            sum &+= Int(truncatingIfNeeded: _mm_cvtsi128_si64(total))
        }

        /// Paeth in 16-bit lanes: with t = 3c - a - b, max(a, b) where t <= min(a, b), min(a, b) where t >= max(a, b), else c.
        @inline(__always) private static func paethPredictor(_ a: __m128i, _ b: __m128i, _ c: __m128i) -> __m128i {
            let small = _mm_min_epi16(a, b)
            let large = _mm_max_epi16(a, b)
            let t = _mm_sub_epi16(_mm_add_epi16(_mm_add_epi16(c, c), c), _mm_add_epi16(a, b))
            let below = _mm_cmpgt_epi16(large, t)
            let above = _mm_cmpgt_epi16(t, small)
            let middle = _mm_and_si128(_mm_and_si128(c, below), above)
            return _mm_or_si128(_mm_or_si128(_mm_andnot_si128(below, small), _mm_andnot_si128(above, large)), middle)
        }
    }
#endif
