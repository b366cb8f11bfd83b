import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

@Suite("Boxes and parameters as metadata (S62)") struct MetadataTests {
    @Test("A file of OpenJPEG: boxes, then the codestream's parameters")
    func openJPEG() throws {
        let vector = try #require(codestreamVectors.first { $0.name == "boxes" })
        let file = try JPEG2000File(MemorySource(vector.bytes))
        let asset = try #require(file.assets.first)
        #expect(asset.key == .image(0) && asset.mediaType == "image/jp2")
        let metadata = asset.makeMetadata()
        #expect(metadata.schema == .jpeg2000)
        #expect(metadata["ihdr"]?["WIDTH"]?.int == 37 && metadata["ihdr"]?["NC"]?.int == 3)
        #expect(metadata["colr"]?["EnumCS"]?.int == 16)
        #expect(metadata["SIZ"]?["Xsiz"]?.int == 37)
        #expect(metadata["COD"]?["Levels"]?.int == 2 && metadata["COD"]?["Wavelet"]?.text == "5/3")
        #expect(metadata["COM"]?.text?.hasPrefix("Created by OpenJPEG") == true)
        #expect(file.diagnostics.isEmpty)
        let names = file.dump().map(\.name)
        #expect(names.starts(with: ["jP  ", "ftyp", "jp2h", "ihdr"]) && names.contains("SIZ") && names.last == "SOT")
    }

    /// A.9.1; A.7.2: numbers of seven bits a byte, in two segments whose order Zplm tells.
    @Test("CRG and PLM")
    func registrationAndLengths() throws {
        var stream = CodestreamBuilder()
        stream.components = [[7, 1, 1], [7, 2, 2]]
        stream.more = [
            CodestreamBuilder.segment(0x63, [0x80, 0, 0x40, 0, 0, 1, 0, 2]),
            CodestreamBuilder.segment(0x57, [1, 0x00, 1, 5, 200]),
            CodestreamBuilder.segment(0x57, [0, 4, 0x05, 0x81, 0x00, 0x7f]),
        ]
        stream.add([0])
        let metadata = try JPEG2000File(MemorySource(stream.bytes)).assets[0].makeMetadata()
        let places = try #require(metadata["CRG"]?.list)
        #expect(places.map { $0["Xcrg"]?.int } == [32768, 1] && places.map { $0["Ycrg"]?.int } == [16384, 2])
        // The list ends where 200 bytes are announced that are not there.
        let lengths = try #require(metadata["PLM"]?.list)
        #expect(lengths.map(\.ints) == [[5, 128, 127], [], [5]])
        // A segment that is too short for all components gives those that it has.
        stream.more = [CodestreamBuilder.segment(0x63, [0, 1, 0, 2, 9])]
        let short = try JPEG2000File(MemorySource(stream.bytes)).assets[0].makeMetadata()
        #expect(short["CRG"]?.count == 1 && short["CRG"]?.list?[0]["Ycrg"]?.int == 2)
        stream.more = [CodestreamBuilder.segment(0x63, []), CodestreamBuilder.segment(0x57, [])]
        #expect(try JPEG2000File(MemorySource(stream.bytes)).assets[0].makeMetadata()["CRG"]?.count == 0)
    }

    @Test("GMLJP2 puts the first pixel's centre on the ground")
    func gml() throws {
        let document = """
            <gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><gml:RectifiedGridCoverage>
            <gml:rectifiedGridDomain><gml:RectifiedGrid dimension="2"><gml:origin>
            <gml:Point srsName="urn:ogc:def:crs:EPSG::ORDER"><gml:pos>POS</gml:pos></gml:Point></gml:origin>
            <gml:offsetVector>COLUMN</gml:offsetVector><gml:offsetVector>ROW</gml:offsetVector>
            </gml:RectifiedGrid></gml:rectifiedGridDomain></gml:RectifiedGridCoverage></gml:featureMember></gml:FeatureCollection>
            """
        func place(_ code: String, _ position: String, _ column: String, _ row: String) throws -> Georeference {
            var text = document
            for (word, value) in [("ORDER", code), ("POS", position), ("COLUMN", column), ("ROW", row)] {
                let parts = text.split(separator: word, maxSplits: 1, omittingEmptySubsequences: false)
                text = parts[0] + value + parts[1]
            }
            let builder = CodestreamBuilder.self
            var stream = CodestreamBuilder()
            stream.add([0])
            let inner = builder.box(
                "asoc", builder.box("lbl ", Array("gml.root-instance".utf8)) + builder.box("xml ", Array(text.utf8)))
            let bytes =
                builder.signature + builder.box("asoc", builder.box("lbl ", Array("gml.data".utf8)) + inner)
                + builder.box("jp2c", stream.bytes)
            let file = try JPEG2000File(MemorySource(bytes))
            #expect(file.assets[0].makeMetadata()["GMLJP2"]?["gml.root-instance"]?.text == text)
            return try #require(file.assets[0].georeference)
        }
        let plain = try place("32633", "1005 1995", "10 0", "0 -10")
        #expect(plain.crs == "EPSG:32633")
        #expect(plain.affine == .init(originX: 1000, originY: 2000, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10))
        // Latitude first.
        let turned = try place("4326", "49.5 8.5", "0 1", "-1 0")
        #expect(turned.affine == .init(originX: 8, originY: 50, xPerColumn: 1, xPerRow: 0, yPerColumn: 0, yPerRow: -1))
    }
}
