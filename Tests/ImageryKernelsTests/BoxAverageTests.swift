import ImageryKernels
import TestSupport
import Testing

@Suite struct BoxAverageTests {
    /// The mean of each square by division with remainder: halves up.
    private func means(_ rows: [[Int]], factor: Int, skipped: Int?) -> [Int] {
        let columns = (rows[0].count + factor - 1) / factor
        return (0..<columns).map { column in
            let values = rows.flatMap { $0[column * factor..<min($0.count, (column + 1) * factor)] }.filter { $0 != skipped }
            guard !values.isEmpty else { return skipped ?? 0 }
            let sum = 2 * values.reduce(0, +) + values.count
            let divisor = 2 * values.count
            return sum >= 0 ? sum / divisor : -((divisor - 1 - sum) / divisor)
        }
    }

    private func measured<T: FixedWidthInteger>(
        _ rows: [[Int]], _ number: BoxAverage.Number, as: T.Type, factor: Int, skipped: Int?
    ) -> [Int] {
        let columns = (rows[0].count + factor - 1) / factor
        var sums = [UInt8](repeating: 0, count: columns * BoxAverage.sumBytes(number))
        var counts = [Int32](repeating: 0, count: columns)
        var out = [T](repeating: 0, count: columns)
        let pad = [T(truncatingIfNeeded: skipped ?? 0)]
        pad.withUnsafeBytes { pad in
            let place = skipped == nil ? nil : pad.baseAddress
            sums.withUnsafeMutableBytes { sums in
                counts.withUnsafeMutableBufferPointer { counts in
                    for row in rows {
                        row.map { T(truncatingIfNeeded: $0) }.withUnsafeBytes {
                            BoxAverage.add(
                                $0.baseAddress!, number, parts: 1, count: row.count, factor: factor, skipped: place,
                                sums: sums.baseAddress!, counts: counts.baseAddress!)
                        }
                    }
                    out.withUnsafeMutableBytes {
                        BoxAverage.finish(
                            number, parts: 1, columns: columns, skipped: place, sums: sums.baseAddress!,
                            counts: counts.baseAddress!, into: $0.baseAddress!)
                    }
                }
            }
        }
        return out.map { Int($0) }
    }

    @Test(arguments: 1...5, [1, 2, 3, 7, 16, 33]) func integers(factor: Int, count: Int) {
        var random = SeededGenerator(UInt64(factor * 100 + count))
        for height in 1...factor {
            func rows(_ range: ClosedRange<Int>) -> [[Int]] {
                (0..<height).map { _ in (0..<count).map { _ in Int.random(in: range, using: &random) } }
            }
            for skipped in [nil, 3] as [Int?] {
                let bytes = rows(0...5)
                #expect(
                    measured(bytes, .uint8, as: UInt8.self, factor: factor, skipped: skipped)
                        == means(bytes, factor: factor, skipped: skipped))
                let signed = rows(-4...4)
                #expect(
                    measured(signed, .int16, as: Int16.self, factor: factor, skipped: skipped)
                        == means(signed, factor: factor, skipped: skipped))
            }
            let wide = rows(-1_000_000_000_000...1_000_000_000_000)
            #expect(
                measured(wide, .int64, as: Int64.self, factor: factor, skipped: nil) == means(wide, factor: factor, skipped: nil))
        }
    }

    @Test func floatingPointLeavesNaNOut() {
        let row: [Float] = [1, .nan, 3, .nan, .nan, .nan, 2]
        var sums = [Double](repeating: 0, count: 4)
        var counts = [Int32](repeating: 0, count: 4)
        var out = [Float](repeating: 0, count: 4)
        row.withUnsafeBytes { row in
            sums.withUnsafeMutableBytes { sums in
                counts.withUnsafeMutableBufferPointer { counts in
                    BoxAverage.add(
                        row.baseAddress!, .float32, parts: 1, count: 7, factor: 2, skipped: nil, sums: sums.baseAddress!,
                        counts: counts.baseAddress!)
                    out.withUnsafeMutableBytes {
                        BoxAverage.finish(
                            .float32, parts: 1, columns: 4, skipped: nil, sums: sums.baseAddress!, counts: counts.baseAddress!,
                            into: $0.baseAddress!)
                    }
                }
            }
        }
        #expect(out[0] == 1)
        #expect(out[1] == 3)
        #expect(out[2].isNaN)
        #expect(out[3] == 2)
    }
}
