import ImageryBase
import ImageryTIFF
import TestSupport
import Testing

/// Metadata and georeference of files that rasterio 1.4.4 (GDAL 3.10.3) wrote: 2 x 2 pixels of UInt8, EPSG:32633, transform (10, 0,
/// 500000, 0, -20, 4600000), nodata 255, tags SCENE (a<b) and, of the band, GAIN (2.5), description (red) and scale (0.5); the
/// second one with AREA_OR_POINT=Point.
@Suite struct MetadataTests {
    static let area = """
        SUkqAAgAAAARAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwABAAAACAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAAABEBBAABAAAApgIAABUB
        AwABAAAAAQAAABYBAwABAAAAAgAAABcBBAABAAAABAAAABwBAwABAAAAAQAAAFMBAwABAAAAAQAAAA6DDAADAAAAAAIAAIKEDAAGAAAAGAIAAK+H
        AwAgAAAASAIAALGHAgAeAAAAiAIAAICkAgAlAQAA2gAAAIGkAgAEAAAAMjU1AAAAAAA8R0RBTE1ldGFkYXRhPgogIDxJdGVtIG5hbWU9IlNDRU5F
        Ij5hJmFtcDtsdDtiPC9JdGVtPgogIDxJdGVtIG5hbWU9IkdBSU4iIHNhbXBsZT0iMCI+Mi41PC9JdGVtPgogIDxJdGVtIG5hbWU9Ik9GRlNFVCIg
        c2FtcGxlPSIwIiByb2xlPSJvZmZzZXQiPjA8L0l0ZW0+CiAgPEl0ZW0gbmFtZT0iU0NBTEUiIHNhbXBsZT0iMCIgcm9sZT0ic2NhbGUiPjAuNTwv
        SXRlbT4KICA8SXRlbSBuYW1lPSJERVNDUklQVElPTiIgc2FtcGxlPSIwIiByb2xlPSJkZXNjcmlwdGlvbiI+cmVkPC9JdGVtPgo8L0dEQUxNZXRh
        ZGF0YT4KAAAAAAAAAAAkQAAAAAAAADRAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgIQeQQAAAAAwjFFBAAAAAAAAAAABAAEA
        AAAHAAAEAAABAAEAAQQAAAEAAQACBLGHFgAAAAEIsYcHABYABggAAAEAjiMADAAAAQB5fwQMAAABACkjV0dTIDg0IC8gVVRNIHpvbmUgMzNOfFdH
        UyA4NHwA/////w==
        """

    static let point = """
        SUkqAAgAAAARAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwABAAAACAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAAABEBBAABAAAApgIAABUB
        AwABAAAAAQAAABYBAwABAAAAAgAAABcBBAABAAAABAAAABwBAwABAAAAAQAAAFMBAwABAAAAAQAAAA6DDAADAAAAAAIAAIKEDAAGAAAAGAIAAK+H
        AwAgAAAASAIAALGHAgAeAAAAiAIAAICkAgAlAQAA2gAAAIGkAgAEAAAAMjU1AAAAAAA8R0RBTE1ldGFkYXRhPgogIDxJdGVtIG5hbWU9IlNDRU5F
        Ij5hJmFtcDtsdDtiPC9JdGVtPgogIDxJdGVtIG5hbWU9IkdBSU4iIHNhbXBsZT0iMCI+Mi41PC9JdGVtPgogIDxJdGVtIG5hbWU9Ik9GRlNFVCIg
        c2FtcGxlPSIwIiByb2xlPSJvZmZzZXQiPjA8L0l0ZW0+CiAgPEl0ZW0gbmFtZT0iU0NBTEUiIHNhbXBsZT0iMCIgcm9sZT0ic2NhbGUiPjAuNTwv
        SXRlbT4KICA8SXRlbSBuYW1lPSJERVNDUklQVElPTiIgc2FtcGxlPSIwIiByb2xlPSJkZXNjcmlwdGlvbiI+cmVkPC9JdGVtPgo8L0dEQUxNZXRh
        ZGF0YT4KAAAAAAAAAAAkQAAAAAAAADRAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlIQeQQAAAIAtjFFBAAAAAAAAAAABAAEA
        AAAHAAAEAAABAAEAAQQAAAEAAgACBLGHFgAAAAEIsYcHABYABggAAAEAjiMADAAAAQB5fwQMAAABACkjV0dTIDg0IC8gVVRNIHpvbmUgMzNOfFdH
        UyA4NHwA/////w==
        """

    @Test(arguments: [area, point]) func georeferenceIsTheOneThatWasWritten(_ text: String) throws {
        let file = try TIFFFile(decodeBase64(text))
        let found = try #require(file.assets[0].georeference)
        #expect(
            found.affine == .init(originX: 500_000, originY: 4_600_000, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -20))
        #expect(found.crs == "EPSG:32633")
        #expect(file.diagnostics.isEmpty)
    }

    @Test func tagsKeysAndItems() throws {
        let file = try TIFFFile(decodeBase64(Self.point))
        let metadata = file.metadata
        #expect(metadata.schema == .tiff)
        #expect(metadata["256"]?.int == 2)
        #expect(metadata["258"]?.type == .short)
        #expect(metadata["ModelPixelScaleTag"]?.doubles == [10, 20, 0])
        #expect(metadata["GeoKeys"]?["GTRasterTypeGeoKey"]?.int == 2)
        #expect(metadata["GeoKeys"]?["ProjectedCRSGeoKey"]?.int == 32_633)
        #expect(metadata["GeoKeys"]?["GTCitationGeoKey"]?.text == "WGS 84 / UTM zone 33N")
        #expect(metadata["GDALMetadata"]?["SCENE"]?["value"]?.text == "a<b")
        #expect(metadata["GDALMetadata"]?["GAIN"]?["sample"]?.int == 0)
        #expect(metadata["GDALMetadata"]?["SCALE"]?["role"]?.text == "scale")
        #expect(metadata["GDAL_NODATA"]?.text == "255")
        #expect(try file.image().layout.padValue == .integer(255))
        #expect(file.assets[0].makeMetadata() == metadata)
    }

    @Test func dumpListsEveryField() throws {
        let file = try TIFFFile(decodeBase64(Self.area))
        let lines = file.dump()
        #expect(lines.count == 2 + 17)
        #expect(lines[0].value == "TIFF, II")
        #expect(lines[1].name == "IFD 0")
        #expect(lines[1].offset == 8)
        #expect(lines[2].name == "ImageWidth")
        #expect(lines[2].value == "2")
        #expect(lines[2].offset == 10)
        let scale = try #require(lines.first { $0.name == "ModelPixelScaleTag" })
        #expect(scale.size == 24)
        #expect(scale.value == "10.0 20.0 0.0")
    }

    @Test func titlesAndDescriptions() throws {
        var builder = TIFFBuilder(data: [1])
        builder.directories = [
            builder.gray(1, 1) + [
                builder.field(270, type: 2, count: 6, Array("words\0".utf8)),
                builder.field(285, type: 2, count: 5, Array("page\0".utf8)),
            ],
            builder.gray(1, 1) + [builder.field(270, type: 2, count: 20_000, [UInt8](repeating: 65, count: 20_000))],
        ]
        let assets = try TIFFFile(builder.bytes).assets
        #expect(assets.map(\.title) == ["page", ""])
        #expect(assets.map(\.description) == ["words", ""])
        #expect(assets[1].makeMetadata()["270"]?.count == 20_000)
    }
}
