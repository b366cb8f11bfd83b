// Lists of small numbers in as many bits as the largest needs.

enum BitStuffer {
    /// Reads a list of exactly `expected` numbers into `output`. Lists before version 3 have their words the other way round.
    static func read(
        _ reader: inout ByteReader, version: Int, expected: Int, into output: inout [UInt32]
    ) throws(LERCFailure) {
        let head = try reader.byte()
        let width = Int(head & 31)
        let count =
            switch head >> 6 {
            case 0: try reader.int32()
            case 1: try reader.uint16()
            case 2: Int(try reader.byte())
            default: throw .badBlock
            }
        guard count == expected else { throw .badBlock }
        guard head & 32 != 0 else { return try unpack(&reader, version: version, count: count, width: width, into: &output) }
        // A table of the numbers that occur, without the 0 that is always there, and indexes into it.
        let size = Int(try reader.byte())
        guard width > 0, size > 1 else { throw .badBlock }
        var table: [UInt32] = []
        try unpack(&reader, version: version, count: size - 1, width: width, into: &table)
        table.insert(0, at: 0)
        let bits = Int.bitWidth - (size - 1).leadingZeroBitCount
        try unpack(&reader, version: version, count: count, width: bits, into: &output)
        for index in 0..<count {
            guard Int(output[index]) < size else { throw .badBlock }
            output[index] = table[Int(output[index])]
        }
    }

    /// `count` numbers of `width` bits, up to 31, in whole bytes.
    static func unpack(
        _ reader: inout ByteReader, version: Int, count: Int, width: Int, into output: inout [UInt32]
    ) throws(LERCFailure) {
        output.removeAll(keepingCapacity: true)
        // Each number takes a bit at least, or none is stored: the caller's count bounds the memory.
        let bytes = try unsafe reader.bytes((count * width + 7) / 8)
        output.append(contentsOf: repeatElement(0, count: count))
        guard width > 0 else { return }
        let mask: UInt64 = 1 << UInt64(width) - 1
        var window: UInt64 = 0
        var held = 0
        var next = 0
        if version >= 3 {
            for index in 0..<count {
                while held < width {
                    window |= unsafe UInt64(bytes[next]) << UInt64(held)
                    next += 1
                    held += 8
                }
                output[index] = UInt32(truncatingIfNeeded: window & mask)
                window >>= UInt64(width)
                held -= width
            }
            return
        }
        // Words of 32 bits from the highest bit on; of the last one only its highest bytes are stored.
        for index in 0..<count {
            if held < width {
                let size = min(4, bytes.count - next)
                var word: UInt64 = 0
                for byte in 0..<size { word |= unsafe UInt64(bytes[next + byte]) << UInt64(8 * byte) }
                next += size
                window = window << 32 | word << UInt64(8 * (4 - size))
                held += 32
            }
            output[index] = UInt32(truncatingIfNeeded: window >> UInt64(held - width) & mask)
            held -= width
        }
    }

    /// The list of `numbers`, of which the smallest is 0, as version 3 and later have it: plain, or with a table where that is shorter.
    static func bytes(_ numbers: [UInt32], largest: UInt32) -> [UInt8] {
        let width = 32 - largest.leadingZeroBitCount
        let count = numbers.count
        let (form, size): (UInt8, Int) = count < 256 ? (2, 1) : count < 65536 ? (1, 2) : (0, 4)
        let head = UInt8(width) | form << 6
        let counted = littleEndianBytes(UInt64(count), count: size)
        guard width > 0 else { return [head] + counted }
        let plain = (count * width + 7) / 8
        if width > 1, plain > 3 {
            let table = Set(numbers).sorted()
            let bits = Int.bitWidth - (table.count - 1).leadingZeroBitCount
            if table.count > 1, table.count < 255,
                1 + ((table.count - 1) * width + 7) / 8 + (count * bits + 7) / 8 < plain
            {
                var places: [UInt32: UInt32] = [:]
                for (place, number) in table.enumerated() { places[number] = UInt32(place) }
                return [head | 32] + counted + [UInt8(table.count)] + pack(Array(table.dropFirst()), width: width)
                    + pack(numbers.map { places[$0] ?? 0 }, width: bits)
            }
        }
        return [head] + counted + pack(numbers, width: width)
    }

    private static func pack(_ numbers: [UInt32], width: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((numbers.count * width + 7) / 8)
        var window: UInt64 = 0
        var held = 0
        for number in numbers {
            window |= UInt64(number) << UInt64(held)
            held += width
            while held >= 8 {
                result.append(UInt8(truncatingIfNeeded: window))
                window >>= 8
                held -= 8
            }
        }
        if held > 0 { result.append(UInt8(truncatingIfNeeded: window)) }
        return result
    }
}
