import ImageryBase
import ImageryTIFF
import TestSupport
import Testing

@Suite struct OverviewsTests {
    private func keys(_ pages: [TinyTIFF.Page]) throws -> [(String, Set<AssetRole>)] {
        try TIFFFile(TinyTIFF(pages).bytes).assets.map { ($0.key.description, $0.roles) }
    }

    private func page(_ size: Int, _ subfileType: Int = 0) -> TinyTIFF.Page {
        TinyTIFF.Page(width: size, height: size, bands: 1, subfileType: subfileType)
    }

    @Test func pagesAreImages() throws {
        let found = try keys([page(3), page(4, 2), page(5)])
        #expect(found.map(\.0) == ["image:0", "image:1", "image:2"])
        #expect(found.allSatisfy { $0.1 == [.data] })
    }

    /// S41: overviews count by falling size, whatever their order; masks follow their image.
    @Test func overviewsAndMasks() throws {
        let found = try keys([
            page(16), page(4, 1), page(8, 1), page(16, 4), page(4, 5), page(8, 5), page(9), page(2, 1), page(9, 4),
        ])
        #expect(
            found.map(\.0) == [
                "image:0", "image:0:overview:2", "image:0:overview:1", "image:0:mask", "image:0:overview:2:mask",
                "image:0:overview:1:mask", "image:1", "image:1:overview:1", "image:1:mask",
            ])
        #expect(
            found.map { $0.1.first } == [.data, .overview, .overview, .mask, .mask, .mask, .data, .overview, .mask])
    }

    @Test func oddPyramids() throws {
        // A thumbnail without a page before it; equal sizes; a mask of a size that no overview has; two masks.
        #expect(try keys([page(4, 1), page(16)]).map(\.0) == ["image:0", "image:1"])
        #expect(try keys([page(4, 1), page(16)]).map { $0.1.first } == [.overview, .data])
        #expect(try keys([page(16), page(8, 1), page(8, 1)]).map(\.0) == ["image:0", "image:0:overview:1", "image:0:overview:2"])
        #expect(try keys([page(16), page(5, 5)]).map(\.0) == ["image:0", "image:0:mask"])
        let two = try keys([page(16), page(16, 4), page(16, 4)])
        #expect(two.map(\.0) == ["image:0", "image:0:mask", "image:1"])
        #expect(two.map { $0.1.first } == [.data, .mask, .mask])
        #expect(try keys([page(16, 4)]).map(\.0) == ["image:0"])
    }

    /// Every image of a pyramid is read with its own pixels.
    @Test func overviewsHaveTheirOwnPixels() throws {
        let pages = [
            TinyTIFF.Page(width: 20, height: 18, seed: 1), TinyTIFF.Page(width: 10, height: 9, subfileType: 1, seed: 2),
            TinyTIFF.Page(width: 20, height: 18, bands: 1, subfileType: 4, seed: 3),
        ]
        let file = try TIFFFile(TinyTIFF(pages).bytes)
        for (asset, page) in zip(file.assets, pages) {
            #expect(try file.image(asset.key).read().samples(as: UInt8.self) == page.samples)
            #expect(asset.makeMetadata()["254"]?.int == page.subfileType)
        }
        #expect(file.metadata["254"]?.int == 0)
        #expect(file.assets[0].byteRanges.reduce(0) { $0 + $1.count } == 4 * 16 * 16 * 3)
    }

    /// SubIFDs: reduced ones are overviews, others images counted behind the pages of the chain; the chain comes first.
    @Test func subdirectories() throws {
        // One page whose SubIFDs are the second and third directory; the chain goes on at the fourth.
        var builder = TIFFBuilder(data: [UInt8](1...64))
        let fields = { (size: Int, type: Int) in builder.gray(size, size) + [builder.long(254, type)] }
        builder.directories = [
            fields(8, 0) + [builder.longs(330, [0, 0])], fields(4, 1), fields(3, 0), fields(2, 0),
        ]
        var bytes = builder.bytes
        // Directories of 10 fields, one of 11: their places, and the links between them cut.
        let places = builder.places
        let value = places[0] - 8
        for (index, place) in [places[1], places[2]].enumerated() {
            bytes.replaceSubrange(value + 4 * index..<value + 4 * index + 4, with: builder.number(place, 4))
        }
        let link = { (index: Int) in places[index] + 2 + 12 * builder.directories[index].count }
        bytes.replaceSubrange(link(0)..<link(0) + 4, with: builder.number(places[3], 4))
        for index in [1, 2] { bytes.replaceSubrange(link(index)..<link(index) + 4, with: [0, 0, 0, 0]) }
        let file = try TIFFFile(bytes)
        #expect(file.assets.map(\.key) == ["image:0", "image:1", "image:0:overview:1", "image:2"])
        #expect(file.assets.map { $0.roles.first } == [.data, .data, .overview, .data])
        #expect(try file.image("image:2").layout.shape == Shape(bands: 1, rows: 3, columns: 3))
        #expect(file.diagnostics.isEmpty)
    }

    @Test func georeferenceOfAnOverviewIsScaled() throws {
        var builder = TIFFBuilder(data: [UInt8](1...64))
        func doubles(_ tag: Int, _ numbers: [Double]) -> TIFFBuilder.Field {
            builder.field(
                tag, type: 12, count: numbers.count, numbers.flatMap { builder.number(Int(bitPattern: UInt($0.bitPattern)), 8) })
        }
        builder.directories = [
            builder.gray(8, 8) + [doubles(33_550, [2, 3, 0]), doubles(33_922, [0, 0, 0, 100, 200, 0])],
            builder.gray(4, 4) + [builder.long(254, 1)],
        ]
        let assets = try TIFFFile(builder.bytes).assets
        #expect(
            assets.map { $0.georeference?.affine } == [
                .init(originX: 100, originY: 200, xPerColumn: 2, xPerRow: 0, yPerColumn: 0, yPerRow: -3),
                .init(originX: 100, originY: 200, xPerColumn: 4, xPerRow: 0, yPerColumn: 0, yPerRow: -6),
            ])
    }

    /// A camera counts pixel centres: (offset + 0.5) / 2 - 0.5.
    @Test func cameraOfAnOverviewIsScaled() throws {
        var numbers = (0..<92).map(Double.init)
        (numbers[2], numbers[3]) = (20, 25)
        var builder = TIFFBuilder(data: [UInt8](1...64))
        let camera = builder.field(
            50_844, type: 12, count: 92, numbers.flatMap { builder.number(Int(bitPattern: UInt($0.bitPattern)), 8) })
        builder.directories = [builder.gray(8, 8) + [camera], builder.gray(4, 4) + [builder.long(254, 1)]]
        let found = try #require(try TIFFFile(builder.bytes).assets[1].georeference?.rationalPolynomial)
        #expect(found.offsets == [9.75, 12.25, 4, 5, 6] && found.scales == [3.5, 4, 9, 10, 11])
    }
}
