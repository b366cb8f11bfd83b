// Grids of the geospatial support data extensions (STDI-0002 Volume 1, Appendix P: GEOLOB, MAPLOB, GEOPSB, PRJPSB).

import ImageryBase
import ImageryGeodesy
import ImageryPlumbing

/// A grid of pixels with north up, and its reference system.
struct GridLocation: Hashable {
    /// Bytes of GEOLOB and of MAPLOB.
    private static let geographicCount = 48
    private static let mapCount = 43

    var affine: Georeference.Affine
    var crs: String

    init(affine: Georeference.Affine, crs: String) {
        self.affine = affine
        self.crs = crs
    }

    /// The grid of an image's GEOLOB, else of its MAPLOB where GEOPSB and PRJPSB, in the image or in the file, name a zone of UTM on WGS 84; nil
    /// without one.
    init?(_ extensions: (String) -> [[UInt8]], file: (String) -> [[UInt8]]) {
        func first(_ tag: String) -> [UInt8]? { extensions(tag).first ?? file(tag).first }
        guard !extensions("GEOLOB").isEmpty || !extensions("MAPLOB").isEmpty else { return nil }
        // A datum that is named and is not WGS 84 has no place here.
        let system = first("GEOPSB").map { SystemFields($0) }
        if let system, !system.isWGS84 { return nil }
        if let data = extensions("GEOLOB").first, data.count >= Self.geographicCount,
            let columns = Self.number(data[0..<9]), let rows = Self.number(data[9..<18]), let west = Self.number(data[18..<33]),
            let north = Self.number(data[33..<48]), columns > 0, rows > 0, abs(west) <= 360, abs(north) <= 90
        {
            affine = Georeference.Affine(
                originX: west, originY: north, xPerColumn: 360 / columns, xPerRow: 0, yPerColumn: 0, yPerRow: -360 / rows)
            crs = "EPSG:4326"
        } else if let data = extensions("MAPLOB").first, data.count >= Self.mapCount, trimmedText(data, 0..<3) == "M",
            let x = Self.number(data[3..<8]), let y = Self.number(data[8..<13]), let west = Self.number(data[13..<28]),
            let north = Self.number(data[28..<43]), x > 0, y > 0, let zone = first("PRJPSB").flatMap(Self.zone), system != nil
        {
            affine = Georeference.Affine(originX: west, originY: north, xPerColumn: x, xPerRow: 0, yPerColumn: 0, yPerRow: -y)
            crs = zone.crs
        } else {
            return nil
        }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Double? {
        guard let value = Double(trimmedText(Array(text), 0..<text.count)), value.isFinite else { return nil }
        return value
    }

    /// GEOPSB as far as it names a datum: DCD and ELC.
    private struct SystemFields {
        var isWGS84 = false

        init(_ data: [UInt8]) {
            guard data.count >= 173 else { return }
            isWGS84 = trimmedText(data, 86..<90) == "WGE" || trimmedText(data, 170..<173) == "WE"
        }
    }

    /// The zone of UTM that PRJPSB's transverse Mercator (PCO TC: central meridian, scale, latitude of origin; false easting and northing) is.
    private static func zone(_ data: [UInt8]) -> UTMZone? {
        guard data.count >= 83, trimmedText(data, 80..<82) == "TC", let count = Georeference.digits(data[82..<83]), count >= 3,
            data.count >= 83 + 15 * count + 30
        else { return nil }
        func parameter(_ index: Int) -> Double? { number(data[83 + 15 * index..<98 + 15 * index]) }
        guard let meridian = parameter(0), parameter(1).map({ abs($0 - 0.9996) < 1e-9 }) == true, parameter(2) == 0,
            parameter(count) == 500_000, let north = parameter(count + 1), north == 0 || north == 10_000_000,
            (meridian + 183).remainder(dividingBy: 6) == 0, abs(meridian) <= 177
        else { return nil }
        return UTMZone(number: Int((meridian + 183) / 6), isNorth: north == 0)
    }

    /// The data of a MAPLOB; nil for maps that are no grid of whole metres with north up.
    static func mapData(_ map: Georeference.Affine) -> [UInt8]? {
        let (x, y) = (map.xPerColumn, -map.yPerRow)
        guard map.xPerRow == 0, map.yPerColumn == 0, x >= 1, y >= 1, x == x.rounded(), y == y.rounded(),
            let lod = fixed(x, digits: 5), let lad = fixed(y, digits: 5), let west = coordinate(map.originX),
            let north = coordinate(map.originY)
        else { return nil }
        return Array(("M  " + lod + lad + west + north).utf8)
    }

    private static func coordinate(_ metres: Double) -> String? { fixed(metres, digits: 10, decimals: 3, isSigned: true) }

    /// The data of a GEOLOB; nil for maps that are no grid of longitude and latitude with north up, or whose pixels are no whole part of the circle.
    static func geographicData(_ map: Georeference.Affine) -> [UInt8]? {
        guard map.xPerRow == 0, map.yPerColumn == 0, map.xPerColumn > 0, map.yPerRow < 0, abs(map.originX) <= 360,
            abs(map.originY) <= 90
        else { return nil }
        let (columns, rows) = (360 / map.xPerColumn, -360 / map.yPerRow)
        guard abs(columns - columns.rounded()) < 1e-9 * columns, abs(rows - rows.rounded()) < 1e-9 * rows,
            let arv = fixed(columns.rounded(), digits: 9), let brv = fixed(rows.rounded(), digits: 9),
            let west = fixed(wrapped(map.originX), digits: 3, decimals: 10, isSigned: true),
            let north = fixed(map.originY, digits: 3, decimals: 10, isSigned: true)
        else { return nil }
        return Array((arv + brv + west + north).utf8)
    }
}
