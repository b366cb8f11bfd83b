// Fewer samples from a block: the inverse DCT of 4 x 4, 2 x 2 or 1 x 1 of the low frequencies (T.81 A.3.3, with 8 replaced).

extension JPEGTransform {
    /// `size` x `size` samples of 8 bits, `size` being 4, 2 or 1, of a block's `size` x `size` lowest frequencies.
    public static func reduced8(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, size: Int,
        into samples: UnsafeMutablePointer<UInt8>, stride: Int
    ) {
        unsafe reduced(coefficients, quantisers, size: size, largest: 255) {
            unsafe samples[$0 * stride + $1] = UInt8(truncatingIfNeeded: $2)
        }
    }

    /// As ``reduced8(_:_:size:into:stride:)`` for 12 bits; `stride` counts samples.
    public static func reduced12(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, size: Int,
        into samples: UnsafeMutablePointer<UInt16>, stride: Int
    ) {
        unsafe reduced(coefficients, quantisers, size: size, largest: 4095) {
            unsafe samples[$0 * stride + $1] = UInt16(truncatingIfNeeded: $2)
        }
    }

    /// Calls `store` with row, column and sample.
    @inline(__always)
    private static func reduced(
        _ coefficients: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, size: Int, largest: Int,
        _ store: (Int, Int, Int) -> Void
    ) {
        let center = (largest + 1) / 2
        @inline(__always) func number(_ row: Int, _ column: Int) -> Int {
            unsafe Int(coefficients[8 * row + column]) &* Int(quantisers[8 * row + column])
        }
        /// A sum of basis functions, times 2^13 for each pass; the first coefficient has weight 1.
        @inline(__always) func sample(_ scaled: Int, _ bits: Int) -> Int {
            max(0, min(largest, ((scaled + (1 << (bits + 2))) >> (bits + 3)) + center))
        }
        switch size {
        case 1: store(0, 0, max(0, min(largest, ((number(0, 0) + 4) >> 3) + center)))
        case 2:
            // cos(pi / 4) times the square root of 2 is 1: sums and differences.
            let (a, b, c, d) = (number(0, 0), number(0, 1), number(1, 0), number(1, 1))
            store(0, 0, max(0, min(largest, ((a + b + c + d + 4) >> 3) + center)))
            store(0, 1, max(0, min(largest, ((a - b + c - d + 4) >> 3) + center)))
            store(1, 0, max(0, min(largest, ((a + b - c - d + 4) >> 3) + center)))
            store(1, 1, max(0, min(largest, ((a - b - c + d + 4) >> 3) + center)))
        default:
            // Products of 31 bits and twice 13 bits of factors: far from 2^63.
            let column0 = four(number(0, 0), number(1, 0), number(2, 0), number(3, 0))
            let column1 = four(number(0, 1), number(1, 1), number(2, 1), number(3, 1))
            let column2 = four(number(0, 2), number(1, 2), number(2, 2), number(3, 2))
            let column3 = four(number(0, 3), number(1, 3), number(2, 3), number(3, 3))
            func row(_ index: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
                let line = four(a, b, c, d)
                store(index, 0, sample(line.0, 26))
                store(index, 1, sample(line.1, 26))
                store(index, 2, sample(line.2, 26))
                store(index, 3, sample(line.3, 26))
            }
            row(0, column0.0, column1.0, column2.0, column3.0)
            row(1, column0.1, column1.1, column2.1, column3.1)
            row(2, column0.2, column1.2, column2.2, column3.2)
            row(3, column0.3, column1.3, column2.3, column3.3)
        }
    }

    /// Four numbers from four frequencies, times 2^13: sqrt 2 cos(pi / 8) = 1.306562965, sqrt 2 sin(pi / 8) = 0.541196100.
    @inline(__always)
    private static func four(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> (Int, Int, Int, Int) {
        let even = (a &+ c) << 13
        let odd = (a &- c) << 13
        let outer = b &* 10703 &+ d &* 4433
        let inner = b &* 4433 &- d &* 10703
        return (even &+ outer, odd &+ inner, odd &- inner, even &- outer)
    }
}
