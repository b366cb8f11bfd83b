import TestSupport
import Testing

@testable import ImageryTIFF

/// LZW against a plain encoder written from TIFF 6.0 section 13.
@Suite struct LZWTests {
    /// Encodes as section 13's pseudocode does; `old` writes bits in rising order and lets codes grow late.
    static func encode(_ bytes: [UInt8], old: Bool = false, clearAt: Int = 4094) -> [UInt8] {
        var bits: [Bool] = []
        func write(_ code: Int, _ width: Int) {
            for index in 0..<width { bits.append(code >> (old ? index : width - 1 - index) & 1 == 1) }
        }
        var table: [[UInt8]: Int] = [:]
        var width = 9
        var next = 258
        func reset() {
            table = [:]
            for byte in 0...255 { table[[UInt8(byte)]] = byte }
            width = 9
            next = 258
        }
        reset()
        write(256, width)
        var string: [UInt8] = []
        for byte in bytes {
            if table[string + [byte]] != nil {
                string.append(byte)
                continue
            }
            write(table[string]!, width)
            table[string + [byte]] = next
            if next == (1 << width) - (old ? 0 : 1) { width = min(12, width + 1) }
            next += 1
            if next > clearAt {
                write(256, width)
                reset()
            }
            string = [byte]
        }
        if !string.isEmpty { write(table[string]!, width) }
        next += 1
        if next - 1 == (1 << width) - (old ? 0 : 1) { width = min(12, width + 1) }
        write(257, width)
        while bits.count % 8 != 0 { bits.append(false) }
        return stride(from: 0, to: bits.count, by: 8).map { start in
            var byte: UInt8 = 0
            for index in 0..<8 where bits[start + index] { byte |= old ? 1 << index : 0x80 >> index }
            return byte
        }
    }

    static func decode(_ bytes: [UInt8], count: Int) -> ([UInt8], LZWDecoder.End) {
        var decoder = LZWDecoder()
        var output = [UInt8](repeating: 0xEE, count: count + LZWDecoder.slack)
        let (written, end) = unsafe bytes.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { unsafe decoder.decode(input, into: $0.baseAddress!, count: count) }
        }
        return (Array(output[..<written]), end)
    }

    static func inputs() -> [[UInt8]] {
        var random = SeededGenerator(13)
        var all: [[UInt8]] = [[7], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Array(repeating: 9, count: 6_000)]
        for alphabet in [2, 3, 17, 256] {
            for length in [100, 1_200, 9_000] {
                all.append((0..<length).map { _ in UInt8(Int.random(in: 0..<alphabet, using: &random)) })
            }
        }
        all.append((0..<8_000).map { UInt8(truncatingIfNeeded: $0 / 3 &* ($0 % 5)) })
        return all
    }

    @Test(arguments: [false, true]) func decodesWhatThePlainEncoderWrites(old: Bool) {
        for bytes in Self.inputs() {
            let (decoded, end) = Self.decode(Self.encode(bytes, old: old), count: bytes.count)
            #expect(decoded == bytes)
            #expect(end == .complete)
        }
    }

    @Test func stopsWhereTheOutputEnds() {
        let bytes = Self.inputs()[8]
        let stored = Self.encode(bytes)
        for count in [1, 2, 7, 8, 9, 100, 513, bytes.count - 1] {
            let (decoded, end) = Self.decode(stored, count: count)
            #expect(decoded == Array(bytes[..<count]))
            #expect(end == .complete)
        }
    }

    @Test func aShortInputGivesItsPart() {
        let bytes = Self.inputs()[10]
        let stored = Self.encode(bytes)
        for cut in [0, 1, 2, 50, stored.count / 2] {
            let (decoded, end) = Self.decode(Array(stored[..<cut]), count: bytes.count)
            #expect(decoded == Array(bytes[..<decoded.count]))
            #expect(end == .short)
        }
        let (decoded, end) = Self.decode(stored, count: bytes.count + 5)
        #expect(decoded == bytes)
        #expect(end == .short)
    }

    /// Codes of 9 bits, most significant first.
    private static func pack(_ codes: [Int], width: Int = 9) -> [UInt8] {
        var bits = codes.flatMap { code in (0..<width).map { code >> (width - 1 - $0) & 1 } }
        while bits.count % 8 != 0 { bits.append(0) }
        return stride(from: 0, to: bits.count, by: 8).map { start in UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }) }
    }

    /// HOSTILE C1: codes without a meaning, no Clear, Clear for ever.
    @Test func hostileCodes() {
        #expect(Self.decode(Self.pack([256, 300]), count: 10).1 == .invalidCode)
        #expect(Self.decode(Self.pack([256, 65, 259]), count: 10) == ([65], .invalidCode))
        // The code that is being made: the last string and its first byte.
        #expect(Self.decode(Self.pack([256, 65, 258, 259, 257]), count: 6) == ([65, 65, 65, 65, 65, 65], .complete))
        // No Clear at the start: the table is as after one.
        #expect(Self.decode(Self.pack([65, 66, 258, 257]), count: 10) == ([65, 66, 65, 66], .short))
        let clears = Self.pack([Int](repeating: 256, count: 5_000))
        #expect(Self.decode(clears, count: 10) == ([], .short))
    }

    /// A writer that never clears: after 4,096 codes no more are made.
    @Test func aFullTableStaysAsItIs() {
        let bytes = Self.inputs()[14]
        // The encoder here goes on making codes, of which only those below 4,096 can be written: literals take over.
        var codes: [Int] = []
        for (index, byte) in bytes.prefix(4_200).enumerated() {
            codes.append(index == 0 ? 256 : Int(byte))
        }
        var bits: [Int] = []
        var width = 9
        var next = 256
        for code in codes {
            bits += (0..<width).map { code >> (width - 1 - $0) & 1 }
            next += 1
            if next == 511 || next == 1_023 || next == 2_047 { width += 1 }
        }
        while bits.count % 8 != 0 { bits.append(0) }
        let stored = stride(from: 0, to: bits.count, by: 8).map { start in UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
        }
        let (decoded, _) = Self.decode(stored, count: 4_199)
        let isRight = decoded == Array(bytes[1..<4_200])
        #expect(isRight)
    }
}

extension LZWTests {
    /// The example of TIFF 6.0 section 9's ancestor, Apple's PackBits note.
    @Test func packBitsExample() {
        let stored: [UInt8] = [0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA]
        let expected: [UInt8] =
            [0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0x22]
            + [UInt8](repeating: 0xAA, count: 10)
        #expect(Self.unpack(stored, count: 24) == expected)
        // HOSTILE C2: -128 does nothing; cut runs give what is there.
        #expect(Self.unpack([UInt8](repeating: 0x80, count: 1_000), count: 5) == [])
        #expect(Self.unpack([0x80, 0xFF, 7, 0x80], count: 5) == [7, 7])
        #expect(Self.unpack([0x05, 1, 2], count: 5) == [1, 2])
        #expect(Self.unpack([0x81], count: 5) == [])
        #expect(Self.unpack([0x81, 3], count: 5) == [3, 3, 3, 3, 3])
    }

    private static func unpack(_ stored: [UInt8], count: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: count)
        let written = unsafe stored.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { unsafe PackBits.decode(input, into: $0.baseAddress!, count: count) }
        }
        return Array(output[..<written])
    }
}
