// A component of blocks that are streams, at its own size (Technical Note 2; S55).

import ImageryBase
import ImageryPlumbing

/// Component `index` of an image whose blocks are JPEG or JPEG 2000 streams: as the streams store it, without colours.
struct StreamComponent: BlockSource {
    private let image: TIFFImage
    private let codec: ComponentStreams
    let layout: ImageLayout

    /// Nil when blocks are not streams of all bands, none can be opened, or components of neighbouring blocks do not meet.
    init?(_ image: TIFFImage, _ index: Int) {
        guard let streams = image.streams, !image.header.isPlanar, let first = image.firstStream() else { return nil }
        codec = ComponentStreams(streams: streams, index: index)
        guard let whole = try? streams.open(first), index < whole.layout.shape.bands else { return nil }
        let own = whole.component(index).layout
        let (stored, size) = (whole.layout.shape, own.shape)
        guard size.columns > 0, size.rows > 0 else { return nil }
        let (across, down) = (ceilDivide(stored.columns, size.columns), ceilDivide(stored.rows, size.rows))
        let grid = image.layout
        guard ceilDivide(stored.columns, across) == size.columns, ceilDivide(stored.rows, down) == size.rows,
            grid.gridColumns == 1 || grid.blockWidth % across == 0, grid.gridRows == 1 || grid.blockHeight % down == 0
        else { return nil }
        self.image = image
        layout = ImageLayout(
            shape: Shape(bands: 1, rows: ceilDivide(grid.shape.rows, down), columns: ceilDivide(grid.shape.columns, across)),
            pixelType: own.pixelType, bitsPerPixel: own.bitsPerPixel, blockWidth: ceilDivide(grid.blockWidth, across),
            blockHeight: ceilDivide(grid.blockHeight, down), padValue: grid.padValue)
    }

    var decodesWholeBlocks: Bool { image.decodesWholeBlocks }

    func hasBlock(row: Int, column: Int) -> Bool { image.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        let under = layout.blocks(under: request.region)
        var ranges: [Range<Int>] = []
        for row in under.rows {
            for column in under.columns {
                if let range = try image.range(row: row, column: column, plane: 0) { ranges.append(range) }
            }
        }
        return coalesced(ranges)
    }

    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder { Decoder(image, codec, layout, context) }

    private final class Decoder: BlockDecoder {
        private let image: TIFFImage
        private let layout: ImageLayout
        private let context: ReadContext
        private let reader: StreamBlockReader

        init(_ image: TIFFImage, _ codec: ComponentStreams, _ layout: ImageLayout, _ context: ReadContext) {
            self.image = image
            self.layout = layout
            self.context = context
            reader = StreamBlockReader(codec, image.source, pixelType: layout.pixelType, context)
        }

        func decode(
            row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
        ) throws(ImageryError) {
            if let range = try image.range(row: row, column: column, plane: 0) {
                return try unsafe reader.read(
                    range, level: level, region: region, bands: bands, pad: layout.padValue,
                    name: "\(image.context) block (\(row), \(column))", into: destination)
            }
            unsafe fill(
                destination, pattern: (context.fill ?? layout.padValue)?.bytes(for: layout.pixelType), bands: bands.count,
                rows: region.height, rowBytes: region.width * layout.pixelType.byteCount)
        }
    }
}

/// Opens streams as one of their components.
private struct ComponentStreams: StreamCodec {
    let streams: any StreamCodec
    let index: Int

    func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        let image = try streams.open(source)
        try image.layout.check(bands: [index], "stream")
        return image.component(index)
    }
}
