extension ImageSource {
    /// This image in other colors, read like any other: as many bands as the target has.
    ///
    /// The numbers of colors that are the target's already are not changed. What a formula makes is told by ``ColorTarget``; opacity comes
    /// from a band, a palette's, a transparent color (PNG tRNS) or the pad number of a palette, and is full where there is none.
    /// Bands that are no colors are left out. Throws kind unsupported where no formula leads from the bands' meanings to the target, and for samples
    /// that are neither UInt8 nor UInt16; kind misuse for a color model that is not of this image.
    public func converted(to target: ColorTarget) throws(ImageryError) -> any ImageSource {
        let model = colorModel
        try model.check(layout, "color")
        if let bands = target.bands(of: model) { return SelectedBands(self, bands: bands) }
        return ConvertedImage(self, try ColorConversion(layout, model, to: target))
    }
}

extension ColorTarget {
    /// The bands of an image of this model that are the target as they are; nil when samples have to be changed.
    func bands(of model: ColorModel) -> [Int]? {
        var list: [Int] = []
        for meaning in self.model.bands {
            guard let band = model.bands.firstIndex(of: meaning) else { return nil }
            list.append(band)
        }
        let isOther = model.inksAreInverted && self == .cmyk || model.bands.contains(.premultipliedAlpha)
        let makesAlpha = model.transparentColor != nil && (self == .rgba || self == .grayAlpha)
        return isOther || makesAlpha ? nil : list
    }
}

/// Some bands of an image, in another order.
struct SelectedBands: ImageSource {
    private let whole: any ImageSource
    private let bands: [Int]
    let layout: ImageLayout

    init(_ whole: any ImageSource, bands: [Int]) {
        self.whole = whole
        self.bands = bands
        var layout = whole.layout
        layout.shape.bands = bands.count
        self.layout = layout
    }

    var colorModel: ColorModel { whole.colorModel.selecting(bands) }

    var resolutionLevels: Int { whole.resolutionLevels }

    private func inWhole(_ request: ReadRequest) -> ReadRequest {
        ReadRequest(region: request.region, level: request.level, bands: request.bands.map { bands[$0] })
    }

    func hasBlock(row: Int, column: Int) -> Bool { whole.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try whole.byteRanges(inWhole(request)) }

    func makeReader(_ context: ReadContext) -> any ImageReader { SelectingReader(whole.makeReader(context), bands) }
}

/// A session that reads bands of another by their place in a list.
final class SelectingReader: ImageReader {
    private let reader: any ImageReader
    private let bands: [Int]

    init(_ reader: any ImageReader, _ bands: [Int]) {
        self.reader = reader
        self.bands = bands
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let inner = ReadRequest(region: request.region, level: request.level, bands: request.bands.map { bands[$0] })
        try unsafe reader.read(inner, into: destination)
    }
}

/// An image behind a conversion of its colors.
private struct ConvertedImage: ImageSource {
    private let stored: any ImageSource
    private let conversion: ColorConversion

    init(_ stored: any ImageSource, _ conversion: ColorConversion) {
        self.stored = stored
        self.conversion = conversion
    }

    var layout: ImageLayout { conversion.layout }
    var colorModel: ColorModel { conversion.model }
    var resolutionLevels: Int { stored.resolutionLevels }

    func hasBlock(row: Int, column: Int) -> Bool { stored.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(ReadRequest(region: request.region, level: request.level, bands: conversion.inputs))
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        ConvertingReader(stored.makeReader(context), stored.layout.pixelType, conversion)
    }
}

/// A session that converts what another one reads.
final class ConvertingReader: ImageReader {
    private let reader: any ImageReader
    private let type: PixelType
    private let conversion: ColorConversion

    /// Samples of the source that are in memory at a time, unless one row has more.
    private static let stripeSamples = 1 << 20

    init(_ reader: any ImageReader, _ type: PixelType, _ conversion: ColorConversion) {
        self.reader = reader
        self.type = type
        self.conversion = conversion
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let bands = conversion.inputs.count
        let rowsAtOnce = min(region.height, max(1, Self.stripeSamples / max(1, region.width * bands)))
        let stripe = try Raster(type, shape: Shape(bands: bands, rows: rowsAtOnce, columns: region.width))
        let work = ColorConversion.Work(width: region.width)
        let source = unsafe stripe.destination
        for first in stride(from: 0, to: region.height, by: rowsAtOnce) {
            let count = min(rowsAtOnce, region.height - first)
            let part = Window(x: region.x, y: region.y + first, width: region.width, height: count)
            try unsafe reader.read(ReadRequest(region: part, level: request.level, bands: conversion.inputs), into: source)
            for row in 0..<count {
                // In bounds: the stripe has the inputs' bands and `rowsAtOnce` rows, the destination the request's.
                let rows = unsafe (0..<bands).map { unsafe UnsafeRawPointer(source.row(row, band: $0)) }
                let outputs = unsafe request.bands.enumerated().map { place, band in
                    unsafe (band: band, row: destination.row(first + row, band: place))
                }
                unsafe conversion.convert(rows, width: region.width, work, into: outputs)
            }
        }
        withExtendedLifetime(stripe) {}
    }
}

extension PixelSource {
    /// The same pixels in other colors; see ``ImageSource/converted(to:)``.
    public func converted(to target: ColorTarget) throws(ImageryError) -> PixelSource {
        if let bands = target.bands(of: colorModel) { return selecting(bands) }
        return applying(try ColorConversion(layout, colorModel, to: target))
    }

    /// The inks of the image alone, which count from none to full ink, or from full to none. Throws kind unsupported for an image of other
    /// colors.
    public func inks(inverted: Bool) throws(ImageryError) -> PixelSource {
        let plan = colorModel.arrangement
        guard plan.space == .cmyk, colorModel.inksAreInverted != inverted else {
            guard plan.space == .cmyk else { throw ImageryError(unsupported: .color, "color", "the bands are no inks") }
            return selecting(plan.colors)
        }
        var other = colorModel
        // Either way is the other's complement.
        other.inksAreInverted = true
        var result = applying(try ColorConversion(layout, other, to: .cmyk))
        result.colorModel.inksAreInverted = inverted
        return result
    }

    private func applying(_ conversion: ColorConversion) -> PixelSource {
        let (make, type) = (makeReader, layout.pixelType)
        var result = self
        result.layout = conversion.layout
        result.colorModel = conversion.model
        result.sourceBands = nil
        result.makeReader = { ConvertingReader(make(), type, conversion) }
        return result
    }

    /// Some of the bands, which must exist, in another order.
    public func selecting(_ bands: [Int]) -> PixelSource {
        guard bands != Array(0..<layout.shape.bands) else { return self }
        let make = makeReader
        var result = self
        result.layout.shape.bands = bands.count
        result.colorModel = colorModel.selecting(bands)
        result.sourceBands = sourceBands.map { known in bands.map { $0 < known.count ? known[$0] : -1 } } ?? bands
        result.makeReader = { SelectingReader(make(), bands) }
        return result
    }

    /// True when ``converted(to:)`` with opacity has some that is not full: a band, a palette's, a transparent color.
    public var hasAlpha: Bool {
        if colorModel.arrangement.alpha != nil || colorModel.transparentColor != nil { return true }
        guard colorModel.arrangement.space == .palette, let table = colorModel.lookupTable else { return false }
        return table.alpha != nil || table.channels.contains { $0.meaning.isAlpha }
    }
}
