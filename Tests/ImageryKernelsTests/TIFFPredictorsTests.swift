import ImageryKernels
import TestSupport
import Testing

@Suite struct TIFFPredictorsTests {
    /// Horizontal differences of native samples, modulo their width (TIFF 6.0 section 14).
    func differences(_ row: [UInt8], sampleBytes: Int, stride: Int) -> [UInt8] {
        var out = row
        for i in Swift.stride(from: stride, to: max(stride, row.count / sampleBytes), by: 1) {
            let now = row.integer(at: i * sampleBytes, size: sampleBytes)
            let before = row.integer(at: (i - stride) * sampleBytes, size: sampleBytes)
            out.set(now &- before, at: i * sampleBytes, size: sampleBytes)
        }
        return out
    }

    @Test(arguments: [1, 2, 4, 8], 1...9) func difference(sampleBytes: Int, stride: Int) {
        var random = SeededGenerator(UInt64(sampleBytes * 10 + stride))
        for pixels in [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 50, 67] {
            let count = pixels * stride
            let row = random.bytes(count * sampleBytes)
            let stored = differences(row, sampleBytes: sampleBytes, stride: stride)
            let applied = unsafe guarded(row.count, shift: pixels % 5, initial: row) {
                unsafe TIFFPredictors.applyDifference($0, sampleBytes: sampleBytes, stride: stride, count: count)
            }
            #expect(applied == stored, "\(pixels) pixels of \(stride) x \(sampleBytes) bytes")
            let undone = unsafe guarded(row.count, shift: pixels % 5, initial: stored) {
                unsafe TIFFPredictors.undoDifference($0, sampleBytes: sampleBytes, stride: stride, count: count)
            }
            #expect(undone == row, "\(pixels) pixels of \(stride) x \(sampleBytes) bytes")
        }
    }

    @Test(arguments: [2, 3, 4, 8], 1...5) func floatingPoint(sampleBytes: Int, stride: Int) {
        var random = SeededGenerator(UInt64(sampleBytes * 10 + stride))
        for pixels in [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 50, 67] {
            let count = pixels * stride
            let row = random.bytes(count * sampleBytes)
            // Technical Note 3: planes of bytes, the most significant first, then byte differences at the distance of a pixel.
            var planes = row
            for i in 0..<count {
                let value = row.integer(at: i * sampleBytes, size: sampleBytes)
                for plane in 0..<sampleBytes {
                    planes[plane * count + i] = UInt8(truncatingIfNeeded: value >> UInt64(8 * (sampleBytes - 1 - plane)))
                }
            }
            let stored = differences(planes, sampleBytes: 1, stride: stride)
            let applied = unsafe guarded(row.count, shift: pixels % 5) { to in
                unsafe lend(row, shift: pixels % 3) {
                    unsafe TIFFPredictors.applyFloat($0, sampleBytes: sampleBytes, stride: stride, count: count, into: to)
                }
            }
            #expect(applied == stored, "\(pixels) pixels of \(stride) x \(sampleBytes) bytes")
            var undone: [UInt8]?
            let work = unsafe guarded(row.count, initial: stored) { from in
                undone = unsafe guarded(row.count, shift: pixels % 5) { to in
                    unsafe TIFFPredictors.undoFloat(from, sampleBytes: sampleBytes, stride: stride, count: count, into: to)
                }
            }
            #expect(undone == row, "\(pixels) pixels of \(stride) x \(sampleBytes) bytes")
            #expect(work != nil)
        }
    }
}
