import ImageryBase
import ImageryPlumbing

extension ImageAsset {
    /// The image as it is to be shown: turned and mirrored as its orientation says (`ColorModel.orientation`), or as that of another image does
    /// whose mask this is; with its place on the ground. The image itself when it is upright.
    ///
    /// The first read decodes the whole image, which stays in memory with its session. A camera (RPC) has no words for turned images and is left
    /// out.
    public func upright(as other: Orientation? = nil) -> ImageAsset {
        let orientation = other ?? colorModel.orientation
        guard orientation != .upright else { return self }
        var turned = asset.entry
        turned.georeference = georeference?.upright(orientation, columns: width, rows: height)
        return ImageAsset(
            asset: Asset(
                dataset: asset.dataset, entry: turned, source: asset.source, gathering: asset.gathering, format: asset.format),
            source: UprightImage(source, orientation))
    }
}

/// An image that is stored turned or mirrored, as it is to be shown.
private struct UprightImage: ImageSource {
    private let stored: any ImageSource
    private let orientation: Orientation
    let layout: ImageLayout
    let colorModel: ColorModel

    init(_ stored: any ImageSource, _ orientation: Orientation) {
        self.stored = stored
        self.orientation = orientation
        let shape = stored.layout.shape
        let (columns, rows) = orientation.swapsAxes ? (shape.rows, shape.columns) : (shape.columns, shape.rows)
        var layout = stored.layout
        layout.shape = Shape(bands: shape.bands, rows: rows, columns: columns)
        (layout.originX, layout.originY, layout.blockOffsetX, layout.blockOffsetY) = (0, 0, 0, 0)
        (layout.blockWidth, layout.blockHeight) = (columns, rows)
        self.layout = layout
        var model = stored.colorModel
        model.orientation = .upright
        colorModel = model
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(ReadRequest(region: stored.layout.bounds, bands: request.bands))
    }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(stored, orientation, context) }

    private final class Reader: ImageReader {
        private let stored: any ImageSource
        private let orientation: Orientation
        private let reader: any ImageReader
        private let limits: Limits
        private var turned: Raster?

        init(_ stored: any ImageSource, _ orientation: Orientation, _ context: ReadContext) {
            self.stored = stored
            self.orientation = orientation
            reader = stored.makeReader(context)
            limits = context.limits
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let whole = try whole()
            let (region, size) = (request.region, whole.pixelType.byteCount)
            let source = unsafe whole.destination
            for (place, band) in request.bands.enumerated() {
                for row in 0..<region.height {
                    // In bounds: the region is one of the turned image, and the destination has its size.
                    let samples = unsafe source.row(region.y + row, band: band) + region.x * size
                    unsafe destination.row(row, band: place).copyMemory(from: samples, byteCount: region.width * size)
                }
            }
            withExtendedLifetime(whole) {}
        }

        private func whole() throws(ImageryError) -> Raster {
            if let turned { return turned }
            let (layout, bands) = (stored.layout, stored.layout.shape.bands)
            let request = ReadRequest(region: layout.bounds, bands: Array(0..<bands))
            try stored.checkCost(request, limits)
            let raster = try Raster(layout.pixelType, shape: layout.shape)
            try unsafe reader.read(request, into: raster.destination)
            let result = try raster.oriented(orientation)
            turned = result
            return result
        }
    }
}

extension Georeference {
    /// The place of the picture that an image of `columns` × `rows` pixels is shown as.
    func upright(_ orientation: Orientation, columns: Int, rows: Int) -> Georeference {
        let (columns, rows) = (Double(columns), Double(rows))
        // Where a place of the picture lies in the stored image: origin, a step to the right, a step down.
        let (origin, right, down): (Point, Point, Point) =
            switch orientation {
            case .upright: (Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 0, y: 1))
            case .mirrored: (Point(x: columns, y: 0), Point(x: -1, y: 0), Point(x: 0, y: 1))
            case .turned180: (Point(x: columns, y: rows), Point(x: -1, y: 0), Point(x: 0, y: -1))
            case .flipped: (Point(x: 0, y: rows), Point(x: 1, y: 0), Point(x: 0, y: -1))
            case .transposed: (Point(x: 0, y: 0), Point(x: 0, y: 1), Point(x: 1, y: 0))
            case .turned90: (Point(x: 0, y: rows), Point(x: 0, y: -1), Point(x: 1, y: 0))
            case .transversed: (Point(x: columns, y: rows), Point(x: 0, y: -1), Point(x: -1, y: 0))
            case .turned270: (Point(x: columns, y: 0), Point(x: 0, y: 1), Point(x: -1, y: 0))
            }
        var result = self
        result.rationalPolynomial = nil
        if let map = affine {
            func step(_ point: Point) -> Point {
                Point(
                    x: map.xPerColumn * point.x + map.xPerRow * point.y, y: map.yPerColumn * point.x + map.yPerRow * point.y)
            }
            let (start, across, below) = (step(origin), step(right), step(down))
            result.affine = Affine(
                originX: map.originX + start.x, originY: map.originY + start.y, xPerColumn: across.x, xPerRow: below.x,
                yPerColumn: across.y, yPerRow: below.y)
        }
        if let corners, corners.count == 4 {
            let (width, height) = orientation.swapsAxes ? (rows, columns) : (columns, rows)
            result.corners = [(0, 0), (width, 0), (width, height), (0, height)].map { x, y in
                let isRight = origin.x + right.x * x + down.x * y > 0
                let isBelow = origin.y + right.y * x + down.y * y > 0
                return corners[isBelow ? (isRight ? 2 : 3) : (isRight ? 1 : 0)]
            }
        }
        result.controlPoints = controlPoints.map { point in
            var moved = point
            let (x, y) = (point.column - origin.x, point.row - origin.y)
            // The steps are unit vectors at right angles: their transpose leads back.
            (moved.column, moved.row) = (right.x * x + right.y * y, down.x * x + down.y * y)
            return moved
        }
        return result
    }
}
