public import ImageryBase
import ImageryPlumbing

/// Images that lie side by side on one grid of pixels as one image. Where they overlap a later one lies above; its no-data pixels let the one below
/// through. Pixels that no image has get the no-data value, or 0.
public struct MosaicImage: ImageSource {
    public let layout: ImageLayout
    public let colorModel: ColorModel
    /// Where the whole lies.
    public let georeference: Georeference
    private let parts: [(source: any ImageSource, window: Window)]

    /// How far, in pixels, an image may lie beside the grid of the first.
    private static let tolerance = 0.01

    /// All `images`, each with an affine map in one reference system; `noData` instead of the first one's pad value.
    ///
    /// Throws kind misuse for no image, and for one without a map, in another reference system, with pixels of another size, between the grid's pixels, or
    /// with other bands or sample types than the first.
    public init(of images: [ImageAsset], noData: SampleValue? = nil) throws(ImageryError) {
        guard let first = images.first else { throw ImageryError(.misuse, "mosaic", "there is no image") }
        let grid = try Self.map(of: first)
        var places: [(x: Int, y: Int)] = []
        for image in images {
            let place = try Self.place(of: image, on: grid, first)
            places.append(place)
        }
        let left = places.map(\.x).min() ?? 0
        let top = places.map(\.y).min() ?? 0
        var (right, bottom) = (left, top)
        for (place, image) in zip(places, images) {
            guard let x = checkedSum(place.x, image.layout.shape.columns), let y = checkedSum(place.y, image.layout.shape.rows)
            else {
                throw ImageryError(limit: .memory, "mosaic", "the images lie too far apart")
            }
            (right, bottom) = (max(right, x), max(bottom, y))
        }
        guard let width = checkedSum(right, -left), let height = checkedSum(bottom, -top), checkedProduct(width, height) != nil
        else {
            throw ImageryError(limit: .memory, "mosaic", "the images lie too far apart")
        }
        parts = zip(images, places).map { image, place in
            let shape = image.layout.shape
            return (image.source, Window(x: place.x - left, y: place.y - top, width: shape.columns, height: shape.rows))
        }
        var layout = first.layout
        layout.shape = Shape(bands: first.layout.shape.bands, rows: height, columns: width)
        (layout.originX, layout.originY, layout.blockOffsetX, layout.blockOffsetY) = (0, 0, 0, 0)
        layout.padValue = noData ?? first.layout.padValue
        self.layout = layout
        colorModel = first.colorModel
        georeference = Georeference(
            affine: grid.moved(column: Double(left), row: Double(top), scaleX: 1, scaleY: 1), crs: first.georeference?.crs,
            definition: first.georeference?.definition)
    }

    private static func map(of image: ImageAsset) throws(ImageryError) -> Georeference.Affine {
        let shape = image.layout.shape
        guard let map = image.georeference?.affineMap(columns: shape.columns, rows: shape.rows) else {
            throw ImageryError(.misuse, "mosaic", "\(image.key) of one file has no affine map: it has no place on a grid")
        }
        return map
    }

    /// The pixel of the grid that the image begins at.
    private static func place(
        of image: ImageAsset, on grid: Georeference.Affine, _ first: ImageAsset
    ) throws(ImageryError) -> (x: Int, y: Int) {
        guard image.layout.shape.bands == first.layout.shape.bands, image.layout.pixelType == first.layout.pixelType,
            image.georeference?.crs == first.georeference?.crs
        else {
            throw ImageryError(.misuse, "mosaic", "the images differ in bands, sample type or reference system")
        }
        let map = try map(of: image)
        let size = max(image.layout.shape.columns, image.layout.shape.rows)
        let determinant = grid.xPerColumn * grid.yPerRow - grid.xPerRow * grid.yPerColumn
        /// The step (x, y) on the ground in pixels of the grid.
        func inPixels(_ x: Double, _ y: Double) -> (column: Double, row: Double) {
            (
                (x * grid.yPerRow - y * grid.xPerRow) / determinant, (y * grid.xPerColumn - x * grid.yPerColumn) / determinant
            )
        }
        let column = inPixels(map.xPerColumn, map.yPerColumn)
        let row = inPixels(map.xPerRow, map.yPerRow)
        let drift = [column.column - 1, column.row, row.column, row.row - 1].map { abs($0) * Double(size) }
        guard determinant.isFinite, determinant != 0, drift.allSatisfy({ $0 < tolerance }) else {
            throw ImageryError(.misuse, "mosaic", "the images have pixels of different sizes")
        }
        let origin = inPixels(map.originX - grid.originX, map.originY - grid.originY)
        guard let x = Int(exactly: origin.column.rounded()), let y = Int(exactly: origin.row.rounded()),
            abs(origin.column - Double(x)) < tolerance, abs(origin.row - Double(y)) < tolerance
        else {
            throw ImageryError(.misuse, "mosaic", "one image lies between the pixels of the others' grid")
        }
        return (x, y)
    }

    public func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (source, window) in parts {
            let common = window.intersection(request.region)
            guard !common.isEmpty else { continue }
            ranges += try source.byteRanges(
                ReadRequest(region: common.offset(x: -window.x, y: -window.y), bands: request.bands))
        }
        return ranges
    }

    public func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    private final class Reader: ImageReader {
        private let image: MosaicImage
        private let context: ReadContext
        /// Sessions of the images that the reads have reached and not yet passed.
        private var readers: [Int: any ImageReader] = [:]

        init(_ image: MosaicImage, _ context: ReadContext) {
            self.image = image
            self.context = context
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let type = image.layout.pixelType
            let size = type.byteCount
            let region = request.region
            let pad = image.layout.padValue?.bytes(for: type)
            let blank = pad ?? [UInt8](repeating: 0, count: size)
            for band in request.bands.indices {
                for row in 0..<region.height {
                    // In bounds: the destination has the region's rows and columns.
                    let line = unsafe destination.row(row, band: band)
                    for column in 0..<region.width {
                        for byte in 0..<size {
                            unsafe line.storeBytes(of: blank[byte], toByteOffset: column * size + byte, as: UInt8.self)
                        }
                    }
                }
            }
            for (number, part) in image.parts.enumerated() {
                let common = part.window.intersection(region)
                guard !common.isEmpty else {
                    if part.window.bottom <= region.y { readers[number] = nil }
                    continue
                }
                let reader = readers[number] ?? part.source.makeReader(context)
                readers[number] = reader
                let raster = try Raster(
                    type, shape: Shape(bands: request.bands.count, rows: common.height, columns: common.width))
                try unsafe reader.read(
                    ReadRequest(region: common.offset(x: -part.window.x, y: -part.window.y), bands: request.bands),
                    into: raster.destination)
                let target = unsafe destination.offset(row: common.y - region.y, column: common.x - region.x, sampleBytes: size)
                // A sample that means nothing in its image lets the one below through.
                let own = part.source.layout.padValue?.bytes(for: type)
                for band in request.bands.indices {
                    for row in 0..<common.height {
                        let (from, to) = unsafe (raster.destination.row(row, band: band), target.row(row, band: band))
                        guard let own else {
                            unsafe to.copyMemory(from: from, byteCount: common.width * size)
                            continue
                        }
                        for column in 0..<common.width {
                            let isThere = (0..<size).contains { byte in
                                unsafe from.load(fromByteOffset: column * size + byte, as: UInt8.self) != own[byte]
                            }
                            if isThere { unsafe (to + column * size).copyMemory(from: from + column * size, byteCount: size) }
                        }
                    }
                }
                raster.withBytes { _ in }
            }
        }
    }
}
