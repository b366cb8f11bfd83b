public import ImageryBase

extension PixelSource {
    /// The same pixels, with `pad` in all bands where the mask has a sample of 0. The mask has one band and the size of the image. Throws kind misuse
    /// for another mask, and for a value that the samples do not have.
    public func filling(where mask: PixelSource, of asset: AssetKey, with pad: SampleValue) throws(ImageryError) -> PixelSource {
        guard mask.layout.shape == Shape(bands: 1, rows: layout.shape.rows, columns: layout.shape.columns) else {
            throw ImageryError(.misuse, "\(asset.mask)", "a mask has one band and the size of its image")
        }
        guard let pattern = pad.bytes(for: layout.pixelType) else {
            throw ImageryError(.misuse, "\(asset)", "the pad value \(pad) is no \(layout.pixelType.rawValue)")
        }
        let (makeImage, makeMask, maskType) = (makeReader, mask.makeReader, mask.layout.pixelType)
        var result = self
        result.makeReader = { FillingReader(makeImage(), makeMask(), maskType, pattern) }
        return result
    }
}

/// A session that puts a value where a mask hides the pixels.
private final class FillingReader: ImageReader {
    private let image: any ImageReader
    private let mask: any ImageReader
    private let maskType: PixelType
    private let pattern: [UInt8]

    init(_ image: any ImageReader, _ mask: any ImageReader, _ maskType: PixelType, _ pattern: [UInt8]) {
        self.image = image
        self.mask = mask
        self.maskType = maskType
        self.pattern = pattern
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        try unsafe image.read(request, into: destination)
        let (rows, columns) = (request.region.height, request.region.width)
        let samples = try Raster(maskType, shape: Shape(bands: 1, rows: rows, columns: columns))
        let hidden = unsafe samples.destination
        try unsafe mask.read(ReadRequest(region: request.region, level: request.level, bands: [0]), into: hidden)
        for row in 0..<rows {
            let line = unsafe UnsafeRawPointer(hidden.row(row, band: 0))
            for column in 0..<columns where unsafe maskType.load(line, column) == 0 {
                for band in request.bands.indices {
                    // In bounds: the destination has the request's rows, columns and bands.
                    let sample = unsafe destination.row(row, band: band) + column * pattern.count
                    for (index, byte) in pattern.enumerated() {
                        unsafe sample.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
                    }
                }
            }
        }
        withExtendedLifetime(samples) {}
    }
}
