// An image, its overviews made one from the other as its rows come, and their blocks.

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// The image or one of its overviews, with its mask, on the way to the file.
final class PyramidLevel {
    let image: TIFFEncoder.Image
    let mask: TIFFEncoder.Image?
    /// The blocks: of all bands and the mask in turn, or one spool for each band and one for the mask.
    let spools: [Spool]
    /// True when every block has its size before it and its last bytes behind it again.
    let isMarked: Bool
    /// False for an image that only its overviews are made of.
    private let isKept: Bool
    /// The overview that is made of this one.
    var next: PyramidLevel?
    private let parts: [Part]

    /// What a pyramid is made for.
    enum Purpose {
        /// A file of all levels, whose blocks tell their sizes.
        case cloud
        /// Overviews for an image that is in a file already.
        case overviews
    }

    /// The levels of an image, the image itself first, and how each is handed to the next.
    static func chain(
        _ base: WriteEntry, _ mask: WriteEntry?, _ choices: CloudOptimization, tileSide: Int, purpose: Purpose, _ notes: WriteNotes
    ) throws(ImageryError) -> [PyramidLevel] {
        var levels: [PyramidLevel] = []
        while true {
            let reductions = levels.count
            let level = try PyramidLevel(
                base, mask, level: reductions, choices.resampling, tileSide: tileSide, purpose,
                reductions == 0 ? notes : WriteNotes())
            levels.append(level)
            let layout = level.image.layout
            let isEnough: Bool
            if let count = choices.overviews {
                isEnough = reductions == count || layout.shape.columns == 1 && layout.shape.rows == 1
            } else {
                isEnough = layout.shape.columns <= layout.blockWidth && layout.shape.rows <= layout.blockHeight
            }
            if isEnough { break }
        }
        for (level, next) in zip(levels, levels.dropFirst()) { level.next = next }
        return levels
    }

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
        _ base: WriteEntry, _ mask: WriteEntry?, level: Int, _ resampling: Resampling?, tileSide: Int, _ purpose: Purpose,
        _ notes: WriteNotes
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
        isMarked = purpose == .cloud && !image.layout.isPlanar
        isKept = purpose == .cloud || level > 0
        var spools = [try Spool()]
        if base.options.interleave == .band {
            while spools.count < image.layout.planes + parts.count - 1 { spools.append(try Spool()) }
        }
        self.spools = spools
    }

    /// Bytes of all blocks.
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
        for row in first..<first + blockRows where isKept {
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
