// The first generation: "CntZImage ", bands of float32.

enum Lerc1 {
    static let key = Array("CntZImage ".utf8)

    /// The header of a band; leaves `reader` behind it.
    static func header(_ reader: inout ByteReader) throws(LERCFailure) -> (shape: LERCShape, maxError: Double) {
        guard try unsafe reader.bytes(10).elementsEqual(key), try reader.int32() == 11, try reader.int32() == 8 else {
            throw .badKey
        }
        let rows = try reader.int32()
        let columns = try reader.int32()
        let maxError = try reader.double()
        let shape = LERCShape(rows: rows, columns: columns, depth: 1, type: .float32)
        guard rows > 0, columns > 0, shape.values != nil, maxError >= 0, maxError.isFinite else { throw .badHeader }
        return (shape, maxError)
    }

    /// The next band. The mask stands before the first one.
    static func decode(
        _ reader: inout ByteReader, _ shape: LERCShape, isFirst: Bool, mask: inout [UInt8]
    ) throws(LERCFailure) -> [Float] {
        let header = try header(&reader)
        guard header.shape == shape else { throw .otherShape }
        let pixels = shape.rows * shape.columns
        if isFirst {
            let part = try part(&reader)
            var inner = part.bytes
            if part.tileRows == 0, part.tileColumns == 0 {
                if inner.remaining == 0 {
                    mask = [UInt8](repeating: part.maximum > 0 ? 1 : 0, count: pixels)
                } else {
                    try Mask.readRuns(&inner, pixels: pixels, into: &mask)
                }
            } else {
                var counts = [Float](repeating: 0, count: pixels)
                try forEachTile(shape, part) { rows, columns throws(LERCFailure) in
                    try readCounts(&inner, rows, columns, shape.columns, part.maximum, &counts)
                }
                mask = counts.map { $0 > 0 ? 1 : 0 }
            }
        }
        var values = [Float](repeating: 0, count: pixels)
        let part = try part(&reader)
        var inner = part.bytes
        var codes: [UInt32] = []
        try forEachTile(shape, part) { rows, columns throws(LERCFailure) in
            try readValues(&inner, rows, columns, shape.columns, header.maxError, part.maximum, mask, &codes, &values)
        }
        return values
    }

    private struct Part {
        var tileRows: Int
        var tileColumns: Int
        var maximum: Float
        var bytes: ByteReader
    }

    private static func part(_ reader: inout ByteReader) throws(LERCFailure) -> Part {
        let rows = try reader.int32()
        let columns = try reader.int32()
        let size = try reader.int32()
        let maximum = Float(try reader.float())
        guard rows >= 0, columns >= 0 else { throw .badHeader }
        return Part(tileRows: rows, tileColumns: columns, maximum: maximum, bytes: unsafe ByteReader(try reader.bytes(size)))
    }

    /// Tiles of equal size and, where rows or columns are left, smaller ones behind them.
    private static func forEachTile(
        _ shape: LERCShape, _ part: Part, _ body: (Range<Int>, Range<Int>) throws(LERCFailure) -> Void
    ) throws(LERCFailure) {
        guard (1...shape.rows).contains(part.tileRows), (1...shape.columns).contains(part.tileColumns) else { throw .badHeader }
        let (height, width) = (shape.rows / part.tileRows, shape.columns / part.tileColumns)
        for top in stride(from: 0, to: shape.rows, by: height) {
            for left in stride(from: 0, to: shape.columns, by: width) {
                // The tile behind the last whole one has what is left.
                let bottom = top / height >= part.tileRows ? shape.rows : min(shape.rows, top + height)
                let right = left / width >= part.tileColumns ? shape.columns : min(shape.columns, left + width)
                try body(top..<bottom, left..<right)
                if right == shape.columns { break }
            }
            if top / height >= part.tileRows { break }
        }
    }

    private static func offset(_ reader: inout ByteReader, _ code: UInt8) throws(LERCFailure) -> Float {
        switch code {
        case 0: Float(try reader.float())
        case 1: Float(try reader.int16())
        case 2: Float(try reader.int8())
        default: throw .badBlock
        }
    }

    private static func readCounts(
        _ reader: inout ByteReader, _ rows: Range<Int>, _ columns: Range<Int>, _ width: Int, _ maximum: Float,
        _ counts: inout [Float]
    ) throws(LERCFailure) {
        let head = try reader.byte()
        var codes: [UInt32] = []
        var base: Float = 0
        let kind = head & 63
        guard kind <= 4 else { throw .badBlock }
        if kind == 1 {
            base = try offset(&reader, head >> 6)
            try readList(&reader, rows.count * columns.count, &codes)
        }
        var next = 0
        for row in rows {
            for column in columns {
                let value: Float
                switch kind {
                case 2: value = 0
                case 3: value = -1
                case 4: value = 1
                case 0: value = Float(try reader.float())
                default: value = base + Float(codes[next])
                }
                next += 1
                counts[row * width + column] = min(value, maximum)
            }
        }
    }

    private static func readValues(
        _ reader: inout ByteReader, _ rows: Range<Int>, _ columns: Range<Int>, _ width: Int, _ maxError: Double,
        _ maximum: Float, _ mask: [UInt8], _ codes: inout [UInt32], _ values: inout [Float]
    ) throws(LERCFailure) {
        let head = try reader.byte()
        let kind = head & 63
        guard kind <= 3 else { throw .badBlock }
        if kind == 2 { return }
        var base: Float = 0
        if kind != 0 { base = try offset(&reader, head >> 6) }
        if kind == 1 {
            var count = 0
            for row in rows { for column in columns where mask[row * width + column] != 0 { count += 1 } }
            try readList(&reader, count, &codes)
        }
        var next = 0
        for row in rows {
            for column in columns where mask[row * width + column] != 0 {
                let place = row * width + column
                switch kind {
                case 0: values[place] = Float(try reader.float())
                case 3: values[place] = base
                default:
                    values[place] = min(Float(Double(base) + Double(codes[next]) * 2 * maxError), maximum)
                    next += 1
                }
            }
        }
    }

    private static func readList(_ reader: inout ByteReader, _ expected: Int, _ codes: inout [UInt32]) throws(LERCFailure) {
        let head = try reader.byte()
        let count =
            switch head >> 6 {
            case 0: try reader.int32()
            case 1: try reader.uint16()
            case 2: Int(try reader.byte())
            default: throw .badBlock
            }
        let bits = Int(head & 63)
        guard count == expected, bits < 32 else { throw .badBlock }
        try BitStuffer.unpack(&reader, version: 1, count: count, width: bits, into: &codes)
    }
}
