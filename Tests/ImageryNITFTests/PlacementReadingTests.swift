import ImageryBase
import ImageryGeodesy
import Testing

@testable import ImageryNITF

/// Where an image lies by its extensions: BLOCKA, RPC00A, RPC00B (STDI-0002 Volume 1, Appendix E), ICHIPB (B), GEOLOB and MAPLOB (P).
@Suite struct PlacementReadingTests {
    /// Of an image of 5 columns and 4 rows.
    static func file(
        _ form: String = "", _ corners: [String] = [], _ extensions: [(String, String)] = [], header: [(String, String)] = []
    ) throws -> NITFFile {
        var builder = NITFBuilder.image(rows: 4, columns: 5)
        builder.image["ICORDS"] = form
        builder.image["IGEOLO"] = corners.joined()
        builder.segments[0].areas["IXSHD"] = extensions.flatMap { NITFBuilder.tre($0.0, Array($0.1.utf8)) }
        builder.fileAreas["XHD"] = header.flatMap { NITFBuilder.tre($0.0, Array($0.1.utf8)) }
        return try NITFFile(try builder.bytes)
    }

    static func blocka(_ corners: [String], lines: String = "00004") -> String {
        // Upper left, upper right, lower right, lower left are given; FRLC, LRLC, LRFC, FRFC are stored.
        "0100000" + lines + "000000" + String(repeating: " ", count: 16) + corners[1] + corners[2] + corners[3] + corners[0]
            + "     "
    }

    /// A camera whose line is 2 + 2 p and whose sample is 2.5 + 2.5 l, on a degree of ground.
    static func rpc(success: String = "1", lineOffset: String = "000002", sampleOffset: String = "00002") -> String {
        func polynomial(_ place: Int?, _ constant: String = "+0.000000E+0") -> String {
            (0..<20).map { $0 == place ? "+1.000000E+0" : $0 == 0 ? constant : "+0.000000E+0" }.joined()
        }
        return success + "0000.500000.25" + lineOffset + sampleOffset + "+48.0000+009.0000+0100" + "000002" + "00002"
            + "+00.5000+000.5000+0500" + polynomial(2) + polynomial(nil, "+1.000000E+0") + polynomial(1)
            + polynomial(nil, "+1.000000E+0")
    }

    private static let south = ["-10.000000+020.000000", "-10.000000+020.040000", "-10.030000+020.040000", "-10.030000+020.000000"]

    private func expect(_ found: [Georeference.Point]?, _ wanted: [(Double, Double)], within: Double = 1e-9) {
        #expect(found?.count == 4)
        for (a, b) in zip(found ?? [], wanted) { #expect(abs(a.x - b.0) < within && abs(a.y - b.1) < within) }
    }

    @Test func blockCornersWithoutAndInPlaceOfCoarseOnes() throws {
        let wanted = [(20.0, -10.0), (20.04, -10), (20.04, -10.03), (20, -10.03)]
        let blank = try Self.file("", [], [("BLOCKA", Self.blocka(Self.south))]).assets[0].georeference
        expect(blank?.corners, wanted)
        #expect(blank?.crs == "EPSG:4326")
        let seconds = ["S100000.00E0200000.00", "S100000.00E0200224.00", "S100148.00E0200224.00", "S100148.00E0200000.00"]
        let coarse = ["100001S0200001E", "100001S0200225E", "100149S0200225E", "100149S0200001E"]
        try expect(Self.file("G", coarse, [("BLOCKA", Self.blocka(seconds))]).assets[0].georeference?.corners, wanted)
        // Of another count of lines it is another image's.
        let other = try Self.file("G", coarse, [("BLOCKA", Self.blocka(seconds, lines: "00044"))]).assets[0].georeference
        #expect(other?.corners?[0] != blank?.corners?[0])
        let empty = [String](repeating: String(repeating: " ", count: 21), count: 4)
        #expect(try Self.file("", [], [("BLOCKA", Self.blocka(empty))]).assets[0].georeference == nil)
    }

    /// Metres of a zone get their fractions from BLOCKA, and stay in the zone.
    @Test func blockCornersRefineAZone() throws {
        let zone = [String](repeating: "325000005316301", count: 4)
        let fine = [String](repeating: "+48.000003+009.000001", count: 4)
        let found = try Self.file("N", zone, [("BLOCKA", Self.blocka(fine))]).assets[0].georeference
        #expect(found?.crs == "EPSG:32632")
        let point = try #require(found?.corners?.first)
        let wanted = try Georeference(
            affine: .init(originX: 0, originY: 0, xPerColumn: 1, xPerRow: 0, yPerColumn: 0, yPerRow: 1), crs: "EPSG:32632"
        ).pixel(longitude: 9.000001, latitude: 48.000003)
        #expect(abs(point.x - wanted.x) < 1e-6 && abs(point.y - wanted.y) < 1e-6)
    }

    @Test func cornersAcross180DegreesGoOn() throws {
        let corners = ["+11.000+179.900", "+11.000-179.700", "+10.500-179.700", "+10.500+179.900"]
        let found = try Self.file("D", corners).assets[0].georeference
        expect(found?.corners, [(179.9, 11), (180.3, 11), (180.3, 10.5), (179.9, 10.5)])
        let map = try #require(found?.affineMap(columns: 5, rows: 4))
        #expect(abs(map.xPerColumn - 0.1) < 1e-12 && abs(map.originX - 179.85) < 1e-12)
    }

    @Test func formsThatAreNearlyRight() throws {
        let sixty = ["095960N0200000E", "095960N0200400E", "093600N0200400E", "093600N0200000E"]
        #expect(try Self.file("G", sixty).assets[0].georeference?.corners?[0].y == 10)
        let east = try Self.file("D", ["+10.000+340.000", "+10.000+340.040", "+09.970+340.040", "+09.970+340.000"])
        #expect(east.assets[0].georeference?.corners?[1].x == 340.04)
        #expect(east.diagnostics.count == 1)
        let zeros = try Self.file("G", [String](repeating: "000000N0000000E", count: 4))
        #expect(zeros.assets[0].georeference == nil && zeros.diagnostics.count == 1)
    }

    @Test func cameras() throws {
        let file = try Self.file("", [], [("RPC00B", Self.rpc())])
        let camera = try #require(file.assets[0].georeference?.rationalPolynomial)
        #expect(file.assets[0].georeference?.crs == nil && file.diagnostics == [])
        #expect(camera.offsets == [2, 2, 48, 9, 100] && camera.scales == [2, 2, 0.5, 0.5, 500])
        #expect(camera.errorBias == 0.5 && camera.errorRandom == 0.25)
        let ground = try Georeference(rationalPolynomial: camera).ground(x: 3.5, y: 2.5, height: 7)
        #expect(abs(ground.longitude - 9.25) < 1e-12 && abs(ground.latitude - 48) < 1e-12)
        for bad in [Self.rpc(success: "0"), "1" + String(repeating: " ", count: 1040), String(Self.rpc().prefix(700)), ""] {
            let failed = try Self.file("", [], [("RPC00B", bad)])
            #expect(failed.assets[0].georeference == nil && failed.diagnostics.count == 1)
        }
    }

    /// RPC00A has its terms in another order: what stands at these places of it (as GDAL permutes them) is term n of RPC00B.
    @Test func termsOfTypeA() throws {
        let numbers = (0..<20).map { "+\($0 / 10).\($0 % 10)00000E+0" }.joined()
        let text = String(Self.rpc().prefix(81)) + numbers + numbers + numbers + numbers
        let camera = try #require(try Self.file("", [], [("RPC00A", text)]).assets[0].georeference?.rationalPolynomial)
        let tenths = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 7, 11, 14, 17, 12, 15, 18, 13, 16, 19]
        #expect(camera.lineNumerator.map { Int(($0 * 10).rounded()) } == tenths)
        #expect(camera.sampleDenominator == camera.lineNumerator)
    }

    static func ichipb(scale: String = "0001.00000", chip: [(String, String)], full: [(String, String)]) -> String {
        "00" + scale + "0000" + (chip + full).map { $0.0 + $0.1 }.joined() + "00000400" + "00000500"
    }

    /// A chip that begins at row 1, column 2 of the full image, at half its resolution.
    @Test func aChipMovesTheCamera() throws {
        let chip = Self.ichipb(
            scale: "0002.00000",
            chip: [
                ("00000000.500", "00000000.500"), ("00000000.500", "00000004.500"), ("00000003.500", "00000000.500"),
                ("00000003.500", "00000004.500"),
            ],
            full: [
                ("00000002.000", "00000003.000"), ("00000002.000", "00000011.000"), ("00000008.000", "00000003.000"),
                ("00000008.000", "00000011.000"),
            ])
        let camera = try #require(
            try Self.file("", [], [("RPC00B", Self.rpc()), ("ICHIPB", chip)]).assets[0].georeference?.rationalPolynomial)
        // Full (3.5, 2.5) is chip ((3.5 - 2) / 2, (2.5 - 1) / 2).
        let ground = try Georeference(rationalPolynomial: camera).ground(x: 0.75, y: 0.75)
        #expect(abs(ground.longitude - 9.25) < 1e-12 && abs(ground.latitude - 48) < 1e-12)
        let turned = try Self.file("", [], [("RPC00B", Self.rpc()), ("ICHIPB", "01" + chip.dropFirst(2))])
        #expect(turned.assets[0].georeference == nil && turned.diagnostics.count == 1)
    }

    @Test func gridsAreFinerThanCorners() throws {
        let corners = ["100000N0200000E", "100000N0200400E", "093600N0200400E", "093600N0200000E"]
        let found = try Self.file("G", corners, [("GEOLOB", "018000000009000000+019.9999900000+010.0000200000")]).assets[0]
            .georeference
        #expect(found?.corners == nil && found?.crs == "EPSG:4326")
        #expect(
            found?.affine
                == .init(originX: 19.99999, originY: 10.00002, xPerColumn: 2e-5, xPerRow: 0, yPerColumn: 0, yPerRow: -4e-5))
        func padded(_ text: String, _ count: Int) -> String { text + String(repeating: " ", count: count - text.count) }
        let system = "MAPM  " + padded("World Geodetic System 1984", 80) + "WGE " + padded("WGS 84", 80) + "WE " + padded("", 270)
        let projection =
            padded("Transverse Mercator", 80) + "TC3" + "+0000009.000000" + "0000000.9996000" + "+0000000.000000"
            + "000000000500000" + "000000000000000"
        let map = try Self.file(
            "G", corners, [("MAPLOB", "M  " + "00010" + "00020" + "000000000400000" + "0000005300000.25".suffix(15))],
            header: [("GEOPSB", system), ("PRJPSB", projection)]
        ).assets[0].georeference
        #expect(map?.crs == "EPSG:32632")
        #expect(map?.affine?.xPerColumn == 10 && map?.affine?.yPerRow == -20 && map?.affine?.originY == 5300000.25)
    }
}
