/// Predictors 2 and 3 of TIFF (TIFF 6.0 section 14; TIFF Technical Note 3), one row at a time.
///
/// A row holds `count` samples in all; `stride` is the number of samples of a chunky pixel (1 for planar data), so that a
/// sample is predicted from the one `stride` before it. Samples are in native byte order: rows of a file in the other order are
/// swapped first (or, when writing, after).
public enum TIFFPredictors {
    /// Undoes horizontal differencing (predictor 2) in place for samples of 1, 2, 4 or 8 bytes.
    public static func undoDifference(_ row: UnsafeMutableRawPointer, sampleBytes: Int, stride: Int, count: Int) {
        let bytes = count &* sampleBytes
        let distance = stride &* sampleBytes
        switch sampleBytes {
        case 1: unsafe RunningSum.accumulate(row, into: row, byteCount: bytes, stride: distance, unit: 1)
        case 2: unsafe RunningSum.accumulate(row, into: row, byteCount: bytes, stride: distance, unit: 2)
        case 4: unsafe RunningSum.accumulate(row, into: row, byteCount: bytes, stride: distance, unit: 4)
        default: unsafe RunningSum.accumulate(row, into: row, byteCount: bytes, stride: distance, unit: 8)
        }
    }

    /// Applies horizontal differencing (predictor 2) in place to samples of 1, 2, 4 or 8 bytes.
    public static func applyDifference(_ row: UnsafeMutableRawPointer, sampleBytes: Int, stride: Int, count: Int) {
        switch sampleBytes {
        case 1: unsafe differentiate(row, stride: stride, count: count, as: UInt8.self, SIMD16<UInt8>.self)
        case 2: unsafe differentiate(row, stride: stride, count: count, as: UInt16.self, SIMD8<UInt16>.self)
        case 4: unsafe differentiate(row, stride: stride, count: count, as: UInt32.self, SIMD4<UInt32>.self)
        default: unsafe differentiate(row, stride: stride, count: count, as: UInt64.self, SIMD2<UInt64>.self)
        }
    }

    /// Undoes the floating-point predictor (3) for samples of 2, 3, 4 or 8 bytes.
    ///
    /// `row` holds the `count * sampleBytes` bytes as decompressed and is used as working memory; the samples go to `destination`
    /// in native byte order. The two must not overlap.
    public static func undoFloat(
        _ row: UnsafeMutableRawPointer, sampleBytes: Int, stride: Int, count: Int,
        into destination: UnsafeMutableRawPointer
    ) {
        unsafe undoDifference(row, sampleBytes: 1, stride: stride, count: count &* sampleBytes)
        #if _endian(little)
            // Plane 0 holds the most significant bytes: planes in falling order are the bytes of a native sample.
            unsafe SampleInterleaving.interleave(
                row + (sampleBytes &- 1) &* count, bandStride: 0 &- count, samples: sampleBytes, sampleBytes: 1, swapUnit: 1,
                count: count, into: destination)
        #else
            unsafe SampleInterleaving.interleave(
                row, bandStride: count, samples: sampleBytes, sampleBytes: 1, swapUnit: 1, count: count, into: destination)
        #endif
    }

    /// Applies the floating-point predictor (3) to `count` native samples of 2, 3, 4 or 8 bytes at `source`.
    ///
    /// The `count * sampleBytes` bytes that are to be compressed go to `destination`; the two must not overlap.
    public static func applyFloat(
        _ source: UnsafeRawPointer, sampleBytes: Int, stride: Int, count: Int, into destination: UnsafeMutableRawPointer
    ) {
        #if _endian(little)
            unsafe SampleInterleaving.deinterleave(
                source, samples: sampleBytes, sampleBytes: 1, swapUnit: 1, count: count,
                into: destination + (sampleBytes &- 1) &* count, bandStride: 0 &- count)
        #else
            unsafe SampleInterleaving.deinterleave(
                source, samples: sampleBytes, sampleBytes: 1, swapUnit: 1, count: count, into: destination, bandStride: count)
        #endif
        unsafe differentiate(destination, stride: stride, count: count &* sampleBytes, as: UInt8.self, SIMD16<UInt8>.self)
    }

    /// From the end to the start, so that a sample still finds the one before it unchanged; 16 bytes at a time, all of them
    /// loaded before any is stored.
    @inline(__always) private static func differentiate<Sample: FixedWidthInteger & BitwiseCopyable, Block: SIMD>(
        _ row: UnsafeMutableRawPointer, stride: Int, count: Int, as type: Sample.Type, _ block: Block.Type
    ) where Block.Scalar == Sample {
        let size = MemoryLayout<Sample>.size
        let back = stride &* size
        var end = count &* size
        while end &- 16 >= back {
            let previous = unsafe row.loadUnaligned(fromByteOffset: end &- 16 &- back, as: Block.self)
            let samples = unsafe row.loadUnaligned(fromByteOffset: end &- 16, as: Block.self)
            unsafe row.storeBytes(of: samples &- previous, toByteOffset: end &- 16, as: Block.self)
            end &-= 16
        }
        while end > back {
            let previous = unsafe row.loadUnaligned(fromByteOffset: end &- size &- back, as: Sample.self)
            let sample = unsafe row.loadUnaligned(fromByteOffset: end &- size, as: Sample.self)
            unsafe row.storeBytes(of: sample &- previous, toByteOffset: end &- size, as: Sample.self)
            end &-= size
        }
    }
}
