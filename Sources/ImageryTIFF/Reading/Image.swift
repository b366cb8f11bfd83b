// One image of a file behind the seam (TIFF 6.0 sections 3 and 15).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// An image of a TIFF file: strips or tiles as blocks.
final class TIFFImage: BlockSource {
    let header: ImageHeader
    let grid: BlockGrid
    let table: BlockTable?
    let source: any ByteSource
    let unpacker: SampleUnpacker
    let converter: YCbCrConverter?
    /// What opens blocks that are streams.
    let streams: (any StreamCodec)?
    /// The stream of the only block, when it is not where the block is (old-style JPEG).
    private let onlyStream: Range<Int>?
    let layout: ImageLayout
    /// What tells what the samples mean, when it is asked.
    let colorTags: ColorTags
    /// The directory's number in its chain, for errors.
    let number: Int
    /// Why the pixels cannot be read, although the header can.
    private let obstacle: ImageryError?
    /// The byte order of the file.
    let isBigEndian: Bool
    /// Where the tables lie that JPEG blocks share.
    private let jpegTablesRange: Range<Int>?
    private let streamLevels = Lazy<Int>()

    /// Throws what ``ImageHeader`` throws, and kind malformed for sizes beyond all measure.
    init(_ index: Int, in file: TagFile, limits: Limits, report: (String) -> Void) throws(ImageryError) {
        let directory = file.directories[index]
        let context = Self.context(directory.number)
        let header = try ImageHeader(directory, in: file, context: context, report: report)
        guard let grid = BlockGrid(header) else {
            throw ImageryError(.malformed, context, "the size of a block does not fit any memory", at: directory.offset)
        }
        self.header = header
        self.grid = grid
        colorTags = ColorTags(file, directory, header, limits)
        number = directory.number
        source = file.source
        isBigEndian = file.encoding.isBigEndian
        jpegTablesRange = directory.entry(Tag.jpegTables).map { $0.valueOffset..<$0.valueOffset + $0.byteCount }
        let offsets =
            directory.entry(header.isTiled ? Tag.tileOffsets : Tag.stripOffsets)
            ?? directory.entry(header.isTiled ? Tag.stripOffsets : Tag.tileOffsets)
        let counts =
            directory.entry(header.isTiled ? Tag.tileByteCounts : Tag.stripByteCounts)
            ?? directory.entry(header.isTiled ? Tag.stripByteCounts : Tag.tileByteCounts)
        if counts == nil { report("the byte counts of strips or tiles are missing; they are estimated") }
        if let offsets {
            let isFax = [.ccittRLE, .ccittRLEWords, .ccittT4, .ccittT6].contains(header.compression)
            table = try BlockTable(offsets: offsets, counts: counts, endsItself: isFax, in: file)
        } else {
            table = nil
        }
        // A grid of more blocks than are listed has absent ones; a few numbers must not make up millions of them.
        let listed = table?.count ?? 0
        if grid.count > listed {
            guard grid.count <= Self.maxAbsentBlocks else {
                throw ImageryError(
                    .malformed, context, "\(grid.count) strips or tiles are needed, \(listed) are listed", at: directory.offset)
            }
            if table != nil { report("\(grid.count) strips or tiles are needed, \(listed) are listed; the others are absent") }
        }
        unpacker = SampleUnpacker(header, isBigEndian: file.encoding.isBigEndian)
        converter =
            header.convertsYCbCr
            ? YCbCrConverter(
                coefficients: file.value(Tag.yCbCrCoefficients, in: directory)?.doubles,
                reference: file.value(Tag.referenceBlackWhite, in: directory)?.doubles) : nil
        let noData = file.value(GDALMetadata.noDataTag, in: directory)
        layout = ImageLayout(
            shape: Shape(bands: header.samplesPerPixel, rows: header.height, columns: header.width),
            pixelType: header.pixelType, bitsPerPixel: header.bits, blockWidth: header.blockWidth,
            blockHeight: header.blockHeight, padValue: noData.flatMap { GDALMetadata.noData($0, for: header.pixelType) })
        var obstacle = Self.obstacle(header, table, context, at: directory.offset)
        var streams: (any StreamCodec)?
        do throws(ImageryError) {
            streams = try header.makeStreamCodec(directory, in: file)
        } catch {
            if error.kind == .io { throw error }
            if obstacle == nil { obstacle = error }
        }
        self.streams = streams
        onlyStream =
            header.compression == .oldJPEG && grid.count == 1
            ? OldJPEGStreams.wholeStream(header, directory, in: file) : nil
        self.obstacle = obstacle
    }

    /// Grids of up to that many blocks need not list them all.
    private static let maxAbsentBlocks = 1 << 16

    static func context(_ number: Int) -> String { "TIFF IFD \(number)" }

    /// What stands in the way of every read.
    private static func obstacle(
        _ header: ImageHeader, _ table: BlockTable?, _ context: String, at offset: Int
    ) -> ImageryError? {
        func unsupported(_ message: String) -> ImageryError {
            ImageryError(unsupported: .compression, context, message, at: offset)
        }
        guard table != nil else {
            return ImageryError(.malformed, context, "StripOffsets or TileOffsets are missing", at: offset)
        }
        guard header.compression.isSupported else {
            return unsupported("TIFF compression \(header.compression.code) (\(header.compression.name)) is not supported")
        }
        if header.compression == .lerc, header.makeCodec() == nil {
            return unsupported("LERC of \(header.bits)-bit samples of format \(header.format) is not defined")
        }
        if [.webP, .next, .thunderScan, .sgiLog, .sgiLog24].contains(header.compression), header.makeCodec() == nil {
            let name = header.compression.name
            return unsupported("\(name) of \(header.samplesPerBlockPixel) samples of \(header.bits) bits is not defined")
        }
        if header.convertsYCbCr {
            guard header.bits == 8, header.samplesPerPixel == 3, header.pixelType == .uint8 else {
                return unsupported("YCbCr of \(header.samplesPerPixel) samples of \(header.bits) bits is not supported")
            }
            guard !header.isPlanar || header.subsampling == (1, 1) else {
                return unsupported("planar YCbCr with subsampling is not supported")
            }
        }
        do throws(ImageryError) {
            _ = try Predictor(header, context: context)
            return nil
        } catch {
            return error
        }
    }

    var colorModel: ColorModel { colorTags.model() }

    var context: String { Self.context(number) }

    /// Those of the first stream, as far as blocks of them lie beside each other (S40).
    var resolutionLevels: Int {
        guard obstacle == nil, let streams else { return 1 }
        return streamLevels.value {
            guard let first = firstStream(), let stream = try? streams.open(first) else { return 1 }
            return levels(ofStreams: stream.resolutionLevels)
        }
    }

    /// The stream of the first block that has one; a few are looked at.
    func firstStream() -> SourceSlice? {
        for index in 0..<min(16, grid.rows * grid.columns) {
            if let range = try? range(row: index / grid.columns, column: index % grid.columns, plane: 0) {
                return SourceSlice(source, range)
            }
        }
        return nil
    }

    /// A stream that is the whole image is read from top to bottom by a session; there is nothing to be kept.
    var decodesWholeBlocks: Bool { isCompressed && (streams == nil || grid.rows * grid.columns > 1) }

    private var isCompressed: Bool { header.compression != .none }

    func hasBlock(row: Int, column: Int) -> Bool {
        guard obstacle == nil else { return true }
        return (0..<grid.planes).contains { plane in
            // A block whose place is wrong is there, and an error when it is read.
            do throws(ImageryError) {
                return try range(row: row, column: column, plane: plane) != nil
            } catch {
                return true
            }
        }
    }

    /// Where a block lies; nil for an absent one.
    func range(row: Int, column: Int, plane: Int) throws(ImageryError) -> Range<Int>? {
        if let obstacle { throw obstacle }
        if let onlyStream { return onlyStream }
        let expected = header.compression == .none ? grid.bytes(ofRows: grid.storedRows(row)) : nil
        return try table?.range(of: grid.index(row: row, column: column, plane: plane), expected: expected, context: context)
    }

    /// True when where a block ends is a guess.
    func isGuess(row: Int, column: Int, plane: Int) throws(ImageryError) -> Bool {
        guard onlyStream == nil, let table else { return false }
        let expected = header.compression == .none ? grid.bytes(ofRows: grid.storedRows(row)) : nil
        return try table.isGuess(grid.index(row: row, column: column, plane: plane), expected: expected)
    }

    /// The bytes of an uncompressed block, counted from its start, that hold `region` of it: from the first wanted sample to the
    /// last.
    func bytes(of region: Window) -> Range<Int> {
        let start = region.y / grid.rowsPerUnit * grid.rowBytes
        let end = grid.bytes(ofRows: region.bottom)
        // Units of several pixels and samples inside bytes are taken with their whole rows.
        guard converter == nil || header.isPlanar, let size = unpacker.storedBytes else { return start..<end }
        let pixel = size * header.samplesPerBlockPixel
        return start + region.x * pixel..<end - grid.rowBytes + region.right * pixel
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        if let obstacle { throw obstacle }
        let under = layout.blocks(under: request.region, level: request.level)
        let listed = table?.count ?? 0
        var ranges: [Range<Int>] = []
        for plane in header.isPlanar ? Set(request.bands).sorted() : [0] {
            for row in under.rows {
                // Blocks beyond the list are absent.
                if grid.index(row: row, column: under.columns.lowerBound, plane: plane) >= listed { break }
                for column in under.columns {
                    guard let range = try range(row: row, column: column, plane: plane) else { continue }
                    guard !isCompressed else {
                        ranges.append(range)
                        continue
                    }
                    let block = layout.blockBounds(row: row, column: column)
                    let inner = bytes(of: block.intersection(request.region).offset(x: -block.x, y: -block.y))
                    // A block may claim rows that lie beyond what an offset can say: they end with the file.
                    let end = min(range.upperBound, checkedSum(range.lowerBound, inner.upperBound) ?? .max)
                    ranges.append(min(end, checkedSum(range.lowerBound, inner.lowerBound) ?? .max)..<end)
                }
            }
        }
        return coalesced(ranges)
    }

    /// Where the blocks lie, in their order; those whose place is wrong are left out.
    func storedRanges() -> [Range<Int>] {
        guard let table else { return [] }
        var ranges: [Range<Int>] = []
        for index in 0..<min(table.count, grid.count) {
            let row = index / grid.columns % grid.rows
            let expected = header.compression == .none ? grid.bytes(ofRows: grid.storedRows(row)) : nil
            do throws(ImageryError) {
                if let range = try table.range(of: index, expected: expected, context: context) { ranges.append(range) }
            } catch {
                continue
            }
        }
        return ranges
    }

    /// The tables that JPEG blocks share, as stored; nil when there are none.
    func jpegTables() throws(ImageryError) -> [UInt8]? {
        guard let jpegTablesRange else { return nil }
        return try source.copy(jpegTablesRange, of: context)
    }

    /// Throws what stands in the way of every read.
    func checkObstacle() throws(ImageryError) {
        if let obstacle { throw obstacle }
    }

    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder {
        TIFFBlockDecoder(self, context)
    }

    /// Component `index` at its own size, where blocks are streams of components (S55).
    func component(_ index: Int) -> any ImageSource { StreamComponent(self, index) ?? bandImage(index) }
}
