/// A raster in memory as a reading session, so that writers need to know readers only.
public final class RasterReader: ImageReader {
    private let raster: Raster

    /// Reads from `raster`.
    public init(_ raster: Raster) { self.raster = raster }

    public func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        unsafe raster.copy(request.region, bands: request.bands, to: destination)
    }
}
