// The boxes inside the header box: image header, colour, palette, channels, resolution (T.800 I.5.3).

import ImageryBase
import ImageryPlumbing

/// The rules of the header box, held against SIZ.
struct HeaderBoxRules {
    let header: Box
    /// The boxes in it, in order, and those in its superboxes.
    let boxes: [Box]
    let grandchildren: [Box]
    let family: BoxRules.Family
    /// SIZ of the first codestream.
    let size: ImageSize?
    /// True when the file has a box of intellectual property rights.
    let hasRights: Bool
    let bytes: (Box) -> [UInt8]

    typealias Breach = (_ box: Box?, _ message: String, _ clause: String, _ severity: Diagnostic.Severity) -> Void

    func check(_ breach: Breach) {
        guard let first = boxes.first else { return breach(header, "it is empty", "T.800 I.5.3", .error) }
        if first.type != "ihdr" { breach(first, "the header box does not begin with the image header", "T.800 I.5.3", .error) }
        for type in ["ihdr", "bpcc", "pclr", "cmap", "cdef", "res "] {
            if let second = all(type).dropFirst().first { breach(second, "there is more than one of it", "T.800 I.5.3", .error) }
        }
        let depth = checkImageHeader(breach)
        checkDepths(depth, breach)
        let columns = checkPalette(breach)
        let channels = columns.map { checkMapping(columns: $0, breach) } ?? componentCount
        if columns == nil, let box = all("cmap").first { breach(box, "there is no palette to it", "T.800 I.5.3.5", .error) }
        checkColors(channels, breach)
        checkDefinitions(channels, breach)
        checkResolution(breach)
    }

    private func all(_ type: String) -> [Box] { boxes.filter { $0.type == type } }

    private var componentCount: Int { size?.components.count ?? 0 }

    private func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        start + count <= bytes.count ? bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) } : -1
    }

    // MARK: Image header (I.5.3.1, I.5.3.2)

    /// BPC, nil when it is missing.
    private func checkImageHeader(_ breach: Breach) -> UInt8? {
        guard let box = all("ihdr").first else {
            breach(header, "there is no image header (ihdr)", "T.800 I.5.3.1", .error)
            return nil
        }
        let content = bytes(box)
        guard content.count == 14 else {
            breach(box, "it has \(content.count) bytes, not 14", "T.800 I.5.3.1", .error)
            return nil
        }
        func rule(_ holds: Bool, _ message: String) { if !holds { breach(box, message, "T.800 I.5.3.1", .error) } }
        if let size {
            let (height, width) = (number(content, 0, 4), number(content, 4, 4))
            rule(
                height == size.area.height && width == size.area.width,
                "it says \(width) × \(height) pixels, SIZ \(size.area.width) × \(size.area.height)")
            let count = number(content, 8, 2)
            rule(count == size.components.count, "it says \(count) components, SIZ \(size.components.count)")
        }
        rule(content[11] == 7, "the compression is \(content[11]), not 7")
        rule(content[12] <= 1, "UnkC is \(content[12]), not 0 or 1")
        rule(content[13] <= 1, "IPR is \(content[13]), not 0 or 1")
        if content[13] == 1, !hasRights { breach(box, "IPR is 1, but there is no box of rights", "T.800 I.5.3.1", .error) }
        return content[10]
    }

    private func depths() -> [UInt8] { size?.components.map { UInt8($0.precision - 1) | ($0.isSigned ? 0x80 : 0) } ?? [] }

    private func checkDepths(_ depth: UInt8?, _ breach: Breach) {
        let stored = depths()
        let list = all("bpcc").first
        if let depth, depth != 255, let box = all("ihdr").first {
            if depth & 0x7f > 37 { breach(box, "BPC is \(depth), more than 38 bits", "T.800 I.5.3.1", .error) }
            if stored.contains(where: { $0 != depth }) {
                let said = "\(depth & 0x7f + 1)\(depth & 0x80 != 0 ? " signed" : "")"
                breach(box, "BPC says \(said) bits for every component, SIZ does not", "T.800 I.5.3.1", .error)
            }
        }
        if depth == 255, list == nil {
            breach(header, "BPC is 255, but there are no bits per component (bpcc)", "T.800 I.5.3.2", .error)
        }
        guard let list else { return }
        let content = bytes(list)
        if content != stored, !stored.isEmpty {
            breach(list, "its depths are not those of SIZ", "T.800 I.5.3.2", .error)
        }
        if let depth, depth != 255 {
            breach(list, "the image header gives one depth for all components", "T.800 I.5.3.2", .warning)
        }
    }

    // MARK: Palette (I.5.3.4, I.5.3.5)

    /// The number of columns; nil without a palette.
    private func checkPalette(_ breach: Breach) -> Int? {
        guard let box = all("pclr").first else { return nil }
        func wrong(_ message: String) { breach(box, message, "T.800 I.5.3.4", .error) }
        let content = bytes(box)
        let (entries, columns) = (number(content, 0, 2), number(content, 2, 1))
        guard entries >= 0, columns > 0, content.count >= 3 + columns else {
            wrong("it is too short for the depths of its columns")
            return 0
        }
        if !(1...1024).contains(entries) { wrong("it has \(entries) entries, not 1 to 1024") }
        let widths = content[3..<3 + columns].map { (Int($0 & 0x7f) + 8) / 8 }
        if content[3..<3 + columns].contains(where: { $0 & 0x7f > 37 }) { wrong("a column has more than 38 bits") }
        let needed = 3 + columns + entries * widths.reduce(0, +)
        if box.body.count != needed { wrong("\(entries) entries need \(needed) bytes, it has \(box.body.count)") }
        if all("cmap").isEmpty { wrong("there is no component mapping (cmap) to it") }
        return columns
    }

    /// The number of channels.
    private func checkMapping(columns: Int, _ breach: Breach) -> Int {
        guard let box = all("cmap").first else { return columns }
        func wrong(_ message: String) { breach(box, message, "T.800 I.5.3.5", .error) }
        let content = bytes(box)
        if content.count % 4 != 0 || content.isEmpty { wrong("it has \(content.count) bytes, which are no list of channels") }
        for (channel, start) in stride(from: 0, to: content.count - 3, by: 4).enumerated() {
            let (component, type, column) = (number(content, start, 2), content[start + 2], Int(content[start + 3]))
            if size != nil, component >= componentCount {
                wrong("channel \(channel) is component \(component), which is not there")
            }
            if type > 1 { wrong("channel \(channel) has mapping type \(type), not 0 or 1") }
            if type == 1, column >= columns { wrong("channel \(channel) is column \(column) of a palette of \(columns)") }
            if type == 0, column != 0 { wrong("channel \(channel) is mapped directly, but has column \(column)") }
        }
        return content.count / 4
    }

    // MARK: Colour (I.5.3.3)

    private func checkColors(_ channels: Int, _ breach: Breach) {
        let specifications = all("colr")
        if specifications.isEmpty, family != .jpx {
            breach(header, "there is no colour specification (colr)", "T.800 I.5.3.3", .error)
        }
        if specifications.count > 1, family == .jp2 {
            breach(specifications[1], "readers of JP2 pass over all colour specifications but the first", "T.800 I.5.3.3", .remark)
        }
        for (index, box) in specifications.enumerated() {
            func wrong(_ message: String, _ severity: Diagnostic.Severity = .error) {
                breach(box, message, "T.800 I.5.3.3", severity)
            }
            let content = bytes(box)
            guard content.count >= 3 else {
                wrong("it has \(content.count) bytes, too few for its method")
                continue
            }
            // What a reader of JP2 does not know it passes over; the first one has to be known.
            let unknown: Diagnostic.Severity = family == .jp2 && index == 0 ? .error : .remark
            if content[1] != 0, family == .jp2 { wrong("the precedence is \(content[1]), not 0", .warning) }
            if content[2] != 0, family == .jp2 { wrong("the approximation is \(content[2]), not 0", .warning) }
            switch content[0] {
            case 1:
                guard content.count >= 7 else {
                    wrong("it ends before the enumerated colour space")
                    continue
                }
                let space = number(content, 3, 4)
                let known: Set<Int> = [16, 17, 18]
                if !known.contains(space), family == .jp2 { wrong("the colour space \(space) is none of JP2", unknown) }
                let needed = space == 17 ? 1 : space == 12 ? 4 : known.contains(space) ? 3 : 0
                if channels > 0, channels < needed {
                    wrong("the colour space \(space) needs \(needed) channels, the image has \(channels)")
                } else if space == 17, colorChannels(channels) > 1 {
                    wrong("the colour space is grey, the image has \(channels) channels", .warning)
                }
            case 2, 3: checkProfile(content, isRestricted: content[0] == 2 && family == .jp2, wrong)
            case 0: wrong("the method is 0, which is reserved")
            case 4, 5: if family == .jp2 { wrong("the method \(content[0]) is none of JP2", unknown) }
            default: wrong("the method \(content[0]) is not known", unknown)
            }
        }
    }

    /// Channels that the definitions leave to colours.
    private func colorChannels(_ channels: Int) -> Int {
        guard let box = all("cdef").first else { return channels }
        let content = bytes(box)
        return stride(from: 2, to: content.count - 5, by: 6).count { number(content, $0 + 2, 2) == 0 }
    }

    /// The header of an ICC profile (ICC.1 7.2): size, signature, class and colour space.
    private func checkProfile(
        _ content: [UInt8], isRestricted: Bool, _ wrong: (_ message: String, _ severity: Diagnostic.Severity) -> Void
    ) {
        let profile = Array(content.dropFirst(3))
        guard profile.count >= 128, profile[36..<40].elementsEqual(Array("acsp".utf8)) else {
            return wrong("it holds no ICC profile", .error)
        }
        let stated = number(profile, 0, 4)
        if stated != profile.count { wrong("the ICC profile says \(stated) bytes, the box has \(profile.count)", .error) }
        guard isRestricted else { return }
        let kind = String(decoding: profile[12..<16], as: UTF8.self)
        let space = String(decoding: profile[16..<20], as: UTF8.self)
        if !["scnr", "mntr"].contains(kind) { wrong("the ICC profile is of class \(kind), not an input profile", .warning) }
        if !["GRAY", "RGB "].contains(space) { wrong("the ICC profile is for \(space), not for grey or RGB", .error) }
    }

    // MARK: Channels (I.5.3.6) and resolution (I.5.3.7)

    private func checkDefinitions(_ channels: Int, _ breach: Breach) {
        guard let box = all("cdef").first else { return }
        func wrong(_ message: String, _ severity: Diagnostic.Severity = .error) { breach(box, message, "T.800 I.5.3.6", severity) }
        let content = bytes(box)
        let count = number(content, 0, 2)
        guard count > 0, content.count == 2 + 6 * count else {
            return wrong("its \(content.count) bytes are not a count of at least 1 and that many definitions")
        }
        var seen: Set<Int> = []
        var colors: Set<Int> = []
        for start in stride(from: 2, to: content.count, by: 6) {
            let (channel, type, association) = (
                number(content, start, 2), number(content, start + 2, 2), number(content, start + 4, 2)
            )
            if channels > 0, channel >= channels { wrong("channel \(channel) is not there") }
            if !seen.insert(channel).inserted { wrong("channel \(channel) is defined twice") }
            if ![0, 1, 2, 65_535].contains(type) { wrong("channel \(channel) has type \(type), which is reserved") }
            if channels > 0, association > channels, association != 65_535 {
                wrong("channel \(channel) belongs to colour \(association), which is not there")
            }
            if type == 0, association == 0 { wrong("channel \(channel) is a colour, but belongs to the whole image", .warning) }
            if type == 0, association > 0, association < 65_535, !colors.insert(association).inserted {
                wrong("colour \(association) is two channels")
            }
        }
        if channels > 0, seen.count < channels { wrong("\(seen.count) of \(channels) channels are defined") }
    }

    private func checkResolution(_ breach: Breach) {
        guard let superbox = all("res ").first else { return }
        let boxes = grandchildren.filter { superbox.body.contains($0.offset) }
        if !boxes.contains(where: { $0.type == "resc" || $0.type == "resd" }) {
            breach(superbox, "it holds no resolution", "T.800 I.5.3.7", .error)
        }
        for type in ["resc", "resd"] {
            let found = boxes.filter { $0.type == type }
            if found.count > 1 { breach(found[1], "there is more than one of it", "T.800 I.5.3.7", .error) }
            for box in found {
                let content = bytes(box)
                if content.count != 10 {
                    breach(box, "it has \(content.count) bytes, not 10", "T.800 I.5.3.7.1", .error)
                } else if stride(from: 0, to: 8, by: 2).contains(where: { number(content, $0, 2) == 0 }) {
                    breach(box, "a numerator or denominator is 0", "T.800 I.5.3.7.1", .error)
                }
            }
        }
    }
}
