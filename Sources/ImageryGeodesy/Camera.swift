// The rational polynomial camera (STDI-0002 Volume 1, Appendix E, Table E-22 and the equations before it).

import ImageryBase

/// A camera whose numbers were checked: lines and samples count from the centre of the first pixel.
struct Camera: Sendable {
    private let lineOffset, sampleOffset, latitudeOffset, longitudeOffset, heightOffset: Double
    private let lineScale, sampleScale, latitudeScale, longitudeScale, heightScale: Double
    private let polynomials: [[Double]]

    /// Throws kind malformed for a camera that lacks numbers, or has such that mean nothing.
    init(_ camera: Georeference.RationalPolynomial) throws(ImageryError) {
        polynomials = [camera.lineNumerator, camera.lineDenominator, camera.sampleNumerator, camera.sampleDenominator]
        let (offsets, scales) = (camera.offsets, camera.scales)
        guard offsets.count == 5, scales.count == 5, polynomials.allSatisfy({ $0.count == 20 && $0.allSatisfy(\.isFinite) }),
            offsets.allSatisfy(\.isFinite), scales.allSatisfy({ $0.isFinite && $0 != 0 })
        else {
            throw ImageryError(
                .malformed, "georeference",
                "a rational polynomial camera has 5 offsets, 5 scales that are not 0, and 4 times 20 coefficients")
        }
        (lineOffset, sampleOffset, latitudeOffset, longitudeOffset, heightOffset) =
            (offsets[0], offsets[1], offsets[2], offsets[3], offsets[4])
        (lineScale, sampleScale, latitudeScale, longitudeScale, heightScale) =
            (scales[0], scales[1], scales[2], scales[3], scales[4])
    }

    /// The pixel position of a place, from the top left corner of the top left pixel; nil where a denominator vanishes.
    func pixel(_ place: Geographic, height: Double) -> PixelPosition? {
        let (p, l, h) = normalised(place, height)
        guard let found = image(p, l, h) else { return nil }
        return PixelPosition(x: found.sample * sampleScale + sampleOffset + 0.5, y: found.line * lineScale + lineOffset + 0.5)
    }

    /// The place of a pixel position at a height: Newton's method, begun in the middle of the camera's ground; nil when it does not arrive.
    func ground(_ pixel: PixelPosition, height: Double) -> Geographic? {
        let line = (pixel.y - 0.5 - lineOffset) / lineScale
        let sample = (pixel.x - 0.5 - sampleOffset) / sampleScale
        let h = (height - heightOffset) / heightScale
        var (p, l) = (0.0, 0.0)
        for _ in 0..<50 {
            guard let found = image(p, l, h) else { return nil }
            let (dLine, dSample) = (line - found.line, sample - found.sample)
            let determinant = found.lineByP * found.sampleByL - found.lineByL * found.sampleByP
            guard determinant != 0, determinant.isFinite else { return nil }
            var dp = (dLine * found.sampleByL - dSample * found.lineByL) / determinant
            var dl = (dSample * found.lineByP - dLine * found.sampleByP) / determinant
            guard dp.isFinite, dl.isFinite else { return nil }
            // Polynomials of third degree are wild outside of -1...1: no step leaps over the whole image.
            let largest = max(abs(dp), abs(dl))
            if largest > 1 { (dp, dl) = (dp / largest, dl / largest) }
            p += dp
            l += dl
            if largest < 1e-12 { break }
        }
        guard let found = image(p, l, h), abs(found.line - line) * abs(lineScale) < 1e-4,
            abs(found.sample - sample) * abs(sampleScale) < 1e-4
        else { return nil }
        return Geographic(longitude: longitudeOffset + l * longitudeScale, latitude: latitudeOffset + p * latitudeScale)
    }

    private func normalised(_ place: Geographic, _ height: Double) -> (p: Double, l: Double, h: Double) {
        let longitude = (place.longitude - longitudeOffset).remainder(dividingBy: 360)
        return (
            (place.latitude - latitudeOffset) / latitudeScale, longitude / longitudeScale, (height - heightOffset) / heightScale
        )
    }

    /// Normalised line and sample, and how they change with latitude and longitude.
    private struct Image {
        var line, sample, lineByP, lineByL, sampleByP, sampleByL: Double
    }

    private func image(_ p: Double, _ l: Double, _ h: Double) -> Image? {
        // The terms in the order of RPC00B, and their derivatives.
        let terms = [
            1, l, p, h, l * p, l * h, p * h, l * l, p * p, h * h, p * l * h, l * l * l, l * p * p, l * h * h, l * l * p, p * p * p,
            p * h * h, l * l * h, p * p * h, h * h * h,
        ]
        let byP = [
            0, 0, 1, 0, l, 0, h, 0, 2 * p, 0, l * h, 0, 2 * l * p, 0, l * l, 3 * p * p, h * h, 0, 2 * p * h, 0,
        ]
        let byL = [
            0, 1, 0, 0, p, h, 0, 2 * l, 0, 0, p * h, 3 * l * l, p * p, h * h, 2 * l * p, 0, 0, 2 * l * h, 0, 0,
        ]
        func ratio(_ numerator: [Double], _ denominator: [Double]) -> (value: Double, byP: Double, byL: Double)? {
            var sums = (n: 0.0, d: 0.0, np: 0.0, dp: 0.0, nl: 0.0, dl: 0.0)
            for index in 0..<20 {
                let (n, d) = (numerator[index], denominator[index])
                sums.n += n * terms[index]
                sums.d += d * terms[index]
                sums.np += n * byP[index]
                sums.dp += d * byP[index]
                sums.nl += n * byL[index]
                sums.dl += d * byL[index]
            }
            let value = sums.n / sums.d
            guard value.isFinite else { return nil }
            return (value, (sums.np - value * sums.dp) / sums.d, (sums.nl - value * sums.dl) / sums.d)
        }
        guard let line = ratio(polynomials[0], polynomials[1]), let sample = ratio(polynomials[2], polynomials[3]) else {
            return nil
        }
        return Image(
            line: line.value, sample: sample.value, lineByP: line.byP, lineByL: line.byL, sampleByP: sample.byP,
            sampleByL: sample.byL)
    }
}
