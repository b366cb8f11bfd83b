public import ImageryBase
import ImageryPlumbing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// From the numbers of one type to those of another: `number * gain + offset`.
public struct LinearScale: Hashable, Sendable {
    /// What a number is multiplied by.
    public var gain: Double
    /// What is added then.
    public var offset: Double

    /// Numbers as they are.
    public static let identity = LinearScale(gain: 1, offset: 0)

    /// `number * gain + offset`.
    public init(gain: Double, offset: Double) {
        self.gain = gain
        self.offset = offset
    }

    /// The scale that takes `from` to `to`, lower bound to lower bound; an empty range goes to the middle of the other.
    public init(from: ClosedRange<Double>, to: ClosedRange<Double>) {
        let span = from.upperBound - from.lowerBound
        guard span > 0, span.isFinite else {
            (gain, offset) = (0, (to.lowerBound + to.upperBound) / 2)
            return
        }
        gain = (to.upperBound - to.lowerBound) / span
        offset = to.lowerBound - from.lowerBound * gain
    }
}

/// How the valid samples of an image are spread over the range of another type.
public enum Stretch: Hashable, Sendable {
    /// From the lower percentile to the upper one, each 0 to 100, band by band.
    case percentiles(Double, Double)
    /// From the least to the largest sample, band by band.
    case extremes
    /// One range of numbers for all bands.
    case range(Double, Double)
}

/// An image with samples of another type: scaled, rounded to the nearest and held to the range of the type.
///
/// Complex samples become their magnitude. Samples of the no-data value become the no-data value of the result; where valid ones would meet it, they
/// get the number beside it.
public struct RetypedImage: ImageSource {
    public let layout: ImageLayout
    private let source: any ImageSource
    /// For each band.
    private let scales: [LinearScale]
    private let isLogarithmic: Bool
    /// The no-data value of the source, and what becomes of it.
    private let noData: (from: Double, to: Double)?

    /// `image` in another type.
    ///
    /// - Parameters:
    ///   - image: the image.
    ///   - type: the type of the result, not a complex one.
    ///   - scales: one scale for all bands, or one for each; numbers as they are when empty.
    ///   - decibel: take 20 log10 of each number before it is scaled; numbers that have none become the lowest.
    ///   - noData: the no-data value of the source instead of its pad value.
    ///   - target: the no-data value of the result; the source's where the type has it, else NaN or 0.
    /// - Throws: kind misuse for a complex type, a number of scales that does not fit, and a no-data value that the type lacks.
    public init(
        of image: ImageAsset, to type: PixelType, scales: [LinearScale] = [], decibel: Bool = false, noData: SampleValue? = nil,
        target: SampleValue? = nil
    ) throws(ImageryError) {
        try self.init(image.source, to: type, scales: scales, decibel: decibel, noData: noData, target: target)
    }

    init(
        _ source: any ImageSource, to type: PixelType, scales: [LinearScale], decibel: Bool = false, noData: SampleValue? = nil,
        target: SampleValue? = nil
    ) throws(ImageryError) {
        guard !type.isComplex else {
            throw ImageryError(.misuse, "conversion", "samples become complex in no conversion: \(type.rawValue) was asked for")
        }
        let bands = source.layout.shape.bands
        guard scales.count <= 1 || scales.count == bands else {
            throw ImageryError(.misuse, "conversion", "\(scales.count) scales are given for \(bands) bands")
        }
        self.source = source
        self.scales = scales.count == bands ? scales : [LinearScale](repeating: scales.first ?? .identity, count: bands)
        isLogarithmic = decibel
        var layout = source.layout
        layout.pixelType = type
        layout.bitsPerPixel = 8 * type.byteCount
        layout.actualBitsPerPixel = layout.bitsPerPixel
        layout.padValue = nil
        let from = noData ?? source.layout.padValue
        if let from, let number = from.number(in: source.layout.pixelType) {
            let usual: SampleValue = type.isFloatingPoint ? .real(.nan) : .integer(0)
            let chosen = target ?? (from.number(in: type) == nil ? usual : from)
            guard let stored = chosen.number(in: type) else {
                throw ImageryError(.misuse, "conversion", "\(type.rawValue) has no number \(chosen), the no-data value")
            }
            layout.padValue = chosen
            self.noData = (number, stored)
        } else {
            if let target {
                guard target.number(in: type) != nil else {
                    throw ImageryError(.misuse, "conversion", "\(type.rawValue) has no number \(target), the no-data value")
                }
                layout.padValue = target
            }
            self.noData = nil
        }
        self.layout = layout
    }

    /// That of the source, without what is about its numbers; gray where complex samples became magnitudes.
    public var colorModel: ColorModel {
        guard !source.layout.pixelType.isComplex else {
            return ColorModel([ColorModel.Meaning](repeating: .gray, count: layout.shape.bands))
        }
        var model = source.colorModel
        model.lookupTable = nil
        model.transparentColor = nil
        for band in model.bands.indices {
            if model.bands[band] == .paletteIndex { model.bands[band] = .undefined }
            model[detailsOf: band].significantBits = nil
            model[detailsOf: band].originalBits = nil
        }
        return model
    }

    public var resolutionLevels: Int { source.resolutionLevels }

    public func hasBlock(row: Int, column: Int) -> Bool { source.hasBlock(row: row, column: column) }

    public func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try source.byteRanges(request) }

    public func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    private final class Reader: ImageReader {
        private let image: RetypedImage
        private let reader: any ImageReader

        init(_ image: RetypedImage, _ context: ReadContext) {
            self.image = image
            var inner = context
            // The fill value of the caller is one of the result's numbers; absent blocks have the source's no-data value.
            inner.fill = nil
            reader = image.source.makeReader(inner)
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let type = image.source.layout.pixelType
            let width = request.region.width
            let rowsAtOnce = max(1, (4 << 20) / max(1, width * type.byteCount * request.bands.count))
            var numbers = [Double](repeating: 0, count: width)
            for first in stride(from: 0, to: request.region.height, by: rowsAtOnce) {
                let count = min(rowsAtOnce, request.region.height - first)
                let stripe = try Raster(type, shape: Shape(bands: request.bands.count, rows: count, columns: width))
                let rows = Window(x: request.region.x, y: request.region.y + first, width: width, height: count)
                try unsafe reader.read(
                    ReadRequest(region: rows, level: request.level, bands: request.bands), into: stripe.destination)
                unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                    guard let base = numbers.baseAddress else { return }
                    for (place, band) in request.bands.enumerated() {
                        for row in 0..<count {
                            // In bounds: the stripe and the destination have the request's columns.
                            unsafe SampleRow.load(stripe.destination.row(row, band: place), type, count: width, into: base)
                            unsafe image.convert(numbers, band: band)
                            unsafe SampleRow.store(
                                base, count: width, as: image.layout.pixelType,
                                into: destination.row(first + row, band: place))
                        }
                    }
                }
                withExtendedLifetime(stripe) {}
            }
        }
    }

    private func convert(_ numbers: UnsafeMutableBufferPointer<Double>, band: Int) {
        let scale = scales[band]
        let range = layout.pixelType.integerRange
        // Numbers that round to the no-data value: those within half of it.
        let taken = noData.flatMap { noData in range == nil ? nil : noData.to }
        for index in numbers.indices {
            var number = unsafe numbers[index]
            if let noData, number == noData.from {
                unsafe numbers[index] = noData.to
                continue
            }
            if isLogarithmic { number = number > 0 ? 20 * log10(number) : -.greatestFiniteMagnitude }
            number = number * scale.gain + scale.offset
            if let taken, let range {
                let stored = min(range.upperBound, max(range.lowerBound, number.rounded(.toNearestOrAwayFromZero)))
                if stored == taken { number = taken < range.upperBound ? taken + 1 : taken - 1 }
            }
            unsafe numbers[index] = number
        }
    }
}

extension ImageAsset {
    /// The scales, one for each of `bands` (all when nil), that spread the valid samples over `target` as ``Stretch`` says. Reads the
    /// image, at the resolution level given, for percentiles and extremes.
    public func scales(
        for stretch: Stretch, to target: ClosedRange<Double>, window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        noData: SampleValue? = nil
    ) throws(ImageryError) -> [LinearScale] {
        let chosen = bands ?? Array(0..<layout.shape.bands)
        let percentiles: [Double]
        switch stretch {
        case .range(let low, let high):
            return [LinearScale](repeating: LinearScale(from: min(low, high)...max(low, high), to: target), count: chosen.count)
        case .percentiles(let low, let high): percentiles = [low, high]
        case .extremes: percentiles = [0, 100]
        }
        return try statistics(
            window: window, bands: bands, resolutionLevel: resolutionLevel, percentiles: percentiles, bins: 1, noData: noData
        ).map { LinearScale($0, to: target) }
    }
}

extension ImageAsset {
    /// The image with samples of another type, read like any other; see ``RetypedImage/init(of:to:scales:decibel:noData:target:)``.
    public func retyped(
        to type: PixelType, scales: [LinearScale] = [], decibel: Bool = false, noData: SampleValue? = nil,
        target: SampleValue? = nil
    ) throws(ImageryError) -> ImageAsset {
        ImageAsset(
            asset: asset,
            source: try RetypedImage(of: self, to: type, scales: scales, decibel: decibel, noData: noData, target: target))
    }

    /// The image with another no-data value: what statistics, smaller sizes and written files go by. Throws kind misuse for one that the samples
    /// cannot have.
    public func withNoData(_ value: SampleValue) throws(ImageryError) -> ImageAsset {
        guard value.number(in: layout.pixelType) != nil else {
            throw ImageryError(
                .misuse, key.description, "\(layout.pixelType.rawValue) has no number \(value), the no-data value")
        }
        return ImageAsset(asset: asset, source: NoDataImage(source, value))
    }
}

/// An image with another no-data value.
private struct NoDataImage: ImageSource {
    private let source: any ImageSource
    let layout: ImageLayout

    init(_ source: any ImageSource, _ value: SampleValue) {
        self.source = source
        var layout = source.layout
        layout.padValue = value
        self.layout = layout
    }

    var colorModel: ColorModel { source.colorModel }

    var resolutionLevels: Int { source.resolutionLevels }

    func hasBlock(row: Int, column: Int) -> Bool { source.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try source.byteRanges(request) }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        var inner = context
        // Blocks that the file does not hold mean as little as the value.
        inner.fill = context.fill ?? layout.padValue
        return source.makeReader(inner)
    }
}
