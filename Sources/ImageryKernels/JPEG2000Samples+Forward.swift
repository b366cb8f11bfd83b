// From the samples of an image to the wavelet's numbers (T.800 G.1.1). Differences wrap.

/// Widening and level shift of rows.
extension JPEG2000Samples {
    /// Widens `count` samples and subtracts `offset`.
    public static func load(
        _ samples: UnsafePointer<UInt8>, offset: Int32, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count { unsafe numbers[n] = Int32(truncatingIfNeeded: samples[n]) &- offset }
    }

    /// As the same for other samples.
    public static func load(
        _ samples: UnsafePointer<Int8>, offset: Int32, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count { unsafe numbers[n] = Int32(truncatingIfNeeded: samples[n]) &- offset }
    }

    /// As the same for other samples.
    public static func load(
        _ samples: UnsafePointer<UInt16>, offset: Int32, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count { unsafe numbers[n] = Int32(truncatingIfNeeded: samples[n]) &- offset }
    }

    /// As the same for other samples.
    public static func load(
        _ samples: UnsafePointer<Int16>, offset: Int32, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count { unsafe numbers[n] = Int32(truncatingIfNeeded: samples[n]) &- offset }
    }

    /// As the same for other samples.
    public static func load(
        _ samples: UnsafePointer<UInt32>, offset: Int32, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count { unsafe numbers[n] = Int32(truncatingIfNeeded: samples[n]) &- offset }
    }

    /// As the same for other samples.
    public static func load(
        _ samples: UnsafePointer<Int32>, offset: Int32, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count { unsafe numbers[n] = Int32(truncatingIfNeeded: samples[n]) &- offset }
    }

    /// The smallest and the largest of `count` numbers, of which there is at least one.
    public static func range(_ numbers: UnsafePointer<Int32>, count: Int) -> ClosedRange<Int32> {
        var low: Int32 = unsafe numbers[0]
        var high: Int32 = low
        for n in 0..<count {
            let number = unsafe numbers[n]
            low = number < low ? number : low
            high = number > high ? number : high
        }
        return low...high
    }
}
