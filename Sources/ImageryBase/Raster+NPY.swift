import ImageryKernels

/// A NumPy array file (.npy version 1.0) of shape (bands, rows, columns).
///
/// NumPy has no complex integers: complex Int16 becomes complex64 and complex Int32 complex128 (S51).
public struct NPYLayout: Sendable {
    private let pixelType: PixelType
    private let shape: Shape

    /// The file of samples of this type and shape.
    public init(_ pixelType: PixelType, _ shape: Shape) {
        self.pixelType = pixelType
        self.shape = shape
    }

    /// Bytes of a sample in the file.
    public var sampleBytes: Int {
        switch pixelType {
        case .complexInt16, .complexInt32: 2 * pixelType.byteCount
        default: pixelType.byteCount
        }
    }

    /// What stands before the samples.
    public var header: [UInt8] {
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
        return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, UInt8(count & 0xff), UInt8(count >> 8)] + Array(header.utf8)
    }
}

extension Raster {
    /// The raster as a NumPy array file; see ``NPYLayout``. Throws what `append` throws.
    public func writeNPY(_ append: (RawSpan) throws -> Void) throws {
        let start = NPYLayout(pixelType, shape).header
        try unsafe append(start.span.bytes)
        try writeNPYSamples(append)
    }

    /// The samples alone, as such a file has them.
    public func writeNPYSamples(_ append: (RawSpan) throws -> Void) throws {
        switch pixelType {
        case .complexInt16, .complexInt32: try appendWidened(append)
        default: try withBytes(append)
        }
    }

    /// Appends complex integers row by row as complex floats of twice the size.
    private func appendWidened(_ append: (RawSpan) throws -> Void) throws {
        var row = [UInt8](repeating: 0, count: rowByteCount * 2)
        try withBytes { bytes in
            for start in stride(from: 0, to: bytes.byteCount, by: rowByteCount) {
                // Source: one row of this raster; destination: twice its bytes.
                unsafe row.withUnsafeMutableBytes { target in
                    unsafe bytes.extracting(start..<start + rowByteCount).withUnsafeBytes { source in
                        if pixelType == .complexInt16 {
                            unsafe Conversion.complexInt16ToFloat32(
                                source.baseAddress!, into: target.baseAddress!, count: shape.columns)
                        } else {
                            unsafe Conversion.complexInt32ToFloat64(
                                source.baseAddress!, into: target.baseAddress!, count: shape.columns)
                        }
                    }
                }
                try unsafe append(row.span.bytes)
            }
        }
    }
}
