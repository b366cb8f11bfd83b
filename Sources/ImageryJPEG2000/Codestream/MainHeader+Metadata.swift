// What the marker segments say, as metadata and as lines of a dump (T.800 Annex A).

import ImageryBase
import ImageryPlumbing

extension MainHeader {
    /// SIZ, COD, COC, QCD, QCC, RGN, CRG and PLM in their fields; the comments.
    func metadata(_ source: any ByteSource, _ limits: Limits) -> [Metadata.Entry] {
        var entries = [sizeEntry]
        if let highThroughput { entries.append(Metadata.Entry("Ccap15", Value(Int(highThroughput), .short))) }
        if let progression = coding.progression, let style = coding.cod {
            let shared = [
                Metadata.Entry("ProgressionOrder", Value(text: progression.order.name)),
                Metadata.Entry("Layers", Value(progression.layers, .short)),
                Metadata.Entry("MultipleComponentTransform", Value(progression.transformsComponents ? 1 : 0, .byte)),
                Metadata.Entry("SOP", Value(progression.usesSOP ? 1 : 0, .byte)),
                Metadata.Entry("EPH", Value(progression.usesEPH ? 1 : 0, .byte)),
            ]
            entries.append(Metadata.Entry("COD", Value(group: shared + style.entries)))
        }
        for (component, style) in coding.coc.sorted(by: { $0.key < $1.key }) {
            entries.append(Metadata.Entry("COC", Value(group: Self.own(component, style.entries))))
        }
        if let step = coding.qcd { entries.append(Metadata.Entry("QCD", Value(group: step.entries))) }
        for (component, step) in coding.qcc.sorted(by: { $0.key < $1.key }) {
            entries.append(Metadata.Entry("QCC", Value(group: Self.own(component, step.entries))))
        }
        for (component, shift) in coding.rgn.sorted(by: { $0.key < $1.key }) {
            entries.append(Metadata.Entry("RGN", Value(group: Self.own(component, [Metadata.Entry("SPrgn", Value(shift, .byte))]))))
        }
        if let registration = registration(source) { entries.append(registration) }
        if let lengths = packetLengths(source, limits) { entries.append(lengths) }
        var budget = limits.maxMetadataItemBytes
        for segment in segments where segment.code == Marker.com && segment.body.count >= 2 {
            budget -= segment.body.count + 256
            guard budget > 0, let data = try? source.copy(segment.body, of: "JPEG 2000 COM") else { break }
            // Rcom = 1: ISO 8859-15, of which a plain view is kept (A.9.2).
            let content = Array(data[2...])
            entries.append(Metadata.Entry("COM", data[1] == 1 ? Value(.ascii, littleEndian: content) : Value(bytes: content)))
        }
        return entries
    }

    private static func own(_ component: Int, _ entries: [Metadata.Entry]) -> [Metadata.Entry] {
        [Metadata.Entry("Component", Value(component, .short))] + entries
    }

    /// CRG (A.9.1): how far each component lies from the reference grid, in 1/65536 of its separation.
    private func registration(_ source: any ByteSource) -> Metadata.Entry? {
        guard let segment = segments.first(where: { $0.code == Marker.crg }),
            let data = try? source.copy(segment.body, of: "JPEG 2000 CRG")
        else { return nil }
        func number(_ name: String, _ place: Int) -> Metadata.Entry {
            Metadata.Entry(name, Value(Int(data[place]) << 8 | Int(data[place + 1]), .short))
        }
        let count = min(data.count / 4, size.components.count)
        let components = (0..<count).map { Value(group: [number("Xcrg", 4 * $0), number("Ycrg", 4 * $0 + 2)]) }
        return Metadata.Entry("CRG", Value(list: components))
    }

    private var sizeEntry: Metadata.Entry {
        func number(_ name: String, _ value: Int) -> Metadata.Entry { Metadata.Entry(name, Value(value, .long)) }
        let components = size.components.map { component in
            Value(group: [
                Metadata.Entry("Precision", Value(component.precision, .byte)),
                Metadata.Entry("Signed", Value(component.isSigned ? 1 : 0, .byte)),
                Metadata.Entry("XRsiz", Value(component.dx, .byte)), Metadata.Entry("YRsiz", Value(component.dy, .byte)),
            ])
        }
        return Metadata.Entry(
            "SIZ",
            Value(group: [
                Metadata.Entry("Rsiz", Value(Int(size.capabilities), .short)), number("Xsiz", size.area.x1),
                number("Ysiz", size.area.y1), number("XOsiz", size.area.x0), number("YOsiz", size.area.y0),
                number("XTsiz", size.tileWidth), number("YTsiz", size.tileHeight), number("XTOsiz", size.tileOriginX),
                number("YTOsiz", size.tileOriginY), Metadata.Entry("Components", Value(list: components)),
            ]))
    }

    /// One line for each marker segment, fields of SIZ, COD and QCD below it.
    func dump(depth: Int) -> [DumpLine] {
        segments.flatMap { segment in
            let line = DumpLine(
                depth: depth, name: Marker.name(segment.code), offset: segment.offset,
                size: segment.body.upperBound - segment.offset, value: "")
            return [line] + fields(of: segment, depth: depth + 1)
        }
    }

    private func fields(of segment: MarkerSegment, depth: Int) -> [DumpLine] {
        var offset = segment.body.lowerBound
        func line(_ name: String, _ size: Int, _ value: String) -> DumpLine {
            defer { offset += size }
            return DumpLine(depth: depth, name: name, offset: offset, size: size, value: value)
        }
        switch segment.code {
        case Marker.siz:
            var lines = [line("Rsiz", 2, "\(size.capabilities)")]
            for (name, value) in [
                ("Xsiz", size.area.x1), ("Ysiz", size.area.y1), ("XOsiz", size.area.x0), ("YOsiz", size.area.y0),
                ("XTsiz", size.tileWidth), ("YTsiz", size.tileHeight), ("XTOsiz", size.tileOriginX), ("YTOsiz", size.tileOriginY),
            ] { lines.append(line(name, 4, "\(value)")) }
            lines.append(line("Csiz", 2, "\(size.components.count)"))
            for component in size.components {
                lines.append(line("Ssiz", 1, "\(component.precision) bits\(component.isSigned ? ", signed" : "")"))
                lines.append(line("XRsiz", 1, "\(component.dx)"))
                lines.append(line("YRsiz", 1, "\(component.dy)"))
            }
            return lines
        case Marker.cod:
            guard let style = coding.cod, let progression = coding.progression else { return [] }
            return [
                line("Scod", 1, ""), line("progression", 1, progression.order.name), line("layers", 2, "\(progression.layers)"),
                line("component transform", 1, progression.transformsComponents ? "1" : "0"), line("levels", 1, "\(style.levels)"),
                line("code-block width", 1, "\(1 << style.blockWidthExponent)"),
                line("code-block height", 1, "\(1 << style.blockHeightExponent)"),
                line("code-block style", 1, "\(style.blockStyle.rawValue)"), line("wavelet", 1, style.isReversible ? "5/3" : "9/7"),
            ]
        default: return []
        }
    }
}

extension ProgressionOrder {
    /// As the standard abbreviates it (Table A.16).
    var name: String {
        switch self {
        case .layerResolutionComponentPosition: "LRCP"
        case .resolutionLayerComponentPosition: "RLCP"
        case .resolutionPositionComponentLayer: "RPCL"
        case .positionComponentResolutionLayer: "PCRL"
        case .componentPositionResolutionLayer: "CPRL"
        }
    }
}

extension CodingStyle {
    fileprivate var entries: [Metadata.Entry] {
        [
            Metadata.Entry("Levels", Value(levels, .byte)),
            Metadata.Entry("CodeBlockWidth", Value(1 << blockWidthExponent, .short)),
            Metadata.Entry("CodeBlockHeight", Value(1 << blockHeightExponent, .short)),
            Metadata.Entry("CodeBlockStyle", Value(Int(blockStyle.rawValue), .byte)),
            Metadata.Entry("Wavelet", Value(text: isReversible ? "5/3" : "9/7")),
            Metadata.Entry("Precincts", Value(.byte, littleEndian: precincts)),
        ]
    }
}

extension Quantization {
    fileprivate var entries: [Metadata.Entry] {
        let names = ["none", "derived", "expounded"]
        let raw = steps.map { UInt16($0.exponent << 11 | $0.mantissa) }
        return [
            Metadata.Entry("Quantization", Value(text: names[Int(style.rawValue)])),
            Metadata.Entry("GuardBits", Value(guardBits, .byte)),
            Metadata.Entry(
                "StepSizes",
                Value(.short, littleEndian: raw.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })),
        ]
    }
}
