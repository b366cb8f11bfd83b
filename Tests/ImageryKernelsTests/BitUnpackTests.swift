import ImageryKernels
import TestSupport
import Testing

@Suite struct BitUnpackTests {
    /// Bit by bit, most significant first.
    func sample(_ bytes: [UInt8], at position: Int, bits: Int, signed: Bool) -> UInt64 {
        var value: UInt64 = signed && bytes[position >> 3] >> UInt8(7 - position & 7) & 1 == 1 ? .max : 0
        for i in position..<position + bits {
            value = value << 1 | UInt64(bytes[i >> 3] >> UInt8(7 - i & 7) & 1)
        }
        return value
    }

    @Test(arguments: 1...64, [false, true]) func everyWidthOffsetAndStep(bits: Int, signed: Bool) {
        var random = SeededGenerator(UInt64(bits * 2 + (signed ? 1 : 0)))
        let narrowest = bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8
        let sizes = [1, 2, 4, 8].filter { $0 == narrowest || ($0 > narrowest && bits % 5 == 0) }
        let counts = bits <= 16 ? [0, 1, 2, 3, 7, 8, 9, 17, 33, 70] : [0, 1, 2, 5, 18]
        for size in sizes {
            for step in [1, 3] {
                for count in counts {
                    let offset = count == 70 ? 0 : Int(random.next() % 20)
                    let end = count == 0 ? 0 : offset + ((count - 1) * step + 1) * bits
                    // Every other round the source ends with the last sample, so that a read beyond it shows.
                    let bytes = random.bytes((end + 7) / 8 + (count % 2 == 0 ? 0 : 11))
                    var expected = [UInt8](repeating: 0, count: count * size)
                    for i in 0..<count {
                        let value = sample(bytes, at: offset + i * step * bits, bits: bits, signed: signed)
                        expected.set(value, at: i * size, size: size)
                    }
                    let out = unsafe guarded(expected.count, shift: count % 5) { to in
                        unsafe lend(bytes, shift: count % 3) {
                            unsafe BitUnpack.unpack(
                                $0, sourceBytes: bytes.count, bitOffset: offset, bits: bits, signed: signed, step: step,
                                count: count, into: to, sampleBytes: size)
                        }
                    }
                    #expect(out == expected, "\(count) samples from bit \(offset), step \(step), \(size) bytes")
                }
            }
        }
    }

    /// Whole bytes and offsets inside a byte, which the widths 1, 2 and 4 treat apart.
    @Test(arguments: [1, 2, 4]) func narrowWidthsAtEveryBit(bits: Int) {
        var random = SeededGenerator(UInt64(bits))
        for offset in 0...17 {
            for count in [0, 1, 5, 8, 9, 16, 31, 64, 100, 131, 200] {
                let bytes = random.bytes((offset + count * bits + 7) / 8)
                let expected = (0..<count).map {
                    UInt8(sample(bytes, at: offset + $0 * bits, bits: bits, signed: false))
                }
                let out = unsafe guarded(count, shift: offset % 3) { to in
                    unsafe lend(bytes, shift: offset % 5) {
                        unsafe BitUnpack.unpack(
                            $0, sourceBytes: bytes.count, bitOffset: offset, bits: bits, signed: false, step: 1, count: count,
                            into: to, sampleBytes: 1)
                    }
                }
                #expect(out == expected, "\(count) samples from bit \(offset)")
            }
        }
    }

    @Test func reverseBits() {
        var random = SeededGenerator(9)
        for count in 0...50 {
            let bytes = random.bytes(count)
            let expected = bytes.map { byte in (0..<8).reduce(UInt8(0)) { $0 << 1 | (byte >> UInt8($1) & 1) } }
            let out = unsafe guarded(count, shift: count % 3) { to in
                unsafe lend(bytes) { unsafe BitUnpack.reverseBits($0, into: to, count: count) }
            }
            #expect(out == expected, "\(count) bytes")
            let inPlace = unsafe guarded(count, initial: bytes) { unsafe BitUnpack.reverseBits($0, into: $0, count: count) }
            #expect(inPlace == expected, "\(count) bytes in place")
        }
    }
}
