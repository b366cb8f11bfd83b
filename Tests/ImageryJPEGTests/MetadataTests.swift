import ImageryBase
import ImageryJPEG
import TestSupport
import Testing

/// Marker segments as metadata (S62), put in behind SOI of a file that cjpeg made.
@Suite struct MetadataTests {
    func file(_ segments: [UInt8]...) throws -> JPEGFile {
        let bytes = vectors[0].bytes
        return try JPEGFile(MemorySource(bytes[..<2] + segments.flatMap { $0 } + bytes[2...]))
    }

    func metadata(_ file: JPEGFile) throws -> Metadata { try #require(file.assets.first).makeMetadata() }

    @Test func framesAndFixedLayouts() throws {
        let adobe = JPEGBuilder.segment(0xee, Array("Adobe".utf8) + [0, 100, 1, 2, 3, 4, 0])
        let nitf = JPEGBuilder.segment(
            0xe6, Array("NITF\0".utf8) + [2, 0, 0x42, 0, 5, 0, 6, 1, 8, 0, 1, 3, 2, 8, 1, 1, 0, 0])
        let comment = JPEGBuilder.segment(0xfe, Array("plain words".utf8))
        let restart = JPEGBuilder.segment(0xdd, [1, 2])
        let file = try file(adobe, nitf, comment, JPEGBuilder.segment(0xe9, [1, 2, 3]), restart)
        let found = try metadata(file)
        #expect(found.schema == .jpeg)
        #expect(found["JFIF"]?["Version"]?.int == 0x0101)
        #expect(found["JFIF"]?["XDensity"]?.int == 1)
        #expect(found["Adobe"]?["Version"]?.int == 100)
        #expect(found["Adobe"]?["Flags1"]?.int == 0x0304)
        #expect(found["NITF"]?["IMODE"]?.text == "B")
        #expect(found["NITF"]?["BlocksPerColumn"]?.int == 6)
        #expect(found["NITF"]?["Quality"]?.int == 3)
        #expect(found["COM"]?.text == "plain words")
        #expect(found["APP9"]?.bytes == [1, 2, 3])
        #expect(found["RestartInterval"]?.int == 258)
        #expect(found["SOF"]?["Process"]?.text == "baseline")
        #expect(found["SOF"]?["Width"]?.int == 21)
        #expect(found["SOF"]?["Components"]?.list?.count == 1)
        #expect(file.diagnostics.isEmpty)
        let names = file.dump().map(\.name)
        #expect(names.contains("APP14") && names.contains("IMODE") && names.last == "SOS")
    }

    @Test func exif() throws {
        let tiff: [UInt8] = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        let file = try file(JPEGBuilder.segment(0xe1, Array("Exif\0\0".utf8) + tiff))
        #expect(try metadata(file)["EXIF"]?["Orientation"]?.int == 6)
        // Reported, not applied.
        #expect(try image(file).layout.shape == Shape(bands: 1, rows: 19, columns: 21))
        let broken = try self.file(JPEGBuilder.segment(0xe1, Array("Exif\0\0".utf8) + [1, 2, 3]))
        #expect(try metadata(broken)["APP1"]?.count == 9)
        #expect(broken.diagnostics.contains { $0.message.contains("EXIF") })
    }

    func profile(_ number: UInt8, of count: UInt8, _ data: [UInt8]) -> [UInt8] {
        JPEGBuilder.segment(0xe2, Array("ICC_PROFILE\0".utf8) + [number, count] + data)
    }

    /// ICC.1 B.4: parts in any order; a gap, a repeat or a wrong count leaves the profile out.
    @Test func profilesInParts() throws {
        let whole = try file(profile(2, of: 3, [3, 4]), profile(1, of: 3, [1, 2]), profile(3, of: 3, [5]))
        #expect(try metadata(whole)["ICCProfile"]?.bytes == [1, 2, 3, 4, 5])
        #expect(whole.diagnostics.isEmpty)
        for broken in [
            try file(profile(1, of: 3, [1]), profile(3, of: 3, [3])), try file(profile(1, of: 2, [1]), profile(1, of: 2, [2])),
            try file(profile(1, of: 2, [1]), profile(2, of: 3, [2])), try file(profile(0, of: 1, [1])),
            try file(profile(1, of: 2, [1])),
        ] {
            #expect(try metadata(broken)["ICCProfile"] == nil)
            #expect(broken.diagnostics.contains { $0.message.contains("ICCProfile") })
        }
    }

    func extended(_ offset: UInt8, of length: UInt8, _ text: String, name: Character = "A") -> [UInt8] {
        let head = "http://ns.adobe.com/xmp/extension/\0" + String(repeating: name, count: 32)
        return JPEGBuilder.segment(0xe1, Array(head.utf8) + [0, 0, 0, length, 0, 0, 0, offset] + Array(text.utf8))
    }

    /// XMP part 3, 1.1.3.1.
    @Test func extendedXMP() throws {
        let packet = JPEGBuilder.segment(0xe1, Array("http://ns.adobe.com/xap/1.0/\0<x/>".utf8))
        let whole = try file(packet, extended(3, of: 7, "defg"), extended(0, of: 7, "abc"))
        #expect(try metadata(whole)["XMP"]?.text == "<x/>")
        #expect(try metadata(whole)["XMPExtended"]?.text == "abcdefg")
        for broken in [
            try file(packet, extended(0, of: 7, "abc")), try file(extended(0, of: 7, "abc"), extended(2, of: 7, "cdefg")),
            try file(extended(0, of: 7, "abc"), extended(3, of: 7, "defg", name: "B")),
        ] {
            #expect(try metadata(broken)["XMPExtended"] == nil)
            #expect(broken.diagnostics.contains { $0.message.contains("XMPExtended") })
        }
    }

    /// S91: metadata beyond the limits is left out, with a diagnostic.
    @Test func limits() throws {
        var options = ReadOptions()
        options.limits.maxMetadataBytes = 1000
        let bytes = vectors[0].bytes
        let comments = [[UInt8]](repeating: JPEGBuilder.segment(0xfe, [UInt8](repeating: 65, count: 300)), count: 5).flatMap { $0 }
        let file = try JPEGFile(MemorySource(bytes[..<2] + comments + bytes[2...]), options: options)
        #expect(try metadata(file).all("COM").count == 1)
        #expect(file.diagnostics.contains { $0.message.contains("maxMetadataBytes") })
    }
}
