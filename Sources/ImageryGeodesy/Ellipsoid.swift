// Conformal latitudes on an ellipsoid (C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85, 2011,
// section 3: equations 7 to 9 and 19 to 21).

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An ellipsoid of revolution.
struct Ellipsoid: Hashable, Sendable {
    /// Semi-major axis in metres.
    let semiMajorAxis: Double
    let flattening: Double

    /// EPSG:7030.
    static let wgs84 = Ellipsoid(semiMajorAxis: 6_378_137, flattening: 1 / 298.257223563)
    /// EPSG:7019.
    static let grs80 = Ellipsoid(semiMajorAxis: 6_378_137, flattening: 1 / 298.257222101)

    /// Square of the first eccentricity.
    var eccentricitySquared: Double { flattening * (2 - flattening) }
    var eccentricity: Double { eccentricitySquared.squareRoot() }
    var thirdFlattening: Double { flattening / (2 - flattening) }

    /// The tangent of the conformal latitude, from that of the geographic latitude.
    func conformal(tangent tau: Double) -> Double {
        let root = (1 + tau * tau).squareRoot()
        let sigma = sinh(eccentricity * atanh(eccentricity * tau / root))
        return tau * (1 + sigma * sigma).squareRoot() - sigma * root
    }

    /// The tangent of the geographic latitude, from that of the conformal latitude: Newton's method, which doubles the digits at each step.
    func geographic(conformalTangent target: Double) -> Double {
        let e2 = eccentricitySquared
        // Beyond this the pole is nearer than a nanometre.
        guard abs(target) < 1e16 else { return target }
        var tau = abs(target) > 70 ? target * exp(eccentricity * atanh(eccentricity)) : target / (1 - e2)
        for _ in 0..<8 {
            let found = conformal(tangent: tau)
            let step =
                (target - found) / (1 + found * found).squareRoot() * (1 + (1 - e2) * tau * tau)
                / ((1 - e2) * (1 + tau * tau).squareRoot())
            tau += step
            if abs(step) <= 1e-14 * max(1, abs(tau)) { break }
        }
        return tau
    }
}
