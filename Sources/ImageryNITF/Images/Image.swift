// One image segment behind the seam (MIL-STD-2500C 5.4).

import ImageryBase
import ImageryPlumbing

/// The image of a segment.
final class NITFImage: BlockSource {
    let header: ImageSubheader
    /// The fields of the subheader.
    let record: FieldRecord
    /// BANDSB, which says what the bands are; nil without one.
    let bandParameters: [UInt8]?
    /// What the components of a raster product say; nil for other images.
    let frame: ProductFrame?
    let layout: ImageLayout
    let source: any ByteSource
    let context: String
    /// How the pixels are stored; nil while there is an ``obstacle``.
    let coding: Coding?
    private let mask: ImageDataMask?
    /// The bytes in which blocks may lie.
    let data: Range<Int>
    /// Why the pixels cannot be read, although the header can.
    private let obstacle: ImageryError?
    private let streamLevels = Lazy<Int>()
    /// What ``colorModel`` is, which is made of the subheader when it is first asked for.
    let colors = Lazy<ColorModel>()

    /// The image of a segment of the file with that header. Throws kind malformed when the subheader gives no geometry.
    init(_ segment: Segment, file: Header, in source: any ByteSource, report: (Diagnostic) -> Void) throws(ImageryError) {
        let context = "NITF image \(segment.index)"
        let record = segment.header.record
        self.record = record
        bandParameters = segment.header.extensions("BANDSB").first
        let header = try ImageSubheader(record, context: context) { report(Diagnostic(context, $0, at: record.offset)) }
        self.header = header
        self.source = source
        self.context = context
        frame = ProductFrame(segment.header, file: file, in: source, context: context, report: report)
        var data = CodedData(source: source, range: segment.data, mask: nil, context: context)
        var coding: Coding?
        var obstacle = header.obstacle
        if obstacle == nil {
            do throws(ImageryError) {
                if header.isVectorQuantized, let frame,
                    let found = try Self.vectors(frame, header, &data, at: record.offset, report: report)
                {
                    coding = found
                } else {
                    try Self.addMask(header, &data)
                    coding = try Coding(header, data, at: record.offset, report: report)
                }
            } catch {
                if error.kind == .io { throw error }
                obstacle = error
            }
        }
        if case .samples(let blocks) = coding, data.mask == nil, data.range.count < blocks.totalBytes {
            let start = data.range.lowerBound
            report(
                Diagnostic(context, "the blocks need \(blocks.totalBytes) bytes, the segment has \(data.range.count)", at: start))
            // A length that is too small does not hide blocks that are there.
            data.range = start..<min(source.byteCount, checkedSum(start, blocks.totalBytes) ?? source.byteCount)
        }
        self.coding = coding
        mask = data.mask
        self.data = data.range
        self.obstacle = obstacle
        var layout = ImageLayout(
            shape: Shape(bands: header.bands, rows: header.rows, columns: header.columns), pixelType: header.pixelType,
            bitsPerPixel: header.bits, actualBitsPerPixel: header.actualBits, blockWidth: header.blockWidth,
            blockHeight: header.blockHeight,
            padValue: mask?.padValue(bits: header.bits, type: header.pixelType) ?? header.transparentIndex)
        if case .whole(let whole) = coding {
            if whole.layout.pixelType != layout.pixelType {
                let types = "the samples are \(whole.layout.pixelType.rawValue), the subheader says \(layout.pixelType.rawValue)"
                report(Diagnostic(context, types, at: data.range.lowerBound))
            }
            layout.pixelType = whole.layout.pixelType
            (layout.originX, layout.originY) = (whole.layout.originX, whole.layout.originY)
        }
        self.layout = layout
    }

    private static func addMask(_ header: ImageSubheader, _ data: inout CodedData) throws(ImageryError) {
        guard header.isMasked else { return }
        data.mask = try ImageDataMask(data.source, data: data.range, blocks: header.blockCount ?? .max, context: data.context)
    }

    /// The codes of a frame where its location section puts them; nil when it does not list them. Where it leads to nothing, the order of
    /// MIL-STD-188-199 is tried, and the finding is reported.
    private static func vectors(
        _ frame: ProductFrame, _ header: ImageSubheader, _ data: inout CodedData, at offset: Int, report: (Diagnostic) -> Void
    ) throws(ImageryError) -> Coding? {
        do throws(ImageryError) {
            guard let found = try frame.vectors(header, data: data.range) else { return nil }
            data.mask = found.mask
            return try Coding.vectors(header, found.header, data, at: offset)
        } catch {
            if error.kind == .io { throw error }
            data.mask = nil
            do throws(ImageryError) {
                try addMask(header, &data)
                let coding = try Coding(header, data, at: offset, report: report)
                report(Diagnostic(error))
                return coding
            } catch let second {
                throw second.kind == .io ? second : error
            }
        }
    }

    /// A stream that is the whole image is read from top to bottom by a session; there is nothing to be kept.
    var decodesWholeBlocks: Bool {
        if case .streams = coding { header.blockRows * header.blockColumns > 1 } else { false }
    }

    var resolutionLevels: Int {
        switch coding {
        case .whole(let whole): whole.resolutionLevels
        case .streams(let places, let codec): streamLevels.value { levels(of: places, codec) }
        case .samples, nil: 1
        }
    }

    /// The levels of the first stream, as far as blocks of them lie beside each other (S40): what a header tells.
    private func levels(of places: StreamPlaces, _ codec: any StreamCodec) -> Int {
        guard let first = try? places.firstStream(), let stream = try? codec.open(SourceSlice(source, first)) else { return 1 }
        return levels(ofStreams: stream.resolutionLevels)
    }

    var statedResolutionLevels: Int {
        if case .whole(let whole) = coding { whole.statedResolutionLevels } else { resolutionLevels }
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        if case .whole(let whole) = coding { whole.makeReader(context) } else { makeBlockReader(context) }
    }

    func hasBlock(row: Int, column: Int) -> Bool {
        guard obstacle == nil else { return true }
        if case .whole(let whole) = coding { return whole.hasBlock(row: row, column: column) }
        guard mask != nil else { return true }
        return (0..<(header.interleave == .sequential ? header.bands : 1)).contains { plane in
            // A block whose place is wrong is there, and an error when it is read.
            do throws(ImageryError) {
                if case .streams(let places, _) = coding {
                    return try places.hasStream(blockIndex(row: row, column: column, plane: plane))
                }
                return try start(row: row, column: column, plane: plane) != nil
            } catch {
                return true
            }
        }
    }

    func missingBlocks(under request: ReadRequest) throws(ImageryError) -> MissingBlocks? {
        guard obstacle == nil, mask == nil, let coding else { return nil }
        // Blocks follow each other, in an image of sequential bands those of the first band before all others.
        let present: Int
        let what: String
        switch coding {
        case .samples(let blocks):
            present = ceilDivide(data.count, max(1, blocks.blockBytes))
            what = "end at byte \(data.upperBound)"
        case .streams(let places, _):
            let under = layout.blocks(under: request.region)
            let plane = header.interleave == .sequential ? request.bands.max() ?? 0 : 0
            let last = blockIndex(row: under.rows.upperBound - 1, column: under.columns.upperBound - 1, plane: plane)
            if try places.hasBlocks(upTo: last) { return nil }
            let count = try places.count()
            present = ceilDivide(count, places.streamsPerBlock)
            what = "hold \(count) streams"
        case .whole: return nil
        }
        let separatesBands = header.interleave == .sequential
        guard let all = header.blockCount, present < all else { return nil }
        return MissingBlocks(
            from: present, separatesBands: separatesBands,
            error: ImageryError(
                .malformed, context, "the data \(what) and \(present) of the \(all) blocks; the others are not there",
                at: data.lowerBound))
    }

    /// Component `index` at its own size where all blocks are one codestream (S55).
    func component(_ index: Int) -> any ImageSource {
        if case .whole(let whole) = coding { whole.component(index) } else { bandImage(index) }
    }

    /// How the pixels are stored. Throws what stands in the way of every read.
    func readableCoding() throws(ImageryError) -> Coding {
        if let obstacle { throw obstacle }
        guard let coding else { throw ImageryError(.malformed, context, "the pixels cannot be read") }
        return coding
    }

    /// The order of samples in uncompressed blocks; throws as ``readableCoding()``.
    func readableBlocks() throws(ImageryError) -> BlockLayout {
        guard case .samples(let blocks) = try readableCoding() else {
            throw ImageryError(.malformed, context, "the blocks are compressed")
        }
        return blocks
    }

    private func blockIndex(row: Int, column: Int, plane: Int) -> Int {
        plane * header.blockRows * header.blockColumns + row * header.blockColumns + column
    }

    /// Offset in the file of an uncompressed block; nil for a masked one. `plane` counts the bands of a sequential image.
    func start(row: Int, column: Int, plane: Int) throws(ImageryError) -> Int? {
        let blocks = try readableBlocks()
        let index = blockIndex(row: row, column: column, plane: plane)
        guard let mask else { return data.lowerBound + index * blocks.blockBytes }
        return try mask.offset(of: index, stride: blocks.blockBytes).map { mask.dataStart + $0 }
    }

    /// The streams that hold `bands` of a block, each with the places in the request that it fills and the bands of the stream.
    func streams(_ places: StreamPlaces, row: Int, column: Int, bands: [Int]) throws(ImageryError) -> [StreamPart] {
        let isSequential = header.interleave == .sequential
        guard isSequential || places.streamsPerBlock > 1 else {
            let index = blockIndex(row: row, column: column, plane: 0)
            return try places.ranges(of: index, parts: [0]).map { StreamPart(range: $0, first: 0, bands: bands) }
        }
        guard isSequential else {
            let ranges = try places.ranges(of: blockIndex(row: row, column: column, plane: 0), parts: bands)
            return ranges.enumerated().map { StreamPart(range: $0.element, first: $0.offset, bands: [0]) }
        }
        var parts: [StreamPart] = []
        for (first, band) in bands.enumerated() {
            let ranges = try places.ranges(of: blockIndex(row: row, column: column, plane: band), parts: [0])
            parts += ranges.map { StreamPart(range: $0, first: first, bands: [0]) }
        }
        return parts
    }

    /// A stream, nil for a masked one; its `bands` go to the bands of the request from `first` on.
    struct StreamPart {
        var range: Range<Int>?
        var first: Int
        var bands: [Int]
    }

    /// Where `region` of an uncompressed block lies in the file, in the bands `lowest` to `highest` of its plane; nil for a
    /// masked block.
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
        let coding = try readableCoding()
        if case .whole(let whole) = coding { return try whole.byteRanges(request) }
        let under = layout.blocks(under: request.region, level: request.level)
        let bands = Array(Set(request.bands)).sorted()
        var ranges: [Range<Int>] = []
        for row in under.rows {
            for column in under.columns {
                switch coding {
                case .samples(let blocks):
                    let bounds = layout.blockBounds(row: row, column: column)
                    let inner = bounds.intersection(request.region).offset(x: -bounds.x, y: -bounds.y)
                    for piece in pieces(bands) {
                        for strip in strips(inner, blocks) {
                            if let range = try range(
                                row: row, column: column, plane: piece.plane, region: strip, lowest: piece.lowest,
                                highest: piece.highest)
                            {
                                ranges.append(range)
                            }
                        }
                    }
                case .streams(let places, _):
                    ranges += try streams(places, row: row, column: column, bands: bands).compactMap(\.range)
                case .whole: break
                }
            }
        }
        return coalesced(ranges)
    }

    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder {
        if case .streams(let places, let codec) = coding { return NITFStreamDecoder(self, places, codec, context) }
        return NITFBlockDecoder(self, context)
    }
}
