// The rectified grid of a GML coverage (OGC 08-085 GMLJP2; GML 3.1, 19.2).

import ImageryBase
import ImageryTags

extension Georeference {
    /// The grid that a GMLJP2 document puts the image on; nil when it has none.
    init?(gml root: XMLElement) {
        guard let grid = Self.first("RectifiedGrid", in: root), let origin = Self.first("origin", in: grid),
            let place = Self.first("pos", in: origin) ?? Self.first("coordinates", in: origin)
        else { return nil }
        let vectors = grid.children.filter { Self.local($0.name) == "offsetVector" }
        let start = Self.numbers(place.text)
        guard vectors.count == 2, start.count >= 2 else { return nil }
        var column = Self.numbers(vectors[0].text)
        var row = Self.numbers(vectors[1].text)
        guard column.count >= 2, row.count >= 2 else { return nil }
        var (x, y) = (start[0], start[1])
        // Reference systems whose first axis points north put that first: seen from vectors that have nothing in their own axis.
        if column[0] == 0, column[1] != 0, row[1] == 0, row[0] != 0 {
            (x, y) = (y, x)
            column = [column[1], column[0]]
            row = [row[1], row[0]]
        }
        let name =
            grid.attribute("srsName") ?? vectors[0].attribute("srsName")
            ?? Self.first("Point", in: origin)?.attribute("srsName")
        // The origin is the centre of the first pixel.
        self.init(
            affine: Affine(
                originX: x - (column[0] + row[0]) / 2, originY: y - (column[1] + row[1]) / 2, xPerColumn: column[0],
                xPerRow: row[0],
                yPerColumn: column[1], yPerRow: row[1]), crs: name.flatMap(Self.code))
    }

    private static func local(_ name: String) -> Substring { name.split(separator: ":").last ?? "" }

    /// The first element of that local name, the root included, in document order.
    private static func first(_ name: String, in element: XMLElement) -> XMLElement? {
        if local(element.name) == name { return element }
        for child in element.children {
            if let found = first(name, in: child) { return found }
        }
        return nil
    }

    private static func numbers(_ text: String) -> [Double] {
        text.split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" || $0 == "\r" }.compactMap { Double($0) }
    }

    /// `EPSG:n` for the ways in which GML spells it: urn:ogc:def:crs:EPSG::n, http://www.opengis.net/def/crs/EPSG/0/n.
    private static func code(_ name: String) -> String? {
        guard name.contains("EPSG") || name.contains("epsg"),
            let digits = name.split(whereSeparator: { ":/#".contains($0) }).last, Int(digits) != nil
        else { return nil }
        return "EPSG:\(digits)"
    }
}
