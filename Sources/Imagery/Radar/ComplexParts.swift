import ImageryBase

/// The real and imaginary parts of complex samples as two bands for each, of half the bytes: how SICD files hold them.
struct ComplexParts: ImageSource {
    private let stored: any ImageSource
    let layout: ImageLayout

    /// Nil for samples that are not complex.
    init?(_ stored: any ImageSource) {
        let part: PixelType
        switch stored.layout.pixelType {
        case .complexInt16: part = .int16
        case .complexInt32: part = .int32
        case .complexFloat32: part = .float32
        case .complexFloat64: part = .float64
        default: return nil
        }
        self.stored = stored
        var layout = stored.layout
        layout.shape.bands *= 2
        layout.pixelType = part
        (layout.bitsPerPixel, layout.actualBitsPerPixel) = (8 * part.byteCount, 8 * part.byteCount)
        layout.padValue = nil
        self.layout = layout
    }

    var colorModel: ColorModel { .undefined(layout.shape.bands) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(
            ReadRequest(region: request.region, level: request.level, bands: Set(request.bands.map { $0 / 2 }).sorted()))
    }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, stored.makeReader(context)) }

    private final class Reader: ImageReader {
        private let image: ComplexParts
        private let reader: any ImageReader

        /// Bytes of the stored image that are read at a time.
        private static let stripeBytes = 4 << 20

        init(_ image: ComplexParts, _ reader: any ImageReader) {
            self.image = image
            self.reader = reader
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let type = image.stored.layout.pixelType
            let width = request.region.width
            let bands = Set(request.bands.map { $0 / 2 }).sorted()
            let rowsAtOnce = max(1, Self.stripeBytes / max(1, width * type.byteCount * bands.count))
            for first in stride(from: 0, to: request.region.height, by: rowsAtOnce) {
                var region = request.region
                region.y += first
                region.height = min(rowsAtOnce, request.region.height - first)
                let stripe = try Raster(type, shape: Shape(bands: bands.count, rows: region.height, columns: width))
                let source = unsafe stripe.destination
                try unsafe reader.read(ReadRequest(region: region, level: request.level, bands: bands), into: source)
                for (place, band) in request.bands.enumerated() {
                    let half = type.byteCount / 2
                    for row in 0..<region.height {
                        // In bounds: the stripe and the destination have the region's rows and columns.
                        let from = unsafe source.row(row, band: bands.firstIndex(of: band / 2) ?? 0) + (band % 2) * half
                        let to = unsafe destination.row(first + row, band: place)
                        for column in 0..<width {
                            unsafe (to + column * half).copyMemory(from: from + column * type.byteCount, byteCount: half)
                        }
                    }
                }
                withExtendedLifetime(stripe) {}
            }
        }
    }
}
