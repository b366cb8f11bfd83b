/// One band of an image as an image of its own.
struct BandSource: ImageSource {
    private let whole: any ImageSource
    private let band: Int
    let layout: ImageLayout

    init(_ whole: any ImageSource, band: Int) {
        self.whole = whole
        self.band = band
        var layout = whole.layout
        layout.shape.bands = 1
        self.layout = layout
    }

    var resolutionLevels: Int { whole.resolutionLevels }

    private func inWhole(_ request: ReadRequest) -> ReadRequest {
        ReadRequest(region: request.region, level: request.level, bands: request.bands.map { _ in band })
    }

    func hasBlock(row: Int, column: Int) -> Bool { whole.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try whole.byteRanges(inWhole(request)) }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(whole.makeReader(context), band) }

    private final class Reader: ImageReader {
        private let reader: any ImageReader
        private let band: Int

        init(_ reader: any ImageReader, _ band: Int) {
            self.reader = reader
            self.band = band
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let inner = ReadRequest(region: request.region, level: request.level, bands: request.bands.map { _ in band })
            try unsafe reader.read(inner, into: destination)
        }
    }
}
