import ImageryBase
import Testing

@Suite struct RasterTests {
    @Test func samplesComeBackInOrder() throws {
        let raster = try Raster([1, 2, 3, 4, 5, 6] as [UInt16], shape: Shape(bands: 2, rows: 1, columns: 3))
        #expect(try raster.samples(as: UInt16.self) == [1, 2, 3, 4, 5, 6])
        #expect(throws: ImageryError.self) { try raster.samples(as: Int16.self) }
        #expect(try raster.withSamples(as: UInt16.self) { $0[4] } == 5)
        #expect(try Raster([1, 2] as [Float], rows: 1, columns: 2).shape == Shape(bands: 1, rows: 1, columns: 2))
    }

    @Test func impossibleShapesAreErrors() {
        for shape in [
            Shape(bands: 0, rows: 1, columns: 1), Shape(bands: 1, rows: -1, columns: 1), Shape(bands: .max, rows: .max, columns: 2),
        ] {
            #expect(throws: ImageryError.self) { _ = try Raster(.uint8, shape: shape) }
        }
        #expect(throws: ImageryError.self) { _ = try Raster([1] as [UInt8], shape: Shape(bands: 1, rows: 1, columns: 2)) }
        let error = #expect(throws: ImageryError.self) {
            _ = try Raster(.uint8, shape: Shape(bands: 1, rows: 1 << 30, columns: 1 << 30))
        }
        #expect(error?.kind == .limit)
    }

    @Test func aCopyIsNotChangedThroughTheOriginal() throws {
        var raster = try Raster([1, 2, 3] as [UInt8], rows: 1, columns: 3)
        let copy = raster
        try raster.withMutableBytes { bytes in bytes.storeBytes(of: 9, toByteOffset: 1, as: UInt8.self) }
        #expect(try raster.samples(as: UInt8.self) == [1, 9, 3])
        #expect(try copy.samples(as: UInt8.self) == [1, 2, 3])
        #expect(raster != copy)
    }

    @Test func cropsPickBandsAndPixels() throws {
        let raster = try Raster(Array(0..<24).map(UInt8.init), shape: Shape(bands: 2, rows: 3, columns: 4))
        let crop = try raster.crop(Window(x: 1, y: 1, width: 2, height: 2), bands: [1, 0, 1])
        #expect(try crop.samples(as: UInt8.self) == [17, 18, 21, 22, 5, 6, 9, 10, 17, 18, 21, 22])
        #expect(throws: ImageryError.self) { _ = try raster.crop(Window(x: 3, y: 0, width: 2, height: 1)) }
        #expect(throws: ImageryError.self) { _ = try raster.crop(Window(x: 0, y: 0, width: 1, height: 1), bands: [2]) }
    }

    @Test func largeRastersAreMappedAndWritable() throws {
        var raster = try Raster(.uint8, shape: Shape(bands: 1, rows: 2_100, columns: 2_048))
        try raster.withMutableBytes { bytes in
            bytes.storeBytes(of: 5, toByteOffset: 0, as: UInt8.self)
            bytes.storeBytes(of: 6, toByteOffset: bytes.byteCount - 1, as: UInt8.self)
        }
        #expect(raster.withBytes { unsafe $0.unsafeLoad(fromByteOffset: $0.byteCount - 1, as: UInt8.self) } == 6)
    }

    /// Made with `numpy.save` 2.4: shape (1, 2, 1), dtype complex64, values 1-2j and 3+4j.
    @Test func npyOfComplexIntegersIsComplexFloat() throws {
        var raster = try Raster(.complexInt16, shape: Shape(bands: 1, rows: 2, columns: 1))
        try raster.withMutableBytes { bytes in
            for (index, value) in [1, -2, 3, 4].enumerated() {
                bytes.storeBytes(of: Int16(value), toByteOffset: index * 2, as: Int16.self)
            }
        }
        let sink = MemorySink()
        try raster.writeNPY { sink.append($0) }
        let header = "{'descr': '<c8', 'fortran_order': False, 'shape': (1, 2, 1), }"
        #expect(Array(sink.bytes.prefix(10)) == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0])
        #expect(String(decoding: sink.bytes[10..<10 + header.count], as: UTF8.self) == header)
        #expect(sink.bytes[127] == 10)
        #expect(Array(sink.bytes[128...]) == [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40])
    }

    @Test func sampleValuesFitTheirTypeOrNot() {
        #expect(SampleValue(parsing: " -9999 \0")?.bytes(for: .int16) == [0xf1, 0xd8])
        #expect(SampleValue(parsing: "-9999")?.bytes(for: .uint16) == nil)
        #expect(SampleValue(parsing: "255.0")?.bytes(for: .uint8) == [255])
        #expect(SampleValue(parsing: "0.5")?.bytes(for: .uint8) == nil)
        #expect(SampleValue(parsing: "18446744073709551615")?.bytes(for: .uint64) == [UInt8](repeating: 255, count: 8))
        #expect(SampleValue(parsing: "1e300")?.bytes(for: .float32) == nil)
        #expect(SampleValue(parsing: "inf")?.bytes(for: .float32) == [0, 0, 0x80, 0x7f])
        #expect(SampleValue(parsing: "1")?.bytes(for: .float16) == [0, 0x3c])
        #expect(SampleValue(parsing: "2")?.bytes(for: .complexFloat32) == [0, 0, 0, 0x40, 0, 0, 0, 0])
        #expect(SampleValue(parsing: "none") == nil)
    }
}
