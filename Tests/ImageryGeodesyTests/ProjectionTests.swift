import ImageryBase
import ImageryGeodesy
import Testing

/// Projections against PROJ 9 (through pyproj): EPSG code, longitude, latitude, easting, northing.
@Suite struct ProjectionTests {
    private static let one = Georeference.Affine(originX: 0, originY: 0, xPerColumn: 1, xPerRow: 0, yPerColumn: 0, yPerRow: 1)

    @Test(arguments: [
        ("EPSG:32632", 9.123456789, 48.987654321, 509032.1719, 5426090.7148),
        ("EPSG:32733", 17.5, -33.25, 732908.4300, 6318210.3768),
        ("EPSG:32660", 179.5, 10.0, 774071.0534, 1106451.2783),
        ("EPSG:26910", -122.75, 37.5, 522097.5368, 4150370.6898),
        ("EPSG:25833", 13.375, 52.5, 389693.8281, 5817893.1387),
        ("EPSG:3857", -179.5, 60.25, -19981848.5974, 8455609.2034),
        ("EPSG:3395", 12.5, -41.75, 1391493.6349, -5095144.1311),
        ("EPSG:32661", -45.5, 87.25, 1782193.4631, 1785962.1123),
        ("EPSG:32761", 170.25, -85.5, 2084649.9868, 1507366.0948),
        ("EPSG:3413", -30.0, 72.5, 494346.6497, -1844926.8133),
        ("EPSG:3031", 100.0, -75.0, 1613886.4387, -284571.7229),
    ])
    func agreesWithPROJ(crs: String, longitude: Double, latitude: Double, x: Double, y: Double) throws {
        let place = Georeference(affine: Self.one, crs: crs)
        let found = try place.pixel(longitude: longitude, latitude: latitude)
        #expect(abs(found.x - x) < 1e-4 && abs(found.y - y) < 1e-4)
        let back = try place.ground(x: found.x, y: found.y)
        #expect(abs(back.longitude - longitude) < 1e-11 && abs(back.latitude - latitude) < 1e-11)
    }

    @Test func polesAndTheEquator() throws {
        let north = Georeference(affine: Self.one, crs: "EPSG:32661")
        #expect(try north.pixel(longitude: 77, latitude: 90) == PixelPosition(x: 2_000_000, y: 2_000_000))
        #expect(try north.ground(x: 2_000_000, y: 2_000_000).latitude == 90)
        let zone = Georeference(affine: Self.one, crs: "EPSG:32631")
        #expect(try abs(zone.pixel(longitude: 3, latitude: 90).y - 9_997_964.943) < 1e-3)
        #expect(try zone.pixel(longitude: 3, latitude: 0) == PixelPosition(x: 500_000, y: 0))
    }

    @Test(arguments: ["EPSG:2154", "EPSG:4267", "EPSG:99999999999999999999", "urn:own", "EPSG:"])
    func otherSystemsAreUnsupportedByName(crs: String) {
        #expect {
            try Georeference(affine: Self.one, crs: crs).ground(x: 0, y: 0)
        } throws: { error in
            let error = error as? ImageryError
            return error?.kind == .unsupported && error?.message.contains(crs) == true
        }
    }

    @Test func hostileNumbersAreErrors() {
        for crs in ["EPSG:32632", "EPSG:3857", "EPSG:32661", "EPSG:4326"] {
            for value in [Double.nan, .infinity, 1e300, -1e300] {
                #expect(throws: ImageryError.self) {
                    try Georeference(affine: Self.one, crs: crs).pixel(longitude: value, latitude: 3)
                }
                #expect(throws: ImageryError.self) {
                    try Georeference(affine: Self.one, crs: crs).pixel(longitude: 3, latitude: value)
                }
                _ = try? Georeference(affine: Self.one, crs: crs).ground(x: value, y: 3)
            }
        }
    }
}
