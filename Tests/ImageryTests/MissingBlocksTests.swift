import Imagery
import TestSupport
import Testing

/// S91: blocks that a file does not hold cost nothing each.
@Suite("Blocks that are missing fail as one") struct MissingBlocksTests {
    /// 9,999 x 9,999 blocks of one pixel, of which the file holds `count`.
    private func file(holding count: Int) throws -> [UInt8] {
        var bytes = TinyNITF(images: [TinyTIFF.Page(width: 16, height: 16, bands: 1)]).bytes
        let data = bytes.count - 256
        func set(_ old: String, _ new: String) throws {
            let place = try #require(bytes.firstRange(of: Array(old.utf8)))
            bytes.replaceSubrange(place, with: Array(new.utf8))
        }
        // NROWS, NCOLS; NBPR, NBPC, NPPBH, NPPBV.
        try set("0000001600000016INT", "0000999900009999INT")
        try set("B0001000100160016", "B9999999900010001")
        return Array(bytes[..<(data + count)])
    }

    @Test func aHundredMillionOfThemAreOneFinding() throws {
        let bytes = try file(holding: 5)
        var options = ReadOptions()
        let image = try Dataset(bytes: bytes, format: .nitf).image()
        #expect(image.layout.gridRows * image.layout.gridColumns == 99_980_001)
        #expect(try image.read(window: Window(x: 0, y: 0, width: 5, height: 1)).byteCount == 5)
        let error = #expect(throws: ImageryError.self) { try image.read(window: Window(x: 0, y: 1, width: 9_999, height: 9_998)) }
        #expect(error?.kind == .malformed)
        options.salvage = true
        let salvaged = try Dataset(bytes: bytes, format: .nitf, options: options).image()
        let below = try salvaged.read(window: Window(x: 0, y: 1, width: 9_999, height: 4_000))
        #expect(below.diagnostics.count == 1)
        let start = ContinuousClock.now
        let found = try Dataset(bytes: bytes, format: .nitf).validate()
        // Those of the first row, of which five are there, fail one by one: a thousand are told.
        #expect(found.count <= 1_003)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    /// A total for all images of a file: many may name the same bytes.
    @Test func validationHasABudget() throws {
        let pages = [TinyTIFF.Page](repeating: TinyTIFF.Page(width: 64, height: 64, bands: 1), count: 6)
        let bytes = TinyTIFF(pages).bytes
        #expect(try Dataset(bytes: bytes, format: .tiff).validate() == [])
        var options = ReadOptions()
        options.limits.maxValidatedBytes = 3 * 64 * 64
        let found = try Dataset(bytes: bytes, format: .tiff, options: options).validate()
        #expect(found.count == 1)
        #expect(found.first?.context == "image:3")
        options.limits.maxValidatedBytes = 6 * 64 * 64
        #expect(try Dataset(bytes: bytes, format: .tiff, options: options).validate() == [])
    }
}
