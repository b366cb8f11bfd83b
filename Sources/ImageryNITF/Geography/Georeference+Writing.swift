// A georeference in the fields of an image (MIL-STD-2500C Table A-3: ICORDS and IGEOLO; STDI-0002 Volume 1 Appendix E: RPC00B).

import ImageryBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// ICORDS and IGEOLO.
struct CornerFields: Hashable {
    var coordinates: String
    var corners: String

    /// The corners of an image of that size. Geographic ones are written in seconds, or in the form `preferred` (D: decimal
    /// degrees), those of a UTM zone in metres. Nil when there are none that IGEOLO can say.
    init?(_ georeference: Georeference, columns: Int, rows: Int, preferred: String?) {
        guard let points = georeference.cornerPixels(columns: columns, rows: rows), points.count == 4,
            points.allSatisfy({ $0.x.isFinite && $0.y.isFinite })
        else { return nil }
        let texts: [String?]
        if let zone = georeference.crs.flatMap(UTMZone.init(crs:)) {
            coordinates = zone.isNorth ? "N" : "S"
            texts = points.map { point in
                guard let easting = fixed(point.x, digits: 6), let northing = fixed(point.y, digits: 7) else { return nil }
                return (zone.number < 10 ? "0" : "") + "\(zone.number)" + easting + northing
            }
        } else if georeference.crs == nil || georeference.crs == "EPSG:4326" {
            coordinates = preferred == "D" ? "D" : "G"
            let isDecimal = preferred == "D"
            texts = points.map { point in
                let longitude = point.x > 180 ? point.x - 360 : point.x < -180 ? point.x + 360 : point.x
                guard abs(point.y) <= 90, abs(longitude) <= 180 else { return nil }
                return isDecimal
                    ? Self.decimal(point.y, digits: 2) + Self.decimal(longitude, digits: 3)
                    : Self.seconds(point.y, digits: 2, "NS") + Self.seconds(longitude, digits: 3, "EW")
            }
        } else {
            return nil
        }
        let known = texts.compactMap { $0 }
        guard known.count == 4 else { return nil }
        corners = known.joined()
    }

    /// ±dd.ddd or ±ddd.ddd.
    private static func decimal(_ degrees: Double, digits: Int) -> String {
        let thousandths = Int((abs(degrees) * 1000).rounded())
        return (degrees < 0 ? "-" : "+") + padded(thousandths / 1000, digits) + "." + padded(thousandths % 1000, 3)
    }

    /// ddmmssX or dddmmssX.
    private static func seconds(_ degrees: Double, digits: Int, _ letters: String) -> String {
        let all = Int((abs(degrees) * 3600).rounded())
        let letter = degrees < 0 ? letters.suffix(1) : letters.prefix(1)
        return padded(all / 3600, digits) + padded(all / 60 % 60, 2) + padded(all % 60, 2) + letter
    }
}

extension UTMZone {
    /// The zone of EPSG:32601 to 32660 and 32701 to 32760; nil for other reference systems.
    init?(crs: String) {
        guard crs.hasPrefix("EPSG:"), let code = Int(crs.dropFirst(5)) else { return nil }
        let isNorth = code < 32_700
        let number = code - (isNorth ? 32_600 : 32_700)
        guard (1...60).contains(number) else { return nil }
        self.init(number: number, isNorth: isNorth)
    }
}

extension Georeference.RationalPolynomial {
    /// The data of an extension RPC00B; nil when a number does not fit its field.
    var extensionData: [UInt8]? {
        guard offsets.count == 5, scales.count == 5 else { return nil }
        let polynomials = [lineNumerator, lineDenominator, sampleNumerator, sampleDenominator]
        guard polynomials.allSatisfy({ $0.count == 20 }) else { return nil }
        // Offsets and scales are those of line, sample, latitude, longitude and height.
        let numbers: [String?] =
            [
                fixed(errorBias ?? 0, digits: 4, decimals: 2), fixed(errorRandom ?? 0, digits: 4, decimals: 2),
                fixed(offsets[0], digits: 6), fixed(offsets[1], digits: 5),
                fixed(offsets[2], digits: 2, decimals: 4, isSigned: true),
                fixed(offsets[3], digits: 3, decimals: 4, isSigned: true), fixed(offsets[4], digits: 4, isSigned: true),
                fixed(scales[0], digits: 6), fixed(scales[1], digits: 5), fixed(scales[2], digits: 2, decimals: 4, isSigned: true),
                fixed(scales[3], digits: 3, decimals: 4, isSigned: true), fixed(scales[4], digits: 4, isSigned: true),
            ] + polynomials.joined().map(coefficient)
        let known = numbers.compactMap { $0 }
        guard known.count == numbers.count else { return nil }
        return Array("1".utf8) + known.flatMap { Array($0.utf8) }
    }
}

/// A number with leading zeros; its width is at least `digits`.
private func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// A number rounded to `decimals` places with `digits` before the point, the sign first; nil when it does not fit, or needs a
/// sign that it may not have.
private func fixed(_ value: Double, digits: Int, decimals: Int = 0, isSigned: Bool = false) -> String? {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled.isFinite, scaled < 1e15, value >= 0 || isSigned || scaled == 0 else { return nil }
    let whole = Int(scaled)
    let unit = Int(scale)
    let before = padded(whole / unit, digits)
    guard before.count == digits else { return nil }
    let sign = isSigned ? (value < 0 ? "-" : "+") : ""
    return sign + before + (decimals > 0 ? "." + padded(whole % unit, decimals) : "")
}

/// ±d.ddddddE±d; nil when the exponent needs more than one digit. What is too small is 0.
private func coefficient(_ value: Double) -> String? {
    guard value.isFinite else { return nil }
    if abs(value) < 1e-9 { return "+0.000000E+0" }
    var exponent = Int(floor(log10(abs(value))))
    var digits = (abs(value) * pow(10, Double(6 - exponent))).rounded()
    if digits >= 1e7 {
        digits /= 10
        exponent += 1
    }
    guard (-9...9).contains(exponent) else { return nil }
    let whole = Int(digits)
    return (value < 0 ? "-" : "+") + "\(whole / 1_000_000)." + padded(whole % 1_000_000, 6) + (exponent < 0 ? "E-" : "E+")
        + "\(abs(exponent))"
}
