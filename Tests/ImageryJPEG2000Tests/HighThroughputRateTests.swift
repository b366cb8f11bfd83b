import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

/// HT blocks with loss: by a quality, and by a rate, which the quantisation meets.
@Suite struct HighThroughputRateTests {
    private typealias Options = JPEG2000Encoder.Options

    /// Waves with some noise, more of it to the right; others for each seed.
    private func raster(_ shape: Shape, seed: UInt64 = 5) throws -> Raster {
        var generator = SeededGenerator(seed)
        let samples = (0..<shape.bands * shape.rows * shape.columns).map { index -> UInt8 in
            let (x, y) = (index % shape.columns, index / shape.columns % shape.rows)
            let noise = Int.random(in: 0...x / 2 + 2, using: &generator)
            return UInt8(min(255, (x * Int(seed) + y * y / 8) % 150 + noise))
        }
        return try Raster(samples, shape: shape)
    }

    private func encode(_ raster: Raster, _ options: Options) throws -> [UInt8] {
        let layout = ImageLayout(
            shape: raster.shape, pixelType: raster.pixelType, blockWidth: raster.width, blockHeight: raster.height)
        let sink = MemorySink()
        try JPEG2000Encoder.encode(layout, from: OnceFromTheTop(raster), options: options, into: sink)
        return sink.bytes
    }

    private func samples(_ bytes: [UInt8]) throws -> [UInt8] {
        let image = try JPEG2000Streams().open(MemorySource(bytes))
        return try image.read(through: image.makeReader(ReadContext(ReadOptions()))).samples(as: UInt8.self)
    }

    private func squaredError(_ bytes: [UInt8], _ raster: Raster) throws -> Int {
        zip(try samples(bytes), try raster.samples(as: UInt8.self)).reduce(0) { sum, pair in
            let distance = Int(pair.0) - Int(pair.1)
            return sum + distance * distance
        }
    }

    /// No more bytes than the rate has, and 2% less at most, whatever the tiles are; more bytes are less error; threads change nothing (S75).
    @Test(arguments: [nil, 24]) func theRateIsMet(_ tile: Int?) throws {
        let raster = try raster(Shape(bands: 3, rows: 64, columns: 64))
        var errors: [Int] = []
        for rate in [4.0, 7, 12] {
            var options = Options()
            (options.isHighThroughput, options.rates, options.threads) = (true, [rate], 1)
            (options.tileWidth, options.tileHeight) = (tile, tile)
            let bytes = try encode(raster, options)
            let most = Int(rate * 4096 / 8)
            #expect(bytes.count <= most && bytes.count * 100 >= most * 98, "\(bytes.count) of \(most)")
            errors.append(try squaredError(bytes, raster))
            options.threads = 3
            #expect(try encode(raster, options) == bytes)
        }
        #expect(errors[0] > errors[1] && errors[1] > errors[2], "\(errors)")
    }

    /// What no step reaches is written with the coarsest or the finest.
    @Test func ratesOutOfReach() throws {
        let raster = try raster(Shape(bands: 1, rows: 32, columns: 32))
        var options = Options()
        (options.isHighThroughput, options.rates) = (true, [0.01])
        let least = try encode(raster, options)
        #expect(least.count < 200)
        options.rates = [50]
        let most = try encode(raster, options)
        options.rates = [60]
        #expect(try encode(raster, options) == most)
        #expect(try squaredError(most, raster) == 0)
    }

    /// The same steps in blocks of both kinds give the same pixels; a lower quality is smaller and worse.
    @Test func qualities() throws {
        let raster = try raster(Shape(bands: 3, rows: 40, columns: 56))
        var last: (bytes: Int, error: Int)?
        for quality in [1, 30, 50, 75, 95, 100] {
            var options = Options()
            options.quality = quality
            let plain = try encode(raster, options)
            options.isHighThroughput = true
            let high = try encode(raster, options)
            let differences = zip(try samples(plain), try samples(high)).filter { abs(Int($0) - Int($1)) > 1 }
            #expect(differences.isEmpty)
            let own = (bytes: high.count, error: try squaredError(high, raster))
            if let last { #expect(own.bytes > last.bytes && own.error < last.error, "\(quality)") }
            last = own
        }
    }

    /// A quality for all there is, with layers before it.
    @Test func layersBelowAQuality() throws {
        let raster = try raster(Shape(bands: 1, rows: 64, columns: 64))
        var options = Options()
        options.quality = 80
        let alone = try encode(raster, options)
        options.rates = [1, 2]
        let layered = try encode(raster, options)
        #expect(try samples(layered) == samples(alone))
        let image = try JPEG2000Streams().open(MemorySource(layered))
        #expect(JPEG2000Streams.isReversible(image) == false)
    }

    /// Steps on the scale of JPEG: half at 75, the finest at 100; those of longer samples are as much longer.
    @Test func stepsOfQualities() {
        func step(_ quality: Int, _ precision: Int = 8) -> Double { Quantization.step(quality: quality, precision: precision) }
        #expect(step(50) == 16 && step(75) == 8 && step(25) == 32 && step(100) == 0.25)
        #expect(step(50, 12) == 256 && step(1) == 256 && step(75, 16) == 2048)
        #expect(Quantization.step(quality: nil, precision: 8) == 0.25)
    }

    /// Blocks of containers, one after the other in one encoder: each meets the rate by itself.
    @Test func blocksOfContainers() throws {
        var options = Options()
        (options.isHighThroughput, options.rates) = (true, [3])
        let shape = Shape(bands: 1, rows: 48, columns: 48)
        func encode(_ raster: Raster, _ encoder: JPEG2000BlockEncoder) throws -> [UInt8] {
            var bytes: [UInt8] = []
            try unsafe encoder.encode(raster.destination, width: 48, height: 48, into: &bytes)
            return bytes
        }
        let encoder = JPEG2000BlockEncoder(.uint8, bands: 1, options)
        for seed in [1, 2, 3] as [UInt64] {
            let raster = try raster(shape, seed: seed)
            let bytes = try encode(raster, encoder)
            #expect(bytes.count <= 864 && bytes.count >= 846, "\(bytes.count)")
            #expect(try bytes == encode(raster, JPEG2000BlockEncoder(.uint8, bands: 1, options)))
        }
    }
}

/// Gives each row of a raster once, from the top down.
private final class OnceFromTheTop: ImageReader {
    private let reader: RasterReader
    private var next = 0

    init(_ raster: Raster) { reader = RasterReader(raster) }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        #expect(request.region.y == next)
        next = request.region.bottom
        try unsafe reader.read(request, into: destination)
    }
}
