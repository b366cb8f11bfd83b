import ImageryBase
import ImageryPlumbing
import Testing

@Suite struct MetadataTests {
    @Test func orderRepeatsAndNumbersSurvive() {
        var metadata = Metadata(
            schema: .tiff,
            entries: [
                .init("PIAPEA", Value(text: "one")), .init("NewSubfileType", code: 254, Value(1, .long)),
                .init("PIAPEA", Value(text: "two")),
            ])
        #expect(metadata["PIAPEA"]?.text == "one")
        #expect(metadata.all("PIAPEA").map(\.text) == ["one", "two"])
        #expect(metadata["254"]?.int == 1)
        #expect(metadata["255"] == nil)
        #expect(metadata.entries(prefix: "PIA").count == 2)
        metadata["254"] = Value(4, .long)
        #expect(metadata["NewSubfileType"]?.int == 4)
        metadata["PIAPEA"] = nil
        #expect(metadata.entries.count == 1)
        metadata["New"] = Value(text: "x")
        #expect(metadata.entries.last?.name == "New")
    }

    @Test func groupsAreLookedUpByName() {
        let metadata = Metadata(schema: .nitf, entries: [.init("RPC00B", Value(group: [.init("LAT_OFF", Value(text: "+12.5"))]))])
        #expect(metadata["RPC00B"]?["LAT_OFF"]?.double == 12.5)
        #expect(metadata["RPC00B"]?["LONG_OFF"] == nil)
    }

    @Test func typedViewsReadEveryFieldType() {
        #expect(Value(.byte, littleEndian: [200]).int == 200)
        #expect(Value(.sbyte, littleEndian: [200]).int == -56)
        #expect(Value(.short, littleEndian: [1, 2, 3, 4]).ints == [0x0201, 0x0403])
        #expect(Value(.sshort, littleEndian: [0xff, 0xff]).int == -1)
        #expect(Value(.long, littleEndian: [0xff, 0xff, 0xff, 0xff]).int == 0xffff_ffff)
        #expect(Value(.slong, littleEndian: [0xfe, 0xff, 0xff, 0xff]).int == -2)
        #expect(Value(.rational, littleEndian: [1, 0, 0, 0, 4, 0, 0, 0]).double == 0.25)
        #expect(Value(.srational, littleEndian: [0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0]).double == -0.5)
        #expect(Value(.rational, littleEndian: [1, 0, 0, 0, 0, 0, 0, 0]).double == .infinity)
        #expect(Value(.float, littleEndian: [0, 0, 0x80, 0x3f]).double == 1)
        #expect(Value([1.5, -2]).doubles == [1.5, -2])
        #expect(Value(.long8, littleEndian: [UInt8](repeating: 0xff, count: 8)).int == nil)
        #expect(Value(-3).int == -3)
        #expect(Value(text: " 42 ").int == 42)
        #expect(Value(.ascii, littleEndian: Array("abc\0def".utf8)).text == "abc")
        #expect(Value(.ascii, littleEndian: [0xe9]).text == "\u{e9}")
        #expect(Value(.short, littleEndian: [1]).count == 0)
        #expect(Value(.short, littleEndian: [1]).int == nil)
        #expect(Value(.short, littleEndian: [1, 0]).text == nil)
        #expect(Value(list: [Value(1)]).ints == nil)
    }

    @Test func jsonKeepsOrderAndEscapes() {
        let metadata = Metadata(
            schema: .png,
            entries: [
                .init("a\"\n\u{1}", Value(text: "x\\")), .init("n", code: 7, Value(.short, littleEndian: [1, 0, 2, 0])),
                .init("d", Value(.nan)), .init("h", Value(0.5)), .init("b", Value(bytes: [1, 2, 3, 4])),
                .init("g", Value(group: [])),
            ])
        #expect(
            metadata.json == #"""
                [{"name": "a\"\n\u0001", "value": "x\\"}, {"name": "n", "code": 7, "value": [1, 2]}, {"name": "d", "value": "nan"}, \#
                {"name": "h", "value": 0.5}, {"name": "b", "value": {"base64": "AQIDBA=="}}, {"name": "g", "value": []}]
                """#)
    }

    /// Texts of fixed width are all of their characters (S61), also in groups; NUL ends those of the other formats.
    @Test(arguments: [Metadata.Schema.nitf, .dted, .tiff, .png, .jpeg]) func jsonOfTextsWithNUL(schema: Metadata.Schema) {
        let text = Value(.ascii, littleEndian: Array("A\0B \0".utf8))
        let record = Value(Record([], layout: "X") { _ in [.init("R", text)] })
        let metadata = Metadata(
            schema: schema,
            entries: [.init("F", text), .init("G", Value(group: [.init("L", Value(list: [text]))])), .init("X", record)])
        let shown = schema == .nitf || schema == .dted ? #""A\u0000B \u0000""# : #""A""#
        #expect(
            metadata.json == #"[{"name": "F", "value": \#(shown)}, {"name": "G", "value": [{"name": "L", "value": [\#(shown)]}]}, "#
                + #"{"name": "X", "value": [{"name": "R", "value": \#(shown)}]}]"#)
    }

    @Test func keysNormaliseTheirAliases() {
        #expect(AssetKey("des:3") == "data:3")
        #expect(AssetKey.overview(2, of: 1).description == "image:1:overview:2")
        #expect(AssetKey.image(0).mask == "image:0:mask")
    }
}

@Suite struct FormatTests {
    @Test func t08NamesOfS20InAnyCase() {
        let names: [(Format, [String])] = [
            (.nitf, ["nitf", "NITF21", "jbp"]), (.nitf20, ["nitf20"]), (.nsif, ["Nsif"]),
            (.tiff, ["tiff", "tif", "GeoTIFF", "gtiff"]),
            (.png, ["PNG"]), (.jpeg, ["jpeg", "jpg"]), (.jpeg2000, ["jpeg2000", "j2k", "jp2", "j2c", "jpx", "jph"]),
            (.dted, ["dted", "dt0", "dt5"]),
        ]
        for (format, words) in names { for word in words { #expect(Format(named: word) == format) } }
        #expect(Format(named: "bmp") == nil)
    }

    @Test func t10ExtensionsOfS21() {
        for (path, format) in [
            ("a.ntf", Format.nitf), ("A.NITF", .nitf), ("x/y.nsif", .nsif), ("a.nsf", .nsif), ("a.hr1", .nitf), ("a.hr8", .nitf),
            ("b.tif.r1", .tiff),
            ("b.gtiff", .tiff),
            ("c.JPG", .jpeg), ("c.j2k", .jpeg2000), ("n43.dt0", .dted), ("n43.avg", .dted), ("v.png.r12", .png),
        ] { #expect(Format(extensionOf: path) == format, "\(path)") }
        for path in ["noextension", "a.r1", "dir.png/file", "a.b", "a.tif.r0"] {
            #expect(Format(extensionOf: path) == nil, "\(path)")
        }
    }
}
