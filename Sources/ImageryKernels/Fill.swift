/// Fills rows and rectangles with one sample.
public enum Fill {
    /// Writes `count` copies of the `patternBytes` (1, 2, 4, 8 or 16) bytes at `pattern`.
    public static func row(
        _ destination: UnsafeMutableRawPointer, pattern: UnsafeRawPointer, patternBytes: Int, count: Int
    ) {
        switch patternBytes {
        case 1: unsafe fill(destination, with: pattern.loadUnaligned(as: UInt8.self), count: count)
        case 2: unsafe fill(destination, with: pattern.loadUnaligned(as: UInt16.self), count: count)
        case 4: unsafe fill(destination, with: pattern.loadUnaligned(as: UInt32.self), count: count)
        case 8: unsafe fill(destination, with: pattern.loadUnaligned(as: UInt64.self), count: count)
        default: unsafe fill(destination, with: pattern.loadUnaligned(as: SIMD2<UInt64>.self), count: count)
        }
    }

    /// Fills a rectangle of `rows` rows of `columns` samples; `rowStride` is the distance of two rows in bytes.
    public static func rectangle(
        _ destination: UnsafeMutableRawPointer, rowStride: Int, rows: Int, columns: Int, pattern: UnsafeRawPointer,
        patternBytes: Int
    ) {
        for r in 0..<rows {
            unsafe row(destination + r &* rowStride, pattern: pattern, patternBytes: patternBytes, count: columns)
        }
    }

    @inline(__always) private static func fill<Sample: BitwiseCopyable>(
        _ destination: UnsafeMutableRawPointer, with value: Sample, count: Int
    ) {
        for i in 0..<count {
            unsafe destination.storeBytes(of: value, toByteOffset: i &* MemoryLayout<Sample>.size, as: Sample.self)
        }
    }
}
