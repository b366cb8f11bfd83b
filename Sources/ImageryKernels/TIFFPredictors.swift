/// Predictors 2 and 3 of TIFF (TIFF 6.0 section 14; TIFF Technical Note 3), one row at a time.
///
/// A row holds `count` samples in all; `stride` is the number of samples of a chunky pixel (1 for planar data), so that a sample is
/// predicted from the one `stride` before it. Samples are in native byte order: rows of a file in the other order are swapped first
/// (or, when writing, after).
public enum TIFFPredictors {
    /// Undoes horizontal differencing (predictor 2) in place for samples of 1, 2, 4 or 8 bytes.
    public static func undoDifference(_ row: UnsafeMutableRawPointer, sampleBytes: Int, stride: Int, count: Int) {
        switch sampleBytes {
        case 1: unsafe accumulate(row, stride: stride, count: count, as: UInt8.self)
        case 2: unsafe accumulate(row, stride: stride, count: count, as: UInt16.self)
        case 4: unsafe accumulate(row, stride: stride, count: count, as: UInt32.self)
        default: unsafe accumulate(row, stride: stride, count: count, as: UInt64.self)
        }
    }

    /// Applies horizontal differencing (predictor 2) in place to samples of 1, 2, 4 or 8 bytes.
    public static func applyDifference(_ row: UnsafeMutableRawPointer, sampleBytes: Int, stride: Int, count: Int) {
        switch sampleBytes {
        case 1: unsafe differentiate(row, stride: stride, count: count, as: UInt8.self)
        case 2: unsafe differentiate(row, stride: stride, count: count, as: UInt16.self)
        case 4: unsafe differentiate(row, stride: stride, count: count, as: UInt32.self)
        default: unsafe differentiate(row, stride: stride, count: count, as: UInt64.self)
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
        unsafe accumulate(row, stride: stride, count: count &* sampleBytes, as: UInt8.self)
        for plane in 0..<sampleBytes {
            let from = unsafe row + plane &* count
            let to = unsafe destination + byteOffset(ofPlane: plane, sampleBytes: sampleBytes)
            for i in 0..<count {
                unsafe to.storeBytes(
                    of: from.load(fromByteOffset: i, as: UInt8.self), toByteOffset: i &* sampleBytes, as: UInt8.self)
            }
        }
    }

    /// Applies the floating-point predictor (3) to `count` native samples of 2, 3, 4 or 8 bytes at `source`.
    ///
    /// The `count * sampleBytes` bytes that are to be compressed go to `destination`; the two must not overlap.
    public static func applyFloat(
        _ source: UnsafeRawPointer, sampleBytes: Int, stride: Int, count: Int, into destination: UnsafeMutableRawPointer
    ) {
        for plane in 0..<sampleBytes {
            let from = unsafe source + byteOffset(ofPlane: plane, sampleBytes: sampleBytes)
            let to = unsafe destination + plane &* count
            for i in 0..<count {
                unsafe to.storeBytes(
                    of: from.load(fromByteOffset: i &* sampleBytes, as: UInt8.self), toByteOffset: i, as: UInt8.self)
            }
        }
        unsafe differentiate(destination, stride: stride, count: count &* sampleBytes, as: UInt8.self)
    }

    /// Plane 0 holds the most significant bytes.
    @inline(__always) private static func byteOffset(ofPlane plane: Int, sampleBytes: Int) -> Int {
        #if _endian(little)
            sampleBytes &- 1 &- plane
        #else
            plane
        #endif
    }

    @inline(__always) private static func accumulate<Sample: FixedWidthInteger & BitwiseCopyable>(
        _ row: UnsafeMutableRawPointer, stride: Int, count: Int, as type: Sample.Type
    ) {
        let size = MemoryLayout<Sample>.size
        let back = stride &* size
        var i = back
        while i < count &* size {
            let previous = unsafe row.loadUnaligned(fromByteOffset: i &- back, as: Sample.self)
            let difference = unsafe row.loadUnaligned(fromByteOffset: i, as: Sample.self)
            unsafe row.storeBytes(of: previous &+ difference, toByteOffset: i, as: Sample.self)
            i &+= size
        }
    }

    @inline(__always) private static func differentiate<Sample: FixedWidthInteger & BitwiseCopyable>(
        _ row: UnsafeMutableRawPointer, stride: Int, count: Int, as type: Sample.Type
    ) {
        let size = MemoryLayout<Sample>.size
        let back = stride &* size
        var i = (count &- 1) &* size
        while i >= back {
            let previous = unsafe row.loadUnaligned(fromByteOffset: i &- back, as: Sample.self)
            let sample = unsafe row.loadUnaligned(fromByteOffset: i, as: Sample.self)
            unsafe row.storeBytes(of: sample &- previous, toByteOffset: i, as: Sample.self)
            i &-= size
        }
    }
}
