// What a codestream has to hold, and in which order (T.800 Annex A; T.814 Annex A).

import ImageryBase
import ImageryPlumbing

extension Codestream: ValidatedSource {
    /// The rules of markers and tile-parts. Marker segments that reading understands are not looked at again.
    func validate(report: (Diagnostic) -> Void) {
        let rules = CodestreamRules(source: source, header: header, isMasked: absence != nil)
        rules.checkMainHeader(report: report)
        rules.checkTileParts(tileParts.all, report: report)
    }
}

struct CodestreamRules {
    let source: any ByteSource
    let header: MainHeader
    /// True when a container leaves tiles out.
    let isMasked: Bool

    // MARK: Main header (A.3, Table A.2)

    /// Marker segments of a main header; the others belong to tile-parts.
    private static let mainMarkers: Set<UInt16> = [
        Marker.soc, Marker.cap, Marker.siz, Marker.cod, Marker.coc, Marker.tlm, Marker.prf, Marker.plm, Marker.cpf, Marker.qcd,
        Marker.qcc, Marker.rgn, Marker.poc, Marker.ppm, Marker.crg, Marker.com,
    ]
    private static let onlyOnce: [UInt16] = [Marker.siz, Marker.cod, Marker.qcd, Marker.poc, Marker.crg, Marker.cap, Marker.cpf]

    func checkMainHeader(report: (Diagnostic) -> Void) {
        func breach(
            _ segment: MarkerSegment?, _ message: String, _ clause: String, _ severity: Diagnostic.Severity = .error
        ) {
            report(
                Diagnostic(
                    "JPEG 2000 \(segment.map { Marker.name($0.code) } ?? "header")", message,
                    at: segment?.offset ?? header.range.lowerBound, severity: severity, clause: clause))
        }
        if header.coding.qcd == nil { breach(nil, "there is no QCD", "T.800 A.6.4") }
        for code in Self.onlyOnce {
            if let second = header.segments.filter({ $0.code == code }).dropFirst().first {
                breach(second, "there is more than one of it", "T.800 Table A.2")
            }
        }
        for segment in header.segments {
            if !Self.mainMarkers.contains(segment.code) {
                let isTiles = [Marker.ppt, Marker.plt, Marker.sop, Marker.eph, Marker.sod].contains(segment.code)
                if isTiles {
                    breach(segment, "it does not belong into the main header", "T.800 Table A.2")
                } else if !Marker.part2.contains(segment.code) {
                    breach(segment, "the marker is not known", "T.800 Table A.2", .remark)
                }
            }
            switch segment.code {
            case Marker.siz where segment.body.count != 36 + 3 * header.size.components.count:
                breach(segment, "\(header.size.components.count) components do not fit its length", "T.800 A.5.1")
            case Marker.com: checkComment(segment, breach)
            case Marker.crg where segment.body.count != 4 * header.size.components.count:
                breach(segment, "it is not as long as \(header.size.components.count) components need", "T.800 A.9.1")
            case Marker.cod: checkStyle(segment, breach)
            default: break
            }
        }
        checkSteps(breach)
        if header.highThroughput != nil, header.size.capabilities & 0x4000 == 0 {
            breach(
                header.segments.first { $0.code == Marker.siz }, "Rsiz does not say that there is a CAP marker segment",
                "T.814 Annex A")
        }
    }

    private typealias Breach = (
        _ segment: MarkerSegment?, _ message: String, _ clause: String, _ severity: Diagnostic.Severity
    ) -> Void

    /// A.9.2: Rcom says whether the rest is text of ISO 8859-15.
    private func checkComment(_ segment: MarkerSegment, _ breach: Breach) {
        guard let content = try? source.copy(segment.body, of: "JPEG 2000 COM"), content.count >= 2 else {
            return breach(segment, "it has no room for Rcom", "T.800 A.9.2", .error)
        }
        if content.count == 2 { breach(segment, "the comment has no bytes, where one is the least", "T.800 A.9.2", .warning) }
        let registration = Int(content[0]) << 8 | Int(content[1])
        if registration > 1 { breach(segment, "Rcom is \(registration), not 0 or 1", "T.800 A.9.2", .error) }
        if registration == 1,
            let control = content.dropFirst(2).firstIndex(where: {
                $0 < 0x20 && !(9...13).contains($0) || (0x7f...0x9f).contains($0)
            })
        {
            breach(
                segment, "the text has the character \(content[control]), which ISO 8859-15 does not have", "T.800 A.9.2", .error)
        }
    }

    /// Scod and the style of code-blocks have reserved bits (Tables A.13 and A.19).
    private func checkStyle(_ segment: MarkerSegment, _ breach: Breach) {
        guard let content = try? source.copy(segment.body, of: "JPEG 2000 COD"), content.count >= 10 else { return }
        if content[0] & 0xf8 != 0 {
            breach(segment, "Scod is \(content[0]): bits that are reserved are set", "T.800 Table A.13", .error)
        }
        // Bits 6 and 7 are those of T.814: bit 7, mixed, goes with bit 6 only.
        if content[8] & 0xc0 == 0x80 {
            breach(segment, "the code-block style has a reserved bit", "T.814 Annex A", .error)
        }
        let precincts = content[0] & 1 != 0 ? Int(content[5]) + 1 : 0
        if content.count != 10 + precincts {
            breach(segment, "it has \(content.count + 2) bytes, its parameters need \(12 + precincts)", "T.800 A.6.1", .error)
        }
    }

    /// A step for every sub-band, unless they are derived (Table A.28).
    private func checkSteps(_ breach: Breach) {
        guard let quantization = header.coding.qcd, quantization.style != .derived, header.coding.coc.isEmpty,
            header.coding.qcc.isEmpty, let levels = header.coding.cod?.levels
        else { return }
        if quantization.steps.count < 3 * levels + 1 {
            breach(
                header.segments.first { $0.code == Marker.qcd },
                "\(quantization.steps.count) steps are too few for \(levels) decomposition levels", "T.800 A.6.4", .error)
        }
    }

    // MARK: Tile-parts (A.4.2)

    /// A stream that breaks everywhere says so this often.
    private static let mostFindings = 32

    func checkTileParts(_ list: TilePartList, report: (Diagnostic) -> Void) {
        var findings = 0
        func breach(_ message: String, at offset: Int, _ clause: String, _ severity: Diagnostic.Severity = .error) {
            findings += 1
            if findings <= Self.mostFindings {
                report(Diagnostic("JPEG 2000 SOT", message, at: offset, severity: severity, clause: clause))
            }
        }
        let tiles = header.size.tileCount
        var next = [Int](repeating: 0, count: tiles)
        var counts = [UInt8](repeating: 0, count: tiles)
        for part in list.parts {
            let tile = Int(part.tile)
            if Int(part.number) != next[tile] {
                breach("tile \(tile): TPsot is \(part.number), the part is number \(next[tile])", at: part.start, "T.800 A.4.2")
            }
            next[tile] += 1
            if part.count > 0 {
                if counts[tile] > 0, counts[tile] != part.count {
                    breach(
                        "tile \(tile): TNsot is \(part.count), in an earlier part \(counts[tile])", at: part.start, "T.800 A.4.2")
                }
                counts[tile] = part.count
                if part.number >= part.count {
                    breach("tile \(tile): TPsot is \(part.number), TNsot \(part.count)", at: part.start, "T.800 A.4.2")
                }
            }
            if part.isShort {
                breach("tile \(tile): Psot does not count the SOD behind it", at: part.start, "T.800 A.4.2")
            }
            if part.isCutOff {
                breach("tile \(tile): Psot reaches beyond the end of the codestream", at: part.start, "T.800 A.4.2")
            }
        }
        guard list.failure == nil else { return }
        for part in list.parts where part.number == 0 && counts[Int(part.tile)] > 0 {
            let (stated, found) = (Int(counts[Int(part.tile)]), next[Int(part.tile)])
            if stated != found {
                breach("tile \(part.tile) has \(found) parts, TNsot says \(stated)", at: part.start, "T.800 A.4.2")
            }
        }
        // Tiles between the samples of widely separated components need no part.
        let missing = isMasked ? [] : next.indices.filter { next[$0] == 0 && hasSamples(tile: $0) }
        if let first = missing.first {
            breach(
                "\(missing.count) of \(tiles) tiles have no tile-part, the first is tile \(first)", at: header.firstTilePart,
                "T.800 A.3")
        }
        checkEnd(list, report: report)
    }

    /// True when a component has samples in the tile (B.3).
    private func hasSamples(tile: Int) -> Bool {
        let size = header.size
        let (row, column) = (tile / size.tilesWide, tile % size.tilesWide)
        let (left, top) = (size.tileOriginX + column * size.tileWidth, size.tileOriginY + row * size.tileHeight)
        let area = Area(
            x0: max(left, size.area.x0), y0: max(top, size.area.y0), x1: min(left + size.tileWidth, size.area.x1),
            y1: min(top + size.tileHeight, size.area.y1))
        return size.components.contains { !area.subsampled($0.dx, $0.dy).isEmpty }
    }

    /// EOC stands behind the last tile-part, and nothing behind it (A.4.4).
    private func checkEnd(_ list: TilePartList, report: (Diagnostic) -> Void) {
        let end = header.range.upperBound
        let position = list.parts.last?.end ?? header.firstTilePart
        guard !list.parts.contains(where: \.isCutOff) else { return }
        let tail = position + 2 <= end ? (try? source.copy(position..<position + 2, of: "JPEG 2000 EOC")) ?? [] : []
        if tail != [0xff, 0xd9] {
            report(Diagnostic("JPEG 2000 EOC", "the codestream does not end with EOC", at: position, clause: "T.800 A.4.4"))
        } else if position + 2 < end {
            report(
                Diagnostic(
                    "JPEG 2000 EOC", "\(end - position - 2) bytes follow the end of the codestream", at: position + 2,
                    severity: .warning, clause: "T.800 A.4.4"))
        }
    }
}
