import Imagery
import ImageryPlumbing
import TestSupport
import Testing

/// A file of one image, read again, and what writing it told.
private func written(
    _ image: ImageAsset, as format: Format, _ change: (inout WriteOptions) -> Void = { _ in }
) throws -> (image: ImageAsset, notes: [WriteNote]) {
    var options = WriteOptions()
    options.date = 0
    change(&options)
    let sink = MemorySink()
    let result = try Dataset.write(into: sink, format: format, options: options) { try $0.add(image: image) }
    return (try Dataset(bytes: sink.bytes, format: format).image(), result.notes)
}

/// A TIFF of these samples, which says of them what `model` does.
private func source(
    _ samples: [UInt8], bands: Int, _ model: ColorModel, _ change: (inout WriteOptions) -> Void = { _ in }
) throws -> ImageAsset {
    var raster = try Raster(samples, shape: Shape(bands: bands, rows: 1, columns: samples.count / bands))
    raster.colorModel = model
    var options = WriteOptions()
    change(&options)
    return try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
}

private func bytes(_ image: ImageAsset) throws -> [UInt8] {
    try image.read().samples(as: UInt8.self)
}

private let lossless: [Format] = [.png, .jpeg2000, .nitf]

@Suite("What pixels mean, in other formats (S65, S66)") struct ColorWritingTests {
    @Test(arguments: lossless) func inksBecomeRGBByTheFormula(_ format: Format) throws {
        let image = try source([10, 200, 20, 0, 30, 100, 5, 100], bands: 4, .cmyk)
        let made = try written(image, as: format)
        #expect(made.image.colorModel.bands == ColorModel.rgb.bands)
        #expect(try bytes(made.image) == [240, 0, 230, 155, 220, 55])
        #expect(made.notes.map(\.field) == ["inks"])
    }

    @Test func inksStayInksInJPEG() throws {
        let image = try source([UInt8](repeating: 60, count: 256) + [UInt8](repeating: 120, count: 768), bands: 4, .cmyk)
        let made = try written(image, as: .jpeg) { $0.compression = .jpeg(quality: 100) }
        #expect(made.notes.isEmpty)
        #expect(made.image.colorModel.bands == ColorModel.cmyk.bands && made.image.colorModel.inksAreInverted)
        let samples = try bytes(made.image)
        #expect(
            samples[..<256].allSatisfy { abs(255 - Int($0) - 60) <= 1 }
                && samples[256...].allSatisfy { abs(255 - Int($0) - 120) <= 1 })
    }

    @Test(arguments: lossless) func darknessBecomesBrightnessWithoutANote(_ format: Format) throws {
        let made = try written(source([0, 1, 250, 255], bands: 1, ColorModel([.inverseGray])), as: format)
        #expect(try bytes(made.image) == [255, 254, 5, 0])
        #expect(made.image.colorModel.bands == [.gray] && made.notes.isEmpty)
    }

    @Test func aFourthBandIsNoOpacity() throws {
        let image = try source([1, 2, 3, 4], bands: 4, ColorModel([.red, .green, .blue, .undefined]))
        let png = try written(image, as: .png)
        #expect(try bytes(png.image) == [1, 2, 3])
        #expect(png.notes.map(\.field) == ["band 3"])
        for format in [Format.jpeg2000, .tiff] {
            let made = try written(image, as: format)
            #expect(made.image.colorModel.bands == [.red, .green, .blue, .undefined] && made.notes.isEmpty)
        }
        let nitf = try written(image, as: .nitf)
        #expect(nitf.image.metadata["IREP"]?.trimmed == "MULTI" && nitf.notes.isEmpty)
        #expect(nitf.image.metadata["BAND_INFO"]?.list?.map { $0["IREPBAND"]?.trimmed } == ["R", "G", "B", ""])
    }

    @Test func fourPlainBandsAreNoInks() throws {
        let image = try source([1, 2, 3, 4], bands: 4, ColorModel([.gray, .undefined, .undefined, .undefined]))
        for format in [Format.png, .jpeg] {
            #expect {
                try written(image, as: format)
            } throws: {
                ($0 as? ImageryError)?.kind == .misuse
            }
        }
        #expect(try written(image, as: .jpeg2000).notes.isEmpty)
    }

    @Test func multipliedColorsAreDividedForPNG() throws {
        let image = try source(
            [50, 0, 128, 255, 10, 0, 128, 255], bands: 4, ColorModel([.red, .green, .blue, .premultipliedAlpha]))
        let made = try written(image, as: .png)
        #expect(try bytes(made.image) == [100, 0, 255, 255, 20, 0, 128, 255])
        #expect(made.notes.map(\.field) == ["colors"])
        #expect(try written(image, as: .jpeg2000).image.colorModel.bands.last == .premultipliedAlpha)
    }

    @Test func numbersOfAPaletteStayButInJPEG() throws {
        var model = ColorModel([.paletteIndex])
        let colors: [(ColorModel.Meaning, [UInt16])] = [(.red, [255, 0, 9]), (.green, [0, 128, 8]), (.blue, [1, 2, 7])]
        model.lookupTable = LookupTable(
            channels: colors.map { LookupTable.Channel(band: 0, values: $0.1, meaning: $0.0) }, pixelType: .uint8)
        var raster = try Raster([0, 1, 2, 1] as [UInt8], rows: 1, columns: 4)
        raster.colorModel = model
        let image = try Dataset(bytes: raster.encoded(as: .png), format: .png).image()
        for format in [Format.tiff, .nitf, .jpeg2000, .png] {
            let made = try written(image, as: format)
            #expect(try bytes(made.image) == [0, 1, 2, 1] && made.notes.isEmpty)
            let table = made.image.colorModel.lookupTable?.palette ?? []
            #expect(table.prefix(3).map { [$0.red, $0.green, $0.blue] } == [[255, 0, 1], [0, 128, 2], [9, 8, 7]])
        }
        let jpeg = try written(image, as: .jpeg)
        #expect(jpeg.image.layout.shape.bands == 3 && jpeg.notes.map(\.field) == ["palette"])
    }

    @Test(arguments: [Format.tiff, .jpeg2000, .nitf]) func opacityBesideAPaletteIsTold(_ format: Format) throws {
        var model = ColorModel([.paletteIndex, .alpha])
        model.lookupTable = LookupTable(
            channels: [ColorModel.Meaning.red, .green, .blue].map { .init(band: 0, values: [0, 255, 9, 77], meaning: $0) },
            pixelType: .uint8)
        var raster = try Raster([0, 1, 2, 3, 255, 0, 7, 255] as [UInt8], shape: Shape(bands: 2, rows: 2, columns: 2))
        raster.colorModel = model
        let sink = MemorySink()
        let result = try raster.encode(as: format, into: sink)
        #expect(result.notes.map(\.field).contains("alpha"))
        let image = try Dataset(bytes: sink.bytes, format: format).image()
        #expect(try image.colorModel.bands == [.paletteIndex] && bytes(image) == [0, 1, 2, 3])
    }

    @Test func aMaskBecomesOpacityInPNG() throws {
        let image = try Raster([0, 1, 1, 0] as [UInt8], rows: 1, columns: 4)
        let mask = try Raster([0, 0, 1, 1] as [UInt8], rows: 1, columns: 4)
        var options = WriteOptions()
        options.bitsPerSample = 1
        let file = try Dataset.encoded(as: .tiff) {
            var bilevel = image
            bilevel.colorModel = .gray
            try $0.add(image: bilevel, options: options)
            try $0.add(image: mask, as: AssetKey.image(0).mask)
        }
        let dataset = try Dataset(bytes: file, format: .tiff)
        let sink = MemorySink()
        try Dataset.write(into: sink, format: .png) {
            try $0.add(image: dataset.image(.image(0)), as: .image(0))
            try $0.add(image: dataset.image(AssetKey.image(0).mask), as: AssetKey.image(0).mask)
        }
        // Samples of one bit beside opacity fill their bytes.
        let png = try Dataset(bytes: sink.bytes, format: .png).image()
        #expect(png.colorModel.bands == ColorModel.grayAlpha.bands)
        #expect(try bytes(png) == [0, 255, 255, 0, 0, 0, 255, 255])
    }

    /// NITF has pad values instead of masks, where one is asked for (S68).
    @Test func aMaskBecomesPadValuesInNITF() throws {
        let image = try Raster([10, 20, 30, 40, 50, 60] as [UInt16], shape: Shape(bands: 2, rows: 1, columns: 3))
        let mask = try Raster([255, 0, 255] as [UInt8], rows: 1, columns: 3)
        func written(_ mask: Raster, _ pad: SampleValue?) throws -> (image: ImageAsset, notes: [WriteNote]) {
            let sink = MemorySink()
            let result = try Dataset.write(into: sink, format: .nitf) {
                try $0.add(image: image, options: WriteOptions(padValue: pad))
                try $0.add(image: mask, as: AssetKey.image(0).mask)
            }
            return (try Dataset(bytes: sink.bytes, format: .nitf).image(), result.notes)
        }
        let padded = try written(mask, .integer(7))
        #expect(try padded.image.read().samples(as: UInt16.self) == [10, 7, 30, 40, 7, 60])
        #expect(padded.notes.contains { $0.field == "mask" && $0.change == .changed && $0.asset == AssetKey.image(0).mask })
        let plain = try written(mask, nil)
        #expect(try plain.image.read().samples(as: UInt16.self) == [10, 20, 30, 40, 50, 60])
        #expect(plain.notes.contains { $0.field == "mask" && $0.change == .dropped })
        let small = try Raster([255, 0] as [UInt8], rows: 1, columns: 2)
        #expect(#expect(throws: ImageryError.self) { _ = try written(small, .integer(7)) }?.kind == .misuse)
        #expect(#expect(throws: ImageryError.self) { _ = try written(mask, .integer(70_000)) }?.kind == .misuse)
    }

    @Test func samplesOfFewBitsFillPictures() throws {
        let gray = try source([0, 1, 2, 3], bands: 1, .gray) { $0.bitsPerSample = 2 }
        #expect(try bytes(written(gray, as: .png).image) == [0, 1, 2, 3])
        #expect(try bytes(written(gray, as: .jpeg2000).image) == [0, 1, 2, 3])
        let jpeg = try bytes(written(gray, as: .jpeg) { $0.compression = .losslessJPEG }.image)
        #expect(jpeg == [0, 85, 170, 255])
        let both = try source([0, 1, 2, 3, 3, 2, 1, 0], bands: 2, .grayAlpha) { $0.bitsPerSample = 2 }
        #expect(try bytes(written(both, as: .png).image) == [0, 85, 170, 255, 255, 170, 85, 0])
        #expect(try bytes(written(both, as: .tiff).image) == [0, 1, 2, 3, 3, 2, 1, 0])
    }

    @Test(arguments: [Format.png, .tiff, .jpeg2000, .nitf]) func opacityOfOneBitIsFull(_ format: Format) throws {
        var raster = try Raster([9, 8, 7, 6, 5, 4, 0, 1] as [UInt8], shape: Shape(bands: 4, rows: 1, columns: 2))
        raster.colorModel = .rgba
        for band in 0..<3 { raster.colorModel[detailsOf: band].significantBits = 8 }
        raster.colorModel[detailsOf: 3].significantBits = 1
        let made = try Dataset(bytes: raster.encoded(as: format), format: format).image()
        #expect(try bytes(made) == [9, 8, 7, 6, 5, 4, 0, 255])
    }

    /// Files with sBIT hold samples that are scaled up (PNG 3rd edition, 12.4): they have all the bits they are stored in.
    @Test func whatSamplesWereMadeOfIsNotTheirRange() throws {
        var raster = try Raster([0, 8, 123, 255] as [UInt8], rows: 1, columns: 4)
        raster.colorModel = .gray
        raster.colorModel[detailsOf: 0].originalBits = 5
        let png = try Dataset(bytes: raster.encoded(as: .png), format: .png).image()
        #expect(png.metadata["sBIT"]?["Gray"]?.int == 5)
        #expect(png.colorModel.details[0]?.originalBits == 5 && png.colorModel.details[0]?.significantBits == nil)
        for format in [Format.jpeg2000, .nitf, .tiff] {
            let made = try written(png, as: format)
            #expect(try bytes(made.image) == [0, 8, 123, 255])
            #expect(made.notes.map(\.field) == ["significant bits"])
        }
    }

    /// Components of JPEG 2000 have bits of their own, which SIZ and bpcc say (T.800 A.5.1, I.5.3.2).
    @Test(arguments: [false, true]) func unlikeBitsOfComponents(isHighThroughput: Bool) throws {
        var raster = try Raster([0, 31, 5, 9, 63, 0, 40, 1, 3, 31, 17, 2] as [UInt8], shape: Shape(bands: 3, rows: 2, columns: 2))
        raster.colorModel = .rgb
        for (band, bits) in [5, 6, 5].enumerated() { raster.colorModel[detailsOf: band].significantBits = bits }
        let sink = MemorySink()
        let choices = JPEG2000Choices(isHighThroughput: isHighThroughput)
        let result = try raster.encode(as: .jpeg2000, into: sink, options: WriteOptions(jpeg2000: choices))
        #expect(result.notes.isEmpty)
        let dataset = try Dataset(bytes: sink.bytes, format: .jpeg2000)
        #expect(dataset.validate() == [])
        let image = try dataset.image()
        #expect(try bytes(image) == raster.samples(as: UInt8.self))
        #expect((0..<3).map { image.colorModel.details[$0]?.significantBits } == [5, 6, 5])
        #expect(image.metadata["ihdr"]?["BPC"]?.int == 255)
        let depths = try #require(sink.bytes.firstRange(of: Array("bpcc".utf8)))
        #expect(Array(sink.bytes[depths.upperBound..<depths.upperBound + 3]) == [4, 5, 4])
        // ABPP is one for all bands of NITF; TIFF has MaxSampleValue of each.
        let nitf = try raster.encode(as: .nitf, into: MemorySink())
        #expect(nitf.notes.map(\.field) == ["significant bits"])
        let tiff = try Dataset(bytes: raster.encoded(as: .tiff), format: .tiff).image()
        #expect((0..<3).map { tiff.colorModel.details[$0]?.significantBits } == [5, 6, 5])
        // A picture has the brightest sample for all ones of each.
        let png = try bytes(Dataset(bytes: raster.encoded(as: .png), format: .png).image())
        #expect(png[1] == 255 && png[4] == 255 && png[9] == 255 && png[0] == 0 && png[5] == 0)
        // What does not fit its own component is refused, as is a transform of components that are unlike.
        raster.colorModel[detailsOf: 1].significantBits = 5
        raster.colorModel[detailsOf: 0].significantBits = 4
        #expect(#expect(throws: ImageryError.self) { try raster.encoded(as: .jpeg2000) }?.kind == .misuse)
        let transformed = WriteOptions(jpeg2000: JPEG2000Choices(transformsComponents: true))
        #expect(#expect(throws: ImageryError.self) { try raster.encoded(as: .jpeg2000, options: transformed) }?.kind == .misuse)
    }

    /// YCbCr601 of samples that were rounded comes back within 1.
    @Test func lumaAndDifferencesOfNITF() throws {
        var (samples, colors): ([[UInt8]], [[Int]]) = ([[], [], []], [])
        for red in stride(from: 0, through: 255, by: 51) {
            for green in stride(from: 0, through: 255, by: 51) {
                for blue in stride(from: 0, through: 255, by: 51) {
                    let (r, g, b) = (Double(red), Double(green), Double(blue))
                    let luma = 0.299 * r + 0.587 * g + 0.114 * b
                    let all = [luma, 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402]
                    for (band, value) in all.enumerated() { samples[band].append(UInt8(min(255, value.rounded()))) }
                    colors.append([red, green, blue])
                }
            }
        }
        var raster = try Raster(samples.flatMap { $0 }, shape: Shape(bands: 3, rows: 1, columns: colors.count))
        raster.colorModel = .yCbCr
        var metadata = Metadata(schema: .nitf)
        metadata["IREP"] = Value(text: "YCbCr601")
        metadata["BAND_INFO"] = Value(list: ["Y", "Cb", "Cr"].map { Value(group: [Metadata.Entry("IREPBAND", Value(text: $0))]) })
        var options = WriteOptions()
        options.compression = .uncompressed
        options.metadata = metadata
        let image = try Dataset(bytes: raster.encoded(as: .nitf, options: options), format: .nitf).image()
        #expect(image.colorModel.bands == ColorModel.yCbCr.bands)
        let got = try bytes(written(image, as: .png).image)
        for (pixel, color) in colors.enumerated() {
            #expect(color.enumerated().allSatisfy { abs(Int(got[$0 * colors.count + pixel]) - $1) <= 1 })
        }
    }
}

@Suite("Metadata in other formats (S66)") struct SharedMetadataTests {
    private static let packet = Array("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>".utf8)

    private static func image() throws -> ImageAsset {
        var metadata = Metadata(schema: .tiff)
        func text(_ words: String) -> Value { Value(.ascii, littleEndian: Array(words.utf8) + [0]) }
        metadata.entries = [
            .init("Make", code: 271, text("Maker")), .init("Orientation", code: 274, Value(6, .short)),
            .init("XResolution", code: 282, Value(.rational, littleEndian: [200, 0, 0, 0, 1, 0, 0, 0])),
            .init("YResolution", code: 283, Value(.rational, littleEndian: [100, 0, 0, 0, 1, 0, 0, 0])),
            .init("ResolutionUnit", code: 296, Value(2, .short)), .init("Artist", code: 315, text("Someone")),
            .init("XMLPacket", code: 700, Value(.byte, littleEndian: packet)),
            .init("ExifIFD", Value(group: [.init("ISOSpeedRatings", code: 34855, Value(400, .short))])),
        ]
        var options = WriteOptions()
        options.metadata = metadata
        var raster = try Raster([1, 2, 3, 4, 5, 6] as [UInt8], rows: 2, columns: 3)
        raster.colorModel = .gray
        raster.colorModel.orientation = .turned90
        return try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
    }

    @Test func exifPacketTextsAndResolutionGoAlong() throws {
        // From TIFF to each of the others and back.
        for format in [Format.png, .jpeg, .jpeg2000] {
            let made = try written(Self.image(), as: format)
            #expect(made.notes.map(\.field) == (format == .jpeg2000 ? ["orientation"] : []))
            let exif = made.image.metadata["EXIF"]
            #expect(exif?["Make"]?.text == "Maker" && exif?["Artist"]?.text == "Someone")
            #expect(exif?["ExifIFD"]?["ISOSpeedRatings"]?.int == 400)
            #expect(made.image.colorModel.orientation == (format == .jpeg2000 ? .upright : .turned90))
            let back = try written(made.image, as: .tiff)
            #expect(back.notes.isEmpty)
            #expect(back.image.metadata["Make"]?.text == "Maker" && back.image.metadata["Artist"]?.text == "Someone")
            #expect(back.image.metadata["ExifIFD"]?["ISOSpeedRatings"]?.int == 400)
            #expect(back.image.metadata["700"]?.bytes == Self.packet)
            let across = try #require(back.image.metadata["XResolution"]?.double)
            let down = try #require(back.image.metadata["YResolution"]?.double)
            let inch = back.image.metadata["ResolutionUnit"]?.int == 3 ? 2.54 : 1
            #expect(abs(across * inch - 200) < 0.02 && abs(down * inch - 100) < 0.02)
        }
    }

    @Test func whatHasNoPlaceIsNoted() throws {
        let made = try written(Self.image(), as: .nitf)
        #expect(Set(made.notes.map(\.field)) == ["EXIF", "XMP", "text Author", "resolution", "orientation"])
        #expect(throws: ImageryError.self) { try written(Self.image(), as: .nitf) { $0.losses = .refuse } }
        // What every file has is no loss.
        var raster = try Raster([1, 2] as [UInt8], rows: 1, columns: 2)
        raster.colorModel = .gray
        var options = WriteOptions()
        options.metadata = Metadata(schema: .tiff, entries: [.init("Software", code: 305, Value(text: "a program"))])
        let plain = try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
        for format in [Format.png, .jpeg, .jpeg2000, .nitf] { #expect(try written(plain, as: format).notes.isEmpty) }
    }

    @Test func codingWithLossIsRefusedWhereLossesAre() throws {
        let image = try source([UInt8](0..<64), bands: 1, .gray)
        func refusing(_ format: Format, _ compression: Compression?, _ image: ImageAsset) throws -> [WriteNote] {
            try written(image, as: format) {
                $0.compression = compression
                $0.losses = .refuse
            }.notes
        }
        for (format, compression) in [
            (Format.jpeg, nil), (.jpeg, .jpeg(quality: 90)), (.tiff, .jpeg(quality: 90)), (.tiff, .jpeg2000(rate: 1)),
            (.tiff, .lerc(maxError: 1)), (.jpeg2000, .jpeg2000(rate: 1)), (.nitf, .jpeg(quality: 90)), (.nitf, .jpeg2000(rate: 1)),
            (.tiff, .jpeg2000(quality: 90)), (.jpeg2000, .jpeg2000(quality: 90)), (.nitf, .jpeg2000(quality: 90)),
        ] as [(Format, Compression?)] {
            #expect(throws: ImageryError.self) { try refusing(format, compression, image) }
        }
        for (format, compression) in [
            (Format.jpeg, .losslessJPEG), (.tiff, .lerc()), (.tiff, .jpeg2000()), (.jpeg2000, nil), (.nitf, .losslessJPEG),
            (.nitf, nil),
        ] as [(Format, Compression?)] {
            #expect(try refusing(format, compression, image) == [])
        }
        // What nobody asked for is told: a NITF image is written as it was coded.
        let stored = try written(image, as: .nitf) { $0.compression = .jpeg(quality: 90) }
        #expect(stored.notes == [])
        #expect(try written(stored.image, as: .nitf).notes.map(\.field) == ["samples"])
        #expect(throws: ImageryError.self) { try refusing(.nitf, nil, stored.image) }
    }

    /// A pixel of 10 m, and numbers that are no resolution.
    @Test func resolutionsFarFromPaper() throws {
        func image(_ number: Double, unit: Int) throws -> ImageAsset {
            var options = WriteOptions()
            options.metadata = Metadata(
                schema: .tiff,
                entries: [
                    .init("XResolution", code: 282, Value(number)), .init("YResolution", code: 283, Value(number)),
                    .init("ResolutionUnit", code: 296, Value(unit, .short)),
                ])
            return try Dataset(
                bytes: Raster([1, 2] as [UInt8], rows: 1, columns: 2).encoded(as: .tiff, options: options), format: .tiff
            ).image()
        }
        let coarse = try image(0.001, unit: 3)
        for format in [Format.png, .jpeg] { #expect(try written(coarse, as: format).notes.map(\.field) == ["resolution"]) }
        let made = try written(coarse, as: .jpeg2000)
        let box = try #require(made.image.metadata["resd"])
        let numbers = ["HRN", "HRD", "HRE"].map { box[$0]?.int ?? 0 }
        #expect(made.notes.isEmpty && numbers[0] > 0 && numbers[2] < 0)
        #expect(abs(try #require(written(made.image, as: .tiff).image.metadata["XResolution"]?.double) - 0.001) < 1e-6)
        for number in [1e300, .infinity, .nan, -1, 0, 1e-300] {
            for format in [Format.png, .jpeg, .jpeg2000] {
                let made = try written(image(number, unit: 2), as: format)
                #expect(
                    made.notes.isEmpty && ["pHYs", "resd"].allSatisfy { made.image.metadata[$0] == nil }, "\(number) \(format)")
            }
        }
    }

    /// A number of no data that four bits do not have is that of no sample of eight bits.
    @Test func padValuesBeyondTheBits() throws {
        func filled(_ pad: Int64, bands: Int) throws -> PixelSource {
            var raster = try Raster([UInt8](repeating: 15, count: bands), shape: Shape(bands: bands, rows: 1, columns: 1))
            raster.colorModel = bands == 4 ? .rgba : .rgb
            var source = PixelSource(raster)
            source.layout.bitsPerPixel = 4
            source.layout.actualBitsPerPixel = 4
            source.layout.padValue = .integer(pad)
            return source.fillingBytes()
        }
        #expect(try filled(255, bands: 3).layout.padValue == nil)
        #expect(try filled(5, bands: 3).layout.padValue == .integer(85))
        #expect(try filled(5, bands: 4).layout.padValue == .integer(85))
    }

    @Test func textsOfPNG() throws {
        var metadata = Metadata(schema: .png)
        metadata.entries = [("Title", "A title"), ("Copyright", "© Someone")].map { keyword, text in
            .init("tEXt", Value(group: [.init("Keyword", Value(text: keyword)), .init("Text", Value(text: text))]))
        }
        var options = WriteOptions()
        options.metadata = metadata
        let png = try Dataset(
            bytes: Raster([1, 2] as [UInt8], rows: 1, columns: 2).encoded(as: .png, options: options), format: .png
        ).image()
        let tiff = try written(png, as: .tiff).image.metadata
        #expect(tiff["Copyright"]?.text == "© Someone")
        #expect(tiff["GDALMetadata"]?["Title"]?["value"]?.text == "A title")
        #expect(try written(png, as: .jpeg).image.metadata.all("COM").map(\.text).contains("Title: A title"))
    }
}
