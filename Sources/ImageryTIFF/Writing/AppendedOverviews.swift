// Overviews that are added to a file (TIFF 6.0 section 8, NewSubfileType): blocks and directories at its end, then one link.

public import ImageryBase
import ImageryPlumbing
import ImageryTags

extension TIFFEncoder {
    /// Appends overviews of the pages in `entries`, each of half the columns and rows of the one before, to the file that `sink` has already.
    ///
    /// `entries` are pages of `file` and their masks by their keys there. Nothing that the file holds is changed but for the links from each page
    /// to the directory behind it, each written when all that it leads to is there, and the mark of a cloud-optimized file that others rely on
    /// its layout: whenever the writing is stopped, the file reads as before, or with the overviews of some pages.
    /// The file's blocks are packed in the way of its page where that can be written without loss, or as JPEG, else with Deflate.
    ///
    /// Throws kind misuse for a page that has overviews already or is none of the main chain, kind unsupported for a page behind the first, a big-endian
    /// file and one that would pass 4 GiB without being a BigTIFF; and what sources and the sink throw.
    public static func appendOverviews(
        of entries: [WriteEntry], to file: TIFFFile, _ choices: CloudOptimization, into sink: any ByteSink
    ) throws {
        let encoding = file.file.encoding
        guard !encoding.isBigEndian else {
            throw ImageryError(
                unsupported: .editing, context,
                "overviews are not added to big-endian files: convert the file, with overviews, instead")
        }
        var pages: [AppendedOverviews] = []
        for entry in entries where entry.key.imagePlace?.isMask == false {
            let mask = entries.first { $0.key == entry.key.mask }
            pages.append(try AppendedOverviews(entry, mask, file))
        }
        var position = file.file.source.byteCount
        var isMarked = try file.cloudOptimizedMark() != nil
        for page in pages {
            guard let bytes = try page.append(choices, at: position, isBig: encoding.isBig, into: sink) else { continue }
            if isMarked, let mark = try file.cloudOptimizedMark() {
                try unsafe sink.patch(Array("YES\n".utf8).span.bytes, at: mark)
                isMarked = false
            }
            position += bytes.count
            try page.link(to: bytes.first, encoding, in: sink)
        }
    }
}

/// The overviews of one page.
private struct AppendedOverviews {
    private let base: WriteEntry
    private let mask: WriteEntry?
    private let tileSide: Int
    /// Where the page's link to the next directory is, and where that leads.
    private let link: Int
    private let next: Int

    /// Of tiles that no page prescribes.
    private static let tileSide = 256

    init(_ entry: WriteEntry, _ mask: WriteEntry?, _ file: TIFFFile) throws(ImageryError) {
        guard let number = file.directories[entry.key], let header = file.imagesByDirectory[number]?.header else {
            throw ImageryError(.misuse, TIFFEncoder.context, "the file has no \(entry.key)")
        }
        let directory = file.file.directories[number]
        guard directory.link == .chain, entry.key.imagePlace?.level == 0 else {
            throw ImageryError(.misuse, "TIFF \(entry.key)", "only pages of the main chain get overviews")
        }
        guard entry.key.imagePlace?.page == 0 else {
            throw ImageryError(
                unsupported: .editing, "TIFF \(entry.key)",
                "GDAL takes every smaller image in a file for an overview of its first page: later pages get none in place")
        }
        guard let page = entry.key.imagePlace?.page, file.directories[.overview(1, of: page)] == nil else {
            throw ImageryError(.misuse, "TIFF \(entry.key)", "it has overviews already")
        }
        let encoding = file.file.encoding
        link = directory.offset + directory.byteCount - encoding.offsetByteCount
        let table = encoding.countByteCount + directory.entries.count * encoding.entryByteCount + encoding.offsetByteCount
        guard directory.byteCount == table else {
            throw ImageryError(.malformed, "TIFF \(entry.key)", "the directory is truncated", at: directory.offset)
        }
        let bytes = try file.file.source.copy(link..<link + encoding.offsetByteCount, of: TIFFEncoder.context)
        next = bytes.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        var base = entry
        base.options.compression = entry.options.compression ?? header.overviewCompression
        if base.options.interleave == nil, header.isPlanar { base.options.interleave = .band }
        let isUsable = header.isTiled && 64...2048 ~= header.blockWidth && header.blockWidth == header.blockHeight
        tileSide = isUsable && header.blockWidth % 16 == 0 ? header.blockWidth : Self.tileSide
        self.base = base
        self.mask = mask
    }

    /// Appends blocks and directories; nil when the image is as small as its smallest overview would be.
    func append(
        _ choices: CloudOptimization, at position: Int, isBig: Bool, into sink: any ByteSink
    ) throws -> (first: Int, count: Int)? {
        let levels = try PyramidLevel.chain(base, mask, choices, tileSide: tileSide, purpose: .overviews, WriteNotes())
        guard levels.count > 1 else { return nil }
        try levels[0].read()
        let overviews = levels.dropFirst()
        var start = position + -position & 7
        var directories: [DirectoryWriter] = []
        for level in overviews {
            directories += level.directories(dataAt: start, isBig: isBig)
            start += level.byteCount
        }
        let first = start + -start & 7
        guard isBig || first <= Int(UInt32.max) else {
            throw ImageryError(
                unsupported: .size, TIFFEncoder.context, "with overviews the file would pass 4 GiB: convert it to a BigTIFF first")
        }
        let chain = try TIFFEncoder.chain(directories, at: first, isBig: isBig, next: next)
        try sink.append([UInt8](repeating: 0, count: -position & 7))
        for level in overviews { for spool in level.spools { try spool.copy(to: sink) } }
        try sink.append([UInt8](repeating: 0, count: -start & 7))
        try sink.append(chain)
        return (first, first + chain.count - position)
    }

    /// Makes the page lead to its overviews, and those to what it led to.
    func link(to first: Int, _ encoding: TagEncoding, in sink: any ByteSink) throws {
        let bytes = (0..<encoding.offsetByteCount).map { UInt8(truncatingIfNeeded: first >> (8 * $0)) }
        try unsafe sink.patch(bytes.span.bytes, at: link)
    }
}

extension ImageHeader {
    /// How overviews of the image are packed.
    fileprivate var overviewCompression: ImageryBase.Compression {
        switch compression {
        case .lzw: .lzw
        case .packBits: .packBits
        case .zstandard: .zstandard
        case .jpeg where bits == 8 && (samplesPerBlockPixel == 1 || samplesPerBlockPixel == 3): .jpeg(quality: 75)
        case .lerc: .lerc(packing: lercPacking ?? LERCPacking.none)
        case .jpeg2000: .jpeg2000()
        default: .deflate
        }
    }
}

extension TIFFFile {
    /// The page that ``TIFFEncoder/appendOverviews(of:to:_:into:)`` takes: the first, unless it has overviews.
    public var pageWithoutOverviews: AssetKey? {
        guard let number = directories[.image(0)], file.directories[number].link == .chain else { return nil }
        return directories[.overview(1)] == nil ? .image(0) : nil
    }

    /// Where the area of a cloud-optimized file (GDAL's driver) says that nobody has changed its layout: `NO`, a line end and a blank. Nil when it does not.
    fileprivate func cloudOptimizedMark() throws(ImageryError) -> Int? {
        let start = file.encoding.isBig ? 16 : 8
        let source = file.source
        let bytes = try source.copy(start..<max(start, min(source.byteCount, start + 512)), of: "TIFF")
        let label = Array("GDAL_STRUCTURAL_METADATA_SIZE=".utf8)
        guard bytes.starts(with: label) else { return nil }
        let line = Array("KNOWN_INCOMPATIBLE_EDITION=NO\n ".utf8)
        for place in 0..<max(0, bytes.count - line.count) where bytes[place...].starts(with: line) {
            return start + place + line.count - 4
        }
        return nil
    }
}
