public import ImageryBase

/// A rectangle of longitudes and latitudes, in degrees.
public struct GroundRectangle: Hashable, Sendable {
    /// Western and eastern edge; a rectangle whose west is greater than its east lies across 180 degrees.
    public var west, east: Double
    /// Southern and northern edge.
    public var south, north: Double

    /// Throws kind misuse for edges that are no longitudes (-180 to 360) and latitudes, or a south that is north of the north.
    public init(west: Double, south: Double, east: Double, north: Double) throws(ImageryError) {
        guard [west, south, east, north].allSatisfy(\.isFinite), (-180...360).contains(west), (-180...360).contains(east),
            south >= -90,
            north <= 90, south <= north
        else {
            throw ImageryError(
                .misuse, "bounds", "\(west), \(south), \(east), \(north) are not west, south, east and north in degrees")
        }
        (self.west, self.south, self.east, self.north) = (west, south, east, north)
    }

    /// Degrees from west to east.
    var width: Double { east >= west ? east - west : east - west + 360 }

    func contains(_ place: GroundPosition) -> Bool {
        guard place.latitude >= south, place.latitude <= north else { return false }
        var east = (place.longitude - west).remainder(dividingBy: 360)
        if east < 0 { east += 360 }
        return east <= width
    }
}

/// A rectangle in the coordinates of a reference system, such as metres of a UTM zone.
public struct MapRectangle: Sendable {
    /// The system.
    public let system: GroundSystem
    /// Least and greatest first coordinate: easting or longitude.
    public let x: ClosedRange<Double>
    /// Least and greatest second coordinate: northing or latitude.
    public let y: ClosedRange<Double>

    /// A rectangle in the system of that code, `"EPSG:32633"`.
    ///
    /// Throws kind unsupported for systems without a projection here, misuse for edges that are not finite or the wrong way round.
    public init(left: Double, bottom: Double, right: Double, top: Double, crs: String) throws(ImageryError) {
        guard [left, bottom, right, top].allSatisfy(\.isFinite), left <= right, bottom <= top else {
            throw ImageryError(.misuse, "bounds", "\(left), \(bottom), \(right), \(top) are not left, bottom, right and top")
        }
        system = try GroundSystem(crs)
        (x, y) = (left...right, bottom...top)
    }
}

extension GroundModel {
    /// The pixels of the image that the rectangle touches; nil when there are none.
    ///
    /// The window's edges come from where the rectangle's edges and the image's cross, found to 0.000001 pixel at the given `height`; both are
    /// followed in 64 steps a side.
    public func window(covering rectangle: GroundRectangle, height: Double = 0) -> Window? {
        let east = rectangle.west + rectangle.width
        let corners = [
            (rectangle.west, rectangle.north), (east, rectangle.north), (east, rectangle.south), (rectangle.west, rectangle.south),
        ]
        return window(height: height, contains: rectangle.contains) { t in
            let (longitude, latitude) = Self.along(corners, t)
            return GroundPosition(longitude: normalised(longitude: longitude), latitude: latitude)
        }
    }

    /// The same for a rectangle in a reference system, the image's or another one.
    public func window(covering rectangle: MapRectangle, height: Double = 0) -> Window? {
        let (x, y) = (rectangle.x, rectangle.y)
        let corners = [
            (x.lowerBound, y.upperBound), (x.upperBound, y.upperBound), (x.upperBound, y.lowerBound), (x.lowerBound, y.lowerBound),
        ]
        return window(height: height) { place in
            guard let point = rectangle.system.position(longitude: place.longitude, latitude: place.latitude) else { return false }
            return x.contains(point.x) && y.contains(point.y)
        } outline: { t in
            let (x, y) = Self.along(corners, t)
            return rectangle.system.geographic(Georeference.Point(x: x, y: y)).map {
                GroundPosition(longitude: normalised(longitude: $0.longitude), latitude: $0.latitude)
            }
        }
    }

    /// The window of an area on the ground whose outline is followed from 0 to 4.
    private func window(
        height: Double, contains: (GroundPosition) -> Bool, outline: (Double) -> GroundPosition?
    ) -> Window? {
        let (columns, rows) = (Double(size.columns), Double(size.rows))
        guard size.columns > 0, size.rows > 0 else { return nil }
        func isInside(_ p: PixelPosition) -> Bool { p.x >= 0 && p.y >= 0 && p.x <= columns && p.y <= rows }
        var box: (left: Double, top: Double, right: Double, bottom: Double)?
        func add(_ p: PixelPosition) {
            let old = box ?? (p.x, p.y, p.x, p.y)
            box = (min(old.left, p.x), min(old.top, p.y), max(old.right, p.x), max(old.bottom, p.y))
        }
        // The image's edge where it lies in the area.
        let corners = [(0, 0), (columns, 0), (columns, rows), (0, rows)]
        func edge(_ t: Double) -> PixelPosition {
            let (x, y) = Self.along(corners, t)
            return PixelPosition(x: x, y: y)
        }
        Self.follow { t in
            self.place(edge(t), height: height).map(contains) ?? false
        } found: {
            add(edge($0))
        }
        // The area's edge where it lies in the image.
        func pixel(_ t: Double) -> PixelPosition? {
            guard let place = outline(t), let pixel = self.position(place, height: height), isInside(pixel),
                // Far away from its image a camera may give any pixel: only its own ground counts.
                let back = self.place(pixel, height: height), abs(back.latitude - place.latitude) < 1e-6,
                abs((back.longitude - place.longitude).remainder(dividingBy: 360)) < 1e-6 || abs(place.latitude) > 89.9
            else { return nil }
            return pixel
        }
        Self.follow {
            pixel($0) != nil
        } found: { t in
            if let p = pixel(t) { add(p) }
        }
        guard let box else { return nil }
        // What touches a pixel's edge only does not touch the pixel.
        let slack = 1e-6
        let left = max(0, (box.left + slack).rounded(.down))
        let top = max(0, (box.top + slack).rounded(.down))
        let right = min(columns, max(left + 1, (box.right - slack).rounded(.up)))
        let bottom = min(rows, max(top + 1, (box.bottom - slack).rounded(.up)))
        guard left < right, top < bottom, box.right > slack, box.bottom > slack else { return nil }
        return Window(x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top))
    }

    private static let steps = 64

    /// The point at `t` (0 to 4) of the way round four corners.
    private static func along(_ corners: [(Double, Double)], _ t: Double) -> (Double, Double) {
        let side = min(3, Int(t))
        let part = t - Double(side)
        let (a, b) = (corners[side], corners[(side + 1) % 4])
        return (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
    }

    /// Goes round from 0 to 4 and gives every step at which `holds` is true, and every place where it changes.
    private static func follow(_ holds: (Double) -> Bool, found: (Double) -> Void) {
        var before: (t: Double, holds: Bool)?
        for step in 0...4 * steps {
            let t = Double(step) / Double(steps)
            let now = holds(t)
            if now { found(t) }
            if let before, before.holds != now {
                var (yes, no) = now ? (t, before.t) : (before.t, t)
                for _ in 0..<48 {
                    let half = (yes + no) / 2
                    if holds(half) { yes = half } else { no = half }
                }
                found(yes)
            }
            before = (t, now)
        }
    }
}
