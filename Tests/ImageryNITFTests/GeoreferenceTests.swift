import ImageryBase
import Testing

@testable import ImageryNITF

/// IGEOLO in all its forms (MIL-STD-2500C Table A-3).
@Suite struct GeoreferenceTests {
    private func file(_ form: String, _ corners: [String], version: Version = .v21) throws -> NITFFile {
        var builder = NITFBuilder.image(rows: 2, columns: 2)
        builder.version = version
        builder.image["ICORDS"] = form
        builder.image["IGEOLO"] = corners.joined()
        return try NITFFile(try builder.bytes)
    }

    private func points(_ pairs: [(Double, Double)]) -> [Georeference.Point] { pairs.map { .init(x: $0.0, y: $0.1) } }

    @Test func degreesMinutesSeconds() throws {
        let corners = ["391339N1181829W", "391428N1181735W", "391346S1181631E", "000000N0000000E"]
        let found = try #require(try file("G", corners).assets[0].georeference)
        let expected = points([
            (-(118 + 18.0 / 60 + 29.0 / 3600), 39 + 13.0 / 60 + 39.0 / 3600),
            (-(118 + 17.0 / 60 + 35.0 / 3600), 39 + 14.0 / 60 + 28.0 / 3600),
            (118 + 16.0 / 60 + 31.0 / 3600, -(39 + 13.0 / 60 + 46.0 / 3600)), (0, 0),
        ])
        #expect(found.corners == expected)
        #expect(found.crs == "EPSG:4326")
        #expect(try file("C", corners, version: .v20).assets[0].georeference == Georeference(corners: expected))
    }

    @Test func decimalDegrees() throws {
        let found = try file("D", ["+39.804-084.146", "+39.804-084.071", "-39.751+384.071", "-39.751-084.146"]).assets[0]
            .georeference
        #expect(found == nil)
        let right = try file("D", ["+39.804-084.146", "+39.804-084.071", "-39.751+084.071", "-39.751-084.146"]).assets[0]
            .georeference
        #expect(
            right?.corners == points([(-84.146, 39.804), (-84.071, 39.804), (84.071, -39.751), (-84.146, -39.751)]))
        #expect(right?.crs == "EPSG:4326")
    }

    @Test func universalTransverseMercator() throws {
        let corners = ["172330853807070", "172349753807070", "172349753805180", "172330853805180"]
        let north = try #require(try file("N", corners).assets[0].georeference)
        #expect(north.corners == points([(233085, 3_807_070), (234975, 3_807_070), (234975, 3_805_180), (233085, 3_805_180)]))
        #expect(north.crs == "EPSG:32617")
        #expect(try file("S", corners).assets[0].georeference?.crs == "EPSG:32717")
        // In NITF 2.0, N stands for none.
        let old = try file("N", [], version: .v20)
        #expect(old.assets[0].georeference == nil && old.diagnostics == [])
        let mixed = try file("N", ["182330853807070"] + corners.dropFirst())
        #expect(mixed.assets[0].georeference == nil && mixed.diagnostics.count == 1)
    }

    /// Positions made by the package mgrs 1.6.0 (GEOTRANS) from latitudes and longitudes, which PROJ 9 turned into
    /// these eastings and northings.
    @Test(arguments: [
        ("51EXR2307981520", 51, false, 623079, 3_581_520), ("16TDR0771306537", 16, true, 407713, 5_006_537),
        ("27NZB1349038581", 27, true, 813490, 138_581), ("48RUQ9471168148", 48, true, 394711, 2_968_148),
        ("02DNP5783043843", 2, false, 557830, 2_843_843), ("26VPJ6984020676", 26, true, 669840, 6_320_676),
        ("01TCK2319181115", 1, true, 323191, 4_981_115), ("44MLT6239732086", 44, false, 362397, 9_232_086),
        ("57GXP0672801803", 57, false, 606728, 5_301_803), ("02WNA8500816799", 2, true, 585008, 7_516_799),
        ("33CVR9748294720", 33, false, 497482, 1_594_720), ("23XNC6898505814", 23, true, 568985, 8_205_814),
    ])
    func militaryGrid(text: String, zone: Int, isNorth: Bool, easting: Double, northing: Double) throws {
        let found = try #require(try file("U", [String](repeating: text, count: 4)).assets[0].georeference)
        #expect(found.corners == points([(Double, Double)](repeating: (easting, northing), count: 4)))
        #expect(found.crs == UTMZone(number: zone, isNorth: isNorth).crs)
    }

    /// HOSTILE F18.
    @Test func garbageIsADiagnostic() throws {
        let garbage = [
            ("G", "999999N9999999E"), ("G", "395959X1181829W"), ("D", "+39,804-084.146"), ("D", "nan    infinity"),
            ("N", "99aaaaaabbbbbbb"),
            ("U", "61CVR9748294720"), ("U", "33IVR9748294720"), ("U", "33CAR9748294720"), ("Q", "391339N1181829W"),
        ]
        for (form, text) in garbage {
            let file = try file(form, [String](repeating: text, count: 4))
            #expect(file.assets[0].georeference == nil)
            #expect(file.diagnostics.count == 1, "\(form) \(text)")
            #expect(file.assets[0].makeMetadata()["IGEOLO"]?.text == String(repeating: text, count: 4))
        }
        let blank = try file("G", [])
        #expect(blank.assets[0].georeference == nil && blank.diagnostics == [])
    }
}
