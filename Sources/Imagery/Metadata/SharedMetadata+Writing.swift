// To the words of each format.

import ImageryBase
import ImageryTags

extension SharedMetadata {
    /// The same in the words of a format, and what has no place there.
    func metadata(for format: Format) -> (metadata: Metadata, lost: [String]) {
        switch format {
        case .tiff: (tiff, [])
        case .png: png
        case .jpeg: jpeg
        case .jpeg2000: jpeg2000
        case .nitf, .nitf20, .nsif, .dted: (Metadata(schema: nil), lost)
        }
    }

    /// What a format without words for any of it loses.
    private var lost: [String] {
        var fields: [String] = []
        if hasExif { fields.append("EXIF") }
        if packet != nil { fields.append("XMP") }
        for text in notable where !fields.contains("text \(text.keyword)") { fields.append("text \(text.keyword)") }
        if resolution != nil { fields.append("resolution") }
        return fields
    }

    /// A rational number of TIFF near to a positive one.
    private static func rational(_ number: Double) -> Value {
        var denominator = 1.0
        while denominator < 1e6, abs((number * denominator).rounded() - number * denominator) > 1e-9 * number,
            number * denominator * 10 < 4e9
        {
            denominator *= 10
        }
        let numerator = Int(min(4_294_967_295, (number * denominator).rounded()))
        let bytes = [numerator, Int(denominator)].flatMap { part in (0..<4).map { UInt8(truncatingIfNeeded: part >> (8 * $0)) } }
        return Value(.rational, littleEndian: bytes)
    }

    private static func ascii(_ text: String) -> Value { Value(.ascii, littleEndian: Array(text.utf8) + [0]) }

    /// XResolution, YResolution, ResolutionUnit: pixels a centimetre, or an inch where that is the rounder number.
    private var resolutionTags: [Metadata.Entry] {
        guard let resolution else { return [] }
        let inch = (resolution.across * 0.0254, resolution.down * 0.0254)
        func isWhole(_ number: Double) -> Bool { number >= 0.5 && abs(number - number.rounded()) < min(0.01, 1e-4 * number) }
        let isInch = isWhole(inch.0) && isWhole(inch.1)
        let both = isInch ? (inch.0.rounded(), inch.1.rounded()) : (resolution.across / 100, resolution.down / 100)
        return [
            Metadata.Entry("XResolution", code: 282, Self.rational(both.0)),
            Metadata.Entry("YResolution", code: 283, Self.rational(both.1)),
            Metadata.Entry("ResolutionUnit", code: 296, Value(isInch ? 2 : 3, .short)),
        ]
    }

    /// The tags, with those of texts that tags have a word for.
    private var allTags: [Metadata.Entry] {
        var result = tags.filter { $0.value.group == nil }
        for (keyword, tag) in Self.keywords where !result.contains(where: { $0.code == Int(tag) }) {
            guard let text = texts.first(where: { $0.keyword == keyword })?.text, let name = TagNames.name(tag) else { continue }
            result.append(Metadata.Entry(name, code: Int(tag), Self.ascii(text)))
        }
        return result + tags.filter { $0.value.group != nil }
    }

    /// Texts that no tag of EXIF says.
    private var otherTexts: [Text] {
        texts.filter { text in !Self.keywords.contains { $0.keyword == text.keyword } }
    }

    private var tiff: Metadata {
        var entries = allTags + resolutionTags
        if let packet { entries.append(Metadata.Entry("XMLPacket", code: 700, Value(.byte, littleEndian: packet))) }
        // GDAL keeps texts under names of their own there.
        let items = otherTexts.map { GDALMetadata.Item($0.keyword, $0.text) }
        if !items.isEmpty {
            entries.append(Metadata.Entry("GDAL_METADATA", code: Int(GDALMetadata.itemsTag), GDALMetadata.value(items)))
        }
        return Metadata(schema: .tiff, entries: entries)
    }

    private var png: (metadata: Metadata, lost: [String]) {
        var (entries, lost): ([Metadata.Entry], [String]) = ([], [])
        if let resolution, min(resolution.across, resolution.down) < 0.5 {
            lost.append("resolution")
        } else if let resolution {
            let numbers = [resolution.across, resolution.down].map { Int(min(2_147_483_647, $0.rounded())) }
            entries.append(
                Metadata.Entry(
                    "pHYs",
                    Value(group: [
                        Metadata.Entry("PixelsPerUnitX", Value(numbers[0], .long)),
                        Metadata.Entry("PixelsPerUnitY", Value(numbers[1], .long)),
                        Metadata.Entry("UnitSpecifier", Value(1, .byte)),
                    ])))
        }
        if hasExif {
            if let bytes = DirectoryWriter.exif(Metadata(schema: nil, entries: tags)) {
                entries.append(Metadata.Entry("eXIf", Value(bytes: bytes)))
                entries.append(Metadata.Entry("EXIF", Value(group: tags)))
            } else {
                lost.append("EXIF")
            }
        }
        for text in texts { entries.append(Self.chunk(text)) }
        if let packet {
            if let text = String(validating: packet, as: UTF8.self) {
                entries.append(Self.chunk(Text(keyword: Self.packetKeyword, text: text), isInternational: true))
            } else {
                lost.append("XMP")
            }
        }
        return (Metadata(schema: .png, entries: entries), lost)
    }

    /// tEXt, or iTXt for what is not Latin-1 (PNG 3rd edition, 11.3.3.4).
    private static func chunk(_ text: Text, isInternational: Bool = false) -> Metadata.Entry {
        let isLatin = !isInternational && TextEncoding.latin1.encode(text.text) != nil
        var fields = [Metadata.Entry("Keyword", Value(text: text.keyword))]
        if !isLatin { fields.append(Metadata.Entry("CompressionFlag", Value(0, .byte))) }
        fields.append(Metadata.Entry("Text", Value(text: text.text)))
        return Metadata.Entry(isLatin ? "tEXt" : "iTXt", Value(group: fields))
    }

    /// A text as a comment, with its keyword: that of a title is what reading looks for (``TitleComment``).
    private static func comment(_ text: Text) -> String {
        text.keyword == "Comment" ? text.text : "\(text.keyword): \(text.text)"
    }

    /// Bytes of a segment behind the name of XMP and of EXIF.
    private static let segmentRoom = 65_000

    private var jpeg: (metadata: Metadata, lost: [String]) {
        var (entries, lost): ([Metadata.Entry], [String]) = ([], [])
        if let resolution, min(resolution.across, resolution.down) * 0.0254 < 0.5 {
            lost.append("resolution")
        } else if let resolution {
            let isInch = resolution.across < 2_500_000 && resolution.down < 2_500_000
            let numbers = [resolution.across, resolution.down].map {
                Int(min(65_535, max(1, ($0 * (isInch ? 0.0254 : 0.01)).rounded())))
            }
            entries.append(
                Metadata.Entry(
                    "JFIF",
                    Value(group: [
                        Metadata.Entry("Units", Value(isInch ? 1 : 2, .byte)),
                        Metadata.Entry("XDensity", Value(numbers[0], .short)),
                        Metadata.Entry("YDensity", Value(numbers[1], .short)),
                    ])))
        }
        let all = allTags
        if !all.isEmpty {
            let bytes = DirectoryWriter.exif(Metadata(schema: nil, entries: all))
            if let bytes, bytes.count <= Self.segmentRoom {
                entries.append(Metadata.Entry("EXIF", Value(group: all)))
            } else {
                lost.append("EXIF")
            }
        }
        if let packet {
            if packet.count <= Self.segmentRoom {
                entries.append(Metadata.Entry("XMP", Value(.utf8, littleEndian: packet)))
            } else {
                lost.append("XMP")
            }
        }
        for text in otherTexts {
            let words = Self.comment(text)
            guard words.utf8.count <= Self.segmentRoom else {
                lost.append("text \(text.keyword)")
                continue
            }
            entries.append(Metadata.Entry("COM", Value(text: words)))
        }
        return (Metadata(schema: .jpeg, entries: entries), lost)
    }

    /// Bytes of the text of COM (T.800 A.9.2).
    private static let commentRoom = 65_531

    private var jpeg2000: (metadata: Metadata, lost: [String]) {
        var (entries, lost): ([Metadata.Entry], [String]) = ([], [])
        if let resolution {
            // Fractions over a power of ten that 16 bits hold.
            func fraction(_ number: Double) -> (numerator: Int, denominator: Int, exponent: Int) {
                var (value, exponent) = (number, 0)
                while value >= 65_535 { (value, exponent) = (value / 10, exponent + 1) }
                while value < 1 { (value, exponent) = (value * 10, exponent - 1) }
                var denominator = 1
                while denominator < 10_000, value * Double(denominator) * 10 < 65_535,
                    abs(value * Double(denominator) - (value * Double(denominator)).rounded()) > 1e-9
                {
                    denominator *= 10
                }
                return (Int((value * Double(denominator)).rounded()), denominator, exponent)
            }
            let (down, across) = (fraction(resolution.down), fraction(resolution.across))
            let fields = [
                ("VRN", down.numerator), ("VRD", down.denominator), ("HRN", across.numerator), ("HRD", across.denominator),
                ("VRE", down.exponent), ("HRE", across.exponent),
            ]
            entries.append(Metadata.Entry("resd", Value(group: fields.map { Metadata.Entry($0.0, Value($0.1)) })))
        }
        if hasExif { entries.append(Metadata.Entry("EXIF", Value(group: allTags))) }
        if let packet { entries.append(Metadata.Entry("XMP", Value(.utf8, littleEndian: packet))) }
        let words = hasExif ? otherTexts : texts
        for text in words where text.isNotable {
            let comment = Self.comment(text)
            guard let bytes = TextEncoding.latin1.encode(comment), bytes.count <= Self.commentRoom else {
                lost.append("text \(text.keyword)")
                continue
            }
            entries.append(Metadata.Entry("COM", Value(text: comment)))
        }
        return (Metadata(schema: .jpeg2000, entries: entries), lost)
    }
}
