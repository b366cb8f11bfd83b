// Removal of descriptive tags where they stand: nothing moves, so that every offset in the file stays right.

public import ImageryBase
import ImageryPlumbing
import ImageryTags

/// A TIFF file without the tags that only describe it.
public enum TIFFStripping {
    /// Bytes that take the place of others of the same number.
    public struct Patch: Sendable {
        /// Where they lie in the file.
        public var offset: Int
        /// What is there afterwards.
        public var bytes: [UInt8]
    }

    /// TIFF 6.0 section 8, TIFF/EP, EXIF, XMP (part 3), IPTC and Photoshop: what is said about the picture, and not how it is to be read.
    private static let descriptive: Set<UInt16> = [
        269, 270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34377, 34665, 34853, 37510, 40965, 42112,
    ]
    /// Directories behind these tags go with them.
    private static let directories: Set<UInt16> = [34665, 34853, 40965]
    /// StripOffsets and TileOffsets with their counts, JPEGInterchangeFormat with its length.
    private static let places: [(offsets: UInt16, counts: UInt16)] = [(273, 279), (324, 325), (513, 514)]

    /// What has to change in the file, and the names of the tags that go.
    ///
    /// Entries move up in their directory, and values outside of it become zeros unless something that stays lies there too. Throws as opening.
    public static func patches(for source: any ByteSource, limits: Limits) throws(ImageryError) -> (
        patches: [Patch], names: [String]
    ) {
        let file = try TagFile(source, limits: limits)
        let encoding = file.encoding
        var kept: [Range<Int>] = [0..<(encoding.isBig ? 16 : 8)]
        var removed: [Range<Int>] = []
        var patches: [Patch] = []
        var names: [String] = []
        for directory in file.directories {
            let goes = isRemoved(directory, in: file)
            if goes {
                removed.append(directory.offset..<directory.offset + directory.byteCount)
            } else {
                kept.append(directory.offset..<directory.offset + directory.byteCount)
            }
            var isChanged = false
            for entry in directory.entries {
                let isDescriptive = descriptive.contains(entry.tag)
                if isDescriptive, !goes {
                    isChanged = true
                    let name = TagNames.name(entry.tag) ?? "\(entry.tag)"
                    if !names.contains(name) { names.append(name) }
                }
                guard entry.byteCount > encoding.offsetByteCount, let end = checkedSum(entry.valueOffset, entry.byteCount) else {
                    continue
                }
                if goes || isDescriptive { removed.append(entry.valueOffset..<end) } else { kept.append(entry.valueOffset..<end) }
            }
            if !goes {
                kept += pixels(of: directory, in: file)
                if isChanged { patches.append(try shortened(directory, of: file, source)) }
            }
        }
        kept.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        // The furthest end of all ranges up to each one: overlaps are found by the last that begins before an end.
        var ends: [Int] = []
        for range in kept { ends.append(max(ends.last ?? 0, range.upperBound)) }
        for range in removed where !range.isEmpty {
            var (low, high) = (0, kept.count)
            while low < high {
                let middle = (low + high) / 2
                if kept[middle].lowerBound < range.upperBound { low = middle + 1 } else { high = middle }
            }
            if low > 0, ends[low - 1] > range.lowerBound { continue }
            patches.append(Patch(offset: range.lowerBound, bytes: [UInt8](repeating: 0, count: range.count)))
        }
        return (patches, names)
    }

    /// True for a directory behind a descriptive tag, at any depth.
    private static func isRemoved(_ directory: TagDirectory, in file: TagFile) -> Bool {
        var link = directory.link
        for _ in 0...directory.depth {
            guard case .child(let tag, let parent) = link else { return false }
            if directories.contains(tag) { return true }
            link = file.directories[parent].link
        }
        return false
    }

    /// Where the directory's image lies.
    private static func pixels(of directory: TagDirectory, in file: TagFile) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (offsetTag, countTag) in places {
            guard let offsets = file.value(offsetTag, in: directory)?.ints else { continue }
            let counts = file.value(countTag, in: directory)?.ints ?? []
            for (place, offset) in offsets.enumerated() {
                // Of unknown length: nothing behind it is touched.
                let end = place < counts.count ? checkedSum(offset, counts[place]) : file.source.byteCount
                if let end, offset < end { ranges.append(offset..<end) }
            }
        }
        return ranges
    }

    /// The directory without its descriptive entries: count, entries, link, and zeros where the last entries were.
    private static func shortened(
        _ directory: TagDirectory, of file: TagFile, _ source: any ByteSource
    ) throws(ImageryError) -> Patch {
        let encoding = file.encoding
        let stored = try source.copy(directory.offset..<directory.offset + directory.byteCount, of: "TIFF IFD")
        var entries: [UInt8] = []
        var count = 0
        for (index, entry) in directory.entries.enumerated() where !descriptive.contains(entry.tag) {
            let start = encoding.countByteCount + index * encoding.entryByteCount
            entries += stored[start..<start + encoding.entryByteCount]
            count += 1
        }
        var number = (0..<encoding.countByteCount).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        if encoding.isBigEndian { number.reverse() }
        let link = stored.dropFirst(encoding.countByteCount + directory.entries.count * encoding.entryByteCount)
        var bytes = number + entries + link
        bytes += [UInt8](repeating: 0, count: stored.count - bytes.count)
        return Patch(offset: directory.offset, bytes: bytes)
    }
}
