import ImageryBase
import ImageryGeodesy

extension Georeference.RationalPolynomial {
    /// Exponents of longitude, latitude and height of the terms of RPC00B.
    private static let exponents: [[Int]] = [
        [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [2, 0, 0], [0, 2, 0], [0, 0, 2], [1, 1, 1],
        [3, 0, 0], [1, 2, 0], [1, 0, 2], [2, 1, 0], [0, 3, 0], [0, 1, 2], [2, 0, 1], [0, 2, 1], [0, 0, 3],
    ]

    /// The same camera with offsets and scales that fit the fields of RPC00B: whole pixels and metres, and 0.0001 degree. The coefficients take up what is
    /// rounded: a polynomial of third degree in moved and scaled variables is one again. Nil for a camera that lacks numbers, or lies out of
    /// reach of the fields.
    var fittedToFields: Georeference.RationalPolynomial? {
        guard offsets.count == 5, scales.count == 5, offsets.allSatisfy(\.isFinite), scales.allSatisfy({ $0.isFinite && $0 != 0 }),
            [lineNumerator, lineDenominator, sampleNumerator, sampleDenominator].allSatisfy({ $0.count == 20 })
        else { return nil }
        var result = self
        // Unit and limits of line, sample, latitude, longitude and height.
        let units = [1, 1, 1e-4, 1e-4, 1]
        let limits: [(Double, Double)] = [(0, 999_999), (0, 99_999), (-90, 90), (-180, 180), (-9999, 9999)]
        let scaleLimits = [999_999, 99_999, 90, 180, 9999.0]
        for index in 0..<5 {
            result.offsets[index] = min(
                max((offsets[index] / units[index]).rounded() * units[index], limits[index].0), limits[index].1)
            result.scales[index] = min(
                max((abs(scales[index]) / units[index]).rounded() * units[index], units[index]), scaleLimits[index])
        }
        // The old normalised variable is a times the new one plus b.
        func line(_ index: Int) -> (a: Double, b: Double) {
            (result.scales[index] / scales[index], (result.offsets[index] - offsets[index]) / scales[index])
        }
        let variables = [line(3), line(2), line(4)]
        func substituted(_ polynomial: [Double]) -> [Double] {
            var sums = [Double](repeating: 0, count: 20)
            for (term, powers) in zip(polynomial, Self.exponents) {
                for target in 0..<20 {
                    var factor = term
                    for (variable, (power, kept)) in zip(variables, zip(powers, Self.exponents[target])) {
                        factor *= Self.binomial(power, kept) * Self.power(variable.a, kept) * Self.power(variable.b, power - kept)
                    }
                    sums[target] += factor
                }
            }
            return sums
        }
        // numerator / denominator * scale + offset, in the new scale and from the new offset.
        func ratio(_ numerator: [Double], _ denominator: [Double], _ index: Int) -> (n: [Double], d: [Double]) {
            let (n, d) = (substituted(numerator), substituted(denominator))
            let (a, b) = (scales[index] / result.scales[index], (offsets[index] - result.offsets[index]) / result.scales[index])
            let unit = d[0] != 0 ? d[0] : 1
            return (zip(n, d).map { ($0 * a + $1 * b) / unit }, d.map { $0 / unit })
        }
        (result.lineNumerator, result.lineDenominator) = ratio(lineNumerator, lineDenominator, 0)
        (result.sampleNumerator, result.sampleDenominator) = ratio(sampleNumerator, sampleDenominator, 1)
        return result
    }

    private static func binomial(_ n: Int, _ k: Int) -> Double {
        guard k <= n else { return 0 }
        return [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1]][n][k]
    }

    private static func power(_ value: Double, _ exponent: Int) -> Double {
        exponent <= 0 ? 1 : (0..<exponent).reduce(1) { product, _ in product * value }
    }

    /// How many pixels another camera is off this one at most, at 27 places of this one's ground and heights; nil when one of them has no answer.
    func distance(to other: Georeference.RationalPolynomial) -> Double? {
        var worst = 0.0
        for index in 0..<27 {
            let (l, p, h) = (Double(index % 3 - 1), Double(index / 3 % 3 - 1), Double(index / 9 - 1))
            let (longitude, latitude) = (offsets[3] + 0.9 * l * scales[3], offsets[2] + 0.9 * p * scales[2])
            let height = offsets[4] + 0.9 * h * scales[4]
            func pixel(_ camera: Georeference.RationalPolynomial) -> PixelPosition? {
                try? Georeference(rationalPolynomial: camera).pixel(longitude: longitude, latitude: latitude, height: height)
            }
            guard let a = pixel(self), let b = pixel(other) else { return nil }
            worst = max(worst, abs(a.x - b.x), abs(a.y - b.y))
        }
        return worst
    }
}
