import Foundation
import Imagery
import TestSupport
import Testing

/// What the library that this one re-implements promises of its dataset interface, by the numbers of its claims: t17 to t27 are pyramids of
/// several files (PyramidTests), t08 and t10 names of formats (ImageryBaseTests).
@Suite struct ParityTests {
    /// Two images, a text, a data extension and a graphic.
    private let nitf = TinyNITF(
        images: [.init(width: 40, height: 21, bands: 3, seed: 5), .init(width: 16, height: 16, bands: 1, seed: 6)],
        graphics: [[0, 0x21, 0, 0, 0, 0x40]], texts: ["A text."],
        data: [("A DES", [1, 2, 3]), ("XML_DATA_CONTENT", Array("<a/>".utf8))])

    private func check(_ raster: Raster, _ page: TinyTIFF.Page) throws {
        #expect(raster.shape == Shape(bands: page.bands, rows: page.height, columns: page.width))
        #expect(try raster.samples(as: UInt8.self) == page.samples)
    }

    @Test func t01OneCallReadsAFileAndOneWritesIt() throws {
        try withFiles([("image.ntf", nitf.bytes)]) { paths in
            let raster = try Raster(contentsOf: paths[0])
            try check(raster, nitf.images[0])
            let copy = paths[0] + ".png"
            try raster.write(to: copy)
            #expect(try Raster(contentsOf: copy) == raster)
        }
    }

    @Test func t02OneCallDescribesAnImage() throws {
        try withFiles([("image.ntf", nitf.bytes)]) { paths in
            let info = try ImageInfo(contentsOf: paths[0])
            #expect((info.width, info.height, info.bands, info.pixelType) == (40, 21, 3, .uint8))
            #expect(info.blockSize == (16, 16))
            #expect(info.resolutionLevels == 1)
            #expect(info.key == "image:0")
            #expect(info.metadata["NCOLS"]?.text == "00000040")
            #expect(try ImageInfo(contentsOf: paths[0], asset: "image:1").width == 16)
        }
    }

    @Test func t03AListOfOnePathIsADataset() throws {
        try withFiles([("image.ntf", nitf.bytes)]) { paths in
            let dataset = try Dataset(paths)
            #expect(dataset.format == .nitf)
            #expect(dataset.keys() == (try Dataset(paths[0])).keys())
        }
    }

    @Test func t04TheContentDecidesWhateverTheNameIs() throws {
        for name in ["a.png", "a.ntf", "a", "a.r1", "a.txt"] {
            try withFiles([(name, pyramid.bytes)]) { paths in
                let format = try Dataset(paths[0]).format
                #expect(format == .tiff)
            }
            try withFiles([(name, nitf.bytes)]) { paths in
                let format = try Dataset(paths[0]).format
                #expect(format == .nitf)
            }
        }
    }

    @Test func t05ObjectsOfTheCallerAreReadAndWritten() throws {
        let image = try Dataset(source: CountingSource(nitf.bytes), format: .nitf).image()
        let sink = CollectingSink()
        try image.encode(as: .png, into: sink)
        try check(Raster(bytes: sink.bytes, format: .png), nitf.images[0])
    }

    @Test func t06MemoryIsWrittenAndRead() throws {
        let raster = try Raster(bytes: nitf.bytes, format: .nitf)
        let bytes = try raster.encoded(as: .png)
        #expect(try Raster(bytes: bytes, format: .png) == raster)
    }

    @Test(arguments: [Format.nitf, .tiff])
    func t09AWindowOfASourceReadsOnlyItsBlocks(format: Format) throws {
        let source = CountingSource(format == .nitf ? nitf.bytes : pyramid.bytes)
        let image = try Dataset(source: source, format: format).image()
        let window = Window(x: 18, y: 2, width: 9, height: 10)
        let ranges = try image.byteRanges(window: window)
        source.reset()
        _ = try image.read(window: window)
        for range in source.touched {
            #expect(ranges.contains { $0.contains(range.lowerBound) && $0.upperBound >= range.upperBound })
        }
        #expect(ranges.reduce(0) { $0 + $1.count } <= 16 * 16 * 3)
    }

    @Test func t11CloudOptimizedKeys() throws {
        let dataset = try Dataset(bytes: pyramid.bytes, format: .tiff)
        #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:0:overview:2", "image:1"])
        #expect(dataset.images.map(\.roles) == [[.data], [.overview], [.overview], [.data]])
    }

    @Test func t12SegmentsAreAssets() throws {
        let dataset = try Dataset(bytes: nitf.bytes, format: .nitf)
        #expect(dataset.keys() == ["image:0", "image:1", "graphic:0", "text:0", "data:0", "data:1"])
        #expect(dataset.keys(ofType: .image) == ["image:0", "image:1"])
        #expect(dataset.keys(ofType: .text) == ["text:0"])
        #expect(dataset.keys(ofType: .data) == ["data:0", "data:1"])
        #expect(dataset.keys(ofType: .graphics) == ["graphic:0"])
        for (image, page) in zip(dataset.images, nitf.images) { try check(image.read(), page) }
        #expect(try dataset.text("text:0").read() == "A text.")
        #expect(try dataset.data("des:0").rawBytes() == [1, 2, 3])
        #expect(try dataset.graphic("graphic:0").rawBytes() == nitf.graphics[0])
        #expect(
            dataset.assets.map(\.title) == ["image 0", "image 1", "Graphic number 0", "Text number 0", "A DES", "XML_DATA_CONTENT"])
        #expect(try dataset.asset("image:1").description == "Image number 1")
        #expect(try dataset.data("data:1").mediaType == "application/xml")
        #expect(try dataset.graphic("graphic:0").mediaType == "image/cgm")
        #expect(dataset.diagnostics.isEmpty)
    }

    @Test func t13EveryAssetHasItsRole() throws {
        let roles = try Dataset(bytes: nitf.bytes, format: .nitf).assets.map(\.roles)
        #expect(roles == [[.data], [.data], [.graphic], [.metadata], [.metadata], [.metadata]])
    }

    @Test func t14RolesFilterInEveryFormat() throws {
        let tiff = try Dataset(bytes: pyramid.bytes, format: .tiff)
        #expect(tiff.keys(roles: [.data]) == ["image:0", "image:1"])
        #expect(tiff.keys(roles: [.overview]) == ["image:0:overview:1", "image:0:overview:2"])
        #expect(tiff.keys(roles: [.overview, .data]).count == 4)
        let single = try Dataset(bytes: nitf.bytes, format: .nitf)
        #expect(single.keys(roles: [.data]) == ["image:0", "image:1"])
        #expect(single.keys(roles: [.overview]).isEmpty)
        let half = TinyNITF(images: [.init(width: 20, height: 11, bands: 3)])
        let sources = [nitf, half].map { CountingSource($0.bytes) }
        let several = try Dataset(sources: sources, format: .nitf, roles: [.data, .overview(1)])
        #expect(several.keys(roles: [.overview]) == ["image:0:overview:1"])
        #expect(several.keys(roles: [.data]) == ["image:0", "image:1"])
    }

    @Test func t15BothFiltersMustHold() throws {
        for dataset in [try Dataset(bytes: nitf.bytes, format: .nitf), try Dataset(bytes: pyramid.bytes, format: .tiff)] {
            #expect(dataset.keys() == dataset.assets.map(\.key))
            #expect(dataset.keys(roles: []) == dataset.keys())
            #expect(dataset.keys(ofType: .image, roles: [.data]) == ["image:0", "image:1"])
            #expect(dataset.keys(ofType: .text, roles: [.data]).isEmpty)
        }
        let segments = try Dataset(bytes: nitf.bytes, format: .nitf)
        #expect(segments.keys(ofType: .text, roles: [.metadata, .data]) == ["text:0"])
    }

    @Test func t16AnOverviewIsAFullImage() throws {
        let overview = try Dataset(bytes: pyramid.bytes, format: .tiff).image("image:0:overview:1")
        #expect(overview.info.width == 20)
        #expect(overview.roles == [.overview])
        #expect(overview.metadata["254"]?.int == 1)
        #expect(try overview.block(row: 1, column: 1).shape == Shape(bands: 3, rows: 1, columns: 4))
    }

    @Test func t28FormatsWithoutTextsHaveEmptyLists() throws {
        let png = try Raster([1, 2, 3, 4] as [UInt8], rows: 2, columns: 2).encoded(as: .png)
        for dataset in [try Dataset(bytes: pyramid.bytes, format: .tiff), try Dataset(bytes: png, format: .png)] {
            for type in [AssetType.text, .data, .graphics] { #expect(dataset.keys(ofType: type).isEmpty) }
            #expect(dataset.texts.isEmpty && dataset.data.isEmpty && dataset.graphics.isEmpty)
        }
    }

    @Test func t29EveryPageIsAnImage() throws {
        let pages = TinyTIFF((1...3).map { .init(width: 8 * $0, height: 9, bands: 1, seed: $0) })
        let dataset = try Dataset(bytes: pages.bytes, format: .tiff)
        #expect(dataset.keys() == ["image:0", "image:1", "image:2"])
        for (image, page) in zip(dataset.images, pages.pages) { try check(image.read(), page) }
    }

    @Test func t30ADatasetHasMetadata() throws {
        let metadata = try Dataset(bytes: nitf.bytes, format: .nitf).metadata
        #expect(metadata.schema == .nitf)
        #expect(metadata.entries.map(\.name).prefix(3) == ["FHDR", "FVER", "CLEVEL"])
        #expect(metadata["FTITLE"]?.text?.hasPrefix("A tiny file") == true)
        #expect(metadata.entries(prefix: "NUM").map(\.name) == ["NUMI", "NUMS", "NUMX", "NUMT", "NUMDES", "NUMRES"])
    }

    @Test func t32AssetsOutliveTheirDataset() throws {
        func image(_ path: String) throws -> ImageAsset { try Dataset(path).image("image:1") }
        try withFiles([("image.ntf", nitf.bytes)]) { paths in
            let image = try image(paths[0])
            try FileManager.default.removeItem(atPath: paths[0])
            try check(image.read(), nitf.images[1])
        }
    }

    @Test func t33OnlyThePagesOfAFileThatAreNeededAreRead() throws {
        try withFiles([("image.ntf", nitf.bytes)]) { paths in
            // 64 GB that take no room on the disk, but would if they were read.
            let file = try #require(FileHandle(forWritingAtPath: paths[0]))
            try file.truncate(atOffset: 64 << 30)
            try file.close()
            let dataset = try Dataset(paths[0])
            try check(dataset.image().read(), nitf.images[0])
            #expect(!dataset.diagnostics.isEmpty)
        }
    }
}
