// The component transforms of JPEG 2000 (T.800 Annex G), inverse. Integers wrap: no number of a file can trap.

#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// Turns rows of the first three components into red, green and blue, before the level shift.
public enum JPEG2000Color {
    /// The reversible transform (G-6 to G-8).
    public static func reversible(
        _ y0: UnsafePointer<Int32>, _ y1: UnsafePointer<Int32>, _ y2: UnsafePointer<Int32>, count: Int,
        red: UnsafeMutablePointer<Int32>, green: UnsafeMutablePointer<Int32>, blue: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count {
            let u = unsafe y1[index]
            let v = unsafe y2[index]
            let g = unsafe y0[index] &- ((u &+ v) >> 2)
            unsafe green[index] = g
            unsafe red[index] = v &+ g
            unsafe blue[index] = u &+ g
        }
    }

    /// The irreversible transform (G-12 to G-14), rounded as ``JPEG2000Samples/round(_:count:into:)`` does.
    public static func irreversible(
        _ y0: UnsafePointer<Float>, _ y1: UnsafePointer<Float>, _ y2: UnsafePointer<Float>, count: Int,
        red: UnsafeMutablePointer<Int32>, green: UnsafeMutablePointer<Int32>, blue: UnsafeMutablePointer<Int32>
    ) {
        var n = 0
        #if arch(x86_64)
            let (redFactor, blueFactor) = (_mm_set1_ps(1.402), _mm_set1_ps(1.772))
            let (greenOfBlue, greenOfRed) = (_mm_set1_ps(0.344136), _mm_set1_ps(0.714136))
            while n &+ 4 <= count {
                let y = unsafe _mm_loadu_ps(y0 + n)
                let b = unsafe _mm_loadu_ps(y1 + n)
                let r = unsafe _mm_loadu_ps(y2 + n)
                let greens = _mm_sub_ps(_mm_sub_ps(y, _mm_mul_ps(greenOfBlue, b)), _mm_mul_ps(greenOfRed, r))
                unsafe store(_mm_add_ps(y, _mm_mul_ps(redFactor, r)), red + n)
                unsafe store(greens, green + n)
                unsafe store(_mm_add_ps(y, _mm_mul_ps(blueFactor, b)), blue + n)
                n &+= 4
            }
        #endif
        while n < count {
            let (y, b, r) = unsafe (y0[n], y1[n], y2[n])
            let greenOfBoth: Float = y - 0.344136 * b - 0.714136 * r
            unsafe red[n] = JPEG2000Samples.round(y + 1.402 * r)
            unsafe green[n] = JPEG2000Samples.round(greenOfBoth)
            unsafe blue[n] = JPEG2000Samples.round(y + 1.772 * b)
            n &+= 1
        }
    }

    #if arch(x86_64)
        @inline(__always)
        private static func store(_ samples: __m128, _ whole: UnsafeMutablePointer<Int32>) {
            unsafe UnsafeMutableRawPointer(whole).storeBytes(of: JPEG2000Samples.round(samples), as: __m128i.self)
        }
    #endif
}
