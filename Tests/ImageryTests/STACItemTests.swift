import Foundation
import Imagery
import Testing

@Suite("STAC items") struct STACItemTests {
    private func image(crs: String, corners: [(Double, Double)], format: Format = .tiff) throws -> ImageAsset {
        var options = WriteOptions()
        options.crs = crs
        options.corners = corners.map { Georeference.Point(x: $0.0, y: $0.1) }
        options.padValue = .integer(7)
        let raster = try Raster(.uint16, shape: Shape(bands: 2, rows: 4, columns: 5))
        return try Dataset(bytes: raster.encoded(as: format, options: options), format: format).image()
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The centres of the corner pixels are given, the item tells the corners of the image.
    @Test func placeAndBands() throws {
        let image = try image(crs: "EPSG:4326", corners: [(10.5, 49.5), (14.5, 49.5), (14.5, 46.5), (10.5, 46.5)])
        let item = try object(
            image.stacItem(id: "scene", href: "https://host/scene.tif", datetime: "2024-02-29T10:30:45Z", index: "scene.json"))
        #expect(
            item["type"] as? String == "Feature" && item["stac_version"] as? String == "1.1.0" && item["id"] as? String == "scene")
        let box = try #require(item["bbox"] as? [Double])
        #expect(zip(box, [10, 46, 15, 50]).allSatisfy { abs($0 - $1) < 1e-9 })
        let ring = try #require(((item["geometry"] as? [String: Any])?["coordinates"] as? [[[Double]]])?.first)
        #expect(ring.count == 5 && ring.first == ring.last)
        // Counterclockwise: the area by the shoelace formula is positive.
        let area = zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0[0] * $1.1[1] - $1.1[0] * $1.0[1] } / 2
        #expect(abs(area - 20) < 1e-6)
        let properties = try #require(item["properties"] as? [String: Any])
        #expect(properties["datetime"] as? String == "2024-02-29T10:30:45Z" && properties["proj:code"] as? String == "EPSG:4326")
        #expect(properties["proj:shape"] as? [Int] == [4, 5])
        let map = try #require(properties["proj:transform"] as? [Double])
        #expect(zip(map, [1, 0, 10, 0, -1, 50]).allSatisfy { abs($0 - $1) < 1e-9 })
        let assets = try #require(item["assets"] as? [String: [String: Any]])
        let bands = try #require(assets["image"]?["bands"] as? [[String: Any]])
        #expect(bands.count == 2 && bands[0]["data_type"] as? String == "uint16" && bands[0]["nodata"] as? Int == 7)
        #expect(
            assets["image"]?["href"] as? String == "https://host/scene.tif" && assets["index"]?["href"] as? String == "scene.json")
    }

    @Test func across180Degrees() throws {
        let image = try image(crs: "EPSG:4326", corners: [(178.5, 1.5), (182.5, 1.5), (182.5, -1.5), (178.5, -1.5)])
        let box = try #require(
            try object(image.stacItem(id: "a", href: "a", datetime: "2024-01-01T00:00:00Z"))["bbox"] as? [Double])
        #expect(zip(box, [178, -2, -177, 2]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func aTimeIsNeeded() throws {
        let image = try image(crs: "EPSG:4326", corners: [(1, 1), (2, 1), (2, 0), (1, 0)])
        #expect(throws: ImageryError.self) { try image.stacItem(id: "a", href: "a") }
        var nitf = WriteOptions()
        nitf.date = 1_000_000_000
        let raster = try Raster(.uint8, shape: Shape(bands: 1, rows: 2, columns: 2))
        let file = try Dataset(bytes: raster.encoded(as: .nitf, options: nitf), format: .nitf)
        #expect(file.metadata.recordedTime == "2001-09-09T01:46:40")
    }

    @Test func times() {
        func time(_ schema: Metadata.Schema, _ name: String, _ text: String) -> String? {
            Metadata(schema: schema, entries: [.init(name, Value(text: text))]).recordedTime
        }
        #expect(time(.nitf, "IDATIM", "20240229103045") == "2024-02-29T10:30:45" && time(.nitf, "IDATIM", "20240229------") == nil)
        #expect(time(.nitf, "IDATIM", "20230229103045") == nil && time(.nitf, "IDATIM", "20240229243045") == nil)
        #expect(time(.tiff, "306", "2024:02:29 10:30:45") == "2024-02-29T10:30:45" && time(.tiff, "306", "yesterday") == nil)
    }
}
