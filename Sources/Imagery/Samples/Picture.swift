public import ImageryBase
import ImageryPlumbing

/// How the samples of an image become the brightness of a picture.
public enum PictureStretch: Hashable, Sendable {
    /// Bytes as they are; other samples from the second to the 98th percentile, complex ones in decibel.
    case automatic
    /// From the lower percentile to the upper one, each 0 to 100, band by band.
    case percentiles(Double, Double)
    /// From the least to the largest sample, band by band.
    case extremes
    /// 20 log10 of the samples, or of the magnitude of complex ones, from the second to the 98th percentile.
    case decibel
    /// The range that the bits of a sample have; of floating point 0 to 1.
    case none
}

/// A picture to look at: bytes in gray or in red, green and blue, and opacity where not every pixel is there.
public struct Picture: Sendable {
    /// One band of gray or three of color, one more for opacity.
    public let raster: Raster
    /// True for red, green and blue.
    public var isColored: Bool { raster.bands >= 3 }
    /// True when the last band is opacity.
    public var hasOpacity: Bool { raster.bands % 2 == 0 }
    /// Columns.
    public var width: Int { raster.width }
    /// Rows.
    public var height: Int { raster.height }

    /// Red, green, blue and opacity of each pixel, row by row.
    public var rgba: [UInt8] {
        let (green, blue) = isColored ? (1, 2) : (0, 0)
        // The bands exist and are bytes, so that nothing is thrown.
        return (try? raster.fourBytes(red: 0, green: green, blue: blue, alpha: hasOpacity ? raster.bands - 1 : nil)) ?? []
    }

    /// A file of the picture. JPEG has no opacity: what is not there is black.
    public func encoded(as format: Format) throws -> [UInt8] {
        guard hasOpacity, format == .jpeg else { return try raster.encoded(as: format) }
        return try raster.picking(bands: Array(0..<raster.bands - 1)).encoded(as: format)
    }

    /// A PNG file of the picture.
    public func png() throws -> [UInt8] { try encoded(as: .png) }
}

extension ImageAsset {
    /// A picture of `window` (all when nil) in the largest size that fits `size`, from the level or overview that costs least.
    ///
    /// Colors are those of the image's `ColorModel`, which is never concluded from the number of bands: an image that says nothing is shown by its
    /// first band. The picture is turned as the file says.
    /// - Parameters:
    ///   - window: the part of the image.
    ///   - size: the columns and rows that the picture has at most.
    ///   - bands: one band for gray, or three for red, green and blue, as they are stored; the image's colors when nil.
    ///   - stretch: how samples become brightness.
    ///   - noData: the value of samples that mean nothing, instead of the image's pad value; such pixels are transparent.
    /// - Throws: kind misuse for another number of bands than one or three; as reading.
    public func picture(
        window: Window? = nil, bands: [Int]? = nil, fitting size: PixelSize, stretch: PictureStretch = .automatic,
        noData: SampleValue? = nil
    ) throws(ImageryError) -> Picture {
        if let bands, bands.count != 1 && bands.count != 3 {
            throw ImageryError(.misuse, key.description, "a picture is made of one band or of three, not of \(bands.count)")
        }
        let part = try request(window: window, bands: nil, resolutionLevel: 0).region
        guard size.width > 0, size.height > 0 else {
            throw ImageryError(.misuse, key.description, "a picture of \(size.width) × \(size.height) pixels holds none")
        }
        let colors = try PictureColors(of: self, bands: bands)
        let limit = colors.orientation.swapsAxes ? PixelSize(width: size.height, height: size.width) : size
        let fitted = PixelSize(width: part.width, height: part.height).fitting(limit)
        let base = pyramidLevel(for: fitted, window: window)
        let stored = try colors.applied(to: self)
        let isDecibel = stretch == .decibel || stretch == .automatic && bands == nil && isComplex
        func numbers(_ image: ImageAsset) throws(ImageryError) -> ImageAsset {
            try colors.applied(to: image).retyped(to: .float32, decibel: isDecibel, noData: noData, target: .real(.nan))
        }
        let image = try ResampledImage(
            of: numbers(self), window: window, bands: colors.bands + (colors.alpha.map { [$0] } ?? []), to: fitted,
            from: PyramidLevel(image: numbers(base.image), resolutionLevel: base.resolutionLevel))
        let raster = try image.read(options: asset.dataset.options)
        var scales = try Self.scales(raster, stretch, isDecibel, stored.layout, count: colors.bands.count)
        if colors.isInverse { scales = scales.map { LinearScale(gain: -$0.gain, offset: 255 - $0.offset) } }
        let bytes = try Self.bytes(
            raster, scales, hasAlpha: colors.alpha != nil, alphaRange: stored.layout.pixelType.integerRange)
        return Picture(raster: try bytes.oriented(colors.orientation))
    }

    /// The scale of each color to 0...255.
    private static func scales(
        _ raster: Raster, _ stretch: PictureStretch, _ isDecibel: Bool, _ layout: ImageLayout, count: Int
    ) throws(ImageryError) -> [LinearScale] {
        let bits = layout.actualBitsPerPixel
        let percentiles: [Double]
        switch stretch {
        case .percentiles(let low, let high): percentiles = [low, high]
        case .extremes: percentiles = [0, 100]
        case .decibel: percentiles = [2, 98]
        case .automatic where isDecibel || layout.pixelType != .uint8: percentiles = [2, 98]
        case .automatic, .none:
            var range = layout.pixelType.integerRange ?? 0...1
            if !layout.pixelType.isSigned, bits < 64 { range = 0...Double(sign: .plus, exponent: bits, significand: 1) - 1 }
            return [LinearScale](repeating: LinearScale(from: range, to: 0...255), count: count)
        }
        return try raster.picking(bands: Array(0..<count)).statistics(percentiles: percentiles, bins: 1).map { band in
            LinearScale(band, to: 0...255)
        }
    }

    /// The colors as bytes, and opacity where the image has it or pixels are missing: those of which no color is a number.
    private static func bytes(
        _ raster: Raster, _ scales: [LinearScale], hasAlpha: Bool, alphaRange: ClosedRange<Double>?
    ) throws(ImageryError) -> Raster {
        let plane = raster.width * raster.height
        let samples = try raster.samples(as: Float.self)
        var bytes = [UInt8](repeating: 0, count: plane * (scales.count + 1))
        let opaque = 255 / (alphaRange?.upperBound ?? 1)
        // What is negative becomes 0: half is added to numbers that are none.
        func byte(_ number: Double) -> UInt8 { number.isNaN ? 0 : UInt8(max(0, min(255, number + 0.5))) }
        var isComplete = true
        for place in 0..<plane {
            var isThere = false
            for (band, scale) in scales.enumerated() {
                let number = Double(samples[band * plane + place])
                if !number.isNaN { isThere = true }
                bytes[band * plane + place] = byte(number * scale.gain + scale.offset)
            }
            let opacity = hasAlpha ? byte(Double(samples[scales.count * plane + place]) * opaque) : 255
            bytes[scales.count * plane + place] = isThere ? opacity : 0
            if !isThere || opacity < 255 { isComplete = false }
        }
        let count = scales.count + (isComplete ? 0 : 1)
        var result = try Raster(
            bytes.prefix(count * plane), shape: Shape(bands: count, rows: raster.height, columns: raster.width))
        result.colorModel = scales.count == 3 ? (isComplete ? .rgb : .rgba) : isComplete ? .gray : .grayAlpha
        return result
    }
}

/// Which bands of an image make the colors of a picture.
private struct PictureColors {
    /// What is done to the stored samples first.
    private enum Step {
        case none
        /// Complex samples become magnitudes.
        case magnitude
        /// Palettes, inks, luma and differences, transparent colors: red, green, blue and opacity are made of them.
        case conversion(ColorTarget)
    }

    private let step: Step
    /// The bands of the colors behind that step.
    let bands: [Int]
    /// The band of opacity behind it.
    let alpha: Int?
    /// 0 is white.
    let isInverse: Bool
    let orientation: Orientation

    init(of image: ImageAsset, bands list: [Int]?) throws(ImageryError) {
        let model = image.colorModel
        orientation = model.orientation
        if let list {
            try image.layout.check(bands: list, image.key.description)
            (step, bands, alpha, isInverse) = (.none, list, nil, false)
        } else if image.isComplex {
            (step, bands, alpha, isInverse) = (.magnitude, [0], nil, false)
        } else {
            let colors = model.arrangement
            let isPlain =
                [.rgb, .gray, .inverseGray].contains(colors.space) && model.transparentColor == nil && !colors.isPremultiplied
            let isConvertible = image.layout.pixelType == .uint8 || image.layout.pixelType == .uint16
            if isPlain {
                (step, bands, alpha, isInverse) = (.none, colors.colors, colors.alpha, colors.space == .inverseGray)
            } else if colors.space == .none || !isConvertible {
                // Bands that make no color together: the first alone.
                (step, bands, alpha, isInverse) = (.none, [0], nil, false)
            } else if colors.space == .gray || colors.space == .inverseGray {
                (step, bands, alpha, isInverse) = (.conversion(.grayAlpha), [0], 1, false)
            } else {
                (step, bands, alpha, isInverse) = (.conversion(.rgba), [0, 1, 2], 3, false)
            }
        }
    }

    /// The image whose bands they are.
    func applied(to image: ImageAsset) throws(ImageryError) -> ImageAsset {
        switch step {
        case .none: image
        case .magnitude: try image.showing(.magnitude)
        case .conversion(let target): ImageAsset(asset: image.asset, source: try image.source.converted(to: target))
        }
    }
}
