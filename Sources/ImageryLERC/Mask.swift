// Which pixels are valid: bits in runs of bytes.

/// One byte a pixel: 1 for valid ones.
enum Mask {
    /// Reads the mask of `pixels` pixels, of which `validCount` are valid, into `mask`, which holds that of the band before.
    static func read(
        _ reader: inout ByteReader, pixels: Int, validCount: Int, isFirst: Bool, into mask: inout [UInt8]
    ) throws(LERCFailure) {
        let size = try reader.int32()
        if validCount == 0 || validCount == pixels {
            guard size == 0 else { throw .badMask }
            mask = [UInt8](repeating: validCount == 0 ? 0 : 1, count: pixels)
            return
        }
        if size == 0 {
            // The mask of the band before.
            guard !isFirst, mask.count(where: { $0 != 0 }) == validCount else { throw .badMask }
            return
        }
        var runs = unsafe ByteReader(try reader.bytes(size))
        try readRuns(&runs, pixels: pixels, into: &mask)
        guard mask.count(where: { $0 != 0 }) == validCount else { throw .badMask }
    }

    /// Runs of bytes until all bits are there; bits go from the highest to the lowest of a byte.
    static func readRuns(_ reader: inout ByteReader, pixels: Int, into mask: inout [UInt8]) throws(LERCFailure) {
        let count = (pixels + 7) / 8
        var bits: [UInt8] = []
        bits.reserveCapacity(count)
        while true {
            let run = try reader.int16()
            if run == -32768 { break }
            guard run != 0, abs(run) <= count - bits.count else { throw .badMask }
            if run > 0 {
                unsafe bits += try unsafe reader.bytes(run)
            } else {
                bits += repeatElement(try reader.byte(), count: -run)
            }
        }
        guard bits.count == count else { throw .badMask }
        mask = (0..<pixels).map { bits[$0 >> 3] >> UInt8(7 - $0 & 7) & 1 }
    }

    /// The runs of `mask`: equal bytes from five on are one.
    static func runs(_ mask: [UInt8]) -> [UInt8] {
        var bits = [UInt8](repeating: 0, count: (mask.count + 7) / 8)
        for (index, valid) in mask.enumerated() where valid != 0 { bits[index >> 3] |= 0x80 >> UInt8(index & 7) }
        var result: [UInt8] = []
        func number(_ value: Int) -> [UInt8] { littleEndianBytes(UInt64(UInt16(truncatingIfNeeded: value)), count: 2) }
        var literal = 0..<0
        func flush() {
            guard !literal.isEmpty else { return }
            result += number(literal.count) + bits[literal]
        }
        var index = 0
        while index < bits.count {
            var end = index
            while end < bits.count, bits[end] == bits[index], end - index < 32767 { end += 1 }
            if end - index >= 5 {
                flush()
                result += number(index - end) + [bits[index]]
                literal = end..<end
                index = end
            } else {
                if literal.count == 32767 {
                    flush()
                    literal = index..<index
                }
                literal = (literal.isEmpty ? index : literal.lowerBound)..<index + 1
                index += 1
            }
        }
        flush()
        return result + number(-32768)
    }
}
