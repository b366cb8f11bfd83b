// Positions of the Military Grid Reference System (DMA TM 8358.1, chapter 3; MIL-STD-2500C Table A-3: zzBJKeeeeennnnn).

import ImageryBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A position of 15 characters (zone, band, square of 100 km, easting and northing of five digits in it) as UTM coordinates.
struct MilitaryGrid {
    let zone: UTMZone
    let easting: Double
    let northing: Double

    /// Bands of 8 degrees of latitude from 80 south on.
    private static let bands = Array("CDEFGHJKLMNPQRSTUVWX".utf8)
    /// Letters of columns, eight in a zone, in sets that repeat every three zones.
    private static let columns = Array("ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)
    /// Letters of rows of 100 km, which repeat every 2,000 km; in even zones the first is F.
    private static let rows = Array("ABCDEFGHJKLMNPQRSTUV".utf8)

    /// Nil when the text is no such position.
    init?(_ text: [UInt8]) {
        guard text.count == 15, let number = Georeference.digits(text[0..<2]), (1...60).contains(number),
            let band = Self.bands.firstIndex(of: text[2]), let column = Self.columns.firstIndex(of: text[3]),
            let row = Self.rows.firstIndex(of: text[4]), let east = Georeference.digits(text[5..<10]),
            let north = Georeference.digits(text[10..<15])
        else { return nil }
        let place = column - (number - 1) % 3 * 8
        guard (0..<8).contains(place) else { return nil }
        zone = UTMZone(number: number, isNorth: band >= 10)
        easting = Double((place + 1) * 100_000 + east)
        let rowInCycle = (row + (number % 2 == 0 ? 15 : 0)) % 20
        // The row's northing is known up to 2,000 km: the band says which.
        let south = Self.northing(ofLatitude: Double(8 * band - 80))
        var value = Double(rowInCycle * 100_000 + north)
        // Away from the central meridian parallels bend towards the pole by at most 60 km; a square may begin below its band.
        let lowest = (south + (zone.isNorth ? 0 : 10_000_000)) - 100_000 - (zone.isNorth ? 0 : 60_000)
        while value < lowest { value += 2_000_000 }
        northing = value
    }

    /// Northing on the central meridian, negative in the south: the length of the meridian of WGS 84 times 0.9996.
    private static func northing(ofLatitude degrees: Double) -> Double {
        let latitude = degrees * .pi / 180
        let (e2, e4, e6) = (0.00669437999014, 4.4814723452e-5, 3.0000678e-7)
        let arc =
            (1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * latitude - (3 * e2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * sin(2 * latitude)
            + (15 * e4 / 256 + 45 * e6 / 1024) * sin(4 * latitude) - (35 * e6 / 3072) * sin(6 * latitude)
        return 0.9996 * 6_378_137 * arc
    }
}
