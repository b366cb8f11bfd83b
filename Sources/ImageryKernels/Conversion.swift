/// Widening of samples in native byte order, for formats that lack the narrow type (`.npy` has no complex integers).
public enum Conversion {
    /// Widens `count` complex samples of two `Int16` to two `Float32`, exactly. Source and destination must not overlap.
    public static func complexInt16ToFloat32(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, count: Int
    ) {
        for i in 0..<(count &* 2) {
            let value = unsafe source.loadUnaligned(fromByteOffset: i &* 2, as: Int16.self)
            unsafe destination.storeBytes(of: Float(value), toByteOffset: i &* 4, as: Float.self)
        }
    }

    /// Widens `count` complex samples of two `Int32` to two `Float64`, exactly. Source and destination must not overlap.
    public static func complexInt32ToFloat64(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, count: Int
    ) {
        for i in 0..<(count &* 2) {
            let value = unsafe source.loadUnaligned(fromByteOffset: i &* 4, as: Int32.self)
            unsafe destination.storeBytes(of: Double(value), toByteOffset: i &* 8, as: Double.self)
        }
    }
}
