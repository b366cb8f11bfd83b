import ImageryBase
import Testing

@testable import ImageryNITF

@Suite("Computer graphics metafiles") struct GraphicsMetafileTests {
    /// BEGIN METAFILE 'map', METAFILE VERSION 3, BEGIN PICTURE.
    private let bytes: [UInt8] = [0x00, 0x24, 3, 0x6d, 0x61, 0x70, 0x10, 0x22, 0, 3, 0x00, 0x61, 0, 0]

    @Test func nameAndVersion() throws {
        let metafile = try #require(GraphicsMetafile(bytes))
        #expect(metafile.name == "map" && metafile.version == 3)
        var file = NITFBuilder.image(rows: 1, columns: 1)
        file.segments.append(NITFBuilder.graphic(bytes))
        let metadata = try NITFFile(file.bytes).asset("graphic:0").makeMetadata()
        #expect(metadata["CGM:metafile"]?["NAME"]?.text == "map")
        #expect(metadata["CGM:metafile"]?["VERSION"]?.int == 3)
    }

    @Test func brokenOnes() {
        for count in 0..<6 { #expect(GraphicsMetafile(Array(bytes.prefix(count))) == nil) }
        #expect(GraphicsMetafile([0x10, 0x22, 0, 3]) == nil)
        #expect(GraphicsMetafile([0x00, 0x24, 200, 1, 2, 3]) == nil)
        // A length that follows, longer than the bytes.
        #expect(GraphicsMetafile([0x00, 0x3f, 0x7f, 0xff, 1, 2]) == nil)
    }
}
