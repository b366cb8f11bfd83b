import ImageryBase
import ImageryTags
import Testing

@Suite struct XMLReaderTests {
    private func parse(_ text: String) -> XMLElement? { XMLReader.parse(Array(text.utf8)) }

    @Test func elementsAttributesAndText() throws {
        let root = try #require(
            parse(
                """
                <?xml version="1.0"?><!-- c --><a x='1' y = "2 &lt; 3"> t<b/>u <c k="&#x41;&#66;"><![CDATA[<raw> &amp;]]></c></a>
                """))
        #expect(root.name == "a")
        #expect(root.attribute("x") == "1")
        #expect(root.attribute("y") == "2 < 3")
        #expect(root.text == " tu ")
        #expect(root.children.map(\.name) == ["b", "c"])
        #expect(root.children[1].attribute("k") == "AB")
        #expect(root.children[1].text == "<raw> &amp;")
    }

    @Test func brokenDocumentsAreNil() {
        for text in [
            "", " ", "<", "<a", "<a>", "<a></b>", "<a x=1/>", "<a x='1/>", "<a>&unknown;</a>", "<a>&#xD800;</a>", "<a>&amp</a>",
            "text", "<a><![CDATA[x</a>", "<!-- <a/>",
        ] {
            #expect(parse(text) == nil, "\(text)")
        }
    }

    /// C9: entities of a DOCTYPE are not expanded; elements nest 32 deep at most.
    @Test func documentsDoNotGrow() {
        let laughs = """
            <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;"><!ENTITY lol3 "&lol2;&lol2;">]><a>&lol3;</a>
            """
        #expect(parse(laughs) == nil)
        #expect(parse("<!DOCTYPE a [<!ENTITY b 'c'>]><a>fine</a>")?.text == "fine")
        #expect(parse(String(repeating: "<a>", count: 32) + String(repeating: "</a>", count: 32)) != nil)
        #expect(parse(String(repeating: "<a>", count: 33) + String(repeating: "</a>", count: 33)) == nil)
        #expect(parse(String(repeating: "<a>", count: 100_000)) == nil)
        #expect(parse("<a>" + String(repeating: "<b/>", count: 900) + "</a>")?.children.count == 900)
        #expect(parse("<a>" + String(repeating: "<b/>", count: 2_000) + "</a>") == nil)
    }

    /// As gdal_translate -mo AREA=x, and a scale, an offset and a description of bands, write it (GDAL 3.10.3).
    @Test func itemsOfGDAL() throws {
        let text = """
            <GDALMetadata>
              <Item name="AREA">x &amp;amp; y &amp; &lt;z</Item>
              <Item name="OFFSET" sample="0" role="offset">-5</Item>
              <Item name="DESCRIPTION" sample="1" role="description">near infrared</Item>
              <Item name="K" domain="OWN">v</Item>
            </GDALMetadata>
            """
        let items = try #require(GDALMetadata.items(Value(.ascii, littleEndian: Array(text.utf8) + [0])))
        #expect(items.map(\.name) == ["AREA", "OFFSET", "DESCRIPTION", "K"])
        #expect(items[0].value["value"]?.text == "x & y & <z")
        #expect(items[1].value["sample"]?.int == 0)
        #expect(items[1].value["role"]?.text == "offset")
        #expect(items[1].value["value"]?.double == -5)
        #expect(items[3].value["domain"]?.text == "OWN")
        #expect(GDALMetadata.items(Value(.ascii, littleEndian: Array("<Other/>".utf8))) == nil)
        #expect(GDALMetadata.noData(Value(.ascii, littleEndian: Array("-9999 \0".utf8))) == .integer(-9999))
        #expect(GDALMetadata.noData(Value(.ascii, littleEndian: Array("none".utf8))) == nil)
        let spellings: [(String, SampleValue?)] = [
            ("-9999,0", .integer(-9999)), ("1,5", .real(1.5)), ("-9999.0", .real(-9999)), ("-9999 metres", .integer(-9999)),
            ("+7", .integer(7)), ("1.#INF", .real(.infinity)), ("-1.#INF", .real(-.infinity)), ("inf", .real(.infinity)), ("", nil),
            ("e", nil), ("-", nil),
        ]
        for (text, value) in spellings {
            #expect(GDALMetadata.noData(Value(.ascii, littleEndian: Array(text.utf8))) == value, "\(text)")
        }
        for text in ["nan", "NaN", "-nan", "nan(ind)", "-1.#IND", "1.#QNAN", "-1.#IND00", "1.#SNAN"] {
            let value = GDALMetadata.noData(Value(.ascii, littleEndian: Array(text.utf8)))
            #expect(value?.double.isNaN == true, "\(text)")
        }
    }
}
