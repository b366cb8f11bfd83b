// One image segment behind the seam (MIL-STD-2500C 5.4).

import ImageryBase

/// The image of a segment. Uncompressed pixels (IC NC and NM) are read straight from the lent bytes.
final class NITFImage: BlockSource {
    let header: ImageSubheader
    let layout: ImageLayout
    let source: any ByteSource
    let context: String
    /// The order of samples and the mask; of no use while there is an ``obstacle``.
    let blocks: BlockLayout?
    private let mask: ImageDataMask?
    /// The bytes in which blocks may lie.
    private let data: Range<Int>
    /// Why the pixels cannot be read, although the header can.
    private let obstacle: ImageryError?

    /// Throws kind malformed when the subheader gives no geometry.
    init(_ segment: Segment, in source: any ByteSource, report: (Diagnostic) -> Void) throws(ImageryError) {
        let context = "NITF image \(segment.index)"
        let record = segment.header.record
        let header = try ImageSubheader(record, context: context) { report(Diagnostic(context, $0, at: record.offset)) }
        self.header = header
        self.source = source
        self.context = context
        let blocks = BlockLayout(header)
        var mask: ImageDataMask?
        var data = segment.data
        var obstacle = header.obstacle
        if obstacle == nil, header.compression != "NC", header.compression != "NM" {
            obstacle = ImageryError(
                .unsupported, context, "image compression \(header.compression) is not supported", at: record.offset)
        }
        if obstacle == nil, blocks == nil {
            obstacle = ImageryError(.malformed, context, "the blocks exceed any memory", at: record.offset)
        }
        if obstacle == nil, let blocks, header.compression == "NM" {
            do throws(ImageryError) {
                mask = try ImageDataMask(
                    source, data: data, blocks: blocks.blocksPerBand * blocks.planes, context: context)
            } catch {
                if error.kind == .io { throw error }
                obstacle = error
            }
        }
        if obstacle == nil, let blocks, mask == nil, data.count < blocks.totalBytes {
            report(
                Diagnostic(
                    context, "the blocks need \(blocks.totalBytes) bytes, the segment has \(data.count)", at: data.lowerBound))
            // A length that is too small does not hide blocks that are there.
            data = data.lowerBound..<min(source.byteCount, checkedSum(data.lowerBound, blocks.totalBytes) ?? source.byteCount)
        }
        self.blocks = blocks
        self.mask = mask
        self.data = data
        self.obstacle = obstacle
        layout = ImageLayout(
            shape: Shape(bands: header.bands, rows: header.rows, columns: header.columns), pixelType: header.pixelType,
            bitsPerPixel: header.bits, actualBitsPerPixel: header.actualBits, blockWidth: header.blockWidth,
            blockHeight: header.blockHeight, padValue: mask?.padValue(bits: header.bits, type: header.pixelType))
    }

    var decodesWholeBlocks: Bool { false }

    func hasBlock(row: Int, column: Int) -> Bool {
        guard obstacle == nil, mask != nil else { return true }
        return (0..<(blocks?.planes ?? 1)).contains { plane in
            // A block whose place is wrong is there, and an error when it is read.
            do throws(ImageryError) {
                return try start(row: row, column: column, plane: plane) != nil
            } catch {
                return true
            }
        }
    }

    /// The order of samples in blocks. Throws what stands in the way of every read.
    func readableBlocks() throws(ImageryError) -> BlockLayout {
        if let obstacle { throw obstacle }
        guard let blocks else { throw ImageryError(.malformed, context, "the blocks exceed any memory") }
        return blocks
    }

    /// Offset in the file of a block; nil for a masked one. `plane` counts the bands of a sequential image.
    func start(row: Int, column: Int, plane: Int) throws(ImageryError) -> Int? {
        let blocks = try readableBlocks()
        let index = plane * blocks.blocksPerBand + row * header.blockColumns + column
        guard let mask else { return data.lowerBound + index * blocks.blockBytes }
        return try mask.offset(of: index, stride: blocks.blockBytes).map { mask.dataStart + $0 }
    }

    /// Where `region` of a block lies in the file, in the bands `lowest` to `highest` of its plane; nil for a masked block.
    ///
    /// Throws kind malformed when it lies outside the data.
    func range(
        row: Int, column: Int, plane: Int, region: Window, lowest: Int, highest: Int
    ) throws(ImageryError) -> Range<Int>? {
        guard let start = try start(row: row, column: column, plane: plane) else { return nil }
        let inner = try readableBlocks().bytes(of: region, lowest: lowest, highest: highest)
        guard let first = checkedSum(start, inner.lowerBound), let end = checkedSum(start, inner.upperBound),
            end <= data.upperBound
        else {
            throw ImageryError(
                .malformed, "\(context) block (\(row), \(column))",
                "the samples lie outside of the data, which end at byte \(data.upperBound)", at: start)
        }
        return first..<end
    }

    /// Which bands of a block are lent together: all wanted ones where IMODE mixes them (P and R), else each for
    /// itself.
    func pieces(_ bands: [Int]) -> [Piece] {
        switch header.interleave {
        case .pixel, .row:
            [Piece(plane: 0, lowest: bands.min() ?? 0, highest: bands.max() ?? 0, wanted: Array(bands.enumerated()))]
        case .block: bands.enumerated().map { Piece(plane: 0, lowest: $0.element, highest: $0.element, wanted: [$0]) }
        case .sequential: bands.enumerated().map { Piece(plane: $0.element, lowest: 0, highest: 0, wanted: [($0.offset, 0)]) }
        }
    }

    /// Bands of a block that are read together; `wanted` pairs the place in the request with the band inside the block.
    struct Piece {
        var plane: Int
        var lowest: Int
        var highest: Int
        var wanted: [(offset: Int, element: Int)]
    }

    /// Bytes that one lending asks for at most, unless a row is longer: a source that is not in memory has to copy them.
    private static let maxLentBytes = 8 << 20

    /// The region in parts whose rows, with what lies between them, are not too many bytes to be lent at once.
    /// Made one by one: an image of one block may have 99,999,999 rows.
    func strips(_ region: Window, _ blocks: BlockLayout) -> some Sequence<Window> {
        let rows = max(1, Self.maxLentBytes / (blocks.rowBits / 8 + 1))
        return stride(from: region.y, to: region.bottom, by: rows).lazy.map {
            Window(x: region.x, y: $0, width: region.width, height: min(rows, region.bottom - $0))
        }
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        let blocks = try readableBlocks()
        let under = layout.blocks(under: request.region)
        var ranges: [Range<Int>] = []
        for piece in pieces(Array(Set(request.bands)).sorted()) {
            for row in under.rows {
                for column in under.columns {
                    let bounds = layout.blockBounds(row: row, column: column)
                    let inner = bounds.intersection(request.region).offset(x: -bounds.x, y: -bounds.y)
                    for strip in strips(inner, blocks) {
                        if let range = try range(
                            row: row, column: column, plane: piece.plane, region: strip, lowest: piece.lowest,
                            highest: piece.highest)
                        {
                            ranges.append(range)
                        }
                    }
                }
            }
        }
        return coalesced(ranges)
    }

    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder { NITFBlockDecoder(self, context) }
}
