// Names of frames (MIL-C-89038, MIL-PRF-89041): FFFFFVVP.SSZ for CADRG, FFFFFFVP.SSZ for CIB, where F is the number of the frame in its
// zone, V the version, P the producer, S the data series, Z the zone.

import ImageryBase

/// What the name of a frame tells.
struct FrameName: Hashable, Sendable {
    /// Number of the frame in its zone: column + row x frames in a row, from the south-west.
    let number: Int
    let version: Int
    /// The producer's code.
    let producer: Character
    let series: ProductSeries
    /// 1 to 9 north of the equator, A to H and J south of it; 9 and J are polar.
    let zone: ArcZone

    /// Nil for a name that is none of a frame, or of a series that is not known.
    init?(_ name: String) {
        let letters = Array(name.uppercased().utf8)
        guard letters.count == 12, letters[8] == UInt8(ascii: "."),
            let series = ProductSeries(code: String(decoding: letters[9..<11], as: UTF8.self)), let zone = ArcZone(letters[11])
        else { return nil }
        let digits = series.type == .controlledImageBase ? 6 : 5
        guard let number = Self.number(letters[..<digits]), let version = Self.number(letters[digits..<7]) else { return nil }
        self.number = number
        self.version = version
        producer = Character(Unicode.Scalar(letters[7]))
        self.series = series
        self.zone = zone
    }

    /// A number in base 34, whose digits leave I and O out.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for letter in digits {
            guard let digit = base34.firstIndex(of: letter) else { return nil }
            value = value * 34 + digit
        }
        return value
    }

    private static let base34 = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    private var grid: ArcGrid? { series.grid }

    /// The ground of a frame outside of the poles; nil for a polar one, and for a series without a scale of its own.
    var coverage: ProductCoverage? {
        guard let grid, !zone.isPolar else { return nil }
        return grid.coverage(of: number, in: zone)
    }

    /// The centres of the corner pixels of a polar frame: upper left, upper right, lower right, lower left; nil for others.
    var polarCorners: [Georeference.Point]? {
        guard let grid, zone.isPolar else { return nil }
        return grid.polarCorners(of: number, isNorth: zone.isNorth)
    }
}
