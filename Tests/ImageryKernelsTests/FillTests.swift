import ImageryKernels
import TestSupport
import Testing

@Suite struct FillTests {
    @Test(arguments: [1, 2, 4, 8, 16]) func rectangleHoldsThePatternAndNothingElseChanges(patternBytes: Int) {
        var random = SeededGenerator(UInt64(patternBytes))
        for columns in 0...35 {
            let pattern = random.bytes(patternBytes)
            let gap = columns % 4
            let rowStride = columns * patternBytes + gap
            let rows = 1 + columns % 3
            let row = (0..<columns).flatMap { _ in pattern } + [UInt8](repeating: 0xA5, count: gap)
            let out = unsafe guarded(rows * rowStride, shift: columns % 3) { to in
                unsafe lend(pattern, shift: columns % 2) {
                    unsafe Fill.rectangle(
                        to, rowStride: rowStride, rows: rows, columns: columns, pattern: $0, patternBytes: patternBytes)
                }
            }
            #expect(out == (0..<rows).flatMap { _ in row }, "\(columns) columns of \(patternBytes) bytes")
        }
    }
}
