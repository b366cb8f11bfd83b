// Images that lie in several segments, one below the other, read as one (MIL-STD-2500C 5.3.4: attachment; the file formats of SICD
// and SIDD, NGA.STND.0024-2 and 0025-2, divide larger images so).

import ImageryBase
import ImageryPlumbing

/// Segments of one image, from the top down.
final class DividedImage: ImageSource {
    let layout: ImageLayout
    /// The parts, with the row of the whole image at which each begins.
    let parts: [(top: Int, image: NITFImage)]

    /// Parts that go on with each other (``ImageParts``); nil when their rows cannot be counted.
    init?(_ images: [NITFImage]) {
        var parts: [(top: Int, image: NITFImage)] = []
        var rows = 0
        for image in images {
            parts.append((rows, image))
            guard let sum = checkedSum(rows, image.layout.shape.rows) else { return nil }
            rows = sum
        }
        guard var layout = images.first?.layout else { return nil }
        layout.shape.rows = rows
        layout.actualBitsPerPixel = images.reduce(0) { max($0, $1.layout.actualBitsPerPixel) }
        let tops = parts.map(\.top)
        // Blocks go on over the edges when the edges lie between them; else the image is one block.
        let height = layout.blockHeight
        let isRegular =
            tops.allSatisfy { $0 % height == 0 }
            && images.allSatisfy { $0.layout.blockWidth == layout.blockWidth }
            && images.dropLast().allSatisfy { $0.layout.blockHeight == height }
            && images.last.map { $0.layout.blockHeight == height || $0.layout.gridRows == 1 && $0.layout.shape.rows <= height }
                == true
        if !isRegular { (layout.blockWidth, layout.blockHeight) = (layout.shape.columns, rows) }
        (layout.originX, layout.originY) = (0, 0)
        self.layout = layout
        self.parts = parts
    }

    /// That of the first part: all have the same IREP.
    var colorModel: ColorModel { parts.first?.image.colorModel ?? .undefined(layout.shape.bands) }

    /// The segments.
    var images: [NITFImage] { parts.map(\.image) }

    /// A level of the whole is that of its parts where every part begins at a pixel of the level.
    var resolutionLevels: Int { levels(\.resolutionLevels) }

    var statedResolutionLevels: Int { levels(\.statedResolutionLevels) }

    private func levels(_ count: (NITFImage) -> Int) -> Int {
        if parts.contains(where: { $0.image.layout.originX != 0 || $0.image.layout.originY != 0 }) { return 1 }
        var levels = parts.reduce(33) { min($0, count($1.image)) }
        while levels > 1, !parts.allSatisfy({ $0.top % (1 << (levels - 1)) == 0 }) { levels -= 1 }
        return levels
    }

    func hasBlock(row: Int, column: Int) -> Bool {
        let block = layout.blockBounds(row: row, column: column)
        // A block lies in one part, or is all of them.
        guard let part = parts.last(where: { $0.top <= block.y }), layout.gridRows > 1 || layout.gridColumns > 1 else {
            return true
        }
        return part.image.hasBlock(row: (block.y - part.top) / layout.blockHeight, column: column)
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for piece in pieces(request) { ranges += try parts[piece.part].image.byteRanges(piece.request) }
        return coalesced(ranges)
    }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    /// What each part has of a request, and the row of the request at which that begins.
    private func pieces(_ request: ReadRequest) -> [(part: Int, row: Int, request: ReadRequest)] {
        let region = request.region
        var found: [(part: Int, row: Int, request: ReadRequest)] = []
        for (index, part) in parts.enumerated() {
            let top = part.top >> request.level
            let height = part.image.layout.reduced(part.image.layout.bounds, level: request.level).height
            let (first, end) = (max(region.y, top), min(region.bottom, top + height))
            guard first < end else { continue }
            var own = request
            own.region = Window(x: region.x, y: first - top, width: region.width, height: end - first)
            found.append((index, first - region.y, own))
        }
        return found
    }

    /// A session: one of each part that was read, the latest only, for reads go down the image.
    private final class Reader: ImageReader {
        private let image: DividedImage
        private let context: ReadContext
        private var open: (part: Int, reader: any ImageReader)?

        init(_ image: DividedImage, _ context: ReadContext) {
            self.image = image
            self.context = context
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            for piece in image.pieces(request) {
                let reader: any ImageReader
                if let open, open.part == piece.part {
                    reader = open.reader
                } else {
                    reader = image.parts[piece.part].image.makeReader(context)
                    open = (piece.part, reader)
                }
                // In bounds: the rows of a piece lie in the request's region.
                let target = unsafe destination.offset(row: piece.row, column: 0, sampleBytes: 0)
                try unsafe reader.read(piece.request, into: target)
            }
        }
    }
}

extension Georeference {
    /// The upper corners of this place with the lower ones of another in the same reference system, where both have them; the rest of this place is that
    /// of the whole.
    func continued(to below: Georeference?) -> Georeference? {
        var whole = self
        whole.corners = nil
        if let corners, let others = below?.corners, corners.count == 4, others.count == 4, below?.crs == crs {
            whole.corners = [corners[0], corners[1], others[2], others[3]]
        } else if affine == nil {
            whole.crs = nil
        }
        return whole == Georeference() ? nil : whole
    }
}
