// The fields of a written directory (TIFF 6.0 section 8; S64): computed ones, and those that pass through.

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// Makes the directory of one image, but for where its blocks lie.
struct TagWriter {
    private let layout: EncodingLayout
    private let entry: WriteEntry
    private let source: PixelSource
    private let colors: ColorStatement
    private let place: ImagePlace
    private let notes: WriteNotes
    private let context: String
    /// Metadata of the schema TIFF; those of other formats mean nothing here.
    private let metadata: Metadata?

    /// Computed from the image, or places in the file that the metadata come from: copied values are ignored.
    private static let structural: Set<UInt16> = [
        Tag.newSubfileType, Tag.subfileType, Tag.imageWidth, Tag.imageLength, Tag.bitsPerSample, Tag.photometricInterpretation,
        Tag.stripOffsets, Tag.samplesPerPixel, Tag.stripByteCounts, Tag.tileOffsets, Tag.tileByteCounts, Tag.sampleFormat,
        Tag.extraSamples, Tag.fillOrder, Tag.dataType,
        // Free space, thresholding's cells of one bit, JPEG's and fax's own parameters, chroma of YCbCr, other directories.
        288, 289, 292, 293, 326, 327, 328, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 559, 32997, 32998,
        Tag.lercParameters,
        DirectoryTag.subIFDs, DirectoryTag.globalParameters, DirectoryTag.exif, DirectoryTag.gps, DirectoryTag.interoperability,
    ]
    /// How the samples lie: chosen anew, with the copied value as a wish.
    private static let layoutTags: Set<UInt16> = [
        Tag.compression, Tag.planarConfiguration, Tag.predictor, Tag.tileWidth, Tag.tileLength, Tag.rowsPerStrip,
    ]
    /// One value for each sample of a pixel.
    private static let perSample: Set<UInt16> = [280, 281, 340, 341]
    /// Tables with a place for each value that a sample can have.
    private static let perValue: Set<UInt16> = [Tag.colorMap, 291, 301]

    init(
        _ layout: EncodingLayout, _ entry: WriteEntry, _ source: PixelSource, _ colors: ColorStatement, _ place: ImagePlace,
        _ notes: WriteNotes, context: String
    ) {
        self.notes = notes
        self.layout = layout
        self.entry = entry
        self.source = source
        self.colors = colors
        self.place = place
        self.context = context
        metadata = entry.options.metadata?.schema == .tiff ? entry.options.metadata : nil
    }

    /// Throws kind misuse for metadata and options that have no place in a directory.
    func directory() throws(ImageryError) -> DirectoryWriter {
        var directory = try passing()
        try setTexts(&directory)
        if place.level == 0 && !place.isMask { try setGeoreference(&directory) }
        setStructure(&directory)
        colors.setTags(&directory, metadata, layout)
        try layout.jpeg?.setTags(&directory, layout)
        if let pad = entry.options.padValue {
            guard pad.bytes(for: layout.pixelType) != nil else {
                throw ImageryError(.misuse, context, "the pad value \(pad) is no \(layout.pixelType.rawValue)")
            }
            directory.set(GDALMetadata.noDataTag, text: "\(pad)")
        } else if let pad = source.layout.padValue, directory[GDALMetadata.noDataTag] == nil {
            directory.set(GDALMetadata.noDataTag, text: "\(pad)")
        }
        if entry.options.strict { try checkTexts(directory) }
        return directory
    }

    /// The tags of the metadata that mean the same in the new file, in their field types.
    private func passing() throws(ImageryError) -> DirectoryWriter {
        var directory = DirectoryWriter()
        let groups: [(name: String, tag: UInt16, space: TagNames.Space)] = [
            ("ExifIFD", DirectoryTag.exif, .exif), ("GPSIFD", DirectoryTag.gps, .gps),
            ("InteroperabilityIFD", DirectoryTag.interoperability, .interoperability),
        ]
        for item in metadata?.entries ?? [] {
            if let group = item.value.group {
                // GeoKeys and GDALMetadata are other views of tags that pass by themselves.
                guard let known = groups.first(where: { $0.name == item.name }) else { continue }
                var child = DirectoryWriter()
                for inner in group.entries {
                    guard let tag = Self.tag(inner, in: known.space), !DirectoryTag.isPointer(tag) else { continue }
                    child[tag] = inner.value
                }
                directory.set(known.tag, child: child)
                continue
            }
            guard let tag = Self.tag(item, in: .tiff) else {
                throw ImageryError(.misuse, context, "no tag has the name \"\(item.name)\": give its number")
            }
            guard item.value.list == nil else {
                throw ImageryError(.misuse, context, "\(item.name): a list cannot be the value of a tag")
            }
            guard !Self.structural.contains(tag), !Self.layoutTags.contains(tag), describesSamples(tag, item.value) else {
                continue
            }
            if directory[tag] == nil { directory[tag] = Self.storable(item.value) }
        }
        return directory
    }

    private static func tag(_ item: Metadata.Entry, in space: TagNames.Space) -> UInt16? {
        item.code.flatMap { UInt16(exactly: $0) } ?? TagNames.tag(named: item.name, in: space)
    }

    /// Text in the type that every reader knows, ended by a NUL.
    private static func storable(_ value: Value) -> Value {
        guard value.type == .utf8 || value.type == .ascii else { return value }
        return Value(.ascii, littleEndian: value.bytes.last == 0 ? value.bytes : value.bytes + [0])
    }

    /// False for tables and limits of samples of another kind, and for what only a certain photometric interpretation needs.
    private func describesSamples(_ tag: UInt16, _ value: Value) -> Bool {
        if Self.perSample.contains(tag) { return value.count == layout.shape.bands }
        if Self.perValue.contains(tag) { return value.count % (1 << min(layout.bits, 16)) == 0 }
        // YCbCr has become RGB.
        return tag != Tag.referenceBlackWhite || metadata?[tag: Tag.photometricInterpretation]?.int != 6
    }

    private func setTexts(_ directory: inout DirectoryWriter) throws(ImageryError) {
        let title = directory[Tag.pageName]?.trimmed ?? directory[Tag.documentName]?.trimmed ?? ""
        if !entry.title.isEmpty, entry.title != title { directory.set(Tag.pageName, text: entry.title) }
        if !entry.description.isEmpty, entry.description != directory[Tag.imageDescription]?.trimmed {
            directory.set(Tag.imageDescription, text: entry.description)
        }
        if let date = entry.options.date {
            guard let time = CalendarTime(secondsSince1970: date) else {
                throw ImageryError(.misuse, context, "a date of \(date) s after 1970 is not in the years 0 to 9999")
            }
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let year = String(repeating: "0", count: 4 - "\(time.year)".count) + "\(time.year)"
            // Section 8, DateTime: "YYYY:MM:DD HH:MM:SS".
            directory.set(
                Tag.dateTime,
                text: "\(year):\(two(time.month)):\(two(time.day)) \(two(time.hour)):\(two(time.minute)):\(two(time.second))")
        }
    }

    private func setGeoreference(_ directory: inout DirectoryWriter) throws(ImageryError) {
        let asked = entry.options.georeference
        guard let georeference = asked ?? source.georeference else { return }
        // Copied tags that say the same already, perhaps with a height, stay as they are.
        let keys = directory[GeoTag.keyDirectory].map {
            GeoKeys(directory: $0, doubles: directory[GeoTag.doubles], texts: directory[GeoTag.texts])
        }
        let passing = directory
        if Georeference(geoKeys: keys, value: { passing[$0] }) == georeference { return }
        let isNamed = directory.set(georeference, columns: layout.shape.columns, rows: layout.shape.rows)
        guard isNamed || asked == nil else {
            throw ImageryError(.misuse, context, "the reference system \(georeference.crs ?? "") is no EPSG code")
        }
        if !isNamed {
            try notes.add(
                WriteNote(
                    entry.key, "reference system", .dropped, "\(georeference.crs ?? "") is no EPSG code that GeoTIFF can name"))
        }
    }

    private func setStructure(_ directory: inout DirectoryWriter) {
        // A page of several keeps that mark (section 8, NewSubfileType).
        let page = place.level == 0 && !place.isMask ? (metadata?[tag: Tag.newSubfileType]?.int ?? 0) & 2 : 0
        let kind = page | (place.level > 0 ? 1 : 0) | (place.isMask ? 4 : 0)
        if kind != 0 || metadata?[tag: Tag.newSubfileType] != nil { directory.set(Tag.newSubfileType, .long, [kind]) }
        let shape = layout.shape
        directory.set(Tag.imageWidth, .long, [shape.columns])
        directory.set(Tag.imageLength, .long, [shape.rows])
        directory.set(Tag.bitsPerSample, .short, Array(repeating: layout.bits, count: shape.bands))
        directory.set(Tag.compression, .short, [layout.compression.code])
        directory.set(Tag.samplesPerPixel, .short, [shape.bands])
        directory.set(Tag.planarConfiguration, .short, [layout.isPlanar ? 2 : 1])
        if layout.format != .unsigned {
            directory.set(Tag.sampleFormat, .short, Array(repeating: layout.format.rawValue, count: shape.bands))
        }
        // LERC 2.4, and what is around it.
        if let choices = layout.lerc?.choices { directory.set(Tag.lercParameters, .long, [4, choices.packing.code]) }
        switch layout.predictor {
        case .none: break
        case .horizontal: directory.set(Tag.predictor, .short, [2])
        case .floatingPoint: directory.set(Tag.predictor, .short, [3])
        }
        if layout.isTiled {
            directory.set(Tag.tileWidth, .long, [layout.blockWidth])
            directory.set(Tag.tileLength, .long, [layout.blockHeight])
        } else {
            directory.set(Tag.rowsPerStrip, .long, [layout.blockHeight])
        }
    }

    private func checkTexts(_ directory: DirectoryWriter) throws(ImageryError) {
        for item in directory.all where item.value.type == .ascii && item.value.bytes.contains(where: { $0 > 0x7f }) {
            throw ImageryError(
                .misuse, context, "\(TagNames.name(item.tag) ?? "tag \(item.tag)") has characters that are no ASCII (section 2)")
        }
    }
}
