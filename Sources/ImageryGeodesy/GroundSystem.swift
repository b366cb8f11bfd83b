// Which reference systems lead to longitude and latitude: codes of the EPSG dataset (version 12.029).

public import ImageryBase

/// A reference system whose coordinates this library can turn into longitude and latitude, and back.
///
/// Longitudes and latitudes are those of the system's own datum. The datums here are WGS 84 and those that lie within 3 m of it everywhere on
/// their continent (NAD83, ETRS89, GDA94, GDA2020, SIRGAS, JGD, NZGD2000): they are taken for WGS 84, as other software does without a grid of
/// shifts. The projections themselves are exact to 1 mm: UTM by Krüger's series up to 20 degrees from the central meridian, polar stereographic and
/// Mercator by closed formulas.
public struct GroundSystem: Sendable {
    /// The code, `"EPSG:32633"`.
    public let code: String
    /// True when coordinates are longitude and latitude already.
    public var isGeographic: Bool { projection == nil }
    /// True when the datum is WGS 84 itself.
    public let isWGS84: Bool
    /// Zone and hemisphere of a UTM grid; nil for other systems.
    public let zone: (number: Int, isNorth: Bool)?

    private let projection: (any Projection)?

    /// Throws kind unsupported for a system that is not known here, or for none, and names the code.
    public init(_ crs: String?) throws(ImageryError) {
        guard let crs else {
            throw ImageryError(
                unsupported: .georeference, "georeference", "the image has no reference system, or one without a code")
        }
        guard crs.utf8.count <= 12, crs.uppercased().hasPrefix("EPSG:"), let number = Int(crs.dropFirst(5)),
            let found = Self.system(number)
        else {
            throw ImageryError(
                unsupported: .georeference, "georeference",
                "the reference system \(crs.prefix(64)) cannot be turned into longitude and latitude here")
        }
        code = crs
        (projection, isWGS84, zone) = found
    }

    /// The position of a longitude and a latitude in degrees; nil where the system does not reach.
    public func position(longitude: Double, latitude: Double) -> Georeference.Point? {
        position(Geographic(longitude: longitude, latitude: latitude))
    }

    /// Longitude and latitude in degrees of a position; nil when it is none of the system.
    func geographic(_ point: Georeference.Point) -> Geographic? {
        guard let projection else {
            guard abs(point.y) <= 90.000001, abs(point.x) <= 720 else { return nil }
            return Geographic(longitude: point.x, latitude: point.y)
        }
        return projection.unproject(Projected(x: point.x, y: point.y))
    }

    /// The position of a longitude and a latitude in degrees; nil where the system does not reach.
    func position(_ place: Geographic) -> Georeference.Point? {
        guard let projection else { return Georeference.Point(x: place.longitude, y: place.latitude) }
        return projection.project(place).map { Georeference.Point(x: $0.x, y: $0.y) }
    }

    private typealias Found = (projection: (any Projection)?, isWGS84: Bool, zone: (number: Int, isNorth: Bool)?)

    private static func system(_ code: Int) -> Found? {
        switch code {
        case 4326, 4979: return (nil, true, nil)
        case _ where geographicCodes.contains(code): return (nil, false, nil)
        case 3857: return (Mercator(ellipsoid: .wgs84, isSpherical: true), true, nil)
        case 3395: return (Mercator(ellipsoid: .wgs84, isSpherical: false), true, nil)
        // UPS; the two codes of a pole differ in the order of axes only.
        case 32661, 5041, 32761, 5042:
            let isNorth = code == 32661 || code == 5041
            let grid = PolarStereographic(
                .wgs84, isNorth: isNorth, origin: 0, scale: 0.994, falseEasting: 2_000_000, falseNorthing: 2_000_000)
            return (grid, true, nil)
        case 3031: return (PolarStereographic(.wgs84, isNorth: false, origin: 0, trueParallel: -71), true, nil)
        case 3976: return (PolarStereographic(.wgs84, isNorth: false, origin: 0, trueParallel: -70), true, nil)
        case 3413: return (PolarStereographic(.wgs84, isNorth: true, origin: -45, trueParallel: 70), true, nil)
        case 3995: return (PolarStereographic(.wgs84, isNorth: true, origin: 0, trueParallel: 71), true, nil)
        default: break
        }
        guard let range = zones.first(where: { $0.codes.contains(code) }) else { return nil }
        let number = range.first + code - range.codes.lowerBound
        let isWGS84 = range.codes.lowerBound == 32601 || range.codes.lowerBound == 32701
        return (
            TransverseMercator(isWGS84 ? .wgs84 : .grs80, zone: number, isNorth: range.isNorth), isWGS84, (number, range.isNorth)
        )
    }

    /// NAD83 and its realizations, ETRS89, SWEREF99, GDA94, GDA2020, NZGD2000, JGD2000, JGD2011, SIRGAS 1995 and 2000.
    private static let geographicCodes: Set<Int> = [
        4269, 4152, 4617, 4759, 6318, 6319, 6322, 6325, 4258, 4937, 4619, 4283, 7844, 7843, 4167, 4612, 6668, 4170, 4674,
    ]

    /// Codes of successive UTM zones, the first zone, the hemisphere.
    private static let zones: [(codes: ClosedRange<Int>, first: Int, isNorth: Bool)] = [
        // WGS 84.
        (32601...32660, 1, true), (32701...32760, 1, false),
        // NAD83, NAD83(HARN), NAD83(CSRS), NAD83(NSRS2007), NAD83(2011), NAD83(PA11), NAD83(MA11).
        (26901...26923, 1, true), (3372...3373, 59, true), (9712...9712, 24, true), (3740...3749, 10, true), (3750...3751, 4, true),
        (2195...2195, 2, false), (2955...2957, 11, true), (2958...2962, 17, true), (3154...3157, 7, true), (3158...3160, 14, true),
        (3761...3761, 22, true), (9709...9709, 23, true), (9713...9713, 24, true), (3708...3726, 1, true), (3706...3707, 59, true),
        (6330...6348, 1, true), (6328...6329, 59, true), (6634...6635, 4, true), (6636...6636, 2, false), (8692...8693, 54, true),
        // ETRS89 in the one order of axes and in the other; SWEREF99 TM.
        (25828...25837, 28, true), (3040...3049, 28, true), (3067...3067, 35, true), (5048...5048, 35, true),
        (3006...3006, 33, true),
        // GDA94, GDA2020, NZGD2000.
        (28348...28358, 48, false), (6736...6737, 46, false), (6738...6738, 59, false), (7846...7859, 46, false),
        (2133...2135, 58, false), (5700...5700, 1, false),
        // JGD2000, JGD2011.
        (3097...3101, 51, true), (6688...6692, 51, true),
        // SIRGAS 2000, SIRGAS 1995.
        (31965...31976, 11, true), (31977...31985, 17, false), (6210...6211, 23, true), (5396...5396, 26, false),
        (31986...31991, 17, true), (31992...32000, 17, false),
    ]
}
