// Leaving out what only describes a file.

import ImageryBase
import ImageryPlumbing

extension NITFEditor {
    /// Extensions by which samples are decoded, understood and placed: corrections of the layout (BLOCKA, ICHIPB), cameras (RPC, RSM), reference
    /// systems (STDI-0002 Volume 1 Appendix P), bands, layers of JPEG 2000, frames of raster products.
    private static let needed: Set<String> = [
        "BLOCKA", "ICHIPB", "RPC00A", "RPC00B", "GEOPSB", "PRJPSB", "GEOLOB", "MAPLOB", "GRDPSB", "REGPTB", "ACCPOB", "ACCHZB",
        "ACCVTB",
        "CSCRNA", "BANDSA", "BANDSB", "IOMAPA", "J2KLRA", "RPFHDR", "RPFIMG", "RPFDES",
    ]
    private static let neededFamily = "RSM"

    /// Takes away what only describes: titles, names, sources and telephone numbers become blanks, dates hyphens (unknown, MIL-STD-2500C Table A-1), comments, texts, and the
    /// extensions go by which nothing is decoded or placed.
    ///
    /// What classification and release say stays, identifiers that must not be blank, graphics, and data extension segments: in SICD and SIDD they tell what the samples are.
    /// Returns the names of what was taken away.
    public mutating func strip() -> [String] {
        var names: [String] = []
        func note(_ isGone: Bool, _ name: String) {
            if isGone, !names.contains(name) { names.append(name) }
        }
        for name in ["FTITLE", "ONAME", "OPHONE"] { note(header.fill(name, with: " "), name) }
        note(header.fill("FDT", with: "-"), "FDT")
        for index in parts.indices {
            for name in ["TGTID", "IID2", "ITITLE", "ISORCE", "SNAME"] {
                note(parts[index].header.fill(name, with: " "), name)
            }
            note(parts[index].header.fill("IDATIM", with: "-"), "IDATIM")
            note(parts[index].header.empty("ICOM", countedBy: "NICOM"), "ICOM")
        }
        let places =
            [Place.header(nil)] + parts.indices.map { .header($0) }
            + parts.indices.filter { parts[$0].extensions != nil }.map { .overflow($0) }
        for place in places {
            let before = entries(at: place)
            let after = before.filter { entry in
                if case .header(let target) = place, (target.map { parts[$0].header } ?? header).isField(entry.name) { return true }
                return Self.needed.contains(entry.name) || entry.name.hasPrefix(Self.neededFamily)
            }
            guard after.count < before.count else { continue }
            let kept = Set(after.map(\.name))
            for entry in before where !kept.contains(entry.name) { note(true, entry.name) }
            put(after, at: place)
        }
        note(removeSegments { $0.segment.kind == .text }, "TEXTS")
        _ = removeSegments { $0.extensions?.isEmpty == true }
        return names
    }

    /// Takes away texts or data extension segments. False when there were none.
    private mutating func removeSegments(_ isGone: (Part) -> Bool) -> Bool {
        let gone = parts.filter(isGone)
        guard let kind = gone.first?.segment.kind else { return false }
        // Their places among those that are left of their kind.
        let before = parts.filter { $0.segment.kind == kind }
        let indices = Set(before.indices.filter { isGone(before[$0]) })
        parts.removeAll(where: isGone)
        if kind == .text {
            header.remove(indices, from: "TEXTS", countedBy: "NUMT")
        } else {
            header.remove(indices, from: "DES", countedBy: "NUMDES")
            var numbers: [Int: Int] = [:]
            for (index, part) in before.enumerated() {
                let earlier = indices.count { $0 < index }
                numbers[part.segment.index + 1] = indices.contains(index) ? 0 : index + 1 - earlier
            }
            header.renumberOverflow(numbers)
            for index in parts.indices { parts[index].header.renumberOverflow(numbers) }
        }
        return true
    }
}
