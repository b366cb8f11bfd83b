// What the samples mean, in tags (TIFF 6.0 sections 3 to 8, 16, 18, 23; GDAL's items where the tags have no words).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// An image as a directory can hold it, and the fields that say what its samples are.
struct ColorStatement {
    /// The pixels that are written.
    private(set) var source: PixelSource
    /// True for red, green and blue, which JPEG stores as YCbCr and JPEG 2000 transforms together.
    var isRGB: Bool { photometric == 2 }

    /// PhotometricInterpretation; nil where nothing is known of the samples and the copied tags count.
    private(set) var photometric: Int?
    /// How many bands are colors of it; the others are extra samples.
    private var colors = 1
    /// The model whose colors the fields say.
    private let model: ColorModel
    /// False where the fields of the metadata are those of these very samples.
    private let isChanged: Bool
    /// Which bands of the metadata's image these are.
    private let origins: [Int]?

    /// `isLossy`: samples may change a little, so that numbers of a palette would become others.
    init(
        _ source: PixelSource, isMask: Bool, isLossy: Bool, _ asset: AssetKey, _ notes: WriteNotes
    ) throws(ImageryError) {
        let source = source.fillingOpacity()
        try source.noteOriginalBits(of: asset, in: "TIFF", notes)
        var converted = source
        var photometric: Int?
        var colors = 1
        let plan = source.colorModel.arrangement
        if isMask {
            photometric = 4
        } else if !source.colorModel.isUndefined {
            switch plan.space {
            case .palette:
                let table = source.colorModel.lookupTable
                let type = source.layout.pixelType
                if !isLossy, type == .uint8 || type == .uint16, table?.palette != nil {
                    for band in plan.others {
                        let name = source.name(of: band)
                        try notes.add(WriteNote(asset, "band \(band)", .dropped, "\(name) has no place beside a palette"))
                    }
                    converted = source.selecting(plan.colors)
                    photometric = 3
                    if plan.alpha != nil || table?.alpha != nil || table?.channels.contains(where: { $0.meaning.isAlpha }) == true {
                        try notes.add(WriteNote(asset, "alpha", .dropped, "the colors of a palette have none in TIFF"))
                    }
                }
            case .cmyk:
                if plan.colors != [0, 1, 2, 3] || source.colorModel.inksAreInverted {
                    if let alpha = plan.alpha {
                        try notes.add(WriteNote(asset, "alpha", .dropped, "band \(alpha) stands between inks"))
                    }
                    for band in plan.others {
                        let name = source.name(of: band)
                        try notes.add(WriteNote(asset, "band \(band)", .dropped, "\(name) stands between inks"))
                    }
                    converted = try source.inks(inverted: false)
                }
                (photometric, colors) = (5, 4)
            case .lab:
                if plan.colors == [0, 1, 2], let code = Self.code(of: source.colorModel.lab, source.layout) {
                    (photometric, colors) = (code, 3)
                }
            case .rgb: (photometric, colors) = plan.colors == [0, 1, 2] ? (2, 3) : (1, 1)
            case .inverseGray: photometric = plan.colors == [0] ? 0 : nil
            case .gray, .none: photometric = 1
            case .yCbCr: break
            }
            if photometric == nil {
                converted = try source.picture(for: asset, in: "TIFF", hasAlpha: true, notes: notes)
                let count = converted.colorModel.arrangement.colors.count
                (photometric, colors) = count == 3 ? (2, 3) : (1, 1)
            }
        }
        if source.colorModel.transparentColor != nil {
            if converted.layout.shape.bands == 1, let value = source.colorModel.transparentColor?.first,
                converted.layout.padValue == nil
            {
                // What GDAL makes of it, too.
                converted.layout.padValue = .integer(Int64(value))
            } else {
                try notes.add(WriteNote(asset, "transparent color", .dropped, "TIFF has no place for one"))
            }
        }
        let isSame = converted.colorModel.bands == source.colorModel.bands && converted.sourceBands == nil
        isChanged = !isSame
        origins = isSame || converted.sourceBands != nil ? converted.sourceBands : []
        model = converted.colorModel
        self.source = converted
        self.photometric = photometric
        self.colors = colors
    }

    /// CIELab (section 23) or ICCLab (Technical Note 4), where the samples are coded as one of these.
    private static func code(of lab: LabCoding, _ layout: ImageLayout) -> Int? {
        let isWide = layout.bitsPerPixel > 8
        if lab.isSigned { return 8 }
        return !isWide && lab == LabCoding(white: lab.white) ? 9 : nil
    }

    /// Sets what the samples are. `metadata` are the copied tags, of the schema TIFF.
    func setTags(_ directory: inout DirectoryWriter, _ metadata: Metadata?, _ layout: EncodingLayout) {
        guard let photometric else { return setCopied(&directory, metadata, layout) }
        directory.set(Tag.photometricInterpretation, .short, [photometric])
        directory[Tag.colorMap] = photometric == 3 ? colorMap(bits: layout.bits) : nil
        directory[Tag.extraSamples] = nil
        if layout.shape.bands > colors {
            directory.set(Tag.extraSamples, .short, (colors..<layout.shape.bands).map(extraSample))
        }
        if photometric == 5 { directory.set(Tag.inkSet, .short, [1]) } else { directory[Tag.inkSet] = nil }
        if photometric == 4 { return }
        directory[Tag.iccProfile] = model.profile?.bytes.map { Value(bytes: $0) }
        let turned = model.orientation != .upright || directory[Tag.orientation] != nil
        directory[Tag.orientation] = turned ? Value(model.orientation.rawValue, .short) : nil
        setSignificantBits(&directory, layout)
        setItems(&directory, layout, isSameImage: !isChanged && metadata?[tag: Tag.imageWidth] != nil)
    }

    /// ExtraSamples (section 18) of a band behind the colors.
    private func extraSample(_ band: Int) -> Int {
        switch model.bands[band] {
        case .premultipliedAlpha: 1
        case .alpha: 2
        default: 0
        }
    }

    /// Nothing is known of the samples: what the copied tags say, if the bands suffice.
    private func setCopied(_ directory: inout DirectoryWriter, _ metadata: Metadata?, _ layout: EncodingLayout) {
        let bands = layout.shape.bands
        let stored = metadata?[tag: Tag.photometricInterpretation]?.int
        let hasPalette = layout.format == .unsigned && layout.bits <= 16 && directory[Tag.colorMap]?.count == 3 << layout.bits
        var (code, colors) = (1, 1)
        switch stored {
        case 0?, 1?, 4?, 32803?, 34892?: code = stored ?? 1
        case 3? where hasPalette: code = 3
        case 2? where bands >= 3, 8? where bands >= 3, 9? where bands >= 3, 10? where bands >= 3: (code, colors) = (stored ?? 1, 3)
        case 5? where bands >= 4: (code, colors) = (5, 4)
        default: break
        }
        if code == 4 { code = 1 }
        directory.set(Tag.photometricInterpretation, .short, [code])
        if code != 3 { directory[Tag.colorMap] = nil }
        let extra = bands - colors
        guard extra > 0 else { return }
        let known = metadata?[tag: Tag.extraSamples]?.ints ?? []
        directory.set(Tag.extraSamples, .short, known.count == extra ? known : Array(repeating: 0, count: extra))
    }

    /// ColorMap (section 5) with an entry for each number of so many bits.
    private func colorMap(bits: Int) -> Value? {
        guard let table = model.lookupTable, let band = model.arrangement.colors.first else { return nil }
        let count = 1 << min(bits, 16)
        // Values of eight bits fill both bytes, so that the largest is the largest.
        let factor: UInt16 = table.pixelType == .uint8 ? 257 : 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(6 * count)
        for meaning in [ColorModel.Meaning.red, .green, .blue] {
            let values = table.channels.first { $0.meaning == meaning && $0.band == band }?.values ?? []
            let rest = table.repeatsLastValue ? values.last ?? 0 : 0
            for entry in 0..<count {
                let value = (entry < values.count ? values[entry] : rest) &* factor
                bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
            }
        }
        return Value(.short, littleEndian: bytes)
    }

    /// MaxSampleValue (section 8): all ones of the significant bits, where fewer are significant than are stored.
    private func setSignificantBits(_ directory: inout DirectoryWriter, _ layout: EncodingLayout) {
        guard layout.format == .unsigned, layout.bits <= 16, photometric != 3 else { return }
        let list = (0..<layout.shape.bands).map { min(layout.bits, source.significantBits(of: $0)) }
        guard list.contains(where: { $0 < layout.bits }) else { return }
        directory.set(Tag.maxSampleValue, .short, list.map { (1 << max(1, $0)) - 1 })
    }

    // MARK: Items

    /// GDAL's roles of what the model says of bands.
    private static let roles: Set<String> = ["colorinterp", "description", "scale", "offset", "unittype"]

    private func setItems(_ directory: inout DirectoryWriter, _ layout: EncodingLayout, isSameImage: Bool) {
        let copied = directory[GDALMetadata.itemsTag].flatMap(GDALMetadata.items)
        // The items of the very image stay as they are.
        if copied != nil, isSameImage { return }
        var items: [GDALMetadata.Item] = []
        let placesByOrigin = copied == nil ? [:] : Dictionary(grouping: (origins ?? []).indices) { origins?[$0] ?? $0 }
        for entry in copied ?? [] {
            let (value, role) = (entry.value["value"]?.text ?? "", entry.value["role"]?.text)
            let domain = entry.value["domain"]?.text
            guard let sample = entry.value["sample"]?.int else {
                items.append(GDALMetadata.Item(entry.name, value, role: role, domain: domain))
                continue
            }
            if Self.roles.contains(role ?? "") || entry.name == "CENTRAL_WAVELENGTH_UM" { continue }
            let places = origins == nil ? [sample] : placesByOrigin[sample] ?? []
            for place in places where place < layout.shape.bands {
                items.append(GDALMetadata.Item(entry.name, value, sample: place, role: role, domain: domain))
            }
        }
        let colors = model.arrangement.colors
        for band in 0..<layout.shape.bands { items += self.items(of: band, colors) }
        directory[GDALMetadata.itemsTag] = items.isEmpty ? nil : GDALMetadata.value(items)
    }

    /// What there is to say of a band; `colors` are the bands of the model's colors, which are asked for once.
    private func items(of band: Int, _ colors: [Int]) -> [GDALMetadata.Item] {
        var items: [GDALMetadata.Item] = []
        func add(_ name: String, _ value: String?, role: String? = nil, domain: String? = nil) {
            guard let value else { return }
            items.append(GDALMetadata.Item(name, value, sample: band, role: role, domain: domain))
        }
        let details = model.details[band]
        // What the tags have no words for: colors in another order, or without the others.
        if photometric == 1, colors != [band] || band > 0 {
            add("COLORINTERP", Self.interpretation(model.bands[band]), role: "colorinterp")
        }
        add("DESCRIPTION", details?.name, role: "description")
        add("OFFSET", details?.offset.map { "\($0)" }, role: "offset")
        add("SCALE", details?.scale.map { "\($0)" }, role: "scale")
        add("UNITTYPE", details?.unit, role: "unittype")
        add("CENTRAL_WAVELENGTH_UM", details?.wavelength.map { "\($0 / 1000)" }, domain: "IMAGERY")
        return items
    }

    /// GDAL's name of a meaning that ExtraSamples cannot say.
    private static func interpretation(_ meaning: ColorModel.Meaning) -> String? {
        switch meaning {
        case .red: "Red"
        case .green: "Green"
        case .blue: "Blue"
        case .cyan: "Cyan"
        case .magenta: "Magenta"
        case .yellow: "Yellow"
        case .black: "Black"
        case .gray: "Gray"
        case .alpha, .premultipliedAlpha: "Alpha"
        default: nil
        }
    }
}
