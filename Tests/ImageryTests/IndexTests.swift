import Imagery
import ImageryIndex
import TestSupport
import Testing

/// S80, claim t31: an index of each format; Conformance/interop/index.py reads them with zarr.
@Suite struct IndexTests {
    private let page = TinyTIFF.Page(width: 40, height: 20)

    @Test func t31BlocksOfNITFAreWhereTheyAre() throws {
        let bytes = TinyNITF(images: [page]).bytes
        let dataset = try Dataset(bytes: bytes, format: .nitf)
        let blocks = try TileIndex(of: dataset).levels[0].blocks
        #expect(blocks.shape == Shape(bands: 3, rows: 20, columns: 40) && blocks.rows == 2 && blocks.columns == 3)
        guard case .ranges(let ranges) = try blocks.find(BlockAddress(plane: 0, row: 1, column: 2)) else {
            return #expect(Bool(false), "the block has no range")
        }
        #expect(ranges.count == 1 && ranges[0].count == 3 * 16 * 16)
        // The first sample of each band of the block.
        for band in 0..<3 {
            #expect(bytes[ranges[0].lowerBound + band * 256] == page.sample(band: band, row: 16, column: 32))
        }
    }

    @Test func t31FilesOfAPyramidAreLevels() throws {
        let half = TinyTIFF([.init(width: 20, height: 10, seed: 1)])
        let quarter = TinyTIFF([.init(width: 10, height: 5, seed: 2)])
        try withFiles([("a.tif", TinyTIFF([page]).bytes), ("a.tif.r2", quarter.bytes), ("a.tif.r1", half.bytes)]) { paths in
            let index = try TileIndex(of: Dataset(paths))
            // The numbers are those of the list, the order is that of the sizes.
            #expect(index.levels.map(\.file) == [0, 2, 1])
            #expect(index.levels.map(\.blocks.shape.columns) == [40, 20, 10])
        }
    }

    @Test func t31OverviewsInsideAreLevels() throws {
        let file = TinyTIFF([page, .init(width: 20, height: 10, subfileType: 1, seed: 1)])
        let index = try TileIndex(of: Dataset(bytes: file.bytes, format: .tiff))
        #expect(index.levels.map(\.blocks.shape.rows) == [20, 10])
        #expect(try index.kerchunk(urls: ["a.tif"]).contains("\"1/data/0.0.0\": [\"a.tif\", "))
    }

    @Test func theShortLastStripIsFilledUp() throws {
        var options = WriteOptions()
        options.compression = .deflate
        options.blockHeight = 16
        let raster = try Raster(page.samples, shape: Shape(bands: 3, rows: 20, columns: 40))
        let dataset = try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff)
        let blocks = try TileIndex(of: dataset).levels[0].blocks
        guard case .bytes(let bytes) = try blocks.find(BlockAddress(plane: 0, row: blocks.rows - 1, column: 0)) else {
            return #expect(Bool(false), "the last strip is not stored in full")
        }
        // A zlib stream of 16 rows of 120 bytes: it begins with CMF and FLG (RFC 1950 2.2).
        #expect(bytes[0] & 15 == 8 && (Int(bytes[0]) << 8 + Int(bytes[1])) % 31 == 0)
    }

    @Test func formatsWithoutBlocksAreRefused() throws {
        let png = try Raster([1, 2, 3, 4] as [UInt8], rows: 2, columns: 2).encoded(as: .png)
        let failure = #expect(throws: ImageryError.self) { try TileIndex(of: Dataset(bytes: png, format: .png)) }
        #expect(failure?.kind == .unsupported)
    }
}
