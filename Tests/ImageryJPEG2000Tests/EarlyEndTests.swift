import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

/// Coding passes that a rate will cut off are not coded in the first place.
@Suite struct EarlyEndTests {
    /// Few large values among many small ones, as sub-bands have them.
    private func coefficients(_ count: Int) -> [Int32] {
        var generator = SeededGenerator(7)
        return (0..<count).map { _ in
            let size = Int32.random(in: 1...2000, using: &generator)
            return (Bool.random(using: &generator) ? 1 : -1) * (2000 / size)
        }
    }

    @Test func blocksEndWherePassesGainTooLittle() {
        let numbers = coefficients(1024)
        func encode(_ leastGain: Double) -> EncodedBlock {
            let shape = CodeBlockEncoder.Shape(
                width: 32, height: 32, orientation: .hl, magnitudeBits: 14, fractionBits: 0, keepsPasses: true, leastGain: leastGain
            )
            return numbers.withUnsafeBufferPointer { CodeBlockEncoder().encode(shape, $0.baseAddress!, stride: 32) }
        }
        let whole = encode(0)
        #expect(!whole.isCut)
        var counts: [Int] = []
        for leastGain in [50.0, 800] {
            let block = encode(leastGain)
            let count = block.passCount
            counts.append(count)
            #expect(block.isCut && block.passes.count == count && count < whole.passCount)
            #expect(zip(block.passes, whole.passes).allSatisfy { $0.gain == $1.gain })
            // The last pass may say more than was needed up to it in the whole segment, never less.
            #expect(zip(block.passes, whole.passes).allSatisfy { $0.length >= $1.length - 1 })
            #expect(block.bytes.starts(with: whole.bytes.prefix(whole.passes[count - 4].length - 2)))
            // What was left out lies below.
            for index in count..<whole.passCount {
                let bytes = max(1, whole.passes[index].length - whole.passes[index - 3].length)
                #expect(whole.passes[index].gain - whole.passes[index - 3].gain < 1.5 * leastGain * Double(bytes))
            }
        }
        #expect(counts == counts.sorted(by: >))
    }

    /// With a second layer that has room for more no block may end early, and the first layer is what the rate alone gives.
    @Test(arguments: [0.8, 2, 5]) func whatIsKeptIsTheSame(_ rate: Double) throws {
        var generator = SeededGenerator(11)
        let noise = (0..<4096).map { _ in Int.random(in: 0..<30, using: &generator) }
        let samples = (0..<4096).map { index -> UInt8 in
            let (x, y) = (index % 64, index / 64)
            let texture = x > 30 ? noise[index] : 0
            return UInt8(min(255, x + y / 8 * 16 + texture))
        }
        let raster = try Raster(samples, shape: Shape(bands: 1, rows: 64, columns: 64))
        let layout = ImageLayout(shape: raster.shape, pixelType: .uint8, blockWidth: 64, blockHeight: 64)
        func error(_ rates: [Double]) throws -> Int {
            var options = JPEG2000EncodingOptions()
            options.rates = rates
            (options.blockWidthExponent, options.blockHeightExponent) = (2, 2)
            let sink = MemorySink()
            try JPEG2000Encoder.encode(layout, from: RasterReader(raster), options: options, into: sink)
            let image = try JPEG2000Streams().open(MemorySource(sink.bytes))
            var reading = ReadOptions()
            reading.qualityLayers = 1
            let found = try image.read(through: image.makeReader(ReadContext(reading))).samples(as: UInt8.self)
            var sum = 0
            for (one, other) in zip(found, samples) {
                let distance = Int(one) - Int(other)
                sum += distance * distance
            }
            return sum
        }
        // A hundredth of the error is 0.05 dB.
        let (alone, beside) = (try error([rate]), try error([rate, 40]))
        #expect(alone * 100 <= beside * 101, "\(alone) and \(beside)")
    }
}
