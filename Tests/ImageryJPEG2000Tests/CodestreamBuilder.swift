import ImageryBase

/// Puts codestreams together from what their fields shall say (T.800 Annex A).
struct CodestreamBuilder {
    var x1 = 16
    var y1 = 16
    var x0 = 0
    var y0 = 0
    var tileWidth = 16
    var tileHeight = 16
    var tileX = 0
    var tileY = 0
    /// Ssiz, XRsiz, YRsiz of each component.
    var components: [[UInt8]] = [[7, 1, 1]]
    var componentCount: Int?
    var order: UInt8 = 0
    var layers = 1
    var levels: UInt8 = 0
    var blockExponents: (UInt8, UInt8) = (4, 4)
    var style: UInt8 = 0
    /// Precinct sizes, lowest resolution first.
    var precincts: [UInt8] = []
    /// SPqcd of style 0.
    var exponents: [UInt8] = [8 << 3]
    /// Marker segments behind QCD, with their markers.
    var more: [[UInt8]] = []
    /// Tile, Psot (nil: as it is), marker segments and data of each tile-part.
    var parts: [(tile: Int, length: Int?, headers: [UInt8], data: [UInt8])] = []
    var endsWithEOC = true

    static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    /// A marker segment.
    static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] { [0xff, marker] + number(body.count + 2, 2) + body }

    mutating func add(_ data: [UInt8], tile: Int = 0, length: Int? = nil, headers: [UInt8] = []) {
        parts.append((tile, length, headers, data))
    }

    var bytes: [UInt8] {
        var out: [UInt8] = [0xff, 0x4f]
        let sizes = [x1, y1, x0, y0, tileWidth, tileHeight, tileX, tileY].flatMap { Self.number($0, 4) }
        out += Self.segment(
            0x51, [0, 0] + sizes + Self.number(componentCount ?? components.count, 2) + components.flatMap(\.self))
        let coding: [UInt8] = [levels, blockExponents.0, blockExponents.1, style, 1] + precincts
        out += Self.segment(0x52, [precincts.isEmpty ? 0 : 1, order] + Self.number(layers, 2) + [0] + coding)
        out += Self.segment(0x5c, [0x40] + exponents)
        for segment in more { out += segment }
        for part in parts {
            let size = 14 + part.headers.count + part.data.count
            out += Self.segment(0x90, Self.number(part.tile, 2) + Self.number(part.length ?? size, 4) + [0, 0])
            out += part.headers + [0xff, 0x93] + part.data
        }
        return endsWithEOC ? out + [0xff, 0xd9] : out
    }

    /// A box with its header.
    static func box(_ type: String, _ body: [UInt8], length: Int? = nil) -> [UInt8] {
        number(length ?? body.count + 8, 4) + Array(type.utf8) + body
    }

    static let signature =
        box("jP  ", [0x0d, 0x0a, 0x87, 0x0a]) + box("ftyp", Array("jp2 ".utf8) + [0, 0, 0, 0] + Array("jp2 ".utf8))
}

/// Bits as bytes, first bit highest, filled up with zeros; a byte of ones is followed by one of seven bits (B.10.1).
func packed(_ bits: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var left = bits.filter { $0 == "0" || $0 == "1" }[...]
    while !left.isEmpty {
        let count = bytes.last == 0xff ? 7 : 8
        var text = String(left.prefix(count))
        left = left.dropFirst(count)
        while text.count < count { text += "0" }
        bytes.append(UInt8(text, radix: 2)!)
    }
    return bytes
}
