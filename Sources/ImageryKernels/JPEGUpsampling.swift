// Chrominance at the size of the luminance: the triangle filter of the field's reference decoder, which T.81 leaves open (A.1.1).

/// Lines of samples made twice as long or blended with a neighbouring line.
///
/// A line's samples stand at `source[0]` to `source[count - 1]`. Where `hasLeft` (`hasRight`) is false the line begins (ends) there,
/// and its border sample is its own neighbour; else the sample before (behind) is there to be read.
public enum JPEGUpsampling {
    /// `2 * count` samples from one line: 3/4 of the nearer sample and 1/4 of the farther one.
    public static func doubled8(
        _ source: UnsafePointer<UInt8>, count: Int, hasLeft: Bool, hasRight: Bool, into target: UnsafeMutablePointer<UInt8>
    ) {
        unsafe doubled(source, count: count, hasLeft: hasLeft, hasRight: hasRight, into: target)
    }

    /// As ``doubled8(_:count:hasLeft:hasRight:into:)``.
    public static func doubled16(
        _ source: UnsafePointer<UInt16>, count: Int, hasLeft: Bool, hasRight: Bool, into target: UnsafeMutablePointer<UInt16>
    ) {
        unsafe doubled(source, count: count, hasLeft: hasLeft, hasRight: hasRight, into: target)
    }

    @inline(__always)
    private static func doubled<T: FixedWidthInteger>(
        _ source: UnsafePointer<T>, count: Int, hasLeft: Bool, hasRight: Bool, into target: UnsafeMutablePointer<T>
    ) {
        @inline(__always) func blend(_ near: T, _ far: T, _ bias: UInt32) -> T {
            T(truncatingIfNeeded: (3 &* UInt32(truncatingIfNeeded: near) &+ UInt32(truncatingIfNeeded: far) &+ bias) >> 2)
        }
        let last = count - 1
        unsafe target[0] = blend(source[0], hasLeft ? source[-1] : source[0], 1)
        for index in 0..<last {
            unsafe target[2 * index + 1] = blend(source[index], source[index + 1], 2)
            unsafe target[2 * index + 2] = blend(source[index + 1], source[index], 1)
        }
        unsafe target[2 * last + 1] = blend(source[last], hasRight ? source[count] : source[last], 2)
    }

    /// `count` samples between two lines: 3/4 of the nearer one. `isUpper`: the farther line is the one above.
    public static func blended8(
        _ near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, count: Int, isUpper: Bool,
        into target: UnsafeMutablePointer<UInt8>
    ) {
        let bias: UInt16 = isUpper ? 1 : 2
        for index in 0..<count {
            unsafe target[index] = UInt8(truncatingIfNeeded: (3 &* UInt16(near[index]) &+ UInt16(far[index]) &+ bias) >> 2)
        }
    }

    /// As ``blended8(_:_:count:isUpper:into:)``.
    public static func blended16(
        _ near: UnsafePointer<UInt16>, _ far: UnsafePointer<UInt16>, count: Int, isUpper: Bool,
        into target: UnsafeMutablePointer<UInt16>
    ) {
        let bias: UInt32 = isUpper ? 1 : 2
        for index in 0..<count {
            unsafe target[index] = UInt16(truncatingIfNeeded: (3 &* UInt32(near[index]) &+ UInt32(far[index]) &+ bias) >> 2)
        }
    }

    /// `2 * count` samples from two lines, blended both ways with one rounding. `sums` is room for `count + 2` numbers.
    public static func doubled8(
        _ near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, count: Int, hasLeft: Bool, hasRight: Bool,
        sums: UnsafeMutablePointer<UInt16>, into target: UnsafeMutablePointer<UInt8>
    ) {
        let first = hasLeft ? -1 : 0
        let end = hasRight ? count + 1 : count
        let middle = unsafe sums + 1
        for index in first..<end { unsafe middle[index] = 3 &* UInt16(near[index]) &+ UInt16(far[index]) }
        if !hasLeft { unsafe middle[-1] = middle[0] }
        if !hasRight { unsafe middle[count] = middle[count - 1] }
        var done = 0
        #if arch(x86_64)
            done = count & ~7
            unsafe spreadSSE2(middle, count: done, into: target)
        #endif
        for index in done..<count {
            let own = unsafe 3 &* middle[index]
            unsafe target[2 * index] = UInt8(truncatingIfNeeded: (own &+ middle[index - 1] &+ 8) >> 4)
            unsafe target[2 * index + 1] = UInt8(truncatingIfNeeded: (own &+ middle[index + 1] &+ 7) >> 4)
        }
    }

    /// As the one of 8 bits; sums of 16-bit samples need 32.
    public static func doubled16(
        _ near: UnsafePointer<UInt16>, _ far: UnsafePointer<UInt16>, count: Int, hasLeft: Bool, hasRight: Bool,
        into target: UnsafeMutablePointer<UInt16>
    ) {
        @inline(__always) func sum(_ index: Int) -> UInt32 { unsafe 3 &* UInt32(near[index]) &+ UInt32(far[index]) }
        for index in 0..<count {
            let own = sum(index)
            let left = index > 0 || hasLeft ? sum(index - 1) : own
            let right = index + 1 < count || hasRight ? sum(index + 1) : own
            unsafe target[2 * index] = UInt16(truncatingIfNeeded: (3 &* own &+ left &+ 8) >> 4)
            unsafe target[2 * index + 1] = UInt16(truncatingIfNeeded: (3 &* own &+ right &+ 7) >> 4)
        }
    }
}

#if arch(x86_64)
    import _Builtin_intrinsics.intel

    extension JPEGUpsampling {
        /// Two samples for each of `count` sums, a multiple of 8, with a sum before the first and one behind the last.
        private static func spreadSSE2(_ sums: UnsafePointer<UInt16>, count: Int, into target: UnsafeMutablePointer<UInt8>) {
            let bytes = unsafe UnsafeRawPointer(sums)
            let three = _mm_set1_epi16(3)
            let eight = _mm_set1_epi16(8)
            let seven = _mm_set1_epi16(7)
            for index in stride(from: 0, to: count, by: 8) {
                let own = unsafe _mm_mullo_epi16(bytes.loadUnaligned(fromByteOffset: 2 * index, as: __m128i.self), three)
                let left = unsafe bytes.loadUnaligned(fromByteOffset: 2 * index - 2, as: __m128i.self)
                let right = unsafe bytes.loadUnaligned(fromByteOffset: 2 * index + 2, as: __m128i.self)
                let even = _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(own, left), eight), 4)
                let odd = _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(own, right), seven), 4)
                // Both are bytes: an odd one in the upper half of its word stands behind the even one.
                unsafe UnsafeMutableRawPointer(target + 2 * index).storeBytes(
                    of: _mm_or_si128(even, _mm_slli_epi16(odd, 8)), as: __m128i.self)
            }
        }
    }
#endif
