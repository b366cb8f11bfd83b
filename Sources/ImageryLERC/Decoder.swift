// The bands of a stream and the parts of a band, in their order: header, mask, ranges, values.

import ImageryPlumbing

/// Decodes LERC streams: Lerc2 versions 1 to 6 and Lerc1.
public enum LERCDecoder {
    /// What a stream holds by the header of its first band. Lerc1 has one value a pixel, of type float32.
    public static func shape(_ stream: UnsafeRawBufferPointer) throws(LERCFailure) -> LERCShape {
        var reader = unsafe ByteReader(stream)
        if unsafe stream.starts(with: Lerc1.key) { return try Lerc1.header(&reader).shape }
        return try Lerc2Header(&reader).shape
    }

    /// Decodes all bands of a stream, each of `shape`.
    ///
    /// `values` gets band after band, in each row after row, the values of a pixel together, in native byte order; `valid` one byte a pixel and band: 1, or 0 where the values mean
    /// nothing and are 0. Both hold as many bands as `bands`; returns how many there were. Throws `otherShape` when a band is of another shape, or there are more of them.
    public static func decode(
        _ stream: UnsafeRawBufferPointer, shape: LERCShape, bands: Int, into values: UnsafeMutableRawBufferPointer,
        valid: UnsafeMutableRawBufferPointer
    ) throws(LERCFailure) -> Int {
        guard let pixels = shape.pixels, let count = shape.values, let all = checkedProduct(count, shape.type.byteCount, bands),
            let masks = checkedProduct(pixels, bands), values.count >= all, valid.count >= masks
        else { throw .otherShape }
        return switch shape.type {
        case .int8: try unsafe decode(Int8.self, stream, shape, bands, values, valid)
        case .uint8: try unsafe decode(UInt8.self, stream, shape, bands, values, valid)
        case .int16: try unsafe decode(Int16.self, stream, shape, bands, values, valid)
        case .uint16: try unsafe decode(UInt16.self, stream, shape, bands, values, valid)
        case .int32: try unsafe decode(Int32.self, stream, shape, bands, values, valid)
        case .uint32: try unsafe decode(UInt32.self, stream, shape, bands, values, valid)
        case .float32: try unsafe decode(Float.self, stream, shape, bands, values, valid)
        case .float64: try unsafe decode(Double.self, stream, shape, bands, values, valid)
        }
    }

    private static func decode<T: LERCSample>(
        _: T.Type, _ stream: UnsafeRawBufferPointer, _ shape: LERCShape, _ bands: Int, _ values: UnsafeMutableRawBufferPointer,
        _ valid: UnsafeMutableRawBufferPointer
    ) throws(LERCFailure) -> Int {
        var reader = unsafe ByteReader(stream)
        let pixels = shape.rows * shape.columns
        let bandBytes = pixels * shape.depth * MemoryLayout<T>.size
        var mask: [UInt8] = []
        var band = 0
        let isFirstGeneration = unsafe stream.starts(with: Lerc1.key)
        while reader.remaining > 0 {
            // GDAL's writer leaves three zeros behind the bands of the first generation.
            if isFirstGeneration, band > 0, !reader.startsWith(Lerc1.key) { break }
            guard band < bands else { throw .otherShape }
            let samples: [T]
            if isFirstGeneration {
                guard shape.depth == 1, shape.type == .float32 else { throw .otherShape }
                samples = try Lerc1.decode(&reader, shape, isFirst: band == 0, mask: &mask).map { T(lerc: Double($0)) }
            } else {
                samples = try decodeBand(&reader, shape, isFirst: band == 0, mask: &mask)
            }
            unsafe samples.withUnsafeBytes {
                unsafe (values.baseAddress! + band * bandBytes).copyMemory(from: $0.baseAddress!, byteCount: bandBytes)
            }
            unsafe mask.withUnsafeBytes {
                unsafe (valid.baseAddress! + band * pixels).copyMemory(from: $0.baseAddress!, byteCount: pixels)
            }
            band += 1
        }
        guard band > 0 else { throw .truncated }
        return band
    }

    /// One band of Lerc2.
    private static func decodeBand<T: LERCSample>(
        _ reader: inout ByteReader, _ shape: LERCShape, isFirst: Bool, mask: inout [UInt8]
    ) throws(LERCFailure) -> [T] {
        let start = reader.position
        let header = try Lerc2Header(&reader)
        guard header.shape == shape else { throw .otherShape }
        var inner = reader
        inner.end(at: start + header.byteCount)
        _ = try unsafe reader.bytes(start + header.byteCount - reader.position)
        try Mask.read(
            &inner, pixels: shape.rows * shape.columns, validCount: header.validCount, isFirst: isFirst, into: &mask)
        var band = BandDecoder<T>(header, mask: mask)
        try band.decode(&inner)
        return band.values
    }
}

/// The values of one band.
struct BandDecoder<T: LERCSample> {
    let header: Lerc2Header
    let mask: [UInt8]
    var values: [T]
    /// Of each of a pixel's values the largest that there is.
    var maxima: [Double]

    /// `header` was checked against the shape that the caller has memory for.
    init(_ header: Lerc2Header, mask: [UInt8]) {
        self.header = header
        self.mask = mask
        values = [T](repeating: T(lerc: 0), count: header.shape.rows * header.shape.columns * header.shape.depth)
        maxima = [Double](repeating: header.maximum, count: header.shape.depth)
    }

    mutating func decode(_ reader: inout ByteReader) throws(LERCFailure) {
        let depth = header.shape.depth
        guard header.validCount > 0 else { return }
        guard header.minimum < header.maximum else { return fill([Double](repeating: header.minimum, count: depth)) }
        if header.version >= 4 {
            var minima: [Double] = []
            for _ in 0..<depth { minima.append(try reader.number(T.lercType)) }
            for index in 0..<depth { maxima[index] = try reader.number(T.lercType) }
            if minima == maxima { return fill(minima) }
        }
        if try reader.byte() != 0 {
            try readPlain(&reader)
        } else {
            try readCoded(&reader)
        }
        if let noData = header.noData {
            let (from, to) = (T(lerc: noData.internal), T(lerc: noData.original))
            for pixel in mask.indices where mask[pixel] != 0 {
                for index in pixel * depth..<(pixel + 1) * depth where values[index] == from { values[index] = to }
            }
        }
    }

    /// All valid pixels have the same values.
    private mutating func fill(_ pixel: [Double]) {
        let converted = pixel.map { T(lerc: $0) }
        for place in mask.indices where mask[place] != 0 {
            for (index, value) in converted.enumerated() { values[place * converted.count + index] = value }
        }
    }

    /// All values of valid pixels, as they are.
    private mutating func readPlain(_ reader: inout ByteReader) throws(LERCFailure) {
        let depth = header.shape.depth
        let size = MemoryLayout<T>.size
        let bytes = try unsafe reader.bytes(header.validCount * depth * size)
        var offset = 0
        for pixel in mask.indices where mask[pixel] != 0 {
            for index in 0..<depth {
                values[pixel * depth + index] = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: T.self)
                offset += size
            }
        }
    }

    private mutating func readCoded(_ reader: inout ByteReader) throws(LERCFailure) {
        let type = T.lercType
        let isByte = type == .uint8 || type == .int8
        let isFloat = type == .float32 || type == .float64
        var mode = 0
        if isByte && header.version >= 2 && header.maxError == 0.5 || isFloat && header.version >= 6 && header.maxError == 0 {
            mode = Int(try reader.byte())
        }
        switch mode {
        case 0: try readBlocks(&reader)
        case 1 where isByte: try readHuffman(&reader, isDelta: true)
        case 2 where isByte && header.version >= 4: try readHuffman(&reader, isDelta: false)
        case 3 where isFloat: values = try FloatPlanes.read(&reader, header.shape)
        default: throw .badBlock
        }
    }

    /// Bytes in one code for all.
    private mutating func readHuffman(_ reader: inout ByteReader, isDelta: Bool) throws(LERCFailure) {
        let shape = header.shape
        let table = try HuffmanReader(&reader, version: header.version)
        var bits = unsafe WordBits(try reader.bytes(reader.remaining))
        // Symbols of signed bytes count from -128.
        let bias: UInt8 = T.lercType == .int8 ? 128 : 0
        var bytes = [UInt8](repeating: 0, count: values.count)
        if isDelta {
            for index in 0..<shape.depth {
                var last: UInt8 = 0
                for row in 0..<shape.rows {
                    for column in 0..<shape.columns {
                        let pixel = row * shape.columns + column
                        guard mask[pixel] != 0 else { continue }
                        // The neighbour to the left, else the one above, else the last value there was.
                        if column > 0, mask[pixel - 1] != 0 {
                            last = bytes[(pixel - 1) * shape.depth + index]
                        } else if row > 0, mask[pixel - shape.columns] != 0 {
                            last = bytes[(pixel - shape.columns) * shape.depth + index]
                        }
                        last = last &+ (try table.next(&bits) &- bias)
                        bytes[pixel * shape.depth + index] = last
                    }
                }
            }
        } else {
            for pixel in mask.indices where mask[pixel] != 0 {
                for index in pixel * shape.depth..<(pixel + 1) * shape.depth {
                    bytes[index] = try table.next(&bits) &- bias
                }
            }
        }
        let signed = bias != 0
        for index in bytes.indices {
            values[index] = T(lerc: signed ? Double(Int8(bitPattern: bytes[index])) : Double(bytes[index]))
        }
    }
}
