// Images in memory as codestreams inside of containers.

public import ImageryBase

/// Encodes images, one after the other, as codestreams of one tile each, on one thread.
public final class JPEG2000BlockEncoder {
    private let type: PixelType
    private let bands: Int
    private let options: JPEG2000EncodingOptions
    private var last: (width: Int, height: Int, plan: EncodingPlan, encoder: TileEncoder)?

    /// An encoder of images of `bands` bands. The options' tiles and threads mean nothing.
    public init(_ type: PixelType, bands: Int, _ options: JPEG2000EncodingOptions) {
        self.type = type
        self.bands = bands
        self.options = options
    }

    /// Appends a codestream. `samples` are those of an image of this size, in all bands.
    ///
    /// Throws what ``JPEG2000Encoder/encode(_:from:options:into:at:)`` throws.
    public func encode(
        _ samples: Destination, width: Int, height: Int, into output: inout [UInt8]
    ) throws(ImageryError) {
        if last?.width != width || last?.height != height {
            var own = options
            (own.tileWidth, own.tileHeight) = (width, height)
            let shape = Shape(bands: bands, rows: height, columns: width)
            let plan = try EncodingPlan(
                ImageLayout(shape: shape, pixelType: type, blockWidth: width, blockHeight: height), own)
            last = (width, height, plan, TileEncoder(plan, threads: 1))
        }
        guard let (_, _, planned, encoder) = last else { return }
        let plan = try unsafe Self.meetRate(planned, encoder, samples)
        let part = try unsafe encoder.encode(0, samples)
        var lengths = plan.writesTilePartLengths ? TilePartTable(tiles: 1) : nil
        lengths?.set(part.count, tile: 0)
        output += plan.header(lengths)
        output += part
        output += JPEG2000TileRows.end
    }

    /// The plan with the quantisation for these samples, which is the encoder's from now on.
    private static func meetRate(
        _ plan: EncodingPlan, _ encoder: TileEncoder, _ samples: Destination
    ) throws(ImageryError) -> EncodingPlan {
        guard plan.soughtBytes != nil else { return plan }
        encoder.forget()
        var search = StepSearch(plan)
        try search.run(pixels: Double(plan.size.area.width) * Double(plan.size.area.height)) { (plan) throws(ImageryError) in
            encoder.plan = plan
            return try unsafe encoder.estimate(0, samples)
        } measure: { (plan) throws(ImageryError) in
            encoder.plan = plan
            return Double(plan.header(nil).count + JPEG2000TileRows.end.count + (try unsafe encoder.encode(0, samples)).count)
        }
        encoder.plan = search.plan
        return search.plan
    }
}
