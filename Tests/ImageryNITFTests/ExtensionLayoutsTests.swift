import ImageryBase
import Testing

@testable import ImageryNITF

@Suite("Layouts that a program or a user brings") struct ExtensionLayoutsTests {
    private let text = """
        # two layouts
        extension MYTREA ; an example
        COUNT 2 n int 1..10 ; number of points
        POINTS * COUNT
            X 6 n real [m] ; position
            FLAG 1 n int
            NOTE 4 a if FLAG > 0
        end
        SIZE 1 u

        subheader MY DES
        KIND 4 a
        """

    private let markup = """
        <?xml version="1.0"?>
        <root><tres>
          <tre name="MYTREA" minlength="4" location="image" longname="an example">
            <field name="COUNT" length="2" type="integer" minval="1" maxval="10" longname="number; of points"/>
            <loop counter="COUNT" md_prefix="P_%02d_" name="POINTS">
              <field name="X" length="6" type="real" unit="m"/>
              <field name="FLAG" length="1" type="integer"/>
              <if cond="FLAG&gt;=1 AND COUNT!=00"><field name="NOTE" length="4"/></if>
            </loop>
            <loop iterations="2" name="PART"><field name="" length="1" type="string"/></loop>
            <field name="MASK" length="1" type="bitmask"/>
            <if cond="MASK:3"><field name="" length="1"/></if>
            <field name="LEN" length="1" type="integer"/>
            <field name="TEXT" length_var="LEN"/>
            <if_remaining_bytes><field name="LAST" length="4" type="IEEE754_Float32_BigEndian"/></if_remaining_bytes>
          </tre>
        </tres><des_list>
          <des name="MY DES"><subheader_fields><field name="KIND" length="4"/><if cond="DESSHL=0006"><field name="MORE" length="2"/></if></subheader_fields></des>
        </des_list></root>
        """

    private func options(_ text: String) throws -> ReadOptions {
        ReadOptions(layouts: try ExtensionLayouts(parsing: text, name: "test"))
    }

    private func file(_ data: [UInt8]) -> NITFBuilder {
        var builder = NITFBuilder.image(rows: 1, columns: 1)
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("MYTREA", data)]
        var segment = NITFBuilder.dataExtension("MY DES", [1])
        segment.areas = ["DESSHF": Array("ABCD".utf8)]
        builder.segments.append(segment)
        return builder
    }

    @Test func tableLanguage() throws {
        let data = Array("02001.501AAAA-02.500".utf8) + [9]
        let file = try NITFFile(file(data).bytes, options: options(text))
        #expect(file.diagnostics == [])
        let fields = try #require(file.asset("image:0").makeMetadata()["MYTREA"])
        #expect(fields["COUNT"]?.int == 2 && fields["SIZE"]?.int == 9)
        #expect(fields["POINTS"]?.list?.map { $0["X"]?.double } == [1.5, -2.5])
        #expect(fields["POINTS"]?.list?.map { $0["NOTE"]?.text } == ["AAAA", nil])
        #expect(try file.asset("data:0").makeMetadata()["DESSHF"]?["KIND"]?.text == "ABCD")
        let lines = file.dump().filter { ["COUNT", "NOTE", "KIND"].contains($0.name) }
        #expect(lines.map(\.value) == ["02", "AAAA", "ABCD"])
        // Without them they are bytes.
        #expect(try NITFFile(self.file(data).bytes).asset("image:0").makeMetadata()["MYTREA"] == Value(bytes: data))
    }

    @Test func findingsComeFromThem() throws {
        var found: [Diagnostic] = []
        try NITFFile(file(Array("99001.501AAAA".utf8)).bytes, options: options(text)).validate { found.append($0) }
        #expect(found.contains { $0.message.hasPrefix("MYTREA: COUNT is 99, outside 1..10") })
        #expect(found.contains { $0.message.hasPrefix("MYTREA: X needs 6 bytes") && $0.severity == .error })
    }

    @Test func describedAndWritten() throws {
        let layouts = try ExtensionLayouts(parsing: text, name: "test")
        #expect(layouts.tags == ["MY DES", "MYTREA"])
        let layout = try #require(layouts.layout("MYTREA"))
        #expect(layout.title == "an example" && layout.fields.map(\.name) == ["COUNT", "POINTS", "X", "FLAG", "NOTE", "SIZE"])
        #expect(layout.fields[2].unit == "m" && layout.fields[4].condition == "FLAG > 0")
        #expect(layouts.layout("BLOCKA") == NITFExtension.layout("BLOCKA"))
        let points = Value(list: [
            Value(group: [.init("X", Value(1.5)), .init("FLAG", Value(1)), .init("NOTE", Value(text: "ab"))])
        ])
        let fields = Metadata(schema: .nitf, entries: [.init("POINTS", points), .init("SIZE", Value(7))])
        #expect(try layouts.bytes("MYTREA", fields) == Array("010001.51ab  ".utf8) + [7])
        #expect(layouts.value("MYTREA", try layouts.bytes("MYTREA", fields))["POINTS"]?.list?.first?["X"]?.double == 1.5)
    }

    @Test func edited() throws {
        let bytes = try file(Array("01001.501AAAA".utf8) + [9]).bytes
        var editor = try NITFEditor(MemorySource(bytes), options: options(text))
        try editor.set("image:0/MYTREA.POINTS[0].NOTE", to: Value(text: "B"))
        #expect(throws: ImageryError.self) { try editor.set("image:0/MYTREA.OTHER", to: Value(text: "B")) }
        let sink = MemorySink()
        try editor.write(into: sink)
        #expect(try NITFFile(sink.bytes).asset("image:0").makeMetadata()["MYTREA"]?.bytes == Array("01001.501B   ".utf8) + [9])
        var plain = try NITFEditor(MemorySource(bytes))
        #expect(throws: ImageryError.self) { try plain.set("image:0/MYTREA.SIZE", to: Value(1)) }
    }

    @Test func markupOfOtherSoftware() throws {
        let layouts = try ExtensionLayouts(parsing: markup, name: "test")
        #expect(layouts.tags == ["MY DES", "MYTREA"])
        let data = Array("01001.501NOTExy".utf8) + [8] + Array("r3abc".utf8) + [0x3f, 0x80, 0, 0]
        let fields = layouts.value("MYTREA", data)
        #expect(fields["POINTS"]?.list?.first?["NOTE"]?.text == "NOTE")
        #expect(fields["PART"]?.list?.map(\.text) == ["x", "y"])
        #expect(fields["MASK"]?.int == 8 && fields["RESERVED_1"]?.text == "r")
        #expect(fields["TEXT"]?.text == "abc" && fields["LAST"]?.double == 1)
        // Bit 3 is not set, and nothing remains.
        let short = layouts.value("MYTREA", Array("01000.500xy".utf8) + [7] + Array("0".utf8))
        #expect(short["RESERVED_1"] == nil && short["LAST"] == nil && short["POINTS"]?.list?.first?["NOTE"] == nil)
        #expect(layouts.layout("MYTREA")?.fields.first?.title == "number; of points")
        #expect(layouts.subheader("MY DES")?.value(Array("KIND".utf8)).count == 1)
        #expect(layouts.subheader("MY DES")?.value(Array("KINDOF".utf8))["MORE"]?.text == "OF")
    }

    @Test(arguments: [
        "", "A 3 n", "extension TOOLONG\nA 1", "extension T\nA", "extension T\nG * 2\nA 1", "extension T\nA B", "extension T\nend",
        "<root/>", "<root><tre/></root>", "<root><tre name='T'><field name='A'/></tre></root>", "<root><tre name='T'>",
        "<root><tre name='T'><loop><field name='A' length='1'/></loop></tre></root>",
        "<root><tre name='T'><field name='A' length='1'/><if cond='A~1'><field name='B' length='1'/></if></tre></root>",
        "<root><tre name='T'><field name='A' length='1'/><if cond='A:99'><field name='B' length='1'/></if></tre></root>",
        "<root><tre name='T'><other/></tre></root>", "<root><tre name='T'><field name='A' length='x y'/></tre></root>",
    ])
    func whatMeansNothing(text: String) {
        #expect(throws: ImageryError.self) { try ExtensionLayouts(parsing: text, name: "test") }
    }

    /// Widths and counts that no memory holds are refused when data are made, and end with the bytes when they are read.
    @Test func hugeAmounts() throws {
        let layouts = try ExtensionLayouts(
            parsing: "extension T\nA 999999999999\nextension U\nG * 999999999999\nB 0\nend", name: "test")
        #expect(throws: ImageryError.self) { try layouts.bytes("T", Metadata(schema: .nitf)) }
        #expect(throws: ImageryError.self) { try layouts.bytes("U", Metadata(schema: .nitf)) }
        #expect(layouts.value("T", [1, 2]).count == 1 && (layouts.value("U", [1])["G"]?.list?.count ?? 0) < 5_000)
    }

    /// What is small by itself and large together is refused as well, at once.
    @Test func hugeSums() throws {
        let wide = (0..<2_000).map { "A\($0) 1000000" }.joined(separator: "\n")
        let layouts = try ExtensionLayouts(
            parsing: "extension T\nG * 1000000\nH * 1000000\nA 100\nend\nend\nextension U\n\(wide)", name: "test")
        for tag in ["T", "U"] {
            let error = #expect(throws: ImageryError.self) { try layouts.bytes(tag, Metadata(schema: .nitf)) }
            #expect(error?.kind == .misuse && error?.message.contains("larger than any header or extension") == true)
        }
    }

    /// Fields that are not there cost time, too: what a group's entries without bytes make of them comes to an end.
    @Test func conditionsThatAreFalse() throws {
        let absent = (0..<500).map { "X\($0) 1 if N = 0 and N = 1" }.joined(separator: "\n")
        let table = try FieldTable("test", parsing: "N 8 n\nG * N\n\(absent)\nend")
        let record = FieldRecord(table, parsing: Array("99999999".utf8) + [UInt8](repeating: 0x20, count: 300), at: 0)
        let fault = try #require(record.fault)
        // Of the entries that 308 bytes may have, a part.
        #expect(!fault.isShort && (100..<1_000).contains(record.fields[1].size))
    }
}
