// Differences from the predictions of lossless JPEG (T.81 table H.1), modulo 2^16 (H.1.2.1).

/// Predicts samples from their neighbours to the left and above.
public enum JPEGPrediction {
    /// `differences[i] = samples[i] - prediction` for `count` samples.
    ///
    /// `predictor` is 1 to 7. The sample before `samples` is read, and those of `above`, the line above, from the one before its first on.
    public static func differences(
        _ samples: UnsafePointer<UInt16>, above: UnsafePointer<UInt16>, predictor: Int, count: Int,
        into differences: UnsafeMutablePointer<UInt16>
    ) {
        switch predictor {
        case 1: for index in 0..<count { unsafe differences[index] = samples[index] &- samples[index - 1] }
        case 2: for index in 0..<count { unsafe differences[index] = samples[index] &- above[index] }
        case 3: for index in 0..<count { unsafe differences[index] = samples[index] &- above[index - 1] }
        case 4:
            for index in 0..<count {
                unsafe differences[index] = samples[index] &- samples[index - 1] &- above[index] &+ above[index - 1]
            }
        case 5:
            for index in 0..<count {
                let slope = unsafe (Int32(above[index]) - Int32(above[index - 1])) >> 1
                unsafe differences[index] = samples[index] &- samples[index - 1] &- UInt16(truncatingIfNeeded: slope)
            }
        case 6:
            for index in 0..<count {
                let slope = unsafe (Int32(samples[index - 1]) - Int32(above[index - 1])) >> 1
                unsafe differences[index] = samples[index] &- above[index] &- UInt16(truncatingIfNeeded: slope)
            }
        default:
            for index in 0..<count {
                let mean = unsafe (UInt32(samples[index - 1]) + UInt32(above[index])) >> 1
                unsafe differences[index] = samples[index] &- UInt16(truncatingIfNeeded: mean)
            }
        }
    }
}
