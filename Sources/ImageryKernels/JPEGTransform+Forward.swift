// The forward DCT (T.81 A.3.3) and quantisation (A.3.4) in the accurate integer arithmetic of the field's reference encoder: constants
// of 13 fraction bits, rows first; a coefficient is rounded half away from zero.

/// Quantisers in the form that ``JPEGTransform/forward8(_:stride:_:into:)`` needs.
///
/// The transform gives coefficients c times 8, at most 2^13; the quantiser Q rounds to floor((|8 c| + 4 Q) / (8 Q)). With s =
/// floor(log2 Q) and m = ceil(2^(15 + s) / Q), that is floor(n m / 2^(18 + s)) for n below 2^14: m errs by less than 1, so
/// n m by less than n, which is below 2^(18 + s) / (8 Q).
@safe
public final class JPEGQuantisers: @unchecked Sendable {
    /// Three times 64 numbers in row-major order: 4 Q, m, 2^(14 - s). Never changed after they are made.
    @usableFromInline let words: UnsafeMutablePointer<UInt16>

    /// Quantisers of 1 to 255, in row-major order.
    public init(_ quantisers: [UInt8]) {
        precondition(quantisers.count == 64 && !quantisers.contains(0))
        let words = UnsafeMutablePointer<UInt16>.allocate(capacity: 192)
        for (index, quantiser) in quantisers.enumerated() {
            let q = Int(quantiser)
            let s = 7 - quantiser.leadingZeroBitCount
            unsafe (words + index).initialize(to: UInt16(4 * q))
            unsafe (words + 64 + index).initialize(to: UInt16(((1 << (15 + s)) + q - 1) / q))
            unsafe (words + 128 + index).initialize(to: UInt16(1 << (14 - s)))
        }
        unsafe self.words = words
    }

    deinit { unsafe words.deallocate() }

    /// The numbers, for the lifetime of this object.
    @inlinable @unsafe public var pointer: UnsafePointer<UInt16> { unsafe UnsafePointer(words) }
}

extension JPEGTransform {
    /// The quantised coefficients of a block of 8 bits, in row-major order.
    ///
    /// `samples` are eight rows of eight bytes, `stride` bytes apart; `quantisers` are those of a ``JPEGQuantisers``; `coefficients` takes
    /// 64 numbers. In the result the bit of every coefficient that is not zero is set; the first is bit 0.
    @inlinable @inline(__always)
    public static func forward8(
        _ samples: UnsafePointer<UInt8>, stride: Int, _ quantisers: UnsafePointer<UInt16>,
        into coefficients: UnsafeMutablePointer<Int16>
    ) -> UInt64 {
        #if arch(x86_64)
            unsafe forwardBlockSSE2(samples, stride: stride, quantisers, into: coefficients)
        #else
            unsafe forwardBlockPortable8(samples, stride: stride, quantisers, into: coefficients)
        #endif
    }

    /// The loop of ``forward8(_:stride:_:into:)`` where there are no 128-bit integer instructions.
    @usableFromInline
    static func forwardBlockPortable8(
        _ samples: UnsafePointer<UInt8>, stride: Int, _ quantisers: UnsafePointer<UInt16>,
        into coefficients: UnsafeMutablePointer<Int16>
    ) -> UInt64 {
        unsafe forward(quantisers, passBits: 2, into: coefficients) { unsafe Int32(samples[$0 * stride + $1]) - 128 }
    }

    /// As ``forward8(_:stride:_:into:)`` for 12 bits; `stride` counts samples, which are at most 4095.
    public static func forward12(
        _ samples: UnsafePointer<UInt16>, stride: Int, _ quantisers: UnsafePointer<UInt16>,
        into coefficients: UnsafeMutablePointer<Int16>
    ) -> UInt64 {
        unsafe forward(quantisers, passBits: 1, into: coefficients) { unsafe Int32(samples[$0 * stride + $1]) - 2048 }
    }

    /// `sample` gives the level shifted sample of a row and a column.
    ///
    /// With 12 bits a coefficient is below 2^17, and below 0.93 * 2^17 where it comes from products: 14 fraction bits more fit 32 bits.
    /// Parts of such a sum may wrap around, which its end undoes.
    @inline(__always)
    private static func forward(
        _ quantisers: UnsafePointer<UInt16>, passBits: Int32, into coefficients: UnsafeMutablePointer<Int16>,
        _ sample: (Int, Int) -> Int32
    ) -> UInt64 {
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 64) { work in
            let work = work.baseAddress!
            for row in 0..<8 {
                for column in 0..<8 { unsafe work[8 * row + column] = sample(row, column) }
                unsafe forwardPass(work + 8 * row, step: 1, shift: 13 - passBits, scale: passBits, half: 0)
            }
            for column in 0..<8 {
                unsafe forwardPass(work + column, step: 8, shift: 13 + passBits, scale: -passBits, half: 1 << (passBits - 1))
            }
            var mask: UInt64 = 0
            for index in 0..<64 {
                let number = unsafe Int(work[index])
                let half = unsafe Int(quantisers[index])
                let size = (abs(number) + half) / (2 * half)
                unsafe coefficients[index] = Int16(truncatingIfNeeded: number < 0 ? -size : size)
                if size != 0 { mask |= 1 << UInt64(index) }
            }
            return mask
        }
    }

    /// One pass over eight numbers that are `step` apart, in place. The first and the fifth are shifted left by `scale`.
    @inline(__always)
    private static func forwardPass(_ x: UnsafeMutablePointer<Int32>, step: Int, shift: Int32, scale: Int32, half: Int32) {
        let s0 = unsafe x[0] &+ x[7 * step], d0 = unsafe x[0] &- x[7 * step]
        let s1 = unsafe x[step] &+ x[6 * step], d1 = unsafe x[step] &- x[6 * step]
        let s2 = unsafe x[2 * step] &+ x[5 * step], d2 = unsafe x[2 * step] &- x[5 * step]
        let s3 = unsafe x[3 * step] &+ x[4 * step], d3 = unsafe x[3 * step] &- x[4 * step]
        let t0 = s0 &+ s3, t3 = s0 &- s3, t1 = s1 &+ s2, t2 = s1 &- s2
        let round: Int32 = 1 << (shift - 1)
        unsafe x[0] = (t0 &+ t1 &+ half) << scale
        unsafe x[4 * step] = (t0 &- t1 &+ half) << scale
        let z = (t2 &+ t3) &* 4433
        unsafe x[2 * step] = (z &+ t3 &* 6270 &+ round) >> shift
        unsafe x[6 * step] = (z &- t2 &* 15137 &+ round) >> shift
        let sum: Int32 = d0 &+ d1 &+ d2 &+ d3
        let z5 = sum &* 9633
        let z1 = (d3 &+ d0) &* -7373
        let z2 = (d2 &+ d1) &* -20995
        let z3 = z5 &- (d3 &+ d1) &* 16069
        let z4 = z5 &- (d2 &+ d0) &* 3196
        unsafe x[7 * step] = (d3 &* 2446 &+ z1 &+ z3 &+ round) >> shift
        unsafe x[5 * step] = (d2 &* 16819 &+ z2 &+ z4 &+ round) >> shift
        unsafe x[3 * step] = (d1 &* 25172 &+ z2 &+ z3 &+ round) >> shift
        unsafe x[step] = (d0 &* 12299 &+ z1 &+ z4 &+ round) >> shift
    }
}
