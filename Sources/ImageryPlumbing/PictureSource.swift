// What a format that holds pictures only (gray or RGB, perhaps with opacity) makes of an image.

public import ImageryBase

extension PixelSource {
    /// The pixels as a picture: bands of ``ColorModel/gray``, `.grayAlpha`, `.rgb` or `.rgba`, in that order.
    ///
    /// What cannot stay is told in a note on `asset`: colors that a formula has made, bands and opacity that `format` has no place for. Three
    /// plain bands are shown as red, green and blue, one as gray. Throws kind misuse for other numbers of bands that are no colors together,
    /// unsupported where no formula leads to a picture, and what `notes` throws.
    public func picture(
        for asset: AssetKey, in format: String, hasAlpha: Bool, notes: WriteNotes
    ) throws(ImageryError) -> PixelSource {
        let plan = colorModel.arrangement
        let plain = colorModel.bands.indices.filter { !colorModel.bands[$0].isAlpha }
        if plan.space == .none || plan.space == .gray && plan.alpha == nil && plan.others.count > 1 {
            return try plainPicture(plain, for: asset, in: format, notes: notes)
        }
        for band in plan.others {
            try notes.add(
                WriteNote(asset, "band \(band)", .dropped, "\(name(of: band)) is no color, and \(format) has no place for others"))
        }
        let isGray = plan.space == .gray || plan.space == .inverseGray
        var target: ColorTarget = isGray ? .gray : .rgb
        if self.hasAlpha {
            if hasAlpha {
                target = target.withAlpha
                if plan.isPremultiplied {
                    try notes.add(
                        WriteNote(asset, "colors", .changed, "they are divided by their opacity: \(format) has it straight"))
                }
            } else {
                try notes.add(WriteNote(asset, "alpha", .dropped, "\(format) has no opacity"))
            }
        }
        switch plan.space {
        case .cmyk:
            try notes.add(
                WriteNote(asset, "inks", .changed, "\(format) gets red, green and blue: 1 - min(1, ink + black), without a profile")
            )
        case .lab: try notes.add(WriteNote(asset, "L*a*b*", .changed, "\(format) gets sRGB, rounded and cut to its gamut"))
        case .yCbCr: try notes.add(WriteNote(asset, "YCbCr", .changed, "\(format) gets red, green and blue, rounded"))
        case .palette: try notes.add(WriteNote(asset, "palette", .changed, "\(format) gets its colors in place of the numbers"))
        default: break
        }
        // Multiplied colors without their opacity are those over black, as they are.
        var opaque = self
        if plan.isPremultiplied, target == .gray || target == .rgb, let alpha = plan.alpha {
            opaque = selecting(colorModel.bands.indices.filter { $0 != alpha })
        }
        let result = try opaque.converted(to: target)
        if colorModel.profile != nil, result.colorModel.profile == nil {
            try notes.add(WriteNote(asset, "ICC profile", .dropped, "it is about samples that were converted"))
        }
        if layout.padValue != nil, result.layout.padValue == nil, plan.space != .palette {
            try notes.add(WriteNote(asset, "no-data value", .dropped, "it is none of the converted samples"))
        }
        return result
    }

    /// Bands that make no color: one is shown as gray, three as red, green and blue.
    private func plainPicture(
        _ plain: [Int], for asset: AssetKey, in format: String, notes: WriteNotes
    ) throws(ImageryError) -> PixelSource {
        guard plain.count == 1 || plain.count == 3 else {
            throw ImageryError(
                .misuse, format,
                "\(colorModel.bands.count) bands that are not said to be colors make no picture: choose one or three (--bands), or state what they are (colorModel)"
            )
        }
        if plain.count < colorModel.bands.count {
            try notes.add(WriteNote(asset, "alpha", .dropped, "there are no colors that it belongs to"))
        }
        let stated = plain.map { colorModel.bands[$0] }.filter { $0 != .undefined && $0 != .gray }
        if !stated.isEmpty {
            let shown = plain.count == 1 ? "gray" : "red, green and blue"
            let bands = plain.map { colorModel.bands[$0].rawValue }.joined(separator: ", ")
            try notes.add(WriteNote(asset, "colors", .changed, "\(bands) are shown as \(shown)"))
        }
        var result = selecting(plain)
        let target: ColorModel = plain.count == 1 ? .gray : .rgb
        result.colorModel.bands = target.bands
        result.colorModel.profile = nil
        result.colorModel.lookupTable = nil
        return result
    }

    /// What to call a band in a note.
    public func name(of band: Int) -> String {
        if let name = colorModel.details[band]?.name { return "\"\(name)\"" }
        return colorModel.bands[band] == .undefined ? "what it holds" : colorModel.bands[band].rawValue
    }

    /// The same pixels with one more band, opacity: full where the mask has a sample that is not 0. The mask has one band and the size of
    /// the image.
    public func addingAlpha(from mask: PixelSource, of asset: AssetKey) throws(ImageryError) -> PixelSource {
        guard mask.layout.shape == Shape(bands: 1, rows: layout.shape.rows, columns: layout.shape.columns) else {
            throw ImageryError(.misuse, "\(asset.mask)", "a mask has one band and the size of its image")
        }
        guard layout.pixelType == .uint8 || layout.pixelType == .uint16 else {
            throw ImageryError(
                unsupported: .pixelType, "\(asset)",
                "opacity of \(layout.pixelType.rawValue) samples is not made: uint8 and uint16 are")
        }
        let (bands, type, maskType) = (layout.shape.bands, layout.pixelType, mask.layout.pixelType)
        let largest = (1 << min(layout.bitsPerPixel, 8 * type.byteCount)) - 1
        let (makeImage, makeMask) = (makeReader, mask.makeReader)
        var result = self
        result.layout.shape.bands = bands + 1
        result.colorModel.bands.append(.alpha)
        result.sourceBands = nil
        result.makeReader = {
            MaskedReader(
                makeImage(), makeMask(), alphaBand: bands, sampleBytes: type.byteCount, maskBytes: maskType.byteCount,
                largest: UInt16(truncatingIfNeeded: largest))
        }
        return result
    }
}

/// A session that reads opacity from a mask.
private final class MaskedReader: ImageReader {
    private let image: any ImageReader
    private let mask: any ImageReader
    private let alphaBand: Int
    private let sampleBytes: Int
    private let maskBytes: Int
    private let largest: UInt16

    init(
        _ image: any ImageReader, _ mask: any ImageReader, alphaBand: Int, sampleBytes: Int, maskBytes: Int, largest: UInt16
    ) {
        self.image = image
        self.mask = mask
        self.alphaBand = alphaBand
        self.sampleBytes = sampleBytes
        self.maskBytes = maskBytes
        self.largest = largest
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        for (place, band) in request.bands.enumerated() {
            // In bounds: the destination has a plane for each band of the request.
            let plane = unsafe Destination(
                base: destination.row(0, band: place), bandStride: destination.bandStride, rowStride: destination.rowStride)
            guard band == alphaBand else {
                try unsafe image.read(ReadRequest(region: request.region, level: request.level, bands: [band]), into: plane)
                continue
            }
            let (rows, columns) = (request.region.height, request.region.width)
            guard let size = checkedProduct(rows, columns, maskBytes) else {
                throw ImageryError(limit: .memory, "mask", "\(rows) rows exceed any memory")
            }
            let samples = try Scratch(byteCount: size)
            try unsafe mask.read(
                ReadRequest(region: request.region, level: request.level, bands: [0]),
                into: Destination(base: samples.base, bandStride: size, rowStride: columns * maskBytes))
            for row in 0..<rows {
                let line = unsafe plane.row(row, band: 0)
                for column in 0..<columns {
                    let start = (row * columns + column) * maskBytes
                    var isVisible = false
                    for byte in 0..<maskBytes where unsafe samples.bytes[start + byte] != 0 { isVisible = true }
                    let value: UInt16 = isVisible ? largest : 0
                    if sampleBytes == 1 {
                        unsafe line.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: column, as: UInt8.self)
                    } else {
                        unsafe line.storeBytes(of: value, toByteOffset: 2 * column, as: UInt16.self)
                    }
                }
            }
        }
    }
}
