import ImageryKernels
import TestSupport
import Testing

@Suite struct ByteOrderTests {
    @Test(arguments: [1, 2, 4, 8]) func copyReversesEveryUnit(unit: Int) {
        var random = SeededGenerator(UInt64(unit))
        for count in 0...40 {
            let source = random.bytes(count * unit)
            let expected = source.swapped(unit)
            let out = unsafe guarded(source.count, shift: count % 5) { to in
                unsafe lend(source, shift: count % 3) {
                    unsafe ByteOrder.copy($0, into: to, byteCount: source.count, swapUnit: unit)
                }
            }
            #expect(out == expected, "\(count) units of \(unit)")
            let inPlace = unsafe guarded(source.count, shift: count % 5, initial: source) {
                unsafe ByteOrder.copy($0, into: $0, byteCount: source.count, swapUnit: unit)
            }
            #expect(inPlace == expected, "\(count) units of \(unit) in place")
        }
    }
}
