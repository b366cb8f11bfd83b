// Writing of marker segments (T.800 A.4 to A.7; CAP: A.5.2 and T.814 A.3).

import ImageryBase

/// Appends big-endian numbers.
struct SegmentWriter {
    private(set) var bytes: [UInt8] = []

    mutating func u8(_ value: Int) { bytes.append(UInt8(truncatingIfNeeded: value)) }
    mutating func u16(_ value: Int) { for shift in [8, 0] { u8(value >> shift) } }
    mutating func u32(_ value: Int) { for shift in [24, 16, 8, 0] { u8(value >> shift) } }
    mutating func marker(_ code: UInt16) { u16(Int(code)) }

    /// A marker segment; the length counts itself.
    mutating func segment(_ code: UInt16, _ write: (inout SegmentWriter) -> Void) {
        var body = SegmentWriter()
        write(&body)
        marker(code)
        u16(body.bytes.count + 2)
        bytes += body.bytes
    }
}

extension ImageSize {
    /// An image at the origin of the reference grid, whose components have one sample each at every position.
    init(width: Int, height: Int, tileWidth: Int, tileHeight: Int, components: [Component], capabilities: UInt16) {
        self.capabilities = capabilities
        area = Area(x0: 0, y0: 0, x1: width, y1: height)
        self.tileWidth = tileWidth
        self.tileHeight = tileHeight
        tileOriginX = 0
        tileOriginY = 0
        self.components = components
    }

    func write(_ writer: inout SegmentWriter) {
        writer.segment(Marker.siz) { body in
            body.u16(Int(capabilities))
            for value in [area.x1, area.y1, area.x0, area.y0, tileWidth, tileHeight, tileOriginX, tileOriginY] { body.u32(value) }
            body.u16(components.count)
            for component in components {
                body.u8(component.precision - 1 | (component.isSigned ? 0x80 : 0))
                body.u8(component.dx)
                body.u8(component.dy)
            }
        }
    }
}

extension CodingStyle {
    init(
        levels: Int, blockWidthExponent: Int, blockHeightExponent: Int, blockStyle: CodeBlockStyle, isReversible: Bool,
        precincts: [UInt8]
    ) {
        self.levels = levels
        self.blockWidthExponent = blockWidthExponent
        self.blockHeightExponent = blockHeightExponent
        self.blockStyle = blockStyle
        self.isReversible = isReversible
        self.precincts = precincts
    }

    /// COD.
    func write(_ progression: ProgressionStyle, _ writer: inout SegmentWriter) {
        writer.segment(Marker.cod) { body in
            body.u8((precincts.isEmpty ? 0 : 1) | (progression.usesSOP ? 2 : 0) | (progression.usesEPH ? 4 : 0))
            body.u8(Int(progression.order.rawValue))
            body.u16(progression.layers)
            body.u8(progression.transformsComponents ? 1 : 0)
            body.u8(levels)
            body.u8(blockWidthExponent - 2)
            body.u8(blockHeightExponent - 2)
            body.u8(Int(blockStyle.rawValue))
            body.u8(isReversible ? 1 : 0)
            for size in precincts { body.u8(Int(size)) }
        }
    }
}

extension Quantization {
    init(style: Quantiser.Style, guardBits: Int, steps: [Quantiser.Step]) {
        self.style = style
        self.guardBits = guardBits
        self.steps = steps
    }

    /// QCD.
    func write(_ writer: inout SegmentWriter) {
        writer.segment(Marker.qcd) { body in
            body.u8(Int(style.rawValue) | guardBits << 5)
            for step in steps {
                if style == .none { body.u8(step.exponent << 3) } else { body.u16(step.exponent << 11 | step.mantissa) }
            }
        }
    }
}

/// The tile-part lengths of a whole codestream (TLM, A.7.1), one part a tile, tiles in order.
struct TilePartTable {
    /// Tile-parts of a segment: with 6 bytes each its length has 16 bits.
    private static let most = 10_000
    private(set) var lengths: [Int]

    init(tiles: Int) { lengths = [Int](repeating: 0, count: tiles) }

    mutating func set(_ length: Int, tile: Int) { lengths[tile] = length }

    /// The segments; as many bytes whatever the lengths are.
    func write(_ writer: inout SegmentWriter) {
        for (index, first) in stride(from: 0, to: lengths.count, by: Self.most).enumerated() {
            writer.segment(Marker.tlm) { body in
                body.u8(index)
                // Tile numbers of 16 bits, lengths of 32.
                body.u8(2 << 4 | 1 << 6)
                for tile in first..<min(lengths.count, first + Self.most) {
                    body.u16(tile)
                    body.u32(lengths[tile])
                }
            }
        }
    }
}

/// Packet lengths of a tile-part (PLT, A.7.3).
struct PacketTable {
    private static let most = 65_000

    /// The segments that say `lengths`; nil when there would be more than 256 of them.
    static func write(_ lengths: [Int], _ writer: inout SegmentWriter) -> Bool {
        var bodies: [[UInt8]] = [[]]
        for length in lengths {
            var groups = [UInt8(length & 0x7f)]
            var rest = length >> 7
            while rest > 0 {
                groups.append(UInt8(rest & 0x7f) | 0x80)
                rest >>= 7
            }
            if bodies[bodies.count - 1].count + groups.count > most { bodies.append([]) }
            bodies[bodies.count - 1] += groups.reversed()
        }
        guard bodies.count <= 256 else { return false }
        for (index, lengths) in bodies.enumerated() {
            writer.segment(Marker.plt) { body in
                body.u8(index)
                for byte in lengths { body.u8(Int(byte)) }
            }
        }
        return true
    }
}
