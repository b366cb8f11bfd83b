extension Raster {
    /// The raster as a NumPy array file (.npy version 1.0) of shape (bands, rows, columns).
    ///
    /// NumPy has no complex integers: complex Int16 becomes complex64 and complex Int32 complex128 (S51). Throws what `append` throws.
    public func writeNPY(_ append: (RawSpan) throws -> Void) throws {
        let mark =
            switch pixelType {
            case .uint8: "u1"
            case .uint16: "u2"
            case .uint32: "u4"
            case .uint64: "u8"
            case .int8: "i1"
            case .int16: "i2"
            case .int32: "i4"
            case .int64: "i8"
            case .float16: "f2"
            case .float32: "f4"
            case .float64: "f8"
            case .complexInt16, .complexFloat32: "c8"
            case .complexInt32, .complexFloat64: "c16"
            }
        #if _endian(little)
            let order = mark.hasSuffix("1") && mark.count == 2 ? "|" : "<"
        #else
            let order = mark.hasSuffix("1") && mark.count == 2 ? "|" : ">"
        #endif
        var header =
            "{'descr': '\(order)\(mark)', 'fortran_order': False, 'shape': (\(shape.bands), \(shape.rows), \(shape.columns)), }"
        // Magic, version, length and header fill a multiple of 64 bytes; the last is a line end.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let count = header.utf8.count
        let start: [UInt8] =
            [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, UInt8(count & 0xff), UInt8(count >> 8)] + Array(header.utf8)
        try unsafe append(start.span.bytes)
        switch pixelType {
        case .complexInt16: try appendWidened(Int16.self, Float.self, append)
        case .complexInt32: try appendWidened(Int32.self, Double.self, append)
        default: try withBytes(append)
        }
    }

    private func appendWidened<N: FixedWidthInteger & BitwiseCopyable, F: BinaryFloatingPoint & BitwiseCopyable>(
        _: N.Type, _: F.Type, _ append: (RawSpan) throws -> Void
    ) throws {
        let rowNumbers = shape.columns * 2
        var row = [F](repeating: 0, count: rowNumbers)
        try withBytes { bytes in
            for start in stride(from: 0, to: bytes.byteCount, by: rowNumbers * MemoryLayout<N>.size) {
                for index in 0..<rowNumbers {
                    row[index] = F(
                        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start + index * MemoryLayout<N>.size, as: N.self))
                }
                try unsafe append(row.span.bytes)
            }
        }
    }
}
