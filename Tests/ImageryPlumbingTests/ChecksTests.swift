import ImageryBase
import ImageryPlumbing
import Testing

@Suite struct LevelChecksTests {
    @Test func levelsAreChecked() throws {
        let layout = ImageLayout(shape: Shape(bands: 3, rows: 2, columns: 2), pixelType: .uint8, blockWidth: 2, blockHeight: 2)
        let image = NoPixels(layout: layout)
        try image.check(level: 0, "test")
        #expect(throws: ImageryError.self) { try image.check(level: 1, "test") }
        #expect(throws: ImageryError.self) { try image.check(level: -1, "test") }
    }

    @Test func aLevelWithoutSamplesIsAnError() {
        // Columns 1 to 1 of the reference grid: ceil(2/2) - ceil(1/2) = 0 at level 1 (S4).
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 4, columns: 1), pixelType: .uint8, blockWidth: 4, blockHeight: 4, originX: 1)
        #expect(throws: ImageryError.self) { try NoPixels(layout: layout, resolutionLevels: 3).check(level: 1, "test") }
    }

    private struct NoPixels: ImageSource {
        var layout: ImageLayout
        var resolutionLevels = 1

        func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [] }
        func makeReader(_ context: ReadContext) -> any ImageReader { Reader() }

        final class Reader: ImageReader {
            func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {}
        }
    }
}

@Suite struct LimitsTests {
    @Test func outputIsBoundedByTheBytesItComesFrom() throws {
        var limits = Limits()
        limits.maxPixelBytes = 1_000
        limits.maxExpansion = 10
        try limits.check(output: 1_000, from: 0, "test")
        try limits.check(output: 5_000, from: 500, "test")
        for (output, input) in [(5_001, 500), (nil, 500)] as [(Int?, Int)] {
            let error = #expect(throws: ImageryError.self) { try limits.check(output: output, from: input, "test") }
            #expect(error?.kind == .limit)
            #expect(error?.message.contains("maxPixelBytes") == true)
        }
    }
}
