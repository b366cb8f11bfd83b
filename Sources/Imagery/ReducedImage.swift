public import ImageryBase
import ImageryKernels

/// An image, or part of one, at lower resolution: each pixel stands for a square of `factor` × `factor` pixels. A source for
/// ``DatasetWriter``, which makes overviews of it.
public struct ReducedImage: ImageSource {
    /// What a pixel becomes of the pixels that it stands for.
    public enum Method: Hashable, Sendable {
        /// Their mean, rounded to the nearest, halves up; pad values and NaN do not count.
        case average
        /// The top left one of them: for palettes, classes and masks, whose numbers have no mean.
        case nearest
    }

    public let layout: ImageLayout
    private let source: any ImageSource
    private let part: Window
    private let bands: [Int]
    private let factor: Int
    private let method: Method

    /// A window and bands of `image`, chosen as in ``ImageAsset/read(window:bands:resolutionLevel:fill:)``.
    ///
    /// Throws kind misuse for a factor below 1 or above 32,768, and as reading.
    public init(
        of image: ImageAsset, window: Window? = nil, bands: [Int]? = nil, factor: Int, method: Method = .average
    ) throws(ImageryError) {
        guard (1...32_768).contains(factor) else {
            throw ImageryError(.misuse, "overview", "an image cannot be reduced by \(factor): 1 to 32768 are possible")
        }
        let request = try image.request(window: window, bands: bands, resolutionLevel: 0)
        source = image.source
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
    }

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
        private var sums: Scratch?
        private var counts: Scratch?

        init(_ image: ReducedImage, _ context: ReadContext) {
            self.image = image
            reader = image.source.makeReader(context)
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
                switch image.method {
                case .average: try unsafe average(stripe, rows: count, columns: request.region.width, into: target)
                case .nearest: unsafe pick(stripe, rows: count, columns: request.region.width, into: target)
                }
                first += count
            }
        }

        /// What is there when it is large enough, else new memory.
        private static func memory(_ byteCount: Int, from kept: inout Scratch?) throws(ImageryError) -> Scratch {
            if let kept, kept.byteCount >= byteCount { return kept }
            let made = try Scratch(byteCount: byteCount)
            kept = made
            return made
        }

        private func average(_ stripe: Raster, rows: Int, columns: Int, into target: Destination) throws(ImageryError) {
            let (number, parts) = image.layout.pixelType.numbers
            let sumBytes = columns * parts * BoxAverage.sumBytes(number)
            let sums = try Self.memory(sumBytes, from: &self.sums)
            let counts = try Self.memory(columns * MemoryLayout<Int32>.size, from: &self.counts)
            let source = unsafe stripe.destination
            let places = unsafe counts.base.assumingMemoryBound(to: Int32.self)
            let pad = image.layout.padValue?.bytes(for: image.layout.pixelType) ?? []
            unsafe pad.withUnsafeBytes { pad in
                let skipped = unsafe pad.baseAddress.flatMap { unsafe pad.isEmpty ? nil : $0 }
                for band in 0..<stripe.bands {
                    for row in 0..<rows {
                        unsafe sums.base.initializeMemory(as: UInt8.self, repeating: 0, count: sumBytes)
                        unsafe places.update(repeating: 0, count: columns)
                        // In bounds: the stripe has the rows that this one stands for, as far as the image goes, and its
                        // columns fill at most `columns` squares.
                        for line in row * image.factor..<min(stripe.height, (row + 1) * image.factor) {
                            unsafe BoxAverage.add(
                                source.row(line, band: band), number, parts: parts, count: stripe.width, factor: image.factor,
                                skipped: skipped, sums: sums.base, counts: places)
                        }
                        unsafe BoxAverage.finish(
                            number, parts: parts, columns: columns, skipped: skipped, sums: sums.base, counts: places,
                            into: target.row(row, band: band))
                    }
                }
            }
            withExtendedLifetime(stripe) {}
        }

        private func pick(_ stripe: Raster, rows: Int, columns: Int, into target: Destination) {
            let size = image.layout.pixelType.byteCount
            let source = unsafe stripe.destination
            for band in 0..<stripe.bands {
                for row in 0..<rows {
                    // In bounds: every square has its top left pixel inside the stripe.
                    let line = unsafe source.row(row * image.factor, band: band)
                    unsafe Interleave.extract(
                        line, step: image.factor, sampleBytes: size, swapUnit: 1, count: columns, into: target.row(row, band: band))
                }
            }
            withExtendedLifetime(stripe) {}
        }
    }
}

extension PixelType {
    /// The numbers of a sample, and how many there are.
    fileprivate var numbers: (BoxAverage.Number, parts: Int) {
        switch self {
        case .uint8: (.uint8, 1)
        case .uint16: (.uint16, 1)
        case .uint32: (.uint32, 1)
        case .uint64: (.uint64, 1)
        case .int8: (.int8, 1)
        case .int16: (.int16, 1)
        case .int32: (.int32, 1)
        case .int64: (.int64, 1)
        case .float16: (.float16, 1)
        case .float32: (.float32, 1)
        case .float64: (.float64, 1)
        case .complexInt16: (.int16, 2)
        case .complexInt32: (.int32, 2)
        case .complexFloat32: (.float32, 2)
        case .complexFloat64: (.float64, 2)
        }
    }
}
