// Where a written image lies: ICORDS, IGEOLO, IMAG (MIL-STD-2500C Table A-3), BLOCKA, RPC00B (STDI-0002 Volume 1, Appendix E), ICHIPB (Appendix B),
// GEOLOB and MAPLOB (Appendix P).

import ImageryBase
import ImageryGeodesy

/// Gives the fields and extensions of a subheader the place of the image: what the options ask for, else what the source says of its place,
/// else what was copied.
struct ImagePlacement {
    private let source: PixelSource
    private let options: WriteOptions
    private let asset: AssetKey
    private let context: String
    private let notes: WriteNotes
    private var isAsked: Bool { options.georeference != nil }
    private var isCopy: Bool { options.metadata?.schema == .nitf }
    private var size: (columns: Int, rows: Int) { (source.layout.shape.columns, source.layout.shape.rows) }

    init(_ source: PixelSource, _ entry: WriteEntry, context: String, notes: WriteNotes) {
        self.source = source
        options = entry.options
        asset = entry.key
        self.context = context
        self.notes = notes
    }

    /// Throws kind misuse for a place that was asked for and cannot be said, and what the notes throw.
    func apply(to header: inout HeaderDraft) throws(ImageryError) {
        if let part = source.part {
            if part.scaleX != 1 { header.set("IMAG", Magnification(header.text("IMAG"), reducedBy: part.scaleX).text) }
            if isCopy { try adapt(&header, to: part) }
        }
        guard let place = options.georeference ?? source.georeference else {
            // Another version's forms, or a text without corners, say nothing.
            let form = header.text("ICORDS") ?? ""
            if !["U", "G", "N", "S", "D"].contains(form) || header.value("IGEOLO") == nil
                || options.metadata?["ISDWNG"] != nil && form == "N"
            {
                header.set("ICORDS", "")
            }
            return
        }
        // What was copied says the same, and may say it in another form.
        let draft = header
        let copied = Georeference(
            corners: draft.georeference, rows: size.rows, extensions: draft.extensions, file: { _ in [] }, report: { _ in })
        if isAsked || copied == nil || copied?.corners != place.corners || copied?.affine != place.affine
            || copied?.crs != place.crs
        {
            try setCorners(place, &header)
        }
        try setCamera(place, &header)
    }

    // MARK: Corners

    private func setCorners(_ place: Georeference, _ header: inout HeaderDraft) throws(ImageryError) {
        guard place.affine != nil || place.corners != nil || !place.controlPoints.isEmpty else {
            try setFields(nil, place, &header)
            if place.crs != nil, place.rationalPolynomial == nil {
                try note("reference system", .dropped, "NITF says it with corners only, and there are none")
            }
            return
        }
        let fields: CornerFields
        do throws(ImageryError) {
            fields = try CornerFields(place, columns: size.columns, rows: size.rows, preferred: header.text("ICORDS"))
        } catch {
            guard !isAsked || place.rationalPolynomial != nil else {
                throw ImageryError(
                    .misuse, context, "IGEOLO cannot say the georeference: \(error.message); it has corners on WGS 84")
            }
            try setFields(nil, place, &header)
            try note("position", .dropped, "IGEOLO cannot say it: \(error.message)")
            return
        }
        try setFields(fields, place, &header)
        try tellChanges(place, fields)
    }

    private func tellChanges(_ place: Georeference, _ fields: CornerFields) throws(ImageryError) {
        let system = try GroundSystem(place.crs)
        let isGrid = fields.coordinates == "N" || fields.coordinates == "S"
        let written = isGrid ? "a zone of UTM" : "longitude and latitude"
        if !system.isWGS84 {
            try note(
                "reference system", .changed,
                "\(system.code) is written as \(written) on WGS 84, the only datum of NITF: up to 3 m away")
        } else if !isGrid, !system.isGeographic {
            try note("reference system", .changed, "\(system.code) is written as the longitude and latitude of the corners")
        }
        if place.affine == nil, place.corners == nil {
            try note("control points", .changed, "their affine map of best fit is written as corners")
        }
        if let definition = place.definition, definition.hasHeights {
            try note("vertical reference system", .dropped, "NITF has no field for it")
        }
        if let error = fields.error, error > CornerFields.tolerance, finerGrid(place, fields) == nil {
            let form = "ICORDS \(fields.coordinates)" + (fields.block == nil ? "" : " with BLOCKA")
            let isKnown = error.isFinite && error < 1e9
            let way =
                isKnown ? "are off by up to \((error * 100).rounded(.up) / 100) pixels" : "do not lead back to the image's pixels"
            try note("position", .changed, "the corners of \(form) \(way)")
        }
    }

    private func note(_ field: String, _ change: WriteNote.Change, _ message: String) throws(ImageryError) {
        try notes.add(WriteNote(asset, field, change, message))
    }

    /// Sets ICORDS and IGEOLO, and what else says the same: copied extensions that are not changed would contradict.
    private func setFields(_ fields: CornerFields?, _ place: Georeference, _ header: inout HeaderDraft) throws(ImageryError) {
        header.set("ICORDS", fields?.coordinates ?? "")
        header.set("IGEOLO", fields?.corners ?? "")
        let blocks = header.extensions("BLOCKA")
        if fields?.block != nil || !blocks.isEmpty {
            if blocks.count <= 1, let corners = fields?.geographic,
                let data = BlockLocation.data(corners: corners, lines: size.rows, copied: blocks.first)
            {
                try header.replace(tag: "BLOCKA", with: data)
            } else {
                try drop("BLOCKA", &header, "blocks of another image than this one")
            }
        }
        for (tag, data) in [
            ("GEOLOB", place.affine.flatMap(GridLocation.geographicData)), ("MAPLOB", place.affine.flatMap(GridLocation.mapData)),
        ] where !header.extensions(tag).isEmpty {
            let isSame = tag == "GEOLOB" ? place.crs == "EPSG:4326" : place.crs.flatMap(UTMZone.init(crs:)) != nil
            if let data, isSame {
                try header.replace(tag: tag, with: data)
            } else {
                try drop(tag, &header, "a grid that is not this image's")
            }
        }
        if header.extensions("GEOLOB").isEmpty, let data = finerGrid(place, fields) { try header.append(tag: "GEOLOB", data) }
    }

    /// GEOLOB of a grid of longitude and latitude whose corners the fields and BLOCKA round too far; nil for what needs none and what it cannot
    /// say. (MAPLOB has whole metres for the size of a pixel, which corners give as well.)
    private func finerGrid(_ place: Georeference, _ fields: CornerFields?) -> [UInt8]? {
        guard let error = fields?.error, error > CornerFields.tolerance, place.crs == "EPSG:4326" else { return nil }
        return place.affine.flatMap(GridLocation.geographicData)
    }

    private func drop(_ tag: String, _ header: inout HeaderDraft, _ why: String) throws(ImageryError) {
        header.removeExtensions(tag: tag)
        try note(tag, .dropped, "it describes \(why)")
    }

    // MARK: Camera

    private func setCamera(_ place: Georeference, _ header: inout HeaderDraft) throws(ImageryError) {
        let tags = Georeference.RationalPolynomial.tags
        guard let camera = place.rationalPolynomial else { return }
        if isCopy, tags.contains(where: { !header.extensions($0).isEmpty }) {
            guard options.georeference?.rationalPolynomial != nil else { return }
            for tag in tags + ["ICHIPB"] { header.removeExtensions(tag: tag) }
        }
        guard let data = camera.fittedToFields?.extensionData else {
            guard options.georeference?.rationalPolynomial == nil else {
                throw ImageryError(.misuse, context, "the camera has numbers that do not fit RPC00B")
            }
            return try note("camera", .dropped, "it has numbers that do not fit RPC00B")
        }
        try header.append(tag: "RPC00B", data)
        let error = Georeference.RationalPolynomial(data, tag: "RPC00B", report: { _ in }).flatMap { camera.distance(to: $0) }
        if let error, error > CornerFields.tolerance {
            try note("camera", .changed, "the digits of RPC00B are off by up to \((error * 100).rounded(.up) / 100) pixels")
        }
    }

    // MARK: Parts

    /// Cameras that speak of the full image, where ICHIPB leads to it.
    private static func isCamera(_ tag: String) -> Bool {
        tag.hasPrefix("RSM") || ["SENSRA", "SENSRB", "CSEXRA", "CSEXRB", "CSRLSB", "CSWRPB", "IMRFCA"].contains(tag)
    }

    /// What tells of the pixels or the footprint of the whole image.
    private static let boundToWhole = [
        "BNDPLB", "CSCRNA", "GRDPSB", "NBLOCA", "OFFSET", "PIXMTA", "PIXQLA", "REGPTB",
    ]

    /// Makes the copied extensions those of a part of their image (S67): exactly one of RPC00B and ICHIPB moves.
    private func adapt(_ header: inout HeaderDraft, to part: ImagePart) throws(ImageryError) {
        if part.isWhole { return }
        let rational = Georeference.RationalPolynomial.tags.filter { tag in
            header.extensions(tag).contains { Georeference.RationalPolynomial($0, tag: tag, report: { _ in }) != nil }
        }
        let others = header.extensionTags.filter(Self.isCamera)
        if let data = header.extensions("ICHIPB").first {
            if let moved = ImageChip(data)?.taking(part).data {
                try header.replace(tag: "ICHIPB", with: moved)
            } else {
                for tag in ["ICHIPB"] + rational + others {
                    try drop(tag, &header, "a full image of which this part has no place that ICHIPB can say")
                }
            }
        } else if !rational.isEmpty || !others.isEmpty {
            let moved = rational.map { tag in
                (
                    tag,
                    header.extensions(tag).first.flatMap {
                        Georeference.RationalPolynomial.moved($0, left: part.left, top: part.top)
                    }
                )
            }
            if others.isEmpty, part.scaleX == 1, part.scaleY == 1, moved.allSatisfy({ $0.1 != nil }) {
                for case (let tag, let data?) in moved { try header.replace(tag: tag, with: data) }
            } else if let data = ImageChip(part).data {
                try header.replace(tag: "ICHIPB", with: data)
            } else {
                for tag in rational + others {
                    try drop(tag, &header, "an image of which this part has no place that ICHIPB can say")
                }
            }
        }
        for tag in Self.boundToWhole where !header.extensions(tag).isEmpty { try drop(tag, &header, "the whole image") }
    }
}

/// IMAG: how large an image is drawn, against the image that it was made from (MIL-STD-2500C Table A-3: a decimal, or /2, /4 and so on).
struct Magnification: Hashable {
    let text: String

    /// `copied` made smaller; a text that is no magnification counts as 1.
    init(_ copied: String?, reducedBy scale: Double) {
        var old = 1.0
        if let copied {
            if copied.hasPrefix("/"), let divisor = Double(copied.dropFirst()), divisor > 0 {
                old = 1 / divisor
            } else if let value = Double(copied), value > 0, value.isFinite {
                old = value
            }
        }
        let value = old / scale
        let divisor = (1 / value).rounded()
        if divisor > 1, divisor < 1000, abs(divisor * value - 1) < 1e-3 {
            text = "/\(Int(divisor))"
        } else if value >= 1000 {
            text = "9999"
        } else {
            let decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2
            let digits = value >= 100 ? 3 : value >= 10 ? 2 : 1
            text = fixed(value, digits: digits, decimals: decimals) ?? "1.0"
        }
    }
}

extension Georeference.Definition {
    /// True when the keys name a vertical reference system (VerticalGeoKey, 4096, and those behind it).
    fileprivate var hasHeights: Bool {
        stride(from: 4, to: directory.count - 3, by: 4).contains { (4096...4098).contains(directory[$0]) }
    }
}
