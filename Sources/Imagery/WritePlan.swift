public import ImageryBase
import ImageryDTED
import ImageryJPEG
import ImageryJPEG2000
import ImageryNITF
import ImageryPNG
import ImageryTIFF

/// Which assets go into which file, in what order, and who writes them.
enum WritePlan {
    /// Images by place, then texts, graphics and data by number. Throws kind misuse when a number is left out: readers count.
    static func ordered(_ entries: [WriteEntry]) throws(ImageryError) -> [WriteEntry] {
        var images: [(place: ImagePlace, entry: WriteEntry)] = []
        for entry in entries { if let place = entry.key.imagePlace { images.append((place, entry)) } }
        images.sort { $0.place < $1.place }
        let places = Set(images.map(\.place))
        for (place, entry) in images {
            var needed: [ImagePlace] = []
            if place.page > 0 { needed.append(ImagePlace(page: place.page - 1)) }
            if place.level > 0 || place.isMask {
                needed.append(ImagePlace(page: place.page, level: place.isMask ? place.level : 0))
            }
            for other in needed where !places.contains(other) {
                throw ImageryError(.misuse, "writer", "\(entry.key) is there, but not \(other.key)")
            }
        }
        var result = images.map(\.entry)
        for type in [AssetType.text, .graphics, .data] {
            var others: [(index: Int, entry: WriteEntry)] = []
            for entry in entries {
                if let index = entry.key.index(of: type), entry.key.imagePlace == nil { others.append((index, entry)) }
            }
            others.sort { $0.index < $1.index }
            for (place, other) in others.enumerated() where other.index != place {
                throw ImageryError(.misuse, "writer", "\(other.entry.key) is there, but not number \(place)")
            }
            result += others.map(\.entry)
        }
        return result
    }

    /// The assets of each of several files (S44): overviews of the first image go to the file of their level, where each is `image:0`.
    static func split(_ entries: [WriteEntry], levels: [Int]) throws(ImageryError) -> [[WriteEntry]] {
        var files = [[WriteEntry]](repeating: [], count: levels.count)
        for var entry in entries {
            guard let place = entry.key.imagePlace, place.page == 0, place.level > 0 else {
                files[0].append(entry)
                continue
            }
            guard let file = levels.firstIndex(of: place.level) else {
                throw ImageryError(.misuse, "writer", "no path ends in .r\(place.level), where \(entry.key) would go")
            }
            entry.key = ImagePlace(page: 0, isMask: place.isMask).key
            // In its own file it is no reduced version of anything.
            entry.roles = entry.roles == [.overview] ? [.data] : entry.roles
            files[file].append(entry)
        }
        for (file, level) in zip(files, levels) where file.isEmpty {
            throw ImageryError(
                .misuse, "writer", level == 0 ? "the base has no asset" : "there is no overview \(level) for the path .r\(level)")
        }
        return files
    }

    /// Writes the assets as a file of `format`.
    static func encode(
        _ entries: [WriteEntry], as format: Format, options: WriteOptions, notes: WriteNotes, into sink: any ByteSink
    ) throws {
        // An NITF file may have no segment at all (MIL-STD-2500C 5.2).
        guard !entries.isEmpty || format == .nitf || format == .nsif else {
            throw ImageryError(.misuse, format.rawValue, "a file without an asset cannot be written")
        }
        guard format == .tiff || options.cloudOptimized == nil else {
            throw ImageryError(.misuse, format.rawValue, "a cloud-optimized file is a TIFF")
        }
        guard options.cloudOptimized != nil || entries.allSatisfy({ $0.options.cloudOptimized == nil }) else {
            throw ImageryError(
                .misuse, format.rawValue, "a file is cloud-optimized as a whole: say so in its options, not in an image's")
        }
        let entries = try translated(entries, to: format, notes)
        var options = options
        options.metadata = try options.metadata?.translated(to: format, of: nil, notes)
        switch format {
        case .png: try PNGEncoder.write(entries, options: options, notes: notes, into: sink)
        case .tiff: try TIFFEncoder.write(entries, options: options, notes: notes, into: sink)
        case .nitf, .nsif, .nitf20: try NITFEncoder.write(entries, format: format, options: options, notes: notes, into: sink)
        case .jpeg: try JPEGEncoder.write(entries, options: options, notes: notes, into: sink)
        case .dted: try DTEDEncoder.write(entries, options: options, notes: notes, into: sink)
        case .jpeg2000: try JPEG2000Encoder.write(entries, options: options, notes: notes, into: sink)
        }
    }

    /// The entries with metadata in the words of `format`; what has no place there is noted, once an image.
    private static func translated(
        _ entries: [WriteEntry], to format: Format, _ notes: WriteNotes
    ) throws(ImageryError) -> [WriteEntry] {
        var result = entries
        for index in result.indices {
            // Overviews and masks have the metadata of their image.
            let isMain = result[index].key.imagePlace.map { $0.level == 0 && !$0.isMask } ?? true
            let metadata = result[index].options.metadata
            result[index].options.metadata = try metadata?.translated(
                to: format, of: result[index].key, isMain ? notes : nil)
        }
        return result
    }

    /// True for formats that ``encode(_:as:options:into:)`` knows.
    static func canWrite(_ format: Format) -> Bool {
        switch format {
        case .png, .tiff, .nitf, .nsif, .jpeg, .dted, .jpeg2000: true
        case .nitf20: false
        }
    }
}

extension Format {
    /// True when files of this format can be written.
    public var isWritable: Bool { WritePlan.canWrite(self) }
}
