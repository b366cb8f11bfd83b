import FuzzSupport
import Imagery
import ImageryJPEG

/// Any image with any options through the JPEG encoder, and back through the decoder: complete, without findings, exact when lossless, near
/// when nothing is lost but rounding. The decoder is held to other software elsewhere.
///
/// Eight bytes choose size and options; the rest are samples, repeated as often as it takes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJPEGWrite(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size > 8 else { return 0 }
    let choice = (0..<8).map { Int(data[$0]) }
    let shape = Shape(bands: [1, 3, 4][choice[0] % 3], rows: 1 + choice[1] % 80, columns: 1 + choice[2] % 80)
    let isWide = choice[3] & 1 == 1
    let isLossless = choice[3] & 2 == 2
    let bits = isLossless ? 2 + choice[3] >> 2 % (isWide ? 15 : 7) : isWide ? 12 : 8
    var options = JPEGEncoder.Options()
    options.color = choice[4] & 1 == 1 ? .asStored : nil
    options.optimizesHuffman = choice[4] & 2 == 2
    options.restart = [nil, JPEGEncoder.Restart.mcus(1 + choice[5]), .rows(1 + choice[5] % 4)][choice[4] >> 2 % 3]
    options.threads = 1 + choice[4] >> 5 % 3
    if isLossless {
        options.process = .lossless(predictor: choice[6] % 9, pointTransform: choice[7] % 4)
    } else {
        options.process = choice[4] >> 7 == 1 ? .progressive : .sequential
        options.quality = 1 + choice[6] % 100
        options.subsampling = shape.bands == 3 && options.color == nil ? JPEGChoices.Subsampling.allCases[choice[7] % 4] : nil
    }
    let mask = 1 << bits - 1
    func sample(_ index: Int) -> Int {
        let low = Int(data[8 + index % (size - 8)])
        return (isWide ? low | Int(data[8 + (index * 3 + 1) % (size - 8)]) << 8 : low) & mask
    }
    let count = shape.bands * shape.rows * shape.columns
    let samples = (0..<count).map(sample)
    let raster =
        isWide ? try? Raster(samples.map { UInt16($0) }, shape: shape) : try? Raster(samples.map { UInt8($0) }, shape: shape)
    guard let raster else { return 0 }
    let layout = ImageLayout(
        shape: shape, pixelType: raster.pixelType, bitsPerPixel: bits, blockWidth: shape.columns, blockHeight: shape.rows)
    let sink = MemorySink()
    do {
        try JPEGEncoder.encode(layout, from: RasterReader(raster), options: options, into: sink)
    } catch {
        require((error as? ImageryError)?.kind == .misuse, "\(error)")
        return 0
    }
    guard let dataset = try? Dataset(bytes: sink.bytes, format: .jpeg, options: fuzzOptions),
        let found = try? dataset.image().read()
    else { fail("what was written cannot be read") }
    let findings = dataset.diagnostics + found.diagnostics
    require(findings.isEmpty && found.shape == shape, "\(findings)")
    let numbers =
        (try? found.samples(as: UInt8.self))?.map { Int($0) } ?? (try? found.samples(as: UInt16.self))?.map { Int($0) } ?? []
    require(numbers.count == count, "another number of samples")
    if isLossless {
        let shift = choice[7] % 4
        require(zip(numbers, samples).allSatisfy { $0 == ($1 >> shift) << shift }, "lossless lost something")
    } else if options.quality == 100, shape.bands == 1 || options.color == .asStored || shape.bands == 4 {
        // Coefficients are rounded to whole numbers, and both transforms round.
        require(zip(numbers, samples).allSatisfy { abs($0 - $1) <= (isWide ? 10 : 5) }, "quality 100 is far off")
    }
    return 0
}
