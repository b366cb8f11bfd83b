// From the words of each format.

import ImageryBase
import ImageryPlumbing
import ImageryTags

extension SharedMetadata {
    init(_ metadata: Metadata) {
        self.init()
        switch metadata.schema {
        case .tiff: readTags(metadata)
        case .png: readChunks(metadata)
        case .jpeg: readSegments(metadata)
        case .jpeg2000: readBoxes(metadata)
        case .nitf: readFields(metadata)
        case .dted: others.append(("accuracy", "what DSI and ACC say"))
        case nil: break
        }
    }

    /// Tags of an EXIF directory that tell of this file's pixels, or point into it: dimensions, thumbnails, orientation (which is the picture's, and
    /// stands in the color model), other directories.
    private static let ownTags: Set<Int> = [
        254, 255, 256, 257, 258, 259, 262, 273, 274, 277, 278, 279, 282, 283, 284, 296, 513, 514, 530, 531, 532, 34665, 34853,
        40965,
        40960, 40962, 40963, 37500,
    ]

    /// EXIF's directory; the maker's own notes, whose offsets point into the old file, stay behind.
    private mutating func readExif(_ group: Metadata) {
        for entry in group.entries {
            if let inner = entry.value.group {
                guard entry.name == "ExifIFD" || entry.name == "GPSIFD" else { continue }
                if inner.entries.contains(where: { $0.code == 37500 }) {
                    others.append(("maker note", "the maker's own part of EXIF"))
                }
                let kept = inner.entries.filter { !Self.ownTags.contains($0.code ?? -1) && $0.value.type != nil }
                if !kept.isEmpty { tags.append(Metadata.Entry(entry.name, Value(group: kept))) }
            } else if !Self.ownTags.contains(entry.code ?? -1), entry.value.type != nil {
                tags.append(entry)
            }
        }
    }

    private mutating func addTexts(ofTags metadata: Metadata) {
        for (keyword, tag) in Self.keywords {
            guard let text = metadata["\(tag)"]?.trimmed, !text.isEmpty, !texts.contains(where: { $0.keyword == keyword }) else {
                continue
            }
            texts.append(Text(keyword: keyword, text: text))
        }
    }

    // MARK: TIFF

    /// Descriptive tags of EXIF's first directory (EXIF 2.32, Table 3): ImageDescription, Make, Model, Software, DateTime, Artist, HostComputer,
    /// Copyright.
    private static let descriptive: Set<Int> = [270, 271, 272, 305, 306, 315, 316, 33432]
    /// Private tags that other words say: georeference, profile, no-data, GDAL's items, EXIF's and other directories.
    private static let known: Set<Int> = [
        33550, 33922, 34264, 34735, 34736, 34737, 34675, 42113, 50844, 33432, 34665, 34853, 40965, 42112, 50674, 34377, 33723,
        32995, 32996,
        32997, 32998, 33300, 33301, 34925, 37724, 33421, 33422,
    ]
    /// GDAL's items that the color model says.
    private static let roles: Set<String> = ["colorinterp", "description", "scale", "offset", "unittype"]

    private mutating func readTags(_ metadata: Metadata) {
        let kept = metadata.entries.filter { entry in
            entry.value.group != nil
                ? entry.name == "ExifIFD" || entry.name == "GPSIFD" : Self.descriptive.contains(entry.code ?? -1)
        }
        readExif(Metadata(schema: nil, entries: kept))
        packet = metadata["700"]?.bytes
        addTexts(ofTags: metadata)
        // Section 8, ResolutionUnit: 2 inch, 3 centimetre; 1 is the shape of a pixel only.
        let unit = metadata["296"]?.int ?? 2
        if unit == 2 || unit == 3 {
            resolution = Resolution(metadata["282"]?.double, metadata["283"]?.double, perMetre: unit == 2 ? 1 / 0.0254 : 100)
        }
        if metadata["33723"] != nil { others.append(("IPTC", "the tag 33723")) }
        if metadata["34377"] != nil { others.append(("Photoshop", "the tag 34377")) }
        let items = metadata["GDALMetadata"]?.group?.entries.filter { entry in
            let role = entry.value["role"]?.text ?? ""
            return !Self.roles.contains(role) && !["AREA_OR_POINT", "NBITS", "CENTRAL_WAVELENGTH_UM"].contains(entry.name)
        }
        if let items, !items.isEmpty {
            let names = items.prefix(3).map(\.name).joined(separator: ", ")
            others.append(("GDAL metadata", "what tag 42112 says (\(names)\(items.count > 3 ? ", ..." : ""))"))
        }
        for entry in metadata.entries {
            guard let code = entry.code, code >= 32_768, !Self.known.contains(code) else { continue }
            others.append(("tag \(code)", "what it says"))
        }
    }

    // MARK: PNG

    static let packetKeyword = "XML:com.adobe.xmp"
    /// Chunks whose contents the color model, the pixels or other fields say.
    private static let chunks: Set<String> = [
        "IHDR", "PLTE", "tRNS", "sBIT", "iCCP", "sRGB", "cICP", "eXIf", "EXIF", "tEXt", "zTXt", "iTXt", "pHYs", "tIME", "IDAT",
        "IEND",
    ]

    private mutating func readChunks(_ metadata: Metadata) {
        if let group = metadata["EXIF"]?.group { readExif(group) }
        let isManaged = ["iCCP", "sRGB", "cICP"].contains { metadata[$0] != nil }
        for entry in metadata.entries {
            switch entry.name {
            case "tEXt", "zTXt", "iTXt":
                guard let keyword = entry.value["Keyword"]?.text, let text = entry.value["Text"] else { continue }
                if keyword == Self.packetKeyword {
                    packet = text.bytes
                } else if let words = text.text {
                    texts.append(Text(keyword: keyword, text: words))
                }
            // Clause 4.3: they count where no better word is there.
            case "gAMA", "cHRM": if !isManaged { others.append((entry.name, "what the chunk says of its colors")) }
            case let name where !Self.chunks.contains(name): others.append(("chunk \(name)", "what it says"))
            default: break
            }
        }
        if let pixels = metadata["pHYs"], pixels["UnitSpecifier"]?.int == 1 {
            resolution = Resolution(pixels["PixelsPerUnitX"]?.double, pixels["PixelsPerUnitY"]?.double, perMetre: 1)
        }
        addTexts(ofTags: Metadata(schema: nil, entries: tags))
    }

    // MARK: JPEG

    private mutating func readSegments(_ metadata: Metadata) {
        if let group = metadata["EXIF"]?.group {
            readExif(group)
            addTexts(ofTags: group)
        }
        for entry in metadata.entries {
            switch entry.name {
            case "XMP": packet = entry.value.bytes
            case "XMPExtended": others.append(("XMP", "its extension of more than one segment"))
            case "COM": if let text = entry.value.text, !text.isEmpty { texts.append(Self.text(ofComment: text)) }
            case let name where name.hasPrefix("APP"): others.append((name, "what the segment says"))
            default: break
            }
        }
        if let density = metadata["JFIF"], let unit = density["Units"]?.int, unit == 1 || unit == 2 {
            resolution = Resolution(
                density["XDensity"]?.double, density["YDensity"]?.double, perMetre: unit == 1 ? 1 / 0.0254 : 100)
        }
    }

    /// A comment, or the title or description that it says.
    private static func text(ofComment comment: String) -> Text {
        for (kind, keyword) in [(TitleComment.title, "Title"), (.description, "Description")] {
            let text = kind.text(in: [comment])
            if !text.isEmpty { return Text(keyword: keyword, text: text) }
        }
        return Text(keyword: "Comment", text: comment)
    }

    // MARK: JPEG 2000

    private static let programs = [
        "Created by", "Kakadu", "Kdu-", "OpenJPH", "Grok", "Lavc", "LEADTOOLS", "JJ2000", "JasPer", "Version ",
    ]

    private mutating func readBoxes(_ metadata: Metadata) {
        if let group = metadata["EXIF"]?.group {
            readExif(group)
            addTexts(ofTags: group)
        }
        packet = metadata["XMP"]?.bytes
        for name in ["resc", "resd"] {
            guard resolution == nil, let box = metadata[name] else { continue }
            resolution = Resolution(Self.points(box, "H"), Self.points(box, "V"), perMetre: 1)
        }
        for entry in metadata.entries {
            switch entry.name {
            case "xml": others.append(("XML", "what the box says"))
            case "uuid": others.append(("UUID box", "what it says"))
            // The program that wrote the codestream says its name and its choices there.
            case "COM":
                guard let text = entry.value.text, !text.isEmpty, !Self.programs.contains(where: { text.contains($0) }) else {
                    continue
                }
                texts.append(Self.text(ofComment: text))
            default: break
            }
        }
    }

    /// I.5.3.7: a fraction and a power of ten.
    private static func points(_ box: Value, _ axis: String) -> Double? {
        guard let numerator = box["\(axis)RN"]?.double, let denominator = box["\(axis)RD"]?.double, denominator > 0,
            let exponent = box["\(axis)RE"]?.int, (-128...127).contains(exponent)
        else { return nil }
        let power = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
        return numerator / denominator * (exponent < 0 ? 1 / power : power)
    }

    // MARK: NITF

    /// Extensions that the georeference says, and those that describe the compression.
    private static let placing: Set<String> = [
        "RPC00A", "RPC00B", "BLOCKA", "ICHIPB", "GEOLOB", "MAPLOB", "GEOPSB", "PRJPSB", "J2KLRA",
    ]

    private mutating func readFields(_ metadata: Metadata) {
        var extensions: [String] = []
        for entry in metadata.entries {
            let isExtension: Bool
            switch entry.value.content {
            case .record: isExtension = true
            case .field(.undefined, _): isExtension = entry.name != "FBKGC"
            case .field, .group, .list: isExtension = false
            }
            if isExtension, !Self.placing.contains(entry.name), !extensions.contains(entry.name) { extensions.append(entry.name) }
        }
        if !extensions.isEmpty {
            let names = extensions.prefix(8).joined(separator: ", ")
            others.append(("extensions", "what \(names)\(extensions.count > 8 ? ", ..." : "") say"))
        }
        for (field, name) in [("FSCLAS", "security"), ("ISCLAS", "security"), ("TGTID", "target"), ("ISORCE", "source")] {
            guard let text = metadata[field]?.trimmed, !text.isEmpty, text != "U" || name != "security" else { continue }
            others.append((name, "what \(field) says (\(text.prefix(20)))"))
        }
        for comment in metadata["ICOM"]?.list ?? [] {
            guard let text = comment.trimmed ?? comment["ICOM"]?.trimmed, !text.isEmpty else { continue }
            texts.append(Text(keyword: "Comment", text: text))
        }
    }
}
