import Imagery
import ImageryPlumbing
import TestSupport
import Testing

/// Parts of files taken out, left out and put together.
@Suite struct PartsTests {
    private func misuse(_ error: any Error) -> Bool { (error as? ImageryError)?.kind == .misuse }

    /// A PNG with a text and EXIF that names a maker, `II*`, one directory.
    private func png() throws -> (file: [UInt8], exif: [UInt8]) {
        let exif: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x0f, 1, 2, 0, 3, 0, 0, 0, 0x41, 0x42, 0, 0, 0, 0, 0, 0]
        var options = WriteOptions()
        options.metadata = Metadata(
            schema: .png,
            entries: [
                .init("tEXt", Value(group: [.init("Keyword", Value(text: "Author")), .init("Text", Value(text: "somebody"))])),
                .init("eXIf", Value(bytes: exif)),
            ])
        return (try Raster([1, 2, 3, 4] as [UInt8], rows: 2, columns: 2).encoded(as: .png, options: options), exif)
    }

    @Test func partsAreTheBytesOfTheFile() throws {
        let (file, exif) = try png()
        let asset = try Dataset(bytes: file, format: .png).asset("image:0")
        #expect(asset.parts.map(\.name) == ["EXIF"])
        #expect(try asset.part("exif") == exif)
        #expect(try asset.part("tEXt/Text") == Array("somebody".utf8))
        #expect { try asset.part("tEXt") } throws: { misuse($0) }
        #expect { try asset.part("nothing") } throws: { misuse($0) }
    }

    /// A profile without tags goes with the colors, XMP and XML with the metadata, in every format that has a place for them.
    @Test(arguments: [Format.tiff, .jpeg, .jpeg2000, .png]) func profilesAndPacketsArePartsOfEveryFormat(format: Format) throws {
        var profile = [UInt8](repeating: 0, count: 132)
        profile.replaceSubrange(0..<4, with: [0, 0, 0, 132])
        profile.replaceSubrange(12..<20, with: Array("mntrRGB ".utf8))
        profile.replaceSubrange(36..<40, with: Array("acsp".utf8))
        let packet = Array("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>".utf8)
        var raster = try Raster([UInt8](0..<48), shape: Shape(bands: 3, rows: 4, columns: 4))
        raster.colorModel = .rgb
        raster.colorModel.profile = ICCProfile(profile)
        var options = WriteOptions()
        switch format {
        case .tiff:
            options.metadata = Metadata(schema: .tiff, entries: [.init("XMP", code: 700, Value(.byte, littleEndian: packet))])
        case .jpeg: options.metadata = Metadata(schema: .jpeg, entries: [.init("XMP", Value(bytes: packet))])
        case .jpeg2000: options.metadata = Metadata(schema: .jpeg2000, entries: [.init("xml", Value(bytes: packet))])
        default:
            let text: [Metadata.Entry] = [
                .init("Keyword", Value(text: "XML:com.adobe.xmp")),
                .init("Text", Value(text: String(decoding: packet, as: UTF8.self))),
            ]
            options.metadata = Metadata(schema: .png, entries: [.init("iTXt", Value(group: text))])
        }
        let asset = try Dataset(bytes: raster.encoded(as: format, options: options), format: format).asset("image:0")
        let name = format == .jpeg2000 ? "XML" : "XMP"
        #expect(Set(asset.parts.map(\.name)) == ["ICC", name])
        #expect(try asset.part("icc") == profile && asset.part(name) == packet)
    }

    @Test func aStrippedPNGHasItsPixelsOnly() throws {
        let sink = MemorySink()
        let names = try Dataset(bytes: png().file, format: .png).writeStripped(into: sink)
        #expect(Set(names) == ["tEXt", "eXIf"])
        let stripped = try Dataset(bytes: sink.bytes, format: .png)
        #expect(try stripped.image().read().samples(as: UInt8.self) == [1, 2, 3, 4])
        #expect(stripped.metadata.entries.allSatisfy { $0.name != "tEXt" } && !sink.bytes.contains("somebody"))
        #expect(stripped.diagnostics.isEmpty)
    }

    @Test func aStrippedTIFFKeepsItsOffsets() throws {
        var options = WriteOptions()
        options.metadata = Metadata(
            schema: .tiff,
            entries: [.init("Artist", code: 315, Value(text: "somebody")), .init("Software", code: 305, Value(text: "program"))])
        let raster = try Raster((0..<64).map { UInt16($0) }, rows: 8, columns: 8)
        let file = try raster.encoded(as: .tiff, options: options)
        #expect(file.contains("somebody"))
        let sink = MemorySink()
        let names = try Dataset(bytes: file, format: .tiff).writeStripped(into: sink)
        #expect(Set(names) == ["Artist", "Software"])
        #expect(sink.bytes.count == file.count && !sink.bytes.contains("somebody") && !sink.bytes.contains("program"))
        let stripped = try Dataset(bytes: sink.bytes, format: .tiff).image()
        #expect(try stripped.read() == raster)
        #expect(stripped.metadata["315"] == nil && stripped.metadata["256"]?.int == 8)
    }

    @Test func aStrippedNITFKeepsItsClassification() throws {
        let tiny = TinyNITF(images: [.init(width: 16, height: 16, bands: 1)])
        let sink = MemorySink()
        let names = try Dataset(bytes: tiny.bytes, format: .nitf).writeStripped(into: sink)
        #expect(names.contains("FTITLE") && names.contains("IDATIM") && !names.contains("FSCLAS"))
        let (before, after) = (try Dataset(bytes: tiny.bytes, format: .nitf), try Dataset(bytes: sink.bytes, format: .nitf))
        #expect(after.metadata["FTITLE"]?.trimmed == "" && after.metadata["FSCLAS"]?.bytes == before.metadata["FSCLAS"]?.bytes)
        #expect(try after.image().read() == before.image().read())
    }

    @Test func headersOfDescriptiveFieldsAreNotStripped() throws {
        var options = WriteOptions()
        let step = 1.0 / 120
        options.georeference = Georeference(
            affine: .init(
                originX: -8 - step / 2, originY: 43 + 12.5 * step, xPerColumn: step, xPerRow: 0, yPerColumn: 0, yPerRow: -step),
            crs: "EPSG:4326")
        let cell = try Raster((0..<13 * 9).map { Int16($0) }, rows: 13, columns: 9).encoded(as: .dted, options: options)
        #expect { try Dataset(bytes: cell, format: .dted).writeStripped(into: MemorySink()) } throws: {
            ($0 as? ImageryError)?.kind == .unsupported
        }
    }

    // MARK: Mosaics

    /// An image of 2 × 2 pixels of 10 m whose upper left corner is (x, y).
    private func tile(_ samples: [UInt8], x: Double, y: Double, pixel: Double = 10) throws -> ImageAsset {
        var options = WriteOptions()
        options.georeference = Georeference(
            affine: .init(originX: x, originY: y, xPerColumn: pixel, xPerRow: 0, yPerColumn: 0, yPerRow: -pixel), crs: "EPSG:32632")
        let file = try Raster(samples, rows: 2, columns: 2).encoded(as: .tiff, options: options)
        return try Dataset(bytes: file, format: .tiff).image()
    }

    private func samples(_ image: some ImageSource) throws -> [UInt8] {
        let sink = MemorySink()
        try Dataset.write(into: sink, format: .png) { writer in try writer.add(image: image) }
        return try Dataset(bytes: sink.bytes, format: .png).image().read().samples(as: UInt8.self)
    }

    @Test func tilesLieWhereTheirMapsSay() throws {
        let tiles = [try tile([1, 2, 3, 4], x: 600_020, y: 5_000_000), try tile([5, 6, 7, 8], x: 600_000, y: 5_000_010)]
        let mosaic = try MosaicImage(of: tiles)
        #expect(try samples(mosaic) == [5, 6, 0, 0, 7, 8, 1, 2, 0, 0, 3, 4])
        #expect(
            mosaic.georeference.affine
                == .init(originX: 600_000, originY: 5_000_010, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10))
        #expect(mosaic.georeference.crs == "EPSG:32632")
    }

    @Test func noDataLetsTheTileBelowThrough() throws {
        let below = try tile([1, 2, 3, 4], x: 0, y: 0).withNoData(.integer(9))
        let above = try tile([9, 6, 9, 8], x: 10, y: 0).withNoData(.integer(9))
        #expect(try samples(MosaicImage(of: [below, above])) == [1, 2, 6, 3, 4, 8])
        #expect(
            try samples(MosaicImage(of: [below, tile([5, 6, 7, 8], x: 0, y: -30)], noData: .integer(7))) == [
                1, 2, 3, 4, 7, 7, 5, 6, 7, 8,
            ])
    }

    @Test func tilesOfNoCommonGridAreRefused() throws {
        let first = try tile([1, 2, 3, 4], x: 0, y: 0)
        for other in [try tile([1, 2, 3, 4], x: 5, y: 0), try tile([1, 2, 3, 4], x: 20, y: 0, pixel: 20)] {
            #expect { try MosaicImage(of: [first, other]) } throws: { misuse($0) }
        }
        let nowhere = try Dataset(bytes: Raster([1] as [UInt8], rows: 1, columns: 1).encoded(as: .tiff), format: .tiff).image()
        #expect { try MosaicImage(of: [nowhere]) } throws: { misuse($0) }
        #expect { try MosaicImage(of: []) } throws: { misuse($0) }
    }
}

extension [UInt8] {
    /// True when the bytes of the text are among these.
    fileprivate func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return indices.contains { self[$0...].starts(with: wanted) }
    }
}
