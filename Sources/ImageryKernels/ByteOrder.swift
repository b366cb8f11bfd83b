#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// Byte order of whole rows: units of 2, 4 or 8 bytes are reversed.
public enum ByteOrder {
    /// Copies `count` 16-bit units with their bytes reversed; `destination` may be `source`, otherwise they must not overlap.
    public static func swap2(_ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, count: Int) {
        let bytes = count &* 2
        var i = 0
        while i &+ 16 <= bytes {
            let v = unsafe source.loadUnaligned(fromByteOffset: i, as: SIMD8<UInt16>.self)
            unsafe destination.storeBytes(of: (v &<< 8) | (v &>> 8), toByteOffset: i, as: SIMD8<UInt16>.self)
            i &+= 16
        }
        while i < bytes {
            let v = unsafe source.loadUnaligned(fromByteOffset: i, as: UInt16.self)
            unsafe destination.storeBytes(of: v.byteSwapped, toByteOffset: i, as: UInt16.self)
            i &+= 2
        }
    }

    /// Copies `count` 32-bit units with their bytes reversed; `destination` may be `source`, otherwise they must not overlap.
    public static func swap4(_ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, count: Int) {
        let bytes = count &* 4
        var i = 0
        #if arch(x86_64)
            while i &+ 16 <= bytes {
                let v = unsafe source.loadUnaligned(fromByteOffset: i, as: __m128i.self)
                let pairs = _mm_or_si128(_mm_slli_epi16(v, 8), _mm_srli_epi16(v, 8))
                let units = _mm_or_si128(_mm_slli_epi32(pairs, 16), _mm_srli_epi32(pairs, 16))
                unsafe destination.storeBytes(of: units, toByteOffset: i, as: __m128i.self)
                i &+= 16
            }
        #endif
        while i < bytes {
            let v = unsafe source.loadUnaligned(fromByteOffset: i, as: UInt32.self)
            unsafe destination.storeBytes(of: v.byteSwapped, toByteOffset: i, as: UInt32.self)
            i &+= 4
        }
    }

    /// Copies `count` 64-bit units with their bytes reversed; `destination` may be `source`, otherwise they must not overlap.
    public static func swap8(_ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, count: Int) {
        let bytes = count &* 8
        var i = 0
        while i < bytes {
            let v = unsafe source.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            unsafe destination.storeBytes(of: v.byteSwapped, toByteOffset: i, as: UInt64.self)
            i &+= 8
        }
    }

    /// Copies `byteCount` bytes, reversing every unit of `unit` bytes (1 copies as it is; 2, 4, 8).
    ///
    /// `destination` may be `source`, otherwise they must not overlap. `byteCount` is a multiple of `unit`.
    public static func copy(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, byteCount: Int, swapUnit unit: Int
    ) {
        switch unit {
        case 2: unsafe swap2(source, into: destination, count: byteCount / 2)
        case 4: unsafe swap4(source, into: destination, count: byteCount / 4)
        case 8: unsafe swap8(source, into: destination, count: byteCount / 8)
        default:
            if unsafe source != UnsafeRawPointer(destination) {
                unsafe destination.copyMemory(from: source, byteCount: byteCount)
            }
        }
    }
}
