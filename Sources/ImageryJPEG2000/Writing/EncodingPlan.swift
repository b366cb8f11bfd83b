// How an image becomes a codestream: what the main header will say (T.800 Annex A), and what decides where coding passes go.

import ImageryBase
import ImageryPlumbing

/// The form of a codestream that is written.
struct EncodingPlan: Sendable {
    let size: ImageSize
    private(set) var coding: CodingParameters
    let style: CodingStyle
    private(set) var quantization: Quantization
    let progression: ProgressionStyle
    /// The region of interest on the reference grid.
    let region: Area?
    let pixelType: PixelType
    /// Bits of the samples of each component.
    let precisions: [Int]
    /// The most of them.
    let precision: Int
    /// Bytes of a pixel behind each layer; the last is nil when that has all there is.
    let layerBytes: [Double?]
    /// Bytes of a pixel that a quantisation has to be found for; nil when there is none to be found.
    let soughtBytes: Double?
    let writesTilePartLengths: Bool
    let writesPacketLengths: Bool
    let cancellation: Cancellation?
    private let comments: [[UInt8]]

    static let context = "JPEG 2000"
    /// Bits of the magnitudes of irreversible coefficients below the lowest bit-plane.
    static let fractionBits = 6

    /// True when 32 bits do not hold the coefficients: magnitudes have the sample's bits less one, one more of the component transform, two of
    /// the wavelet and one of headroom.
    var isWide: Bool { pixelType.byteCount == 8 || precision + (progression.transformsComponents ? 1 : 0) + 2 > 30 }
    /// True when no pass is left out and layers have no bounds.
    var keepsAll: Bool { layerBytes.count == 1 && layerBytes[0] == nil }
    var isHighThroughput: Bool { style.blockStyle.contains(.highThroughput) }

    /// Throws kind unsupported for samples and sizes that the codestream does not have, kind misuse for options that it cannot express.
    init(_ layout: ImageLayout, _ options: JPEG2000EncodingOptions) throws(ImageryError) {
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, Self.context, message) }
        let type = layout.pixelType
        let shape = layout.shape
        guard !type.isFloatingPoint, !type.isComplex else {
            throw ImageryError(unsupported: .pixelType, Self.context, "samples of type \(type.rawValue) do not exist in JPEG 2000")
        }
        cancellation = options.cancellation
        pixelType = type
        let whole = 8 * type.byteCount
        let precision = options.precision ?? min(whole, max(1, layout.bitsPerPixel))
        precisions = options.precisions ?? [Int](repeating: precision, count: max(0, shape.bands))
        for bits in precisions where !(1...whole).contains(bits) {
            throw misuse("samples of type \(type.rawValue) cannot be stored in \(bits) bits")
        }
        guard precisions.count == shape.bands else { throw misuse("\(shape.bands) bands have bits for \(precisions.count)") }
        self.precision = precisions.max() ?? precision
        guard self.precision <= Self.mostBits else {
            throw ImageryError(
                unsupported: .pixelType, Self.context,
                "samples of \(precision) bits have no room for a wavelet: \(Self.mostBits) bits do")
        }
        guard (1...16384).contains(shape.bands) else {
            throw ImageryError(unsupported: .bands, Self.context, "\(shape.bands) bands do not fit: a codestream has 1 to 16384")
        }
        guard (1...Int(UInt32.max)).contains(shape.columns), (1...Int(UInt32.max)).contains(shape.rows) else {
            throw ImageryError(
                unsupported: .size, Self.context,
                "\(shape.columns) × \(shape.rows) pixels do not fit: there are 1 to 2^32 - 1 each way")
        }
        let tileWidth = options.tileWidth ?? min(1024, shape.columns)
        let tileHeight = options.tileHeight ?? min(1024, shape.rows)
        guard (1...Int(UInt32.max)).contains(tileWidth), (1...Int(UInt32.max)).contains(tileHeight) else {
            throw misuse("tiles of \(tileWidth) × \(tileHeight) pixels are not possible")
        }
        let isSigned = type.isSigned
        size = ImageSize(
            width: shape.columns, height: shape.rows, tileWidth: tileWidth, tileHeight: tileHeight,
            components: precisions.map { ImageSize.Component(precision: $0, isSigned: isSigned, dx: 1, dy: 1) },
            capabilities: options.capabilities | (options.isHighThroughput ? 0x4000 : 0))
        guard let tiles = checkedProduct(size.tilesWide, size.tilesHigh), tiles <= 65_535 else {
            throw misuse("tiles of \(tileWidth) × \(tileHeight) are more than 65,535 (A.4.2): choose larger ones")
        }
        let isLossless = options.isLossless
        let isReversible = isLossless || options.region != nil
        let areAlike = Set(precisions.prefix(3)).count == 1
        let mixes = options.transformsComponents ?? (shape.bands == 3 && areAlike)
        guard !mixes || shape.bands >= 3 && areAlike else {
            throw misuse("a component transform needs three bands of the same bits")
        }
        guard (0...32).contains(options.levels) else { throw misuse("\(options.levels) levels are not 0 to 32") }
        // Levels beyond the size of a tile would halve nothing.
        let side = max(min(tileWidth, shape.columns), min(tileHeight, shape.rows))
        let levels = min(options.levels, Int.bitWidth - 1 - side.leadingZeroBitCount)
        let (x, y) = (options.blockWidthExponent, options.blockHeightExponent)
        guard (2...10).contains(x), (2...10).contains(y), x + y <= 12 else {
            throw misuse("code-blocks of 2^\(x) × 2^\(y) are not possible: 2^2 to 2^10 each way, 2^12 in all (A.6.1)")
        }
        guard options.rates.allSatisfy({ $0 > 0 && $0.isFinite }),
            zip(options.rates, options.rates.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw misuse("the rates of layers are above 0 and rise") }
        if let quality = options.quality, !(1...100).contains(quality) { throw misuse("a quality of \(quality) is not 1 to 100") }
        if options.isHighThroughput {
            // A block has one pass, which is there or not.
            guard options.rates.isEmpty || options.rates.count == 1 && !isLossless && options.quality == nil else {
                throw misuse("quality layers cannot be expressed with HT blocks: a rate or a quality without layers can")
            }
            soughtBytes = options.rates.first.map { $0 / 8 }
            layerBytes = [nil]
        } else {
            soughtBytes = nil
            layerBytes = options.rates.map { $0 / 8 } + (isLossless || options.quality != nil ? [nil] : [])
        }
        guard layerBytes.count <= 65_535 else { throw misuse("\(layerBytes.count) layers are more than 65,535") }
        var precincts: [UInt8] = []
        if let exponent = options.precinctExponent {
            guard (1...15).contains(exponent) else { throw misuse("precincts of 2^\(exponent) are not possible: 2^1 to 2^15") }
            precincts = [UInt8](repeating: UInt8(exponent | exponent << 4), count: levels + 1)
        }
        style = CodingStyle(
            levels: levels, blockWidthExponent: x, blockHeightExponent: y,
            blockStyle: options.isHighThroughput ? .highThroughput : [], isReversible: isReversible, precincts: precincts)
        progression = ProgressionStyle(
            order: options.order.code, layers: layerBytes.count, transformsComponents: mixes, usesSOP: false, usesEPH: false)
        guard precision <= 24 && type.byteCount < 8 || isReversible else {
            throw misuse("samples of \(precision) bits cannot be stored with loss: single precision has 24 bits")
        }
        quantization =
            isReversible
            ? .reversible(levels, precision: precision, mixes: mixes)
            : .irreversible(levels, precision: precision, step: Quantization.step(quality: options.quality, precision: precision))
        guard !options.isHighThroughput || precision <= Self.mostHTBits && type.byteCount < 8 else {
            throw ImageryError(
                unsupported: .pixelType, Self.context,
                "samples of \(precision) bits are not written as HT blocks: up to \(Self.mostHTBits) are")
        }
        var coding = CodingParameters(componentCount: shape.bands)
        coding.cod = style
        coding.progression = progression
        coding.qcd = quantization
        region = try Self.region(options, size)
        if region != nil {
            // H.2.2: at least the bit-planes of the largest sub-band.
            let planes = quantization.magnitudeBits
            guard 2 * planes <= RegionOfInterest.mostPlanes, type.byteCount < 8 else {
                throw ImageryError(
                    unsupported: .pixelType, Self.context,
                    "a region of interest doubles the bit-planes, and samples of \(precision) bits have \(planes) of them: \(RegionOfInterest.mostPlanes / 2) can be doubled"
                )
            }
            for component in 0..<shape.bands { coding.rgn[component] = planes }
        }
        self.coding = coding
        writesTilePartLengths = options.writesTilePartLengths
        writesPacketLengths = options.writesPacketLengths
        comments = options.comments
        guard comments.allSatisfy({ $0.count <= 65_531 }) else { throw misuse("a comment has more than 65,531 bytes (A.9.2)") }
    }

    /// The region of interest on the reference grid. Throws kind misuse for one outside of the image and where it cannot be expressed.
    private static func region(_ options: JPEG2000EncodingOptions, _ size: ImageSize) throws(ImageryError) -> Area? {
        guard let window = options.region else { return nil }
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, context, message) }
        if options.isHighThroughput { throw misuse("a region of interest cannot be expressed with HT blocks") }
        if options.quality != nil {
            throw misuse("a region of interest has no quality of its own: a rate or layers say where to cut")
        }
        let inside = window.intersection(Window(x: 0, y: 0, width: size.area.width, height: size.area.height))
        guard !inside.isEmpty else { throw misuse("the region of interest lies outside of the image") }
        return Area(x0: inside.x, y0: inside.y, x1: inside.right, y1: inside.bottom)
    }

    /// The most bits of a sample: seven guard bits and an exponent of 31 make 37 magnitude bits.
    static let mostBits = 33
    /// The same for HT blocks: a sign and 30 magnitude bits.
    static let mostHTBits = 26

    /// The same with another step of quantisation.
    mutating func quantise(step: Double) {
        quantization = .irreversible(style.levels, precision: precision, step: step)
        coding.qcd = quantization
    }

    /// The geometry of a tile.
    func layout(_ tile: Int) throws(ImageryError) -> TileLayout {
        try TileLayout(size, coding, tile: tile, own: CodingParameters(componentCount: size.components.count))
    }

    /// The main header, which ends before the first SOT.
    func header(_ lengths: TilePartTable?) -> [UInt8] {
        var writer = SegmentWriter()
        writer.marker(Marker.soc)
        size.write(&writer)
        if isHighThroughput { writeCapabilities(&writer) }
        style.write(progression, &writer)
        quantization.write(&writer)
        for (component, shift) in coding.rgn.sorted(by: { $0.key < $1.key }) {
            writer.segment(Marker.rgn) { body in
                if size.components.count < 257 { body.u8(component) } else { body.u16(component) }
                // Srgn 0: by max-shift (Table A.25).
                body.u8(0)
                body.u8(shift)
            }
        }
        for comment in comments {
            writer.segment(Marker.com) { body in
                // ISO 8859-15.
                body.u16(1)
                for byte in comment { body.u8(Int(byte)) }
            }
        }
        lengths?.write(&writer)
        return writer.bytes
    }

    /// CAP: only HT blocks, one set each, no region of interest, the same style everywhere (T.814 A.3).
    private func writeCapabilities(_ writer: inout SegmentWriter) {
        writer.segment(Marker.cap) { body in
            body.u32(0x0002_0000)
            // B of 8.7.3: the magnitude bits of the largest sub-band.
            let bits = quantization.magnitudeBits
            let p = bits <= 8 ? 0 : bits < 28 ? bits - 8 : 19 + (bits - 24) / 4
            body.u16((style.isReversible ? 0 : 1 << 5) | p)
        }
    }
}

/// L2 norms of the synthesis of one coefficient: its error in the image is that of the coefficient times the norm's square.
enum WaveletNorms {
    private static let reversible: [[Double]] = [
        [1.0, 1.5, 2.75, 5.375, 10.6875, 21.3437, 42.6719, 85.3359, 170.668, 341.334, 682.667],
        [1.0383, 1.5922, 2.9197, 5.7028, 11.3367, 22.6389, 45.2606, 90.5125, 181.0208, 362.0394],
        [0.7188, 0.9219, 1.5859, 3.043, 6.0215, 12.0107, 24.0054, 48.0027, 96.0013, 192.0007],
    ]
    private static let irreversible: [[Double]] = [
        [1.0, 1.9659, 4.1224, 8.4167, 16.9356, 33.9249, 67.8772, 135.768, 271.543, 543.0894, 1086.1804],
        [1.0113, 1.9968, 4.1834, 8.5341, 17.1667, 34.3852, 68.7967, 137.6065, 275.2196, 550.4425],
        [0.5202, 0.9672, 2.0793, 4.3005, 8.6867, 17.4188, 34.8608, 69.7332, 139.4722, 278.9472],
    ]
    /// Of the component transforms' three components.
    static let reversibleColor = [1.732, 0.8292, 0.8292]
    static let irreversibleColor = [1.732, 1.805, 1.573]

    /// Of a sub-band of decomposition level `level`, 0 for an image without levels.
    static func norm(level: Int, _ orientation: SubbandOrientation, reversible isReversible: Bool) -> Double {
        let rows = isReversible ? reversible : irreversible
        let row = rows[orientation == .ll ? 0 : orientation == .hh ? 2 : 1]
        let index = orientation == .ll ? level : level - 1
        // Each further level doubles the norm.
        guard index >= row.count else { return row[max(0, index)] }
        return row[row.count - 1] * Double(sign: .plus, exponent: index - row.count + 1, significand: 1)
    }
}

extension JPEG2000Choices.Order {
    /// Table A.16.
    var code: ProgressionOrder {
        switch self {
        case .lrcp: .layerResolutionComponentPosition
        case .rlcp: .resolutionLayerComponentPosition
        case .rpcl: .resolutionPositionComponentLayer
        case .pcrl: .positionComponentResolutionLayer
        case .cprl: .componentPositionResolutionLayer
        }
    }
}
