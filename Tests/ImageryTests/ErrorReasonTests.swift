import Imagery
import TestSupport
import Testing

/// Errors of kind limit and unsupported carry a value that a program can match.
@Suite("Reasons of errors") struct ErrorReasonTests {
    @Test func aLimitSaysWhichAndHowMuch() throws {
        let bytes = try SampleFile.scene(bands: 3, rows: 24, columns: 20).encoded(as: .tiff)
        let options = ReadOptions(limits: Limits(maxPixelBytes: 100, maxExpansion: 0))
        let image = try Dataset(bytes: bytes, format: .tiff, options: options).image()
        let error = #expect(throws: ImageryError.self) { try image.read() }
        #expect(error?.kind == .limit)
        #expect(error?.reason == .limit(.maxPixelBytes, needed: 3 * 24 * 20, allowed: 100))
        #expect(error?.message.contains("limits.maxPixelBytes") == true)
    }

    @Test func aFeatureIsNamed() throws {
        let wide = try Raster(.float64, shape: Shape(bands: 1, rows: 4, columns: 4))
        let type = #expect(throws: ImageryError.self) { try wide.encoded(as: .png) }
        #expect(type?.kind == .unsupported && type?.reason == .feature(.pixelType))
        let many = try Raster(.uint8, shape: Shape(bands: 16_385, rows: 1, columns: 1))
        #expect(#expect(throws: ImageryError.self) { try many.encoded(as: .jpeg2000) }?.reason == .feature(.bands))
        let unknown = #expect(throws: ImageryError.self) { try Format(detecting: MemorySource([1, 2, 3, 4])) }
        #expect(unknown?.reason == .feature(.format))
        // A caller's mistake is no feature.
        #expect(
            #expect(throws: ImageryError.self) { try many.encoded(as: .tiff, options: WriteOptions(threads: 0)) }?.reason == nil)
    }

    @Test func aReasonSurvivesItsPlaceInAnotherFile() throws {
        let raster = try SampleFile.scene(bands: 1, rows: 24, columns: 20)
        let bytes = try raster.encoded(as: .nitf, options: WriteOptions(compression: .jpeg(quality: 80), date: 0))
        // The stream's frame header says 9 bits a sample, which no process has (T.81 Table B.2): SOF0 is FFC0, length, precision.
        let frame = try #require(
            bytes.indices.dropLast(4).first {
                bytes[$0] == 0xff && bytes[$0 + 1] == 0xc0 || bytes[$0] == 0xff && bytes[$0 + 1] == 0xc1
            })
        var changed = bytes
        changed[frame + 4] = 9
        let error = #expect(throws: ImageryError.self) { try Raster(bytes: changed, format: .nitf) }
        #expect(error?.kind == .unsupported && error?.reason == .feature(.pixelType), "\(String(describing: error))")
    }
}
