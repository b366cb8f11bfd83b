// Fields that headers share (MIL-STD-2500C Appendix A): what is copied, titles, comments, bands.

import ImageryBase
import ImageryPlumbing

extension HeaderDraft {
    /// A draft with the fields and extensions of `metadata`, if they are of NITF; those of NITF 2.0 only where 2.1 has them too.
    static func copying(_ metadata: Metadata?, _ kind: SegmentKind, strict: Bool) throws(ImageryError) -> HeaderDraft {
        var draft = HeaderDraft(kind.table(.v21), areas: kind.areas)
        try draft.copy(metadata, old: kind.table(.v20), strict: strict)
        return draft
    }

    /// Copies metadata of NITF; `old` is the table of version 2.0.
    mutating func copy(_ metadata: Metadata?, old: FieldTable, strict: Bool) throws(ImageryError) {
        guard let metadata, metadata.schema == .nitf else { return }
        try copy(metadata, ignoring: old, strict: strict)
        // All headers of 2.0 have this field of the downgrading, none of 2.1.
        guard metadata.entries.contains(where: { $0.name.hasSuffix("DWNG") && $0.name.count < 8 }) else { return }
        for (index, name) in table.names.enumerated() where table.specs[index].kind.isNumber && text(name) == nil {
            set(name, nil)
        }
        for name in ["IDATIM", "TXTDT"] where value(name) != nil { set(name, text(name).flatMap(Self.date)) }
    }

    /// CCYYMMDDhhmmss from DDHHMMSSZMONYY (MIL-STD-2500A Table IV); nil for anything else. Years from 70 on are those of the
    /// last century.
    private static func date(_ old: String) -> Value? {
        let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        let text = Array(old)
        guard text.count == 14, text[8] == "Z", let month = months.firstIndex(of: String(text[9..<12])) else { return nil }
        let (time, year) = (String(text[0..<8]), String(text[12..<14]))
        guard (time + year).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let century = year < "70" ? "20" : "19"
        return Value(text: century + year + (month < 9 ? "0" : "") + "\(month + 1)" + time)
    }

    /// Gives fields the title and the description of an asset. What does not fit is cut; `strict` makes it an error.
    mutating func setTexts(
        _ texts: [(name: String, width: Int, text: String)], of asset: AssetKey, strict: Bool, _ notes: WriteNotes
    ) throws(ImageryError) {
        for (name, width, text) in texts where !text.isEmpty && text != self.text(name) {
            let latin = text.unicodeScalars.map { $0.value < 0x100 ? $0 : "?" }
            guard !strict || latin.count <= width && latin == Array(text.unicodeScalars) else {
                throw ImageryError(.misuse, table.name, "\(name) has room for \(width) characters of ISO 8859-1, not for \(text)")
            }
            var kept = String.UnicodeScalarView()
            kept.append(contentsOf: latin.prefix(width))
            set(name, String(kept))
            guard latin.count > width || latin != Array(text.unicodeScalars) else { continue }
            try notes.add(
                WriteNote(asset, name, .changed, "it has room for \(width) characters of ISO 8859-1, and says \(String(kept))"))
        }
    }

    /// NICOM from the comments.
    mutating func setComments(_ context: String) throws(ImageryError) {
        let comments = value("ICOM").map { $0.list ?? [$0] } ?? []
        guard comments.count <= 9 else {
            throw ImageryError(.misuse, context, "\(comments.count) comments (ICOM) are more than 9")
        }
        set("ICOM", Value(list: comments))
        set("NICOM", comments.count)
    }

    /// IREP, ICAT, the number of bands, and BAND_INFO with its look-up tables.
    ///
    /// `stored` is an IREP that the compression demands.
    mutating func setBands(
        _ layout: ImageLayout, isElevation: Bool, stored: String?, _ said: BandStatement, _ context: String
    ) throws(ImageryError) {
        let count = layout.shape.bands
        let copied = list("BAND_INFO").count == count ? list("BAND_INFO") : []
        let isSaid = said.representation != nil
        let tables =
            isSaid
            ? [said.tables.map { Value(bytes: $0) }]
            : copied.map { $0["LUTD"].map { ($0.list ?? [$0]).filter { $0.count > 0 } } ?? [] }
        let isPlain = isElevation || layout.pixelType.isComplex
        let representation =
            stored ?? (isPlain ? nil : said.representation)
            ?? representation(layout, isElevation: isElevation, tables: tables.first?.count ?? 0)
        let isKept = representation == text("IREP") && !isSaid
        set("IREP", representation)
        let isComplex = layout.pixelType.isComplex
        setDefault(
            "ICAT", isElevation ? "DTEM" : isComplex ? "SAR" : count == 1 || representation == "RGB" || stored != nil ? "VIS" : "MS"
        )
        let names =
            switch representation {
            case "MONO": ["M"]
            case "RGB": ["R", "G", "B"]
            case "RGB/LUT": ["LU"]
            case "YCbCr601": ["Y", "Cb", "Cr"]
            default: isSaid ? said.names : [String]()
            }
        var bands: [Value] = []
        bands.reserveCapacity(count)
        for band in 0..<count {
            let old = band < copied.count ? copied[band] : Value(group: [])
            let lookup = band < tables.count ? tables[band] : []
            let entries = lookup.first?.count ?? 0
            guard lookup.allSatisfy({ $0.type != nil && $0.count == entries }), lookup.count <= 4, entries <= 65_536 else {
                throw ImageryError(
                    .misuse, context, "the look-up tables of band \(band) are not up to 4 of the same length up to 65,536")
            }
            let named = Value(text: band < names.count ? names[band] : "")
            bands.append(
                Value(group: [
                    .init("IREPBAND", isKept ? old["IREPBAND"] ?? named : named),
                    .init(
                        "ISUBCAT",
                        isSaid && band < said.subcategories.count
                            ? Value(text: said.subcategories[band]) : old["ISUBCAT"] ?? Value(text: "")),
                    .init("IFC", old["IFC"] ?? Value(text: "N")), .init("IMFLT", old["IMFLT"] ?? Value(text: "")),
                    .init("NLUTS", Value(text: "\(lookup.count)")), .init("NELUT", Value(text: "\(entries)")),
                    .init("LUTD", Value(list: lookup)),
                ]))
        }
        set("BAND_INFO", Value(list: bands))
        set("NBANDS", count < 10 ? count : 0)
        set("XBANDS", count)
    }

    /// The copied IREP where it suits the bands, else the one that says the least.
    private func representation(_ layout: ImageLayout, isElevation: Bool, tables: Int) -> String {
        let count = layout.shape.bands
        switch text("IREP") {
        case "MONO" where count == 1, "RGB" where count == 3, "RGB/LUT" where count == 1 && tables == 3: return text("IREP") ?? ""
        // JPEG images are read as RGB (S58); other YCbCr was found before.
        case "YCbCr601" where count == 3: return "RGB"
        case nil, "MONO", "RGB", "RGB/LUT", "YCbCr601": break
        case let other?: return other
        }
        if isElevation || layout.pixelType.isComplex { return "NODISPLY" }
        if count == 1 { return tables == 3 ? "RGB/LUT" : "MONO" }
        return "MULTI"
    }

    /// The corners that were copied.
    var georeference: Georeference? {
        guard let form = text("ICORDS"), let corners = value("IGEOLO")?.bytes, corners.count == 60 else { return nil }
        return Georeference(coordinates: form, corners: corners, .v21) { _ in }
    }
}
