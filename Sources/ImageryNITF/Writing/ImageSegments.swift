// Images that one segment cannot hold (MIL-STD-2500C 5.3.4: attachment; Table A-1: LI has ten digits; Table A-3: ILOC has five
// for rows).

import ImageryBase
import ImageryPlumbing

extension SegmentPlan {
    /// Bytes of data and rows of an image that one segment holds.
    struct Limits {
        var bytes = SegmentKind.image.largestData
        var rows = 99_999_999
        /// Of one of several segments: where the next begins is said in five digits.
        var rowsOfPart = 99_999
    }

    /// The segments that hold an image: one, or several of whole rows of blocks, one below the other.
    ///
    /// Each but the first is attached to the one above. Extensions go with the first.
    func divided(
        _ entry: WriteEntry, date: String, _ limits: Limits, _ notes: WriteNotes
    ) throws(ImageryError) -> [SegmentPlan] {
        guard case .image(let image) = content, case .image(let source) = entry.content,
            let height = image.header.number("NPPBV"), let columns = image.header.number("NBPR"),
            let width = image.header.number("NPPBH")
        else { return [self] }
        let shape = source.layout.shape
        let radar = RadarSegmentName(image.header.text("IID1"))
        // A segment of a radar product is one block, of as many rows as fit.
        let isOneBlock = radar != nil && columns == 1 && shape.rows <= (height == 0 ? shape.rows : height)
        let blockHeight = isOneBlock ? 1 : height == 0 ? shape.rows : height
        let blockWidth = width == 0 ? shape.columns : width
        // Each block also has two entries of a mask.
        let blockBits = checkedProduct(blockWidth, blockHeight, shape.bands, image.bits)
        let rowBytes = blockBits.flatMap { checkedProduct(columns, ceilDivide($0, 8) + 9 * shape.bands) } ?? .max
        let rows = ceilDivide(shape.rows, blockHeight)
        let mostRows = radar == nil ? limits.rows : min(limits.rows, limits.rowsOfPart)
        if let all = checkedProduct(rows, rowBytes), all <= limits.bytes, shape.rows <= mostRows { return [self] }
        let fitting = min(limits.bytes / max(1, rowBytes), limits.rowsOfPart / blockHeight)
        guard fitting > 0 else {
            throw ImageryError(
                unsupported: .size, image.context,
                "a row of blocks has \(rowBytes) bytes, more than a segment holds: choose smaller blocks")
        }
        let place = entry.options.georeference ?? source.georeference ?? image.header.georeference
        var parts: [SegmentPlan] = []
        let firstRows = stride(from: 0, to: shape.rows, by: fitting * blockHeight)
        for (number, first) in firstRows.enumerated() {
            let region = Window(x: 0, y: first, width: shape.columns, height: min(fitting * blockHeight, shape.rows - first))
            var part = entry
            part.content = .image(source.part(region, georeference: place))
            part.options.georeference = nil
            part.options.blockWidth = blockWidth
            part.options.blockHeight = isOneBlock ? region.height : blockHeight
            var plan = try SegmentPlan(part, date: date, notes)
            if let radar { plan.header.set("IID1", radar.part(number, of: ceilDivide(shape.rows, fitting * blockHeight))) }
            if first > 0 {
                plan.header.removeExtensions(except: "J2KLRA")
                plan.continuesAfter = min(fitting * blockHeight, first)
            }
            parts.append(plan)
        }
        return parts
    }
}

extension PixelSource {
    /// Whole rows of the image as an image of their own.
    fileprivate func part(_ region: Window, georeference: Georeference?) -> PixelSource {
        let own = ImagePart(region, level: 0, of: self.layout)
        var layout = layout
        layout.shape.rows = region.height
        // The grid of the source may begin above these rows: blocks then count from the one that holds the first of them.
        let above = region.y + layout.blockOffsetY
        let firstBlock = above / layout.blockHeight
        layout.blockOffsetY = above - firstBlock * layout.blockHeight
        let (hasBlock, makeReader) = (hasBlock, makeReader)
        return PixelSource(
            layout: layout, colorModel: colorModel, georeference: georeference?.moved(to: own), part: part,
            hasBlock: { hasBlock($0 + firstBlock, $1) }
        ) {
            RowsReader(makeReader(), from: region.y)
        }
    }
}

/// Reads rows of an image that begins further down.
private final class RowsReader: ImageReader {
    private let reader: any ImageReader
    private let first: Int

    init(_ reader: any ImageReader, from first: Int) {
        self.reader = reader
        self.first = first
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        var own = request
        own.region = request.region.offset(x: 0, y: first)
        try unsafe reader.read(own, into: destination)
    }
}
