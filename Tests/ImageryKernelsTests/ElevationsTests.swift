import ImageryKernels
import Testing

@Suite struct ElevationsTests {
    @Test func everyStoredNumberIsItsElevation() {
        var source: [UInt8] = []
        for value in 0...UInt16.max { source += [UInt8(value >> 8), UInt8(value & 0xFF)] }
        var rows = [Int16](repeating: 0, count: 65_536)
        source.withUnsafeBytes { bytes in
            rows.withUnsafeMutableBytes { target in
                // One column whose last number is the largest.
                Elevations.rows(
                    bytes.baseAddress! + 131_070, columnStride: 0, rows: 65_536, columns: 1, into: target.baseAddress!, rowStride: 2
                )
            }
        }
        for value in 0...UInt16.max {
            let magnitude = Int(value & 0x7FFF)
            let plain = value & 0x8000 == 0 ? magnitude : -magnitude
            let expected = plain < -16_000 && plain != -32_767 ? Int(Int16(bitPattern: value)) : plain
            if Int(rows[65_535 - Int(value)]) != expected { Issue.record("\(value): \(rows[65_535 - Int(value)])") }
        }
    }

    @Test func checksumsAddBytes() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
            let sum = bytes.reduce(UInt32(0)) { $0 + UInt32($1) }
            bytes.withUnsafeBytes {
                #expect(Elevations.checksum($0.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!, count: count) == sum)
            }
        }
    }
}
