// BLOCKA (STDI-0002 Volume 1, Appendix E): the ground under the corners of a block, finer than IGEOLO says it.

import ImageryBase

/// The fields of a BLOCKA that say where an image lies.
struct BlockLocation: Hashable {
    /// Bytes of the extension.
    static let byteCount = 123
    private static let linesPlace = 7..<12
    /// Upper left, upper right, lower right, lower left: FRFC, FRLC, LRLC, LRFC.
    private static let cornerPlaces = [97..<118, 34..<55, 55..<76, 76..<97]

    /// L_LINES.
    var lines: Int
    /// The ground under the centres of the corner pixels in longitude and latitude, upper left, upper right, lower right, lower left; nil when the
    /// fields are blank.
    var corners: [Georeference.Point]?

    /// Nil for data that are no BLOCKA.
    init?(_ data: [UInt8]) {
        guard data.count >= Self.byteCount, let lines = Georeference.digits(data[Self.linesPlace]) else { return nil }
        self.lines = lines
        let points = Self.cornerPlaces.compactMap { Self.point(Array(data[$0])) }
        corners = points.count == 4 ? points : nil
    }

    /// ±dd.dddddd±ddd.dddddd or Xddmmss.ssYdddmmss.ss.
    private static func point(_ text: [UInt8]) -> Georeference.Point? {
        func angle(_ part: ArraySlice<UInt8>, _ letters: StaticString, degrees: Int, limit: Double) -> Double? {
            guard let sign = part.first, part.dropFirst().allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }) else {
                return nil
            }
            let rest = String(decoding: part.dropFirst(), as: UTF8.self)
            let letters = Array(letters.description.utf8)
            let value: Double?
            let isNegative: Bool
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                (value, isNegative) = (Double(rest), sign == UInt8(ascii: "-"))
            } else if letters.contains(sign) {
                let (d, m) = (rest.prefix(degrees), rest.dropFirst(degrees).prefix(2))
                guard let d = Double(d), let m = Double(m), let s = Double(rest.dropFirst(degrees + 2)), m <= 60, s <= 60 else {
                    return nil
                }
                (value, isNegative) = (d + m / 60 + s / 3600, sign == letters[1])
            } else {
                return nil
            }
            guard let value, value <= limit else { return nil }
            return isNegative ? -value : value
        }
        guard let latitude = angle(text[0..<10], "NS", degrees: 2, limit: 90),
            let longitude = angle(text[10..<21], "EW", degrees: 3, limit: 360)
        else { return nil }
        return Georeference.Point(x: longitude, y: latitude)
    }

    /// The data of an extension with these corners and lines; the other fields are those of `copied`, or unknown. Nil when there are more lines
    /// than L_LINES counts, or corners outside of the Earth.
    static func data(corners: [Georeference.Point], lines: Int, copied: [UInt8]?) -> [UInt8]? {
        guard lines <= 99_999, corners.count == 4 else { return nil }
        var data = copied.map { Array($0.prefix(byteCount)) } ?? []
        if data.count < byteCount {
            data = Array("010000000000000000".utf8) + [UInt8](repeating: 0x20, count: byteCount - 18)
        }
        // How many pixels are fill is not known of a part.
        data.replaceSubrange(2..<7, with: Array("00000".utf8))
        data.replaceSubrange(linesPlace, with: Array(padded(lines, 5).utf8))
        for (place, corner) in zip(cornerPlaces, corners) {
            let longitude = wrapped(corner.x)
            guard let north = fixed(corner.y, digits: 2, decimals: 6, isSigned: true), abs(corner.y) <= 90,
                let east = fixed(longitude, digits: 3, decimals: 6, isSigned: true)
            else { return nil }
            data.replaceSubrange(place, with: Array((north + east).utf8))
        }
        return data
    }
}

/// The same longitude in -180 to 180.
func wrapped(_ longitude: Double) -> Double {
    longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude
}
