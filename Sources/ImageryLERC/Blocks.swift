// Values in small squares, each coded as it takes least.

extension BandDecoder {
    /// Squares row by row; of each the first of a pixel's values, then the next.
    mutating func readBlocks(_ reader: inout ByteReader) throws(LERCFailure) {
        let (rows, columns, side) = (header.shape.rows, header.shape.columns, header.microBlock)
        var codes: [UInt32] = []
        for top in stride(from: 0, to: rows, by: side) {
            for left in stride(from: 0, to: columns, by: side) {
                let square = Square(rows: top..<min(rows, top + side), columns: left..<min(columns, left + side))
                for index in 0..<header.shape.depth { try readBlock(&reader, square, index, &codes) }
            }
        }
    }

    struct Square {
        var rows: Range<Int>
        var columns: Range<Int>
    }

    private mutating func readBlock(
        _ reader: inout ByteReader, _ square: Square, _ index: Int, _ codes: inout [UInt32]
    ) throws(LERCFailure) {
        let head = Int(try reader.byte())
        let isDifference = header.version >= 5 && head & 4 != 0
        let place = square.columns.lowerBound >> 3
        guard header.version >= 5 ? head >> 2 & 14 == place & 14 : head >> 2 & 15 == place & 15, !isDifference || index > 0 else {
            throw .badBlock
        }
        switch head & 3 {
        case 2:
            forEachValid(square, index) { values, at in values[at] = isDifference ? values[at - 1] : T(lerc: 0) }
        case 0:
            guard !isDifference else { throw .badBlock }
            var count = 0
            forEachValid(square, index) { _, _ in count += 1 }
            let bytes = try unsafe reader.bytes(count * MemoryLayout<T>.size)
            var offset = 0
            forEachValid(square, index) { values, at in
                values[at] = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: T.self)
                offset += MemoryLayout<T>.size
            }
        case let kind:
            let offset = try reader.number(try offsetType(head >> 6, isDifference: isDifference))
            let most = header.version >= 4 && header.shape.depth > 1 ? maxima[index] : header.maximum
            if kind == 3 {
                forEachValid(square, index) { values, at in
                    values[at] = T(lerc: isDifference ? min(offset + values[at - 1].lercNumber, most) : offset)
                }
                return
            }
            var count = 0
            forEachValid(square, index) { _, _ in count += 1 }
            try BitStuffer.read(&reader, version: header.version, expected: count, into: &codes)
            let step = 2 * header.maxError
            var next = 0
            forEachValid(square, index) { values, at in
                var value = offset + Double(codes[next]) * step
                if isDifference { value += values[at - 1].lercNumber }
                values[at] = T(lerc: min(value, most))
                next += 1
            }
        }
    }

    /// The places of value `index` of the square's valid pixels.
    @inline(__always)
    private mutating func forEachValid(_ square: Square, _ index: Int, _ body: (inout [T], Int) -> Void) {
        let (columns, depth) = (header.shape.columns, header.shape.depth)
        for row in square.rows {
            for pixel in row * columns + square.columns.lowerBound..<row * columns + square.columns.upperBound
            where mask[pixel] != 0 {
                body(&values, pixel * depth + index)
            }
        }
    }

    /// The type of a block's offset: smaller ones are numbered by two bits.
    private func offsetType(_ code: Int, isDifference: Bool) throws(LERCFailure) -> LERCType {
        let isFloat = T.lercType == .float32 || T.lercType == .float64
        let types = OffsetTypes.of(isDifference && !isFloat ? .int32 : T.lercType)
        guard code < types.count else { throw .badBlock }
        return types[code]
    }
}

/// The types that offsets of blocks may have.
enum OffsetTypes {
    /// By the code in a block's header.
    static func of(_ type: LERCType) -> [LERCType] {
        switch type {
        case .int8: [.int8]
        case .uint8: [.uint8]
        case .int16: [.int16, .uint8, .int8]
        case .uint16: [.uint16, .uint8]
        case .int32: [.int32, .uint16, .int16, .uint8]
        case .uint32: [.uint32, .uint16, .uint8]
        case .float32: [.float32, .int16, .uint8]
        case .float64: [.float64, .float32, .int32, .int16]
        }
    }
}
