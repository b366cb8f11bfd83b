import ImageryBase
import ImageryJPEG
import TestSupport
import Testing

/// Entries back to marker segments (S64).
@Suite struct EncoderMetadataTests {
    private func written(_ metadata: Metadata, bands: Int = 1) throws -> [UInt8] {
        var options = JPEGEncoder.Options()
        options.metadata = metadata
        let raster = try Raster([UInt8](repeating: 100, count: bands * 64), shape: Shape(bands: bands, rows: 8, columns: 8))
        let layout = ImageLayout(shape: raster.shape, pixelType: .uint8, blockWidth: 8, blockHeight: 8)
        let sink = MemorySink()
        try JPEGEncoder.encode(layout, from: RasterReader(raster), options: options, into: sink)
        return sink.bytes
    }

    private func again(_ metadata: Metadata, bands: Int = 1) throws -> Metadata {
        let file = try JPEGFile(MemorySource(written(metadata, bands: bands)))
        #expect(file.diagnostics.isEmpty)
        return try #require(file.assets.first).makeMetadata()
    }

    private func metadata(_ entries: (String, Value)...) -> Metadata {
        Metadata(schema: .jpeg, entries: entries.map { Metadata.Entry($0.0, $0.1) })
    }

    @Test func entriesComeBack() throws {
        let tags = Value(group: [
            Metadata.Entry("Orientation", code: 274, Value(6, .short)),
            Metadata.Entry("ExifIFD", code: 34665, Value(77, .long)),
            Metadata.Entry(
                "ExifIFD", Value(group: [Metadata.Entry("ISOSpeedRatings", code: 34855, Value(400, .short))])),
        ])
        let given = metadata(
            ("EXIF", tags), ("XMP", Value(text: "<x/>")), ("COM", Value(text: "one")), ("COM", Value(text: "two")),
            ("APP9", Value(bytes: [1, 2, 3])))
        let found = try again(given)
        #expect(found["EXIF"]?["Orientation"]?.int == 6)
        #expect(found["EXIF"]?.group?.entries.compactMap { $0.value["ISOSpeedRatings"]?.int } == [400])
        #expect(found["XMP"]?.text == "<x/>")
        #expect(found.all("COM").map(\.text) == ["one", "two"])
        #expect(found["APP9"]?.bytes == [1, 2, 3])
        #expect(found.entries.map(\.name).filter { $0 != "SOF" } == ["JFIF", "EXIF", "XMP", "COM", "COM", "APP9"])
    }

    /// ICC.1 B.4: parts of at most 65,519 bytes, numbered from 1. A profile of other colors stays behind.
    @Test func profilesAreSplit() throws {
        let profile = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let bytes = try written(metadata(("ICCProfile", Value(bytes: profile))))
        let parts = JPEGBuilder.segments(bytes).filter { $0.marker == 0xe2 }
        #expect(parts.map { Array($0.data[12..<14]) } == [[1, 3], [2, 3], [3, 3]])
        #expect(parts.flatMap { $0.data.dropFirst(14) } == profile)
        var color = metadata(("ICCProfile", Value(bytes: profile)))
        color["SOF"] = Value(group: [Metadata.Entry("Components", Value(list: [Value(1), Value(2), Value(3)]))])
        #expect(try again(color)["ICCProfile"] == nil)
        #expect(try again(color, bands: 3)["ICCProfile"]?.bytes == profile)
    }

    /// XMP part 3, 1.1.3.1: the extension has the name that the main packet gives it.
    @Test func extendedXMPIsSplit() throws {
        let name = String(repeating: "0123ABCD", count: 4)
        let text = String(repeating: "more of it ", count: 7000)
        let given = metadata(
            ("XMP", Value(text: "<x xmpNote:HasExtendedXMP=\"\(name)\"/>")), ("XMPExtended", Value(text: text)))
        #expect(try again(given)["XMPExtended"]?.text == text)
        #expect(throws: ImageryError.self) { try written(metadata(("XMPExtended", Value(text: "x")))) }
    }

    /// What tells the colors and the geometry is made anew; JFIF keeps its density.
    @Test func structureIsComputed() throws {
        let density = Value(group: [
            Metadata.Entry("Version", Value(0x0102, .short)), Metadata.Entry("Units", Value(1, .byte)),
            Metadata.Entry("XDensity", Value(300, .short)), Metadata.Entry("YDensity", Value(301, .short)),
            Metadata.Entry("ThumbnailWidth", Value(9, .byte)),
        ])
        let given = metadata(
            ("JFIF", density), ("Adobe", Value(group: [Metadata.Entry("ColorTransform", Value(2, .byte))])),
            ("APP14", Value(bytes: Array("Adobe".utf8))), ("APP2", Value(bytes: Array("MPF\0more".utf8))),
            ("RestartInterval", Value(1)))
        let found = try again(given)
        #expect(found["JFIF"]?["XDensity"]?.int == 300 && found["JFIF"]?["Units"]?.int == 1)
        #expect(found["JFIF"]?["ThumbnailWidth"]?.int == 0)
        #expect(found["Adobe"] == nil && found["APP14"] == nil && found["APP2"] == nil)
        // A layout field: what the original had, as long as nothing else is asked.
        #expect(found["RestartInterval"]?.int == 1)
        let stored = try again(given, bands: 4)
        #expect(stored["Adobe"]?["ColorTransform"]?.int == 0 && stored["JFIF"] == nil)
    }

    @Test func whatDoesNotFitIsAnError() throws {
        for broken in [
            metadata(("COM", Value(bytes: [UInt8](repeating: 65, count: 65534)))), metadata(("Nonsense", Value(1))),
            metadata(("EXIF", Value(text: "no group"))), metadata(("APP16", Value(bytes: [1]))),
            metadata(("ICCProfile", Value(bytes: [UInt8](repeating: 0, count: 256 * 65519)))),
            metadata(("COM", Value(list: []))),
        ] {
            #expect(throws: ImageryError.self) { try written(broken) }
        }
        #expect(try again(metadata(("COM", Value(bytes: [UInt8](repeating: 65, count: 65533)))))["COM"]?.count == 65533)
    }
}
