// What the samples mean, in boxes (T.800 I.5.3.3 to I.5.3.6): one colour space, channels, a palette.

import ImageryBase
import ImageryPlumbing

/// An image as a JP2 file can hold it, and the boxes that say what its components are.
struct ChannelBoxes {
    /// The pixels that are written.
    let source: PixelSource
    /// True when the first three components are red, green and blue, so that they are worth transforming together.
    let isRGB: Bool
    private let color: [UInt8]
    private let channels: [(type: Int, association: Int)]
    private let palette: LookupTable?

    /// Of an image whose codestream is without loss, unless `isLossy`. `metadata` are of the schema JPEG 2000.
    init(
        _ source: PixelSource, _ metadata: Metadata?, isLossy: Bool, _ asset: AssetKey, _ notes: WriteNotes
    ) throws(ImageryError) {
        var source = source
        let first = source.colorModel.arrangement
        if first.space == .palette, !isLossy, let table = Self.palette(source) {
            // Numbers stay numbers.
            for band in first.others {
                let name = source.name(of: band)
                try notes.add(WriteNote(asset, "band \(band)", .dropped, "\(name) has no place beside a palette"))
            }
            if first.alpha != nil {
                try notes.add(WriteNote(asset, "alpha", .dropped, "opacity has no place beside a palette"))
            }
            source = source.selecting(first.colors)
            self.source = source
            isRGB = false
            palette = table
            channels = table.channels.map(\.meaning).enumerated().map { place, meaning in
                meaning.isAlpha ? (1, 0) : (0, place + 1)
            }
            color = Self.enumerated(16)
            return
        }
        palette = nil
        let isStandard = source.colorModel.differences == ColorDifferences() && !source.colorModel.bands.isEmpty
        switch first.space {
        case .inverseGray, .cmyk, .lab, .palette:
            source = try source.picture(for: asset, in: "JP2", hasAlpha: true, notes: notes)
        case .yCbCr where !isStandard: source = try source.picture(for: asset, in: "JP2", hasAlpha: true, notes: notes)
        case .gray, .rgb, .yCbCr, .none: break
        }
        if source.colorModel.transparentColor != nil {
            try notes.add(WriteNote(asset, "transparent color", .dropped, "JPEG 2000 has no place for one"))
        }
        let model = source.colorModel
        let plan = model.arrangement
        let count = model.bands.count
        var definitions = [(type: Int, association: Int)](repeating: (65_535, 65_535), count: count)
        for (place, band) in plan.colors.enumerated() { definitions[band] = (0, place + 1) }
        if let alpha = plan.alpha { definitions[alpha] = (plan.isPremultiplied ? 2 : 1, 0) }
        // Bands of no color: a file must have a color space, and gray needs but one channel.
        if plan.colors.isEmpty, count > 0 { definitions[0] = (0, 1) }
        if count == 1, model.bands[0] != .undefined, plan.space == .none {
            try notes.add(WriteNote(asset, "colors", .changed, "\(model.bands[0].rawValue) is shown as gray"))
        }
        let isPlain = plan.others.isEmpty && plan.alpha == nil && plan.colors == Array(0..<count)
        channels = isPlain || count == 1 ? [] : definitions
        isRGB = plan.space == .rgb && plan.colors == [0, 1, 2]
        self.source = source
        color = try Self.color(model, plan, metadata, asset, notes)
    }

    private static func enumerated(_ code: Int) -> [UInt8] {
        [1, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: code >> (24 - 8 * $0)) }
    }

    /// The contents of colr.
    private static func color(
        _ model: ColorModel, _ plan: ColorArrangement, _ metadata: Metadata?, _ asset: AssetKey, _ notes: WriteNotes
    ) throws(ImageryError) -> [UInt8] {
        if let profile = model.profile?.bytes {
            if isRestricted(profile, plan) { return [2, 0, 0] + profile }
            try notes.add(
                WriteNote(
                    asset, "ICC profile", .dropped, "JP2 takes profiles of gray and of three-component matrices only (I.5.3.3)"))
        }
        try noteUnknown(metadata, asset, notes)
        switch plan.space {
        case .rgb: return enumerated(16)
        case .yCbCr: return enumerated(18)
        default: return enumerated(17)
        }
    }

    /// A color space that this library gives no meaning has no place in a JP2 file, which knows sRGB, gray, sYCC and restricted profiles.
    private static func noteUnknown(_ metadata: Metadata?, _ asset: AssetKey, _ notes: WriteNotes) throws(ImageryError) {
        let codes = metadata?.all("colr").compactMap { $0["EnumCS"]?.int } ?? []
        let methods = metadata?.all("colr").compactMap { $0["METH"]?.int } ?? []
        if let code = codes.first(where: { ![0, 1, 3, 4, 12, 14, 15, 16, 17, 18].contains($0) }) {
            try notes.add(WriteNote(asset, "color space", .dropped, "JP2 does not have the enumerated space \(code) (I.5.3.3)"))
        }
        if let method = methods.first(where: { $0 > 3 }) {
            try notes.add(WriteNote(asset, "color space", .dropped, "JP2 does not have the method \(method) (I.5.3.3)"))
        }
    }

    /// A profile of an input or display device, of gray or of a matrix of three components (I.5.3.3, METH 2).
    private static func isRestricted(_ profile: [UInt8], _ plan: ColorArrangement) -> Bool {
        let device = String(decoding: profile[12..<16], as: UTF8.self)
        let space = ICCProfile.colorSpace(of: profile)
        guard device == "scnr" || device == "mntr", space == "GRAY" && plan.space == .gray || space == "RGB " && plan.space == .rgb
        else { return false }
        guard profile.count >= 132 else { return false }
        // The tag table (ISO 15076-1 7.3): look-up tables are not restricted.
        let count = profile[128..<132].reduce(0) { $0 << 8 | Int($1) }
        for tag in 0..<min(count, (profile.count - 132) / 12) {
            let start = 132 + 12 * tag
            if profile[start..<start + 3].elementsEqual("A2B".utf8) { return false }
        }
        return true
    }

    /// The table of a palette of up to 1,024 colors, with a column for opacity where it has some; nil where pclr cannot hold it.
    private static func palette(_ source: PixelSource) -> LookupTable? {
        guard let table = source.colorModel.lookupTable?.applicable(to: source.layout),
            let index = source.colorModel.arrangement.colors.first
        else { return nil }
        var channels = [ColorModel.Meaning.red, .green, .blue].compactMap { meaning in
            table.channels.first { $0.meaning == meaning && $0.band == index && $0.values != nil }
        }
        let count = channels.reduce(Int.max) { min($0, $1.values?.count ?? 0) }
        guard channels.count == 3, (1...1_024).contains(count) else { return nil }
        if let alpha = table.channels.first(where: { $0.meaning.isAlpha && $0.band == index }) {
            channels.append(alpha)
        } else if let alpha = table.alpha {
            let top: UInt16 = table.pixelType == .uint16 ? 257 : 1
            let list = (0..<count).map { ($0 < alpha.count ? UInt16(alpha[$0]) : 255) * top }
            channels.append(LookupTable.Channel(band: index, values: list, meaning: .alpha))
        }
        let isDeep = table.pixelType == .uint16 && !table.isEightBit
        let shift: UInt16 =
            table.pixelType == .uint16 && !isDeep && channels.contains { $0.values?.contains { $0 > 255 } ?? false } ? 8 : 0
        let moved = channels.map { channel in
            LookupTable.Channel(
                band: 0, values: channel.values?.prefix(count).map { $0 >> shift }, meaning: channel.meaning)
        }
        return LookupTable(channels: moved, pixelType: isDeep ? .uint16 : .uint8, repeatsLastValue: true)
    }

    /// Appends colr, and pclr, cmap and cdef where they are needed.
    func write(_ header: inout BoxWriter) {
        header.append("colr", color)
        if let palette {
            let count = palette.channels.first?.values?.count ?? 0
            let isDeep = palette.pixelType == .uint16
            header.box("pclr") { body in
                body.u16(count)
                body.u8(palette.channels.count)
                for _ in palette.channels { body.u8(isDeep ? 15 : 7) }
                for entry in 0..<count {
                    for channel in palette.channels {
                        let value = Int(channel.values?[entry] ?? 0)
                        if isDeep { body.u16(value) } else { body.u8(value) }
                    }
                }
            }
            header.box("cmap") { body in
                for column in palette.channels.indices {
                    body.u16(0)
                    body.u8(1)
                    body.u8(column)
                }
            }
        }
        // Without definitions channels are colors in their order.
        guard palette == nil ? !channels.isEmpty : channels.contains(where: { $0.type != 0 }) else { return }
        header.box("cdef") { body in
            body.u16(channels.count)
            for (channel, definition) in channels.enumerated() {
                body.u16(channel)
                body.u16(definition.type)
                body.u16(definition.association)
            }
        }
    }
}
