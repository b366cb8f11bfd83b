public import ImageryBase

/// An image whose blocks are the unit of access: TIFF tiles and strips, NITF blocks. The base assembles reads from its blocks.
public protocol BlockSource: ImageSource {
    /// True when part of a block costs as much as all of it (compressed blocks): sessions keep such blocks while they are needed.
    var decodesWholeBlocks: Bool { get }
    /// From which block on the file ends before they begin; nil when it does not, or when all blocks under `request`, which is one of the full
    /// resolution, are there. Asking may look for where those lie.
    func missingBlocks(under request: ReadRequest) throws(ImageryError) -> MissingBlocks?
    /// A decoder of single blocks with its own scratch memory, for one thread.
    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder
}

/// Decodes blocks, one at a time, on one thread.
public protocol BlockDecoder: AnyObject {
    /// Fills the destination with the pixels `region` (not empty, relative to the block's top left pixel inside the image, on the raster
    /// of `level`) of the present block (`row`, `column`).
    func decode(
        row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination) throws(ImageryError)
}

extension BlockSource {
    public func missingBlocks(under request: ReadRequest) throws(ImageryError) -> MissingBlocks? { nil }

    /// How many levels the image has when each block is a stream of `count`: blocks of a level must lie beside each other, and each level must
    /// hold a sample.
    public func levels(ofStreams count: Int) -> Int {
        var levels = 1
        while levels < count {
            let step = 1 << levels
            guard layout.gridColumns == 1 || layout.blockWidth % step == 0, layout.gridRows == 1 || layout.blockHeight % step == 0,
                !layout.reduced(layout.bounds, level: levels).isEmpty
            else { break }
            levels += 1
        }
        return levels
    }

    public func makeReader(_ context: ReadContext) -> any ImageReader { makeBlockReader(context) }

    /// A session that assembles reads from blocks: for sources that make others for some of their images.
    public func makeBlockReader(_ context: ReadContext) -> any ImageReader { BlockReader(self, context) }
}
