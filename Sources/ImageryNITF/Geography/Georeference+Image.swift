// Where an image lies, from all that its subheader and the file say: IGEOLO (MIL-STD-2500C Table A-3), BLOCKA, RPC00A, RPC00B (STDI-0002 Volume 1,
// Appendix E), ICHIPB (Appendix B), GEOLOB, MAPLOB with GEOPSB and PRJPSB (Appendix P).

import ImageryBase
import ImageryGeodesy

extension Georeference {
    /// The georeference of an image; nil when nothing gives one. What is there and means nothing is reported.
    ///
    /// The finest form is taken: the grid of GEOLOB or MAPLOB, else the corners of BLOCKA, else those of IGEOLO. A camera is that of the image's own
    /// pixels: where ICHIPB says that they are a chip, it is moved.
    init?(_ header: Header, file: Header, rows: Int, _ version: Version, context: String, report: (Diagnostic) -> Void) {
        let record = header.record
        self.init(
            corners: Georeference(record, version, context: context, report: report), rows: rows, extensions: header.extensions,
            file: file.extensions
        ) { report(Diagnostic(context, $0, at: record.offset)) }
    }

    /// The same from the corners of IGEOLO, and what gives the data of extensions in the image's subheader and in the file header.
    init?(
        corners: Georeference?, rows: Int, extensions: (String) -> [[UInt8]], file: (String) -> [[UInt8]],
        report say: (String) -> Void
    ) {
        var found = corners ?? Georeference()
        let blocks = extensions("BLOCKA").compactMap { BlockLocation($0) }
        if let corners = blocks.first(where: { $0.lines == rows })?.corners { found.refine(with: corners) }
        if let grid = GridLocation(extensions, file: file) { found = Georeference(affine: grid.affine, crs: grid.crs) }
        let cameras = RationalPolynomial.tags.compactMap { tag in extensions(tag).first.map { (tag: tag, data: $0) } }
        if let first = cameras.first, let camera = RationalPolynomial(first.data, tag: first.tag, report: say) {
            found.rationalPolynomial = camera
            if let chipData = extensions("ICHIPB").first {
                if let part = ImageChip(chipData)?.part {
                    found.rationalPolynomial = Georeference(rationalPolynomial: camera).moved(to: part).rationalPolynomial
                } else {
                    found.rationalPolynomial = nil
                    say("ICHIPB does not say by offsets and scales where the chip lies in the full image: its camera is not used")
                }
            }
        }
        guard found != Georeference() else { return nil }
        self = found
    }

    /// Takes the corners of a BLOCKA, in longitude and latitude, in the place of coarser ones.
    ///
    /// Whole metres of a UTM zone become fractions of metres in that zone, where both mean the same ground.
    mutating func refine(with block: [Point]) {
        guard let crs, crs != "EPSG:4326", let coarse = corners, coarse.count == 4, let system = try? GroundSystem(crs) else {
            corners = Self.continuous(block)
            crs = "EPSG:4326"
            return
        }
        let fine = block.compactMap { system.position(longitude: $0.x, latitude: $0.y) }
        // Half a metre of rounding in IGEOLO, and as much again of BLOCKA's hundredths of seconds.
        guard fine.count == 4, zip(fine, coarse).allSatisfy({ abs($0.x - $1.x) < 1 && abs($0.y - $1.y) < 1 }) else { return }
        corners = fine
    }

    /// Longitudes that do not jump from 180 to -180 between corners: those in the west count on from 180.
    ///
    /// Corners are those of IGEOLO's order, upper left first. Rows that run east over more than half the Earth are no jump.
    static func continuous(_ corners: [Point]) -> [Point] {
        guard corners.count == 4, let west = corners.map(\.x).min(), let east = corners.map(\.x).max(), east - west > 180 else {
            return corners
        }
        let rows = [corners[1].x - corners[0].x, corners[2].x - corners[3].x]
        guard rows.contains(where: { $0 < -180 }) || rows.allSatisfy({ $0 <= 180 }) else { return corners }
        let turned = corners.map { Point(x: $0.x < 0 ? $0.x + 360 : $0.x, y: $0.y) }
        guard let first = turned.map(\.x).min(), let last = turned.map(\.x).max(), last - first < 180 else { return corners }
        return turned
    }
}
