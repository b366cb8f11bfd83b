import ImageryBase
import ImageryPlumbing
import Synchronization
import TestSupport
import Testing

/// An image whose sample at (band, row, column) of every level is a hash of the three, in blocks; counts how often each block is decoded.
private final class PatternImage: BlockSource {
    let layout: ImageLayout
    let resolutionLevels: Int
    let decodesWholeBlocks: Bool
    let absent: Set<Int>
    let broken: Set<Int>
    let decoded = Mutex<[Int: Int]>([:])

    init(
        rows: Int = 23, columns: Int = 31, blockWidth: Int = 8, blockHeight: Int = 6, levels: Int = 1, wholeBlocks: Bool = true,
        absent: Set<Int> = [], broken: Set<Int> = [], padValue: SampleValue? = nil
    ) {
        layout = ImageLayout(
            shape: Shape(bands: 3, rows: rows, columns: columns), pixelType: .uint8, blockWidth: blockWidth,
            blockHeight: blockHeight, padValue: padValue)
        resolutionLevels = levels
        decodesWholeBlocks = wholeBlocks
        self.absent = absent
        self.broken = broken
    }

    static func sample(_ band: Int, _ row: Int, _ column: Int, _ level: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: band &* 71 &+ row &* 13 &+ column &* 7 &+ level &* 101)
    }

    func place(_ row: Int, _ column: Int) -> Int { row * layout.gridColumns + column }
    func hasBlock(row: Int, column: Int) -> Bool { !absent.contains(place(row, column)) }
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [] }
    func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder { Decoder(image: self) }

    final class Decoder: BlockDecoder {
        let image: PatternImage
        init(image: PatternImage) { self.image = image }

        func decode(
            row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
        ) throws(ImageryError) {
            let place = image.place(row, column)
            image.decoded.withLock { $0[place, default: 0] += 1 }
            if image.broken.contains(place) { throw ImageryError(.malformed, "block", "broken", at: place) }
            let bounds = image.layout.blockBounds(row: row, column: column, level: level)
            for (index, band) in bands.enumerated() {
                for y in 0..<region.height {
                    for x in 0..<region.width {
                        let value = PatternImage.sample(band, bounds.y + region.y + y, bounds.x + region.x + x, level)
                        unsafe destination.row(y, band: index).storeBytes(of: value, toByteOffset: x, as: UInt8.self)
                    }
                }
            }
        }
    }
}

@Suite struct BlockReaderTests {
    private func options(threads: Int) -> ReadOptions {
        var options = ReadOptions()
        options.threads = threads
        return options
    }

    @Test(arguments: [(1, true), (2, true), (1, false), (3, false)])
    func windowsEqualCropsAtEveryLevelAndBandChoice(threads: Int, wholeBlocks: Bool) throws {
        let image = PatternImage(levels: 4, wholeBlocks: wholeBlocks)
        var random = SeededGenerator(7)
        for level in 0..<4 {
            let size = image.layout.reduced(image.layout.bounds, level: level)
            let whole = try image.read(level: level, options: options(threads: threads))
            for band in 0..<3 {
                for row in 0..<size.height {
                    for column in 0..<size.width {
                        let value = try whole.crop(Window(x: column, y: row, width: 1, height: 1), bands: [band]).samples(
                            as: UInt8.self)[0]
                        #expect(value == PatternImage.sample(band, row, column, level))
                    }
                }
            }
            for _ in 0..<30 {
                let width = Int.random(in: 1...size.width, using: &random)
                let height = Int.random(in: 1...size.height, using: &random)
                let region = Window(
                    x: Int.random(in: 0...size.width - width, using: &random),
                    y: Int.random(in: 0...size.height - height, using: &random),
                    width: width, height: height)
                let bands = [[0, 1, 2], [2], [1, 1, 0]].randomElement(using: &random) ?? [0]
                let part = try image.read(region, level: level, bands: bands, options: options(threads: threads))
                #expect(part == (try whole.crop(region, bands: bands)))
            }
        }
    }

    @Test(arguments: [1, 2]) func sessionsDecodeEachBlockOnce(threads: Int) throws {
        let image = PatternImage()
        let whole = try image.read()
        image.decoded.withLock { $0 = [:] }
        let reader = image.makeReader(ReadContext(options(threads: threads), isSession: true))
        for y in stride(from: 0, to: 23, by: 5) {
            for x in stride(from: 0, to: 31, by: 5) {
                let region = Window(x: x, y: y, width: min(5, 31 - x), height: min(5, 23 - y))
                #expect(try image.read(region, through: reader) == whole.crop(region))
            }
        }
        #expect(image.decoded.withLock { $0.count } == 16)
        #expect(image.decoded.withLock { $0.values.allSatisfy { $0 == 1 } })
    }

    @Test func absentBlocksAreThePadValueTheFillOrZero() throws {
        for (pad, fill, expected) in [(nil, nil, 0), (SampleValue.integer(9), nil, 9), (.integer(9), SampleValue.integer(4), 4)]
            as [(SampleValue?, SampleValue?, UInt8)]
        {
            let image = PatternImage(absent: [0, 5], padValue: pad)
            let context = ReadContext(ReadOptions(), fill: fill)
            let whole = try image.read(through: image.makeReader(context))
            let block = try whole.crop(Window(x: 0, y: 0, width: 8, height: 6)).samples(as: UInt8.self)
            #expect(block.allSatisfy { $0 == expected })
            #expect(image.decoded.withLock { $0[0] } == nil)
        }
    }

    @Test(arguments: [1, 2, 4]) func theFirstBrokenBlockIsReported(threads: Int) {
        let image = PatternImage(broken: [3, 9, 14])
        for _ in 0..<20 {
            let error = #expect(throws: ImageryError.self) { _ = try image.read(options: options(threads: threads)) }
            #expect(error?.offset == 3)
        }
    }

    @Test func aBrokenBlockDoesNotHideTheRest() throws {
        let image = PatternImage(broken: [0])
        #expect(throws: ImageryError.self) { _ = try image.read(Window(x: 0, y: 0, width: 2, height: 2)) }
        #expect(
            try image.read(Window(x: 8, y: 0, width: 2, height: 2)).samples(as: UInt8.self)[0] == PatternImage.sample(0, 0, 8, 0))
    }

    @Test func stridesOfTheCallerAreKept() throws {
        let image = PatternImage()
        var target = try Raster([UInt8](repeating: 250, count: 3 * 10 * 20), shape: Shape(bands: 3, rows: 10, columns: 20))
        let request = ReadRequest(region: Window(x: 3, y: 2, width: 9, height: 4), bands: [0, 1, 2])
        try unsafe image.makeReader(ReadContext(ReadOptions())).read(
            request, into: target.destination.offset(row: 5, column: 10, sampleBytes: 1))
        #expect(try target.crop(Window(x: 10, y: 5, width: 9, height: 4)) == image.read(request.region))
        #expect(try target.crop(Window(x: 0, y: 0, width: 20, height: 5)).samples(as: UInt8.self).allSatisfy { $0 == 250 })
        #expect(try target.crop(Window(x: 19, y: 5, width: 1, height: 5)).samples(as: UInt8.self).allSatisfy { $0 == 250 })
        try target.withMutableBytes { $0.storeBytes(of: 1, toByteOffset: 0, as: UInt8.self) }
    }
}
