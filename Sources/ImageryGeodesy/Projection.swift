#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Longitude and latitude in degrees.
struct Geographic: Hashable, Sendable {
    var longitude: Double
    var latitude: Double
}

/// Easting and northing in metres.
struct Projected: Hashable, Sendable {
    var x: Double
    var y: Double
}

/// A map of the ellipsoid on the plane.
protocol Projection: Sendable {
    /// Nil where the map does not reach.
    func project(_ place: Geographic) -> Projected?
    /// Nil for positions that are no place of the map.
    func unproject(_ position: Projected) -> Geographic?
}

let radians = Double.pi / 180

/// The same longitude in -180 up to, and without, 180.
func normalised(longitude: Double) -> Double {
    let turned = longitude.remainder(dividingBy: 360)
    return turned == 180 ? -180 : turned
}

/// Mercator on the ellipsoid (EPSG method 9804), or on a sphere of its semi-major axis with the ellipsoid's latitudes (EPSG method 1024,
/// web mercator). (EPSG Guidance Note 7-2.)
struct Mercator: Projection {
    let ellipsoid: Ellipsoid
    let isSpherical: Bool

    func project(_ place: Geographic) -> Projected? {
        guard abs(place.latitude) < 90 else { return nil }
        let tau = tan(place.latitude * radians)
        let y = asinh(isSpherical ? tau : ellipsoid.conformal(tangent: tau))
        return Projected(
            x: ellipsoid.semiMajorAxis * normalised(longitude: place.longitude) * radians, y: ellipsoid.semiMajorAxis * y)
    }

    func unproject(_ position: Projected) -> Geographic? {
        let tau = sinh(position.y / ellipsoid.semiMajorAxis)
        let latitude = atan(isSpherical ? tau : ellipsoid.geographic(conformalTangent: tau)) / radians
        return Geographic(longitude: position.x / ellipsoid.semiMajorAxis / radians, latitude: latitude)
    }
}

/// Polar stereographic (EPSG methods 9810 and 9829; J. P. Snyder, Map Projections, USGS Professional Paper 1395, chapter 21).
struct PolarStereographic: Projection {
    private let ellipsoid: Ellipsoid
    private let isNorth: Bool
    /// Longitude that runs straight down from the north pole, straight up from the south pole.
    private let origin: Double
    private let falseEasting: Double
    private let falseNorthing: Double
    /// Distance from the pole for each unit of the tangent of half the conformal colatitude.
    private let radius: Double

    /// Of that scale at the pole.
    init(_ ellipsoid: Ellipsoid, isNorth: Bool, origin: Double, scale: Double, falseEasting: Double, falseNorthing: Double) {
        self.ellipsoid = ellipsoid
        self.isNorth = isNorth
        self.origin = origin
        self.falseEasting = falseEasting
        self.falseNorthing = falseNorthing
        let e = ellipsoid.eccentricity
        radius = 2 * ellipsoid.semiMajorAxis * scale / (pow(1 + e, 1 + e) * pow(1 - e, 1 - e)).squareRoot()
    }

    /// Of scale 1 at a parallel (method 9829).
    init(_ ellipsoid: Ellipsoid, isNorth: Bool, origin: Double, trueParallel: Double) {
        let e = ellipsoid.eccentricity
        let phi = abs(trueParallel) * radians
        let m = cos(phi) / (1 - ellipsoid.eccentricitySquared * sin(phi) * sin(phi)).squareRoot()
        let t = Self.halfColatitude(ellipsoid.conformal(tangent: tan(phi)))
        self.init(
            ellipsoid, isNorth: isNorth, origin: origin, scale: m * (pow(1 + e, 1 + e) * pow(1 - e, 1 - e)).squareRoot() / (2 * t),
            falseEasting: 0, falseNorthing: 0)
    }

    /// The tangent of half the conformal colatitude.
    private static func halfColatitude(_ conformal: Double) -> Double {
        // Of two equal forms the one that loses no digits.
        let root = (1 + conformal * conformal).squareRoot()
        return conformal > 0 ? 1 / (root + conformal) : root - conformal
    }

    func project(_ place: Geographic) -> Projected? {
        let latitude = isNorth ? place.latitude : -place.latitude
        guard latitude > -90, latitude <= 90 else { return nil }
        let conformal = ellipsoid.conformal(
            tangent: latitude == 90 ? .greatestFiniteMagnitude.squareRoot() : tan(latitude * radians))
        let distance = latitude == 90 ? 0 : radius * Self.halfColatitude(conformal)
        let angle = (place.longitude - origin) * radians
        return Projected(
            x: falseEasting + distance * sin(angle), y: falseNorthing + (isNorth ? -1 : 1) * distance * cos(angle))
    }

    func unproject(_ position: Projected) -> Geographic? {
        let (dx, dy) = (position.x - falseEasting, position.y - falseNorthing)
        let t = (dx * dx + dy * dy).squareRoot() / radius
        guard t > 0 else { return Geographic(longitude: origin, latitude: isNorth ? 90 : -90) }
        let latitude = atan(ellipsoid.geographic(conformalTangent: (1 / t - t) / 2)) / radians
        return Geographic(
            longitude: origin + atan2(dx, isNorth ? -dy : dy) / radians, latitude: isNorth ? latitude : -latitude)
    }
}
