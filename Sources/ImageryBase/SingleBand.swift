/// A band of another image, as an image.
struct SingleBand: ImageSource {
    let layout: ImageLayout
    fileprivate let whole: any ImageSource
    fileprivate let band: Int

    /// Band `band`, which exists, of `whole`.
    init(_ whole: any ImageSource, _ band: Int) {
        self.whole = whole
        self.band = band
        var layout = whole.layout
        layout.shape.bands = 1
        self.layout = layout
    }

    func hasBlock(row: Int, column: Int) -> Bool { whole.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try whole.byteRanges(translated(request)) }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    fileprivate func translated(_ request: ReadRequest) -> ReadRequest {
        ReadRequest(region: request.region, level: request.level, bands: request.bands.map { _ in band })
    }

    private final class Reader: ImageReader {
        private let image: SingleBand
        private let reader: any ImageReader

        init(_ image: SingleBand, _ context: ReadContext) {
            self.image = image
            reader = image.whole.makeReader(context)
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            unsafe try reader.read(image.translated(request), into: destination)
        }
    }
}
