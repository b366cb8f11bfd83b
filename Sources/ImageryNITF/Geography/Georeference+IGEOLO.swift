// The corners of an image (MIL-STD-2500C Table A-3: ICORDS and IGEOLO; NITF 2.0: MIL-STD-2500A Table IV).

import ImageryBase

extension Georeference {
    /// The corners that an image subheader gives; nil when it gives none, or what is there means nothing, which is reported.
    init?(_ record: FieldRecord, _ version: Version, context: String, report: (Diagnostic) -> Void) {
        guard let form = record.text("ICORDS"), let place = record.place("IGEOLO"), !form.isEmpty else { return nil }
        self.init(coordinates: form, corners: Array(record.bytes[place]), version) { problem in
            report(
                Diagnostic(
                    context, "IGEOLO with ICORDS \(form) \(problem)", at: record.offset + place.lowerBound,
                    clause: record.clause(of: "IGEOLO")))
        }
    }

    /// The corners that ICORDS and the 60 bytes of IGEOLO give.
    ///
    /// Geocentric coordinates (C, NITF 2.0) have no reference system here: their latitudes are not those of EPSG:4326.
    init?(coordinates form: String, corners field: [UInt8], _ version: Version, report: (String) -> Void) {
        // In NITF 2.0, N means none.
        if version == .v20 && form == "N" { return nil }
        var points: [Point] = []
        var zones: Set<UTMZone> = []
        for corner in 0..<4 {
            let text = Array(field[15 * corner..<15 * corner + 15])
            let point: Point?
            switch form {
            case "G", "C": point = Self.degreesMinutesSeconds(text)
            case "D": point = Self.decimalDegrees(text)
            case "N", "S":
                point = Self.universalTransverseMercator(text, isNorth: form == "N", &zones)
            case "U":
                let grid = MilitaryGrid(text)
                if let grid { zones.insert(grid.zone) }
                point = grid.map { Point(x: $0.easting, y: $0.northing) }
            default: point = nil
            }
            if let point { points.append(point) }
        }
        let isBlank = field.allSatisfy { $0 == 0x20 }
        guard points.count == 4, zones.count <= 1 else {
            if !isBlank { report(zones.count > 1 ? "has corners in several UTM zones" : "is no position") }
            return nil
        }
        guard zones.first != nil || points.contains(where: { $0 != Point(x: 0, y: 0) }) else {
            report("has zeros in all corners")
            return nil
        }
        // Degrees that count on from 180 are no form of the standard, but plain.
        if zones.isEmpty {
            if points.contains(where: { $0.x > 180 }) { report("has longitudes beyond 180 degrees") }
            points = Self.continuous(points)
        }
        self.init(corners: points, crs: zones.first?.crs ?? (form == "C" ? nil : "EPSG:4326"))
    }

    /// The number that a run of digits spells.
    static func digits(_ text: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = 10 * value + Int(byte - 0x30)
        }
        return text.isEmpty ? nil : value
    }

    /// ddmmssXdddmmssY.
    private static func degreesMinutesSeconds(_ text: [UInt8]) -> Point? {
        func angle(_ part: ArraySlice<UInt8>, _ positive: Character, _ negative: Character, limit: Double) -> Double? {
            guard let letter = part.last, let all = digits(part.dropLast()) else { return nil }
            let (degrees, minutes, seconds) = (all / 10_000, all / 100 % 100, all % 100)
            // Writers that round leave 60 behind.
            guard minutes <= 60, seconds <= 60 else { return nil }
            let value = Double(degrees) + Double(minutes) / 60 + Double(seconds) / 3600
            guard value <= limit else { return nil }
            if letter == positive.asciiValue { return value }
            return letter == negative.asciiValue ? -value : nil
        }
        guard let latitude = angle(text[0..<7], "N", "S", limit: 90), let longitude = angle(text[7..<15], "E", "W", limit: 180)
        else { return nil }
        return Point(x: longitude, y: latitude)
    }

    /// ±dd.ddd±ddd.ddd.
    private static func decimalDegrees(_ text: [UInt8]) -> Point? {
        func angle(_ part: ArraySlice<UInt8>, limit: Double) -> Double? {
            guard part.allSatisfy({ (0x2b...0x39).contains($0) }), let value = Double(String(decoding: part, as: UTF8.self)),
                abs(value) <= limit
            else { return nil }
            return value
        }
        guard let latitude = angle(text[0..<7], limit: 90), let longitude = angle(text[7..<15], limit: 360) else { return nil }
        return Point(x: longitude, y: latitude)
    }

    /// zzeeeeeennnnnnn.
    private static func universalTransverseMercator(
        _ text: [UInt8], isNorth: Bool, _ zones: inout Set<UTMZone>
    ) -> Point? {
        guard let number = digits(text[0..<2]), (1...60).contains(number), let easting = digits(text[2..<8]),
            let northing = digits(text[8..<15])
        else { return nil }
        zones.insert(UTMZone(number: number, isNorth: isNorth))
        return Point(x: Double(easting), y: Double(northing))
    }
}

/// A zone of the Universal Transverse Mercator grid on WGS 84.
struct UTMZone: Hashable {
    var number: Int
    var isNorth: Bool

    /// EPSG:32601 to 32660 in the north, 32701 to 32760 in the south.
    var crs: String { "EPSG:\((isNorth ? 32_600 : 32_700) + number)" }

    /// The zone of EPSG:32601 to 32660 and 32701 to 32760; nil for other reference systems.
    init?(crs: String) {
        guard crs.hasPrefix("EPSG:"), let code = Int(crs.dropFirst(5)) else { return nil }
        let isNorth = code < 32_700
        let number = code - (isNorth ? 32_600 : 32_700)
        guard (1...60).contains(number) else { return nil }
        self.init(number: number, isNorth: isNorth)
    }

    init(number: Int, isNorth: Bool) {
        self.number = number
        self.isNorth = isNorth
    }
}
