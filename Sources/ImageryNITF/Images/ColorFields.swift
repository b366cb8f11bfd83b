// What the samples mean (MIL-STD-2500C Table A-3: IREP, IREPBAND, ISUBCAT, LUTD; NITF 2.0 has the same fields).

import ImageryBase
import ImageryPlumbing

extension NITFImage {
    /// ISUBCAT has the wavelengths of bands in nanometres; where it has not, BANDSB may.
    var colorModel: ColorModel {
        colors.value {
            var model = ColorFields(record, header).model()
            if let bandParameters, let view = NITFExtension.BANDSB(NITFExtension.value("BANDSB", bandParameters)) {
                for (band, wavelength) in view.nanometres.prefix(model.bands.count).enumerated()
                where model[detailsOf: band].wavelength == nil { model[detailsOf: band].wavelength = wavelength }
            }
            return model
        }
    }
}

/// Reads the color model of a subheader.
struct ColorFields {
    private let representation: String
    private let compression: String
    private let count: Int
    private let bands: [Value]

    init(_ record: FieldRecord, _ header: ImageSubheader) {
        representation = header.representation
        compression = header.compression
        count = header.bands
        bands = Metadata(schema: .nitf, entries: record.entries())["BAND_INFO"]?.list ?? []
    }

    /// The fields IREP, IC and BAND_INFO of metadata.
    init(representation: String, compression: String, bands: [Value]) {
        self.representation = representation
        self.compression = compression
        self.bands = bands
        count = bands.count
    }

    /// The model of the samples as they are read: YCbCr601 in JPEG streams has become RGB (S58).
    func model() -> ColorModel {
        var model = ColorModel.undefined(count)
        let isJPEG = ["C3", "M3", "I1"].contains(compression)
        switch (representation, count) {
        case ("MONO", 1): model.bands = [.gray]
        case ("RGB", 3): model.bands = named(ColorModel.rgb.bands)
        case ("RGB/LUT", 1): model.bands = [.paletteIndex]
        case ("YCbCr601", 3): model.bands = isJPEG ? ColorModel.rgb.bands : named(ColorModel.yCbCr.bands)
        case ("MULTI", _), ("NODISPLY", _), ("POLAR", _):
            for band in model.bands.indices { model.bands[band] = meaning(band) ?? .undefined }
        default: break
        }
        for (band, info) in bands.enumerated() where band < model.bands.count {
            guard let text = info["ISUBCAT"]?.trimmed, !text.isEmpty else { continue }
            // Of MS and HS images the wavelength of the band's centre in nanometres, else the band's name.
            if let wavelength = Double(text), wavelength > 0 {
                model[detailsOf: band].wavelength = wavelength
            } else {
                model[detailsOf: band].name = text
            }
        }
        model.lookupTable = table(model.bands)
        return model
    }

    /// The colors in the order of IREPBAND, where it has each of them; else in their usual one.
    private func named(_ usual: [ColorModel.Meaning]) -> [ColorModel.Meaning] {
        let found = (0..<usual.count).compactMap(meaning)
        return Set(found) == Set(usual) && found.count == usual.count ? found : usual
    }

    /// IREPBAND.
    private func meaning(_ band: Int) -> ColorModel.Meaning? {
        guard band < bands.count else { return nil }
        switch bands[band]["IREPBAND"]?.trimmed {
        case "M": return .gray
        case "R": return .red
        case "G": return .green
        case "B": return .blue
        case "LU": return .paletteIndex
        case "Y": return .luma
        case "Cb": return .blueDifference
        case "Cr": return .redDifference
        default: return nil
        }
    }

    /// LUTD of each band: with two tables a band the first has the upper eight bits, with three they are red, green and blue.
    private func table(_ meanings: [ColorModel.Meaning]) -> LookupTable? {
        var channels: [LookupTable.Channel] = []
        var isWide = false
        for (band, info) in bands.enumerated() where band < meanings.count {
            let tables = info["LUTD"].map { ($0.list ?? [$0]).map(\.bytes) } ?? []
            func add(_ values: [UInt16]?, _ meaning: ColorModel.Meaning) {
                channels.append(LookupTable.Channel(band: band, values: values, meaning: meaning))
            }
            // An entry of one table is brightness, unless the band is a color.
            let plain = meanings[band] == .paletteIndex ? ColorModel.Meaning.gray : meanings[band]
            switch tables.count {
            case 0: add(nil, meanings[band])
            case 2:
                isWide = true
                add(zip(tables[0], tables[1]).map { UInt16($0) << 8 | UInt16($1) }, plain)
            default:
                let colors: [ColorModel.Meaning] = tables.count == 3 ? [.red, .green, .blue] : [plain]
                for (place, table) in tables.enumerated() {
                    add(table.map { UInt16($0) }, place < colors.count ? colors[place] : .undefined)
                }
            }
        }
        guard channels.contains(where: { $0.values != nil }) else { return nil }
        return LookupTable(channels: channels, pixelType: isWide ? .uint16 : .uint8)
    }
}
