public import ImageryBase

/// An image whose blocks are the unit of access: TIFF tiles and strips, NITF blocks. The base assembles reads from its blocks.
public protocol BlockSource: ImageSource {
    /// True when part of a block costs as much as all of it (compressed blocks): sessions keep such blocks while they are needed.
    var decodesWholeBlocks: Bool { get }
    /// From which block on the file ends before they begin; nil when it does not. Asking may look for where blocks lie.
    func missingBlocks() throws(ImageryError) -> MissingBlocks?
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
    public func missingBlocks() throws(ImageryError) -> MissingBlocks? { nil }

    public func makeReader(_ context: ReadContext) -> any ImageReader { makeBlockReader(context) }

    /// A session that assembles reads from blocks: for sources that make others for some of their images.
    public func makeBlockReader(_ context: ReadContext) -> any ImageReader { BlockReader(self, context) }
}
