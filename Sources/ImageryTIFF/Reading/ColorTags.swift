// What the samples mean (TIFF 6.0 sections 3 to 8, 16, 18, 20 to 23; Technical Note 4; GDAL's items): tags to a color model.

import ImageryBase
import ImageryTags

/// Reads the color model of a directory.
struct ColorTags {
    let file: TagFile
    let directory: TagDirectory
    private let header: ImageHeader
    private let limits: Limits

    init(_ file: TagFile, _ directory: TagDirectory, _ header: ImageHeader, _ limits: Limits) {
        self.file = file
        self.directory = directory
        self.header = header
        self.limits = limits
    }

    private func value(_ tag: UInt16) -> Value? { file.value(tag, in: directory) }

    /// The model of the samples as they are read: YCbCr has become RGB (S58).
    func model() -> ColorModel {
        let count = header.samplesPerPixel
        let space = space()
        var model = ColorModel.undefined(count)
        if !space.isEmpty, space.count <= count {
            for (band, meaning) in space.enumerated() { model.bands[band] = meaning }
            setExtraSamples(&model, from: space.count)
        }
        setInks(&model)
        setItems(&model)
        setSignificantBits(&model)
        if model.bands.first == .paletteIndex { model.lookupTable = palette() }
        if header.photometric == 8 || header.photometric == 9 || header.photometric == 10 { model.lab = lab() }
        if let code = file.int(Tag.orientation, in: directory), let orientation = Orientation(rawValue: code) {
            model.orientation = orientation
        }
        if let entry = directory.entry(Tag.iccProfile), entry.byteCount <= limits.maxMetadataItemBytes {
            let file = file
            model.profile = ICCProfile { (try? file.value(entry))?.bytes }
        }
        return model
    }

    /// The colors of PhotometricInterpretation.
    private func space() -> [ColorModel.Meaning] {
        switch header.photometric {
        case 0: return [.inverseGray]
        case 1, 4: return [.gray]
        case 2: return [.red, .green, .blue]
        case 3: return palette() == nil ? [] : [.paletteIndex]
        // Section 16: InkSet 1 is CMYK, and the default.
        case 5: return file.int(Tag.inkSet, in: directory) ?? 1 == 1 ? [.cyan, .magenta, .yellow, .black] : []
        case 6: return [.red, .green, .blue]
        case 8, 9, 10: return header.samplesPerPixel == 1 ? [.gray] : [.lightness, .greenToRed, .blueToYellow]
        default: return []
        }
    }

    /// ExtraSamples (section 18): 1 is opacity that colors are multiplied with, 2 opacity, others are not said.
    private func setExtraSamples(_ model: inout ColorModel, from first: Int) {
        guard let kinds = value(Tag.extraSamples) else { return }
        for band in first..<model.bands.count {
            switch kinds.int(at: band - first) {
            case 1: model.bands[band] = .premultipliedAlpha
            case 2: model.bands[band] = .alpha
            default: break
            }
        }
    }

    /// InkNames (section 16): names of the inks, each ended by a NUL.
    private func setInks(_ model: inout ColorModel) {
        guard header.photometric == 5, file.int(Tag.inkSet, in: directory) == 2, let names = value(Tag.inkNames)?.bytes else {
            return
        }
        for (band, name) in names.split(separator: 0).enumerated() where band < model.bands.count {
            model[detailsOf: band].name = String(decoding: name, as: UTF8.self)
        }
    }

    /// GDAL_METADATA: what its driver says of bands beyond the tags.
    private func setItems(_ model: inout ColorModel) {
        guard let items = value(GDALMetadata.itemsTag).flatMap(GDALMetadata.items) else { return }
        for item in items {
            guard let text = item.value["value"]?.text, let band = item.value["sample"]?.int, band >= 0, band < model.bands.count
            else { continue }
            switch item.value["role"]?.text ?? item.name {
            case "colorinterp": setInterpretation(&model, band, text)
            case "description": model[detailsOf: band].name = text
            case "scale": model[detailsOf: band].scale = Double(text)
            case "offset": model[detailsOf: band].offset = Double(text)
            case "unittype": model[detailsOf: band].unit = text
            case "CENTRAL_WAVELENGTH_UM": model[detailsOf: band].wavelength = Double(text).map { $0 * 1000 }
            case "NBITS":
                if let bits = Int(text), (1..<header.bits).contains(bits) { model[detailsOf: band].significantBits = bits }
            default: break
            }
        }
    }

    /// A color interpretation in GDAL's words, of bands whose meaning the tags leave open.
    private func setInterpretation(_ model: inout ColorModel, _ band: Int, _ text: String) {
        let isPremultiplied = model.bands[band] == .premultipliedAlpha
        switch model.bands[band] {
        // The tags have said it already.
        case .inverseGray, .paletteIndex, .lightness, .greenToRed, .blueToYellow: return
        default: break
        }
        switch text.lowercased() {
        case "red": model.bands[band] = .red
        case "green": model.bands[band] = .green
        case "blue": model.bands[band] = .blue
        case "gray", "grey": model.bands[band] = .gray
        case "alpha": model.bands[band] = isPremultiplied ? .premultipliedAlpha : .alpha
        case "cyan": model.bands[band] = .cyan
        case "magenta": model.bands[band] = .magenta
        case "yellow": model.bands[band] = .yellow
        case "black": model.bands[band] = .black
        case "undefined": model.bands[band] = .undefined
        default: break
        }
    }

    /// MaxSampleValue (section 8) of all ones in fewer bits than are stored.
    private func setSignificantBits(_ model: inout ColorModel) {
        guard header.format == .unsigned, let largest = value(Tag.maxSampleValue) else { return }
        for band in model.bands.indices {
            guard let number = largest.int(at: min(band, largest.count - 1)), number > 0, number & (number + 1) == 0 else {
                continue
            }
            let bits = (number + 1).trailingZeroBitCount
            if bits < header.bits { model[detailsOf: band].significantBits = bits }
        }
    }

    /// ColorMap (section 5): all red values, then green and blue, 16 bits each.
    private func palette() -> LookupTable? {
        guard header.format == .unsigned || header.format == .void, header.bits <= 16, let values = value(Tag.colorMap)?.ints,
            values.count >= 3, values.count % 3 == 0
        else { return nil }
        let count = values.count / 3
        let meanings: [ColorModel.Meaning] = [.red, .green, .blue]
        return LookupTable(
            channels: meanings.enumerated().map { color, meaning in
                let own = values[color * count..<(color + 1) * count].map { UInt16(truncatingIfNeeded: $0) }
                return LookupTable.Channel(band: 0, values: own, meaning: meaning)
            }, pixelType: .uint16)
    }

    /// Section 23; Technical Note 4 (ICC's coding); RFC 3949 (ITULAB, whose default Decode is that of T.42).
    private func lab() -> LabCoding {
        let top = Double((1 as UInt64) << UInt64(min(32, header.bits))) - 1
        let steps = header.bits > 8 ? 256.0 : 1.0
        var coding: LabCoding
        switch header.photometric {
        case 8: coding = LabCoding(isSigned: true, ranges: [100, top / steps, top / steps], offsets: [0, 0, 0])
        case 9:
            coding = LabCoding(
                ranges: [header.bits > 8 ? 100 * top / 65_280 : 100, top / steps, top / steps],
                offsets: [0, 128 * steps / top, 128 * steps / top])
        default: coding = LabCoding(ranges: [100, 170, 200], offsets: [0, 0.5, 0.375])
        }
        // WhitePoint (section 20): x and y of CIE 1931.
        if let white = value(Tag.whitePoint)?.doubles, white.count == 2, white[0] > 0.1, white[1] > 0.1, white[0] + white[1] < 1 {
            coding.white = [white[0] / white[1], 1, (1 - white[0] - white[1]) / white[1]]
        }
        return coding
    }
}
