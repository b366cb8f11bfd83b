// Functional marker segments: COD, COC, RGN, QCD, QCC and POC (T.800 A.6).

import ImageryBase
import ImageryPlumbing

/// SPcod or SPcoc: how a component is transformed and coded (Table A.15 and on).
struct CodingStyle: Sendable, Hashable {
    /// Decomposition levels, 0 to 32.
    var levels: Int
    /// xcb and ycb: the code-block is 2^xcb x 2^ycb at most.
    var blockWidthExponent: Int
    var blockHeightExponent: Int
    var blockStyle: CodeBlockStyle
    /// 5/3, not 9/7.
    var isReversible: Bool
    /// PPx in the low, PPy in the high four bits, from the lowest resolution; empty: 15 everywhere.
    var precincts: [UInt8]

    func precinctExponents(_ resolution: Int) -> (x: Int, y: Int) {
        guard resolution < precincts.count else { return (15, 15) }
        return (Int(precincts[resolution] & 15), Int(precincts[resolution] >> 4))
    }

    init(_ cursor: inout ByteCursor, hasPrecincts: Bool) throws(ImageryError) {
        let offset = cursor.sourceOffset
        let context = cursor.context
        func malformed(_ message: String) -> ImageryError { ImageryError(.malformed, context, message, at: offset) }
        levels = Int(try cursor.u8())
        let xcb = Int(try cursor.u8())
        let ycb = Int(try cursor.u8())
        blockStyle = CodeBlockStyle(rawValue: try cursor.u8())
        let wavelet = try cursor.u8()
        guard levels <= 32 else { throw malformed("\(levels) decomposition levels are more than 32") }
        blockWidthExponent = (xcb & 15) + 2
        blockHeightExponent = (ycb & 15) + 2
        guard blockWidthExponent <= 10, blockHeightExponent <= 10, blockWidthExponent + blockHeightExponent <= 12 else {
            throw malformed("code-blocks of 2^\(blockWidthExponent) × 2^\(blockHeightExponent) are too large (A.6.1)")
        }
        guard wavelet <= 1 else {
            throw ImageryError(unsupported: .standardPart, context, "wavelet \(wavelet) is one of Part 2 (T.801)", at: offset)
        }
        isReversible = wavelet == 1
        precincts = hasPrecincts ? try cursor.take(levels + 1) : []
        for (resolution, size) in precincts.enumerated() where resolution > 0 && (size & 15 == 0 || size >> 4 == 0) {
            throw malformed("precincts of resolution \(resolution) are 2^0 wide or high (Table A.21)")
        }
    }
}

/// SGcod: what all components of a tile share (Table A.14).
struct ProgressionStyle: Sendable, Hashable {
    var order: ProgressionOrder
    var layers: Int
    var transformsComponents: Bool
    var usesSOP: Bool
    var usesEPH: Bool
}

/// The order of packets (Table A.16).
enum ProgressionOrder: UInt8, Sendable {
    case layerResolutionComponentPosition, resolutionLayerComponentPosition, resolutionPositionComponentLayer
    case positionComponentResolutionLayer, componentPositionResolutionLayer
}

/// QCD or QCC (A.6.4, A.6.5).
struct Quantization: Sendable, Hashable {
    var style: Quantiser.Style
    var guardBits: Int
    /// From LL to the last HH; only LL's when derived.
    var steps: [Quantiser.Step]

    init(_ cursor: inout ByteCursor) throws(ImageryError) {
        let offset = cursor.sourceOffset
        let head = try cursor.u8()
        guard let style = Quantiser.Style(rawValue: head & 31) else {
            throw ImageryError(.malformed, cursor.context, "quantization style \(head & 31) is not known", at: offset)
        }
        self.style = style
        guardBits = Int(head >> 5)
        steps = []
        let size = style == .none ? 1 : 2
        // 32 levels have 97 sub-bands.
        let most = style == .derived ? 1 : 97
        while cursor.remaining >= size, steps.count < most {
            let raw = style == .none ? UInt16(try cursor.u8()) << 8 : try cursor.u16()
            steps.append(Quantiser.Step(exponent: Int(raw >> 11), mantissa: style == .none ? 0 : Int(raw & 0x7ff)))
        }
        guard !steps.isEmpty else { throw ImageryError(.malformed, cursor.context, "there is no step size", at: offset) }
    }
}

/// One progression order change (A.6.6): a volume of packets.
struct ProgressionVolume: Sendable, Hashable {
    var resolutions: Range<Int>
    var components: Range<Int>
    /// The layer that ends it.
    var layerEnd: Int
    var order: ProgressionOrder
}

/// The functional segments of a main header, or of a tile's headers.
struct CodingParameters: Sendable {
    let componentCount: Int
    var progression: ProgressionStyle?
    var cod: CodingStyle?
    var coc: [Int: CodingStyle] = [:]
    var qcd: Quantization?
    var qcc: [Int: Quantization] = [:]
    /// SPrgn: bits by which a region of interest is shifted.
    var rgn: [Int: Int] = [:]
    var poc: [ProgressionVolume] = []

    init(componentCount: Int) { self.componentCount = componentCount }

    /// Takes what a functional marker segment says; other segments are passed over.
    mutating func read(_ segment: MarkerSegment, _ source: any ByteSource) throws(ImageryError) {
        switch segment.code {
        case Marker.cod, Marker.coc, Marker.qcd, Marker.qcc, Marker.rgn, Marker.poc: break
        default: return
        }
        let context = "JPEG 2000 " + Marker.name(segment.code)
        var copy = self
        try source.lend(segment.body, of: context) { (span) throws(ImageryError) in
            var cursor = ByteCursor(span, base: segment.body.lowerBound, bigEndian: true, context: context)
            try copy.read(segment.code, &cursor)
        }
        self = copy
    }

    private mutating func read(_ code: UInt16, _ cursor: inout ByteCursor) throws(ImageryError) {
        switch code {
        case Marker.cod:
            let flags = try cursor.u8()
            let order = try Self.order(&cursor)
            let layers = Int(try cursor.u16())
            let transform = try cursor.u8()
            guard layers > 0 else {
                throw ImageryError(.malformed, cursor.context, "there are no layers", at: cursor.sourceOffset)
            }
            guard transform <= 1 else {
                throw ImageryError(
                    unsupported: .standardPart, cursor.context, "component transform \(transform) is one of Part 2",
                    at: cursor.sourceOffset)
            }
            cod = try CodingStyle(&cursor, hasPrecincts: flags & 1 != 0)
            progression = ProgressionStyle(
                order: order, layers: layers, transformsComponents: transform == 1, usesSOP: flags & 2 != 0,
                usesEPH: flags & 4 != 0)
        case Marker.coc:
            let component = try component(&cursor)
            let flags = try cursor.u8()
            coc[component] = try CodingStyle(&cursor, hasPrecincts: flags & 1 != 0)
        case Marker.qcd: qcd = try Quantization(&cursor)
        case Marker.qcc:
            let component = try component(&cursor)
            qcc[component] = try Quantization(&cursor)
        case Marker.rgn:
            let component = try component(&cursor)
            let style = try cursor.u8()
            guard style == 0 else {
                throw ImageryError(
                    unsupported: .standardPart, cursor.context, "region of interest style \(style) is one of Part 2",
                    at: cursor.sourceOffset)
            }
            rgn[component] = Int(try cursor.u8())
        default: try readVolumes(&cursor)
        }
    }

    private static func order(_ cursor: inout ByteCursor) throws(ImageryError) -> ProgressionOrder {
        let code = try cursor.u8()
        guard let order = ProgressionOrder(rawValue: code) else {
            throw ImageryError(
                .malformed, cursor.context, "progression order \(code) is not known", at: cursor.sourceOffset - 1)
        }
        return order
    }

    /// Ccoc, Cqcc or Crgn: one byte when there are fewer than 257 components.
    private func component(_ cursor: inout ByteCursor) throws(ImageryError) -> Int {
        let index = componentCount < 257 ? Int(try cursor.u8()) : Int(try cursor.u16())
        guard index < componentCount else {
            throw ImageryError(
                .malformed, cursor.context, "component \(index) does not exist: there are \(componentCount)",
                at: cursor.sourceOffset)
        }
        return index
    }

    private mutating func readVolumes(_ cursor: inout ByteCursor) throws(ImageryError) {
        let isShort = componentCount < 257
        let size = isShort ? 7 : 9
        guard cursor.remaining >= size else {
            throw ImageryError(.malformed, cursor.context, "there is no progression", at: cursor.sourceOffset)
        }
        while cursor.remaining >= size {
            let resolution = Int(try cursor.u8())
            let component = isShort ? Int(try cursor.u8()) : Int(try cursor.u16())
            let layerEnd = Int(try cursor.u16())
            let resolutionEnd = Int(try cursor.u8())
            let end = isShort ? Int(try cursor.u8()) : Int(try cursor.u16())
            let order = try Self.order(&cursor)
            let componentEnd = min(end == 0 ? 16384 : end, componentCount)
            // A volume that holds nothing is passed over.
            let last = min(33, resolutionEnd)
            guard resolution < last, component < componentEnd, layerEnd > 0 else { continue }
            poc.append(
                ProgressionVolume(
                    resolutions: resolution..<last, components: component..<componentEnd, layerEnd: layerEnd,
                    order: order))
        }
    }
}
