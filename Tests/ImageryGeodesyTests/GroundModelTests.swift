import ImageryBase
import ImageryGeodesy
import Testing

@Suite struct GroundModelTests {
    /// The camera of a public IKONOS image (gdal/autotest: byte_rpc.tif).
    static let camera: Georeference.RationalPolynomial = {
        let denominator = [
            1.0, -0.00520769693945429, 0.00549138470185778, -0.00472718007439368, -2.02057365543208e-05, 8.39509604990839e-06,
            -3.43728317291176e-05, -1.94598141718645e-05, 2.35660616018416e-05, 3.71653924834455e-06, 7.08406853351595e-08,
            -5.72002373463043e-09, 8.71363385561163e-09, -4.39082343385483e-09, 1.39161295297537e-08, -1.24914964124471e-08,
            4.6171143198849e-08, 1.70067569381897e-08, -2.37449991316111e-08, 9.05460084990073e-10,
        ]
        let line = [
            -0.000539636886315094, 0.00262771165447159, -1.00287836503009, -0.0340303311076584, 0.00523658598538616,
            0.00210057328569037, 0.00311664695421511, 0.000406267962891555, -0.00550089873884607, 5.26202553862825e-05,
            2.5958707865627e-06, -2.23632198653199e-06, 2.02822452334703e-05, -5.24009408417096e-06, 2.16913023637956e-05,
            -2.36002554032361e-05, 1.56703932477487e-06, -6.14095576183939e-06, 1.8422191786661e-05, 2.01615774485329e-07,
        ]
        let sample = [
            0.00121386429106107, 1.0047652205584, 0.00363040578479236, -0.033702055558379, 0.00665808526532754, -0.0036225246184886,
            -0.000251174639124558, -0.00523232964739848, 1.74629130199178e-05, 0.000131049715749837, -2.8029900276216e-05,
            -1.95273546561053e-05, 2.91977037724833e-05, 2.78736117374265e-07, -2.64005759423042e-05, 7.08277764663844e-08,
            1.12211574945991e-06, 1.15330773275834e-06, 7.15463416011193e-07, -2.42741993962372e-08,
        ]
        return Georeference.RationalPolynomial(
            errorBias: nil, errorRandom: nil, offsets: [15834, 13464, -42.8607, 147.2588, 300],
            scales: [15834, 13464, 0.0715, 0.0828, 970], lineNumerator: line, lineDenominator: denominator,
            sampleNumerator: sample, sampleDenominator: denominator)
    }()

    /// GDAL's RPC transformer takes these longitudes and latitudes to these pixels: x, y, height, longitude, latitude.
    @Test(arguments: [
        (100.5, 200.25, 250.0, 147.17655755485785, -42.790361470818866),
        (13464.0, 15834.0, 300.0, 147.25869706126613, -42.86073645469766),
        (15000.0, 9000.75, 700.0, 147.2691110195509, -42.830957050071845),
    ])
    func cameraAgreesWithGDAL(x: Double, y: Double, height: Double, longitude: Double, latitude: Double) throws {
        let place = Georeference(rationalPolynomial: Self.camera)
        let found = try place.ground(x: x, y: y, height: height)
        #expect(abs(found.longitude - longitude) < 1e-10 && abs(found.latitude - latitude) < 1e-10)
        let back = try place.pixel(longitude: found.longitude, latitude: found.latitude, height: height)
        #expect(abs(back.x - x) < 1e-6 && abs(back.y - y) < 1e-6)
        // Longitudes may be counted on.
        #expect(try abs(place.pixel(longitude: longitude - 360, latitude: latitude, height: height).x - x) < 1e-4)
    }

    /// The affine map is the image on the ground; the camera, where there is one, says more than control points and corners.
    @Test func theBestWayIsTaken() throws {
        var place = Georeference(
            affine: .init(originX: 10, originY: 50, xPerColumn: 0.1, xPerRow: 0, yPerColumn: 0, yPerRow: -0.1),
            corners: [.init(x: 0, y: 1), .init(x: 1, y: 1), .init(x: 1, y: 0), .init(x: 0, y: 0)], rationalPolynomial: Self.camera,
            crs: "EPSG:4326")
        #expect(try place.ground(x: 1, y: 2) == GroundPosition(longitude: 10.1, latitude: 49.8))
        place.crs = "EPSG:2154"
        #expect(try abs(place.ground(x: 100.5, y: 200.25, height: 250).longitude - 147.176557554) < 1e-8)
        place.affine = nil
        place.crs = "EPSG:4326"
        #expect(try abs(place.ground(x: 100.5, y: 200.25, height: 250).longitude - 147.176557554) < 1e-8)
        place.rationalPolynomial = nil
        #expect(throws: ImageryError.self) { try place.ground(x: 1, y: 1) }
        let model = try GroundModel(place, columns: 11, rows: 21)
        #expect(try model.ground(x: 5.5, y: 10.5) == GroundPosition(longitude: 0.5, latitude: 0.5))
        #expect(throws: ImageryError.self) { try GroundModel(Georeference(crs: "EPSG:4326"), columns: 3, rows: 3) }
    }

    @Test func crookedCornersAreBilinear() throws {
        let corners = [(0.0, 10.0), (10, 11), (12, 0), (-1, 1)].map { Georeference.Point(x: $0.0, y: $0.1) }
        let model = try GroundModel(Georeference(corners: corners, crs: "EPSG:4326"), columns: 101, rows: 51)
        let corner = try model.ground(x: 100.5, y: 50.5)
        #expect(abs(corner.longitude - 12) < 1e-12 && abs(corner.latitude) < 1e-12)
        // A quarter of the way right and a half down: means of means.
        let inner = try model.ground(x: 25.5, y: 25.5)
        #expect(abs(inner.longitude - (2.5 + 2.25) / 2) < 1e-12 && abs(inner.latitude - (10.25 + 0.75) / 2) < 1e-12)
        for (x, y) in [(0.0, 0.0), (3.25, 47), (101, 51), (77, 2)] {
            let place = try model.ground(x: x, y: y)
            let back = try model.pixel(longitude: place.longitude, latitude: place.latitude)
            #expect(abs(back.x - x) < 1e-6 && abs(back.y - y) < 1e-6)
        }
    }

    @Test func controlPointsAreFitted() throws {
        func point(_ c: Double, _ r: Double, dx: Double = 0) -> Georeference.ControlPoint {
            .init(column: c, row: r, x: 500_000 + 2 * c - r + dx, y: 4_000_000 - c - 3 * r, z: 0)
        }
        let four = [point(0, 0), point(10, 0), point(10, 20), point(0, 20)]
        let position = try Georeference(controlPoints: four, crs: "EPSG:32632").ground(x: 5, y: 6)
        let exact = try Georeference(
            affine: .init(originX: 500_000, originY: 4_000_000, xPerColumn: 2, xPerRow: -1, yPerColumn: -1, yPerRow: -3),
            crs: "EPSG:32632"
        ).ground(x: 5, y: 6)
        #expect(abs(position.longitude - exact.longitude) < 1e-12 && abs(position.latitude - exact.latitude) < 1e-12)
        // An error of alternating sign at the corners of a rectangle does not move the plane.
        let crooked = [point(0, 0, dx: 4), point(10, 0, dx: -4), point(10, 20, dx: 4), point(0, 20, dx: -4)]
        #expect(
            try abs(Georeference(controlPoints: crooked, crs: "EPSG:32632").ground(x: 5, y: 6).longitude - exact.longitude) < 1e-9)
        let line = [point(0, 0), point(1, 1), point(2, 2)]
        #expect(throws: ImageryError.self) { try Georeference(controlPoints: line, crs: "EPSG:32632").ground(x: 0, y: 0) }
    }

    @Test func camerasThatLackNumbersAreMalformed() {
        for change in [
            { (camera: inout Georeference.RationalPolynomial) in camera.offsets = [] }, { $0.scales[3] = 0 },
            { $0.lineNumerator = [1] }, { $0.sampleDenominator[2] = .nan },
        ] {
            var camera = Self.camera
            change(&camera)
            #expect {
                try Georeference(rationalPolynomial: camera).ground(x: 0, y: 0)
            } throws: {
                ($0 as? ImageryError)?.kind == .malformed
            }
        }
    }

    // MARK: Windows

    private func model(_ west: Double, _ north: Double, turned: Double = 0) throws -> GroundModel {
        try GroundModel(
            Georeference(
                affine: .init(originX: west, originY: north, xPerColumn: 0.01, xPerRow: turned, yPerColumn: turned, yPerRow: -0.01),
                crs: "EPSG:4326"), columns: 100, rows: 100)
    }

    private func rectangle(_ w: Double, _ s: Double, _ e: Double, _ n: Double) throws -> GroundRectangle {
        try GroundRectangle(west: w, south: s, east: e, north: n)
    }

    @Test func windowsOfRectangles() throws {
        let place = try model(10, 50)
        #expect(try place.window(covering: rectangle(10.105, 49.5, 10.2, 49.9)) == Window(x: 10, y: 10, width: 10, height: 40))
        #expect(try place.window(covering: rectangle(0, 0, 90, 90)) == Window(x: 0, y: 0, width: 100, height: 100))
        #expect(try place.window(covering: rectangle(10.995, 49.5, 12, 49.9)) == Window(x: 99, y: 10, width: 1, height: 40))
        // Inside of one pixel, and a point.
        #expect(try place.window(covering: rectangle(10.101, 49.501, 10.102, 49.502)) == Window(x: 10, y: 49, width: 1, height: 1))
        #expect(try place.window(covering: rectangle(10.105, 49.505, 10.105, 49.505)) == Window(x: 10, y: 49, width: 1, height: 1))
        // Edges that only touch.
        #expect(try place.window(covering: rectangle(11, 49.5, 12, 49.9)) == nil)
        #expect(try place.window(covering: rectangle(0, 0, 1, 1)) == nil)
    }

    @Test func windowsAcross180Degrees() throws {
        for west in [179.5, -180.5] {
            let place = try model(west, 50)
            #expect(try place.window(covering: rectangle(179.9, 49.5, -179.9, 49.9)) == Window(x: 40, y: 10, width: 20, height: 40))
            #expect(try place.window(covering: rectangle(179.9, 49.5, 180.1, 49.9)) == Window(x: 40, y: 10, width: 20, height: 40))
        }
    }

    @Test func windowsOfRectanglesInReferenceSystems() throws {
        let affine = Georeference.Affine(
            originX: 600_000, originY: 5_400_000, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10)
        let grid = try GroundModel(Georeference(affine: affine, crs: "EPSG:32632"), columns: 100, rows: 80)
        let own = try MapRectangle(left: 600_100, bottom: 5_399_500, right: 600_400, top: 5_399_800, crs: "EPSG:32632")
        #expect(grid.window(covering: own) == Window(x: 10, y: 20, width: 30, height: 30))
        // The same edges in degrees and on the Mercator sphere: x = R longitude, y = R ln tan(45° + latitude / 2), R = 6378137.
        let place = try model(10, 50)
        let degrees = try MapRectangle(left: 10.105, bottom: 49.5, right: 10.2, top: 49.9, crs: "EPSG:4326")
        let mercator = try MapRectangle(
            left: 1_124_883.454_466, bottom: 6_360_130.740_921, right: 1_135_458.806_091, top: 6_428_975.579_878, crs: "EPSG:3857")
        for rectangle in [degrees, mercator] {
            #expect(place.window(covering: rectangle) == Window(x: 10, y: 10, width: 10, height: 40))
        }
        #expect(grid.window(covering: mercator) == nil)
        #expect(throws: ImageryError.self) { try MapRectangle(left: 1, bottom: 0, right: 0, top: 1, crs: "EPSG:4326") }
        #expect(throws: ImageryError.self) { try MapRectangle(left: 0, bottom: 0, right: 1, top: 1, crs: "EPSG:2056") }
    }

    @Test func windowsOfTurnedImagesAndCameras() throws {
        // x = 10 + 0.01 c + 0.005 r, y = 50 + 0.005 c - 0.01 r: the rectangle's corners at its edges solve these.
        let turned = try model(10, 50, turned: 0.005).window(covering: rectangle(10.2, 49.7, 10.5, 49.8))
        // Left: (10.2, 49.7) gives c = 4, r = 32; right: (10.5, 49.8) gives c = 32, r = 36; top: (10.2, 49.8), bottom: (10.5, 49.7).
        #expect(turned == Window(x: 4, y: 24, width: 28, height: 20))
        let camera = try GroundModel(Georeference(rationalPolynomial: Self.camera), columns: 26928, rows: 31668)
        let corner = try camera.ground(x: 5000, y: 7000, height: 300)
        let other = try camera.ground(x: 5200, y: 7100, height: 300)
        let window = try #require(
            try camera.window(
                covering: rectangle(corner.longitude, other.latitude, other.longitude, corner.latitude), height: 300))
        #expect((4990...5000).contains(window.x) && (6990...7000).contains(window.y))
        #expect((200...220).contains(window.width) && (100...120).contains(window.height))
    }

    @Test func rectanglesWithoutSenseAreMisuse() {
        for (w, s, e, n) in [(0.0, 1.0, 1.0, 0.0), (0, -91, 1, 0), (-181, 0, 0, 1), (0, 0, 361, 1), (.nan, 0, 1, 1)] {
            #expect {
                try GroundRectangle(west: w, south: s, east: e, north: n)
            } throws: {
                ($0 as? ImageryError)?.kind == .misuse
            }
        }
    }
}
