import Imagery
import ImageryPlumbing
import TestSupport
import Testing

@Suite struct TilesTests {
    @Test func everyPixelIsCoveredWithoutATileTooMany() throws {
        for size in 1...12 {
            let image = try Dataset(bytes: TinyTIFF([.init(width: size, height: 3, bands: 1)]).bytes, format: .tiff).image()
            for width in 1...14 {
                for overlap in 0..<min(width, 4) {
                    let tiles = try image.tiles(width: width, height: 4, overlap: overlap)
                    var covered = [Bool](repeating: false, count: size)
                    for tile in tiles where tile.row == 0 {
                        #expect(tile.x == tile.column * (width - overlap))
                        #expect(tile.width > 0 && tile.width <= width)
                        for x in tile.x..<tile.x + tile.width { covered[x] = true }
                    }
                    #expect(covered.allSatisfy { $0 })
                    // Without the last column of tiles something is missing.
                    if tiles.columns > 1 { #expect((tiles.columns - 2) * (width - overlap) + width < size) }
                }
            }
        }
    }

    @Test func tilesAreRowMajorCropsOfTheWhole() throws {
        let image = try Dataset(bytes: pyramid.bytes, format: .tiff).image()
        let whole = try image.read()
        let tiles = try image.tiles(width: 12, height: 10, overlap: 3)
        #expect(tiles.map { [$0.row, $0.column] } == (0..<tiles.rows).flatMap { row in (0..<tiles.columns).map { [row, $0] } })
        for tile in tiles { #expect(try tile.read() == whole.crop(tile.window)) }
        for tile in tiles.reversed() { #expect(try tile.read() == whole.crop(tile.window)) }
    }

    @Test func tilesOfABandAreThatBand() throws {
        let image = try Dataset(bytes: pyramid.bytes, format: .tiff).image()
        let tile = try image.tiles(width: 8, height: 8, bands: [2, 1])[3]
        #expect(try tile.read() == image.read(window: tile.window, bands: [2, 1]))
    }

    @Test func badArgumentsFailAtTheCall() throws {
        let image = try Dataset(bytes: pyramid.bytes, format: .tiff).image()
        for (width, height, overlap) in [(0, 8, 0), (8, -1, 0), (8, 8, 8), (8, 4, 5), (8, 8, -1)] {
            let error = #expect(throws: ImageryError.self) { _ = try image.tiles(width: width, height: height, overlap: overlap) }
            #expect(error?.kind == .misuse)
        }
        #expect(throws: ImageryError.self) { _ = try image.tiles(bands: [7]) }
    }

    @Test func tilesMayBeReadFromManyThreads() throws {
        let image = try Dataset(bytes: pyramid.bytes, format: .tiff).image()
        let whole = try image.read()
        let tiles = try image.tiles(width: 7, height: 7)
        try parallelFor(tiles.count, threads: 4) { (_, index) throws(ImageryError) in
            let tile = tiles[index]
            let raster = try tile.read()
            let crop = try whole.crop(tile.window)
            #expect(raster == crop)
        }
    }
}
