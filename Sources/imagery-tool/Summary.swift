import Imagery

/// What a person wants to know of a file first.
struct Summary {
    private let dataset: Dataset
    private let assets: [Asset]

    init(_ dataset: Dataset, _ assets: [Asset]) throws {
        self.dataset = dataset
        self.assets = assets
    }

    /// The headings of a table of files.
    static let columns = ["FILE", "FORMAT", "SIZE", "BANDS", "TYPE", "COMPRESSION", "PLACE"]

    /// The row of the file, about its first image.
    func row(_ name: String) throws -> [String] {
        guard let image = try? dataset.image(assets.count == 1 ? assets[0].key : nil) else {
            return [name, Self.formatName(dataset), "-", "-", "-", "-", "-"]
        }
        let shape = image.layout.shape
        return [
            name, Self.formatName(dataset), "\(shape.columns) × \(shape.rows)", "\(shape.bands)", image.layout.pixelType.rawValue,
            image.compressionName ?? "-", image.georeference.map { $0.crs ?? "yes" } ?? "-",
        ]
    }

    /// The file line by line.
    func lines(_ name: String, _ style: Style) throws -> [String] {
        var lines = [style.strong(name) + "  " + Self.formatName(dataset)]
        func add(_ label: String, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            lines.append("  " + style.label(label) + String(repeating: " ", count: max(1, 16 - label.count)) + text)
        }
        let isNITF = dataset.metadata.schema == .nitf
        if isNITF {
            add("title", dataset.metadata["FTITLE"]?.trimmed)
            add("classification", Self.classification(dataset.metadata))
            if !assets.contains(where: { $0.type == .image }) { add("time", Self.time(dataset.metadata)) }
        }
        // An overview and a mask are told with their image.
        let images = assets.filter { $0.type == .image }
        let main = images.filter { $0.key.imagePlace.map { $0.level == 0 && !$0.isMask } ?? true }
        for asset in main.isEmpty ? images : main {
            guard let image = asset.image else { continue }
            if images.count > 1 || assets.count > 1 { lines.append(style.strong("  \(asset.key)")) }
            add("title", asset.title)
            add("size", size(image))
            add("bands", bands(image))
            add("type", type(image))
            add("compression", compression(image))
            add("levels", levels(image))
            add("no data", image.layout.padValue.map { "\($0)" })
            for (label, text) in place(image) { add(label, text) }
            add("time", Self.time(image.metadata))
            let classification = Self.classification(image.metadata)
            if !isNITF || classification != Self.classification(dataset.metadata) { add("classification", classification) }
            add("inside", inside(asset))
        }
        let others = assets.filter { $0.type != .image }
        if !others.isEmpty {
            lines.append(style.strong("  also"))
            for asset in others {
                add(
                    asset.key.description,
                    [asset.title, asset.mediaType, "\(asset.byteCount) bytes"].filter { !$0.isEmpty }.joined(separator: ", "))
            }
        }
        if isNITF { add("extensions", dataset.metadata.extensionNames.joined(separator: ", ")) }
        return lines
    }

    // MARK: Parts

    private static func formatName(_ dataset: Dataset) -> String {
        switch dataset.format {
        case .nitf: "NITF 2.1"
        case .nitf20: "NITF 2.0"
        case .nsif: "NSIF 1.0"
        case .tiff: dataset.images.contains { $0.georeference?.crs != nil } ? "GeoTIFF" : "TIFF"
        case .png: "PNG"
        case .jpeg: "JPEG"
        case .jpeg2000: dataset.images.first?.mediaType == "image/jp2" ? "JP2" : "JPEG 2000"
        case .dted: "DTED"
        }
    }

    private func size(_ image: ImageAsset) -> String {
        let shape = image.layout.shape
        return "\(shape.columns) × \(shape.rows) pixels"
    }

    private func bands(_ image: ImageAsset) -> String {
        let count = image.layout.shape.bands
        let names = image.bandNames
        guard !names.isEmpty else { return "\(count)" }
        return names.count <= 12
            ? "\(count): \(names.joined(separator: ", "))" : "\(count): \(names.prefix(10).joined(separator: ", ")), ..."
    }

    private func type(_ image: ImageAsset) -> String {
        let layout = image.layout
        var text = layout.pixelType.rawValue
        if layout.bitsPerPixel != layout.pixelType.byteCount * 8 { text += ", \(layout.bitsPerPixel) bits stored" }
        if layout.actualBitsPerPixel != layout.bitsPerPixel { text += ", \(layout.actualBitsPerPixel) of them used" }
        return text
    }

    private func compression(_ image: ImageAsset) -> String? {
        let layout = image.layout
        guard layout.gridRows * layout.gridColumns > 1 else { return image.compressionName }
        let blocks =
            layout.blockWidth >= layout.shape.columns
            ? "strips of \(layout.blockHeight) rows" : "blocks of \(layout.blockWidth) × \(layout.blockHeight)"
        return [image.compressionName, blocks].compactMap(\.self).joined(separator: ", ")
    }

    private func levels(_ image: ImageAsset) -> String? {
        // Levels of a pyramid of files may be missing; sizes that are halved more often than this do not exist.
        let page = image.key.imagePlace?.page ?? 0
        let keys = image.key.imagePlace?.level == 0 ? (1...62).map { AssetKey.overview($0, of: page) } : []
        let overviews = keys.filter(dataset.contains).compactMap { try? dataset.image($0) }
        var parts: [String] = []
        let levels = image.statedResolutionLevels
        if levels > 1 { parts.append("\(levels) resolution levels") }
        if !overviews.isEmpty {
            let sizes = overviews.map { "\($0.layout.shape.columns) × \($0.layout.shape.rows)" }
            parts.append("overviews of \(sizes.joined(separator: ", "))")
        }
        if dataset.contains(image.key.mask) { parts.append("a transparency mask") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// The reference system, the corners in degrees, and what else leads to the ground.
    private func place(_ image: ImageAsset) -> [(label: String, text: String)] {
        guard let georeference = image.georeference else { return [] }
        var lines: [(label: String, text: String)] = []
        if let crs = georeference.crs { lines.append(("reference", crs)) }
        let shape = image.layout.shape
        let (right, bottom) = (Double(shape.columns), Double(shape.rows))
        if let model = try? image.groundModel() {
            for (label, x, y) in [
                ("upper left", 0, 0), ("upper right", right, 0), ("lower right", right, bottom), ("lower left", 0, bottom),
            ] {
                guard let ground = try? model.ground(x: x, y: y) else { continue }
                lines.append((label, "\(Self.degrees(ground.latitude, "N", "S")) \(Self.degrees(ground.longitude, "E", "W"))"))
            }
        } else if let affine = georeference.affine {
            for (label, x, y) in [("upper left", 0, 0), ("lower right", right, bottom)] {
                let ground = affine.ground(column: x, row: y)
                lines.append((label, "x \(decimal(ground.x, 6)), y \(decimal(ground.y, 6))"))
            }
        }
        if let affine = georeference.affine, affine.xPerRow == 0, affine.yPerColumn == 0 {
            lines.append(("pixel", "\(brief(abs(affine.xPerColumn))) × \(brief(abs(affine.yPerRow)))"))
        }
        var others: [String] = []
        if georeference.rationalPolynomial != nil { others.append("RPC") }
        if !georeference.controlPoints.isEmpty { others.append("\(georeference.controlPoints.count) control points") }
        if !others.isEmpty { lines.append(("model", others.joined(separator: ", "))) }
        return lines
    }

    private static func degrees(_ angle: Double, _ positive: String, _ negative: String) -> String {
        "\(decimal(abs(angle), 6))°\(angle < 0 ? negative : positive)"
    }

    /// When the picture was made, else when the file was; of NITF also what is known of a time in part.
    private static func time(_ metadata: Metadata) -> String? {
        if let time = metadata.recordedTime { return time.replacing("T", with: " ") }
        let digits = metadata["IDATIM"]?.trimmed ?? metadata["FDT"]?.trimmed ?? ""
        return digits.contains(where: \.isNumber) ? digits : nil
    }

    /// FSCLAS and ISCLAS (MIL-STD-2500C Tables A-1 and A-3), and SECURITY_CODE of DTED's DSI.
    private static func classification(_ metadata: Metadata) -> String? {
        let code = (metadata["FSCLAS"] ?? metadata["ISCLAS"] ?? metadata["DSI"]?["security_code"])?.trimmed
        switch code {
        case "U": return "unclassified"
        case "R": return "restricted"
        case "C": return "confidential"
        case "S": return "secret"
        case "T": return "top secret"
        default: return code
        }
    }

    /// Profiles, documents and extensions of an asset.
    private func inside(_ asset: Asset) -> String? {
        var parts = asset.parts.map(\.name)
        if asset.metadata.schema == .nitf { parts += asset.metadata.extensionNames }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Metadata {
    /// The names of an NITF header's extensions, once each.
    fileprivate var extensionNames: [String] {
        var names: [String] = []
        // FBKGC is a field of three bytes, not an extension.
        for entry in entries where !names.contains(entry.name) && entry.name != "FBKGC" {
            switch entry.value.content {
            case .group, .record, .field(.undefined, _): names.append(entry.name)
            default: break
            }
        }
        return names
    }
}

extension ImageAsset {
    /// How the samples are compressed, in words; nil where the format says nothing.
    fileprivate var compressionName: String? {
        let metadata = metadata
        switch metadata.schema {
        case .nitf: return metadata["IC"]?.trimmed.map { code in Self.nitfNames[code].map { "\($0) (\(code))" } ?? code }
        case .tiff: return metadata["259"]?.int.map { Self.tiffNames[$0] ?? "compression \($0)" }
        case .png: return "Deflate"
        case .jpeg: return metadata["SOF"]?["Process"]?.text.map { "JPEG \($0)" } ?? "JPEG"
        case .jpeg2000: return metadata["Ccap15"] == nil ? "JPEG 2000" : "HTJ2K"
        case .dted: return "none"
        case nil: return nil
        }
    }

    /// IC (MIL-STD-2500C Table A-3).
    private static let nitfNames = [
        "NC": "none", "NM": "none", "C1": "fax", "M1": "fax", "C3": "JPEG", "M3": "JPEG", "C4": "vector quantization",
        "M4": "vector quantization", "C5": "lossless JPEG", "M5": "lossless JPEG", "C8": "JPEG 2000", "M8": "JPEG 2000",
        "I1": "downsampled JPEG", "CD": "HTJ2K", "MD": "HTJ2K",
    ]

    /// Compression (TIFF 6.0 and the registrations after it).
    private static let tiffNames = [
        1: "none", 2: "fax (CCITT RLE)", 3: "fax (group 3)", 4: "fax (group 4)", 5: "LZW", 6: "JPEG (old style)", 7: "JPEG",
        8: "Deflate", 32_773: "PackBits", 32_946: "Deflate", 33_003: "JPEG 2000", 33_005: "JPEG 2000", 34_712: "JPEG 2000",
        34_887: "LERC", 34_925: "LZMA",
        50_000: "Zstandard", 50_001: "WebP",
    ]

    /// What each band is, where the file says it.
    fileprivate var bandNames: [String] {
        let model = colorModel
        guard !model.isUndefined || !model.details.isEmpty else { return [] }
        return model.bands.enumerated().map { band, meaning in
            let details = model.details[band]
            var words = [details?.name ?? Self.words(meaning)]
            if let wavelength = details?.wavelength { words.append("\(brief(wavelength)) nm") }
            if let unit = details?.unit { words.append(unit) }
            return words.joined(separator: " ")
        }
    }

    private static func words(_ meaning: ColorModel.Meaning) -> String {
        switch meaning {
        case .undefined: "-"
        case .inverseGray: "gray (0 is white)"
        case .luma: "Y"
        case .blueDifference: "Cb"
        case .redDifference: "Cr"
        case .lightness: "L*"
        case .greenToRed: "a*"
        case .blueToYellow: "b*"
        case .paletteIndex: "palette"
        case .premultipliedAlpha: "alpha (premultiplied)"
        default: meaning.rawValue
        }
    }
}
