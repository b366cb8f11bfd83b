// The cameras RPC00A and RPC00B (STDI-0002 Volume 1, Appendix E, Table E-22).

import ImageryBase
import ImageryGeodesy
import ImageryPlumbing

extension Georeference.RationalPolynomial {
    /// Where each coefficient of the order of RPC00B stands in RPC00A, whose terms are 1, L, P, H, LP, LH, PH, LPH, L², P², H², L³, L²P, L²H, LP²,
    /// P³, P²H, LH², PH², H³.
    private static let placeInTypeA = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 7, 11, 14, 17, 12, 15, 18, 13, 16, 19]
    /// Widths of ERR_BIAS to HEIGHT_SCALE.
    private static let widths = [7, 7, 6, 5, 8, 9, 5, 6, 5, 8, 9, 5]
    static let tags = ["RPC00B", "RPC00A"]

    /// The camera of an extension; nil, with `report` told why, when it says that there is none, or has fields that are no numbers.
    init?(_ data: [UInt8], tag: String, report: (String) -> Void) {
        guard data.first == UInt8(ascii: "1") else {
            report("\(tag) says that there is no camera (SUCCESS is not 1)")
            return nil
        }
        var numbers: [Double] = []
        var position = 1
        for width in Self.widths + [Int](repeating: 12, count: 80) {
            guard position + width <= data.count, let number = Self.number(data[position..<position + width]) else {
                report("\(tag) has no number at its byte \(position): it is no camera")
                return nil
            }
            numbers.append(number)
            position += width
        }
        guard numbers[7...11].allSatisfy({ $0 != 0 }) else {
            report("\(tag) has a scale of 0: it is no camera")
            return nil
        }
        func polynomial(_ index: Int) -> [Double] {
            let terms = Array(numbers[(12 + 20 * index)..<(32 + 20 * index)])
            return tag == "RPC00A" ? Self.placeInTypeA.map { terms[$0] } : terms
        }
        self.init(
            errorBias: numbers[0], errorRandom: numbers[1], offsets: Array(numbers[2..<7]), scales: Array(numbers[7..<12]),
            lineNumerator: polynomial(0), lineDenominator: polynomial(1), sampleNumerator: polynomial(2),
            sampleDenominator: polynomial(3))
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Double? {
        let trimmed = trimmedText(Array(text), 0..<text.count)
        let allowed: Set<Character> = ["+", "-", ".", "E", "e"]
        guard trimmed.allSatisfy({ $0.isASCII && ($0.isNumber || allowed.contains($0)) }), let value = Double(trimmed),
            value.isFinite
        else { return nil }
        return value
    }

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

    /// LINE_OFF and SAMP_OFF of the extension moved so that pixel (`left`, `top`) becomes the first; nil when they are no longer the whole positive numbers
    /// that their fields can say.
    static func moved(_ data: [UInt8], left: Double, top: Double) -> [UInt8]? {
        var result = data
        for (place, shift) in [(15..<21, top), (21..<26, left)] {
            guard data.count >= place.upperBound, let old = number(data[place]), old == old.rounded(), shift == shift.rounded(),
                let text = fixed(old - shift, digits: place.count), text.utf8.count == place.count
            else { return nil }
            result.replaceSubrange(place, with: Array(text.utf8))
        }
        return result
    }
}
