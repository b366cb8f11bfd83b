import Imagery
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// PARITY claims are named in the comments: T14 and so on.
@Suite struct PyramidTests {
    private static func file(_ width: Int, _ seed: Int) -> TinyTIFF {
        TinyTIFF([.init(width: width, height: width, bands: 1, seed: seed)])
    }

    private let base = file(32, 1)
    private let half = file(16, 2)
    private let quarter = file(8, 3)

    /// Calls `body` with the paths of the three files in a folder of their own: scene.tif, scene.tif.r1, scene.tif.r2.
    private func withFiles(_ body: ([String]) throws -> Void) throws {
        let folder = "/tmp/imagery-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        mkdir(folder, 0o700)
        let paths = ["\(folder)/scene.tif", "\(folder)/scene.tif.r1", "\(folder)/scene.tif.r2"]
        defer {
            paths.forEach { unlink($0) }
            rmdir(folder)
        }
        for (path, content) in zip(paths, [base, half, quarter]) {
            let sink = try FileSink(path)
            try sink.append(content.bytes)
            try sink.commit()
        }
        try body(paths)
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

    @Test func aListOfFilesHasTheKeysOfAPyramidInOneFile() throws {  // T17, T18, T25
        try withFiles { paths in
            try check(Dataset(paths))
            try check(Dataset([paths[0], paths[2], paths[1]]))
        }
    }

    @Test func onePathIsAPlainFile() throws {  // T20
        try withFiles { paths in
            let dataset = try Dataset(paths[0])
            #expect(dataset.keys() == ["image:0"])
            let member = try Dataset(paths[1])
            #expect(member.keys(roles: [.data]) == ["image:0"])
        }
    }

    @Test func levelsMayBeMissingAndFormatsMayDiffer() throws {  // T19
        try withFiles { paths in
            let raster = try Raster(base.pages[0].samples, rows: 32, columns: 32)
            let other = paths[1] + ".png"
            try raster.write(to: other)
            defer { unlink(other) }
            let dataset = try Dataset([paths[0], paths[2]])
            #expect(dataset.keys() == ["image:0", "image:0:overview:2"])
            let mixed = try Dataset([paths[0], other], roles: [.data, .overview(3)])
            #expect(mixed.image(ofKey: "image:0:overview:3")?.info.format == .png)
        }
    }

    @Test func rolesOverrideNames() throws {  // T24
        try withFiles { paths in
            let dataset = try Dataset([paths[1], paths[0], paths[2]], roles: [.overview(1), .data, .overview(2)])
            try check(dataset)
            let renumbered = try Dataset(paths, roles: [.data, .overview(5), .overview(4)])
            #expect(renumbered.keys() == ["image:0", "image:0:overview:4", "image:0:overview:5"])
            #expect(renumbered.image(ofKey: "image:0:overview:4")?.layout.shape.columns == 8)
        }
    }

    @Test func sourcesNeedRoles() throws {  // T22, T23
        let sources = [base, half, quarter].map { CountingSource($0.bytes) }
        try check(Dataset(sources: sources, format: .tiff, roles: [.data, .overview(1), .overview(2)]))
        #expect(throws: ImageryError.self) { _ = try Dataset(sources: sources, format: .tiff) }
        let single = try Dataset(sources: [sources[0]], format: .tiff)
        #expect(single.keys() == ["image:0"])
    }

    @Test func withoutTheRoleDataTheFirstIsTheBase() throws {  // T25
        let sources = [base, half].map { CountingSource($0.bytes) }
        let dataset = try Dataset(sources: sources, format: .tiff, roles: [.overview(1), .overview(2)])
        #expect(dataset.keys() == ["image:0", "image:0:overview:2"])
    }

    @Test func listsThatMakeNoSenseAreErrors() throws {  // T26, T27
        let sources = [base, half].map { CountingSource($0.bytes) }
        for roles in [[.data], [.data, .data], [.data, .overview(0)], [.data, .overview(-1)]] as [[SourceRole]] {
            let error = #expect(throws: ImageryError.self) { _ = try Dataset(sources: sources, format: .tiff, roles: roles) }
            #expect(error?.kind == .misuse)
        }
        try withFiles { paths in
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

    @Test func overviewsBelongToTheFirstImage() throws {  // T21
        let sources = [pyramid, half].map { CountingSource($0.bytes) }
        let dataset = try Dataset(sources: sources, format: .tiff, roles: [.data, .overview(7)])
        #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:0:overview:2", "image:0:overview:7", "image:1"])
    }
}

extension Dataset {
    fileprivate func image(ofKey key: AssetKey) -> ImageAsset? { images.first { $0.key == key } }
}
