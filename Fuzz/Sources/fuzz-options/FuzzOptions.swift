import FuzzSupport
import Imagery

/// Any raster of few pixels, any format, any options, sensible and not: a writer writes what can be read back, or throws misuse, unsupported
/// or limit, and nothing else.
///
/// The bytes choose, as long as they last, then zeros.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOptionsOfWriters(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    var choices = OptionChoices(input(data, size))
    let format: Format = [.png, .jpeg, .jpeg2000, .tiff, .nitf, .nsif, .dted][choices.number(7)]
    let options = choices.options()
    guard let raster = choices.raster(format) else { return 0 }
    let sink = MemorySink()
    do {
        try raster.encode(as: format, into: sink, options: options)
    } catch {
        let kind = (error as? ImageryError)?.kind
        require(kind == .misuse || kind == .unsupported || kind == .limit, "\(format): \(error)")
        return 0
    }
    let found: Raster
    do {
        found = try Dataset(bytes: sink.bytes, format: format, options: fuzzOptions).image().read()
    } catch { fail("what was written as \(format) cannot be read: \(error)") }
    require(found.shape == raster.shape, "\(format): \(found.shape), was \(raster.shape)")
    if options.losses == .refuse { require(found.pixelType == raster.pixelType, "\(format): other samples, without a note") }
    return 0
}

private struct OptionChoices {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func byte() -> Int {
        defer { place += 1 }
        return place < bytes.count ? Int(bytes[place]) : 0
    }

    /// 0 to `count` - 1.
    mutating func number(_ count: Int) -> Int { count > 256 ? (byte() << 8 | byte()) % count : byte() % count }

    /// A number where an option has one: mostly sensible, sometimes at the edge of what an Int says.
    private mutating func value(_ sensible: ClosedRange<Int>) -> Int? {
        switch number(8) {
        case 0...2: nil
        case 3: [0, -1, 1, .min, .max, Int(Int32.max), Int(UInt32.max), 1 << 40][number(8)]
        default: sensible.lowerBound + number(min(1 << 16, sensible.count))
        }
    }

    private mutating func rate() -> Double {
        [0.01, 0.5, 1, 8, 0, -1, .nan, .infinity, 1e19, 1e300, 5e-324][number(11)] * Double(1 + number(4))
    }

    mutating func options() -> WriteOptions {
        var options = WriteOptions()
        options.date = value(0...65_535) ?? 0
        options.threads = number(4) == 0 ? value(1...4) : 1
        let packing: LERCPacking = [.none, .deflate, .zstandard][number(3)]
        let compressions: [Compression?] = [
            nil, Compression.uncompressed, .deflate, .lzw, .packBits, .jpeg(quality: value(1...100) ?? 75), .losslessJPEG,
            .jpeg2000(rate: number(2) == 0 ? nil : rate()), .zstandard,
            .lerc(maxError: number(2) == 0 ? 0 : rate(), packing: packing),
        ]
        options.compression = compressions[number(compressions.count)]
        options.compressionLevel = value(0...9)
        if number(3) == 0 {
            var jpeg = JPEGChoices()
            jpeg.subsampling = ([nil] + JPEGChoices.Subsampling.allCases.map { $0 })[number(5)]
            jpeg.isProgressive = flag()
            jpeg.optimizesHuffman = flag()
            jpeg.restartRows = value(0...4)
            jpeg.losslessPredictor = value(1...7)
            options.jpeg = jpeg
        }
        if number(3) == 0 { options.jpeg2000 = jpeg2000() }
        if number(4) == 0 {
            var cloud = CloudOptimization()
            cloud.overviews = value(0...5)
            cloud.resampling = [nil, .average, .nearest][number(3)]
            options.cloudOptimized = cloud
        }
        options.predictor = [nil, Predictor.unpredicted, .horizontal, .floatingPoint][number(4)]
        options.blockWidth = number(2) == 0 ? value(1...64) : 16 * (1 + number(4))
        options.blockHeight = number(2) == 0 ? value(1...64) : 16 * (1 + number(4))
        options.interleave = [nil, .pixel, .row, .block, .band][number(5)]
        options.omitsEmptyBlocks = flag()
        options.bitsPerSample = value(1...64)
        if number(3) == 0 { options.padValue = number(2) == 0 ? .integer(Int64(number(700)) - 300) : .real(rate()) }
        if number(3) == 0 { options.georeference = georeference() }
        options.losses = number(4) == 0 ? .refuse : .note
        options.strict = number(4) == 0
        return options
    }

    private mutating func flag() -> Bool? { [nil, true, false][number(3)] }

    private mutating func jpeg2000() -> JPEG2000Choices {
        var choices = JPEG2000Choices()
        choices.isHighThroughput = flag()
        if number(3) == 0 { choices.layers = (0..<number(5)).map { _ in rate() } }
        choices.levels = value(0...8)
        choices.order = ([nil] + JPEG2000Choices.Order.allCases.map { $0 })[number(6)]
        choices.codeBlockWidth = number(2) == 0 ? value(4...64) : 4 << number(5)
        choices.codeBlockHeight = number(2) == 0 ? value(4...64) : 4 << number(5)
        choices.precinctSize = number(2) == 0 ? value(1...256) : 1 << number(9)
        choices.transformsComponents = flag()
        choices.listsLengths = flag()
        choices.profile = [nil, .npje, .epje][number(3)]
        choices.wrapping = [nil, .boxes, JPEG2000Choices.Wrapping.bare][number(3)]
        if number(4) == 0 {
            choices.region = Window(x: number(12) - 2, y: number(12) - 2, width: number(12), height: number(12))
            choices.writesGML = flag()
        }
        return choices
    }

    private mutating func georeference() -> Georeference {
        var place = Georeference()
        func number(_ choices: inout Self) -> Double {
            [0, 1, -1, 10.5, -179.99, 89.999, 500_000, .nan, .infinity, 1e300][choices.number(10)]
        }
        if self.number(2) == 0 {
            place.corners = (0..<(self.number(8) == 0 ? 3 : 4)).map { _ in .init(x: number(&self), y: number(&self)) }
        }
        if self.number(2) == 0 {
            place.affine = Georeference.Affine(
                originX: number(&self), originY: number(&self), xPerColumn: number(&self), xPerRow: number(&self),
                yPerColumn: number(&self), yPerRow: number(&self))
        }
        place.crs = [nil, "EPSG:4326", "EPSG:32633", "EPSG:3857", "EPSG:99999", "x"][self.number(6)]
        return place
    }

    mutating func raster(_ format: Format) -> Raster? {
        let type = PixelType.allCases[number(PixelType.allCases.count)]
        let bands = number(3) == 0 ? 1 + number(6) : 1 + 2 * number(2)
        let shape = Shape(bands: bands, rows: 1 + number(40), columns: 1 + number(40))
        guard var raster = try? Raster(type, shape: shape) else { return nil }
        raster.colorModel = [.undefined(bands), .undefined(bands), .rgb, .cmyk, .gray][number(5)]
        let start = place
        let bytes = bytes
        try? raster.withMutableBytes { span in
            for index in 0..<span.byteCount where !bytes.isEmpty {
                span.storeBytes(of: bytes[(start + index) % bytes.count], toByteOffset: index, as: UInt8.self)
            }
        }
        return raster
    }
}
