public import ImageryBase
import ImageryPlumbing

/// An image that was made from another: it knows which part of that it is, and where it lies (S67).
protocol PartialImage: ImageSource {
    /// Where its pixels lie in the whole image.
    var place: ImagePart { get }
    /// Where they lie on the ground, as the whole image says.
    var georeference: Georeference? { get }
}

/// An image, or part of one, at lower resolution: each pixel stands for a square of `factor` × `factor` pixels. A source for
/// ``DatasetWriter``, which makes overviews of it.
public struct ReducedImage: PartialImage {
    /// What a pixel becomes of the pixels that it stands for.
    public typealias Method = Resampling

    public let layout: ImageLayout
    /// The place of this image in the full resolution of the one that it was made of: for its georeference.
    public let place: ImagePart
    private let source: any ImageSource
    private let part: Window
    private let bands: [Int]
    private let factor: Int
    private let method: Method
    let georeference: Georeference?
    /// What hides pixels of the source, and whether this is such a mask itself.
    private let mask: (any ImageSource)?
    private let isMask: Bool

    /// A window and bands of `image`, chosen as in `ImageAsset.read(window:bands:resolutionLevel:fill:)`.
    ///
    /// Means are of the samples that show (S68): no pad values, none that `mask` hides, and colors as much as their opacity says. An image with the
    /// role of a mask shows where a pixel of it does. Throws kind misuse for a factor below 1 or above 32,768, for a mask of another size, and as
    /// reading.
    public init(
        of image: ImageAsset, window: Window? = nil, bands: [Int]? = nil, factor: Int, method: Method = .average,
        mask: ImageAsset? = nil
    ) throws(ImageryError) {
        if let shape = mask?.layout.shape {
            guard shape == Shape(bands: 1, rows: image.layout.shape.rows, columns: image.layout.shape.columns) else {
                throw ImageryError(.misuse, "overview", "a mask has one band and the size of its image")
            }
        }
        self.mask = mask?.source
        isMask = image.roles.contains(.mask)
        guard (1...32_768).contains(factor) else {
            throw ImageryError(.misuse, "overview", "an image cannot be reduced by \(factor): 1 to 32768 are possible")
        }
        let request = try image.request(window: window, bands: bands, resolutionLevel: 0)
        source = image.source
        let whole = ImagePart.Size(columns: image.layout.shape.columns, rows: image.layout.shape.rows)
        part = request.region
        self.bands = request.bands
        self.factor = factor
        self.method = method
        var reduced = source.layout
        reduced.shape = Shape(
            bands: request.bands.count, rows: ceilDivide(part.height, factor), columns: ceilDivide(part.width, factor))
        (reduced.originX, reduced.originY, reduced.blockOffsetX, reduced.blockOffsetY) = (0, 0, 0, 0)
        (reduced.blockWidth, reduced.blockHeight) = (reduced.shape.columns, reduced.shape.rows)
        layout = reduced
        place = ImagePart(
            left: Double(part.x), top: Double(part.y), scaleX: Double(factor), scaleY: Double(factor),
            size: .init(columns: reduced.shape.columns, rows: reduced.shape.rows), whole: whole)
        georeference = image.georeference?.moved(to: place)
    }

    public var colorModel: ColorModel { source.colorModel.selecting(bands) }

    public func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try source.byteRanges(ReadRequest(region: covered(request.region), bands: request.bands.map { bands[$0] }))
    }

    public func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    /// The pixels of the source that a region of this image stands for.
    fileprivate func covered(_ region: Window) -> Window {
        Window(
            x: part.x + region.x * factor, y: part.y + region.y * factor, width: region.width * factor,
            height: region.height * factor
        ).intersection(part)
    }

    private final class Reader: ImageReader {
        private let image: ReducedImage
        private let reader: any ImageReader
        private let reducer: BoxReducer
        private let mask: (any ImageReader)?

        init(_ image: ReducedImage, _ context: ReadContext) {
            self.image = image
            reader = image.source.makeReader(context)
            mask = image.mask?.makeReader(context)
            reducer = BoxReducer(
                image.layout.pixelType, factor: image.factor, method: image.method, padValue: image.layout.padValue)
        }

        /// Bytes of the source that are read at a time.
        private static let stripeBytes = 4 << 20

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let whole = image.covered(request.region)
            let type = image.layout.pixelType
            let rowBytes = max(1, whole.width * type.byteCount * request.bands.count)
            let rowsAtOnce = max(1, Self.stripeBytes / rowBytes / image.factor)
            var first = 0
            while first < request.region.height {
                let count = min(rowsAtOnce, request.region.height - first)
                let rows = image.covered(
                    Window(x: request.region.x, y: request.region.y + first, width: request.region.width, height: count))
                let stripe = try Raster(type, shape: Shape(bands: request.bands.count, rows: rows.height, columns: rows.width))
                let bands = request.bands.map { image.bands[$0] }
                try unsafe reader.read(ReadRequest(region: rows, bands: bands), into: stripe.destination)
                let target = unsafe destination.offset(row: first, column: 0, sampleBytes: type.byteCount)
                // The stripe has the rows that the target's rows stand for.
                if image.isMask {
                    for band in 0..<stripe.bands {
                        let own = unsafe Destination(
                            base: stripe.destination.row(0, band: band), bandStride: 0, rowStride: stripe.rowByteCount)
                        let reduced = unsafe Destination(
                            base: target.row(0, band: band), bandStride: 0, rowStride: target.rowStride)
                        try unsafe reducer.reduceMask(own, rows: stripe.height, columns: stripe.width, into: reduced)
                    }
                } else {
                    let hidden = try hidden(rows)
                    let model = image.colorModel.selecting(request.bands)
                    try unsafe reducer.reduce(
                        stripe.destination, mask: hidden?.destination, maskType: hidden?.pixelType ?? .uint8, model: model,
                        bands: stripe.bands, rows: stripe.height, columns: stripe.width, into: target)
                    withExtendedLifetime(hidden) {}
                }
                withExtendedLifetime(stripe) {}
                first += count
            }
        }

        /// The mask's samples of so many rows of the source.
        private func hidden(_ rows: Window) throws(ImageryError) -> Raster? {
            guard let mask, let type = image.mask?.layout.pixelType else { return nil }
            let raster = try Raster(type, shape: Shape(bands: 1, rows: rows.height, columns: rows.width))
            try unsafe mask.read(ReadRequest(region: rows, bands: [0]), into: raster.destination)
            return raster
        }
    }
}
