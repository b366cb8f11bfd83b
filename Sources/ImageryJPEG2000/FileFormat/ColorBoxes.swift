// What the samples mean (T.800 I.5.3.3 to I.5.3.6; T.801 M.11.7.3 for enumerated color spaces beyond sRGB, gray and sYCC).

import ImageryBase
import ImageryPlumbing

/// The boxes of a file that say what its components are, read when they are asked for.
final class ColorBoxes: Sendable {
    private let source: any ByteSource
    private let boxes: [Box]
    private let limits: Limits

    /// `boxes` are those of the file; the ones of the first JP2 header count.
    init(_ source: any ByteSource, _ boxes: [Box], _ limits: Limits) {
        self.source = source
        self.limits = limits
        var header: [Box] = []
        if let first = boxes.firstIndex(where: { $0.type == "jp2h" && $0.depth == 0 }) {
            header = Array(boxes[(first + 1)...].prefix { $0.depth > 0 }.filter { $0.depth == 1 })
        }
        self.boxes = header
    }

    /// The model of components of these depths, and what is wrong with the boxes: what contradicts the components is not used.
    func model(precisions: [Int]) -> (model: ColorModel, findings: [Diagnostic]) {
        var findings: [Diagnostic] = []
        // What is not used is no fault by that alone: HeaderBoxRules tell which rules are broken.
        func report(_ box: Box?, _ message: String) {
            findings.append(Diagnostic("JP2 \(box?.type ?? "jp2h")", message, at: box?.offset, severity: .warning))
        }
        var model = ColorModel.undefined(precisions.count)
        let palette = palette(components: precisions.count, report)
        let channelCount = palette?.channels.count ?? precisions.count
        var meanings = [ColorModel.Meaning](repeating: .undefined, count: channelCount)
        if let color = color(channels: channelCount, bits: precisions.first ?? 8, &model, report) {
            meanings = channels(color, count: channelCount, report)
        }
        if let palette {
            model.lookupTable = LookupTable(
                channels: ordered(palette.channels, meanings), pixelType: palette.pixelType, repeatsLastValue: true)
            for (channel, meaning) in zip(palette.channels, meanings) {
                model.bands[channel.band] = channel.values == nil ? meaning : .paletteIndex
            }
        } else {
            model.bands = meanings
        }
        if Set(precisions).count > 1 {
            for (band, bits) in precisions.enumerated() { model[detailsOf: band].significantBits = bits }
        }
        return (model, findings)
    }

    /// Channels with what they mean; colors in the order of their colors, then the others.
    private func ordered(_ channels: [LookupTable.Channel], _ meanings: [ColorModel.Meaning]) -> [LookupTable.Channel] {
        let named = zip(channels, meanings).map { LookupTable.Channel(band: $0.band, values: $0.values, meaning: $1) }
        func rank(_ channel: LookupTable.Channel) -> Int {
            for space in [ColorArrangement.Space.rgb, .cmyk, .yCbCr, .lab] {
                if let place = space.meanings.firstIndex(of: channel.meaning) { return place }
            }
            return channel.meaning == .gray ? 0 : 1_000
        }
        return named.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    }

    private func data(_ box: Box) -> [UInt8]? {
        guard box.body.count <= limits.maxMetadataItemBytes else { return nil }
        return try? source.copy(box.body, of: "JP2 \(box.type)")
    }

    private func number(_ data: [UInt8], _ start: Int, _ size: Int) -> Int {
        data[start..<start + size].reduce(0) { $0 << 8 | Int($1) }
    }

    // MARK: colr (I.5.3.3)

    /// The colors of the first box that says some and has as many channels.
    private func color(
        channels: Int, bits: Int, _ model: inout ColorModel, _ report: (Box?, String) -> Void
    ) -> [ColorModel.Meaning]? {
        for box in boxes where box.type == "colr" {
            guard let data = data(box), data.count >= 3 else {
                report(box, "the box is too short for a color space (I.5.3.3)")
                continue
            }
            switch data[0] {
            case 1:
                guard data.count >= 7 else {
                    report(box, "the box is too short for an enumerated color space (I.5.3.3)")
                    continue
                }
                let code = number(data, 3, 4)
                // Others are kept as they are stored: nothing is known of them.
                guard let colors = Self.enumerated(code) else { continue }
                guard colors.count <= channels, colors.count > 1 || channels <= 2 || definesOneColor else {
                    report(box, "color space \(code) does not have \(channels) channels: it is not used (I.5.3.3)")
                    continue
                }
                set(code, bits: bits, data, &model)
                return colors
            case 2, 3:
                let bytes = Array(data[3...])
                let profile = ICCProfile(bytes)
                guard profile.bytes != nil, let name = ICCProfile.colorSpace(of: bytes), let colors = Self.profiled(name) else {
                    report(box, "holds no ICC profile of a known color space: it is not used (I.5.3.3)")
                    continue
                }
                guard colors.count <= channels, colors.count > 1 || channels <= 2 || definesOneColor else {
                    report(box, "the profile is of \(name)and does not have \(channels) channels: it is not used (I.5.3.3)")
                    continue
                }
                model.profile = profile
                return colors
            // Vendors' and later methods (T.801 M.11.7.2) are kept as they are stored; 0 is none.
            default: if data[0] == 0 { report(box, "METH is 0, which is no method: it is not used (I.5.3.3)") }
            }
        }
        return nil
    }

    /// The channels of an enumerated color space; nil for those whose samples this library gives no meaning.
    private static func enumerated(_ code: Int) -> [ColorModel.Meaning]? {
        switch code {
        case 0: [.inverseGray]
        case 15, 17: [.gray]
        case 12: ColorModel.cmyk.bands
        case 14: [.lightness, .greenToRed, .blueToYellow]
        case 16: ColorModel.rgb.bands
        case 1, 3, 4, 18: ColorModel.yCbCr.bands
        default: nil
        }
    }

    private static func profiled(_ space: String) -> [ColorModel.Meaning]? {
        switch space {
        case "GRAY": [.gray]
        case "RGB ": ColorModel.rgb.bands
        case "CMYK": ColorModel.cmyk.bands
        case "Lab ": [.lightness, .greenToRed, .blueToYellow]
        case "YCbr": ColorModel.yCbCr.bands
        default: nil
        }
    }

    /// How the colors of an enumerated space are coded.
    private func set(_ code: Int, bits: Int, _ data: [UInt8], _ model: inout ColorModel) {
        switch code {
        case 16: model.codePoints = .sRGB
        // BT.709 and BT.601 in the ranges of video.
        case 1: model.differences = ColorDifferences(red: 0.2126, blue: 0.0722, isFullRange: false)
        case 4: model.differences = ColorDifferences(isFullRange: false)
        case 14:
            let top = Double(1 << min(bits, 32)) - 1
            var lab = LabCoding(
                ranges: [100, 170, 200], offsets: [0, Double(1 << max(0, bits - 1)) / top, Double(3 << max(0, bits - 3)) / top])
            // RL, OL, RA, OA, RB, OB behind EnumCS (M.11.7.4.1).
            if data.count >= 31 {
                let fields = (0..<6).map { number(data, 7 + 4 * $0, 4) }
                lab.ranges = [Double(fields[0]), Double(fields[2]), Double(fields[4])]
                lab.offsets = [Double(fields[1]) / top, Double(fields[3]) / top, Double(fields[5]) / top]
            }
            model.lab = lab
        default: break
        }
    }

    // MARK: cdef (I.5.3.6)

    /// True where the channel definitions name one color, and say of the other channels that they are none: gray beside what is no color.
    private var definesOneColor: Bool {
        guard let box = boxes.first(where: { $0.type == "cdef" }), let data = data(box), data.count >= 8, data.count % 6 == 2 else {
            return false
        }
        return stride(from: 2, to: data.count, by: 6).count { number(data, $0 + 2, 2) == 0 } == 1
    }

    /// What each channel is: as the channel definitions say where they are sound, else the colors first and in order.
    private func channels(
        _ colors: [ColorModel.Meaning], count: Int, _ report: (Box?, String) -> Void
    ) -> [ColorModel.Meaning] {
        var usual = [ColorModel.Meaning](repeating: .undefined, count: count)
        for (channel, color) in colors.enumerated() { usual[channel] = color }
        guard let box = boxes.first(where: { $0.type == "cdef" }) else { return usual }
        guard let data = data(box), data.count >= 2, number(data, 0, 2) > 0, data.count == 2 + 6 * number(data, 0, 2) else {
            report(box, "the box has not the size of its definitions: it is not used (I.5.3.6)")
            return usual
        }
        var result = [ColorModel.Meaning?](repeating: nil, count: count)
        var seen: Set<Int> = []
        for start in stride(from: 2, to: data.count, by: 6) {
            let (channel, type, association) = (number(data, start, 2), number(data, start + 2, 2), number(data, start + 4, 2))
            guard channel < count, result[channel] == nil else {
                report(box, "channel \(channel) does not exist or is defined twice: the box is not used (I.5.3.6)")
                return usual
            }
            let isAssociated = association == 65_535 || association <= colors.count
            switch type {
            case 0 where (1...colors.count).contains(association) && seen.insert(association).inserted:
                result[channel] = colors[association - 1]
            case 1 where isAssociated: result[channel] = .alpha
            case 2 where isAssociated: result[channel] = .premultipliedAlpha
            case 65_535: result[channel] = .undefined
            default:
                report(
                    box,
                    "type \(type) with association \(association) is none for channel \(channel): the box is not used (I.5.3.6)")
                return usual
            }
        }
        guard seen.count == colors.count else {
            report(box, "\(seen.count) of \(colors.count) colors have a channel: the box is not used (I.5.3.6)")
            return usual
        }
        return result.map { $0 ?? .undefined }
    }

    // MARK: pclr, cmap (I.5.3.4, I.5.3.5)

    private func palette(components: Int, _ report: (Box?, String) -> Void) -> LookupTable? {
        guard let box = boxes.first(where: { $0.type == "pclr" }) else { return nil }
        guard let map = boxes.first(where: { $0.type == "cmap" }), let places = data(map), let data = data(box), data.count >= 3
        else {
            report(box, "the palette has no component mapping: it is not used (I.5.3.4)")
            return nil
        }
        let (entries, count) = (number(data, 0, 2), Int(data[2]))
        let depths = data.dropFirst(3).prefix(count).map { Int($0) }
        // Bi: the depth less one, and the sign in bit 7; columns of more than eight bits have two bytes.
        guard entries > 0, depths.count == count, depths.allSatisfy({ $0 < 16 }) else {
            report(box, "columns of more than 16 bits, or with a sign, are not used (I.5.3.4)")
            return nil
        }
        let widths = depths.map { $0 < 8 ? 1 : 2 }
        let row = widths.reduce(0, +)
        let values = Array(data.dropFirst(3 + count))
        guard row > 0, values.count >= entries * row else {
            report(box, "\(values.count) bytes are less than \(entries) entries need: the palette is not used (I.5.3.4)")
            return nil
        }
        let columns = (0..<count).map { column in
            let offset = widths[..<column].reduce(0, +)
            return (0..<entries).map { UInt16(truncatingIfNeeded: number(values, $0 * row + offset, widths[column])) }
        }
        guard places.count <= 4 * 16_384 else {
            report(map, "\(places.count / 4) channels are more than an image has: the palette is not used (I.5.3.5)")
            return nil
        }
        var channels: [LookupTable.Channel] = []
        for start in stride(from: 0, to: places.count - 3, by: 4) {
            let (component, type, column) = (number(places, start, 2), Int(places[start + 2]), Int(places[start + 3]))
            guard component < components, type == 0 || type == 1 && column < count else {
                report(map, "a channel is of a component or column that does not exist: the palette is not used (I.5.3.5)")
                return nil
            }
            channels.append(
                LookupTable.Channel(band: component, values: type == 1 ? columns[column] : nil, meaning: .undefined))
        }
        guard channels.contains(where: { $0.values != nil }) else { return nil }
        return LookupTable(channels: channels, pixelType: widths.contains(2) ? .uint16 : .uint8, repeatsLastValue: true)
    }
}
