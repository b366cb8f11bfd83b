public import ImageryBase
import ImageryPlumbing

/// Columns and rows of an image.
public struct PixelSize: Hashable, Sendable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// A size of `width` × `height` pixels.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The largest size of the same proportions that is not larger than this and not above `limit`; at least one pixel each way.
    public func fitting(_ limit: PixelSize) -> PixelSize {
        let scale = min(1, Double(limit.width) / Double(width), Double(limit.height) / Double(height))
        func side(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
        return PixelSize(width: side(width), height: side(height))
    }
}

/// How a pixel of another size is made.
public enum ResamplingFilter: String, Hashable, Sendable, CaseIterable {
    /// The mean of the area that it covers.
    case box
    /// The pixel under its centre: for palettes, classes and masks, whose numbers have no mean.
    case nearest
    /// Weights that fall linearly from its centre; as wide as the pixel where the image becomes smaller.
    case bilinear
}

/// The stored image that a read at lower resolution is made from: the image, or an overview of it, at one of its levels.
public struct PyramidLevel: Sendable {
    /// The image or its overview.
    public var image: ImageAsset
    /// The level of that image.
    public var resolutionLevel: Int

    /// A level of an image, or of an image that was made of it.
    public init(image: ImageAsset, resolutionLevel: Int) {
        self.image = image
        self.resolutionLevel = resolutionLevel
    }
}

/// An image, or part of one, with other numbers of columns and rows. Means are of valid samples only; a pixel without any gets the pad value.
public struct ResampledImage: PartialImage {
    public let layout: ImageLayout
    /// The place of this image in the full resolution of the one that it was made of: for its georeference.
    public let place: ImagePart
    private let source: any ImageSource
    private let level: Int
    private let bands: [Int]
    private let columns: ResamplingWeights
    private let rows: ResamplingWeights
    private let validity: Validity
    let georeference: Georeference?

    /// `window` of `image` (all when nil) in `size`, from the level or overview of the image that costs least, or from `base`.
    ///
    /// Throws kind misuse for a size below 1 or above a thousand times the window's, and as reading.
    public init(
        of image: ImageAsset, window: Window? = nil, bands: [Int]? = nil, to size: PixelSize, filter: ResamplingFilter = .box,
        from base: PyramidLevel? = nil
    ) throws(ImageryError) {
        let part = try image.request(window: window, bands: bands, resolutionLevel: 0)
        guard size.width > 0, size.height > 0, size.width / 1_000 <= part.region.width, size.height / 1_000 <= part.region.height
        else {
            throw ImageryError(
                .misuse, image.key.description,
                "\(part.region.width) × \(part.region.height) pixels cannot become \(size.width) × \(size.height)")
        }
        let base = base ?? image.pyramidLevel(for: size, window: window)
        let whole = image.layout
        let stored = base.image.source.layout
        try stored.check(bands: part.bands, base.image.key.description)
        try base.image.source.check(level: base.resolutionLevel, base.image.key.description)
        let raster = stored.reduced(stored.bounds, level: base.resolutionLevel)
        let (scaleX, scaleY) = (
            Double(raster.width) / Double(whole.shape.columns), Double(raster.height) / Double(whole.shape.rows)
        )
        source = base.image.source
        level = base.resolutionLevel
        self.bands = part.bands
        columns = ResamplingWeights(
            from: Double(part.region.x) * scaleX, to: Double(part.region.right) * scaleX, limit: raster.width, count: size.width,
            filter)
        rows = ResamplingWeights(
            from: Double(part.region.y) * scaleY, to: Double(part.region.bottom) * scaleY, limit: raster.height,
            count: size.height, filter)
        validity = base.image.validity(level: base.resolutionLevel)
        place = ImagePart(
            left: Double(part.region.x), top: Double(part.region.y), scaleX: Double(part.region.width) / Double(size.width),
            scaleY: Double(part.region.height) / Double(size.height), size: .init(columns: size.width, rows: size.height),
            whole: .init(columns: whole.shape.columns, rows: whole.shape.rows))
        var layout = stored
        layout.shape = Shape(bands: part.bands.count, rows: size.height, columns: size.width)
        (layout.originX, layout.originY, layout.blockOffsetX, layout.blockOffsetY) = (0, 0, 0, 0)
        (layout.blockWidth, layout.blockHeight) = (size.width, size.height)
        self.layout = layout
        georeference = image.georeference?.moved(to: place)
    }

    /// That of the bands that were chosen.
    public var colorModel: ColorModel { source.colorModel.selecting(bands) }

    public func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try source.byteRanges(
            ReadRequest(region: covered(request.region), level: level, bands: request.bands.map { bands[$0] }))
    }

    public func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    /// The pixels of the source that a region of this image is made of.
    fileprivate func covered(_ region: Window) -> Window {
        let across = columns.covered(region.x..<region.right)
        let down = rows.covered(region.y..<region.bottom)
        return Window(x: across.lowerBound, y: down.lowerBound, width: across.count, height: down.count)
    }

    private final class Reader: ImageReader {
        private let image: ResampledImage
        private let reader: any ImageReader
        private let places: Validity.PlaceReader?

        init(_ image: ResampledImage, _ context: ReadContext) {
            self.image = image
            var inner = context
            inner.isSession = true
            reader = image.source.makeReader(inner)
            places = image.validity.makeReader(inner)
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let type = image.layout.pixelType
            let parts = type.isComplex ? 2 : 1
            let region = request.region
            let covered = image.covered(region)
            let bands = request.bands.map { image.bands[$0] }
            let rowBytes = max(1, covered.width * type.byteCount * bands.count)
            let rowsAtOnce = max(1, (4 << 20) / rowBytes)
            let padding = image.layout.padValue?.number(in: type) ?? (type.isFloatingPoint && !type.isComplex ? .nan : 0)
            var gathered = GatheredRows(
                rows: image.rows, wanted: region.y..<region.bottom, lanes: bands.count * region.width, parts: parts)
            let filter = RowFilter(image.columns, region.x..<region.right, from: covered.x, image.validity.noData, parts)
            var line = GatheredRow(lanes: bands.count * region.width, parts: parts)
            var numbers = [Double](repeating: 0, count: covered.width * parts)
            var output = [Double](repeating: 0, count: region.width * parts)
            let raster = try Raster(
                type, shape: Shape(bands: bands.count, rows: min(rowsAtOnce, covered.height), columns: covered.width))
            for first in stride(from: covered.y, to: covered.bottom, by: rowsAtOnce) {
                let stripe = Window(
                    x: covered.x, y: first, width: covered.width, height: min(rowsAtOnce, covered.bottom - first))
                try unsafe reader.read(ReadRequest(region: stripe, level: image.level, bands: bands), into: raster.destination)
                let flags = try places?.read(stripe, level: image.level)
                for row in 0..<stripe.height {
                    let parents = gathered.parents(of: first + row)
                    guard !parents.isEmpty else { continue }
                    for place in bands.indices {
                        unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                            guard let base = numbers.baseAddress else { return }
                            // In bounds: the stripe has `covered.width` columns.
                            unsafe SampleRow.load(
                                raster.destination.row(row, band: place), type, count: stripe.width, parts: true, into: base)
                        }
                        let present: UnsafePointer<UInt8>? = unsafe flags.map {
                            unsafe UnsafePointer($0.destination.row(row, band: 0).assumingMemoryBound(to: UInt8.self))
                        }
                        unsafe filter.apply(to: numbers, present, into: &line, lane: place * region.width)
                    }
                    gathered.add(line, to: parents)
                    for finished in gathered.finish(after: first + row) {
                        for place in bands.indices {
                            gathered.take(finished, lane: place * region.width, into: &output, padding: padding)
                            unsafe output.withUnsafeBufferPointer { output in
                                guard let base = output.baseAddress else { return }
                                // In bounds: the destination has the region's rows and columns.
                                unsafe SampleRow.store(
                                    base, count: output.count, as: type,
                                    into: destination.row(finished - region.y, band: place))
                            }
                        }
                        gathered.clear(finished)
                    }
                }
                withExtendedLifetime((raster, flags)) {}
            }
        }
    }
}

/// Which pixels of a line each pixel of the resampled line is made of, and by how much.
struct ResamplingWeights: Sendable {
    /// Of each resampled pixel: its first pixel, where its weights begin in ``weights``, and how many there are.
    private(set) var spans: [(first: Int, start: Int, count: Int)] = []
    private(set) var weights: [Double] = []

    /// `count` pixels of the stretch `from` to `to` of a line of `limit` pixels.
    init(from: Double, to: Double, limit: Int, count: Int, _ filter: ResamplingFilter) {
        let step = (to - from) / Double(count)
        spans.reserveCapacity(count)
        for index in 0..<count {
            let (left, right) = (from + Double(index) * step, from + Double(index + 1) * step)
            let centre = (left + right) / 2
            var first = 0
            var own: [Double] = []
            switch filter {
            case .nearest:
                first = min(limit - 1, max(0, Int(centre.rounded(.down))))
                own = [1]
            case .box:
                // A pixel that is narrower than one of the source lies in that under its centre.
                let (low, high) = step < 1 ? (centre.rounded(.down), centre.rounded(.down) + 1) : (left, right)
                first = min(limit - 1, max(0, Int((low + 1e-9).rounded(.down))))
                let last = min(limit, max(first + 1, Int((high - 1e-9).rounded(.up))))
                own = (first..<last).map { max(0, min(high, Double($0) + 1) - max(low, Double($0))) }
            case .bilinear:
                let radius = max(1, step)
                first = min(limit - 1, max(0, Int((centre - radius).rounded(.down))))
                let last = min(limit, max(first + 1, Int((centre + radius).rounded(.up))))
                own = (first..<last).map { max(0, 1 - abs(Double($0) + 0.5 - centre) / radius) }
            }
            spans.append((first, weights.count, own.count))
            weights += own
        }
    }

    /// The pixels that resampled ones are made of.
    func covered(_ wanted: Range<Int>) -> Range<Int> {
        let lower = wanted.map { spans[$0].first }.min() ?? 0
        return lower..<(wanted.map { spans[$0].first + spans[$0].count }.max() ?? lower)
    }
}

/// Weighted sums of the valid samples of one row, and of their weights.
private struct GatheredRow {
    var sums: [Double]
    var totals: [Double]

    init(lanes: Int, parts: Int) {
        sums = [Double](repeating: 0, count: lanes * parts)
        totals = [Double](repeating: 0, count: lanes)
    }
}

/// Resamples along a row.
private struct RowFilter {
    private let columns: ResamplingWeights
    private let wanted: Range<Int>
    private let from: Int
    private let noData: Double?
    private let parts: Int

    /// Makes the columns `wanted` of rows that begin at column `from` of the source.
    init(_ columns: ResamplingWeights, _ wanted: Range<Int>, from: Int, _ noData: Double?, _ parts: Int) {
        self.columns = columns
        self.wanted = wanted
        self.from = from
        self.noData = noData
        self.parts = parts
    }

    /// Filters a row of one band into the lanes from `lane` on; `present` has a flag for each column.
    @unsafe
    func apply(to numbers: [Double], _ present: UnsafePointer<UInt8>?, into line: inout GatheredRow, lane: Int) {
        // Equal to nothing when there is none.
        let noData = noData ?? .nan
        unsafe numbers.withUnsafeBufferPointer { numbers in
            unsafe columns.weights.withUnsafeBufferPointer { weights in
                for (place, column) in wanted.enumerated() {
                    let span = columns.spans[column]
                    var (real, imaginary, total) = (0.0, 0.0, 0.0)
                    for offset in 0..<span.count {
                        // In bounds: the row has all columns that the wanted ones cover, and each span as many weights.
                        let index = span.first - from + offset
                        let number = unsafe numbers[index * parts]
                        guard number.isFinite, unsafe number != noData || parts == 2 && numbers[2 * index + 1] != 0 else {
                            continue
                        }
                        if let present = unsafe present, unsafe present[index] == 0 { continue }
                        let weight = unsafe weights[span.start + offset]
                        real += number * weight
                        if parts == 2 { unsafe imaginary += numbers[2 * index + 1] * weight }
                        total += weight
                    }
                    line.sums[(lane + place) * parts] = real
                    if parts == 2 { line.sums[(lane + place) * parts + 1] = imaginary }
                    line.totals[lane + place] = total
                }
            }
        }
    }
}

/// Resampled rows in the making.
private struct GatheredRows {
    private let rows: ResamplingWeights
    private let wanted: Range<Int>
    private let lanes: Int
    private let parts: Int
    private var gathered: [Int: GatheredRow] = [:]
    /// The first resampled row that is not finished.
    private var next: Int

    init(rows: ResamplingWeights, wanted: Range<Int>, lanes: Int, parts: Int) {
        self.rows = rows
        self.wanted = wanted
        self.lanes = lanes
        self.parts = parts
        next = wanted.lowerBound
    }

    /// The resampled rows, not yet finished, that a row of the source is part of.
    func parents(of row: Int) -> [(row: Int, weight: Double)] {
        var found: [(row: Int, weight: Double)] = []
        for index in next..<wanted.upperBound {
            let span = rows.spans[index]
            if span.first > row { break }
            if row < span.first + span.count { found.append((index, rows.weights[span.start + row - span.first])) }
        }
        return found
    }

    /// Adds a filtered row of the source.
    mutating func add(_ line: GatheredRow, to parents: [(row: Int, weight: Double)]) {
        for (parent, weight) in parents {
            var sum = gathered.removeValue(forKey: parent) ?? GatheredRow(lanes: lanes, parts: parts)
            Self.add(line.sums, times: weight, to: &sum.sums)
            Self.add(line.totals, times: weight, to: &sum.totals)
            gathered[parent] = sum
        }
    }

    private static func add(_ numbers: [Double], times weight: Double, to sums: inout [Double]) {
        let count = min(numbers.count, sums.count)
        unsafe numbers.withUnsafeBufferPointer { numbers in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
                // In bounds: both have `count` numbers.
                for index in 0..<count { unsafe sums[index] += numbers[index] * weight }
            }
        }
    }

    /// The rows that are finished when the source was read up to and with `row`, in order.
    mutating func finish(after row: Int) -> Range<Int> {
        let first = next
        while next < wanted.upperBound, rows.spans[next].first + rows.spans[next].count <= row + 1 { next += 1 }
        return first..<next
    }

    /// The means of one band of a finished row.
    func take(_ row: Int, lane: Int, into output: inout [Double], padding: Double) {
        guard let sum = gathered[row] else { return }
        for place in 0..<output.count / parts {
            let total = sum.totals[lane + place]
            for part in 0..<parts {
                output[place * parts + part] =
                    total > 0 ? sum.sums[(lane + place) * parts + part] / total : part == 0 ? padding : 0
            }
        }
    }

    mutating func clear(_ row: Int) { gathered[row] = nil }
}
