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
        levels = try PyramidLevel.chain(base, mask, choices, tileSide: Self.tileSide, purpose: .cloud, notes)
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
