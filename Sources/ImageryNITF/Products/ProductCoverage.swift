// The ground that a frame or a boundary rectangle covers (MIL-STD-2411: coverage section).

import ImageryBase

/// Corners are outer edges, in degrees.
struct ProductCoverage: Sendable {
    /// Bytes of the section.
    static let size = 96

    var northWest, southWest, northEast, southEast: Georeference.Point
    /// Metres from north to south, and from east to west.
    var verticalResolution, horizontalResolution: Double
    /// Degrees of a row and of a column.
    var verticalInterval, horizontalInterval: Double

    /// Nil when the section is cut, or its corners are no positions.
    init?(_ section: ComponentBytes, at offset: Int) {
        let reals = (0..<12).compactMap { section.real(offset + 8 * $0) }
        guard reals.count == 12 else { return nil }
        func corner(_ index: Int) -> Georeference.Point { .init(x: reals[2 * index + 1], y: reals[2 * index]) }
        (northWest, southWest, northEast, southEast) = (corner(0), corner(1), corner(2), corner(3))
        (verticalResolution, horizontalResolution, verticalInterval, horizontalInterval) = (
            reals[8], reals[9], reals[10], reals[11]
        )
        let corners = [northWest, southWest, northEast, southEast]
        guard corners.allSatisfy({ abs($0.x) <= 360 && abs($0.y) <= 90 }), Set(corners).count > 1 else { return nil }
    }

    /// The rectangle of a zone that is not polar.
    init(north: Double, west: Double, south: Double, east: Double, rows: Int, columns: Int) {
        (northWest, southWest) = (.init(x: west, y: north), .init(x: west, y: south))
        (northEast, southEast) = (.init(x: east, y: north), .init(x: east, y: south))
        (verticalInterval, horizontalInterval) = ((north - south) / Double(rows), (east - west) / Double(columns))
        (verticalResolution, horizontalResolution) = (0, 0)
    }

    /// The place of an image of that size that fills the coverage: affine in longitude and latitude, or by the centres of the corner pixels
    /// where the frame is polar. Nil for corners that are no rectangle elsewhere.
    func georeference(columns: Int, rows: Int, polarCorners: [Georeference.Point]?) -> Georeference? {
        if let corners = polarCorners { return Georeference(corners: corners, crs: "EPSG:4326") }
        let tolerance = 1e-6
        guard abs(northWest.y - northEast.y) < tolerance, abs(southWest.y - southEast.y) < tolerance,
            abs(northWest.x - southWest.x) < tolerance, abs(northEast.x - southEast.x) < tolerance, northWest.y > southWest.y
        else { return nil }
        // Over 180 degrees the eastern longitudes are negative.
        let east = northEast.x < northWest.x ? northEast.x + 360 : northEast.x
        guard east > northWest.x else { return nil }
        return Georeference(
            affine: .init(
                originX: northWest.x, originY: northWest.y, xPerColumn: (east - northWest.x) / Double(columns), xPerRow: 0,
                yPerColumn: 0, yPerRow: (southWest.y - northWest.y) / Double(rows)), crs: "EPSG:4326")
    }
}
