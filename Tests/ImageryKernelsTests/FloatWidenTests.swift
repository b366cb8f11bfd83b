import ImageryKernels
import TestSupport
import Testing

@Suite struct FloatWidenTests {
    /// The value by the definition in TIFF Technical Note 3: sign, exponent with bias 63, fraction of 2^16.
    func value(_ bits: UInt32) -> Double {
        let exponent = Int(bits >> 16 & 0x7F)
        let fraction = Double(bits & 0xFFFF) / 65536
        let magnitude: Double
        switch exponent {
        case 127: magnitude = fraction == 0 ? .infinity : .nan
        case 0: magnitude = fraction * Double(sign: .plus, exponent: -62, significand: 1)
        default: magnitude = (1 + fraction) * Double(sign: .plus, exponent: exponent - 63, significand: 1)
        }
        return bits >> 23 == 0 ? magnitude : -magnitude
    }

    @Test(arguments: [true, false], [1, 3]) func widensExactly(bigEndian: Bool, step: Int) {
        var random = SeededGenerator(UInt64(step))
        var patterns: [UInt32] = [
            0, 1, 0x80_0000, 0x80_0001, 0xFFFF, 0x1_0000, 0x7E_FFFF, 0x7F_0000, 0xFF_0000, 0x7F_0001, 0x3F_0000,
        ]
        patterns += (0..<500).map { _ in UInt32(truncatingIfNeeded: random.next()) & 0xFF_FFFF }
        patterns += (0..<50).map { _ in UInt32(truncatingIfNeeded: random.next()) & 0x80_FFFF }
        for count in [0, 1, 2, 3, 4, 5, 7, 8, 11, patterns.count] {
            var source: [UInt8] = []
            for (i, bits) in patterns.prefix(count).enumerated() {
                let bytes = [UInt8(bits >> 16), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
                source += bigEndian ? bytes : bytes.reversed()
                if i + 1 < count { source += random.bytes((step - 1) * 3) }
            }
            let out = unsafe guarded(count * 4, shift: count % 4) { to in
                unsafe lend(source, shift: count % 3) {
                    unsafe FloatWiden.widen24($0, bigEndian: bigEndian, step: step, count: count, into: to)
                }
            }
            guard let out else {
                Issue.record("wrote beyond \(count) samples")
                continue
            }
            for (i, bits) in patterns.prefix(count).enumerated() {
                let widened = Float(bitPattern: UInt32(out.integer(at: i * 4, size: 4)))
                let expected = value(bits)
                #expect(widened.isNaN == expected.isNaN, "\(bits)")
                #expect(expected.isNaN || Double(widened) == expected, "\(bits)")
                #expect((widened.sign == .minus) == (bits >> 23 == 1), "\(bits)")
            }
        }
    }
}
