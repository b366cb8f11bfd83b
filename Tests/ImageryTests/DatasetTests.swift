import Imagery
import ImageryPlumbing
import TestSupport
import Testing

/// A pyramid: an image, two overviews, and a second image.
let pyramid = TinyTIFF([
    .init(width: 40, height: 33), .init(width: 20, height: 17, subfileType: 1, seed: 1),
    .init(width: 10, height: 9, subfileType: 1, seed: 2),
    .init(width: 18, height: 5, bands: 1, seed: 3),
])

@Suite struct DatasetTests {
    @Test func pathBytesAndSourceGiveTheSame() throws {
        try withFiles([("a.tif", pyramid.bytes)]) { paths in
            let datasets = [
                try Dataset(paths[0]), try Dataset(bytes: pyramid.bytes, format: .tiff),
                try Dataset(source: CountingSource(pyramid.bytes), format: .tiff),
            ]
            for dataset in datasets {
                #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:0:overview:2", "image:1"])
                for (image, page) in zip(dataset.images, pyramid.pages) {
                    #expect(try image.read().samples(as: UInt8.self) == page.samples)
                }
            }
        }
    }

    @Test func whatNoFormatClaimsSaysWhatWasFound() throws {
        try withFiles([("a.tif", Array("hello world".utf8))]) { paths in
            let error = #expect(throws: ImageryError.self) { _ = try Dataset(paths[0]) }
            #expect(error?.kind == .unsupported)
            #expect(error?.message.contains("68 65 6c 6c 6f") == true)
            #expect(error?.message.contains("TIFF") == true)
        }
    }

    @Test func emptyInputIsAnError() {
        #expect(throws: ImageryError.self) { _ = try Dataset(bytes: [] as [UInt8], format: .tiff) }
        #expect(throws: ImageryError.self) { _ = try Raster(bytes: [] as [UInt8], format: .png) }
    }

    @Test func aMissingKeyListsNearOnes() throws {
        let dataset = try Dataset(bytes: pyramid.bytes, format: .tiff)
        let error = #expect(throws: ImageryError.self) { _ = try dataset.image("image:0:overview:3") }
        #expect(error?.kind == .misuse)
        #expect(error?.message.contains("image:0:overview:1") == true)
        #expect(dataset.contains("image:1"))
        #expect(!dataset.contains("image:2"))
    }

    @Test func infoReadsHeadersOnly() throws {
        let source = CountingSource(pyramid.bytes)
        let info = try Dataset(source: source, format: .tiff).image().info
        #expect(info.layout.shape == Shape(bands: 3, rows: 33, columns: 40))
        #expect(info.grid == (3, 3))
        #expect(info.blockSize == (16, 16))
        #expect(info.key == "image:0")
        #expect(source.lentByteCount < 4_096)
    }

    @Test func rawBytesAreTheStoredTiles() throws {
        let page = TinyTIFF.Page(width: 16, height: 16, bands: 1)
        let image = try Dataset(bytes: TinyTIFF([page]).bytes, format: .tiff).image()
        #expect(try image.rawBytes() == page.samples)
    }

    @Test func aBrokenSourceIsAnIoErrorAtEveryOffset() throws {
        let bytes = TinyTIFF([.init(width: 8, height: 8, bands: 1)]).bytes
        for limit in 0..<bytes.count {
            do {
                _ = try Dataset(source: FailingSource(bytes, failsFrom: limit), format: .tiff).image().read()
                #expect(limit >= 8 + 256)
            } catch {
                #expect(error.kind == .io)
                #expect(error.underlying is FailingSource.Failure)
            }
        }
    }

    @Test func manyThreadsMayReadOneDataset() throws {
        let dataset = try Dataset(bytes: pyramid.bytes, format: .tiff)
        try parallelFor(64, threads: 8) { (_, index) throws(ImageryError) in
            let place = index % 4
            let samples = try dataset.images[place].read().samples(as: UInt8.self)
            #expect(samples == pyramid.pages[place].samples)
        }
    }
}

@Suite struct ReadingTests {
    private let image: ImageAsset
    private let page = pyramid.pages[0]

    init() throws { image = try Dataset(bytes: pyramid.bytes, format: .tiff).image() }

    @Test func windowsAreClampedAndEmptyOnesAreErrors() throws {
        let whole = try image.read()
        #expect(
            try image.read(window: Window(x: 30, y: 30, width: 100, height: 100))
                == whole.crop(Window(x: 30, y: 30, width: 10, height: 3)))
        #expect(
            try image.read(window: Window(x: -5, y: -5, width: 10, height: 10))
                == whole.crop(Window(x: 0, y: 0, width: 5, height: 5)))
        for bad in [
            Window(x: 40, y: 0, width: 5, height: 5), Window(x: 0, y: 0, width: 0, height: 5),
            Window(x: 5, y: 5, width: -1, height: 2),
            Window(x: .max, y: .max, width: .max, height: .max),
        ] {
            let error = #expect(throws: ImageryError.self) { _ = try image.read(window: bad) }
            #expect(error?.kind == .misuse)
        }
    }

    @Test func bandsKeepOrderAndRepeats() throws {
        let whole = try image.read()
        #expect(try image.read(bands: [2, 0, 2]) == whole.crop(Window(x: 0, y: 0, width: 40, height: 33), bands: [2, 0, 2]))
        for bad in [[], [3], [-1]] {
            let error = #expect(throws: ImageryError.self) { _ = try image.read(bands: bad) }
            #expect(error?.kind == .misuse)
        }
    }

    @Test func aLevelThatIsNotThereIsAnError() {
        for level in [1, -1, 99] {
            let error = #expect(throws: ImageryError.self) { _ = try image.read(resolutionLevel: level) }
            #expect(error?.kind == .misuse)
        }
    }

    @Test func blocksAreClippedAndOutsideIsAnError() throws {
        let whole = try image.read()
        for row in 0..<3 {
            for column in 0..<3 {
                let place = Window(x: column * 16, y: row * 16, width: 16, height: 16).intersection(image.layout.bounds)
                #expect(try image.block(row: row, column: column) == whole.crop(place))
                #expect(try image.hasBlock(row: row, column: column))
            }
        }
        for (row, column) in [(3, 0), (0, 3), (-1, 0)] {
            #expect(throws: ImageryError.self) { _ = try image.block(row: row, column: column) }
            #expect(throws: ImageryError.self) { _ = try image.hasBlock(row: row, column: column) }
        }
    }

    @Test func memoryOfTheCallerIsFilledWithItsStrides() throws {
        var raster = try Raster([UInt8](repeating: 255, count: 3 * 10 * 50), shape: Shape(bands: 3, rows: 10, columns: 50))
        let window = Window(x: 7, y: 3, width: 20, height: 10)
        let shape = try raster.withMutableBytes { bytes in
            try image.read(window: window, into: &bytes, bandStride: 500, rowStride: 50)
        }
        #expect(shape == Shape(bands: 3, rows: 10, columns: 20))
        #expect(try raster.crop(Window(x: 0, y: 0, width: 20, height: 10)) == image.read(window: window))
        #expect(try raster.crop(Window(x: 20, y: 0, width: 30, height: 10)).samples(as: UInt8.self).allSatisfy { $0 == 255 })
    }

    @Test func memoryThatIsTooSmallIsAnError() throws {
        var raster = try Raster([UInt8](repeating: 0, count: 100), rows: 10, columns: 10)
        let window = Window(x: 0, y: 0, width: 6, height: 6)
        try raster.withMutableBytes { bytes in
            for (bands, rows) in [(nil, nil), (10, 40), (40, 5), (.max, 6), (36, .max), (-36, 6)] as [(Int?, Int?)] {
                #expect(throws: ImageryError.self) {
                    try image.read(window: window, into: &bytes, bandStride: bands, rowStride: rows)
                }
            }
            try image.read(window: window, bands: [0], into: &bytes)
        }
    }

    @Test func theCostOfAReadIsBounded() throws {
        var options = ReadOptions()
        options.limits.maxPixelBytes = 100
        options.limits.maxExpansion = 0
        let bounded = try Dataset(bytes: pyramid.bytes, format: .tiff, options: options).image()
        let error = #expect(throws: ImageryError.self) { _ = try bounded.read() }
        #expect(error?.kind == .limit)
        #expect(try bounded.read(window: Window(x: 0, y: 0, width: 5, height: 5)).byteCount == 75)
    }
}
