// Krüger's series of sixth order (L. Krüger, Konforme Abbildung des Erdellipsoids in der Ebene, 1912; C. F. F. Karney, Transverse
// Mercator with an accuracy of a few nanometers, J. Geodesy 85, 2011, equations 10 to 15, 35 and 36).

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Transverse Mercator (EPSG method 9807) from latitude 0. Within 3,900 km of the central meridian the error is less than 5 nm.
struct TransverseMercator: Projection {
    private let ellipsoid: Ellipsoid
    private let centralMeridian: Double
    private let falseEasting: Double
    private let falseNorthing: Double
    /// Scale on the central meridian times the rectifying radius.
    private let radius: Double
    private let alpha: [Double]
    private let beta: [Double]

    init(_ ellipsoid: Ellipsoid, centralMeridian: Double, scale: Double, falseEasting: Double, falseNorthing: Double) {
        self.ellipsoid = ellipsoid
        self.centralMeridian = centralMeridian
        self.falseEasting = falseEasting
        self.falseNorthing = falseNorthing
        let n = ellipsoid.thirdFlattening
        let n2 = n * n
        radius = scale * ellipsoid.semiMajorAxis / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64 + n2 * n2 * n2 / 256)
        alpha = Self.series(n, Self.forward)
        beta = Self.series(n, Self.inverse)
    }

    /// A zone of the Universal Transverse Mercator grid.
    init(_ ellipsoid: Ellipsoid, zone: Int, isNorth: Bool) {
        self.init(
            ellipsoid, centralMeridian: Double(6 * zone - 183), scale: 0.9996, falseEasting: 500_000,
            falseNorthing: isNorth ? 0 : 10_000_000)
    }

    /// Of row j the coefficients of n to the powers j, j + 1 and so on to 6 (equation 35).
    private static let forward: [[Double]] = [
        [1.0 / 2, -2.0 / 3, 5.0 / 16, 41.0 / 180, -127.0 / 288, 7891.0 / 37_800],
        [13.0 / 48, -3.0 / 5, 557.0 / 1440, 281.0 / 630, -1_983_433.0 / 1_935_360],
        [61.0 / 240, -103.0 / 140, 15_061.0 / 26_880, 167_603.0 / 181_440],
        [49_561.0 / 161_280, -179.0 / 168, 6_601_661.0 / 7_257_600],
        [34_729.0 / 80_640, -3_418_889.0 / 1_995_840],
        [212_378_941.0 / 319_334_400],
    ]
    /// Equation 36.
    private static let inverse: [[Double]] = [
        [1.0 / 2, -2.0 / 3, 37.0 / 96, -1.0 / 360, -81.0 / 512, 96_199.0 / 604_800],
        [1.0 / 48, 1.0 / 15, -437.0 / 1440, 46.0 / 105, -1_118_711.0 / 3_870_720],
        [17.0 / 480, -37.0 / 840, -209.0 / 4480, 5569.0 / 90_720],
        [4397.0 / 161_280, -11.0 / 504, -830_251.0 / 7_257_600],
        [4583.0 / 161_280, -108_847.0 / 3_991_680],
        [20_648_693.0 / 638_668_800],
    ]

    private static func series(_ n: Double, _ rows: [[Double]]) -> [Double] {
        var power = 1.0
        return rows.map { row in
            power *= n
            return power * row.reversed().reduce(0) { $0 * n + $1 }
        }
    }

    func project(_ place: Geographic) -> Projected? {
        let lambda = normalised(longitude: place.longitude - centralMeridian) * radians
        guard abs(place.latitude) <= 90, abs(lambda) < .pi / 2 else { return nil }
        let conformal = ellipsoid.conformal(tangent: tan(place.latitude * radians))
        let (xi0, eta0) = (
            atan2(conformal, cos(lambda)), asinh(sin(lambda) / (conformal * conformal + cos(lambda) * cos(lambda)).squareRoot())
        )
        var (xi, eta) = (xi0, eta0)
        for (index, coefficient) in alpha.enumerated() {
            let k = 2 * Double(index + 1)
            xi += coefficient * sin(k * xi0) * cosh(k * eta0)
            eta += coefficient * cos(k * xi0) * sinh(k * eta0)
        }
        return Projected(x: falseEasting + radius * eta, y: falseNorthing + radius * xi)
    }

    func unproject(_ position: Projected) -> Geographic? {
        let (xi, eta) = ((position.y - falseNorthing) / radius, (position.x - falseEasting) / radius)
        // Two radii: the series have no meaning farther out.
        guard abs(xi) < 3.2, abs(eta) < 2 else { return nil }
        var (xi0, eta0) = (xi, eta)
        for (index, coefficient) in beta.enumerated() {
            let k = 2 * Double(index + 1)
            xi0 -= coefficient * sin(k * xi) * cosh(k * eta)
            eta0 -= coefficient * cos(k * xi) * sinh(k * eta)
        }
        let root = (sinh(eta0) * sinh(eta0) + cos(xi0) * cos(xi0)).squareRoot()
        let lambda = atan2(sinh(eta0), cos(xi0))
        let latitude = root > 0 ? atan(ellipsoid.geographic(conformalTangent: sin(xi0) / root)) / radians : xi0 > 0 ? 90 : -90
        return Geographic(longitude: centralMeridian + lambda / radians, latitude: latitude)
    }
}
