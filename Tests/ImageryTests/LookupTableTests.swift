import Imagery
import Testing

@Suite("Palettes and look-up tables (S58)") struct LookupTableTests {
    private let numbers: [UInt8] = (0..<48).map { $0 % 6 }
    private let colors: [UInt8] = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150]

    private func image(_ format: Format, _ change: (inout WriteOptions) -> Void) throws -> ImageAsset {
        var options = WriteOptions()
        change(&options)
        let raster = try Raster(numbers.map { format == .png ? $0 % 5 : $0 }, rows: 6, columns: 8)
        return try Dataset(bytes: raster.encoded(as: format, options: options), format: format).image()
    }

    @Test func aPaletteGivesThreeBands() throws {
        let image = try image(.png) {
            $0.metadata = Metadata(schema: .png, entries: [.init("PLTE", Value(bytes: colors))])
        }
        #expect(try image.read().samples(as: UInt8.self) == numbers.map { $0 % 5 })
        let seen = try image.applyingLookupTable()
        #expect(seen.layout.shape == Shape(bands: 3, rows: 6, columns: 8))
        let whole = try seen.read()
        let wanted = (0..<3).flatMap { band in numbers.map { colors[Int($0 % 5) * 3 + band] } }
        #expect(try whole.samples(as: UInt8.self) == wanted)
        let window = Window(x: 2, y: 1, width: 5, height: 3)
        #expect(try seen.read(window: window, bands: [2, 0, 2]) == whole.crop(window, bands: [2, 0, 2]))
        #expect(throws: ImageryError.self) { try seen.read(bands: [3]) }
    }

    @Test func sixteenBitsOfTIFFAndNumbersWithoutAColor() throws {
        let map = (0..<3 * 256).map { UInt16(truncatingIfNeeded: $0 % 256 < 5 ? 1000 * ($0 % 256) + $0 / 256 : 0) }
        let image = try image(.tiff) { options in
            options.metadata = Metadata(
                schema: .tiff,
                entries: [
                    .init("PhotometricInterpretation", code: 262, Value(3, .short)),
                    .init("ColorMap", code: 320, Value(.short, littleEndian: map.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })),
                ])
        }
        let seen = try image.applyingLookupTable()
        #expect(seen.layout.pixelType == .uint16)
        let wanted = (0..<3).flatMap { band in numbers.map { $0 == 5 ? UInt16(0) : 1000 * UInt16($0) + UInt16(band) } }
        #expect(try seen.read().samples(as: UInt16.self) == wanted)
    }

    @Test func whatHasNoTableSaysSo() throws {
        let image = try image(.png) { _ in }
        #expect(image.lookupTable == nil)
        let error = #expect(throws: ImageryError.self) { try image.applyingLookupTable() }
        #expect(error?.kind == .misuse)
    }
}
