// The component transforms of JPEG 2000 (T.800 Annex G), inverse. Integers wrap: no number of a file can trap.

/// Turns rows of the first three components into red, green and blue, before the level shift.
public enum JPEG2000Color {
    /// The reversible transform (G-6 to G-8).
    public static func reversible(
        _ y0: UnsafePointer<Int32>, _ y1: UnsafePointer<Int32>, _ y2: UnsafePointer<Int32>, count: Int,
        red: UnsafeMutablePointer<Int32>, green: UnsafeMutablePointer<Int32>, blue: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count {
            let u = unsafe y1[index]
            let v = unsafe y2[index]
            let g = unsafe y0[index] &- ((u &+ v) >> 2)
            unsafe green[index] = g
            unsafe red[index] = v &+ g
            unsafe blue[index] = u &+ g
        }
    }

    /// The irreversible transform (G-12 to G-14), rounded to the nearest as ``JPEG2000Samples/round(_:count:into:)`` does.
    public static func irreversible(
        _ y0: UnsafePointer<Float>, _ y1: UnsafePointer<Float>, _ y2: UnsafePointer<Float>, count: Int,
        red: UnsafeMutablePointer<Int32>, green: UnsafeMutablePointer<Int32>, blue: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count {
            let y = unsafe y0[index]
            let b = unsafe y1[index]
            let r = unsafe y2[index]
            unsafe red[index] = JPEG2000Samples.round(y + 1.402 * r)
            unsafe green[index] = JPEG2000Samples.round(y - 0.344136 * b - 0.714136 * r)
            unsafe blue[index] = JPEG2000Samples.round(y + 1.772 * b)
        }
    }
}
