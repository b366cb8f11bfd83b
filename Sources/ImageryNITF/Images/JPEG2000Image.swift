// JPEG 2000 in a segment (IC C8, M8, CD, MD: BIIF profile BPJ2K01.10; STDI-0002 J2KLRA): one codestream is all blocks and bands.

import ImageryBase
import ImageryJPEG2000
import ImageryPlumbing

/// The codestream of a segment, with the size that the subheader gives the image.
struct JPEG2000Image: ImageSource {
    let layout: ImageLayout
    let stored: any ImageSource
    let data: CodedData
    let start: Int
    /// True when the blocks of the subheader are the tiles of the codestream, as they must be.
    let hasBlocksOfTiles: Bool

    /// Throws kind malformed when the codestream has fewer bands or pixels than the subheader says. A mask whose blocks are
    /// not the tiles goes to `report` and is not used.
    init(_ data: CodedData, _ header: ImageSubheader, report: (Diagnostic) -> Void) throws(ImageryError) {
        start = data.mask?.dataStart ?? data.range.lowerBound
        self.data = data
        let stream = SourceSlice(data.source, start..<max(start, data.range.upperBound))
        let plain: any ImageSource
        do throws(ImageryError) {
            plain = try JPEG2000Streams().open(stream)
            let grid = plain.layout
            hasBlocksOfTiles =
                grid.gridColumns == header.blockColumns && grid.gridRows == header.blockRows && grid.blockOffsetX == 0
                && grid.blockOffsetY == 0 && (grid.gridColumns == 1 || grid.blockWidth == header.blockWidth)
                && (grid.gridRows == 1 || grid.blockHeight == header.blockHeight)
            if let mask = data.mask, mask.hasBlockTable, hasBlocksOfTiles {
                // The codestream may have an empty tile in the place of a masked block, or nothing: neither is read.
                let pad = mask.padValue(bits: header.bits, type: plain.layout.pixelType)
                stored = try JPEG2000Streams(absence: TileAbsence(padValue: pad) { mask.isAbsent($0) }).open(stream)
            } else {
                stored = plain
            }
        } catch {
            throw error.placed(in: data.context, at: start)
        }
        if data.mask?.hasBlockTable == true, !hasBlocksOfTiles {
            let message = "the blocks are not the tiles of the codestream: the mask is not used (BPJ2K01.10)"
            report(Diagnostic(data.context, message, at: data.range.lowerBound))
        }
        var layout = stored.layout
        guard layout.shape.rows >= header.rows, layout.shape.columns >= header.columns, layout.shape.bands >= header.bands else {
            throw ImageryError(
                .malformed, data.context,
                "the codestream has \(layout.shape) samples, fewer than the subheader's \(header.bands) × \(header.rows) × \(header.columns)",
                at: start)
        }
        layout.shape = Shape(bands: header.bands, rows: header.rows, columns: header.columns)
        self.layout = layout
    }

    var resolutionLevels: Int { stored.resolutionLevels }

    var statedResolutionLevels: Int { stored.statedResolutionLevels }

    func hasBlock(row: Int, column: Int) -> Bool { hasBlocksOfTiles ? stored.hasBlock(row: row, column: column) : true }

    private init(component index: Int, of whole: JPEG2000Image) {
        stored = whole.stored.component(index)
        layout = stored.layout
        data = whole.data
        start = whole.start
        hasBlocksOfTiles = false
    }

    /// A component of the codestream at its own size; the band where the subheader shows only part of the codestream.
    func component(_ index: Int) -> any ImageSource {
        let isWhole = stored.layout.shape.rows == layout.shape.rows && stored.layout.shape.columns == layout.shape.columns
        return isWhole ? JPEG2000Image(component: index, of: self) : bandImage(index)
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(request).map { $0.lowerBound + start..<$0.upperBound + start }
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        var inner = context
        inner.findings = Findings(passingTo: context.findings, part: data.context, at: start)
        return Reader(stored.makeReader(inner), data.context, start)
    }

    private final class Reader: ImageReader {
        private let reader: any ImageReader
        private let context: String
        private let start: Int

        init(_ reader: any ImageReader, _ context: String, _ start: Int) {
            self.reader = reader
            self.context = context
            self.start = start
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            do throws(ImageryError) {
                try unsafe reader.read(request, into: destination)
            } catch {
                throw error.placed(in: context, at: start)
            }
        }
    }
}
