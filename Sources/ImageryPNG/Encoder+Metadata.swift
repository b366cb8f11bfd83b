// Metadata entries back to chunks, in the order of clause 5.6 (PNG 3rd edition, Table 5.3; S64).

import ImageryBase
import ImageryDeflate

/// Makes the chunks of a file's metadata.
struct MetadataWriter {
    private let header: ImageHeader
    private let entries: [Metadata.Entry]
    private let level: Int
    /// What the metadata says of the image it was read from.
    private let isOfOtherColor: Bool
    private let isOfOtherDepth: Bool

    /// Computed anew, or about frames that are not written (S64: structural). The group EXIF, whose name is that of a critical
    /// chunk, is not written either: eXIf is.
    private static let structural: Set<ChunkType> = [.ihdr, .idat, .iend, .actl, .fctl, .fdat, .cgbi]
    /// Describe samples of one color type.
    private static let boundToColor: Set<ChunkType> = [.plte, .trns, .bkgd, .sbit, .hist]
    /// Hold sample values of one depth.
    private static let boundToDepth: Set<ChunkType> = [.trns, .bkgd, .sbit]
    /// Come before PLTE; all others follow it (Table 5.3).
    private static let beforePalette: Set<ChunkType> = [.chrm, .gama, .iccp, .sbit, .srgb, .cicp, .mdcv, .clli]
    /// May occur more than once, as unknown chunks may.
    private static let repeatable: Set<ChunkType> = [.splt, .text, .ztxt, .itxt]
    private static let once: Set<ChunkType> = beforePalette.union([.plte, .trns, .bkgd, .hist, .phys, .time, .exif])

    init(_ header: ImageHeader, _ options: PNGEncoder.Options) throws(ImageryError) {
        self.header = header
        level = options.level
        let metadata = options.metadata
        if let schema = metadata?.schema, schema != .png {
            entries = []
        } else {
            entries = metadata?.entries ?? []
        }
        let color = metadata?["IHDR"]?["ColorType"]?.int
        let depth = metadata?["IHDR"]?["BitDepth"]?.int
        isOfOtherColor = color.map { $0 != Int(header.colorType.rawValue) } ?? false
        isOfOtherDepth = depth.map { $0 != header.bitDepth } ?? false
    }

    /// Whole chunks, those before PLTE first.
    func chunks() throws(ImageryError) -> [[UInt8]] {
        var before: [[UInt8]] = []
        var palette: [[UInt8]] = []
        var after: [[UInt8]] = []
        var seen: Set<ChunkType> = []
        for entry in entries {
            guard let type = ChunkType(entry.name) else {
                throw ImageryError(.misuse, "PNG metadata", "\"\(entry.name)\" is no chunk type: four letters are needed")
            }
            guard isWritten(type), !Self.once.contains(type) || seen.insert(type).inserted else { continue }
            let data = try data(type, entry.value)
            guard data.count <= Chunk.maximumLength else { throw misfit(type, "is over 2^31 - 1 bytes long") }
            let chunk = Chunk.serialised(type, data)
            if type == .plte {
                palette.append(chunk)
            } else if Self.beforePalette.contains(type) {
                before.append(chunk)
            } else {
                after.append(chunk)
            }
        }
        return before + palette + after
    }

    /// What describes samples of another kind is left out, as are unknown chunks that clause 14.2 forbids to copy beside changed
    /// data.
    private func isWritten(_ type: ChunkType) -> Bool {
        if Self.structural.contains(type) { return false }
        if Self.once.contains(type) || Self.repeatable.contains(type) {
            return !(isOfOtherColor && Self.boundToColor.contains(type)) && !(isOfOtherDepth && Self.boundToDepth.contains(type))
        }
        return !type.isCritical && type.isSafeToCopy
    }

    private func misfit(_ type: ChunkType, _ message: String) -> ImageryError {
        ImageryError(.misuse, "PNG \(type.name)", message)
    }

    private func data(_ type: ChunkType, _ value: Value) throws(ImageryError) -> [UInt8] {
        guard let group = value.group else { return try plainData(type, value) }
        if let fields = type.fields(header.colorType) {
            guard let data = ChunkType.data(fields, group) else {
                throw misfit(type, "needs the fields \(fields.map(\.name).joined(separator: ", ")), each within its size")
            }
            return type == .trns || type == .bkgd ? masked(data) : data
        }
        switch type {
        case .text: return try latin(type, group, "Keyword", limit: 79) + [0] + latin(type, group, "Text")
        case .ztxt: return try latin(type, group, "Keyword", limit: 79) + [0, 0] + deflated(latin(type, group, "Text"))
        case .iccp:
            guard let profile = group["Profile"]?.bytes else { throw misfit(type, "needs the field Profile") }
            return try latin(type, group, "ProfileName", limit: 79) + [0, 0] + deflated(profile)
        case .itxt: return try internationalText(group)
        case .splt: return try suggestedPalette(group)
        default: throw misfit(type, "a group cannot be written as this chunk; bytes can")
        }
    }

    /// A value of bytes or numbers.
    private func plainData(_ type: ChunkType, _ value: Value) throws(ImageryError) -> [UInt8] {
        guard value.list == nil else { throw misfit(type, "a list cannot be written as a chunk") }
        let bytes = value.bytes
        switch type {
        case .plte:
            guard header.colorType != .gray, header.colorType != .grayAlpha else {
                throw misfit(type, "a grayscale image cannot have a palette")
            }
            guard !bytes.isEmpty, bytes.count % 3 == 0,
                bytes.count / 3 <= (header.colorType == .palette ? 1 << header.bitDepth : 256)
            else {
                throw misfit(type, "\(bytes.count) bytes are not entries of 3 bytes that \(header.bitDepth) bits can number")
            }
            return bytes
        case .trns:
            let entries = Metadata(schema: .png, entries: self.entries)["PLTE"]?.bytes.count ?? 0
            guard header.colorType == .palette, !bytes.isEmpty, bytes.count <= entries / 3 else {
                throw misfit(type, "\(bytes.count) bytes of transparency need a palette of as many entries")
            }
            return bytes
        case .hist: return swapped(bytes)
        default: return bytes
        }
    }

    /// Only as many low bits of a sample value count as the image has (11.3.1.1); encoders set the others to 0.
    private func masked(_ data: [UInt8]) -> [UInt8] {
        guard header.bitDepth < 16, header.colorType != .palette else { return data }
        return data.enumerated().map { $0 % 2 == 0 ? 0 : $1 & UInt8(truncatingIfNeeded: (1 << header.bitDepth) - 1) }
    }

    private func latin(_ type: ChunkType, _ group: Metadata, _ name: String, limit: Int? = nil) throws(ImageryError) -> [UInt8] {
        guard let text = group[name]?.text, let bytes = latinBytes(text) else {
            throw misfit(type, "\(name) must be text of Latin-1 characters; iTXt takes all others")
        }
        if let limit, bytes.isEmpty || bytes.count > limit { throw misfit(type, "\(name) must have 1 to \(limit) characters") }
        return bytes
    }

    private func internationalText(_ group: Metadata) throws(ImageryError) -> [UInt8] {
        let isCompressed = group["CompressionFlag"]?.int == 1
        let language = try group["LanguageTag"] == nil ? [] : latin(.itxt, group, "LanguageTag")
        let translated = group["TranslatedKeyword"]?.bytes ?? []
        guard let text = group["Text"]?.bytes, !translated.contains(0) else {
            throw misfit(.itxt, "needs the field Text, and no NUL in TranslatedKeyword")
        }
        return try latin(.itxt, group, "Keyword", limit: 79) + [0, isCompressed ? 1 : 0, 0] + language + [0] + translated + [0]
            + (isCompressed ? deflated(text) : text)
    }

    private func suggestedPalette(_ group: Metadata) throws(ImageryError) -> [UInt8] {
        guard let numbers = group["Entries"]?.ints, numbers.count % 5 == 0, let depth = group["SampleDepth"]?.int,
            depth == 8 || depth == 16
        else {
            throw misfit(.splt, "needs SampleDepth (8 or 16) and Entries of five numbers each")
        }
        var data = try latin(.splt, group, "PaletteName", limit: 79) + [0, UInt8(depth)]
        for (index, number) in numbers.enumerated() {
            let isByte = depth == 8 && index % 5 != 4
            guard number >= 0, number < (isByte ? 256 : 65536) else { throw misfit(.splt, "the entry \(number) does not fit") }
            data += bigEndian(UInt32(number)).suffix(isByte ? 1 : 2)
        }
        return data
    }

    private func deflated(_ bytes: [UInt8]) throws(ImageryError) -> [UInt8] {
        do throws(DeflateFailure) {
            return try unsafe Deflater.compress(bytes.span.bytes, format: .zlib, level: DeflateLevel(level))
        } catch {
            throw ImageryError(limit: .memory, "PNG metadata", "the compressor could not go on: \(error)")
        }
    }
}
