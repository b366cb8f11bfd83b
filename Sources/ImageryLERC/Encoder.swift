// Values to a band of Lerc2 version 4: header, mask, ranges, and squares coded as they take least.

import ImageryPlumbing

/// Encodes bands as Lerc2 version 4, the version that GDAL writes.
public enum LERCEncoder {
    /// Appends the band of `shape` whose `values` lie row after row, those of a pixel together, in native byte order.
    ///
    /// No valid value differs by more than `maxError`, at least 0; integers of an error under 1 lose nothing. `valid` has one byte a pixel, 0 where the values mean nothing; nil
    /// when all mean something. Throws `otherShape` when there are too few bytes, `badHeader` when the band would have more than 2 GiB.
    public static func encode(
        _ values: UnsafeRawBufferPointer, shape: LERCShape, valid: [UInt8]?, maxError: Double, into output: inout [UInt8]
    ) throws(LERCFailure) {
        guard let pixels = shape.pixels, let count = shape.values, let size = checkedProduct(count, shape.type.byteCount),
            values.count >= size, valid.map({ $0.count >= pixels }) ?? true, maxError >= 0, maxError.isFinite
        else { throw .otherShape }
        switch shape.type {
        case .int8: try unsafe encode(Int8.self, values, shape, valid, maxError, &output)
        case .uint8: try unsafe encode(UInt8.self, values, shape, valid, maxError, &output)
        case .int16: try unsafe encode(Int16.self, values, shape, valid, maxError, &output)
        case .uint16: try unsafe encode(UInt16.self, values, shape, valid, maxError, &output)
        case .int32: try unsafe encode(Int32.self, values, shape, valid, maxError, &output)
        case .uint32: try unsafe encode(UInt32.self, values, shape, valid, maxError, &output)
        case .float32: try unsafe encode(Float.self, values, shape, valid, maxError, &output)
        case .float64: try unsafe encode(Double.self, values, shape, valid, maxError, &output)
        }
    }

    private static func encode<T: LERCSample>(
        _: T.Type, _ bytes: UnsafeRawBufferPointer, _ shape: LERCShape, _ valid: [UInt8]?, _ maxError: Double,
        _ output: inout [UInt8]
    ) throws(LERCFailure) {
        var band = BandEncoder<T>(shape, valid: valid, maxError: maxError)
        for index in band.values.indices {
            band.values[index] = unsafe bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
        }
        let start = output.count
        output += band.encoded()
        let size = output.count - start
        guard size <= Int(Int32.max) else { throw .badHeader }
        func patch(_ value: UInt32, at offset: Int) {
            for (index, byte) in littleEndianBytes(UInt64(value), count: 4).enumerated() { output[start + offset + index] = byte }
        }
        patch(UInt32(size), at: Lerc2Header.sizeOffset)
        let checksum = unsafe output.withUnsafeBytes {
            unsafe fletcher32(UnsafeRawBufferPointer(rebasing: $0[(start + Lerc2Header.checkedFrom)...]))
        }
        patch(checksum, at: Lerc2Header.checkedFrom - 4)
    }
}

/// One band on its way.
struct BandEncoder<T: LERCSample> {
    let shape: LERCShape
    let mask: [UInt8]
    /// Twice the error, and the error as the header has it: 0.5 for integers without loss.
    let step: Double
    let maxError: Double
    var values: [T]
    private var isInteger: Bool { T.lercType != .float32 && T.lercType != .float64 }

    init(_ shape: LERCShape, valid: [UInt8]?, maxError: Double) {
        self.shape = shape
        mask = valid ?? [UInt8](repeating: 1, count: shape.rows * shape.columns)
        let isInteger = T.lercType != .float32 && T.lercType != .float64
        // Steps of integers are whole numbers.
        self.maxError = isInteger ? max(0.5, maxError.rounded(.down)) : maxError
        step = 2 * self.maxError
        values = [T](repeating: T(lerc: 0), count: shape.rows * shape.columns * shape.depth)
    }

    /// The band with zeros for its checksum and size.
    func encoded() -> [UInt8] {
        let depth = shape.depth
        let validCount = mask.count { $0 != 0 }
        var minima = [Double](repeating: .infinity, count: depth)
        var maxima = [Double](repeating: -.infinity, count: depth)
        for pixel in mask.indices where mask[pixel] != 0 {
            for index in 0..<depth {
                let value = values[pixel * depth + index].lercNumber
                minima[index] = min(minima[index], value)
                maxima[index] = max(maxima[index], value)
            }
        }
        let minimum = validCount > 0 ? minima.min() ?? 0 : 0
        let maximum = validCount > 0 ? maxima.max() ?? 0 : 0
        let header = Lerc2Header(shape, validCount: validCount, maxError: maxError, minimum: minimum, maximum: maximum)
        var bytes = header.bytes
        let runs = validCount == 0 || validCount == mask.count ? [] : Mask.runs(mask)
        bytes += littleEndianBytes(UInt64(runs.count), count: 4) + runs
        guard validCount > 0, minimum < maximum else { return bytes }
        for number in minima + maxima { append(T(lerc: number), to: &bytes) }
        if minima == maxima { return bytes }
        var blocks: [UInt8] = [0]
        // Bytes without loss may also come in Huffman codes, which are not made here.
        if (T.lercType == .uint8 || T.lercType == .int8) && maxError == 0.5 { blocks.append(0) }
        appendBlocks(to: &blocks, maxima: maxima)
        let plain = validCount * depth * MemoryLayout<T>.size
        guard blocks.count > plain else { return bytes + blocks }
        bytes.append(1)
        for pixel in mask.indices where mask[pixel] != 0 {
            for index in pixel * depth..<(pixel + 1) * depth { append(values[index], to: &bytes) }
        }
        return bytes
    }

    private func append(_ value: T, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
    }

    private func appendBlocks(to bytes: inout [UInt8], maxima: [Double]) {
        let side = 8
        var block: [T] = []
        for top in stride(from: 0, to: shape.rows, by: side) {
            for left in stride(from: 0, to: shape.columns, by: side) {
                for index in 0..<shape.depth {
                    block.removeAll(keepingCapacity: true)
                    for row in top..<min(shape.rows, top + side) {
                        let first = row * shape.columns
                        for pixel in first + left..<first + min(shape.columns, left + side) where mask[pixel] != 0 {
                            block.append(values[pixel * shape.depth + index])
                        }
                    }
                    appendBlock(block, column: left, most: shape.depth > 1 ? maxima[index] : maxima.max() ?? 0, to: &bytes)
                }
            }
        }
    }

    /// A block of valid values: all 0, one value, codes, or as they are, with a few bits of its place.
    private func appendBlock(_ block: [T], column: Int, most: Double, to bytes: inout [UInt8]) {
        let check = UInt8(column >> 3 & 15) << 2
        guard let low = block.min(), let high = block.max(), low != high || low != T(lerc: 0) else {
            bytes.append(check | 2)
            return
        }
        let offset = low.lercNumber
        if low == high {
            appendOffset(offset, head: check | 3, to: &bytes)
            return
        }
        if let codes = codes(block, offset: offset, high: high.lercNumber, most: most) {
            var coded: [UInt8] = []
            appendOffset(offset, head: check | 1, to: &coded)
            coded += BitStuffer.bytes(codes, largest: codes.max() ?? 0)
            if coded.count < 1 + block.count * MemoryLayout<T>.size {
                bytes += coded
                return
            }
        }
        bytes.append(check)
        for value in block { append(value, to: &bytes) }
    }

    /// Steps from `offset`; nil when there are too many, or a value would differ by more than it may.
    private func codes(_ block: [T], offset: Double, high: Double, most: Double) -> [UInt32]? {
        guard step > 0, (high - offset) / step < Double(1 << 30) else { return nil }
        var codes: [UInt32] = []
        codes.reserveCapacity(block.count)
        for value in block {
            let number = value.lercNumber
            let code = ((number - offset) / step + 0.5).rounded(.down)
            let decoded = T(lerc: min(offset + code * step, most))
            guard isInteger && maxError == 0.5 ? decoded == value : abs(decoded.lercNumber - number) <= maxError else { return nil }
            codes.append(UInt32(code))
        }
        return codes
    }

    /// A block's first byte and its offset, in the smallest type that holds it.
    private func appendOffset(_ offset: Double, head: UInt8, to bytes: inout [UInt8]) {
        let types = OffsetTypes.of(T.lercType)
        var best = 0
        for (code, type) in types.enumerated() where type.byteCount < types[best].byteCount && type.holds(offset) { best = code }
        bytes.append(head | UInt8(best) << 6)
        switch types[best] {
        case .int8: bytes.append(UInt8(bitPattern: Int8(offset)))
        case .uint8: bytes.append(UInt8(offset))
        case .int16: bytes += littleEndianBytes(UInt64(UInt16(bitPattern: Int16(offset))), count: 2)
        case .uint16: bytes += littleEndianBytes(UInt64(UInt16(offset)), count: 2)
        case .int32: bytes += littleEndianBytes(UInt64(UInt32(bitPattern: Int32(offset))), count: 4)
        case .uint32: bytes += littleEndianBytes(UInt64(UInt32(offset)), count: 4)
        case .float32: bytes += littleEndianBytes(UInt64(Float(offset).bitPattern), count: 4)
        case .float64: bytes += littleEndianBytes(offset.bitPattern, count: 8)
        }
    }
}

extension LERCType {
    /// True when `number` is one of the type, exactly.
    func holds(_ number: Double) -> Bool {
        switch self {
        case .int8: Int8(exactly: number) != nil
        case .uint8: UInt8(exactly: number) != nil
        case .int16: Int16(exactly: number) != nil
        case .uint16: UInt16(exactly: number) != nil
        case .int32: Int32(exactly: number) != nil
        case .uint32: UInt32(exactly: number) != nil
        case .float32: Float(exactly: number) != nil
        case .float64: true
        }
    }
}
