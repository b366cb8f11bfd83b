import ImageryPlumbing
import TestSupport
import Testing

@testable import Imagery

/// S65: images that are stored turned or mirrored, as they are to be shown (TIFF 6.0, Orientation).
@Suite struct UprightImageTests {
    /// 1 2 3 over 4 5 6, as each orientation shows it.
    private static let pictures: [(orientation: Orientation, rows: [[UInt8]])] = [
        (.upright, [[1, 2, 3], [4, 5, 6]]), (.mirrored, [[3, 2, 1], [6, 5, 4]]), (.turned180, [[6, 5, 4], [3, 2, 1]]),
        (.flipped, [[4, 5, 6], [1, 2, 3]]), (.transposed, [[1, 4], [2, 5], [3, 6]]), (.turned90, [[4, 1], [5, 2], [6, 3]]),
        (.transversed, [[6, 3], [5, 2], [4, 1]]), (.turned270, [[3, 6], [2, 5], [1, 4]]),
    ]

    private static func file(_ orientation: Orientation, _ place: Georeference) throws -> ImageAsset {
        var raster = try Raster([1, 2, 3, 4, 5, 6] as [UInt8], rows: 2, columns: 3)
        raster.colorModel = .gray
        raster.colorModel.orientation = orientation
        var options = WriteOptions()
        options.georeference = place
        return try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
    }

    @Test(arguments: pictures.indices) func samplesAndTheirPlacesGoTogether(_ index: Int) throws {
        let (orientation, rows) = Self.pictures[index]
        let map = Georeference.Affine(originX: 10, originY: 50, xPerColumn: 0.5, xPerRow: 0.125, yPerColumn: 0.25, yPerRow: -1)
        let image = try Self.file(orientation, Georeference(affine: map, crs: "EPSG:4326"))
        let shown = image.upright()
        #expect(shown.shape == Shape(bands: 1, rows: rows.count, columns: rows[0].count))
        #expect(shown.colorModel.orientation == .upright)
        #expect(try shown.read().samples(as: UInt8.self) == rows.flatMap(\.self))
        #expect(try shown.read(window: Window(x: 1, y: 1, width: 1, height: 1)).samples(as: UInt8.self) == [rows[1][1]])
        for (row, samples) in rows.enumerated() {
            for (column, sample) in samples.enumerated() {
                let stored = (column: Double((sample - 1) % 3), row: Double((sample - 1) / 3))
                let ground = try shown.ground(x: Double(column) + 0.5, y: Double(row) + 0.5)
                let expected = try image.ground(x: stored.column + 0.5, y: stored.row + 0.5)
                #expect(abs(ground.longitude - expected.longitude) < 1e-12 && abs(ground.latitude - expected.latitude) < 1e-12)
            }
        }
    }

    @Test(arguments: pictures.indices) func controlPointsStayOnTheirPixels(_ index: Int) throws {
        let (orientation, rows) = Self.pictures[index]
        // One in the middle of each pixel, named by its sample.
        let points = (0..<6).map { n in
            let (column, row) = (n % 3, n / 3)
            return Georeference.ControlPoint(
                column: Double(column) + 0.5, row: Double(row) + 0.5, x: Double(n + 1), y: Double(10 * column + n), z: 0)
        }
        let shown = try Self.file(orientation, Georeference(controlPoints: points, crs: "EPSG:4326")).upright()
        let moved = try #require(shown.georeference).controlPoints
        #expect(moved.count == 6)
        for point in moved { #expect(Double(rows[Int(point.row)][Int(point.column)]) == point.x) }
    }

    @Test(arguments: pictures.indices) func cornersGoWithTheirPixels(_ index: Int) throws {
        let (orientation, rows) = Self.pictures[index]
        let corners = [(1, 1), (3, 3), (6, 6), (4, 4)].map { Georeference.Point(x: Double($0.0), y: Double($0.1)) }
        let place = try #require(Georeference(corners: corners).upright(orientation, columns: 3, rows: 2).corners)
        let last = rows.count - 1
        let samples = [rows[0][0], rows[0][rows[0].count - 1], rows[last][rows[0].count - 1], rows[last][0]]
        #expect(place.map(\.x) == samples.map(Double.init))
    }

    /// What is written says upright, whatever the metadata said.
    @Test(arguments: [Format.tiff, .png, .jpeg, .jpeg2000, .nitf]) func writtenUpright(_ format: Format) throws {
        let shown = try Self.file(.turned90, Georeference()).upright()
        let sink = MemorySink()
        let result = try Dataset.write(into: sink, format: format, options: WriteOptions()) { try $0.add(image: shown) }
        #expect(result.notes.filter { $0.field == "orientation" } == [])
        let image = try Dataset(bytes: sink.bytes, format: format).image()
        #expect(image.colorModel.orientation == .upright && image.width == 2 && image.height == 3)
    }
}
