import ImageryBase
import ImageryIndex
import ImageryPlumbing
import Testing

/// The text of indexes. Conformance/interop/index.py shows that zarr reads them.
@Suite struct TileIndexTests {
    /// Two rows of two blocks of 2 x 2 pixels, 16 bits, each in one range; `find` may say other.
    private func blocks(
        _ coding: BlockCoding = .samples(.init(order: .bands, isBigEndian: true)), type: PixelType = .uint16, bands: Int = 1,
        pad: SampleValue? = nil, find: @escaping @Sendable (BlockAddress) throws(ImageryError) -> StoredBlock = Self.inOrder
    ) -> StoredBlocks {
        StoredBlocks(
            shape: Shape(bands: bands, rows: 3, columns: 4), pixelType: type, bandsPerBlock: bands, blockWidth: 2, blockHeight: 2,
            padValue: pad, coding: coding, find: find)
    }

    private static let inOrder: @Sendable (BlockAddress) throws(ImageryError) -> StoredBlock = { address in
        let start = 100 + 8 * (2 * address.row + address.column)
        return .ranges([start..<start + 8])
    }

    private func index(_ levels: StoredBlocks...) throws -> TileIndex { try TileIndex(levels.map { TileIndex.Level($0) }) }

    @Test func aChunkIsARangeOfTheFile() throws {
        let text = try index(blocks()).kerchunk(urls: ["s3://b/a.ntf"])
        #expect(text.hasPrefix(#"{"version": 1, "refs": {".zgroup": "{\"zarr_format\": 2}""#))
        #expect(text.contains(#""0/data/0.1.1": ["s3://b/a.ntf", 124, 8]"#))
        #expect(text.contains(#"\"dtype\": \">u2\", \"fill_value\": 0"#))
        #expect(text.contains(#"\"shape\": [1, 3, 4], \"chunks\": [1, 2, 2]"#))
    }

    @Test func version3HasItsOwnKeys() throws {
        let text = try index(blocks()).zarr(urls: ["a.ntf"])
        #expect(text.contains(#""0/data/c.0.1.1": ["a.ntf", 124, 8]"#))
        #expect(text.contains(#"\"codecs\": [{\"name\": \"bytes\", \"configuration\": {\"endian\": \"big\"}}]"#))
        #expect(!text.contains(".zarray"))
    }

    @Test func absentBlocksHaveNoChunkAndPadIsTheFillValue() throws {
        let absent = blocks(pad: .integer(7)) { (address) throws(ImageryError) in
            address.column == 0 ? .absent : try Self.inOrder(address)
        }
        let text = try index(absent).kerchunk(urls: ["a"])
        #expect(!text.contains("0/data/0.0.0") && text.contains("0/data/0.0.1"))
        #expect(text.contains(#"\"fill_value\": 7"#))
    }

    @Test func piecesAndBytesHaveTheirForms() throws {
        let pieces = blocks { (address) throws(ImageryError) in address.row == 0 ? .ranges([4..<6, 1..<2]) : .bytes([1, 2, 3]) }
        let text = try index(pieces).kerchunk(urls: ["a"])
        #expect(text.contains(#""0/data/0.0.0": ["a", [[4, 2], [1, 1]]]"#))
        #expect(text.contains(#""0/data/0.1.0": "base64:AQID""#))
    }

    @Test func bracesAreTemplates() throws {
        let text = try index(blocks()).kerchunk(urls: ["{{base}}a.ntf"])
        #expect(text.hasPrefix(#"{"version": 1, "templates": {"base": ""}, "refs""#))
    }

    @Test func templatesHaveValues() throws {
        let file = try index(blocks()).references(urls: ["{{base}}a.ntf"], templates: ["base": "/scenes/", "other": "x"], .three)
        #expect(file.text.hasPrefix(#"{"version": 1, "templates": {"base": "/scenes/"}, "refs""#))
    }

    @Test func whatAnIndexNeedsIsTold() throws {
        #expect(try index(blocks()).references(urls: ["a"], .two).needs == [])
        let pieces = try index(blocks { (_) throws(ImageryError) in .ranges([4..<6, 1..<2]) }).references(urls: ["a"], .three)
        #expect(pieces.needs == ["the file system of osml-imagery-io, for chunks of several ranges"])
        let coded = try index(blocks(.jpeg2000(mainHeader: [], level: 0))).references(urls: ["a"], .two)
        #expect(coded.needs == ["the codec jpeg2000 of osml-imagery-io"])
        let lerc = try index(blocks(.samples(.init(order: .bands, isBigEndian: true, packing: .lerc)))).references(
            urls: ["a"], .two)
        #expect(lerc.needs == ["the codec imagecodecs_lerc of imagecodecs"])
        #expect(lerc.text.contains(#"\"dtype\": \"<u2\""#))
    }

    /// Numcodecs knows these, and zarr one of them.
    @Test func packedSamplesHaveCodecsThatEveryoneHas() throws {
        func packed(_ packing: BlockCoding.Samples.Packing) throws -> TileIndex {
            try index(blocks(.samples(.init(order: .bands, isBigEndian: false, packing: packing))))
        }
        #expect(try packed(.zstandard).kerchunk(urls: ["a"]).contains(#"\"compressor\": {\"id\": \"zstd\", \"level\": 3}"#))
        #expect(
            try packed(.zstandard).zarr(urls: ["a"]).contains(
                #"{\"name\": \"zstd\", \"configuration\": {\"level\": 3, \"checksum\": false}}"#))
        #expect(try packed(.xz).kerchunk(urls: ["a"]).contains(#"{\"id\": \"lzma\", \"format\": 1"#))
        #expect(try packed(.xz).zarr(urls: ["a"]).contains("numcodecs.lzma"))
        let mixed = try index(blocks(.samples(.init(order: .pixels, isBigEndian: false, packing: .lerc)), bands: 3))
        #expect(throws: ImageryError.self) { try mixed.kerchunk(urls: ["a"]) }
        #expect(throws: ImageryError.self) { try packed(.lerc).zarr(urls: ["a"]) }
    }

    /// xarray looks for arrays in the group's own member.
    @Test func groupsListTheirArrays() throws {
        let new = try index(blocks()).zarr(urls: ["a"])
        #expect(
            new.contains(
                #""0/zarr.json": "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {}, \"consolidated_metadata\""#))
        let old = try index(blocks()).kerchunk(urls: ["a"])
        #expect(old.contains(#""0/.zmetadata": "{\"zarr_consolidated_format\": 1"#))
    }

    /// An image that is one block of 6 MiB: rows of it are chunks.
    @Test(arguments: [BlockCoding.Samples.Order.bands, .rows, .pixels])
    func largeBlocksBecomeRows(order: BlockCoding.Samples.Order) throws {
        let whole = StoredBlocks(
            shape: Shape(bands: 3, rows: 1000, columns: 2000), pixelType: .uint8, bandsPerBlock: 3, blockWidth: 2000,
            blockHeight: 1000, padValue: nil, coding: .samples(.init(order: order, isBigEndian: true))
        ) { (_) throws(ImageryError) in .ranges([500..<6_000_500]) }
        let rows = whole.inRows(fileSize: 6_000_500)
        #expect(rows.bandsPerBlock == (order == .bands ? 1 : 3) && rows.shape == whole.shape)
        // The first divisor of 1000 from a mebibyte on: of rows of 2000 bytes a band, of 6000 otherwise.
        #expect(rows.blockHeight == (order == .bands ? 1000 : 200))
        var next = 500
        for plane in 0..<rows.planes {
            for row in 0..<rows.rows {
                let count = rows.blockHeight * 2000 * rows.bandsPerBlock
                #expect(try rows.find(BlockAddress(plane: plane, row: row, column: 0)) == .ranges([next..<next + count]))
                next += count
            }
        }
        #expect(next == 6_000_500)
        let height = try #require(whole.pieceHeight(dividing: [350]))
        #expect(350 % height == 0 && height > 1)
        #expect(blocks().inRows(fileSize: 1000).blockHeight == 2)
    }

    @Test func bandsOfPixelsAreTakenApart() throws {
        let pixels = BlockCoding.samples(.init(order: .pixels, isBigEndian: false, packing: .zlib))
        let mixed = blocks(pixels, bands: 3)
        #expect(
            try index(mixed).zarr(urls: ["a"]).contains(#"{\"name\": \"transpose\", \"configuration\": {\"order\": [1, 2, 0]}}"#))
        let old = try index(mixed).kerchunk(urls: ["a"])
        // The codec swaps bytes, so that little-endian samples become big-endian ones.
        #expect(old.contains("jbp-block") && old.contains(#"\"dtype\": \">u2\""#) && old.contains(#"{\"id\": \"zlib\""#))
        let complex = try index(blocks(pixels, type: .complexFloat32, bands: 3))
        #expect(throws: ImageryError.self) { try complex.kerchunk(urls: ["a"]) }
        #expect(try complex.zarr(urls: ["a"]).contains("complex64"))
    }

    @Test func levelsAreGroupsWithScales() throws {
        var small = blocks()
        small.shape = Shape(bands: 1, rows: 2, columns: 2)
        let text = try index(blocks(), small).kerchunk(urls: ["a"])
        #expect(text.contains("\"1/data/0.0.0\""))
        #expect(text.contains(#"\"derived_from\": \"0\", \"transform\": {\"scale\": [1.5, 2]"#))
    }

    @Test func valuesThatJSONLacksAreWords() throws {
        let text = try index(blocks(type: .float32, pad: .real(.nan))).zarr(urls: ["a"])
        #expect(text.contains(#"\"fill_value\": \"NaN\""#))
    }

    @Test func tooManyBlocksAreALimit() throws {
        var many = blocks()
        many.shape = Shape(bands: 1, rows: 4_002, columns: 4_002)
        let failure = #expect(throws: ImageryError.self) { try index(many) }
        #expect(failure?.kind == .limit)
    }

    @Test func everyFileNeedsAPlace() throws {
        let index = try TileIndex([TileIndex.Level(blocks()), TileIndex.Level(blocks(), file: 1)])
        #expect(throws: ImageryError.self) { try index.kerchunk(urls: ["a"]) }
        #expect(try index.kerchunk(urls: ["a", "b"]).contains(#""1/data/0.0.0": ["b", 100, 8]"#))
    }

    @Test func theSameTextEveryTime() throws {
        #expect(try index(blocks()).zarr(urls: ["a"]) == index(blocks()).zarr(urls: ["a"]))
    }
}
