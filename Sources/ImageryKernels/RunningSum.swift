#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

/// Running sums at a fixed distance: PNG's Sub filter and TIFF's predictor 2 are the same loop.
enum RunningSum {
    /// `destination[i] = source[i] + destination[i - stride]`, modulo the width of a unit of `unit` (1, 2, 4, 8) bytes.
    ///
    /// `stride` is a multiple of `unit`, `byteCount` of `stride`; the first `stride` bytes are copied. `destination` may be
    /// `source`, otherwise the two must not overlap.
    @inline(__always) static func accumulate(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, byteCount: Int, stride: Int, unit: Int
    ) {
        switch stride {
        case unit where unit >= 4: unsafe chain(source, destination, from: 0, byteCount, stride: stride, unit: unit)
        case 1 where unit == 1: unsafe prefix(source, destination, byteCount, stride: 1, unit: unit)
        case 2 where unit <= 2: unsafe prefix(source, destination, byteCount, stride: 2, unit: unit)
        case 4 where unit <= 4: unsafe prefix(source, destination, byteCount, stride: 4, unit: unit)
        case 8: unsafe prefix(source, destination, byteCount, stride: 8, unit: unit)
        case 3 where unit == 1: unsafe pixels(source, destination, byteCount, stride: 3, width: 4, unit: unit)
        case 4...7: unsafe pixels(source, destination, byteCount, stride: stride, width: 8, unit: unit)
        case 9...15: unsafe pixels(source, destination, byteCount, stride: stride, width: 16, unit: unit)
        case 16...: unsafe columns(source, destination, byteCount, stride: stride, unit: unit)
        default: unsafe units(source, destination, from: 0, byteCount, stride: stride, unit: unit)
        }
    }

    /// Strides of 1, 2, 4 and 8 bytes: sums inside 16 bytes by doubling distances, and the last pixel carried on.
    ///
    /// The carried pixel is the sum of the blocks' totals, so that only one addition a block waits for the block before.
    @inline(__always) private static func prefix(
        _ source: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, _ byteCount: Int, stride: Int, unit: Int
    ) {
        var carry = SIMD16<UInt8>(repeating: 0)
        var i = 0
        while i &+ 16 <= byteCount {
            var v = unsafe source.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self)
            if stride <= 1 { v = add(v, shift1(v), unit) }
            if stride <= 2 { v = add(v, shift2(v), unit) }
            if stride <= 4 { v = add(v, shift4(v), unit) }
            v = add(v, shift8(v), unit)
            unsafe destination.storeBytes(of: add(v, carry, unit), toByteOffset: i, as: SIMD16<UInt8>.self)
            carry = add(carry, last(v, stride), unit)
            i &+= 16
        }
        unsafe units(source, destination, from: i, byteCount, stride: stride, unit: unit)
    }

    /// Strides that do not divide 16: a pixel at a time in a register of `width` bytes, at most 2 pixels wide.
    ///
    /// A store reaches into the next pixel, which is therefore loaded first: the source may be the destination.
    @inline(__always) private static func pixels(
        _ source: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, _ byteCount: Int, stride: Int, width: Int, unit: Int
    ) {
        var i = 0
        if stride &+ width <= byteCount {
            var sum = SIMD16<UInt8>(repeating: 0)
            var next = unsafe load(source, width)
            while i &+ stride &+ width <= byteCount {
                sum = add(sum, next, unit)
                next = unsafe load(source + (i &+ stride), width)
                unsafe store(sum, destination + i, width)
                i &+= stride
            }
            // The bytes of `next` that a store in place has overwritten are put right before the plain loop reads them.
            if unsafe source == UnsafeRawPointer(destination) { unsafe store(next, destination + i, width) }
        }
        unsafe units(source, destination, from: i, byteCount, stride: stride, unit: unit)
    }

    /// Strides of 16 bytes and more: down the row in columns of 16 bytes, each with its sum in a register, and what is left of
    /// the stride unit by unit. (One pass from left to right waits for stores that its loads straddle: 0.3-0.8 of the plain
    /// loop.)
    @inline(__always) private static func columns(
        _ source: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, _ byteCount: Int, stride: Int, unit: Int
    ) {
        var column = 0
        while column &+ 16 <= stride {
            var sum = SIMD16<UInt8>(repeating: 0)
            var i = column
            while i < byteCount {
                sum = unsafe add(sum, source.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self), unit)
                unsafe destination.storeBytes(of: sum, toByteOffset: i, as: SIMD16<UInt8>.self)
                i &+= stride
            }
            column &+= 16
        }
        while column < stride {
            unsafe chain(source, destination, from: column, byteCount, stride: stride, unit: unit)
            column &+= unit
        }
    }

    /// One unit out of every `stride` bytes, its sum in a register: as fast as adding goes.
    @inline(__always) private static func chain(
        _ source: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, from start: Int, _ byteCount: Int, stride: Int,
        unit: Int
    ) {
        var sum: UInt64 = 0
        var i = start
        while i < byteCount {
            sum = unsafe sum &+ loadUnit(source + i, unit)
            unsafe storeUnit(sum, destination + i, unit)
            i &+= stride
        }
    }

    @inline(__always) private static func loadUnit(_ p: UnsafeRawPointer, _ unit: Int) -> UInt64 {
        switch unit {
        case 1: return unsafe UInt64(p.load(as: UInt8.self))
        case 2: return unsafe UInt64(p.loadUnaligned(as: UInt16.self))
        case 4: return unsafe UInt64(p.loadUnaligned(as: UInt32.self))
        default: return unsafe p.loadUnaligned(as: UInt64.self)
        }
    }

    @inline(__always) private static func storeUnit(_ value: UInt64, _ p: UnsafeMutableRawPointer, _ unit: Int) {
        switch unit {
        case 1: unsafe p.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        case 2: unsafe p.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
        case 4: unsafe p.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
        default: unsafe p.storeBytes(of: value, as: UInt64.self)
        }
    }

    /// Unit by unit, from any multiple of `unit` on.
    @inline(__always) private static func units(
        _ source: UnsafeRawPointer, _ destination: UnsafeMutableRawPointer, from start: Int, _ byteCount: Int, stride: Int,
        unit: Int
    ) {
        var i = start
        while i < byteCount {
            let before = i < stride ? 0 : unsafe loadUnit(UnsafeRawPointer(destination) + (i &- stride), unit)
            unsafe storeUnit(before &+ loadUnit(source + i, unit), destination + i, unit)
            i &+= unit
        }
    }

    @inline(__always) private static func load(_ source: UnsafeRawPointer, _ width: Int) -> SIMD16<UInt8> {
        switch width {
        case 4: return unsafe unsafeBitCast(SIMD4<UInt32>(source.loadUnaligned(as: UInt32.self), 0, 0, 0), to: SIMD16<UInt8>.self)
        case 8: return unsafe unsafeBitCast(SIMD2<UInt64>(source.loadUnaligned(as: UInt64.self), 0), to: SIMD16<UInt8>.self)
        default: return unsafe source.loadUnaligned(as: SIMD16<UInt8>.self)
        }
    }

    @inline(__always) private static func store(_ v: SIMD16<UInt8>, _ destination: UnsafeMutableRawPointer, _ width: Int) {
        switch width {
        case 4: unsafe destination.storeBytes(of: unsafeBitCast(v, to: SIMD4<UInt32>.self)[0], as: UInt32.self)
        case 8: unsafe destination.storeBytes(of: unsafeBitCast(v, to: SIMD2<UInt64>.self)[0], as: UInt64.self)
        default: unsafe destination.storeBytes(of: v, as: SIMD16<UInt8>.self)
        }
    }

    /// Sums by unit; written as intrinsics where there are some, since `&+` after a cast between vector types becomes scalar
    /// code.
    @inline(__always) private static func add(_ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>, _ unit: Int) -> SIMD16<UInt8> {
        if unit == 1 { return a &+ b }
        #if arch(x86_64)
            let (p, q) = unsafe (unsafeBitCast(a, to: __m128i.self), unsafeBitCast(b, to: __m128i.self))
            let sum = unit == 2 ? _mm_add_epi16(p, q) : unit == 4 ? _mm_add_epi32(p, q) : _mm_add_epi64(p, q)
            return unsafe unsafeBitCast(sum, to: SIMD16<UInt8>.self)
        #else
            switch unit {
            case 2:
                let sum = unsafe unsafeBitCast(a, to: SIMD8<UInt16>.self) &+ unsafeBitCast(b, to: SIMD8<UInt16>.self)
                return unsafe unsafeBitCast(sum, to: SIMD16<UInt8>.self)
            case 4:
                let sum = unsafe unsafeBitCast(a, to: SIMD4<UInt32>.self) &+ unsafeBitCast(b, to: SIMD4<UInt32>.self)
                return unsafe unsafeBitCast(sum, to: SIMD16<UInt8>.self)
            default:
                let sum = unsafe unsafeBitCast(a, to: SIMD2<UInt64>.self) &+ unsafeBitCast(b, to: SIMD2<UInt64>.self)
                return unsafe unsafeBitCast(sum, to: SIMD16<UInt8>.self)
            }
        #endif
    }

    // Moves towards higher addresses by 1, 2, 4 and 8 bytes, zeros entering.

    @inline(__always) private static func shift1(_ v: SIMD16<UInt8>) -> SIMD16<UInt8> {
        SIMD16(0, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14])
    }

    @inline(__always) private static func shift2(_ v: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let w = unsafe unsafeBitCast(v, to: SIMD8<UInt16>.self)
        return unsafe unsafeBitCast(SIMD8(0, w[0], w[1], w[2], w[3], w[4], w[5], w[6]), to: SIMD16<UInt8>.self)
    }

    @inline(__always) private static func shift4(_ v: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let w = unsafe unsafeBitCast(v, to: SIMD4<UInt32>.self)
        return unsafe unsafeBitCast(SIMD4(0, w[0], w[1], w[2]), to: SIMD16<UInt8>.self)
    }

    @inline(__always) private static func shift8(_ v: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let w = unsafe unsafeBitCast(v, to: SIMD2<UInt64>.self)
        return unsafe unsafeBitCast(SIMD2(0, w[0]), to: SIMD16<UInt8>.self)
    }

    /// The last pixel of `stride` bytes in every place.
    @inline(__always) private static func last(_ v: SIMD16<UInt8>, _ stride: Int) -> SIMD16<UInt8> {
        switch stride {
        case 1: return SIMD16(repeating: v[15])
        case 2:
            return unsafe unsafeBitCast(
                SIMD8<UInt16>(repeating: unsafeBitCast(v, to: SIMD8<UInt16>.self)[7]), to: SIMD16<UInt8>.self)
        case 4:
            return unsafe unsafeBitCast(
                SIMD4<UInt32>(repeating: unsafeBitCast(v, to: SIMD4<UInt32>.self)[3]), to: SIMD16<UInt8>.self)
        default:
            return unsafe unsafeBitCast(
                SIMD2<UInt64>(repeating: unsafeBitCast(v, to: SIMD2<UInt64>.self)[1]), to: SIMD16<UInt8>.self)
        }
    }
}
