// Blocks of containers: many small frames of one kind (T.81 B.4, B.5: abbreviated formats).

public import ImageryBase

/// Encodes images of one kind one after the other: blocks of a NITF image, tiles and strips of a TIFF image.
///
/// It has its own working memory and belongs to one thread; several run side by side. The bytes of a block depend on its samples and the options
/// only.
@safe
public final class JPEGBlockEncoder {
    private let bands: Int
    private let pixelType: PixelType
    private let bitsPerPixel: Int
    private let options: JPEGEncodingOptions
    private let sharesTables: Bool
    /// Of the last size: that of all blocks but perhaps the last.
    private var plan: FramePlan
    private var encoder: any FrameEncoder
    private var leading: [UInt8]

    /// An encoder of blocks of up to `width` x `height` pixels.
    ///
    /// With `sharesTables` the streams are abbreviated: they need ``sharedTables``, which TIFF keeps in the field JPEGTables. `threads` of the
    /// options is not used. Throws kind unsupported and misuse as ``JPEGEncoder/encode(_:from:options:into:)``, kind limit when there is
    /// no memory.
    public init(
        bands: Int, pixelType: PixelType, bitsPerPixel: Int, width: Int, height: Int, options: JPEGEncodingOptions,
        sharesTables: Bool = false
    ) throws(ImageryError) {
        self.bands = bands
        self.pixelType = pixelType
        self.bitsPerPixel = bitsPerPixel
        self.options = options
        self.sharesTables = sharesTables
        let layout = ImageLayout(
            shape: Shape(bands: bands, rows: height, columns: width), pixelType: pixelType, bitsPerPixel: bitsPerPixel,
            blockWidth: width, blockHeight: height)
        plan = try FramePlan(layout, options)
        encoder = try JPEGEncoder.makeFrameEncoder(plan, threads: 1)
        leading = try Marker.bytes(Marker.soi) + plan.leadingSegments()
    }

    /// The tables that all blocks share, as a stream of their own, SOI to EOI (T.81 B.5): quantisers, and Huffman codes unless each
    /// block brings its own.
    public var sharedTables: [UInt8] { plan.sharedTables }

    /// Lines of an MCU, 8 or 16 (1 for lossless): strips of an image that are not its last need a multiple of it.
    public var mcuHeight: Int { plan.layout.mcuHeight }

    /// Appends the stream of a block, SOI to EOI, to `bytes`.
    ///
    /// `samples` are planar, as a reader leaves them; the caller has seen to it that there are `height` rows of `width` samples in each of the
    /// bands. Throws kind misuse for a sample that does not fit, kind limit when there is no memory; then `bytes` may have grown.
    @unsafe
    public func encode(_ samples: Destination, width: Int, height: Int, into bytes: inout [UInt8]) throws(ImageryError) {
        if width != plan.frame.width || height != plan.frame.height {
            let layout = ImageLayout(
                shape: Shape(bands: bands, rows: height, columns: width), pixelType: pixelType, bitsPerPixel: bitsPerPixel,
                blockWidth: width, blockHeight: height)
            plan = try FramePlan(layout, options)
            encoder = try JPEGEncoder.makeFrameEncoder(plan, threads: 1)
            leading = try Marker.bytes(Marker.soi) + plan.leadingSegments()
        }
        bytes += leading
        encoder.begin(sharesTables: sharesTables, into: &bytes)
        try unsafe encoder.append(samples, rows: height, into: &bytes)
        try encoder.finish(into: &bytes)
        bytes += Marker.bytes(Marker.eoi)
    }

    /// As ``encode(_:width:height:into:)`` for all samples of a raster of these bands and this type.
    public func encode(_ raster: Raster, into bytes: inout [UInt8]) throws(ImageryError) {
        guard raster.bands == bands, raster.pixelType == pixelType else {
            throw ImageryError(
                .misuse, "JPEG",
                "a raster of \(raster.bands) bands of \(raster.pixelType.rawValue) is none of \(bands) bands of "
                    + "\(pixelType.rawValue)")
        }
        try unsafe encode(raster.destination, width: raster.width, height: raster.height, into: &bytes)
        withExtendedLifetime(raster) {}
    }
}
