import Imagery
import TestSupport
import Testing

/// S42, S43, S44; claims t17 to t27 (ParityTests has the others).
@Suite struct PyramidTests {
    private static func file(_ width: Int, _ seed: Int) -> TinyTIFF {
        TinyTIFF([.init(width: width, height: width, bands: 1, seed: seed)])
    }

    private let base = file(32, 1)
    private let half = file(16, 2)
    private let quarter = file(8, 3)

    /// Calls `body` with the paths of the three files: scene.tif, scene.tif.r1, scene.tif.r2.
    private func withPyramid(_ body: ([String]) throws -> Void) throws {
        try withFiles([("scene.tif", base.bytes), ("scene.tif.r1", half.bytes), ("scene.tif.r2", quarter.bytes)], body)
    }

    private func check(_ dataset: Dataset) throws {
        #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:0:overview:2"])
        #expect(dataset.keys(roles: [.overview]) == ["image:0:overview:1", "image:0:overview:2"])
        #expect(dataset.keys(roles: [.data]) == ["image:0"])
        for (image, file) in zip(dataset.images, [base, half, quarter]) {
            #expect(try image.read().samples(as: UInt8.self) == file.pages[0].samples)
            #expect(try image.rawBytes().count == ((file.pages[0].width + 15) / 16) * ((file.pages[0].width + 15) / 16) * 256)
        }
    }

    @Test func t17AListOfFilesHasTheKeysOfAPyramidInOneFile() throws {
        try withPyramid { paths in try check(Dataset(paths)) }
    }

    @Test func t18TheOrderOfOverviewsDoesNotMatter() throws {
        try withPyramid { paths in try check(Dataset([paths[0], paths[2], paths[1]])) }
    }

    @Test func t20OnePathIsAPlainFile() throws {
        try withPyramid { paths in
            let dataset = try Dataset(paths[0])
            #expect(dataset.keys() == ["image:0"])
            let member = try Dataset(paths[1])
            #expect(member.keys(roles: [.data]) == ["image:0"])
        }
    }

    @Test func levelsMayBeMissing() throws {
        try withPyramid { paths in
            let keys = try Dataset([paths[0], paths[2]]).keys()
            #expect(keys == ["image:0", "image:0:overview:2"])
        }
    }

    /// GDAL's names: `gdaladdo -ro` makes the one, GDAL_TIFF_INTERNAL_MASK=NO the other.
    @Test func sideFilesHoldOverviewsAndMasks() throws {
        let overviews = TinyTIFF([
            .init(width: 8, height: 8, bands: 1, subfileType: 1, seed: 3),
            .init(width: 16, height: 16, bands: 1, subfileType: 1, seed: 2),
        ])
        let masks = TinyTIFF([
            .init(width: 32, height: 32, bands: 1, seed: 4), .init(width: 16, height: 16, bands: 1, subfileType: 1, seed: 5),
        ])
        let files = [("scene.tif", base.bytes), ("scene.tif.msk", masks.bytes), ("scene.tif.OVR", overviews.bytes)]
        try withFiles(files) { paths in
            let dataset = try Dataset(paths)
            #expect(
                Set(dataset.keys()) == [
                    "image:0", "image:0:mask", "image:0:overview:1", "image:0:overview:1:mask", "image:0:overview:2",
                ])
            func samples(_ key: AssetKey) throws -> [UInt8] { try dataset.image(key).read().samples(as: UInt8.self) }
            #expect(try samples("image:0:overview:1") == overviews.pages[1].samples)
            #expect(try samples("image:0:overview:2") == overviews.pages[0].samples)
            #expect(try samples("image:0:mask") == masks.pages[0].samples)
            #expect(try samples("image:0:overview:1:mask") == masks.pages[1].samples)
            #expect(dataset.keys(roles: [.mask]).count == 2)
            let wrong = #expect(throws: ImageryError.self) { try Dataset([paths[2], paths[1]]) }
            #expect(wrong?.kind == .malformed)
        }
    }

    /// The file grows in place, and stays what it was when something is in the way.
    @Test func overviewsAreAddedToAFile() throws {
        try withFiles([("scene.tif", base.bytes), ("scene.png", Raster([1, 2] as [UInt8], rows: 1, columns: 2).encoded(as: .png))])
        { paths in
            let added = try Dataset.addOverviews(to: paths[0], count: 2, resampling: .nearest)
            #expect(added == ["image:0:overview:1", "image:0:overview:2"])
            let dataset = try Dataset(paths[0])
            #expect(dataset.diagnostics.isEmpty)
            #expect(try dataset.image().read().samples(as: UInt8.self) == base.pages[0].samples)
            let shape = try dataset.image("image:0:overview:2").layout.shape
            #expect(shape == Shape(bands: 1, rows: 8, columns: 8))
            #expect(try Dataset.addOverviews(to: paths[0]) == [])
            let again = #expect(throws: ImageryError.self) { try Dataset.addOverviews(to: paths[0], of: ["image:0"]) }
            #expect(again?.kind == .misuse)
            let other = #expect(throws: ImageryError.self) { try Dataset.addOverviews(to: paths[1]) }
            #expect(other?.kind == .unsupported)
        }
    }

    @Test func t19EveryFileHasItsOwnFormat() throws {
        let png = try Raster(quarter.pages[0].samples, rows: 8, columns: 8).encoded(as: .png)
        let files = [("scene.ntf", TinyNITF(images: base.pages).bytes), ("scene.tif.r1", half.bytes), ("scene.png.r2", png)]
        try withFiles(files) { paths in
            let dataset = try Dataset(paths)
            #expect(dataset.images.map(\.info.format) == [.nitf, .tiff, .png])
            for (image, file) in zip(dataset.images, [base, half, quarter]) {
                #expect(try image.read().samples(as: UInt8.self) == file.pages[0].samples)
            }
        }
    }

    @Test func t24RolesOverrideNames() throws {
        try withPyramid { paths in
            let dataset = try Dataset([paths[1], paths[0], paths[2]], roles: [.overview(1), .data, .overview(2)])
            try check(dataset)
            let renumbered = try Dataset(paths, roles: [.data, .overview(5), .overview(4)])
            #expect(renumbered.keys() == ["image:0", "image:0:overview:4", "image:0:overview:5"])
            #expect(renumbered.image(ofKey: "image:0:overview:4")?.layout.shape.columns == 8)
        }
    }

    @Test func t22SourcesWithRolesAreTheSamePyramid() throws {
        let sources = [base, half, quarter].map { CountingSource($0.bytes) }
        try check(Dataset(sources: sources, format: .tiff, roles: [.data, .overview(1), .overview(2)]))
    }

    @Test func t23SeveralSourcesNeedRoles() throws {
        let sources = [base, half].map { CountingSource($0.bytes) }
        let error = #expect(throws: ImageryError.self) { _ = try Dataset(sources: sources, format: .tiff) }
        #expect(error?.kind == .misuse)
        #expect(try Dataset(sources: [sources[0]], format: .tiff).keys() == ["image:0"])
    }

    @Test func t25WithoutTheRoleDataTheFirstIsTheBase() throws {
        let sources = [base, half].map { CountingSource($0.bytes) }
        let dataset = try Dataset(sources: sources, format: .tiff, roles: [.overview(1), .overview(2)])
        #expect(dataset.keys() == ["image:0", "image:0:overview:2"])
        try withPyramid { paths in
            let keys = try Dataset([paths[2], paths[1]]).keys()
            #expect(keys == ["image:0", "image:0:overview:1"])
        }
    }

    private func checkMisuse(_ roles: [SourceRole]) {
        let sources = [base, half].map { CountingSource($0.bytes) }
        let error = #expect(throws: ImageryError.self) { _ = try Dataset(sources: sources, format: .tiff, roles: roles) }
        #expect(error?.kind == .misuse)
    }

    @Test(arguments: [0, -1, .min]) func t26LevelsCountFromOne(level: Int) { checkMisuse([.data, .overview(level)]) }

    @Test func t27EverySourceNeedsARole() {
        checkMisuse([.data])
        checkMisuse([.data, .overview(1), .overview(2)])
        checkMisuse([])
    }

    @Test func listsThatMakeNoSenseAreErrors() throws {
        checkMisuse([.data, .data])
        try withPyramid { paths in
            for list in [[], [paths[0], paths[0]], [paths[0], paths[1], paths[1]]] {
                let error = #expect(throws: ImageryError.self) { _ = try Dataset(list) }
                #expect(error?.kind == .misuse)
            }
        }
    }

    @Test func aLevelThatTheBaseHasIsAnError() throws {
        let sources = [pyramid, half].map { CountingSource($0.bytes) }
        #expect(throws: ImageryError.self) { _ = try Dataset(sources: sources, format: .tiff, roles: [.data, .overview(1)]) }
    }

    @Test func t21OverviewsBelongToTheFirstImage() throws {
        let sources = [pyramid, half].map { CountingSource($0.bytes) }
        let dataset = try Dataset(sources: sources, format: .tiff, roles: [.data, .overview(7)])
        #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:0:overview:2", "image:0:overview:7", "image:1"])
        let segments = TinyNITF(images: base.pages + quarter.pages, texts: ["text"])
        try withFiles([("scene.ntf", segments.bytes), ("scene.ntf.r1", TinyNITF(images: half.pages).bytes)]) { paths in
            let dataset = try Dataset(paths)
            #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:1", "text:0"])
            #expect(try dataset.image("image:0:overview:1").read().samples(as: UInt8.self) == half.pages[0].samples)
            #expect(try dataset.image("image:1").read().samples(as: UInt8.self) == quarter.pages[0].samples)
        }
    }
}

extension Dataset {
    fileprivate func image(ofKey key: AssetKey) -> ImageAsset? { images.first { $0.key == key } }
}
