import ImageryBase
import TestSupport
import Testing

/// A raster with a model as an image of a format.
private struct Picture: ImageSource {
    var raster: Raster
    var layout: ImageLayout
    var colorModel: ColorModel

    init<S: Sample>(
        as _: S.Type, _ samples: [S], bands: Int, columns: Int, _ model: ColorModel, bits: Int? = nil, pad: SampleValue? = nil
    ) throws {
        let rows = samples.count / bands / columns
        raster = try Raster(samples, shape: Shape(bands: bands, rows: rows, columns: columns))
        layout = ImageLayout(
            shape: raster.shape, pixelType: raster.pixelType, bitsPerPixel: bits, blockWidth: columns, blockHeight: rows,
            padValue: pad)
        colorModel = model
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [] }
    func makeReader(_ context: ReadContext) -> any ImageReader { RasterReader(raster) }
}

private func samples(_ image: any ImageSource) throws -> [[UInt8]] {
    let raster = try image.read()
    return try (0..<raster.bands).map { band in
        try raster.crop(Window(x: 0, y: 0, width: raster.width, height: raster.height), bands: [band]).samples(as: UInt8.self)
    }
}

@Suite("What samples mean (S65)") struct ColorModelTests {
    @Test func aChoiceOfBandsChoosesTheirMeanings() throws {
        var model = ColorModel.rgba
        model.profile = ICCProfile([UInt8](repeating: 0, count: 36) + Array("acsp".utf8) + [UInt8](repeating: 0, count: 100))
        model[detailsOf: 2].name = "blue light"
        let turned = model.selecting([2, 1, 0])
        #expect(turned.bands == [.blue, .green, .red])
        #expect(turned.details == [0: model[detailsOf: 2]])
        #expect(turned.profile?.bytes?.count == 140)
        // A profile is about all colors.
        #expect(model.selecting([3, 0]).profile == nil)
        #expect(model.selecting([3, 0]).bands == [.alpha, .red])
        #expect(model.selecting([0, 1, 2, 3]).profile != nil)
    }

    @Test func aTableGoesWithItsBand() {
        var model = ColorModel([.gray, .paletteIndex])
        model.lookupTable = LookupTable(
            channels: [.init(band: 1, values: [1, 2], meaning: .red)], pixelType: .uint8)
        #expect(model.selecting([1]).lookupTable?.channels.first?.band == 0)
        #expect(model.selecting([0]).lookupTable == nil)
    }

    @Test func arrangementsNeedAllColors() {
        #expect(ColorModel([.blue, .alpha, .red, .green]).arrangement.colors == [2, 3, 0])
        #expect(ColorModel([.blue, .alpha, .red, .green]).arrangement.alpha == 1)
        #expect(ColorModel([.red, .green]).arrangement.space == .none)
        #expect(ColorModel([.red, .green, .blue, .undefined]).arrangement.others == [3])
        #expect(ColorModel.undefined(4).arrangement.space == .none)
        #expect(ColorModel([.paletteIndex]).arrangement.space == .none)
    }
}

@Suite("Colors converted by published formulas (S65)") struct ColorConversionTests {
    @Test func inksWithoutAProfile() throws {
        let image = try Picture(as: UInt8.self, [0, 100, 255, 0, 0, 30, 0, 0, 200, 0, 10, 50], bands: 4, columns: 3, .cmyk)
        #expect(try samples(image.converted(to: .rgb)) == [[255, 145, 0], [255, 245, 175], [255, 245, 5]])
        var inverted = ColorModel.cmyk
        inverted.inksAreInverted = true
        let other = try Picture(
            as: UInt8.self, [255, 155, 0, 255, 255, 225, 255, 255, 55, 255, 245, 205], bands: 4, columns: 3, inverted)
        #expect(try samples(other.converted(to: .rgb)) == samples(image.converted(to: .rgb)))
        #expect(try samples(other.converted(to: .cmyk)) == samples(image))
    }

    @Test func darknessOfTwelveBitsAndItsPadValue() throws {
        let image = try Picture(
            as: UInt16.self, [0, 4095, 1000], bands: 1, columns: 3, ColorModel([.inverseGray]), bits: 12, pad: .integer(0))
        let seen = try image.converted(to: .gray)
        #expect(try seen.read().samples(as: UInt16.self) == [4095, 0, 3095])
        #expect(seen.layout.padValue == .integer(4095))
        #expect(seen.colorModel.bands == [.gray])
    }

    /// JFIF 1.02: R = Y + 1.402 (Cr - 128), G = Y - 0.34414 (Cb - 128) - 0.71414 (Cr - 128), B = Y + 1.772 (Cb - 128).
    @Test func lumaAndColorDifferences() throws {
        let image = try Picture(
            as: UInt8.self, [128, 76, 150, 16, 128, 85, 44, 240, 128, 255, 21, 16], bands: 3, columns: 4, .yCbCr)
        #expect(try samples(image.converted(to: .rgb)) == [[128, 254, 0, 0], [128, 0, 255, 57], [128, 0, 1, 214]])
        var video = ColorModel.yCbCr
        video.differences.isFullRange = false
        let ends = try Picture(as: UInt8.self, [16, 235, 128, 128, 128, 128], bands: 3, columns: 2, video)
        #expect(try samples(ends.converted(to: .rgb)) == [[0, 255], [0, 255], [0, 255]])
    }

    /// Black, white, gray and two colors under D50, against Little CMS 2.
    @Test func labUnderD50() throws {
        let image = try Picture(
            as: UInt8.self, [0, 255, 137, 140, 180, 128, 128, 128, 150, 108, 128, 128, 128, 98, 160], bands: 3, columns: 5,
            ColorModel([.lightness, .greenToRed, .blueToYellow]))
        let seen = try samples(image.converted(to: .rgb))
        let wanted: [[Int]] = [[1, 254, 128, 149, 151], [0, 255, 128, 119, 182], [1, 254, 128, 184, 112]]
        for band in 0..<3 {
            for (value, other) in zip(seen[band], wanted[band]) { #expect(abs(Int(value) - other) <= 2) }
        }
    }

    @Test func paletteWithOpacity() throws {
        var model = ColorModel([.paletteIndex])
        model.lookupTable = LookupTable(
            channels: [ColorModel.Meaning.red, .green, .blue].enumerated().map {
                .init(band: 0, values: [UInt16($0.offset), 100, 200], meaning: $0.element)
            }, pixelType: .uint8, alpha: [0, 128])
        let image = try Picture(as: UInt8.self, [0, 1, 2, 7], bands: 1, columns: 4, model)
        #expect(
            try samples(image.converted(to: .rgba)) == [
                [0, 100, 200, 0], [1, 100, 200, 0], [2, 100, 200, 0], [0, 128, 255, 255],
            ])
        #expect(try image.converted(to: .gray).layout.shape.bands == 1)
    }

    @Test func transparentColorsAndMultipliedOnes() throws {
        var model = ColorModel.rgb
        model.transparentColor = [1, 2, 3]
        let image = try Picture(as: UInt8.self, [1, 1, 2, 2, 3, 4], bands: 3, columns: 2, model)
        #expect(try samples(image.converted(to: .rgba)) == [[1, 1], [2, 2], [3, 4], [0, 255]])
        let multiplied = try Picture(
            as: UInt8.self, [128, 10, 0, 64, 0, 0, 0, 5, 0, 128, 10, 0], bands: 4, columns: 3,
            ColorModel([.red, .green, .blue, .premultipliedAlpha]))
        #expect(try samples(multiplied.converted(to: .rgba)) == [[255, 255, 0], [128, 0, 0], [0, 128, 0], [128, 10, 0]])
    }

    @Test func ordersAndGraysAndWhatHasNoFormula() throws {
        let image = try Picture(as: Float.self, [1, 2, 3, 4], bands: 4, columns: 1, ColorModel([.alpha, .blue, .green, .red]))
        #expect(try image.converted(to: .rgb).read().samples(as: Float.self) == [4, 3, 2])
        let gray = try Picture(as: UInt8.self, [10, 20], bands: 1, columns: 2, .gray)
        #expect(try samples(gray.converted(to: .rgba)) == [[10, 20], [10, 20], [10, 20], [255, 255]])
        let color = try Picture(as: UInt8.self, [255, 0, 0], bands: 3, columns: 1, .rgb)
        #expect(try samples(color.converted(to: .gray)) == [[76]])
        let plain = try Picture(as: UInt8.self, [1, 2, 3, 4], bands: 4, columns: 1, .undefined(4))
        #expect(#expect(throws: ImageryError.self) { try plain.converted(to: .rgb) }?.kind == .unsupported)
        #expect(#expect(throws: ImageryError.self) { try color.converted(to: .cmyk) }?.kind == .unsupported)
    }

    @Test func anyWindowOfABandIsPartOfTheWhole() throws {
        let numbers = (0..<4 * 70 * 30).map { UInt8(truncatingIfNeeded: $0 * 7 / 3) }
        let image = try Picture(as: UInt8.self, numbers, bands: 4, columns: 70, .cmyk).converted(to: .rgb)
        let whole = try image.read()
        let window = Window(x: 11, y: 3, width: 20, height: 9)
        #expect(try image.read(window, bands: [2, 0, 2]) == whole.crop(window, bands: [2, 0, 2]))
    }
}
