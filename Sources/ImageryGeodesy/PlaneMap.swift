import ImageryBase

/// From pixel positions to positions of the reference system, and back.
enum PlaneMap: Sendable {
    case affine(Georeference.Affine)
    /// Bilinear between the centres of the corner pixels of an image of that size.
    case corners([Georeference.Point], columns: Int, rows: Int)

    /// A map that can be turned round; nil for one that cannot.
    init?(_ affine: Georeference.Affine) {
        guard Self.inverted(affine) != nil else { return nil }
        self = .affine(affine)
    }

    /// Nil for corners that are not four finite ones, or of an image of one column or one row.
    init?(_ corners: [Georeference.Point], columns: Int, rows: Int) {
        guard corners.count == 4, corners.allSatisfy({ $0.x.isFinite && $0.y.isFinite }), columns > 1, rows > 1 else { return nil }
        self = .corners(corners, columns: columns, rows: rows)
    }

    /// The affine map that has the smallest sum of squared distances from the points on the ground; nil for fewer than three points, or points on
    /// a line.
    init?(_ points: [Georeference.ControlPoint]) {
        guard points.count >= 3, points.allSatisfy({ [$0.column, $0.row, $0.x, $0.y].allSatisfy(\.isFinite) }) else { return nil }
        let count = Double(points.count)
        // From the middle of the points no digits are lost.
        func mean(_ value: (Georeference.ControlPoint) -> Double) -> Double { points.reduce(0) { $0 + value($1) } / count }
        let (c0, r0, x0, y0) = (mean(\.column), mean(\.row), mean(\.x), mean(\.y))
        var (cc, cr, rr, cx, rx, cy, ry) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for point in points {
            let (c, r, x, y) = (point.column - c0, point.row - r0, point.x - x0, point.y - y0)
            cc += c * c
            cr += c * r
            rr += r * r
            cx += c * x
            rx += r * x
            cy += c * y
            ry += r * y
        }
        let determinant = cc * rr - cr * cr
        guard determinant > 1e-12 * cc * rr else { return nil }
        let (xc, xr) = ((cx * rr - rx * cr) / determinant, (rx * cc - cx * cr) / determinant)
        let (yc, yr) = ((cy * rr - ry * cr) / determinant, (ry * cc - cy * cr) / determinant)
        self.init(
            Georeference.Affine(
                originX: x0 - c0 * xc - r0 * xr, originY: y0 - c0 * yc - r0 * yr, xPerColumn: xc, xPerRow: xr, yPerColumn: yc,
                yPerRow: yr))
    }

    func ground(_ pixel: PixelPosition) -> Georeference.Point {
        switch self {
        case .affine(let map): map.ground(column: pixel.x, row: pixel.y)
        case .corners(let corners, let columns, let rows):
            Self.mixed(corners, u: (pixel.x - 0.5) / Double(columns - 1), v: (pixel.y - 0.5) / Double(rows - 1))
        }
    }

    /// Nil when the corners are folded there.
    func pixel(_ point: Georeference.Point) -> PixelPosition? {
        switch self {
        case .affine(let map):
            guard let inverse = Self.inverted(map) else { return nil }
            let (dx, dy) = (point.x - map.originX, point.y - map.originY)
            return PixelPosition(x: inverse.a * dx + inverse.b * dy, y: inverse.c * dx + inverse.d * dy)
        case .corners(let corners, let columns, let rows):
            guard let found = Self.inverse(corners, point) else { return nil }
            return PixelPosition(x: found.u * Double(columns - 1) + 0.5, y: found.v * Double(rows - 1) + 0.5)
        }
    }

    private static func inverted(_ map: Georeference.Affine) -> (a: Double, b: Double, c: Double, d: Double)? {
        let determinant = map.xPerColumn * map.yPerRow - map.xPerRow * map.yPerColumn
        let terms = (
            a: map.yPerRow / determinant, b: -map.xPerRow / determinant, c: -map.yPerColumn / determinant,
            d: map.xPerColumn / determinant
        )
        let all = [terms.a, terms.b, terms.c, terms.d, map.originX, map.originY]
        return all.allSatisfy(\.isFinite) ? terms : nil
    }

    private static func mixed(_ corners: [Georeference.Point], u: Double, v: Double) -> Georeference.Point {
        func mix(_ value: (Georeference.Point) -> Double) -> Double {
            (value(corners[0]) * (1 - u) + value(corners[1]) * u) * (1 - v)
                + (value(corners[3]) * (1 - u) + value(corners[2]) * u) * v
        }
        return Georeference.Point(x: mix(\.x), y: mix(\.y))
    }

    /// Newton's method from the middle: for a parallelogram its first step arrives.
    private static func inverse(_ corners: [Georeference.Point], _ point: Georeference.Point) -> (u: Double, v: Double)? {
        var (u, v) = (0.5, 0.5)
        for _ in 0..<50 {
            let found = mixed(corners, u: u, v: v)
            let (xu, yu) = (
                (corners[1].x - corners[0].x) * (1 - v) + (corners[2].x - corners[3].x) * v,
                (corners[1].y - corners[0].y) * (1 - v) + (corners[2].y - corners[3].y) * v
            )
            let (xv, yv) = (
                (corners[3].x - corners[0].x) * (1 - u) + (corners[2].x - corners[1].x) * u,
                (corners[3].y - corners[0].y) * (1 - u) + (corners[2].y - corners[1].y) * u
            )
            let determinant = xu * yv - xv * yu
            let (dx, dy) = (point.x - found.x, point.y - found.y)
            let (du, dv) = ((dx * yv - dy * xv) / determinant, (dy * xu - dx * yu) / determinant)
            guard du.isFinite, dv.isFinite else { return nil }
            u += du
            v += dv
            if max(abs(du), abs(dv)) < 1e-14 * max(1, abs(u), abs(v)) { return (u, v) }
        }
        // The last digits may tremble.
        let found = mixed(corners, u: u, v: v)
        let size = abs(corners[2].x - corners[0].x) + abs(corners[2].y - corners[0].y)
        return abs(found.x - point.x) + abs(found.y - point.y) < 1e-9 * size ? (u, v) : nil
    }
}
