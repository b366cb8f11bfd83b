import ImageryBase
import ImageryTags
import Testing

@Suite struct GeoreferenceTests {
    private func shorts(_ numbers: [Int]) -> Value {
        Value(.short, littleEndian: numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }

    /// OGC 19-008r4, Annex B's scheme: an inline number, a double, a text ended by a bar.
    @Test func keysOfEveryPlace() {
        let keys = GeoKeys(
            directory: shorts([1, 1, 1, 4, 1024, 0, 1, 1, 1026, 34_737, 6, 3, 2059, 34_736, 1, 1, 3072, 0, 1, 32_660]),
            doubles: Value([1.0, 298.257223563]), texts: Value(.ascii, littleEndian: Array("ab|WGS84|".utf8)))
        #expect(keys.diagnostics.isEmpty)
        #expect(
            keys.entries.map(\.name) == [
                "GTModelTypeGeoKey", "GTCitationGeoKey", "EllipsoidInvFlatteningGeoKey", "ProjectedCRSGeoKey",
            ])
        #expect(keys[1024]?.int == 1)
        #expect(keys[1026]?.text == "WGS84")
        #expect(keys[2059]?.double == 298.257223563)
        #expect(keys.coordinateReferenceSystem == "EPSG:32660")
        #expect(GeoKeys.id(named: "ProjectedCSTypeGeoKey") == 3072)
        #expect(GeoKeys.id(named: "ProjectedCRSGeoKey") == 3072)
    }

    /// C8: counts and places that lie.
    @Test func keysThatLieAreDiagnostics() {
        let keys = GeoKeys(
            directory: shorts([
                1, 1, 0, 9_999, 1024, 0, 1, 2, 1026, 34_737, 65_535, 0, 2059, 34_736, 1, 7, 2060, 4_711, 1, 0, 2048, 0, 1, 4326,
            ]),
            doubles: nil, texts: Value(.ascii, littleEndian: Array("abc".utf8)))
        #expect(keys.entries.map(\.code) == [1024, 2048])
        #expect(keys.diagnostics.count == 4)
        #expect(keys.coordinateReferenceSystem == "EPSG:4326")
        #expect(GeoKeys(directory: shorts([1, 1]), doubles: nil, texts: nil).entries.isEmpty)
        #expect(GeoKeys(directory: Value([1.0, 1.0, 0.0, 3.0]), doubles: nil, texts: nil).entries.isEmpty)
        // Thousands of keys that share one text do not multiply it.
        var shared = [1, 1, 0, 1_000]
        for _ in 0..<1_000 { shared += [1026, 34_737, 5_000, 0] }
        let many = GeoKeys(
            directory: shorts(shared), doubles: nil, texts: Value(.ascii, littleEndian: [UInt8](repeating: 65, count: 5_000)))
        #expect(many.entries.count == 2)
        #expect(many.diagnostics.count == 1)
        // User-defined and undefined systems have no code (clause 7.5.1).
        for code in [0, 32_767, 40_000] {
            let own = GeoKeys(directory: shorts([1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, code]), doubles: nil, texts: nil)
            #expect(own.coordinateReferenceSystem == nil)
        }
    }

    /// Keys that say no more than a code are that code; all others are kept.
    @Test func definitions() {
        func keys(_ numbers: [Int], _ texts: String? = nil) -> GeoKeys {
            GeoKeys(directory: shorts(numbers), doubles: nil, texts: texts.map { Value(.ascii, littleEndian: Array($0.utf8)) })
        }
        let plain = keys([1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34_737, 2, 0, 3072, 0, 1, 32_632], "a|")
        #expect(plain.definition == nil && plain.coordinateReferenceSystem == "EPSG:32632")
        // Feet, a height, points.
        for more in [[3076, 0, 1, 9003], [4096, 0, 1, 5773], [1025, 0, 1, 2]] {
            let directory = [1, 1, 0, 2, 3072, 0, 1, 2225] + more
            #expect(keys(directory).definition == Georeference.Definition(directory: directory.map { UInt16($0) }))
        }
        let long = keys([1, 1, 0, 1, 4097, 34_737, 5_000, 0], String(repeating: "a", count: 5_000))
        #expect(long.entries.count == 1 && long.definition == nil)
    }

    private func keys(point: Bool) -> GeoKeys {
        GeoKeys(directory: shorts([1, 1, 0, 2, 1024, 0, 1, 2, 1025, 0, 1, point ? 2 : 1]), doubles: nil, texts: nil)
    }

    /// X = X0 + (I - I0) * Sx, Y = Y0 - (J - J0) * Sy; a point raster begins half a pixel earlier.
    @Test func scaleAndTiepoint() throws {
        let tags: [UInt16: Value] = [33_550: Value([10, 20, 0]), 33_922: Value([2, 3, 0, 500, 800, 0])]
        let area = try #require(Georeference(geoKeys: keys(point: false)) { tags[$0] }?.affine)
        #expect(area == .init(originX: 480, originY: 860, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -20))
        let point = try #require(Georeference(geoKeys: keys(point: true)) { tags[$0] }?.affine)
        #expect(point == .init(originX: 475, originY: 870, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -20))
    }

    @Test func transformationAndControlPoints() throws {
        let matrix: [UInt16: Value] = [34_264: Value([1, 2, 0, 100, 3, -4, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1])]
        let found = try #require(Georeference(geoKeys: nil) { matrix[$0] })
        #expect(found.affine == .init(originX: 100, originY: 200, xPerColumn: 1, xPerRow: 2, yPerColumn: 3, yPerRow: -4))
        #expect(found.crs == nil)
        let half = try #require(Georeference(geoKeys: keys(point: true)) { matrix[$0] }?.affine)
        #expect(half.originX == 98.5)
        #expect(half.originY == 200.5)
        let ties: [UInt16: Value] = [33_922: Value([0, 0, 0, 1, 2, 3, 10, 20, 0, 4, 5, 6])]
        let points = try #require(Georeference(geoKeys: nil) { ties[$0] })
        #expect(points.affine == nil)
        #expect(points.controlPoints == [.init(column: 0, row: 0, x: 1, y: 2, z: 3), .init(column: 10, row: 20, x: 4, y: 5, z: 6)])
        #expect(Georeference(geoKeys: nil) { _ in nil } == nil)
        // A scale of zero, a matrix of the wrong size.
        let broken: [UInt16: Value] = [33_550: Value([0, 20, 0]), 34_264: Value([1, 2, 3])]
        #expect(Georeference(geoKeys: nil) { broken[$0] } == nil)
    }

    @Test func cameraCoefficients() throws {
        let tags: [UInt16: Value] = [50_844: Value((0..<92).map { $0 == 0 ? -1 : Double($0) })]
        let camera = try #require(Georeference(geoKeys: nil) { tags[$0] }?.rationalPolynomial)
        #expect(camera.errorBias == nil)
        #expect(camera.errorRandom == 1)
        #expect(camera.offsets == [2, 3, 4, 5, 6])
        #expect(camera.scales == [7, 8, 9, 10, 11])
        #expect(camera.lineNumerator.first == 12)
        #expect(camera.sampleDenominator == (72..<92).map(Double.init(_:)))
        #expect(Georeference(geoKeys: nil) { $0 == 50_844 ? Value([1, 2]) : nil } == nil)
    }
}
