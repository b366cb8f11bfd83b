// What the directories of a TIFF file have to hold (TIFF 6.0 sections 2 to 8 and 15; what libtiff warns of).

public import ImageryBase
import ImageryPlumbing
import ImageryTags

extension TIFFFile {
    public func validate(report: (Diagnostic) -> Void) {
        for (index, directory) in file.directories.enumerated() {
            let rules = DirectoryRules(file: file, directory: directory)
            rules.checkEntries(report: report)
            guard Self.mayBeImage(directory), let image = imagesByDirectory[index] else { continue }
            rules.checkImage(image, report: report)
        }
    }
}

struct DirectoryRules {
    let file: TagFile
    let directory: TagDirectory

    private typealias Breach = (_ message: String, _ offset: Int, _ clause: String, _ severity: Diagnostic.Severity) -> Void

    private func breaches(_ report: (Diagnostic) -> Void, _ body: (Breach) -> Void) {
        let context = TIFFImage.context(directory.number)
        withoutActuallyEscaping(report) { report in
            body { message, offset, clause, severity in
                report(Diagnostic(context, message, at: offset, severity: severity, clause: clause))
            }
        }
    }

    // MARK: Entries (section 2)

    func checkEntries(report: (Diagnostic) -> Void) {
        breaches(report) { breach in
            var seen: Set<UInt16> = []
            var last: UInt16 = 0
            var isOrdered = true
            for (index, entry) in directory.entries.enumerated() {
                let place = directory.offset(ofEntry: index, file.encoding)
                if !seen.insert(entry.tag).inserted {
                    breach("tag \(entry.tag) stands there more than once", place, "TIFF 6.0 section 2", .error)
                } else if entry.tag < last, isOrdered {
                    isOrdered = false
                    breach("tag \(entry.tag) follows tag \(last): entries are not sorted", place, "TIFF 6.0 section 2", .warning)
                }
                last = max(last, entry.tag)
                checkType(entry, at: place, breach)
            }
        }
    }

    /// The types that a tag may have; nil for tags that are not looked at.
    private static func types(_ tag: UInt16) -> [FieldType]? {
        switch tag {
        case Tag.imageWidth, Tag.imageLength, Tag.rowsPerStrip, Tag.tileWidth, Tag.tileLength: [.short, .long, .long8]
        case Tag.stripOffsets, Tag.stripByteCounts, Tag.tileOffsets, Tag.tileByteCounts: [.short, .long, .long8, .ifd, .ifd8]
        case Tag.bitsPerSample, Tag.compression, Tag.photometricInterpretation, Tag.samplesPerPixel, Tag.planarConfiguration,
            Tag.predictor, Tag.colorMap, Tag.extraSamples, Tag.sampleFormat, Tag.fillOrder, Tag.yCbCrSubSampling:
            [.short]
        case Tag.imageDescription, Tag.documentName, Tag.pageName, Tag.dateTime: [.ascii]
        case Tag.newSubfileType: [.long]
        default: nil
        }
    }

    private func checkType(_ entry: TagEntry, at place: Int, _ breach: Breach) {
        guard entry.isPresent, let type = entry.type else { return }
        if let allowed = Self.types(entry.tag), !allowed.contains(type) {
            breach(
                "tag \(entry.tag) has the field type \(entry.typeCode), which is not its own", place, "TIFF 6.0 section 8", .warning
            )
        }
        let single: Set<UInt16> = [
            Tag.imageWidth, Tag.imageLength, Tag.compression, Tag.photometricInterpretation, Tag.samplesPerPixel,
            Tag.planarConfiguration, Tag.rowsPerStrip, Tag.tileWidth, Tag.tileLength, Tag.predictor, Tag.newSubfileType,
        ]
        if single.contains(entry.tag), entry.count != 1 {
            breach("tag \(entry.tag) has \(entry.count) values, not one", place, "TIFF 6.0 section 8", .warning)
        }
        if type == .ascii, entry.byteCount > 0, entry.byteCount <= 1 << 16, let text = try? file.value(entry).bytes, text.last != 0
        {
            breach("the text of tag \(entry.tag) does not end with a NUL", place, "TIFF 6.0 section 2", .warning)
        }
    }

    // MARK: Images

    func checkImage(_ image: TIFFImage, report: (Diagnostic) -> Void) {
        let header = image.header
        breaches(report) { breach in
            let start = directory.offset
            func count(_ tag: UInt16) -> Int? { directory.entry(tag)?.count }
            if directory.entry(Tag.photometricInterpretation) == nil {
                breach("PhotometricInterpretation is missing", start, "TIFF 6.0 section 3", .error)
            }
            if header.samplesPerPixel > 1, let bits = count(Tag.bitsPerSample), bits != header.samplesPerPixel {
                breach(
                    "BitsPerSample has \(bits) values for \(header.samplesPerPixel) samples", start, "TIFF 6.0 section 8", .warning)
            }
            if header.photometric == 3 {
                if let map = count(Tag.colorMap) {
                    let needed = header.bits <= 16 ? 3 << header.bits : 0
                    if map != needed { breach("ColorMap has \(map) values, not \(needed)", start, "TIFF 6.0 section 5", .error) }
                } else {
                    breach("ColorMap is missing", start, "TIFF 6.0 section 5", .error)
                }
            }
            checkSamples(header, count(Tag.extraSamples) ?? 0, breach)
            checkBlocks(image, breach)
        }
    }

    /// Samples beyond those of the colour model are extra samples (section 20).
    private func checkSamples(_ header: ImageHeader, _ extra: Int, _ breach: Breach) {
        let colors: Int? =
            switch header.photometric {
            case 0, 1, 3, 4: 1
            case 2, 6, 8: 3
            case 5: 4
            default: nil
            }
        guard let colors else { return }
        if header.samplesPerPixel < colors {
            breach(
                "\(header.samplesPerPixel) samples are too few for the \(colors) of its PhotometricInterpretation",
                directory.offset,
                "TIFF 6.0 section 8", .error)
        } else if header.samplesPerPixel - colors != extra {
            breach(
                "\(header.samplesPerPixel) samples are not the \(colors) of its PhotometricInterpretation and \(extra) ExtraSamples",
                directory.offset, "TIFF 6.0 section 8", .warning)
        }
    }

    private func checkBlocks(_ image: TIFFImage, _ breach: Breach) {
        let header = image.header
        guard header.compression != .oldJPEG else { return }
        let (offsets, counts) =
            header.isTiled ? (Tag.tileOffsets, Tag.tileByteCounts) : (Tag.stripOffsets, Tag.stripByteCounts)
        // Files exist whose tiles are listed as strips.
        let places = directory.entry(offsets) ?? directory.entry(Tag.stripOffsets)
        let sizes = directory.entry(counts) ?? directory.entry(Tag.stripByteCounts)
        let needed = image.grid.count
        let clause = header.isTiled ? "TIFF 6.0 section 15" : "TIFF 6.0 section 3"
        if let places, places.count < needed {
            breach(
                "\(places.count) of \(needed) \(header.isTiled ? "tiles" : "strips") are listed", directory.offset, clause, .error)
        } else if let places, places.count > needed {
            breach("\(places.count) blocks are listed, \(needed) are needed", directory.offset, clause, .warning)
        }
        if sizes == nil { breach("the byte counts of strips or tiles are missing", directory.offset, clause, .warning) }
        if let places, let sizes, places.count != sizes.count {
            breach("there are \(places.count) offsets and \(sizes.count) byte counts", directory.offset, clause, .error)
        }
        if header.isTiled, header.blockWidth % 16 != 0 || header.blockHeight % 16 != 0 {
            breach(
                "tiles of \(header.blockWidth) × \(header.blockHeight) pixels are no multiples of 16", directory.offset, clause,
                .warning)
        }
        checkOverlap(image, breach)
    }

    /// Blocks do not share bytes, unless they are the same (libtiff and GDAL write equal blocks once).
    private func checkOverlap(_ image: TIFFImage, _ breach: Breach) {
        var last = 0..<0
        let ranges = image.storedRanges().filter { !$0.isEmpty }.sorted {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }
        for range in ranges {
            if range.lowerBound < last.upperBound, range != last {
                return breach("two blocks overlap", range.lowerBound, "TIFF 6.0 section 7", .warning)
            }
            last = range
        }
        let table = directory.offset..<directory.offset + directory.byteCount
        if let block = ranges.first(where: { $0.overlaps(table) }) {
            breach("a block lies over its directory", block.lowerBound, "TIFF 6.0 section 7", .error)
        }
    }
}
