// The same ground under part of an image, and in the words of formats that know an affine map only, or corners only (S63).

extension Georeference {
    /// This georeference for the pixels `region` on the raster of `level`, as an image of its own. `layout` is that of the whole image.
    public func moved(to region: Window, level: Int, of layout: ImageLayout) -> Georeference {
        moved(to: ImagePart(region, level: level, of: layout))
    }

    /// This georeference of a whole for a part of it, as an image of its own.
    ///
    /// Corners become those of the part, by bilinear interpolation between the centres of the whole's corner pixels; a whole of one column
    /// or one row has none for its parts.
    public func moved(to part: ImagePart) -> Georeference {
        if part.isWhole { return self }
        var result = self
        result.affine = affine.map {
            $0.moved(column: part.left, row: part.top, scaleX: part.scaleX, scaleY: part.scaleY)
        }
        if let corners { result.corners = Self.corners(of: part, in: corners) }
        result.controlPoints = controlPoints.map { point in
            var moved = point
            (moved.column, moved.row) = part.position(x: point.column, y: point.row)
            return moved
        }
        if var camera = rationalPolynomial, camera.offsets.count == 5, camera.scales.count == 5 {
            // Lines and samples of a camera count pixel centres.
            let offset = part.position(x: camera.offsets[1] + 0.5, y: camera.offsets[0] + 0.5)
            (camera.offsets[0], camera.offsets[1]) = (offset.y - 0.5, offset.x - 0.5)
            camera.scales[0] /= part.scaleY
            camera.scales[1] /= part.scaleX
            result.rationalPolynomial = camera
        }
        return result
    }

    private static func corners(of part: ImagePart, in corners: [Point]) -> [Point]? {
        guard corners.count == 4, part.whole.columns > 1, part.whole.rows > 1 else { return nil }
        let (right, bottom) = (Double(part.size.columns) - 0.5, Double(part.size.rows) - 0.5)
        return [(0.5, 0.5), (right, 0.5), (right, bottom), (0.5, bottom)].map { x, y in
            let position = part.wholePosition(x: x, y: y)
            let u = (position.x - 0.5) / Double(part.whole.columns - 1)
            let v = (position.y - 0.5) / Double(part.whole.rows - 1)
            func mixed(_ value: (Point) -> Double) -> Double {
                (value(corners[0]) * (1 - u) + value(corners[1]) * u) * (1 - v)
                    + (value(corners[3]) * (1 - u) + value(corners[2]) * u) * v
            }
            return Point(x: mixed(\.x), y: mixed(\.y))
        }
    }

    /// The affine map of an image of that size: ``affine``, else the one that its corners give when they are a parallelogram's within
    /// a quarter of a pixel; nil when there is none.
    public func affineMap(columns: Int, rows: Int) -> Affine? { affine ?? cornerMap(columns: columns, rows: rows) }

    /// The ground under the centres of the corner pixels of an image of that size: ``corners``, else what ``affine`` gives.
    public func cornerPixels(columns: Int, rows: Int) -> [Point]? {
        corners ?? affine?.cornerPixels(columns: columns, rows: rows)
    }

    private func cornerMap(columns: Int, rows: Int) -> Affine? {
        guard let corners, corners.count == 4, columns > 1, rows > 1 else { return nil }
        let (across, down) = (Double(columns - 1), Double(rows - 1))
        let (upperLeft, upperRight, lowerRight, lowerLeft) = (corners[0], corners[1], corners[2], corners[3])
        let map = Affine(
            originX: upperLeft.x, originY: upperLeft.y, xPerColumn: (upperRight.x - upperLeft.x) / across,
            xPerRow: (lowerLeft.x - upperLeft.x) / down, yPerColumn: (upperRight.y - upperLeft.y) / across,
            yPerRow: (lowerLeft.y - upperLeft.y) / down)
        let determinant = map.xPerColumn * map.yPerRow - map.xPerRow * map.yPerColumn
        guard determinant.isFinite, determinant != 0 else { return nil }
        let (dx, dy) = (
            lowerRight.x - upperRight.x - lowerLeft.x + upperLeft.x, lowerRight.y - upperRight.y - lowerLeft.y + upperLeft.y
        )
        let columnsOff = (dx * map.yPerRow - dy * map.xPerRow) / determinant
        let rowsOff = (dy * map.xPerColumn - dx * map.yPerColumn) / determinant
        guard abs(columnsOff) <= 0.25, abs(rowsOff) <= 0.25 else { return nil }
        return map.moved(column: -0.5, row: -0.5, scaleX: 1, scaleY: 1)
    }
}

extension Georeference.Affine {
    /// The ground under the position (`column`, `row`).
    public func ground(column: Double, row: Double) -> Georeference.Point {
        Georeference.Point(
            x: originX + column * xPerColumn + row * xPerRow, y: originY + column * yPerColumn + row * yPerRow)
    }

    /// The map of an image whose pixel (0, 0) begins at (`column`, `row`) of this one and whose pixels are so many times as large.
    public func moved(column: Double, row: Double, scaleX: Double, scaleY: Double) -> Georeference.Affine {
        let origin = ground(column: column, row: row)
        return Georeference.Affine(
            originX: origin.x, originY: origin.y, xPerColumn: xPerColumn * scaleX, xPerRow: xPerRow * scaleY,
            yPerColumn: yPerColumn * scaleX, yPerRow: yPerRow * scaleY)
    }

    fileprivate func cornerPixels(columns: Int, rows: Int) -> [Georeference.Point] {
        let (right, bottom) = (Double(columns) - 0.5, Double(rows) - 0.5)
        return [(0.5, 0.5), (right, 0.5), (right, bottom), (0.5, bottom)].map { ground(column: $0.0, row: $0.1) }
    }
}
