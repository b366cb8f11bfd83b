public import ImageryBase

extension ImageAsset {
    /// The table of a PNG or TIFF with a palette, of an NITF image with look-up tables, of a JP2 file with a palette box; nil elsewhere.
    public var lookupTable: LookupTable? { source.colorModel.lookupTable?.applicable(to: layout) }

    /// The image that the table makes: as many bands as the table has channels, read like any other. The colors of a JP2
    /// file come in the order that its channel definitions give. PNG transparency is not applied. Throws kind misuse when there is no ``lookupTable``.
    public func applyingLookupTable() throws(ImageryError) -> ImageAsset {
        guard let table = lookupTable else {
            throw ImageryError(.misuse, key.description, "the image has no palette and no look-up table")
        }
        return ImageAsset(asset: asset, source: LookedUpImage(source, table))
    }
}

/// An image behind its look-up table.
private final class LookedUpImage: ImageSource {
    let layout: ImageLayout
    private let stored: any ImageSource
    private let table: LookupTable
    /// For each channel the values of all numbers.
    private let values: [[UInt16]?]

    init(_ stored: any ImageSource, _ table: LookupTable) {
        self.stored = stored
        self.table = table
        values = table.channels.map { table.allValues(of: $0, stored.layout.pixelType) }
        var layout = stored.layout
        layout.shape.bands = table.channels.count
        layout.pixelType = table.pixelType
        layout.bitsPerPixel = 8 * table.pixelType.byteCount
        layout.actualBitsPerPixel = layout.bitsPerPixel
        // A value of the numbers is none of the colors.
        layout.padValue = nil
        self.layout = layout
    }

    var colorModel: ColorModel {
        var model = ColorModel(table.channels.map(\.meaning))
        model.orientation = stored.colorModel.orientation
        return model
    }

    var resolutionLevels: Int { stored.resolutionLevels }

    func hasBlock(row: Int, column: Int) -> Bool { stored.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try stored.byteRanges(inStored(request)) }

    /// The request for the bands that hold the numbers.
    private func inStored(_ request: ReadRequest) -> ReadRequest {
        let bands = Set(request.bands.map { table.channels[$0].band }).sorted()
        return ReadRequest(region: request.region, level: request.level, bands: bands)
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        // A caller's fill value is one of the numbers.
        Reader(self, stored.makeReader(context))
    }

    private final class Reader: ImageReader {
        private let image: LookedUpImage
        private let reader: any ImageReader

        init(_ image: LookedUpImage, _ reader: any ImageReader) {
            self.image = image
            self.reader = reader
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let inner = image.inStored(request)
            let numbers = try Raster(
                image.stored.layout.pixelType,
                shape: Shape(bands: inner.bands.count, rows: request.region.height, columns: request.region.width))
            let source = unsafe numbers.destination
            try unsafe reader.read(inner, into: source)
            for (place, band) in request.bands.enumerated() {
                let channel = image.table.channels[band]
                guard let index = inner.bands.firstIndex(of: channel.band) else { continue }
                for row in 0..<request.region.height {
                    // In bounds: the raster and the destination have the request's rows and columns.
                    let from = unsafe UnsafeRawPointer(source.row(row, band: index))
                    let to = unsafe destination.row(row, band: place)
                    unsafe image.convert(image.values[band], from, to, count: request.region.width)
                }
            }
            withExtendedLifetime(numbers) {}
        }
    }

    private func convert(_ values: [UInt16]?, _ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, count: Int) {
        switch (stored.layout.pixelType, layout.pixelType) {
        case (.uint8, .uint8):
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt8.self), count: count)
        case (.uint8, _):
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt16.self), count: count)
        case (_, .uint8):
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt16.self), to.assumingMemoryBound(to: UInt8.self), count: count)
        default:
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt16.self), to.assumingMemoryBound(to: UInt16.self), count: count)
        }
    }

    private func convert<From: FixedWidthInteger, To: FixedWidthInteger>(
        _ values: [UInt16]?, _ from: UnsafePointer<From>, _ to: UnsafeMutablePointer<To>, count: Int
    ) {
        guard let values else {
            for index in 0..<count { unsafe to[index] = To(truncatingIfNeeded: from[index]) }
            return
        }
        for index in 0..<count { unsafe to[index] = To(truncatingIfNeeded: values[Int(from[index])]) }
    }
}
