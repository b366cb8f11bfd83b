import ImageryBase
import ImageryPlumbing

/// A raster in memory as an image of one block.
struct RasterSource: ImageSource {
    private let raster: Raster
    let layout: ImageLayout
    var colorModel: ColorModel { raster.colorModel }

    init(_ raster: Raster, noData: SampleValue? = nil) {
        self.raster = raster
        layout = ImageLayout(
            shape: raster.shape, pixelType: raster.pixelType, blockWidth: raster.width, blockHeight: raster.height,
            padValue: noData)
    }

    /// None: it is no file.
    func byteRanges(_ request: ReadRequest) -> [Range<Int>] { [] }

    func makeReader(_ context: ReadContext) -> any ImageReader { RasterReader(raster) }
}
