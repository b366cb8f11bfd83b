// From the coefficients of a code-block, which have one fraction bit, to the numbers of the wavelet (T.800 E.1).

/// Coefficients of JPEG 2000, as its code-blocks give them, to samples of a sub-band.
public enum JPEG2000Coefficients {
    /// Drops the fraction bit, towards zero (E-8 for a reversible transform).
    public static func whole(_ coefficients: UnsafePointer<Int32>, count: Int, into samples: UnsafeMutablePointer<Int32>) {
        for index in 0..<count { unsafe samples[index] = coefficients[index] / 2 }
    }

    /// Multiplies by `factor`, which is half of the step size (E-6).
    public static func scaled(
        _ coefficients: UnsafePointer<Int32>, by factor: Float, count: Int, into samples: UnsafeMutablePointer<Float>
    ) {
        for index in 0..<count { unsafe samples[index] = Float(coefficients[index]) * factor }
    }
}
