import Imagery
import TestSupport
import Testing

/// S7: what a session keeps from read to read must never be used for a read that it does not fit.
@Suite("Sessions read what fresh reads do") struct SessionTests {
    @Test func thereAreFilesOfEveryFormat() {
        let formats: Set<Format> = [.png, .tiff, .jpeg, .jpeg2000, .nitf, .dted]
        #expect(Set(SampleFile.all.map(\.format)) == formats)
        #expect(Set(SampleFile.few.map(\.format)) == formats)
        #expect(SampleFile.few.count == 10)
    }

    @Test(arguments: SampleFile.all) func readsInAnyOrderOfLevelsWindowsAndBands(file: SampleFile) throws {
        var options = ReadOptions()
        var random = SeededGenerator(UInt64(file.bytes.count))
        let fresh = try Dataset(bytes: file.bytes, format: file.format)
        var compared = 0
        for threads in [1, 3] {
            options.threads = threads
            let dataset = try Dataset(bytes: file.bytes, format: file.format, options: options)
            for (image, plain) in zip(dataset.images, fresh.images) {
                let session = image.makeSession()
                for _ in 0..<24 {
                    let (window, bands, level) = request(image, &random)
                    let expected = Result { try plain.read(window: window, bands: bands, resolutionLevel: level) }
                    guard case .success(let expected) = expected else {
                        // A window may hold no sample of a level.
                        #expect(throws: ImageryError.self) {
                            try session.read(window: window, bands: bands, resolutionLevel: level)
                        }
                        continue
                    }
                    let found = try session.read(window: window, bands: bands, resolutionLevel: level)
                    #expect(found == expected, "\(image.key) \(String(describing: window)) \(String(describing: bands)) \(level)")
                    compared += 1
                }
            }
        }
        #expect(compared >= 30)
    }

    private func request(_ image: ImageAsset, _ random: inout SeededGenerator) -> (window: Window?, bands: [Int]?, level: Int) {
        let shape = image.layout.shape
        let level = Int.random(in: 0..<image.resolutionLevels, using: &random)
        var bands: [Int]?
        if Bool.random(using: &random) {
            bands = (0...Int.random(in: 0..<3, using: &random)).map { _ in Int.random(in: 0..<shape.bands, using: &random) }
        }
        guard Int.random(in: 0..<4, using: &random) > 0 else { return (nil, bands, level) }
        let x = Int.random(in: 0..<shape.columns, using: &random)
        let y = Int.random(in: 0..<shape.rows, using: &random)
        let window = Window(
            x: x, y: y, width: Int.random(in: 1...shape.columns - x, using: &random),
            height: Int.random(in: 1...shape.rows - y, using: &random))
        return (window, bands, level)
    }

    /// A code-block of the lowest level was kept with 32 bits a coefficient and then used where 64 are wanted.
    @Test(arguments: [[1, 0], [0, 1], [1, 0, 1, 0]]) func coefficientsOfTwoWidthsAreKeptApart(levels: [Int]) throws {
        let file = try #require(SampleFile.all.first { $0.name == "jpeg2000 wide above" })
        let image = try Dataset(bytes: file.bytes, format: file.format).image()
        #expect(image.resolutionLevels == 2)
        let session = image.makeSession()
        for level in levels {
            #expect(try session.read(resolutionLevel: level) == image.read(resolutionLevel: level), "level \(level)")
        }
    }

    /// A session makes whole rows of MCUs, a plain read the columns that are wanted: damage beside them hides nothing from either (found by fuzzing).
    @Test func damageBesideTheWindowHidesNothing() throws {
        // With restart markers nothing behind the last wanted column is looked at.
        let options = WriteOptions(jpeg: JPEGChoices(restartRows: 1))
        let whole = try SampleFile.scene(bands: 3, rows: 16, columns: 1024).encoded(as: .jpeg, options: options)
        let cut = Array(whole.dropLast(whole.count / 8))
        let window = Window(x: 0, y: 0, width: 20, height: 16)
        for threads in [1, 2] {
            let image = try Dataset(bytes: cut, format: .jpeg, options: ReadOptions(threads: threads)).image()
            #expect(throws: ImageryError.self) { try image.read() }
            let plain = try image.read(window: window)
            let session = image.makeSession()
            #expect(try session.read(window: window) == plain)
            #expect(throws: ImageryError.self) { try session.read() }
            #expect(try session.read(window: window) == plain)
        }
    }
}
