public import ImageryBase
import ImageryPlumbing

/// An image whose blocks a closure makes: a map that is drawn tile by tile, the members of an archive, the output of a model. A source for ``DatasetWriter``, which asks for blocks once and from the top
/// down, several at a time.
///
///     let map = try BlockImage(layout: layout) { row, column in try renderer.tile(row, column) }
///     try Dataset.write(to: "map.tif") { writer in try writer.add(image: map) }
///
/// The closure gets places of the block grid and returns a raster of all bands, clipped to the image as ``ImageAsset/block(row:column:resolutionLevel:bands:)`` gives it; it may be called from many
/// threads at once. One that returns another shape or type is an error of kind misuse, what it throws one of kind io.
public struct BlockImage: ImageSource {
    public let layout: ImageLayout
    public let colorModel: ColorModel
    private let isThere: @Sendable (_ row: Int, _ column: Int) -> Bool
    private let block: @Sendable (_ row: Int, _ column: Int) throws -> Raster

    /// An image of one resolution level.
    ///
    /// - Parameters:
    ///   - layout: shape, type and grid; without an origin and offsets of the grid.
    ///   - colorModel: what the samples mean; nothing is said when nil.
    ///   - hasBlock: false where there is no block: its samples are the pad value (S53).
    ///   - block: the samples of a block that is there.
    /// - Throws: kind misuse for a layout that no image has.
    public init(
        layout: ImageLayout, colorModel: ColorModel? = nil,
        hasBlock: @escaping @Sendable (_ row: Int, _ column: Int) -> Bool = { _, _ in true },
        block: @escaping @Sendable (_ row: Int, _ column: Int) throws -> Raster
    ) throws(ImageryError) {
        try layout.check("block image")
        guard (layout.originX, layout.originY, layout.blockOffsetX, layout.blockOffsetY) == (0, 0, 0, 0) else {
            throw ImageryError(.misuse, "block image", "its blocks begin at its first pixel")
        }
        self.layout = layout
        self.colorModel = colorModel ?? .undefined(layout.shape.bands)
        isThere = hasBlock
        self.block = block
    }

    public func hasBlock(row: Int, column: Int) -> Bool { isThere(row, column) }

    /// None: nobody knows where the closure has its samples from.
    public func byteRanges(_ request: ReadRequest) -> [Range<Int>] { [] }

    public func makeReader(_ context: ReadContext) -> any ImageReader { Blocks(image: self).makeReader(context) }

    /// The block, held to what the layout says of it.
    fileprivate func checkedBlock(row: Int, column: Int) throws(ImageryError) -> Raster {
        let raster: Raster
        do {
            raster = try block(row, column)
        } catch let error as ImageryError {
            throw error
        } catch {
            throw ImageryError(.io, "block image", "block (\(row), \(column)) could not be made: \(error)", underlying: error)
        }
        let bounds = layout.blockBounds(row: row, column: column)
        let shape = Shape(bands: layout.shape.bands, rows: bounds.height, columns: bounds.width)
        guard raster.shape == shape, raster.pixelType == layout.pixelType else {
            throw ImageryError(
                .misuse, "block image",
                "block (\(row), \(column)) has the shape \(raster.shape) of \(raster.pixelType.rawValue), not \(shape) of \(layout.pixelType.rawValue)"
            )
        }
        return raster
    }

    /// The image for those who read block by block.
    private struct Blocks: BlockSource {
        let image: BlockImage

        var layout: ImageLayout { image.layout }
        var decodesWholeBlocks: Bool { true }

        func hasBlock(row: Int, column: Int) -> Bool { image.isThere(row, column) }
        func byteRanges(_ request: ReadRequest) -> [Range<Int>] { [] }
        func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder { Decoder(image) }
    }

    private final class Decoder: BlockDecoder {
        private let image: BlockImage

        init(_ image: BlockImage) { self.image = image }

        func decode(
            row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
        ) throws(ImageryError) {
            unsafe try image.checkedBlock(row: row, column: column).copy(region, bands: bands, to: destination)
        }
    }
}
