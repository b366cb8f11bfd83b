import ImageryBase
import Testing

@Suite struct WritingTests {
    @Test func placesOfKeys() {
        #expect(AssetKey("image:3").imagePlace == ImagePlace(page: 3))
        #expect(AssetKey("image:3:mask").imagePlace == ImagePlace(page: 3, isMask: true))
        #expect(AssetKey("image:0:overview:2").imagePlace == ImagePlace(page: 0, level: 2))
        #expect(AssetKey("image:0:overview:2:mask").imagePlace == ImagePlace(page: 0, level: 2, isMask: true))
        for text in [
            "image", "image:", "image:-1", "image:x", "image:0:overview", "image:0:overview:0", "text:0", "image:0:masks", "",
        ] {
            #expect(AssetKey(text).imagePlace == nil, "\(text)")
        }
        for place in [ImagePlace(page: 1), ImagePlace(page: 0, level: 3, isMask: true)] { #expect(place.key.imagePlace == place) }
        #expect(AssetKey("des:4").index(of: .data) == 4)
        #expect(AssetKey("graphic:1").index(of: .graphics) == 1)
        #expect(AssetKey("text:").index(of: .text) == nil)
    }

    @Test func aWindowTakesItsGroundAlong() {
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 80, columns: 100), pixelType: .uint8, blockWidth: 100, blockHeight: 80)
        let affine = Georeference.Affine(originX: 10, originY: 20, xPerColumn: 2, xPerRow: 0, yPerColumn: 0, yPerRow: -3)
        let whole = Georeference(
            affine: affine, controlPoints: [.init(column: 5, row: 6, x: 1, y: 2, z: 3)], crs: "EPSG:3857")
        #expect(whole.moved(to: layout.bounds, level: 0, of: layout) == whole)
        let part = whole.moved(to: Window(x: 4, y: 5, width: 10, height: 10), level: 0, of: layout)
        #expect(part.affine?.originX == 18)
        #expect(part.affine?.originY == 5)
        #expect(part.controlPoints[0].column == 1)
        #expect(part.controlPoints[0].row == 1)
        #expect(part.crs == "EPSG:3857")
        let half = whole.moved(to: Window(x: 1, y: 0, width: 4, height: 4), level: 1, of: layout)
        #expect(half.affine?.xPerColumn == 4)
        #expect(half.affine?.originX == 14)
    }

    @Test func cornersAndMapsBecomeEachOther() throws {
        let affine = Georeference.Affine(originX: 10, originY: 20, xPerColumn: 2, xPerRow: 0.5, yPerColumn: 0.25, yPerRow: -3)
        let corners = try #require(Georeference(affine: affine).cornerPixels(columns: 5, rows: 4))
        #expect(corners[0] == Georeference.Point(x: 11.25, y: 18.625))
        #expect(Georeference(corners: corners).affineMap(columns: 5, rows: 4) == affine)
        var crooked = corners
        crooked[2].x += 10
        #expect(Georeference(corners: crooked).affineMap(columns: 5, rows: 4) == nil)
        #expect(Georeference(corners: corners).affineMap(columns: 1, rows: 4) == nil)
    }

    @Test func cornersAndReferenceSystemAreAGeoreference() {
        var options = WriteOptions()
        options.crs = "EPSG:4326"
        options.corners = [Georeference.Point(x: 1, y: 2)]
        #expect(options.georeference == Georeference(corners: [Georeference.Point(x: 1, y: 2)], crs: "EPSG:4326"))
        options.crs = nil
        options.corners = nil
        #expect(options.georeference == nil)
    }

    @Test func whatIsSetWinsOverTheFiles() {
        var file = WriteOptions()
        file.compression = .deflate
        (file.blockWidth, file.blockHeight) = (64, 32)
        file.metadata = Metadata(schema: .tiff)
        var own = WriteOptions()
        own.compression = .lzw
        own.blockHeight = 8
        let filled = own.filled(from: file)
        #expect(filled.compression == .lzw)
        #expect(filled.blockWidth == nil)
        #expect(filled.blockHeight == 8)
        #expect(filled.metadata == nil)
    }
}
