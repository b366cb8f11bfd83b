import Imagery
import ImageryPlumbing
import TestSupport
import Testing

/// A TIFF of one row of eight-bit pixels.
private func tiff(_ samples: [UInt8], bands: Int, photometric: Int, _ more: (TIFFBuilder) -> [TIFFBuilder.Field] = { _ in [] })
    throws -> ImageAsset
{
    var builder = TIFFBuilder(data: samples)
    let fields = [
        builder.long(256, samples.count / bands), builder.long(257, 1),
        builder.field(258, type: 3, count: bands, [UInt8](repeating: 0, count: bands).flatMap { _ in [8, 0] }),
        builder.short(259, 1), builder.short(262, photometric), builder.long(273, builder.dataOffset), builder.short(277, bands),
        builder.long(278, 1), builder.long(279, samples.count),
    ]
    builder.directories = [(fields + more(builder)).sorted { $0.tag < $1.tag }]
    return try Dataset(bytes: builder.bytes, format: .tiff).image()
}

/// A JP2 file of a codestream that this library writes, with these boxes in its header behind ihdr.
private func jp2(_ samples: [UInt8], bands: Int, _ boxes: [(String, [UInt8])]) throws -> Dataset {
    var options = WriteOptions()
    var choices = JPEG2000Choices()
    choices.wrapping = .bare
    choices.transformsComponents = false
    options.jpeg2000 = choices
    let raster = try Raster(samples, shape: Shape(bands: bands, rows: 1, columns: samples.count / bands))
    let stream = try raster.encoded(as: .jpeg2000, options: options)
    func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    func box(_ type: String, _ body: [UInt8]) -> [UInt8] { number(body.count + 8) + Array(type.utf8) + body }
    let header = box("ihdr", number(1) + number(raster.width) + [0, UInt8(bands), 7, 7, 0, 0]) + boxes.flatMap { box($0.0, $0.1) }
    let file =
        box("jP  ", [13, 10, 0x87, 10]) + box("ftyp", Array("jp2 ".utf8) + [0, 0, 0, 0] + Array("jp2 ".utf8)) + box("jp2h", header)
        + box("jp2c", stream)
    return try Dataset(bytes: file, format: .jpeg2000)
}

private func enumerated(_ code: UInt8) -> (String, [UInt8]) { ("colr", [1, 0, 0, 0, 0, 0, code]) }

/// A cdef box of (channel, type, association).
private func definitions(_ list: [(Int, Int, Int)], count: Int? = nil) -> (String, [UInt8]) {
    func two(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)] }
    return ("cdef", two(count ?? list.count) + list.flatMap { two($0.0) + two($0.1) + two($0.2) })
}

@Suite("What the formats say of their samples (S65)") struct FormatColorTests {
    @Test func photometricInterpretationAndExtraSamples() throws {
        #expect(try tiff([1, 2], bands: 1, photometric: 0).colorModel.bands == [.inverseGray])
        #expect(try tiff([1, 2, 3, 4], bands: 4, photometric: 5).colorModel.bands == ColorModel.cmyk.bands)
        #expect(try tiff([1, 2, 3, 4], bands: 4, photometric: 1).colorModel.bands == [.gray, .undefined, .undefined, .undefined])
        #expect(try tiff([1, 2, 3, 4], bands: 4, photometric: 2).colorModel.bands == [.red, .green, .blue, .undefined])
        for (code, meaning) in [(0, ColorModel.Meaning.undefined), (1, .premultipliedAlpha), (2, .alpha)] {
            let image = try tiff([1, 2, 3, 4], bands: 4, photometric: 2) { [$0.short(338, code)] }
            #expect(image.colorModel.bands == [.red, .green, .blue, meaning])
        }
        // Fewer bands than the colors have.
        #expect(try tiff([1, 2], bands: 2, photometric: 2).colorModel.bands == [.undefined, .undefined])
        let turned = try tiff([1, 2], bands: 1, photometric: 1) { [$0.short(274, 6)] }
        #expect(turned.colorModel.orientation == .turned90)
    }

    @Test func theItemsOfGDAL() throws {
        let text = """
            <GDALMetadata><Item name="COLORINTERP" sample="3" role="colorinterp">Alpha</Item>
            <Item name="DESCRIPTION" sample="0" role="description">R band</Item>
            <Item name="OFFSET" sample="1" role="offset">-5</Item><Item name="SCALE" sample="1" role="scale">0.5</Item>
            <Item name="UNITTYPE" sample="1" role="unittype">K</Item>
            <Item name="CENTRAL_WAVELENGTH_UM" sample="2" domain="IMAGERY">0.49</Item></GDALMetadata>\0
            """
        let model = try tiff([1, 2, 3, 4], bands: 4, photometric: 2) {
            [$0.field(42112, type: 2, count: text.utf8.count, Array(text.utf8)), $0.short(338, 0)]
        }.colorModel
        #expect(model.bands == ColorModel.rgba.bands)
        #expect(model.details[0]?.name == "R band")
        #expect(model.details[1]?.scale == 0.5)
        #expect(model.details[1]?.offset == -5)
        #expect(model.details[1]?.unit == "K")
        #expect(model.details[2]?.wavelength == 490)
    }

    @Test func channelsAsCdefOrdersThem() throws {
        let file = try jp2([1, 2, 3], bands: 3, [enumerated(16), definitions([(0, 0, 3), (1, 0, 2), (2, 0, 1)])])
        #expect(try file.image().colorModel.bands == [.blue, .green, .red])
        #expect(file.diagnostics.isEmpty)
        let opaque = try jp2([1, 2, 3, 4], bands: 4, [enumerated(16), definitions([(0, 1, 0), (1, 0, 1), (2, 0, 2), (3, 0, 3)])])
        #expect(try opaque.image().colorModel.bands == [.alpha, .red, .green, .blue])
        #expect(try jp2([1, 2, 3], bands: 3, [enumerated(18)]).image().colorModel.bands == ColorModel.yCbCr.bands)
    }

    @Test(arguments: [
        [(0, 0, 1), (1, 0, 1), (2, 0, 3)], [(0, 0, 1), (1, 0, 2), (7, 0, 3)], [(0, 0, 1), (0, 0, 2), (2, 0, 3)],
        [(0, 0, 0), (1, 0, 0), (2, 0, 0)], [(0, 0, 1), (1, 5, 2), (2, 0, 3)], [(0, 0, 1), (1, 0, 9), (2, 0, 3)], [],
    ])
    func cdefThatContradictsIsNotUsed(_ list: [(Int, Int, Int)]) throws {
        let file = try jp2([1, 2, 3], bands: 3, [enumerated(16), definitions(list)])
        #expect(try file.image().colorModel.bands == ColorModel.rgb.bands)
        #expect(file.diagnostics.contains { $0.context == "JP2 cdef" })
    }

    @Test func colrThatContradictsIsNotUsed() throws {
        let gray = try jp2([1, 2, 3], bands: 3, [enumerated(17)])
        #expect(try gray.image().colorModel.bands == [.undefined, .undefined, .undefined])
        #expect(gray.diagnostics.contains { $0.context == "JP2 colr" })
        let color = try jp2([1], bands: 1, [enumerated(16), enumerated(17)])
        #expect(try color.image().colorModel.bands == [.gray])
        #expect(color.diagnostics.count == 1)
        // Unknown ones say nothing, which is no fault.
        let other = try jp2([1, 2, 3], bands: 3, [enumerated(99)])
        #expect(try other.image().colorModel.isUndefined)
        #expect(other.diagnostics.isEmpty)
    }

    @Test func writtenFilesHaveOneSoundColorSpace() throws {
        // An unknown space, and a resolution of zeros, have no place in a JP2 file.
        let zeros = ("res ", [0, 0, 0, 18] + Array("resc".utf8) + [UInt8](repeating: 0, count: 10))
        let file = try jp2([1, 2, 3], bands: 3, [enumerated(99), zeros])
        let sink = MemorySink()
        let result = try Dataset.write(into: sink, format: .jpeg2000) { try $0.add(image: file.image()) }
        #expect(result.notes.map(\.field).sorted() == ["color space", "resolution"])
        let written = try Dataset(bytes: sink.bytes, format: .jpeg2000).image()
        #expect(written.metadata.all("colr").map { $0["EnumCS"]?.int } == [17] && written.metadata["resc"] == nil)
        #expect(written.colorModel.bands == [.gray, .undefined, .undefined])
    }

    @Test func noDataInEverySpelling() throws {
        func pad(_ text: String) throws -> SampleValue? {
            try tiff([1], bands: 1, photometric: 1) {
                [$0.field(42113, type: 2, count: text.utf8.count + 1, Array(text.utf8) + [0])]
            }
            .layout.padValue
        }
        #expect(try pad("12.5") == .integer(13) && pad("0x10") == .integer(0) && pad("7,0") == .integer(7))
        #expect(try pad("-9999") == nil && pad("nan") == nil && pad("255") == .integer(255))
    }

    @Test func aRasterKnowsWhatItsBandsAre() throws {
        let image = try tiff([1, 2, 3, 4, 5, 6, 7, 8], bands: 4, photometric: 2) { [$0.short(338, 2)] }
        let chip = try image.read(window: Window(x: 1, y: 0, width: 1, height: 1), bands: [3, 0])
        #expect(chip.colorModel.bands == [.alpha, .red])
        #expect(try Raster([1, 2, 3] as [UInt8], rows: 1, columns: 3).colorModel.bands == [.undefined])
    }
}
