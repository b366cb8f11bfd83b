// The stages of writing in order: layouts, blocks, directories (TIFF 6.0 sections 2, 3 and 15; BigTIFF).

public import ImageryBase
import ImageryPlumbing
import ImageryTags

/// Writes TIFF and BigTIFF files, little-endian: any type of sample, tiles or strips, pages, overviews and masks.
public enum TIFFEncoder {
    static let context = "TIFF"

    /// Writes the images, in the order of `entries`, as one file: the blocks of all of them, then their directories in one chain. A file that
    /// might pass 4 GiB is a BigTIFF.
    ///
    /// Throws kind unsupported for assets that are no images, kind misuse for options and metadata that TIFF cannot express; and what sources
    /// and the sink throw.
    public static func write(
        _ entries: [WriteEntry], options: WriteOptions, notes: WriteNotes = WriteNotes(), into sink: any ByteSink
    ) throws {
        if let choices = options.cloudOptimized {
            return try CloudOptimizedFile(entries, choices, notes, context: context).write(into: sink)
        }
        var images: [Image] = []
        for entry in entries { images.append(try Image(entry, notes)) }
        try checkOverviews(images)
        let bound = images.reduce(0 as Int?) { sum, image in
            guard let sum, let blocks = image.layout.byteBound, let arrays = checkedProduct(image.layout.blockCount, 16) else {
                return nil
            }
            return checkedSum(sum, blocks).flatMap { checkedSum($0, arrays) }.flatMap { checkedSum($0, image.directory.byteBound) }
        }
        let isBig = bound.map { $0 > Int(UInt32.max) - 4096 } ?? true
        try withPatching(sink) { sink in try write(images, isBig: isBig, into: sink) }
    }

    private static func write(_ images: [Image], isBig: Bool, into sink: any ByteSink) throws {
        let header = header(isBig: isBig, first: 0)
        try sink.append(header)
        var position = header.count
        var directories: [DirectoryWriter] = []
        for image in images {
            let writer = try BlockWriter(
                image.layout, threads: image.threads, cancellation: image.cancellation, context: image.context)
            let (offsets, counts) = try writer.write(image.source, into: sink, at: &position)
            directories.append(image.directory(offsets, counts, isBig: isBig))
        }
        let padding = (8 - position % 8) % 8
        try sink.append([UInt8](repeating: 0, count: padding))
        position += padding
        try sink.append(try chain(directories, at: position, isBig: isBig))
        try unsafe sink.patch(self.header(isBig: isBig, first: position).span.bytes, at: 0)
    }

    /// The header of a file whose first directory is at `first`.
    static func header(isBig: Bool, first: Int) -> [UInt8] {
        let mark: [UInt8] = isBig ? [0x49, 0x49, 43, 0, 8, 0, 0, 0] : [0x49, 0x49, 42, 0]
        return mark + (0..<(isBig ? 8 : 4)).map { UInt8(truncatingIfNeeded: first >> (8 * $0)) }
    }

    /// Directories one behind the other, the first at `offset`, a multiple of 8. The last one leads on to `next`, or nowhere when that is 0.
    static func chain(
        _ directories: [DirectoryWriter], at offset: Int, isBig: Bool, next: Int = 0
    ) throws(ImageryError) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, directory) in directories.enumerated() {
            let following = index + 1 < directories.count ? nil : next
            guard let own = directory.serialised(at: offset + bytes.count, isBig: isBig, next: following) else {
                throw ImageryError(unsupported: .size, context, "a value of directory \(index) does not fit a classic TIFF")
            }
            bytes += own
        }
        return bytes
    }

    /// Overviews are told apart by their sizes alone: each must be smaller than the one before.
    private static func checkOverviews(_ images: [Image]) throws(ImageryError) {
        var last: Image?
        for image in images where !image.place.isMask {
            if image.place.level > 0, let last {
                let (size, before) = (image.layout.shape, last.layout.shape)
                guard size.columns <= before.columns, size.rows <= before.rows,
                    (size.columns, size.rows) != (before.columns, before.rows)
                else {
                    throw ImageryError(
                        .misuse, context,
                        "\(image.place.key) of \(size.columns) × \(size.rows) pixels is not smaller than \(last.place.key)")
                }
            }
            last = image
        }
    }

    /// One image on its way into the file.
    struct Image {
        let place: ImagePlace
        let source: PixelSource
        let layout: EncodingLayout
        let directory: DirectoryWriter
        let threads: Int?
        let cancellation: Cancellation?
        let context: String
        /// What samples that mean nothing are.
        let padValue: SampleValue?

        init(_ entry: WriteEntry, _ notes: WriteNotes) throws(ImageryError) {
            guard case .image(let image) = entry.content, let place = entry.key.imagePlace else {
                throw ImageryError(
                    unsupported: .asset, TIFFEncoder.context, "a TIFF holds images only: \(entry.key) has no place in it")
            }
            context = "TIFF \(entry.key)"
            self.place = place
            let isLossy = entry.options.compression?.isLossy == true
            if isLossy { try notes.addLossyCoding("the compression", of: entry.key, isAsked: true) }
            let colors = try ColorStatement(image, isMask: place.isMask, isLossy: isLossy, entry.key, notes)
            source = colors.source
            threads = entry.options.threads
            cancellation = entry.options.cancellation
            padValue = entry.options.padValue ?? source.layout.padValue
            layout = try EncodingLayout(
                source.layout, entry.options, isMask: place.isMask, isRGB: colors.photometric.map { $0 == 2 }, context: context)
            directory = try TagWriter(layout, entry, source, colors, place, notes, context: context).directory()
        }

        /// The directory, with the places of the blocks.
        func directory(_ offsets: [Int], _ counts: [Int], isBig: Bool) -> DirectoryWriter {
            var directory = directory
            directory.set(layout.isTiled ? Tag.tileOffsets : Tag.stripOffsets, isBig ? .long8 : .long, offsets)
            let isLong = counts.contains { $0 > Int(UInt32.max) }
            directory.set(layout.isTiled ? Tag.tileByteCounts : Tag.stripByteCounts, isLong ? .long8 : .long, counts)
            return directory
        }
    }
}
