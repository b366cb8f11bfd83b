public import ImageryBase
import ImageryKernels

/// Fills `bands` x `rows` rows of `rowBytes` bytes (whole samples) with a repeated sample; zeros when there is no pattern.
public func fill(_ destination: Destination, pattern: [UInt8]?, bands: Int, rows: Int, rowBytes: Int) {
    let sample = pattern ?? [0]
    for band in 0..<bands {
        unsafe sample.withUnsafeBytes { bytes in
            // The pattern is one sample: its address exists and `rowBytes` is a multiple of its size.
            unsafe Fill.rectangle(
                destination.row(0, band: band), rowStride: destination.rowStride, rows: rows, columns: rowBytes / bytes.count,
                pattern: bytes.baseAddress!, patternBytes: bytes.count)
        }
    }
}
