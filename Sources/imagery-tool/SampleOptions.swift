public import ArgumentParser
public import Imagery

/// What the samples of a written image are made of: type, scale, size.
struct SampleOptions: ParsableArguments {
    @Option(help: "Type of the samples: uint8, int16, float32, ...; complex ones become magnitudes.")
    var type: PixelType?
    @Option(
        parsing: .unconditional,
        help: "Numbers lo,hi[,a,b]: lo becomes a and hi becomes b; the range of the type when a,b are not given.")
    var scale: ScaleRange?
    @Option(help: "Spread each band over the range of the type: percentiles such as 2,98, minmax, db or none.")
    var stretch: StretchChoice?
    @Option(help: "What to make of complex samples: magnitude, phase or decibel.")
    var part: ComplexPart?
    @Option(help: "Columns of the longer side, or widthxheight.")
    var size: SizeChoice?
    @Option(help: "What a pixel of another size is: box, nearest or bilinear.")
    var filter: ResamplingFilter?
    @Flag(help: "Turn and mirror the image as its orientation says; --window and --size are those of the upright picture.")
    var upright = false
    @Option(name: .customLong("nodata"), parsing: .unconditional, help: "The value of samples that mean nothing.")
    var noData: SampleValue?

    func validate() throws {
        if scale != nil, stretch != nil { throw ValidationError("--scale and --stretch exclude each other") }
    }

    /// True when written samples are not those of the file.
    var changesSamples: Bool { type != nil || scale != nil || stretch != nil || part != nil || size != nil || upright }

    /// What makes the samples that are asked for of those of `image` or of one of its overviews. Percentiles are taken of the image.
    func derivation(for image: ImageAsset, _ selection: SelectionOptions) throws -> (ImageAsset) throws -> ImageAsset {
        /// The part of complex samples, with the no-data value given.
        let numbers = { (image: ImageAsset) throws -> ImageAsset in
            let known = try noData.map { try image.withNoData($0) } ?? image
            if let part { return try known.showing(part) }
            return stretch == .decibel && known.isComplex ? try known.showing(.magnitude) : known
        }
        guard type != nil || scale != nil || stretch != nil else { return numbers }
        let whole = try numbers(image)
        let isDecibel = stretch == .decibel
        let usual: PixelType = whole.layout.pixelType.isComplex ? .float32 : whole.layout.pixelType
        let target = type ?? (stretch != nil ? .uint8 : usual)
        let range = target.integerRange ?? 0...1
        var scales: [LinearScale] = []
        if let scale {
            scales = [LinearScale(from: scale.low...scale.high, to: scale.target ?? range)]
        } else if let stretch = stretch?.stretch {
            let measured = isDecibel ? try whole.retyped(to: .float32, decibel: true) : whole
            // Of bands that are not asked for nothing need be known.
            let bands = selection.chosenBands.map { Array(Set($0)).sorted() }
            let found = try measured.scales(
                for: stretch, to: range, window: selection.window(in: image), bands: bands,
                resolutionLevel: selection.resolutionLevel)
            scales = [LinearScale](repeating: .identity, count: whole.layout.shape.bands)
            for (band, scale) in zip(bands ?? Array(scales.indices), found) { scales[band] = scale }
        }
        return { [scales] image in try numbers(image).retyped(to: target, scales: scales, decibel: isDecibel) }
    }

    /// The part of the image in the size that is asked for, from the level or overview that costs least; nil where no size is.
    func resized(
        _ image: ImageAsset, _ selection: SelectionOptions, _ derive: (ImageAsset) throws -> ImageAsset
    ) throws -> ResampledImage? {
        guard let size else { return nil }
        let window = try selection.window(in: image)
        let part = (window ?? image.layout.bounds).intersection(image.layout.bounds)
        let wanted = size.size(for: PixelSize(width: max(1, part.width), height: max(1, part.height)))
        let base = image.pyramidLevel(for: wanted, window: window)
        return try ResampledImage(
            of: derive(image), window: window, bands: selection.chosenBands, to: wanted,
            filter: filter ?? (image.isPalette ? .nearest : .box),
            from: PyramidLevel(image: derive(base.image), resolutionLevel: base.resolutionLevel))
    }
}

/// lo,hi or lo,hi,a,b.
struct ScaleRange: ExpressibleByArgument {
    var low: Double
    var high: Double
    var target: ClosedRange<Double>?

    init?(argument: String) {
        guard let numbers = NumberList(argument: argument)?.numbers, numbers.count == 2 || numbers.count == 4,
            numbers.allSatisfy(\.isFinite), numbers[0] < numbers[1], numbers.count == 2 || numbers[2] <= numbers[3]
        else { return nil }
        (low, high) = (numbers[0], numbers[1])
        target = numbers.count == 4 ? numbers[2]...numbers[3] : nil
    }
}

/// How samples are spread.
enum StretchChoice: ExpressibleByArgument, Hashable {
    case percentiles(Double, Double)
    case extremes
    case decibel
    case none

    init?(argument: String) {
        switch argument.lowercased() {
        case "minmax": self = .extremes
        case "db": self = .decibel
        case "none": self = .none
        default:
            guard let numbers = NumberList(argument: argument)?.numbers, numbers.count == 2, numbers[0] < numbers[1],
                numbers.allSatisfy({ (0...100).contains($0) })
            else { return nil }
            self = .percentiles(numbers[0], numbers[1])
        }
    }

    static var allValueStrings: [String] { ["2,98", "minmax", "db", "none"] }

    /// The library's word for it; nil for none.
    var stretch: Stretch? {
        switch self {
        case .percentiles(let low, let high): .percentiles(low, high)
        case .extremes: .extremes
        case .decibel: .percentiles(2, 98)
        case .none: nil
        }
    }
}

/// A side, or both.
struct SizeChoice: ExpressibleByArgument {
    private var width: Int
    private var height: Int?

    init?(argument: String) {
        let numbers = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(numbers.count), let first = numbers[0], first > 0 else { return nil }
        width = first
        if numbers.count == 2 {
            guard let second = numbers[1], second > 0 else { return nil }
            height = second
        }
    }

    /// The most columns and rows.
    var limit: PixelSize { PixelSize(width: width, height: height ?? width) }

    /// The size for an image of `whole`: exactly that of two numbers; else the proportions stay, and the longer side has the one number.
    func size(for whole: PixelSize) -> PixelSize {
        if let height { return PixelSize(width: width, height: height) }
        let longer = max(whole.width, whole.height)
        func side(_ length: Int) -> Int { max(1, Int((Double(length) * Double(width) / Double(longer)).rounded())) }
        return PixelSize(width: side(whole.width), height: side(whole.height))
    }
}

extension PixelType: ExpressibleByArgument {
    /// Nothing becomes complex.
    public static var allValueStrings: [String] { allCases.filter { !$0.isComplex }.map(\.rawValue) }
}
extension ResamplingFilter: ExpressibleByArgument {}
extension ComplexPart: ExpressibleByArgument {}
