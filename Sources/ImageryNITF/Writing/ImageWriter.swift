// The pixels of an image on their way into a file (MIL-STD-2500C 5.4.2, 5.4.3): block after block, through one reading session.

import ImageryBase
import ImageryPlumbing

/// Writes the data of one image segment.
///
/// How the source is read follows from what has to be in memory for the order of the file: rows of the image where those are
/// also rows of the file, else rows of blocks or single blocks if they are small, else strips whose parts wait in a spool.
final class ImageWriter {
    let header: ImageSubheader
    let plan: ImagePlan
    let blocks: BlockLayout
    let packer: BlockPacker
    let layout: ImageLayout
    var mask: MaskTable?
    /// Blocks of pad pixels only are not recorded, so that blocks have to be looked at as a whole.
    let looksForPad: Bool
    /// Where COMRAT stands in the subheader, and what it is once the data are written, if that depends on them.
    let ratePlace: Range<Int>?
    var writtenRate: String?

    /// Bytes of native samples that are in memory together, unless one row or one block is more.
    struct Memory {
        var strip = 1 << 20
        var blockRow = 8 << 20
    }

    private let memory: Memory

    /// The writer of an image with this subheader. Throws kind limit when its blocks cannot be counted.
    init(_ plan: ImagePlan, _ record: FieldRecord, _ memory: Memory) throws(ImageryError) {
        self.memory = memory
        header = try ImageSubheader(record, context: plan.context) { _ in }
        // What is read goes into memory of the type that the subheader says.
        guard header.pixelType == plan.source.layout.pixelType else {
            throw ImageryError(
                .misuse, plan.context,
                "samples of type \(plan.source.layout.pixelType.rawValue) cannot be stored in \(header.bits) bits")
        }
        // Native samples may take more bytes than stored ones.
        let native = checkedProduct(
            header.blockColumns, header.blockWidth, header.blockHeight, header.bands, header.pixelType.byteCount)
        guard let blocks = BlockLayout(header), native != nil else {
            throw ImageryError(limit: .memory, plan.context, "the blocks exceed any file")
        }
        self.plan = plan
        self.blocks = blocks
        ratePlace = record.place("COMRAT")
        packer = try BlockPacker(header, pad: plan.pad)
        layout = plan.source.layout
        looksForPad = plan.pad != nil
        if header.isMasked {
            mask = MaskTable(
                blocks: blocks.blocksPerBand * blocks.planes, padCode: looksForPad ? packer.padCode : nil, bits: header.bits)
        }
    }

    /// Bytes of the data where they do not depend on the pixels.
    var knownLength: Int? {
        guard case .samples = plan.coding else { return nil }
        guard let mask else { return blocks.totalBytes }
        if looksForPad { return nil }
        let recorded = plan.present?.count { $0 } ?? blocks.blocksPerBand
        return mask.byteCount + recorded * blocks.planes * blocks.blockBytes
    }

    /// The table before the blocks; of use when they are written. Nil for an image without a mask.
    var maskBytes: [UInt8]? { mask?.bytes }

    /// Appends the data. The mask, if there is one, is complete afterwards and has to be written again.
    func write(into sink: CountingSink) throws {
        let isCoded = knownLength == nil
        if isCoded, mask != nil {
            try sink.append([UInt8](repeating: 0, count: mask?.byteCount ?? 0))
        } else if let table = mask {
            // Without a pad value the table follows from which blocks there are.
            mask = try tableOfPresent(table)
            try sink.append(mask?.bytes ?? [])
        }
        let start = sink.position
        let session = plan.source.makeReader()
        switch plan.coding {
        case .samples: break
        case .jpeg(let options): return try writeStreams(session, options, into: sink, start)
        case .jpeg2000(let options): return try writeCodestream(session, options, into: sink, start)
        }
        let isMixed = header.interleave == .pixel || header.interleave == .row || header.bands == 1
        let rowBytes = header.columns * header.bands * header.pixelType.byteCount
        let isTiled = layout.blockWidth < header.columns
        let isSmall = rowBytes * min(header.blockHeight, header.rows) <= memory.blockRow
        if blocks.planes > 1 {
            try writeSpooled(session, rowBytes: rowBytes, into: sink, start)
        } else if header.blockColumns == 1, isMixed, !looksForPad {
            try writeStrips(session, rowBytes: rowBytes, into: sink)
        } else if isSmall || looksForPad && !isTiled {
            try writeBlockRows(session, into: sink, start)
        } else if isTiled, looksForPad || rowBytes / header.blockColumns * header.blockHeight <= 2 * memory.blockRow {
            try writeBlocks(session, into: sink, start)
        } else {
            try writeSpooled(session, rowBytes: rowBytes, into: sink, start)
        }
    }

    // MARK: Reading

    /// The pixels of `region` in all bands. A raster of that size is used again.
    func read(_ session: any ImageReader, _ region: Window, into stripe: inout Raster?) throws {
        let shape = Shape(bands: header.bands, rows: region.height, columns: region.width)
        if stripe?.shape != shape { stripe = try Raster(header.pixelType, shape: shape) }
        guard let target = unsafe stripe?.destination else { return }
        try unsafe session.read(ReadRequest(region: region, bands: Array(0..<header.bands)), into: target)
    }

    func bounds(row: Int, column: Int) -> Window {
        Window(
            x: column * header.blockWidth, y: row * header.blockHeight, width: header.blockWidth, height: header.blockHeight
        ).intersection(layout.bounds)
    }

    // MARK: The ways

    /// One column of blocks whose rows follow each other in the file: any number of rows at a time.
    private func writeStrips(_ session: any ImageReader, rowBytes: Int, into sink: CountingSink) throws {
        let step = stripRows(rowBytes, atMost: header.blockHeight)
        let bands = 0..<header.bands
        let buffer = try Scratch(byteCount: packer.byteCount(rows: step, bands: bands.count))
        var stripe: Raster?
        for row in 0..<header.blockRows where isPresent(row, 0) {
            let block = bounds(row: row, column: 0)
            for first in stride(from: 0, to: header.blockHeight, by: step) {
                let rows = min(step, header.blockHeight - first)
                let inside = max(0, min(rows, block.height - first))
                if inside > 0 {
                    try read(session, Window(x: 0, y: block.y + first, width: block.width, height: inside), into: &stripe)
                }
                guard let pixels = stripe else { return }
                let region = Window(x: 0, y: 0, width: block.width, height: inside)
                guard unsafe packer.pack(pixels, region, bands: bands, rows: rows, into: buffer.base) else { throw misfit(row, 0) }
                try append(buffer, packer.byteCount(rows: rows, bands: bands.count), to: sink)
            }
        }
    }

    /// A row of blocks at a time.
    private func writeBlockRows(_ session: any ImageReader, into sink: CountingSink, _ start: Int) throws {
        let buffer = try Scratch(byteCount: blocks.blockBytes)
        var stripe: Raster?
        for row in 0..<header.blockRows where (0..<header.blockColumns).contains(where: { isPresent(row, $0) }) {
            let area = bounds(row: row, column: 0)
            try read(session, Window(x: 0, y: area.y, width: header.columns, height: area.height), into: &stripe)
            guard let pixels = stripe else { return }
            for column in 0..<header.blockColumns where isPresent(row, column) {
                try emit(pixels, bounds(row: row, column: column).offset(x: 0, y: -area.y), row, column, buffer, into: sink, start)
            }
        }
    }

    /// A block at a time.
    private func writeBlocks(_ session: any ImageReader, into sink: CountingSink, _ start: Int) throws {
        let buffer = try Scratch(byteCount: blocks.blockBytes)
        var stripe: Raster?
        for row in 0..<header.blockRows {
            for column in 0..<header.blockColumns where isPresent(row, column) {
                let area = bounds(row: row, column: column)
                try read(session, area, into: &stripe)
                guard let pixels = stripe else { return }
                try emit(pixels, area.offset(x: -area.x, y: -area.y), row, column, buffer, into: sink, start)
            }
        }
    }

    /// Packs a block of all bands and appends it, unless all of it is padding.
    private func emit(
        _ pixels: borrowing Raster, _ region: Window, _ row: Int, _ column: Int, _ buffer: Scratch, into sink: CountingSink,
        _ start: Int
    ) throws {
        let bands = 0..<header.bands
        if looksForPad {
            let content = content(pixels, region, bands)
            if content == .padding { return }
            try record(row * header.blockColumns + column, at: sink.position - start, content)
        }
        guard unsafe packer.pack(pixels, region, bands: bands, rows: header.blockHeight, into: buffer.base) else {
            throw misfit(row, column)
        }
        try append(buffer, blocks.blockBytes, to: sink)
    }

    private func append(_ buffer: Scratch, _ count: Int, to sink: CountingSink) throws {
        // In bounds: the buffer was made for at least that many bytes.
        try unsafe sink.append(UnsafeRawBufferPointer(start: buffer.base, count: count).bytes)
    }

    /// Rows that are read together: whole bytes of every row of the file, and a power of 2, so that blocks of the source are
    /// seldom split.
    private func stripRows(_ rowBytes: Int, atMost rows: Int) -> Int {
        var step = 8
        while step < rows, 2 * step * rowBytes <= memory.strip { step *= 2 }
        return min(rows, step)
    }

    private func misfit(_ row: Int, _ column: Int) -> ImageryError {
        ImageryError(.misuse, plan.context, "a sample of block (\(row), \(column)) does not fit \(header.bits) bits (NBPP)")
    }

    // MARK: The mask

    enum Content: UInt8 {
        case padding, some, none
    }

    /// How much of a block is padding; what fills it at the edge of the image counts.
    func content(_ pixels: borrowing Raster, _ region: Window, _ bands: Range<Int>) -> Content {
        let found = packer.padCount(pixels, region, bands: bands)
        if found == region.width * region.height * bands.count { return .padding }
        return found > 0 || region.width < header.blockWidth || region.height < header.blockHeight ? .some : .none
    }

    func isPresent(_ row: Int, _ column: Int) -> Bool {
        plan.present?[row * header.blockColumns + column] ?? true
    }

    func record(_ index: Int, at offset: Int, _ content: Content) throws(ImageryError) {
        guard mask?.record(index, at: offset, hasPadPixels: content == .some) == true else { throw Self.tooFar(plan.context) }
    }

    private static func tooFar(_ context: String) -> ImageryError {
        ImageryError(unsupported: .size, context, "the data of a masked image end at 4 GiB: offsets of blocks have 32 bits")
    }

    /// The table of the blocks that there are, one behind the other.
    private func tableOfPresent(_ table: MaskTable) throws(ImageryError) -> MaskTable {
        var table = table
        var offset = 0
        for plane in 0..<blocks.planes {
            for index in 0..<blocks.blocksPerBand where plan.present?[index] ?? true {
                guard table.record(plane * blocks.blocksPerBand + index, at: offset, hasPadPixels: false) else {
                    throw Self.tooFar(plan.context)
                }
                offset += blocks.blockBytes
            }
        }
        return table
    }

    // MARK: The spool

    /// Where the parts of blocks wait that the file needs in another order: strip after strip, in each block after block.
    private struct Parts {
        /// The bands of a part: all where IMODE mixes them, else one.
        var groups: [Range<Int>]
        var stripRows: Int
        var strips: Int
        /// Bytes of a part of a whole strip, and of the last one.
        var partBytes: Int
        var lastBytes: Int
        var columns: Int

        func size(_ strip: Int) -> Int { strip == strips - 1 ? lastBytes : partBytes }

        /// Of a part, from where its row of blocks begins.
        func offset(strip: Int, column: Int, group: Int) -> Int {
            strip * columns * groups.count * partBytes + (column * groups.count + group) * size(strip)
        }
    }

    /// Reads strips of rows over all columns, and puts their parts into a spool: for a row of blocks, or for all where bands
    /// follow bands.
    private func writeSpooled(_ session: any ImageReader, rowBytes: Int, into sink: CountingSink, _ start: Int) throws {
        let isMixed = header.interleave == .pixel || header.interleave == .row
        let groups = isMixed ? [0..<header.bands] : (0..<header.bands).map { $0..<$0 + 1 }
        let step = looksForPad ? header.blockHeight : stripRows(rowBytes, atMost: header.blockHeight)
        let strips = ceilDivide(header.blockHeight, step)
        let parts = Parts(
            groups: groups, stripRows: step, strips: strips, partBytes: packer.byteCount(rows: step, bands: groups[0].count),
            lastBytes: packer.byteCount(rows: header.blockHeight - (strips - 1) * step, bands: groups[0].count),
            columns: header.blockColumns)
        let buffer = try Scratch(byteCount: parts.partBytes)
        var stripe: Raster?
        guard blocks.planes > 1 else {
            for row in 0..<header.blockRows {
                let spool = try Spool()
                _ = try fill(spool, row: row, session, parts, buffer, &stripe)
                for column in 0..<header.blockColumns where isPresent(row, column) {
                    for group in groups.indices { try copy(spool, parts, from: 0, column, group, to: sink) }
                }
            }
            return
        }
        let spool = try Spool()
        var begins: [Int] = []
        var contents: [Content] = []
        for row in 0..<header.blockRows {
            begins.append(spool.byteCount)
            contents += try fill(spool, row: row, session, parts, buffer, &stripe)
        }
        stripe = nil
        for band in groups.indices {
            for row in 0..<header.blockRows {
                for column in 0..<header.blockColumns where isPresent(row, column) {
                    let index = row * header.blockColumns + column
                    if looksForPad {
                        let content = contents[index * groups.count + band]
                        if content == .padding { continue }
                        try record(band * blocks.blocksPerBand + index, at: sink.position - start, content)
                    }
                    try copy(spool, parts, from: begins[row], column, band, to: sink)
                }
            }
        }
    }

    /// Puts a row of blocks into the spool, block by block in each strip; returns what of them is padding, if that matters.
    private func fill(
        _ spool: Spool, row: Int, _ session: any ImageReader, _ parts: Parts, _ buffer: Scratch, _ stripe: inout Raster?
    ) throws -> [Content] {
        var contents: [Content] = []
        let area = bounds(row: row, column: 0)
        for strip in 0..<parts.strips {
            let first = strip * parts.stripRows
            let rows = min(parts.stripRows, header.blockHeight - first)
            let inside = max(0, min(rows, area.height - first))
            if inside > 0 {
                try read(session, Window(x: 0, y: area.y + first, width: header.columns, height: inside), into: &stripe)
            }
            guard let pixels = stripe else { return [] }
            for column in 0..<parts.columns {
                let block = bounds(row: row, column: column)
                let region = Window(x: block.x, y: 0, width: block.width, height: inside)
                for group in parts.groups {
                    if looksForPad { contents.append(content(pixels, region, group)) }
                    guard unsafe packer.pack(pixels, region, bands: group, rows: rows, into: buffer.base) else {
                        throw misfit(row, column)
                    }
                    try unsafe spool.append(UnsafeRawBufferPointer(start: buffer.base, count: parts.size(strip)).bytes)
                }
            }
        }
        return contents
    }

    private func copy(_ spool: Spool, _ parts: Parts, from begin: Int, _ column: Int, _ group: Int, to sink: CountingSink) throws {
        for strip in 0..<parts.strips {
            let offset = begin + parts.offset(strip: strip, column: column, group: group)
            try spool.copy(offset..<offset + parts.size(strip), to: sink)
        }
    }
}

/// A sink that knows how many bytes went into it.
final class CountingSink: ByteSink {
    private let sink: any ByteSink
    private(set) var position = 0

    init(_ sink: any ByteSink) { self.sink = sink }

    var canPatch: Bool { sink.canPatch }

    func append(_ bytes: RawSpan) throws {
        try sink.append(bytes)
        position += bytes.byteCount
    }

    func patch(_ bytes: RawSpan, at offset: Int) throws { try sink.patch(bytes, at: offset) }
}
