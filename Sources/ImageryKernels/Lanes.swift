// Four numbers in a register, for loops that the compiler does not vectorise well.

#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// Registers of 32-bit floating-point numbers.
///
/// Instructions are named where there are names for them: arithmetic on floating-point SIMD types is scalar until the compiler
/// finds the registers again, and it does not when two of them overlap in memory (Documentation/performance/wavelet.md).
enum Lanes {
    #if arch(x86_64)
        typealias Floats = __m128
    #else
        typealias Floats = SIMD4<Float>
    #endif
    static let count = 4

    @inline(__always)
    static func load(_ numbers: UnsafePointer<Float>) -> Floats {
        #if arch(x86_64)
            unsafe _mm_loadu_ps(numbers)
        #else
            unsafe UnsafeRawPointer(numbers).loadUnaligned(as: Floats.self)
        #endif
    }

    /// Integers times `factor`.
    @inline(__always)
    static func load(_ numbers: UnsafePointer<Int32>, times factor: Floats) -> Floats {
        #if arch(x86_64)
            unsafe _mm_mul_ps(_mm_cvtepi32_ps(UnsafeRawPointer(numbers).loadUnaligned(as: __m128i.self)), factor)
        #else
            unsafe Floats(UnsafeRawPointer(numbers).loadUnaligned(as: SIMD4<Int32>.self)) * factor
        #endif
    }

    /// number - factor * (left + right), a lifting step.
    @inline(__always)
    static func lift(_ number: Floats, _ factor: Floats, _ left: Floats, _ right: Floats) -> Floats {
        #if arch(x86_64)
            _mm_sub_ps(number, _mm_mul_ps(factor, _mm_add_ps(left, right)))
        #else
            number - factor * (left + right)
        #endif
    }

    @inline(__always)
    static func store(_ lanes: Floats, _ numbers: UnsafeMutablePointer<Float>) {
        unsafe UnsafeMutableRawPointer(numbers).storeBytes(of: lanes, as: Floats.self)
    }

    /// Stores numbers of `even` and `odd` in turn.
    @inline(__always)
    static func storeInterleaved(_ even: Floats, _ odd: Floats, _ numbers: UnsafeMutablePointer<Float>) {
        let target = UnsafeMutableRawPointer(numbers)
        #if arch(x86_64)
            unsafe target.storeBytes(of: _mm_unpacklo_ps(even, odd), as: Floats.self)
            unsafe target.storeBytes(of: _mm_unpackhi_ps(even, odd), toByteOffset: 16, as: Floats.self)
        #else
            unsafe target.storeBytes(of: Floats(even[0], odd[0], even[1], odd[1]), as: Floats.self)
            unsafe target.storeBytes(of: Floats(even[2], odd[2], even[3], odd[3]), toByteOffset: 16, as: Floats.self)
        #endif
    }
}
