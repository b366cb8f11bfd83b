import Benchmark
import Imagery
import ImageryDeflate

private let window = Window(x: 300, y: 340, width: 256, height: 256)

private func oneThread() -> ReadOptions {
    var options = ReadOptions()
    options.threads = 1
    return options
}

let benchmarks: @Sendable () -> Void = {
    // Times only: see README.md for what can be counted.
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .throughput, .peakMemoryResident], warmupIterations: 2, maxDuration: .seconds(2),
        maxIterations: 200)

    Benchmark("inflate 3 MB") { benchmark in
        let stream = Inputs.stream
        var output = [UInt8](repeating: 0, count: Inputs.pixels.count)
        var inflater = Inflater(.zlib)
        benchmark.startMeasurement()
        inflater.reset()
        var target = output.mutableSpan
        let progress = try target.withUnsafeMutableBufferPointer { buffer in
            try stream.withUnsafeBytes { try inflater.decodeAll($0, into: UnsafeMutableRawBufferPointer(buffer)) }
        }
        benchmark.stopMeasurement()
        guard progress.status == .finished, output == Inputs.pixels else { return benchmark.error("inflate gave other bytes") }
    }

    addReads("PNG", .png) { try Inputs.png() }
    for compression in Inputs.Compression.allCases { addReads("TIFF \(compression)", .tiff) { Inputs.tiff(compression) } }
    addReads("NITF", .nitf) { Inputs.nitf() }
}

/// Headers, the whole image and one window of a file in memory, which the reads open afresh.
private func addReads(_ name: String, _ format: Format, _ bytes: @escaping @Sendable () throws -> [UInt8]) {
    func add(_ operation: String, _ body: @escaping @Sendable (Dataset) throws -> Void) {
        Benchmark("\(name) \(operation)") { (benchmark, input: [UInt8]) in
            for _ in benchmark.scaledIterations {
                try body(Dataset(bytes: input, format: format, options: oneThread()))
            }
        } setup: {
            try checked(bytes(), format, name)
        }
    }
    add("headers") { dataset in blackHole(try dataset.image().info) }
    add("whole") { dataset in blackHole(try dataset.image().read()) }
    add("window") { dataset in blackHole(try dataset.image().read(window: window)) }
    // The whole image again, so that what is beside its decoding can be told.
    add("whole, fitting 400") { dataset in blackHole(try dataset.image().read(fitting: PixelSize(width: 400, height: 400))) }
    add("whole, four bytes a pixel") { dataset in
        blackHole(try dataset.image().read().fourBytes(red: 0, green: 1, blue: 2))
    }
    addReadIntoMemory(name, format, bytes)
}

/// The whole image of a dataset that stays open, into the same memory each time.
private func addReadIntoMemory(_ name: String, _ format: Format, _ bytes: @escaping @Sendable () throws -> [UInt8]) {
    Benchmark("\(name) whole, into memory of the caller") { (benchmark, image: ImageAsset) in
        var memory = [UInt8](repeating: 0, count: 3 * Inputs.side * Inputs.side)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var span = memory.mutableSpan
            var target = span.mutableBytes
            blackHole(try image.read(into: &target))
        }
        benchmark.stopMeasurement()
    } setup: {
        try Dataset(bytes: checked(bytes(), format, name), format: format, options: oneThread()).image()
    }
}

/// The bytes, after a read has shown that they are an image of the right size. No closure: where one is asynchronous, `read` would be, too.
private func checked(_ input: [UInt8], _ format: Format, _ name: String) throws -> [UInt8] {
    let image = try Dataset(bytes: input, format: format).image().read()
    guard image.shape == Shape(bands: 3, rows: Inputs.side, columns: Inputs.side) else {
        throw ImageryError(.malformed, name, "the benchmark's input is not what it should be")
    }
    return input
}
