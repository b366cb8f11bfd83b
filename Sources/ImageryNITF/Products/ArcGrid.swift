// The equal arc-second raster chart system (MIL-A-89007): zones, and the pixels and frames of a scale in each.

import ImageryBase
import ImageryPlumbing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A zone: 1 to 9 north of the equator, A to H and J south of it.
struct ArcZone: Hashable, Sendable {
    /// 1 to 9 by distance from the equator.
    let index: Int
    let isNorth: Bool

    /// The zone of a letter or digit; nil for others.
    init?(_ letter: UInt8) {
        switch letter {
        case UInt8(ascii: "1")...UInt8(ascii: "9"): (index, isNorth) = (Int(letter - UInt8(ascii: "0")), true)
        case UInt8(ascii: "A")...UInt8(ascii: "H"): (index, isNorth) = (Int(letter - UInt8(ascii: "A")) + 1, false)
        case UInt8(ascii: "J"): (index, isNorth) = (9, false)
        default: return nil
        }
    }

    /// True for the zones around the poles.
    var isPolar: Bool { index == 9 }

    /// The zone as names of frames have it.
    var name: String {
        isNorth ? "\(index)" : String(Array("ABCDEFGHJ")[index - 1])
    }

    /// Latitudes without their sign, from the equator outwards.
    var latitudes: (Double, Double) { (Self.limits[index - 1], Self.limits[index]) }

    private static let limits: [Double] = [0, 32, 48, 56, 64, 68, 72, 76, 80, 90]
}

/// The pixels of one scale or resolution.
struct ArcGrid: Hashable, Sendable {
    /// Pixels in 90 degrees from north to south.
    let northSouth: Int
    /// Pixels in 360 degrees from east to west, for the zones 1 to 8.
    let eastWest: [Int]
    /// Pixels in 360 degrees in the polar zones.
    let polar: Int
    /// Frames across a polar zone.
    let polarFrames: Int

    /// Pixels in 360 degrees from east to west, and in 90 degrees from north to south, of a map 1:1,000,000 before its reduction.
    private static let eastWestOfMillion: [Double] = [369_664, 302_592, 245_760, 199_168, 163_328, 137_216, 110_080, 82_432]
    private static let northSouthOfMillion = 400_384.0
    /// Pixels on a side of a frame.
    static let frame = 1536

    /// CADRG of the scale 1:`denominator`.
    init(scale denominator: Double) {
        let ratio = 1e6 / denominator
        func padded(_ count: Double) -> Double { 512 * (count * ratio / 512).rounded(.up) }
        let vertical = padded(Self.northSouthOfMillion)
        northSouth = 256 * Int((vertical / 4 / 1.5 / 256).rounded())
        eastWest = Self.eastWestOfMillion.map { 256 * Int((padded($0) / 1.5 / 256).rounded()) }
        polar = 18 * 512 * Int((vertical * 20 / 360 / 1.5 / 512).rounded())
        polarFrames = Int((Double(polar) * 20 / 360 / Double(Self.frame)).rounded(.up)) | 1
    }

    /// CIB of that ground sample distance in metres.
    init(resolution metres: Double) {
        let ratio = 100 / metres
        func padded(_ count: Double) -> Double { 512 * (count * ratio / 512).rounded(.up) }
        northSouth = 256 * Int((padded(Self.northSouthOfMillion) / 4 / 256).rounded())
        eastWest = Self.eastWestOfMillion.map { Int(padded($0)) }
        let across = 512 * Int((Double(northSouth) * 20 / 90 / 512).rounded())
        polar = across * 9 / 2
        polarFrames = Int(((Double(polar) * 20 / 90 / 256 + 4) / 6).rounded(.up)) | 1
    }

    /// The ground of frame `number` of a zone that is not polar; nil when the zone has no such frame.
    func coverage(of number: Int, in zone: ArcZone) -> ProductCoverage? {
        let height = Double(Self.frame) * 90 / Double(northSouth)
        let across = eastWest[zone.index - 1]
        let width = Double(Self.frame) * 360 / Double(across)
        let columns = ceilDivide(across, Self.frame)
        let inner = (zone.latitudes.0 / height).rounded(.down) * height
        let outer = min(90, (zone.latitudes.1 / height).rounded(.up) * height)
        let rows = Int(((outer - inner) / height).rounded())
        let (row, column) = (number / columns, number % columns)
        guard row < rows else { return nil }
        let south = (zone.isNorth ? inner : -outer) + Double(row) * height
        let west = -180 + Double(column) * width
        return ProductCoverage(
            north: south + height, west: west, south: south, east: west + width, rows: Self.frame, columns: Self.frame)
    }

    /// The centres of the corner pixels of frame `number` of a polar zone, in longitude and latitude: upper left, upper right, lower right,
    /// lower left; nil when the zone has no such frame.
    func polarCorners(of number: Int, isNorth: Bool) -> [Georeference.Point]? {
        let (row, column) = (number / polarFrames, number % polarFrames)
        guard row < polarFrames else { return nil }
        let half = Double(polarFrames) / 2
        let left = (Double(column) - half) * Double(Self.frame) + 0.5
        let top = (Double(row + 1) - half) * Double(Self.frame) - 0.5
        let (right, bottom) = (left + Double(Self.frame - 1), top - Double(Self.frame - 1))
        return [(left, top), (right, top), (right, bottom), (left, bottom)].map { x, y in
            let distance = (x * x + y * y).squareRoot() * 360 / Double(polar)
            let longitude = atan2(x, isNorth ? -y : y) * 180 / .pi
            return Georeference.Point(x: longitude, y: isNorth ? 90 - distance : distance - 90)
        }
    }
}
