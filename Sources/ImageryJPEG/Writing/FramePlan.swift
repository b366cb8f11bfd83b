// What a frame is written like: options made definite and checked (T.81 A.1.1, B.2.2; quality as is usual in the field).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Everything that is settled before the first sample of a frame to be written.
struct FramePlan: Sendable {
    let frame: Frame
    let layout: FrameLayout
    let pixelType: PixelType
    /// YCbCr is made of the samples.
    let isColorConverted: Bool
    /// In row-major order, by destination; none for lossless.
    let quantisers: [[UInt8]]
    /// Huffman codes are made for the image.
    let isOptimized: Bool
    let restart: JPEGEncodingOptions.Restart
    /// Of lossless: the predictor, and how many low bits are not stored.
    let predictor: Int
    let pointTransform: Int
    let options: JPEGEncodingOptions

    init(_ image: ImageLayout, _ options: JPEGEncodingOptions) throws(ImageryError) {
        let shape = image.shape
        guard [1, 3, 4].contains(shape.bands) else {
            throw ImageryError(unsupported: .bands, "JPEG", "\(shape.bands) bands do not fit: a JPEG file has 1, 3 or 4")
        }
        guard (1...65535).contains(shape.columns), (1...65535).contains(shape.rows) else {
            throw ImageryError(
                unsupported: .size, "JPEG",
                "\(shape.columns) × \(shape.rows) pixels do not fit: a JPEG file has 1 to 65535 each way")
        }
        let process = options.process ?? Self.storedProcess(options.metadata)
        var isLossless = false
        var (predictor, pointTransform) = (1, 0)
        if case .lossless(let chosen, let shift) = process {
            isLossless = true
            (predictor, pointTransform) = (chosen, shift)
        }
        self.predictor = predictor
        self.pointTransform = pointTransform
        let precision = try Self.precision(image, options, isLossless: isLossless)
        let isColorConverted = try Self.isColorConverted(shape.bands, options, isLossless: isLossless)
        self.isColorConverted = isColorConverted
        let factors = try Self.factors(options, isColorConverted: isColorConverted)
        // As the field numbers them: decoders without a marker segment to go by look at these.
        let identifiers: [UInt8] =
            shape.bands == 4 ? Array("CMYK".utf8) : shape.bands == 3 && !isColorConverted ? Array("RGB".utf8) : [1, 2, 3]
        let components = (0..<shape.bands).map { index in
            Component(
                identifier: identifiers[index], horizontal: index == 0 ? factors.horizontal : 1,
                vertical: index == 0 ? factors.vertical : 1, table: isColorConverted && index > 0 ? 1 : 0)
        }
        let coding: CodingProcess =
            isLossless ? .lossless : process == .progressive ? .progressive : precision == 8 ? .baseline : .extended
        frame = Frame(coding, precision: precision, width: shape.columns, height: shape.rows, components: components)
        layout = FrameLayout(frame)
        pixelType = image.pixelType
        isOptimized = options.optimizesHuffman || coding != .baseline
        quantisers = try Self.quantisers(options, isLossless: isLossless, tables: isColorConverted ? 2 : 1)
        restart = try Self.restart(options, layout, isLossless: isLossless)
        self.options = options
        if isLossless {
            guard (1...7).contains(predictor), (0..<precision).contains(pointTransform) else {
                throw ImageryError(
                    .misuse, "JPEG",
                    "predictor \(predictor) with point transform \(pointTransform) does not exist for \(precision) bits")
            }
        }
    }

    /// What the metadata of an image that was read say.
    private static func storedProcess(_ metadata: Metadata?) -> JPEGEncodingOptions.Process {
        switch metadata?["SOF"]?["Process"]?.text.flatMap(CodingProcess.init(rawValue:)) {
        case .progressive: .progressive
        case .lossless: .lossless()
        case .baseline, .extended, nil: .sequential
        }
    }

    private static func precision(
        _ image: ImageLayout, _ options: JPEGEncodingOptions, isLossless: Bool
    ) throws(ImageryError) -> Int {
        let whole: Int
        switch image.pixelType {
        case .uint8: whole = 8
        case .uint16: whole = 16
        default:
            throw ImageryError(
                unsupported: .pixelType, "JPEG",
                "samples of type \(image.pixelType.rawValue) do not exist in JPEG: only uint8 and uint16 do")
        }
        let allowed = isLossless ? 2...whole : whole == 8 ? 8...8 : 12...12
        guard let precision = options.precision else { return min(max(image.bitsPerPixel, allowed.lowerBound), allowed.upperBound) }
        guard allowed.contains(precision) else {
            throw ImageryError(
                .misuse, "JPEG", "\(precision) bits a sample are not possible for \(image.pixelType.rawValue) in this process")
        }
        return precision
    }

    private static func isColorConverted(
        _ bands: Int, _ options: JPEGEncodingOptions, isLossless: Bool
    ) throws(ImageryError) -> Bool {
        guard options.color == .ycc else { return options.color == nil && bands == 3 && !isLossless }
        guard bands == 3, !isLossless else {
            throw ImageryError(.misuse, "JPEG", "YCbCr needs three bands and a process that is not lossless")
        }
        return true
    }

    /// The sampling factors of the first component; those of all others are 1 x 1.
    private static func factors(
        _ options: JPEGEncodingOptions, isColorConverted: Bool
    ) throws(ImageryError) -> (horizontal: Int, vertical: Int) {
        guard isColorConverted else {
            if let subsampling = options.subsampling, subsampling != .full {
                throw ImageryError(.misuse, "JPEG", "\(subsampling.rawValue) is only possible for YCbCr: no other has chrominance")
            }
            return (1, 1)
        }
        switch options.subsampling ?? storedSubsampling(options.metadata) {
        case .full: return (1, 1)
        case .twoColumns: return (2, 1)
        case .twoByTwo: return (2, 2)
        case .fourColumns: return (4, 1)
        }
    }

    private static func storedSubsampling(_ metadata: Metadata?) -> JPEGChoices.Subsampling {
        guard let components = metadata?["SOF"]?["Components"]?.list, components.count == 3 else { return .twoByTwo }
        let factors = components.map { [$0["HorizontalSampling"]?.int, $0["VerticalSampling"]?.int] }
        guard factors[1] == [1, 1], factors[2] == [1, 1] else { return .twoByTwo }
        switch factors[0] {
        case [1, 1]: return .full
        case [2, 1]: return .twoColumns
        case [4, 1]: return .fourColumns
        default: return .twoByTwo
        }
    }

    /// The typical quantisers (T.81 K.1, K.2) for a quality, which is half the number of percent that they are scaled by from 50 on.
    private static func quantisers(
        _ options: JPEGEncodingOptions, isLossless: Bool, tables: Int
    ) throws(ImageryError) -> [[UInt8]] {
        if isLossless {
            guard options.quality == nil else { throw ImageryError(.misuse, "JPEG", "a lossless file has no quality to choose") }
            return []
        }
        let quality = options.quality ?? 75
        guard (1...100).contains(quality) else {
            throw ImageryError(.misuse, "JPEG", "\(quality) is no quality: they go from 1 to 100")
        }
        let percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
        return [TypicalTables.luminance, TypicalTables.chrominance].prefix(tables).map { table in
            table.map { UInt8(min(255, max(1, (Int($0) * percent + 50) / 100))) }
        }
    }

    private static func restart(
        _ options: JPEGEncodingOptions, _ layout: FrameLayout, isLossless: Bool
    ) throws(ImageryError) -> JPEGEncodingOptions.Restart {
        guard let restart = options.restart else {
            let stored = options.metadata?["RestartInterval"]?.int ?? 0
            guard (1...65535).contains(stored), !isLossless || stored % layout.mcusWide == 0 else { return .none }
            return .mcus(stored)
        }
        switch restart {
        case .none: return .none
        case .mcus(let count):
            guard (1...65535).contains(count) else {
                throw ImageryError(.misuse, "JPEG", "a restart interval of \(count) MCUs does not exist: it is 1 to 65535")
            }
            guard !isLossless || count % layout.mcusWide == 0 else {
                throw ImageryError(
                    .misuse, "JPEG", "a restart interval of \(count) is not a number of whole lines, as lossless needs (T.81 H.1.1)"
                )
            }
        case .rows(let count):
            guard count >= 1, let mcus = checkedProduct(count, layout.mcusWide), mcus <= 65535 else {
                throw ImageryError(.misuse, "JPEG", "a restart interval of \(count) rows is not 1 to 65535 MCUs")
            }
        }
        return restart
    }

    /// MCUs between restart markers of a scan with so many MCUs a row; 0 for none. A scan of one component has other MCUs than the
    /// frame, and more of them.
    func restartInterval(mcusWide: Int) -> Int {
        switch restart {
        case .none: 0
        case .mcus(let count): count
        case .rows(let count): min(count, 65535 / mcusWide) * mcusWide
        }
    }

    /// Destination of the Huffman tables of a component.
    func huffmanTable(_ component: Int) -> Int {
        if frame.process == .lossless { return component }
        return isColorConverted && component > 0 ? 1 : 0
    }

    /// All components in one scan. Tables that it does not use are called 0: those of AC coefficients where there are none, and of DC
    /// coefficients where single bits follow (T.81 G.1.1.2, G.1.2.1).
    func interleaved(start: Int, end: Int, high: Int = 0, low: Int = 0) -> Scan {
        let parts = frame.components.indices.map { index in
            Scan.Part(component: index, dc: high > 0 ? 0 : huffmanTable(index), ac: end == 0 ? 0 : huffmanTable(index))
        }
        return Scan(parts, start: start, end: end, high: high, low: low)
    }

    /// The quantiser tables as segments.
    var quantiserSegments: [UInt8] {
        quantisers.enumerated().flatMap { serialisedQuantisers($1, destination: $0) }
    }

    /// The typical Huffman tables as segments, for components of this frame.
    var typicalCodeSegments: [UInt8] {
        let codes = [
            (TypicalTables.luminanceDC, TypicalTables.luminanceAC), (TypicalTables.chrominanceDC, TypicalTables.chrominanceAC),
        ]
        return codes.prefix(quantisers.count).enumerated().flatMap { (index, pair) in
            pair.0.serialised(isAC: false, destination: index) + pair.1.serialised(isAC: true, destination: index)
        }
    }

    /// What shared tables are made of: everything that does not depend on the samples.
    var sharedTables: [UInt8] {
        Marker.bytes(Marker.soi) + quantiserSegments + (isOptimized ? [] : typicalCodeSegments) + Marker.bytes(Marker.eoi)
    }

    /// Quantisers and frame header; without the quantisers when they are `shared`.
    func frameSegments(sharesTables: Bool) -> [UInt8] {
        (sharesTables ? [] : quantiserSegments) + frame.serialised
    }
}
