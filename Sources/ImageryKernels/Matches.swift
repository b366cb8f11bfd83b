/// Counts samples of one value.
public enum Matches {
    /// How many of `count` samples have exactly the `sampleBytes` (1, 2, 4, 8 or 16) bytes at `pattern`.
    public static func count(_ source: UnsafeRawPointer, pattern: UnsafeRawPointer, sampleBytes: Int, count: Int) -> Int {
        switch sampleBytes {
        case 1: unsafe matches(source, pattern.loadUnaligned(as: UInt8.self), count)
        case 2: unsafe matches(source, pattern.loadUnaligned(as: UInt16.self), count)
        case 4: unsafe matches(source, pattern.loadUnaligned(as: UInt32.self), count)
        case 8: unsafe matches(source, pattern.loadUnaligned(as: UInt64.self), count)
        default: unsafe matches(source, pattern.loadUnaligned(as: SIMD2<UInt64>.self), count)
        }
    }

    @inline(__always) private static func matches<Sample: BitwiseCopyable & Equatable>(
        _ source: UnsafeRawPointer, _ value: Sample, _ count: Int
    ) -> Int {
        var found = 0
        for i in 0..<count {
            let sample = unsafe source.loadUnaligned(fromByteOffset: i &* MemoryLayout<Sample>.size, as: Sample.self)
            found &+= sample == value ? 1 : 0
        }
        return found
    }
}
