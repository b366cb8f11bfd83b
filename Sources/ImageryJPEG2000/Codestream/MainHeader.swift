// The codestream's syntax: the main header (T.800 Annex A; CAP, CPF and the HT styles: T.814 Annex A).

import ImageryBase
import ImageryPlumbing

/// The main header of a codestream.
struct MainHeader: Sendable {
    /// Where the codestream lies in its source.
    let range: Range<Int>
    let size: ImageSize
    /// COD, COC, QCD, QCC, RGN and POC of the main header.
    let coding: CodingParameters
    /// Ccap of Part 15, where CAP has it.
    let highThroughput: UInt16?
    /// Every marker segment, in order.
    let segments: [MarkerSegment]
    /// Packed packet headers (PPM).
    let packedHeaders: PackedHeaders?
    /// Where the first tile-part begins.
    let firstTilePart: Int
    /// Why samples cannot be decoded although the header can be read: extensions of Part 2.
    let obstacle: ImageryError?
    let diagnostics: [Diagnostic]

    /// Reads the marker segments up to the first SOT.
    init(_ source: any ByteSource, _ range: Range<Int>) throws(ImageryError) {
        self.range = range
        var walk = MarkerWalk(source: source, position: range.lowerBound, end: range.upperBound)
        let soc = try walk.next()
        guard soc.code == Marker.soc else {
            throw ImageryError(.malformed, "JPEG 2000 SOC", "the codestream does not begin with SOC", at: soc.offset)
        }
        let first = try walk.next()
        guard first.code == Marker.siz else {
            throw ImageryError(
                .malformed, "JPEG 2000 SIZ", "SOC is followed by \(Marker.name(first.code)), not SIZ", at: first.offset)
        }
        let size = try source.lend(first.body, of: "JPEG 2000 SIZ") { (span) throws(ImageryError) -> ImageSize in
            try ImageSize(span, at: first.body.lowerBound)
        }
        self.size = size
        var coding = CodingParameters(componentCount: size.components.count)
        var segments = [soc, first]
        var highThroughput: UInt16?
        var obstacle: ImageryError?
        var packed: [(index: UInt8, body: Range<Int>)] = []
        var diagnostics: [Diagnostic] = []
        while true {
            let segment = try walk.next()
            if segment.code == Marker.sot {
                firstTilePart = segment.offset
                break
            }
            if segment.code == Marker.eoc {
                throw ImageryError(.malformed, "JPEG 2000 header", "the codestream holds no tile-part", at: segment.offset)
            }
            if segment.code == Marker.siz {
                diagnostics.append(
                    Diagnostic("JPEG 2000 SIZ", "a second SIZ is passed over: there is one (A.5.1)", at: segment.offset))
                continue
            }
            segments.append(segment)
            switch segment.code {
            case Marker.cap:
                highThroughput = try source.lend(segment.body, of: "JPEG 2000 CAP") { (span) throws(ImageryError) -> UInt16? in
                    try Self.part15(span, at: segment.body.lowerBound)
                }
            case Marker.ppm:
                guard let index = try source.copy(segment.body, of: "JPEG 2000 PPM").first else { break }
                packed.append((index, segment.body.lowerBound + 1..<segment.body.upperBound))
            case Marker.part2:
                obstacle =
                    obstacle
                    ?? ImageryError(
                        unsupported: .standardPart, "JPEG 2000 header", "extensions of Part 2 (T.801) are not supported",
                        at: segment.offset)
            default:
                do throws(ImageryError) {
                    try coding.read(segment, source)
                } catch {
                    // What a single damaged segment is for may not be wanted; what is needed and missing is found later.
                    let claimed = Self.claimsPart2(size) && error.kind == .malformed
                    guard error.kind == .unsupported || claimed else { throw error }
                    obstacle =
                        obstacle
                        ?? (claimed
                            ? ImageryError(
                                unsupported: .standardPart, error.context,
                                "extensions of Part 2 (T.801) are claimed: \(error.message)",
                                at: error.offset) : error)
                }
            }
        }
        if coding.cod == nil {
            diagnostics.append(Diagnostic("JPEG 2000 header", "there is no COD (A.6.1)", at: firstTilePart))
        }
        self.coding = coding
        self.highThroughput = highThroughput
        self.segments = segments
        self.obstacle = obstacle
        self.diagnostics = diagnostics
        packedHeaders = packed.isEmpty ? nil : try PackedHeaders(source, packed)
    }

    /// True when Rsiz says that the codestream has extensions of Part 2: its other segments may then have forms of their own (T.801 A.2.1).
    private static func claimsPart2(_ size: ImageSize) -> Bool { size.capabilities & 0x8000 != 0 }

    /// Ccap15 of a CAP segment; nil when it has none (A.5.2).
    private static func part15(_ span: RawSpan, at offset: Int) throws(ImageryError) -> UInt16? {
        var cursor = ByteCursor(span, base: offset, bigEndian: true, context: "JPEG 2000 CAP")
        let parts = try cursor.u32()
        var found: UInt16?
        for part in 1...32 where parts & (1 << UInt32(32 - part)) != 0 {
            let value = try cursor.u16()
            if part == 15 { found = value }
        }
        return found
    }
}

/// SIZ: the reference grid, its tiles and the components (A.5.1).
struct ImageSize: Sendable, Hashable {
    struct Component: Sendable, Hashable {
        /// Bits of a sample, 1 to 38.
        var precision: Int
        var isSigned: Bool
        /// XRsiz and YRsiz.
        var dx: Int
        var dy: Int
    }
    /// Rsiz.
    var capabilities: UInt16
    /// Xsiz and Ysiz, XOsiz and YOsiz: the image on the reference grid.
    var area: Area
    var tileWidth: Int
    var tileHeight: Int
    /// XTOsiz and YTOsiz.
    var tileOriginX: Int
    var tileOriginY: Int
    var components: [Component]

    var tilesWide: Int { ceilDivide(area.x1 - tileOriginX, tileWidth) }
    var tilesHigh: Int { ceilDivide(area.y1 - tileOriginY, tileHeight) }
    var tileCount: Int { tilesWide * tilesHigh }

    init(_ span: RawSpan, at offset: Int) throws(ImageryError) {
        func malformed(_ message: String) -> ImageryError { ImageryError(.malformed, "JPEG 2000 SIZ", message, at: offset) }
        var cursor = ByteCursor(span, base: offset, bigEndian: true, context: "JPEG 2000 SIZ")
        capabilities = try cursor.u16()
        let x1 = Int(try cursor.u32())
        let y1 = Int(try cursor.u32())
        let x0 = Int(try cursor.u32())
        let y0 = Int(try cursor.u32())
        tileWidth = Int(try cursor.u32())
        tileHeight = Int(try cursor.u32())
        tileOriginX = Int(try cursor.u32())
        tileOriginY = Int(try cursor.u32())
        let count = Int(try cursor.u16())
        guard x1 > x0, y1 > y0 else { throw malformed("the image has no area: \(x0),\(y0) to \(x1),\(y1)") }
        guard tileWidth > 0, tileHeight > 0 else { throw malformed("a tile has no area: \(tileWidth) × \(tileHeight)") }
        guard tileOriginX <= x0, tileOriginY <= y0, tileOriginX + tileWidth > x0, tileOriginY + tileHeight > y0 else {
            throw malformed("the first tile does not meet the image (B.3)")
        }
        guard (1...16384).contains(count) else { throw malformed("\(count) components are not 1 to 16384") }
        guard cursor.remaining >= 3 * count else { throw malformed("\(count) components do not fit into the segment") }
        area = Area(x0: x0, y0: y0, x1: x1, y1: y1)
        components = []
        components.reserveCapacity(count)
        for index in 0..<count {
            let depth = try cursor.u8()
            let component = Component(
                precision: Int(depth & 0x7f) + 1, isSigned: depth & 0x80 != 0, dx: Int(try cursor.u8()), dy: Int(try cursor.u8()))
            guard component.precision <= 38 else {
                throw malformed("component \(index) has \(component.precision) bits, not 1 to 38")
            }
            guard component.dx > 0, component.dy > 0 else { throw malformed("component \(index) has a separation of 0") }
            components.append(component)
        }
        // Isot has 16 bits, and 65,535 is the largest number of tiles (A.4.2).
        guard let tiles = checkedProduct(tilesWide, tilesHigh), tiles <= 65_535 else {
            throw malformed("there are more than 65,535 tiles")
        }
    }
}
