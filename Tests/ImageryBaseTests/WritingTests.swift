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

    /// Each pixel of a part lies where the pixels of the whole do that it stands for: S2's rule of levels, odd sizes, origins, parts of parts.
    @Test func partsLieWhereTheirPixelsDo() throws {
        var layout = ImageLayout(
            shape: Shape(bands: 1, rows: 81, columns: 101), pixelType: .uint8, blockWidth: 101, blockHeight: 81)
        let level = ImagePart(Window(x: 3, y: 2, width: 10, height: 11), level: 2, of: layout)
        #expect(level.wholePosition(x: 0, y: 0) == (12, 8))
        #expect(level.wholePosition(x: 10, y: 11) == (52, 52))
        #expect(level.position(x: 52, y: 52) == (10, 11))
        layout.originX = 1
        // Column 1 of the grid belongs to pixel 1 of level 1, which begins at 2.
        #expect(ImagePart(Window(x: 0, y: 0, width: 5, height: 5), level: 1, of: layout).left == 1)
        let overview = ImagePart(.init(columns: 51, rows: 41), resampledFrom: .init(columns: 101, rows: 81))
        #expect(overview.wholePosition(x: 51, y: 41) == (101, 81))
        let inner = ImagePart(
            left: 2, top: 4, scaleX: 2, scaleY: 2, size: .init(columns: 3, rows: 3), whole: .init(columns: 10, rows: 11))
        #expect(inner.inside(level).wholePosition(x: 1, y: 1) == (28, 32))
        #expect(inner.inside(level).whole == .init(columns: 101, rows: 81))
    }

    /// (offset + 0.5) / 2 - 0.5: a camera counts pixel centres.
    @Test func aCameraFollowsALevel() {
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 80, columns: 100), pixelType: .uint8, blockWidth: 100, blockHeight: 80)
        let ones = [Double](repeating: 1, count: 20)
        let whole = Georeference(
            rationalPolynomial: .init(
                errorBias: nil, errorRandom: nil, offsets: [20, 25, 48, 9, 100], scales: [30, 35, 1, 1, 500],
                lineNumerator: ones, lineDenominator: ones, sampleNumerator: ones, sampleDenominator: ones))
        let half = whole.moved(to: Window(x: 0, y: 0, width: 50, height: 40), level: 1, of: layout).rationalPolynomial
        #expect(half?.offsets == [9.75, 12.25, 48, 9, 100])
        #expect(half?.scales == [15, 17.5, 1, 1, 500])
        let part = whole.moved(to: Window(x: 4, y: 5, width: 10, height: 10), level: 0, of: layout).rationalPolynomial
        #expect(part?.offsets == [15, 21, 48, 9, 100])
    }

    /// Corners that are no parallelogram's stay bilinear.
    @Test func cornersOfAPartAreBilinear() throws {
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 5, columns: 9), pixelType: .uint8, blockWidth: 9, blockHeight: 5)
        let corners = [(0.0, 8.0), (8, 8), (16, 0), (0, 0)].map { Georeference.Point(x: $0.0, y: $0.1) }
        let part = Georeference(corners: corners).moved(to: Window(x: 4, y: 2, width: 5, height: 3), level: 0, of: layout)
        #expect(part.corners == [(6.0, 4.0), (12, 4), (16, 0), (8, 0)].map { Georeference.Point(x: $0.0, y: $0.1) })
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
