// Cloud-optimized GeoTIFF (OGC 21-026), with the ghost area of GDAL's driver that says how blocks lie.

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// A file of one image with its overviews and masks: header, ghost area, all directories, then blocks from the smallest overview to the image.
///
/// The source is read once. Overviews are made as its rows come, each from the one before; their blocks wait in temporary files
/// until the sizes of all are known.
struct CloudOptimizedFile {
    private let levels: [PyramidLevel]
    private let base: WriteEntry

    /// Tiles of this size, unless others are asked for.
    private static let tileSide = 512

    /// Throws kind misuse for other assets than an image and its mask, and for options that the layout does not allow.
    init(
        _ entries: [WriteEntry], _ choices: CloudOptimization, _ notes: WriteNotes, context: String
    ) throws(ImageryError) {
        var base: WriteEntry?
        var mask: WriteEntry?
        for entry in entries {
            switch entry.key.imagePlace {
            case ImagePlace(page: 0)?: base = entry
            case ImagePlace(page: 0, isMask: true)?: mask = entry
            default:
                throw ImageryError(
                    .misuse, context,
                    "a cloud-optimized file holds one image and its mask, and makes the overviews: not \(entry.key)")
            }
        }
        guard let base else { throw ImageryError(.misuse, context, "a cloud-optimized file holds an image") }
        self.base = base
        guard base.options.interleave != .row else {
            throw ImageryError(
                .misuse, context, "a cloud-optimized file has its bands interleaved by pixel, block or band, not by row")
        }
        guard base.options.blockHeight == nil || base.options.blockWidth != nil else {
            throw ImageryError(.misuse, context, "a cloud-optimized file has tiles, no strips")
        }
        if let count = choices.overviews, !(0...30).contains(count) {
            throw ImageryError(.misuse, context, "\(count) overviews are not possible: 0 to 30 are")
        }
        var levels: [PyramidLevel] = []
        var reductions = 0
        while true {
            let level = try PyramidLevel(
                base, mask, level: reductions, choices.resampling, tileSide: Self.tileSide, reductions == 0 ? notes : WriteNotes())
            levels.append(level)
            let layout = level.image.layout
            let isEnough: Bool
            if let count = choices.overviews {
                isEnough = reductions == count || layout.shape.columns == 1 && layout.shape.rows == 1
            } else {
                isEnough = layout.shape.columns <= layout.blockWidth && layout.shape.rows <= layout.blockHeight
            }
            if isEnough { break }
            reductions += 1
        }
        for (level, next) in zip(levels, levels.dropFirst()) { level.next = next }
        self.levels = levels
    }

    func write(into sink: any ByteSink) throws {
        try levels[0].read()
        let hasMask = levels[0].mask != nil
        let dataBytes = levels.reduce(0) { $0 + $1.byteCount }
        // Directories have the same size whatever their offsets are.
        let trial = try directories(dataAt: 0, isBig: true)
        let isBig = dataBytes + trial.count + 4096 > Int(UInt32.max)
        let header = TIFFEncoder.header(isBig: isBig, first: 0).count
        // The area says that every block has its size around it, which those of single bands do not have.
        let ghost = levels[0].isMarked ? Self.ghostArea(after: header, hasMask: hasMask) : []
        let first = header + ghost.count
        let start = first + (try directories(dataAt: 0, at: first, isBig: isBig)).count
        try sink.append(TIFFEncoder.header(isBig: isBig, first: first) + ghost)
        try sink.append(try directories(dataAt: start, at: first, isBig: isBig))
        for level in levels.reversed() { for spool in level.spools { try spool.copy(to: sink) } }
    }

    /// The chain of directories, by falling size, each with its mask behind it; blocks begin at `start`.
    private func directories(dataAt start: Int, at offset: Int = 0, isBig: Bool) throws(ImageryError) -> [UInt8] {
        var starts: [Int] = []
        var position = start
        for level in levels.reversed() {
            starts.append(position)
            position += level.byteCount
        }
        let all = zip(levels, starts.reversed()).flatMap { level, start in level.directories(dataAt: start, isBig: isBig) }
        return try TIFFEncoder.chain(all, at: offset, isBig: isBig)
    }

    /// The lines that tell GDAL how blocks lie. Blanks at the end make the first directory begin at a multiple of 8.
    private static func ghostArea(after header: Int, hasMask: Bool) -> [UInt8] {
        var text = "LAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\n"
        text += "BLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n "
        if hasMask { text += "MASK_INTERLEAVED_WITH_IMAGERY=YES\n" }
        func label(_ count: Int) -> String {
            let digits = "\(count)"
            return "GDAL_STRUCTURAL_METADATA_SIZE=" + String(repeating: "0", count: 6 - digits.count) + digits + " bytes\n"
        }
        while (header + label(0).utf8.count + text.utf8.count) % 8 != 0 { text += " " }
        return Array((label(text.utf8.count) + text).utf8)
    }
}

/// The image or one of its overviews, with its mask, on the way to the file.
final class PyramidLevel {
    let image: TIFFEncoder.Image
    let mask: TIFFEncoder.Image?
    /// The blocks: of all bands and the mask in turn, or one spool for each band and one for the mask.
    let spools: [Spool]
    /// True when every block has its size before it and its last bytes behind it again.
    let isMarked: Bool
    /// The overview that is made of this one.
    var next: PyramidLevel?
    private let parts: [Part]

    /// The image, or the mask, of a level.
    private final class Part {
        let writer: BlockWriter
        let reducer: BoxReducer
        /// Rows that wait for a whole row of blocks; of an overview only.
        let stripe: Raster?
        var offsets: [Int]
        var counts: [Int]

        init(_ image: TIFFEncoder.Image, level: Int, _ method: Resampling, context: String) throws(ImageryError) {
            let layout = image.layout
            writer = try BlockWriter(
                layout, threads: image.threads, cancellation: image.cancellation, blockRows: level == 0 ? nil : 1, context: context)
            reducer = BoxReducer(layout.pixelType, factor: 2, method: method, padValue: image.padValue)
            stripe = level == 0 ? nil : try writer.makeStripe()
            offsets = [Int](repeating: 0, count: layout.blockCount)
            counts = offsets
        }
    }

    /// The first row that is not written, and how many rows wait behind it.
    private var top = 0
    private var waiting = 0

    init(
        _ base: WriteEntry, _ mask: WriteEntry?, level: Int, _ resampling: Resampling?, tileSide: Int, _ notes: WriteNotes
    ) throws(ImageryError) {
        image = try TIFFEncoder.Image(Self.reduced(base, level: level, isMask: false, tileSide: tileSide), notes)
        let isPalette = image.directory[Tag.photometricInterpretation]?.int == 3
        let method = resampling ?? (isPalette ? .nearest : .average)
        var parts = [try Part(image, level: level, method, context: image.context)]
        if var mask {
            mask.options.blockWidth = image.layout.blockWidth
            mask.options.blockHeight = image.layout.blockHeight
            let made = try TIFFEncoder.Image(Self.reduced(mask, level: level, isMask: true, tileSide: tileSide), notes)
            guard made.layout.shape == Shape(bands: 1, rows: image.layout.shape.rows, columns: image.layout.shape.columns) else {
                throw ImageryError(.misuse, made.context, "a mask has one band and the size of its image")
            }
            parts.append(try Part(made, level: level, method, context: made.context))
            self.mask = made
        } else {
            self.mask = nil
        }
        self.parts = parts
        isMarked = !image.layout.isPlanar
        var spools = [try Spool()]
        if base.options.interleave == .band {
            while spools.count < image.layout.planes + parts.count - 1 { spools.append(try Spool()) }
        }
        self.spools = spools
    }

    var byteCount: Int { spools.reduce(0) { $0 + $1.byteCount } }

    /// The number of the spool that has the blocks of a plane of the image (part 0) or the mask.
    private func spoolNumber(part: Int, plane: Int) -> Int {
        spools.count == 1 ? 0 : part == 0 ? plane : image.layout.planes
    }

    /// The entry of a level: its size is halved `level` times, and its directory has only what the samples need.
    private static func reduced(_ base: WriteEntry, level: Int, isMask: Bool, tileSide: Int) -> WriteEntry {
        var entry = base
        // Planes of blocks are one TIFF layout, whichever order the blocks have.
        let isPlanar = !isMask && (base.options.interleave == .band || base.options.interleave == .block)
        entry.options.interleave = isPlanar ? .band : .pixel
        // A copy of a file that is not compressed, or in a way that nobody chose for this, is compressed all the same (S64).
        if entry.options.compression == nil {
            entry.options.compression = .deflate
            if let metadata = entry.options.metadata, metadata.schema == .tiff {
                entry.options.metadata = Metadata(
                    schema: .tiff,
                    entries: metadata.entries.filter { $0.code != Int(Tag.compression) && $0.code != Int(Tag.predictor) })
            }
        }
        if entry.options.blockWidth == nil {
            entry.options.blockWidth = tileSide
            entry.options.blockHeight = tileSide
        }
        if isMask {
            // Masks are packed without loss, whatever the image is.
            entry.options.compression = .deflate
            entry.options.jpeg = nil
            entry.options.jpeg2000 = nil
            entry.options.compressionLevel = nil
            entry.options.predictor = nil
            entry.options.bitsPerSample = nil
            entry.options.padValue = nil
            entry.options.metadata = nil
        }
        guard level > 0, case .image(var source) = base.content else { return entry }
        source.layout.shape.rows = ceilShift(source.layout.shape.rows, level)
        source.layout.shape.columns = ceilShift(source.layout.shape.columns, level)
        // The image itself says these.
        source.colorModel.profile = nil
        source.colorModel.details = [:]
        entry.content = .image(source)
        entry.key = ImagePlace(page: 0, level: level, isMask: isMask).key
        entry.title = ""
        entry.description = ""
        entry.options.date = nil
        if let metadata = entry.options.metadata, metadata.schema == .tiff {
            entry.options.metadata = Metadata(
                schema: .tiff, entries: metadata.entries.filter { $0.code.map { neededTags.contains($0) } ?? false })
        }
        return entry
    }

    /// What the samples of an overview need to mean what those of the image do, and how they are stored.
    private static let neededTags: Set<Int> = Set(
        [Tag.bitsPerSample, Tag.compression, Tag.photometricInterpretation, Tag.predictor, Tag.colorMap, Tag.extraSamples]
            .map { Int($0) })

    /// Reads the image of this level from its source, and writes it with all overviews.
    func read() throws {
        guard let mask else {
            return try unsafe parts[0].writer.read(image.source) { stripe, first, rows in
                try unsafe write([stripe], first: first, blockRows: rows)
            }
        }
        // The mask goes along, stripe by stripe.
        let reader = mask.source.makeReader()
        let memory = try Raster(
            mask.layout.pixelType, shape: Shape(bands: 1, rows: parts[0].writer.stripeRows, columns: mask.layout.shape.columns))
        try unsafe parts[0].writer.read(image.source) { stripe, first, rows in
            let top = first * image.layout.blockHeight
            let height = min(parts[0].writer.stripeRows, image.layout.shape.rows - top)
            let pixels = unsafe memory.destination
            let region = Window(x: 0, y: top, width: mask.layout.shape.columns, height: height)
            try unsafe reader.read(ReadRequest(region: region, bands: [0]), into: pixels)
            try unsafe write([stripe, pixels], first: first, blockRows: rows)
        }
        withExtendedLifetime(memory) {}
    }

    /// Writes rows of blocks, of the image and the mask in turn, and hands their rows to the next level.
    private func write(_ stripes: [Destination], first: Int, blockRows: Int) throws {
        let layout = image.layout
        for row in first..<first + blockRows {
            var blocks: [[[UInt8]]] = []
            for (index, part) in parts.enumerated() {
                let sampleBytes = part.writer.layout.pixelType.byteCount
                let rows = unsafe stripes[index].offset(
                    row: (row - first) * layout.blockHeight, column: 0, sampleBytes: sampleBytes)
                var own: [[UInt8]] = []
                try unsafe part.writer.encode(rows, first: row, rows: 1) { _, bytes in own.append(bytes) }
                blocks.append(own)
            }
            for column in 0..<layout.gridColumns {
                for (index, part) in parts.enumerated() {
                    for plane in 0..<part.writer.layout.planes {
                        let bytes = blocks[index][plane * layout.gridColumns + column]
                        if bytes.isEmpty { continue }
                        try add(bytes, to: part, part.writer.layout.index(row: row, column: column, plane: plane), index, plane)
                    }
                }
            }
        }
        let top = first * layout.blockHeight
        try unsafe next?.add(stripes, rows: min(blockRows * layout.blockHeight, layout.shape.rows - top), from: self)
    }

    /// Takes rows of the level above: an even count, but for the last ones.
    private func add(_ stripes: [Destination], rows: Int, from above: PyramidLevel) throws {
        let layout = image.layout
        var taken = 0
        while taken < rows {
            let room = min(layout.blockHeight, layout.shape.rows - top) - waiting
            let made = min(room, ceilDivide(rows - taken, 2))
            let used = min(rows - taken, 2 * made)
            for (index, part) in parts.enumerated() {
                guard let own = part.stripe else { continue }
                let sampleBytes = part.writer.layout.pixelType.byteCount
                let columns = above.parts[index].writer.layout.shape.columns
                let rows = unsafe stripes[index].offset(row: taken, column: 0, sampleBytes: sampleBytes)
                // In bounds: the stripe has `blockHeight` rows, or all of the image, and `made` fit behind those that wait.
                let target = unsafe own.destination.offset(row: waiting, column: 0, sampleBytes: sampleBytes)
                if index > 0 {
                    try unsafe part.reducer.reduceMask(rows, rows: used, columns: columns, into: target)
                    continue
                }
                let maskType = mask?.layout.pixelType ?? .uint8
                let hidden =
                    unsafe mask == nil
                    ? nil : stripes[1].offset(row: taken, column: 0, sampleBytes: maskType.byteCount)
                try unsafe part.reducer.reduce(
                    rows, mask: hidden, maskType: maskType, model: image.source.colorModel, bands: layout.shape.bands, rows: used,
                    columns: columns, into: target)
            }
            taken += used
            waiting += made
            if waiting == min(layout.blockHeight, layout.shape.rows - top) {
                let filled = unsafe parts.compactMap { unsafe $0.stripe?.destination }
                try unsafe write(filled, first: top / layout.blockHeight, blockRows: 1)
                top += waiting
                waiting = 0
            }
        }
    }

    /// Adds a block of a plane of the image (`index` 0) or of the mask, with its size around it where all have that.
    private func add(_ bytes: [UInt8], to part: Part, _ number: Int, _ index: Int, _ plane: Int) throws {
        let spool = spools[spoolNumber(part: index, plane: plane)]
        part.offsets[number] = spool.byteCount + (isMarked ? 4 : 0)
        part.counts[number] = bytes.count
        if isMarked { try spool.append((0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }) }
        try spool.append(bytes)
        if isMarked { try spool.append(Array(bytes.suffix(4))) }
    }

    /// The directory of the image and that of the mask, of blocks that begin at `start`.
    func directories(dataAt start: Int, isBig: Bool) -> [DirectoryWriter] {
        var starts: [Int] = []
        var position = start
        for spool in spools {
            starts.append(position)
            position += spool.byteCount
        }
        return zip([image] + (mask.map { [$0] } ?? []), parts).enumerated().map { index, pair in
            let (image, part) = pair
            let perPlane = image.layout.gridRows * image.layout.gridColumns
            // Blocks that are left out have neither place nor bytes.
            let offsets = part.offsets.indices.map { number in
                part.counts[number] > 0
                    ? part.offsets[number] + starts[spoolNumber(part: index, plane: number / perPlane)] : 0
            }
            return image.directory(offsets, part.counts, isBig: isBig)
        }
    }
}
