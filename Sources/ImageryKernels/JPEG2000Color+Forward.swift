// The component transforms of JPEG 2000 the way in (T.800 G.2.1, G.3.1), after the level shift. Each makes one of the three components,
// so that these can be made by different threads.

extension JPEG2000Color {
    /// Component `component`, 0 to 2, of the reversible transform (G-3 to G-5). Sums wrap.
    public static func forwardReversible(
        component: Int, _ red: UnsafePointer<Int32>, _ green: UnsafePointer<Int32>, _ blue: UnsafePointer<Int32>, count: Int,
        into numbers: UnsafeMutablePointer<Int32>
    ) {
        switch component {
        case 0: for n in 0..<count { unsafe numbers[n] = (red[n] &+ 2 &* green[n] &+ blue[n]) >> 2 }
        case 1: for n in 0..<count { unsafe numbers[n] = blue[n] &- green[n] }
        default: for n in 0..<count { unsafe numbers[n] = red[n] &- green[n] }
        }
    }

    /// Component `component`, 0 to 2, of the irreversible transform (G-9 to G-11): Cb and Cr are multiples of the difference from Y.
    public static func forwardIrreversible(
        component: Int, _ red: UnsafePointer<Int32>, _ green: UnsafePointer<Int32>, _ blue: UnsafePointer<Int32>, count: Int,
        into numbers: UnsafeMutablePointer<Float>
    ) {
        switch component {
        case 0: for n in 0..<count { unsafe numbers[n] = luminance(red[n], green[n], blue[n]) }
        case 1:
            for n in 0..<count {
                unsafe numbers[n] = (Float(blue[n]) - luminance(red[n], green[n], blue[n])) * 0.5643340857787811
            }
        default:
            for n in 0..<count {
                unsafe numbers[n] = (Float(red[n]) - luminance(red[n], green[n], blue[n])) * 0.7132667617689015
            }
        }
    }

    @inline(__always)
    private static func luminance(_ red: Int32, _ green: Int32, _ blue: Int32) -> Float {
        let first: Float = 0.299 * Float(red)
        let second: Float = 0.587 * Float(green)
        let third: Float = 0.114 * Float(blue)
        return first + second + third
    }

    /// Numbers of the wavelet in single precision.
    public static func convert(_ whole: UnsafePointer<Int32>, count: Int, into numbers: UnsafeMutablePointer<Float>) {
        for n in 0..<count { unsafe numbers[n] = Float(whole[n]) }
    }
}
