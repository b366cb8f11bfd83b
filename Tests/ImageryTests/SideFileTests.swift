import Imagery
import TestSupport
import Testing

/// Files beside an image that say where it lies, given in the list of paths.
@Suite struct SideFileTests {
    private func files(_ sides: [(String, String)], _ check: ([String]) throws -> Void) throws {
        let base = try Raster([UInt8](repeating: 1, count: 20), rows: 4, columns: 5).encoded(as: .tiff)
        try withFiles([(name: "image.tif", bytes: base)] + sides.map { (name: $0.0, bytes: Array($0.1.utf8)) }, check)
    }

    private static let affine = Georeference.Affine(
        originX: 95, originY: 205, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10)

    /// Six lines: x by column, y by column, x by row, y by row, and the centre of the first pixel.
    @Test func worldFiles() throws {
        try files([("image.tfw", "10\n0\n0\n-10\n100\n200\n")]) { (paths) throws in
            #expect(try Dataset(paths).image().georeference == Georeference(affine: Self.affine))
            #expect(try Dataset(paths[0]).image().georeference == nil)
        }
        try files([("image.wld", "10\n0\n0\n-10\n100\n")]) { (paths) throws in
            #expect { try Dataset(paths) } throws: { ($0 as? ImageryError)?.kind == .malformed }
        }
    }

    @Test func auxiliaryFiles() throws {
        let text = """
            <PAMDataset><SRS>PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32632"]]</SRS>
            <GeoTransform> 9.5e+01, 1.0e+01, 0.0, 2.05e+02, 0.0, -1.0e+01</GeoTransform></PAMDataset>
            """
        try files([("image.tif.aux.xml", text)]) { (paths) throws in
            #expect(try Dataset(paths).image().georeference == Georeference(affine: Self.affine, crs: "EPSG:32632"))
        }
    }

    @Test func cameras() throws {
        let names = ["LINE_NUM_COEFF", "LINE_DEN_COEFF", "SAMP_NUM_COEFF", "SAMP_DEN_COEFF"]
        var list = "LINE_OFF: 2.5 pixels\nSAMP_OFF: 3 pixels\nLAT_OFF: 48 degrees\nLONG_OFF: 9 degrees\nHEIGHT_OFF: 100 meters\n"
        list += "LINE_SCALE: 2\nSAMP_SCALE: 2\nLAT_SCALE: 0.5\nLONG_SCALE: 0.5\nHEIGHT_SCALE: 500\n"
        for (index, name) in names.enumerated() { for term in 1...20 { list += "\(name)_\(term): \(100 * index + term)\n" } }
        func block(_ name: String, _ first: Int) -> String {
            "\t\(name) = (\n" + (1...20).map { "\t\t\t\(first + $0)" }.joined(separator: ",\n") + ");\n"
        }
        let text = """
            satId = "X";
            BEGIN_GROUP = IMAGE
            \terrBias = 1.5;
            \tlineOffset = 2.5;
            \tsampOffset = 3;
            \tlatOffset = 48;\n\tlongOffset = 9;\n\theightOffset = 100;
            \tlineScale = 2;\n\tsampScale = 2;\n\tlatScale = 0.5;\n\tlongScale = 0.5;\n\theightScale = 500;
            \(block("lineNumCoef", 0))\(block("lineDenCoef", 100))\(block("sampNumCoef", 200))\(block("sampDenCoef", 300))END_GROUP = IMAGE
            END;
            """
        for (name, content, bias) in [("image_RPC.TXT", list, nil), ("image.RPB", text, 1.5 as Double?)] {
            try files([(name, content)]) { (paths) throws in
                let camera = try #require(try Dataset(paths).image().georeference?.rationalPolynomial)
                #expect(camera.offsets == [2.5, 3, 48, 9, 100] && camera.scales == [2, 2, 0.5, 0.5, 500])
                #expect(camera.lineNumerator == (1...20).map(Double.init))
                #expect(camera.sampleDenominator == (301...320).map(Double.init))
                #expect(camera.errorBias == bias)
            }
        }
        try files([("image.rpb", "lineOffset = 3;")]) { (paths) throws in
            #expect(throws: ImageryError.self) { try Dataset(paths) }
        }
    }

    /// An overview in a file of its own covers the ground of the base.
    @Test func overviewsOfAPyramidLieWhereTheBaseDoes() throws {
        var options = WriteOptions()
        options.georeference = Georeference(affine: Self.affine, crs: "EPSG:32632")
        let base = try Raster([UInt8](repeating: 1, count: 20), rows: 4, columns: 5).encoded(as: .tiff, options: options)
        let small = try Raster([UInt8](repeating: 1, count: 6), rows: 2, columns: 3).encoded(as: .tiff)
        let dataset = try Dataset(bytes: [base, small], format: .tiff, roles: [.data, .overview(1)])
        let place = try dataset.image(.overview(1)).georeference
        #expect(place?.crs == "EPSG:32632" && place?.affine?.originX == 95)
        #expect(abs((place?.affine?.xPerColumn ?? 0) - 50.0 / 3) < 1e-12 && place?.affine?.yPerRow == -20)
    }
}
