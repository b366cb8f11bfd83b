import ImageryBase
import Testing

@testable import ImageryNITF

@Suite struct NITFEditorTests {
    private func block(_ lines: Int) throws -> [UInt8] {
        try NITFExtension.bytes("BLOCKA", Metadata(schema: .nitf, entries: [.init("L_LINES", Value(lines))]))
    }

    /// Two images, a text, extensions in all areas and in an overflow segment.
    private func builder(_ version: Version = .v21) throws -> NITFBuilder {
        var builder = NITFBuilder.image(rows: 3, columns: 5)
        builder.version = version
        builder.segments[0].areas = [
            "UDID": NITFBuilder.tre("BLOCKA", try block(1)), "IXSHD": NITFBuilder.tre("OWN", [1, 2, 3]),
        ]
        builder.image["UDOFL"] = "1"
        builder.image["ISCLAS"] = "U"
        builder.segments[0].comments = ["first"]
        builder.segments.append(builder.segments[0])
        builder.segments[1].data.reverse()
        builder.segments[1].areas = [:]
        builder.segments[1].fields["UDOFL"] = nil
        builder.segments[1].fields["IDLVL"] = "2"
        builder.segments.append(NITFBuilder.text(Array("words".utf8)))
        builder.segments.append(
            NITFBuilder.dataExtension(
                version == .v21 ? "TRE_OVERFLOW" : "Registered Extensions", NITFBuilder.tre("BLOCKA", try block(2)), area: "UDID",
                item: 1))
        builder.fileAreas = ["XHD": NITFBuilder.tre("PIAPEA", [UInt8](repeating: 0x20, count: 92))]
        builder.trailer = [9, 9]
        return builder
    }

    private func edited(_ bytes: [UInt8], _ change: (inout NITFEditor) throws -> Void) throws -> [UInt8] {
        var editor = try NITFEditor(MemorySource(bytes))
        try change(&editor)
        let sink = MemorySink()
        try editor.write(into: sink)
        return sink.bytes
    }

    @Test(arguments: [Version.v21, .v20])
    func unchangedFilesAreCopied(version: Version) throws {
        let bytes = try builder(version).bytes
        #expect(try edited(bytes) { _ in } == bytes)
        // What is set to what it is changes nothing either.
        #expect(
            try edited(bytes) {
                try $0.set("image:0/ISCLAS", to: Value(text: "U"))
                try $0.set("image:0/BLOCKA[1].L_LINES", to: Value(2))
                try $0.set("FTITLE", to: Value(text: ""))
            } == bytes)
    }

    @Test(arguments: [Version.v21, .v20])
    func fields(version: Version) throws {
        let bytes = try builder(version).bytes
        let made = try edited(bytes) {
            try $0.set("FTITLE", to: Value(text: "Another title"))
            try $0.set("image:1/ICAT", to: Value(text: "MS"))
            try $0.set("image:0/ICOM[1]", to: Value(text: "second"))
            try $0.set("text:0/TXTITL", to: Value(text: "Größe"))
            try $0.set("image:0/BAND_INFO[0].ISUBCAT", to: Value(text: "0.45"))
        }
        #expect(made.count == bytes.count + 80)
        let (before, after) = (try NITFFile(bytes), try NITFFile(made))
        #expect(after.diagnostics.map(\.message) == before.diagnostics.map(\.message))
        #expect(after.metadata["FTITLE"]?.trimmed == "Another title" && after.metadata["FL"]?.int == made.count)
        let images = after.assets.map { $0.makeMetadata() }
        #expect(images[1]["ICAT"]?.trimmed == "MS" && images[0]["ICAT"]?.trimmed == "VIS")
        #expect(images[0]["ICOM"]?.list?.compactMap(\.trimmed) == ["first", "second"])
        #expect(images[0]["BAND_INFO"]?.list?.first?["ISUBCAT"]?.trimmed == "0.45")
        #expect(images[2]["TXTITL"]?.trimmed == "Größe")
        for (old, new) in zip(before.assets, after.assets) {
            #expect(bytes[old.byteRanges[0]] == made[new.byteRanges[0]])
        }
        #expect(made.suffix(2) == [9, 9])
    }

    @Test func extensions() throws {
        let bytes = try builder().bytes
        let made = try edited(bytes) {
            try $0.set("image:0/BLOCKA.N_GRAY", to: Value(7))
            try $0.set("image:0/BLOCKA[1].L_LINES", to: Value(text: "33"))
            try $0.set("image:1/AIMIDB.MISSION_NO", to: Value(text: "ABCD"))
            try $0.set("image:0/OWN", to: Value(bytes: [4]))
            try $0.remove("PIAPEA")
        }
        let file = try NITFFile(made)
        #expect(file.diagnostics.count == (try NITFFile(bytes)).diagnostics.count)
        let first = file.assets[0].makeMetadata()
        #expect(
            first.all("BLOCKA").map { $0["N_GRAY"]?.int } == [7, 0] && first.all("BLOCKA").map { $0["L_LINES"]?.int } == [1, 33])
        #expect(first["OWN"]?.bytes == [4])
        #expect(file.assets[1].makeMetadata()["AIMIDB"]?["MISSION_NO"]?.trimmed == "ABCD")
        #expect(file.metadata["PIAPEA"] == nil && file.metadata["XHDL"]?.int == 0)
        let whole = try edited(bytes) { try $0.remove("image:0/BLOCKA[0]") }
        #expect(try NITFFile(whole).assets[0].makeMetadata().all("BLOCKA").map { $0["L_LINES"]?.int } == [2])
    }

    /// The user-defined subheader of a data extension by its fields.
    @Test func subheaderFields() throws {
        var builder = try builder()
        builder.segments.append(NITFBuilder.dataExtension("XML_DATA_CONTENT", Array("<a/>".utf8)))
        builder.segments[4].areas = ["DESSHF": Array("12345".utf8)]
        let made = try edited(try builder.bytes) { try $0.set("data:1/DESSHF.DESSHFT", to: Value(text: "XML")) }
        let metadata = try NITFFile(made).assets[4].makeMetadata()
        #expect(metadata["DESSHL"]?.int == 283 && metadata["DESSHF"]?["DESCRC"]?.text == "12345")
        #expect(metadata["DESSHF"]?["DESSHFT"]?.trimmed == "XML")
    }

    /// One clear line, and nothing is changed.
    @Test(arguments: [
        ("FTITEL", "x", "FTITEL"), ("FTITLE", String(repeating: "x", count: 81), "80"), ("image:0/NROWS", "7", "NROWS"),
        ("image:0/IDLVL", "A", "IDLVL"), ("image:0/IDLVL", "1000", "IDLVL"), ("image:9/ICAT", "MS", "image:0"),
        ("image:0/BLOCKA.N_GREY", "1", "N_GREY"), ("image:0/BLOCKA.N_GRAY", "123456", "N_GRAY"), ("image:0/BLOCKA", "x", "BLOCKA"),
        ("image:0/BLOCKA.N_GRAY", "1A", "N_GRAY"), ("image:0/BLOCKA[5].N_GRAY", "1", "2 times"), ("image:0/OWN.A", "1", "OWN"),
        ("image:0/IID1", "\u{1}", "IID1"), ("image:0/ISCODE", "\u{400}", "ISCODE"), ("FL", "1", "FL"),
        ("image:0/ICOM[4]", "x", "ICOM"),
        ("image:0/BLOCKA.N_GRAY.X", "1", "N_GRAY"), ("data:0/BLOCKA.N_GRAY", "1", "BLOCKA"), ("", "x", "name"),
        ("image:0/", "x", "name"),
        ("image:0/IID1[x]", "1", "brackets"), ("image:0/IGEOLO", "x", "IGEOLO"), ("image:0/BAND_INFO[0].NLUTS", "3", "NLUTS"),
    ])
    func faults(path: String, value: String, word: String) throws {
        let bytes = try builder().bytes
        var editor = try NITFEditor(MemorySource(bytes))
        let error = try #require(throws: ImageryError.self) { try editor.set(path, to: Value(text: value)) }
        #expect(error.kind == .misuse && "\(error)".contains(word) && !error.message.contains("\n"), "\(error)")
        let sink = MemorySink()
        try editor.write(into: sink)
        #expect(sink.bytes == bytes)
    }

    /// What describes goes, what decodes, places and classifies stays, and so do the data of the images.
    @Test(arguments: [Version.v21, .v20])
    func stripping(version: Version) throws {
        var builder = try builder(version)
        builder.segments[0].fields["ISORCE"] = "somewhere"
        let bytes = try builder.bytes
        var names: [String] = []
        let made = try edited(bytes) { names = $0.strip() }
        #expect(Set(names).isSuperset(of: ["ISORCE", "ICOM", "OWN", "PIAPEA", "TEXTS"]))
        let (before, after) = (try NITFFile(bytes), try NITFFile(made))
        #expect(after.diagnostics.count <= before.diagnostics.count)
        #expect(after.assets.map(\.key.description) == ["image:0", "image:1", "data:0"])
        for (old, new) in zip(before.assets, after.assets) where old.type == .image {
            #expect(bytes[old.byteRanges[0]] == made[new.byteRanges[0]])
        }
        let image = after.assets[0].makeMetadata()
        #expect(image.all("BLOCKA").map { $0["L_LINES"]?.int } == [1, 2] && image["OWN"] == nil && image["ISCLAS"]?.text == "U")
        #expect(image["NICOM"]?.int == 0 && image["ISORCE"]?.trimmed == nil || image["ISORCE"]?.trimmed == "")
        #expect(after.metadata["NUMT"]?.int == 0 && after.metadata["XHDL"]?.int == 0 && after.metadata["FL"]?.int == made.count)
        #expect(made.suffix(2) == [9, 9])
        // Twice is once.
        #expect(try edited(made) { names = $0.strip() } == made && names.isEmpty)
    }

    /// A segment whose extensions all go goes with them, and the others count on.
    @Test func strippingEmptiesOverflow() throws {
        var builder = try builder()
        builder.segments.removeLast()
        let own = NITFBuilder.tre("OWN", [7])
        builder.segments.append(NITFBuilder.dataExtension("TRE_OVERFLOW", own, area: "UDID", item: 1))
        builder.segments.append(
            NITFBuilder.dataExtension("TRE_OVERFLOW", NITFBuilder.tre("BLOCKA", try block(5)), area: "IXSHD", item: 2))
        // An area of nothing but its link.
        builder.segments[1].areas = ["IXSHD": []]
        builder.segments[1].fields["IXSOFL"] = "2"
        let made = try edited(try builder.bytes) { _ = $0.strip() }
        let file = try NITFFile(made)
        #expect(file.metadata["NUMDES"]?.int == 1 && file.diagnostics.isEmpty, "\(file.diagnostics)")
        let images = file.assets.map { $0.makeMetadata() }
        #expect(images[0]["UDOFL"]?.int == 0 && images[1]["IXSOFL"]?.int == 1 && images[1]["BLOCKA"]?["L_LINES"]?.int == 5)
    }

    @Test func filesThatCannotBeChanged() throws {
        var short = try builder()
        short.segments[0].statedData = 1_000_000
        #expect(throws: ImageryError.self) { try NITFEditor(MemorySource(try short.bytes)) }
        // Places in the file, which a change of lengths would make wrong.
        var frame = try builder()
        frame.fileAreas = ["UDHD": NITFBuilder.tre("RPFHDR", [UInt8](repeating: 0, count: 48))]
        let bytes = try frame.bytes
        #expect(try edited(bytes) { try $0.set("OSTAID", to: Value(text: "HERE")) }.count == bytes.count)
        #expect(throws: ImageryError.self) { try edited(bytes) { try $0.set("image:0/ICOM[1]", to: Value(text: "x")) } }
        // A header whose fields break off.
        var broken = try builder()
        broken.segments[0].change = { $0.dropLast(400) + [] }
        broken.segments[0].areas = [:]
        if let bytes = try? broken.bytes, var editor = try? NITFEditor(MemorySource(bytes)) {
            #expect(throws: ImageryError.self) { try editor.set("image:0/ICAT", to: Value(text: "MS")) }
        }
    }
}
