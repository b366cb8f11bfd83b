import ImageryBase
import ImageryTIFF
import TestSupport
import Testing

@Suite struct DecodingTests {
    @Test(arguments: vectors) func vectorHasTheSamplesOfItsFormula(_ vector: Vector) throws {
        let image = try TIFFFile(vector.bytes).image()
        #expect(image.layout.shape == vector.shape)
        #expect(image.layout.pixelType == vector.type)
        let raster = try image.read()
        #expect(try raster.numbers() == vector.samples(in: image.layout))
        if vector.type == .complexFloat32 {
            #expect(raster.parts(Float.self).allSatisfy { $0.1 == -$0.0 })
        }
    }

    /// S57: whole == assembled from blocks == crop of windows, whatever the bands, threads and session.
    @Test(arguments: vectors) func partsAreCropsOfTheWhole(_ vector: Vector) throws {
        let image = try TIFFFile(vector.bytes).image()
        let whole = try image.read()
        let layout = image.layout
        for row in 0..<layout.gridRows {
            for column in 0..<layout.gridColumns {
                let block = layout.blockBounds(row: row, column: column)
                #expect(try image.read(block) == whole.crop(block))
            }
        }
        let windows = [
            Window(x: 0, y: 0, width: 1, height: 1), Window(x: 3, y: 2, width: 11, height: 3),
            Window(x: 15, y: 0, width: 4, height: 6),
            Window(x: 18, y: 5, width: 1, height: 1), Window(x: 0, y: 3, width: 19, height: 2),
        ]
        let bands = [Array((0..<vector.bands).reversed()), [vector.bands - 1, 0, vector.bands - 1]]
        for window in windows {
            #expect(try image.read(window) == whole.crop(window))
            for list in bands { #expect(try image.read(window, bands: list) == whole.crop(window, bands: list)) }
        }
        var two = ReadOptions()
        two.threads = 2
        #expect(try image.read(options: two) == whole)
        let session = image.makeReader(ReadContext(ReadOptions(), isSession: true))
        for window in windows.sorted(by: { $0.y < $1.y }) {
            #expect(try image.read(window, through: session) == whole.crop(window))
        }
    }

    @Test(arguments: vectors) func truncationIsAnErrorOrSalvaged(_ vector: Vector) throws {
        let bytes = vector.bytes
        let image = try TIFFFile(bytes).image()
        let whole = try image.read()
        let ranges = try image.byteRanges(ReadRequest(region: image.layout.bounds, bands: Array(0..<vector.bands)))
        // The stored bytes are cut, the directories may lie behind them: the cut bytes are replaced by a source that ends earlier.
        guard let last = ranges.last, last.upperBound == bytes.count else { return }
        let cut = Array(bytes.dropLast(last.count / 2 + 1))
        let short = try TIFFFile(cut).image()
        #expect { try short.read() } throws: { ($0 as? ImageryError)?.kind == .malformed }
        var salvage = ReadOptions()
        salvage.salvage = true
        let context = ReadContext(salvage)
        let raster = try Raster(short.layout.pixelType, shape: short.layout.shape)
        try unsafe short.makeReader(context).read(
            ReadRequest(region: short.layout.bounds, bands: Array(0..<vector.bands)), into: raster.destination)
        #expect(!context.findings.all.isEmpty)
        #expect(raster != whole)
        // The first sample comes from bytes that are still there.
        if ranges.count == 1, vector.rows > 1, image.layout.gridRows > 1 {
            #expect(try raster.numbers()[0] == whole.numbers()[0])
        }
    }

    @Test func announcedRangesAreTheOnesTouched() throws {
        let tiff = TinyTIFF([TinyTIFF.Page(width: 40, height: 33, bands: 3, tile: 16)])
        let source = CountingSource(tiff.bytes)
        let file = try TIFFFile(source)
        let image = try file.image()
        _ = file.metadata
        let firstTile = 8
        #expect(source.touched.allSatisfy { $0.lowerBound == 0 || $0.lowerBound >= firstTile + 9 * 16 * 16 * 3 })
        source.reset()
        _ = image.hasBlock(row: 0, column: 0)
        source.reset()
        let window = Window(x: 17, y: 18, width: 20, height: 5)
        let announced = try image.byteRanges(ReadRequest(region: window, bands: [1]))
        let raster = try image.read(window, bands: [1])
        #expect(source.touched == announced)
        // Five rows of each tile of 48 bytes a row: from the second pixel on, and up to the fifth.
        #expect(announced.map(\.count) == [5 * 48 - 3, 4 * 48 + 15])
        for row in 0..<5 {
            for column in 0..<20 {
                let expected = tiff.pages[0].sample(band: 1, row: 18 + row, column: 17 + column)
                #expect(try raster.samples(as: UInt8.self)[row * 20 + column] == expected)
            }
        }
    }

    @Test func compressedWindowsTouchOneBlock() throws {
        let vector = try #require(vectors.first { $0.path == "tiff/tifffile-uint8-rgb-lzw-predictor-2-tiles.tif" })
        let source = CountingSource(vector.bytes)
        let image = try TIFFFile(source).image()
        _ = image.hasBlock(row: 0, column: 0)
        source.reset()
        let announced = try image.byteRanges(ReadRequest(region: Window(x: 17, y: 1, width: 1, height: 1), bands: [0]))
        _ = try image.read(Window(x: 17, y: 1, width: 1, height: 1), bands: [0])
        #expect(source.touched == announced)
        #expect(announced.count == 1)
    }

    /// HOSTILE H2: a source that fails at any byte gives its error or the right pixels.
    @Test func failingSourcesAreErrors() throws {
        let vector = vectors[0]
        let bytes = vector.bytes
        for place in stride(from: 0, through: bytes.count, by: 7) {
            do throws(ImageryError) {
                let image = try TIFFFile(FailingSource(bytes, failsFrom: place))
                guard case .image(let source) = image.assets[0].content else { continue }
                let raster = try source.read()
                #expect((try? raster.numbers()) == vector.samples(in: source.layout))
            } catch {
                #expect(error.kind == .io)
                #expect(error.underlying is FailingSource.Failure)
            }
        }
    }

    /// HOSTILE H: any byte may be wrong; nothing traps, and what is decoded has the announced shape.
    @Test(arguments: [3, 21, 33]) func changedBytesNeverTrap(_ index: Int) throws {
        let vector = vectors[index]
        var random = SeededGenerator(UInt64(index))
        for _ in 0..<400 {
            var bytes = vector.bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                let file = try TIFFFile(bytes)
                _ = file.metadata.json
                _ = file.dump()
                for asset in file.assets {
                    guard case .image(let image) = asset.content else { continue }
                    let layout = image.layout
                    guard layout.shape.sampleCount ?? .max < 100_000 else { continue }
                    let raster = try image.read()
                    #expect(raster.shape == layout.shape)
                }
            } catch {
                continue
            }
        }
    }
}
