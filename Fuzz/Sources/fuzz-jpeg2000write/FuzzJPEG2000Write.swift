import FuzzSupport
import Imagery
import ImageryJPEG2000

/// Any image with any options through the JPEG 2000 encoder, and back through the decoder: complete, without findings, exact when nothing is
/// lost, and within the rate when something is. The decoder is held to other software elsewhere.
///
/// Twelve bytes choose size and options; the rest are samples, repeated as often as it takes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJPEG2000Write(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size > 12 else { return 0 }
    let choice = (0..<12).map { Int(data[$0]) }
    let shape = Shape(bands: 1 + choice[0] % 4, rows: 1 + choice[1] % 80, columns: 1 + choice[2] % 80)
    let type: PixelType = [.uint8, .uint16, .uint32][choice[3] % 3]
    let most = [8, 16, 32][choice[3] % 3]
    let bits = 1 + choice[4] % most
    var options = JPEG2000Encoder.Options()
    options.precision = bits
    options.isHighThroughput = choice[5] & 1 == 1
    options.order = JPEG2000Choices.Order.allCases[choice[5] / 2 % 5]
    options.levels = choice[6] % 8
    options.blockWidthExponent = 2 + choice[7] % 5
    options.blockHeightExponent = 2 + choice[7] / 8 % 5
    if choice[8] & 1 == 1 { (options.tileWidth, options.tileHeight) = (1 + choice[8] / 2 % 60, 1 + choice[1] % 50) }
    if choice[9] & 1 == 1 { options.precinctExponent = 1 + choice[9] / 2 % 8 }
    options.writesTilePartLengths = choice[9] & 64 != 0
    options.writesPacketLengths = choice[9] & 128 != 0
    options.transformsComponents = shape.bands >= 3 ? choice[10] & 1 == 1 : nil
    if choice[10] & 2 == 2 { options.rates = [Double(1 + choice[11] % 16) / 2, Double(1 + choice[11] % 16)] }
    options.isReversible = choice[10] & 4 == 4
    options.threads = 1 + choice[10] >> 6
    let mask = (1 << bits) - 1
    func sample(_ index: Int) -> Int {
        var value = 0
        for byte in 0..<4 { value = value << 8 | Int(data[12 + (index * 5 + byte * 3) % (size - 12)]) }
        return value & mask
    }
    let count = shape.bands * shape.rows * shape.columns
    let samples = (0..<count).map(sample)
    let raster: Raster? =
        switch type {
        case .uint8: try? Raster(samples.map { UInt8($0) }, shape: shape)
        case .uint16: try? Raster(samples.map { UInt16($0) }, shape: shape)
        default: try? Raster(samples.map { UInt32($0) }, shape: shape)
        }
    guard let raster else { return 0 }
    let layout = ImageLayout(
        shape: shape, pixelType: type, bitsPerPixel: bits, blockWidth: shape.columns, blockHeight: shape.rows)
    let sink = MemorySink()
    do {
        try JPEG2000Encoder.encode(layout, from: RasterReader(raster), options: options, into: sink)
    } catch {
        let kind = (error as? ImageryError)?.kind
        require(kind == .misuse || kind == .unsupported, "\(error)")
        return 0
    }
    guard let dataset = try? Dataset(bytes: sink.bytes, format: .jpeg2000, options: fuzzOptions),
        let found = try? dataset.image().read()
    else { fail("what was written cannot be read") }
    let findings = dataset.diagnostics + found.diagnostics
    require(findings.isEmpty && found.shape == shape, "\(findings)")
    if options.rates.isEmpty || options.isReversible {
        let narrow = (try? found.samples(as: UInt8.self))?.map { Int($0) }
        let wide = (try? found.samples(as: UInt16.self))?.map { Int($0) }
        let numbers = narrow ?? wide ?? (try? found.samples(as: UInt32.self))?.map { Int($0) }
        require(numbers == samples, "lossless lost something")
    }
    return 0
}
