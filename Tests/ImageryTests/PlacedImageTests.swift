import Imagery
import Testing

/// Where the pixels of an image lie, asked of the image (S67). GroundModelTests go through the kinds of places.
@Suite("Images that lie somewhere") struct PlacedImageTests {
    /// 40 x 20 pixels of a quarter degree, north up, from 10 E 50 N.
    private func image(crs: String? = "EPSG:4326") throws -> ImageAsset {
        let affine = Georeference.Affine(originX: 10, originY: 50, xPerColumn: 0.25, xPerRow: 0, yPerColumn: 0, yPerRow: -0.25)
        let raster = try Raster([UInt8](repeating: 3, count: 800), rows: 20, columns: 40)
        let options = crs.map { WriteOptions(georeference: Georeference(affine: affine, crs: $0)) } ?? WriteOptions()
        return try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
    }

    @Test func pixelsAndTheGround() throws {
        let image = try image()
        let ground = try image.ground(x: 4, y: 8)
        #expect(abs(ground.longitude - 11) < 1e-9 && abs(ground.latitude - 48) < 1e-9)
        let pixel = try image.pixel(longitude: 11, latitude: 48)
        #expect(abs(pixel.x - 4) < 1e-9 && abs(pixel.y - 8) < 1e-9)
    }

    @Test func windowsOfRectangles() throws {
        let image = try image()
        let window = Window(x: 4, y: 8, width: 4, height: 4)
        #expect(try image.window(covering: GroundRectangle(west: 11, south: 47, east: 12, north: 48)) == window)
        #expect(try image.window(covering: MapRectangle(left: 11, bottom: 47, right: 12, top: 48, crs: "EPSG:4326")) == window)
        for error in [
            #expect(throws: ImageryError.self) {
                try image.window(covering: GroundRectangle(west: 60, south: 1, east: 61, north: 2))
            },
            #expect(throws: ImageryError.self) {
                try image.window(covering: MapRectangle(left: 60, bottom: 1, right: 61, top: 2, crs: "EPSG:4326"))
            },
        ] { #expect(error?.kind == .misuse && error?.context == "image:0") }
    }

    @Test func imagesWithoutAPlace() throws {
        let image = try image(crs: nil)
        for error in [
            #expect(throws: ImageryError.self) { try image.ground(x: 1, y: 1) },
            #expect(throws: ImageryError.self) { try image.pixel(longitude: 1, latitude: 1) },
            #expect(throws: ImageryError.self) { try image.groundModel() },
        ] { #expect(error?.kind == .unsupported && error?.reason == .feature(.georeference)) }
    }

    /// What --gml writes is the same place as GeoJP2, and found without it.
    @Test(arguments: ["EPSG:4326", "EPSG:32633"]) func coveragesOfGML(crs: String) throws {
        var raster = try Raster([UInt8](repeating: 3, count: 800), rows: 20, columns: 40)
        raster.colorModel = .gray
        let affine = Georeference.Affine(originX: 10, originY: 50, xPerColumn: 0.25, xPerRow: 0, yPerColumn: 0, yPerRow: -0.25)
        let choices = JPEG2000Choices(writesGML: true)
        let options = WriteOptions(jpeg2000: choices, georeference: Georeference(affine: affine, crs: crs))
        var bytes = try raster.encoded(as: .jpeg2000, options: options)
        #expect(try Dataset(bytes: bytes, format: .jpeg2000).validate() == [])
        let box = try #require(bytes.firstRange(of: Array("uuid".utf8)))
        bytes.replaceSubrange(box, with: Array("free".utf8))
        let found = try #require(try Dataset(bytes: bytes, format: .jpeg2000).image().georeference)
        #expect(found.affine == affine && found.crs == crs)
    }

    @Test func placesThatGMLCannotSay() throws {
        let raster = try Raster([UInt8](repeating: 3, count: 800), rows: 20, columns: 40)
        let turned = Georeference.Affine(originX: 10, originY: 50, xPerColumn: 1, xPerRow: 0.5, yPerColumn: 0.5, yPerRow: -1)
        for place in [nil, Georeference(affine: turned, crs: "EPSG:32633"), Georeference(affine: turned, crs: "EPSG:2056")] {
            let options = WriteOptions(jpeg2000: JPEG2000Choices(writesGML: true), georeference: place)
            let error = #expect(throws: ImageryError.self) { try raster.encoded(as: .jpeg2000, options: options) }
            #expect(error?.kind == .unsupported && error?.description.contains("--gml") == true)
        }
        // There are no boxes.
        for (format, choices) in [
            (Format.jpeg2000, JPEG2000Choices(writesGML: true, wrapping: .bare)), (.nitf, JPEG2000Choices(writesGML: true)),
        ] {
            let options = WriteOptions(compression: .jpeg2000(), jpeg2000: choices)
            #expect(#expect(throws: ImageryError.self) { try raster.encoded(as: format, options: options) }?.kind == .misuse)
        }
    }
}
