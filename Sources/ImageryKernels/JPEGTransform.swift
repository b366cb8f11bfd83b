// The inverse DCT of JPEG in the accurate integer arithmetic of the field's reference decoder (T.81 A.3.3 defines the transform, not
// its arithmetic): constants of 13 fraction bits, columns first.

/// From the coefficients of a block (T.81 A.3.3), in row-major order and not yet multiplied by their quantisers, to its samples.
public enum JPEGTransform {
    /// The samples of 8 bits of one block, level shifted and clamped.
    ///
    /// `coefficients` and `quantisers` hold 64 numbers each; eight rows of eight bytes are written, `stride` bytes apart. Products
    /// count modulo 2^16 and the first pass saturates at 16 bits: what an encoder writes reaches neither.
    @inlinable @inline(__always)
    public static func inverse8(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, into samples: UnsafeMutablePointer<UInt8>,
        stride: Int
    ) {
        #if arch(x86_64)
            unsafe blockSSE2(coefficients, quantisers, into: samples, stride: stride)
        #else
            blockPortable8(coefficients, quantisers, into: samples, stride: stride)
        #endif
    }

    /// The samples of a block of 8 bits whose only coefficient is the first: all the same.
    @inlinable @inline(__always)
    public static func flat8(
        _ coefficient: Int16, _ quantiser: UInt16, into samples: UnsafeMutablePointer<UInt8>, stride: Int
    ) {
        let value = Int(coefficient &* Int16(truncatingIfNeeded: quantiser))
        let sample = UInt8(max(0, min(255, ((value << 2 + 16) >> 5) + 128)))
        let row = UInt64(sample) &* 0x0101_0101_0101_0101
        for index in 0..<8 { unsafe UnsafeMutableRawPointer(samples + index * stride).storeBytes(of: row, as: UInt64.self) }
    }

    /// The loop of ``inverse8(_:_:into:stride:)`` where there are no 128-bit integer instructions.
    @usableFromInline
    static func blockPortable8(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, into samples: UnsafeMutablePointer<UInt8>,
        stride: Int
    ) {
        unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: 64) { work in
            let work = work.baseAddress!
            for index in 0..<64 { unsafe work[index] = Int(coefficients[index] &* Int16(truncatingIfNeeded: quantisers[index])) }
            for column in 0..<8 {
                unsafe pass(work + column, step: 8, shift: 11)
                for row in 0..<8 { unsafe work[8 * row + column] = max(-32768, min(32767, work[8 * row + column])) }
            }
            for row in 0..<8 {
                unsafe pass(work + 8 * row, step: 1, shift: 18)
                for column in 0..<8 {
                    unsafe samples[row * stride + column] = UInt8(max(0, min(255, work[8 * row + column] + 128)))
                }
            }
        }
    }

    /// The samples of 12 bits of one block; `stride` counts samples.
    public static func inverse12(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, into samples: UnsafeMutablePointer<UInt16>,
        stride: Int
    ) {
        unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: 64) { work in
            let work = work.baseAddress!
            // Coefficient and quantiser have 16 bits each: no sum of a pass comes near 2^63.
            for index in 0..<64 { unsafe work[index] = Int(coefficients[index]) &* Int(quantisers[index]) }
            for column in 0..<8 { unsafe pass(work + column, step: 8, shift: 12) }
            for row in 0..<8 {
                unsafe pass(work + 8 * row, step: 1, shift: 17)
                for column in 0..<8 {
                    unsafe samples[row * stride + column] = UInt16(max(0, min(4095, work[8 * row + column] + 2048)))
                }
            }
        }
    }

    /// One pass over eight numbers that are `step` apart, in place.
    @inline(__always)
    private static func pass(_ x: UnsafeMutablePointer<Int>, step: Int, shift: Int) {
        let x0 = unsafe x[0], x1 = unsafe x[step], x2 = unsafe x[2 * step], x3 = unsafe x[3 * step]
        let x4 = unsafe x[4 * step], x5 = unsafe x[5 * step], x6 = unsafe x[6 * step], x7 = unsafe x[7 * step]
        let z = (x2 &+ x6) &* 4433
        let a2 = z &- x6 &* 15137
        let a3 = z &+ x2 &* 6270
        let a0 = (x0 &+ x4) << 13
        let a1 = (x0 &- x4) << 13
        let half = 1 << (shift - 1)
        let e0 = a0 &+ a3 &+ half, e1 = a1 &+ a2 &+ half, e2 = a1 &- a2 &+ half, e3 = a0 &- a3 &+ half
        let sum: Int = x7 &+ x3 &+ x5 &+ x1
        let z5 = sum &* 9633
        let z1 = (x7 &+ x1) &* -7373
        let z2 = (x5 &+ x3) &* -20995
        let z3 = z5 &- (x7 &+ x3) &* 16069
        let z4 = z5 &- (x5 &+ x1) &* 3196
        let o3 = x7 &* 2446 &+ z1 &+ z3
        let o2 = x5 &* 16819 &+ z2 &+ z4
        let o1 = x3 &* 25172 &+ z2 &+ z3
        let o0 = x1 &* 12299 &+ z1 &+ z4
        unsafe x[0] = (e0 &+ o0) >> shift
        unsafe x[7 * step] = (e0 &- o0) >> shift
        unsafe x[step] = (e1 &+ o1) >> shift
        unsafe x[6 * step] = (e1 &- o1) >> shift
        unsafe x[2 * step] = (e2 &+ o2) >> shift
        unsafe x[5 * step] = (e2 &- o2) >> shift
        unsafe x[3 * step] = (e3 &+ o3) >> shift
        unsafe x[4 * step] = (e3 &- o3) >> shift
    }
}
