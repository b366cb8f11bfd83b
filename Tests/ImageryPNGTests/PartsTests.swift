import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryPNG

/// Image data that is compressed in parts by several threads.
@Suite struct PartsTests {
    private func written(_ raster: Raster, _ level: Int, threads: Int, partBytes: Int) throws -> [UInt8] {
        var options = PNGEncoder.Options()
        options.level = level
        options.threads = threads
        let header = ImageHeader(width: raster.width, height: raster.height, bitDepth: 8, colorType: .gray)
        let writer = try RowWriter(header, options, paletteEntries: nil, partBytes: partBytes)
        let sink = MemorySink()
        try sink.append(pngSignature + Chunk.serialised(.ihdr, header.serialised))
        var first = 0
        while first < raster.height {
            let count = min(writer.stripeRows, raster.height - first)
            let stripe = try Raster(.uint8, shape: Shape(bands: 1, rows: count, columns: raster.width))
            unsafe raster.copy(Window(x: 0, y: first, width: raster.width, height: count), to: stripe.destination)
            try writer.write(stripe, firstRow: first, into: sink)
            first += count
        }
        try sink.append(Chunk.serialised(.iend, []))
        return sink.bytes
    }

    /// Repetitions that reach over the ends of parts, and noise; parts of one row, of some, and of all.
    @Test(arguments: [0, 1, 4, 6, 9])
    func threadsMakeTheSameBytes(level: Int) throws {
        var random = SeededGenerator(77)
        var samples = (0..<20 * 61).map { UInt8(truncatingIfNeeded: $0 % 60 * ($0 / 240)) }
        samples += (0..<20 * 61).map { _ in UInt8.random(in: 0...255, using: &random) }
        samples += samples.prefix(13 * 61)
        let raster = try Raster(samples, rows: 53, columns: 61)
        for partBytes in [1, 300, 100_000] {
            let one = try written(raster, level, threads: 1, partBytes: partBytes)
            for threads in [2, 3] {
                #expect(try written(raster, level, threads: threads, partBytes: partBytes) == one)
            }
            let file = try PNGFile(MemorySource(one))
            #expect(try image(file).read() == raster)
            #expect(file.diagnostics.isEmpty)
        }
    }
}
