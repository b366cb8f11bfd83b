public import ImageryBase
import ImageryPlumbing

/// Many reads of one image through one decoder state: rows and blocks that are still needed are not decoded again (S7).
///
/// Cheapest when the reads go down the image. Not Sendable: one session a thread.
public final class ReadSession {
    private let image: ImageAsset
    private let context: ReadContext
    private let reader: any ImageReader

    private let fill: SampleValue?

    /// With `cancellation` in place of that of the dataset's options.
    init(_ image: ImageAsset, fill: SampleValue?, isSession: Bool, cancellation: Cancellation? = nil) {
        self.image = image
        self.fill = fill
        var context = ReadContext(image.asset.dataset.options, fill: fill, isSession: isSession)
        if let cancellation { context.cancellation = cancellation }
        self.context = context
        reader = image.source.makeReader(context)
    }

    /// What the reads so far have found, in file order.
    public var diagnostics: [Diagnostic] { context.findings.all }

    /// Reads pixels; see `ImageAsset.read(window:bands:resolutionLevel:fill:)`.
    public func read(window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0) throws(ImageryError) -> Raster {
        try image.check(fill: fill)
        let request = try image.request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        try image.source.checkCost(request, context.limits)
        var raster = try Raster(
            image.layout.pixelType,
            shape: Shape(bands: request.bands.count, rows: request.region.height, columns: request.region.width))
        try unsafe reader.read(request, into: raster.destination)
        raster.diagnostics = diagnostics
        let (source, chosen) = (image.source, request.bands)
        raster.setColorModel { source.colorModel.selecting(chosen) }
        return raster
    }

    /// Reads pixels into memory of the caller's; see ``ImageAsset/read(window:bands:resolutionLevel:fill:into:bandStride:rowStride:)``.
    @discardableResult
    public func read(
        window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0, into bytes: inout MutableRawSpan,
        bandStride: Int? = nil,
        rowStride: Int? = nil
    ) throws(ImageryError) -> Shape {
        try image.check(fill: fill)
        let request = try image.request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        let shape = Shape(bands: request.bands.count, rows: request.region.height, columns: request.region.width)
        let rowBytes = shape.columns * image.layout.pixelType.byteCount
        let rows = rowStride ?? rowBytes
        let bands = bandStride ?? checkedProduct(rows, shape.rows) ?? .max
        guard rows >= rowBytes, bands >= rowBytes, let lastBand = checkedProduct(bands, shape.bands - 1),
            let lastRow = checkedProduct(rows, shape.rows - 1), let start = checkedSum(lastBand, lastRow),
            let end = checkedSum(start, rowBytes), end <= bytes.byteCount
        else {
            throw ImageryError(
                .misuse, image.key.description,
                "\(shape) samples of \(image.layout.pixelType.rawValue) do not fit \(bytes.byteCount) bytes")
        }
        let result: Result<Void, ImageryError> = unsafe bytes.withUnsafeMutableBytes { buffer in
            // The guard above has proven that the last sample ends inside the span; it holds at least one byte, so it has an address.
            guard let base = buffer.baseAddress else { return .success(()) }
            let target = unsafe Destination(base: base, bandStride: bands, rowStride: rows)
            do throws(ImageryError) {
                try unsafe reader.read(request, into: target)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        return shape
    }
}
