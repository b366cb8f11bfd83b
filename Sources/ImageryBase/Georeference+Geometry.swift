// The same ground under part of an image, and in the words of formats that know an affine map only, or corners only (S63).

extension Georeference {
    /// This georeference for the pixels `region` on the raster of `level`, as an image of its own.
    ///
    /// `layout` is that of the whole image. Corners become those of the region where they are a parallelogram's, and are left out otherwise.
    public func moved(to region: Window, level: Int, of layout: ImageLayout) -> Georeference {
        let size = layout.reduced(layout.bounds, level: level)
        if level == 0 && region == layout.bounds { return self }
        // Pixels of the full resolution for each pixel of the level.
        let scaleX = Double(layout.shape.columns) / Double(size.width)
        let scaleY = Double(layout.shape.rows) / Double(size.height)
        let (left, top) = (Double(region.x) * scaleX, Double(region.y) * scaleY)
        var result = self
        result.affine = affine.map { $0.moved(column: left, row: top, scaleX: scaleX, scaleY: scaleY) }
        if corners != nil {
            let map = cornerMap(columns: layout.shape.columns, rows: layout.shape.rows)?
                .moved(column: left, row: top, scaleX: scaleX, scaleY: scaleY)
            result.corners = map?.cornerPixels(columns: region.width, rows: region.height)
        }
        result.controlPoints = controlPoints.map { point in
            var moved = point
            moved.column = (point.column - left) / scaleX
            moved.row = (point.row - top) / scaleY
            return moved
        }
        if var camera = rationalPolynomial, camera.offsets.count == 5, camera.scales.count == 5 {
            // Lines and samples of a camera count pixel centres.
            camera.offsets[0] = (camera.offsets[0] + 0.5 - top) / scaleY - 0.5
            camera.offsets[1] = (camera.offsets[1] + 0.5 - left) / scaleX - 0.5
            camera.scales[0] /= scaleY
            camera.scales[1] /= scaleX
            result.rationalPolynomial = camera
        }
        return result
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
