import ImageryBase
import ImageryTIFF
import TestSupport
import Testing

/// Compressions 34712, 33003 and 33005: those whose bands are as stored are among the vectors of DecodingTests.
@Suite struct JPEG2000Tests {
    /// 33003 is YCbCr in the components, and becomes RGB (S58).
    @Test(arguments: jpeg2000Vectors) func yCbCr(vector: CodedVector) throws {
        let file = try TIFFFile(vector.bytes)
        #expect(file.diagnostics == [])
        let image = try file.image()
        #expect(image.layout.shape == Shape(bands: vector.bands, rows: vector.rows, columns: vector.columns))
        #expect(try checksum(image.read()) == vector.crc)
    }
}
