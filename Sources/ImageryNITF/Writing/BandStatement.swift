// What the samples mean, in the words of NITF (MIL-STD-2500C Table A-3: IREP, IREPBAND, ISUBCAT, LUTD).

import ImageryBase
import ImageryPlumbing

/// An image as a segment can hold it, and the fields that say what its bands are.
struct BandStatement {
    /// The pixels that are written.
    let source: PixelSource
    /// IREP; nil where nothing is known of the samples, or the copied fields say the same, so that these count.
    private(set) var representation: String?
    /// IREPBAND of each band.
    private(set) var names: [String] = []
    /// ISUBCAT of each band, empty for none.
    private(set) var subcategories: [String] = []
    /// LUTD: of a palette the tables of red, green and blue.
    private(set) var tables: [[UInt8]] = []

    /// `isStream`: blocks become JPEG streams, which hold one band or red, green and blue; `isLossy`: samples may change a little.
    init(
        _ source: PixelSource, _ metadata: Metadata?, isStream: Bool, isLossy: Bool, _ asset: AssetKey, _ notes: WriteNotes
    ) throws(ImageryError) {
        let source = source.fillingOpacity()
        let model = source.colorModel
        for (field, isThere, help) in [
            ("ICC profile", model.profile != nil, ""),
            ("orientation", model.orientation != .upright, ": --upright turns the image"),
            ("transparent color", model.transparentColor != nil, ""),
        ] where isThere {
            try notes.add(WriteNote(asset, field, .dropped, "NITF has no place for it\(help)"))
        }
        guard !model.isUndefined, !Self.says(metadata, model) || isLossy && model.arrangement.space == .palette else {
            self.source = source
            return
        }
        var converted = source
        let plan = model.arrangement
        let isPalette = plan.space == .palette && !isLossy && Self.palette(source) != nil
        switch plan.space {
        case .palette where isPalette:
            for band in plan.others {
                try notes.add(
                    WriteNote(asset, "band \(band)", .dropped, "\(source.name(of: band)) has no place beside a look-up table"))
            }
            if plan.alpha != nil {
                try notes.add(WriteNote(asset, "alpha", .dropped, "opacity has no place beside a look-up table"))
            }
            converted = source.selecting(plan.colors)
        case .cmyk, .lab, .yCbCr, .palette, .inverseGray:
            converted = try source.picture(for: asset, in: "NITF", hasAlpha: !isStream, notes: notes)
        case .rgb where isStream && model.bands.count != 3:
            converted = try source.picture(for: asset, in: "JPEG in NITF", hasAlpha: false, notes: notes)
        case .gray, .rgb, .none: break
        }
        self.source = converted
        try state(isPalette: isPalette, asset, notes)
    }

    private mutating func state(isPalette: Bool, _ asset: AssetKey, _ notes: WriteNotes) throws(ImageryError) {
        let model = source.colorModel
        let type = source.layout.pixelType
        if isPalette, let table = Self.palette(source) {
            (representation, names, tables) = ("RGB/LUT", ["LU"], table)
            if model.lookupTable?.isEightBit == false {
                try notes.add(WriteNote(asset, "palette", .changed, "its colors have 16 bits, in NITF eight"))
            }
            if model.lookupTable?.alpha != nil || model.lookupTable?.channels.contains(where: { $0.meaning.isAlpha }) == true {
                try notes.add(WriteNote(asset, "alpha", .dropped, "the colors of a look-up table have none in NITF"))
            }
        } else if model.bands == [.gray] {
            (representation, names) = ("MONO", ["M"])
        } else if model.bands == ColorModel.rgb.bands, type == .uint8 || type == .uint16 {
            (representation, names) = ("RGB", ["R", "G", "B"])
        } else {
            representation = model.bands.count == 1 ? "MONO" : "MULTI"
            // A gray band among others is one of several: only with opacity it is the picture.
            let isPicture = model.arrangement.others.isEmpty
            names = model.bands.map { meaning in
                switch meaning {
                case .red: "R"
                case .green: "G"
                case .blue: "B"
                case .gray: isPicture ? "M" : ""
                default: ""
                }
            }
            if model.bands.count == 1 { names = ["M"] }
            for (band, meaning) in model.bands.enumerated() where meaning.isAlpha {
                try notes.add(
                    WriteNote(asset, "alpha", .changed, "band \(band) is there, but NITF cannot say that it is opacity"))
            }
        }
        try setSubcategories(asset, notes)
    }

    /// ISUBCAT: the wavelength in nanometres, else a short name.
    private mutating func setSubcategories(_ asset: AssetKey, _ notes: WriteNotes) throws(ImageryError) {
        let model = source.colorModel
        subcategories = [String](repeating: "", count: model.bands.count)
        for band in model.bands.indices {
            guard let details = model.details[band] else { continue }
            if let wavelength = details.wavelength {
                if wavelength >= 0.001, wavelength < 999_999 {
                    let text = Int(exactly: wavelength).map { "\($0)" } ?? "\(wavelength)"
                    subcategories[band] = String(text.prefix(6))
                } else {
                    let way = "ISUBCAT has 6 characters for nanometres, and \(wavelength) does not fit them"
                    try notes.add(WriteNote(asset, "wavelength", .dropped, way))
                }
            }
            if let name = details.name, !name.isEmpty {
                let isFit = name.utf8.count <= 6 && name.utf8.allSatisfy { (0x20...0x7e).contains($0) }
                if isFit, subcategories[band].isEmpty {
                    subcategories[band] = name
                } else {
                    try notes.add(WriteNote(asset, "band name", .dropped, "\"\(name)\" of band \(band) does not fit ISUBCAT"))
                }
            }
            for (field, isThere) in [
                ("scale", details.scale != nil || details.offset != nil), ("unit", details.unit != nil && details.unit != "m"),
            ] where isThere {
                try notes.add(WriteNote(asset, field, .dropped, "NITF has no place for that of band \(band)"))
            }
        }
    }

    /// The tables of red, green and blue of numbers of up to eight bits; nil where a band cannot have them.
    private static func palette(_ source: PixelSource) -> [[UInt8]]? {
        guard source.layout.pixelType == .uint8, let table = source.colorModel.lookupTable, var colors = table.palette,
            let last = colors.last, colors.count <= 256
        else { return nil }
        if table.repeatsLastValue { while colors.count < 1 << min(8, source.layout.bitsPerPixel) { colors.append(last) } }
        return [colors.map(\.red), colors.map(\.green), colors.map(\.blue)]
    }

    /// True when the fields of metadata say of bands what the model does.
    private static func says(_ metadata: Metadata?, _ model: ColorModel) -> Bool {
        guard let metadata, metadata.schema == .nitf, let representation = metadata["IREP"]?.trimmed,
            let bands = metadata["BAND_INFO"]?.list, bands.count == model.bands.count
        else { return false }
        let fields = ColorFields(representation: representation, compression: metadata["IC"]?.trimmed ?? "", bands: bands)
        return fields.model().bands == model.bands
    }
}
