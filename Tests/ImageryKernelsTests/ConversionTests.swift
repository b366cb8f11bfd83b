import ImageryKernels
import TestSupport
import Testing

@Suite struct ConversionTests {
    @Test func complexInt16() {
        var random = SeededGenerator(1)
        for count in 0...40 {
            var values = (0..<count * 2).map { _ in Int16(truncatingIfNeeded: random.next()) }
            if count > 1 { values.replaceSubrange(0..<3, with: [Int16.min, Int16.max, -1]) }
            var source = [UInt8](repeating: 0, count: count * 4)
            var expected = [UInt8](repeating: 0, count: count * 8)
            for (i, value) in values.enumerated() {
                source.set(UInt64(UInt16(bitPattern: value)), at: i * 2, size: 2)
                expected.set(UInt64(Float(value).bitPattern), at: i * 4, size: 4)
            }
            let out = unsafe guarded(expected.count, shift: count % 5) { to in
                unsafe lend(source, shift: count % 3) {
                    unsafe Conversion.complexInt16ToFloat32($0, into: to, count: count)
                }
            }
            #expect(out == expected, "\(count) samples")
        }
    }

    @Test func complexInt32() {
        var random = SeededGenerator(2)
        for count in 0...40 {
            var values = (0..<count * 2).map { _ in Int32(truncatingIfNeeded: random.next()) }
            if count > 1 { values.replaceSubrange(0..<3, with: [Int32.min, Int32.max, -1]) }
            var source = [UInt8](repeating: 0, count: count * 8)
            var expected = [UInt8](repeating: 0, count: count * 16)
            for (i, value) in values.enumerated() {
                source.set(UInt64(UInt32(bitPattern: value)), at: i * 4, size: 4)
                expected.set(Double(value).bitPattern, at: i * 8, size: 8)
            }
            let out = unsafe guarded(expected.count, shift: count % 5) { to in
                unsafe lend(source, shift: count % 3) {
                    unsafe Conversion.complexInt32ToFloat64($0, into: to, count: count)
                }
            }
            #expect(out == expected, "\(count) samples")
        }
    }
}
