// Floating-point values without loss: differences, and their bytes in planes (version 6).

enum FloatPlanes {
    static func read<T: LERCSample>(_ reader: inout ByteReader, _ shape: LERCShape) throws(LERCFailure) -> [T] {
        let size = MemoryLayout<T>.size
        let count = shape.rows * shape.columns * shape.depth
        // The values of a pixel are a row of their own when there are several.
        let columns = shape.depth == 1 ? shape.columns : shape.depth
        let predictor = try reader.byte()
        guard predictor <= 2 else { throw .badBlock }
        var words = [UInt64](repeating: 0, count: count)
        var seen = 0
        for _ in 0..<size {
            let plane = Int(try reader.byte())
            let level = Int(try reader.byte())
            guard plane < size, seen & 1 << plane == 0, level <= 5 else { throw .badBlock }
            seen |= 1 << plane
            var inner = unsafe ByteReader(try reader.bytes(try reader.int32()))
            var bytes = try readPlane(&inner, count)
            for first in stride(from: level, to: 0, by: -1) {
                for index in stride(from: first, to: count, by: 1) { bytes[index] = bytes[index] &+ bytes[index - 1] }
            }
            for index in 0..<count { words[index] |= UInt64(bytes[index]) << UInt64(8 * plane) }
        }
        let mantissa: UInt64 = size == 4 ? 23 : 52
        let low: UInt64 = 1 << mantissa - 1
        let high: UInt64 = (size == 4 ? 0xFFFF_FFFF : .max) & ~low
        /// Mantissa and the rest each on their own.
        func sum(_ a: UInt64, _ b: UInt64) -> UInt64 { (a & low &+ b & low) & low | (a & high &+ b & high) & high }
        if predictor == 2 {
            for index in stride(from: columns, to: count, by: 1) { words[index] = sum(words[index], words[index - columns]) }
        }
        if predictor >= 1 {
            for index in 0..<count where index % columns != 0 { words[index] = sum(words[index], words[index - 1]) }
        }
        return words.map { word in
            if size == 4 {
                // The sign stands between exponent and mantissa.
                let bits = UInt32(truncatingIfNeeded: word)
                let moved = bits >> 1 & 0x7F80_0000 | bits << 8 & 0x8000_0000 | bits & 0x007F_FFFF
                return unsafe unsafeBitCast(moved, to: T.self)
            }
            return unsafe unsafeBitCast(word, to: T.self)
        }
    }

    private static func readPlane(_ reader: inout ByteReader, _ count: Int) throws(LERCFailure) -> [UInt8] {
        switch try reader.byte() {
        case 0:
            let table = try HuffmanReader(&reader, version: 6)
            var bits = unsafe WordBits(try reader.bytes(reader.remaining))
            var bytes = [UInt8](repeating: 0, count: count)
            for index in 0..<count { bytes[index] = try table.next(&bits) }
            return bytes
        case 1:
            let byte = try reader.byte()
            guard try reader.int32() == count else { throw .badBlock }
            return [UInt8](repeating: byte, count: count)
        case 2: return try unsafe [UInt8](reader.bytes(count))
        case 3:
            var bytes: [UInt8] = []
            while bytes.count < count {
                let run = Int(try reader.byte())
                if run <= 127 {
                    guard run + 1 <= count - bytes.count else { throw .badBlock }
                    unsafe bytes += try unsafe reader.bytes(run + 1)
                } else {
                    guard run - 126 <= count - bytes.count else { throw .badBlock }
                    bytes += repeatElement(try reader.byte(), count: run - 126)
                }
            }
            return bytes
        default: throw .badBlock
        }
    }
}
