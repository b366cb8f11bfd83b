// From the wavelet's numbers to the samples of an image (T.800 G.1.2). Sums wrap and conversions do not trap, whatever a file holds.

/// Rounding, level shift and clamping of rows.
public enum JPEG2000Samples {
    /// To the nearest integer, ties to even; magnitudes above 2^30, and what is no number, become ±2^30.
    public static func round(_ samples: UnsafePointer<Float>, count: Int, into whole: UnsafeMutablePointer<Int32>) {
        for index in 0..<count { unsafe whole[index] = round(samples[index]) }
    }

    @inline(__always)
    static func round(_ sample: Float) -> Int32 {
        let bounded: Float = sample < 0x1p30 ? sample : 0x1p30
        let value: Float = bounded > -0x1p30 ? bounded : -0x1p30
        return Int32(value.rounded(.toNearestOrEven))
    }

    /// Adds `offset`, clamps to `low...high` and stores bytes; negative ones as two's complement.
    public static func store8(
        _ samples: UnsafePointer<Int32>, offset: Int32, low: Int32, high: Int32, count: Int, into bytes: UnsafeMutablePointer<UInt8>
    ) {
        for index in 0..<count {
            unsafe bytes[index] = UInt8(truncatingIfNeeded: max(low, min(high, samples[index] &+ offset)))
        }
    }

    /// As ``store8(_:offset:low:high:count:into:)``, for 16 bits.
    public static func store16(
        _ samples: UnsafePointer<Int32>, offset: Int32, low: Int32, high: Int32, count: Int,
        into words: UnsafeMutablePointer<UInt16>
    ) {
        for index in 0..<count {
            unsafe words[index] = UInt16(truncatingIfNeeded: max(low, min(high, samples[index] &+ offset)))
        }
    }

    /// As ``store8(_:offset:low:high:count:into:)``, for 32 bits.
    public static func store32(
        _ samples: UnsafePointer<Int32>, offset: Int32, low: Int32, high: Int32, count: Int, into words: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count { unsafe words[index] = max(low, min(high, samples[index] &+ offset)) }
    }
}
