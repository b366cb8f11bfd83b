import ImageryKernels
import Testing

private func crc(_ crc: UInt32, _ bytes: [UInt8]) -> UInt32 { unsafe crc32(crc, bytes.span.bytes) }
private func adler(_ adler: UInt32, _ bytes: [UInt8]) -> UInt32 { unsafe adler32(adler, bytes.span.bytes) }

@Suite struct ChecksumsTests {
    /// The definition of RFC 1952 8, bit by bit.
    static func plainCRC(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc: UInt32 = 0xffff_ffff
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xedb8_8320 ^ crc >> 1 : crc >> 1 }
        }
        return ~crc
    }

    /// The definition of RFC 1950 8.2.
    static func plainAdler(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var sums: (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            sums.0 = (sums.0 + UInt32(byte)) % 65521
            sums.1 = (sums.1 + sums.0) % 65521
        }
        return sums.1 << 16 | sums.0
    }

    /// The check value of the CRC catalogue (CRC-32/ISO-HDLC, "123456789"); Adler-32 of "Wikipedia" as its article works it out.
    @Test func publishedValues() {
        #expect(crc(0, Array("123456789".utf8)) == 0xcbf4_3926)
        #expect(adler(1, Array("Wikipedia".utf8)) == 0x11e6_0398)
    }

    @Test func agreeWithTheirDefinitionsAtEveryLengthAndCut() {
        var state: UInt32 = 1
        var bytes: [UInt8] = (0..<4000).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        for count in Array(0...80) + [1023, 1024, 1025, 3000, 4000] {
            let part = Array(bytes[..<count])
            #expect(crc(0, part) == Self.plainCRC(part))
            #expect(adler(1, part) == Self.plainAdler(part))
            let head = Array(part[..<(count / 3)])
            let tail = Array(part[(count / 3)...])
            #expect(crc(crc(0, head), tail) == Self.plainCRC(part))
            #expect(adler(adler(1, head), tail) == Self.plainAdler(part))
            #expect(adler32(adler(1, head), followedBy: adler(1, tail), count: tail.count) == Self.plainAdler(part))
        }
        // The largest sums.
        bytes = [UInt8](repeating: 255, count: 9000)
        #expect(adler(1, bytes) == adler(adler(1, Array(bytes[..<4500])), Array(bytes[4500...])))
        #expect(adler(1, bytes) == Self.plainAdler(bytes))
        #expect(adler32(adler(1, bytes), followedBy: adler(1, bytes), count: 9000) == Self.plainAdler(bytes + bytes))
    }
}
