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
        for window in [Window(x: 4, y: 0, width: 2, height: 1), Window(x: 0, y: 1, width: 9_999, height: 9_998)] {
            let error = #expect(throws: ImageryError.self) { try image.read(window: window) }
            #expect(error?.kind == .malformed)
        }
        options.salvage = true
        let salvaged = try Dataset(bytes: bytes, format: .nitf, options: options).image()
        let below = try salvaged.read(window: Window(x: 0, y: 1, width: 9_999, height: 4_000))
        #expect(below.diagnostics.count == 1)
        let found = try Dataset(bytes: bytes, format: .nitf).validate()
        #expect(found.filter { $0.message.contains("99980001 blocks") }.count == 1)
        // What else is told is about the header's own fields.
        #expect(found.count < 10)
    }

    /// Bands in planes of their own: the second ends within a row of blocks, the third is not there.
    @Test func eachBandKeepsTheBlocksItHas() throws {
        var bytes = TinyNITF(images: [TinyTIFF.Page(width: 8, height: 6, bands: 3)]).bytes
        // NBPR, NBPC, NPPBH, NPPBV: six blocks of 4 x 2 pixels, each band for itself.
        let mode = try #require(bytes.firstRange(of: Array("B0001000100160016".utf8)))
        bytes.replaceSubrange(mode, with: Array("S0002000300040002".utf8))
        let data = bytes.count - 16 * 16 * 3
        for index in 0..<144 { bytes[data + index] = UInt8(index + 1) }
        // Six blocks of the first band; of the second three, and half of the fourth.
        bytes = Array(bytes[..<(data + 9 * 8 + 4)])
        func sample(_ band: Int, _ row: Int, _ column: Int) -> UInt8 {
            let place = (band * 6 + row / 2 * 2 + column / 4) * 8 + row % 2 * 4 + column % 4
            return place < 9 * 8 + 4 ? UInt8(place + 1) : 0
        }
        var options = ReadOptions()
        options.salvage = true
        let image = try Dataset(bytes: bytes, format: .nitf, options: options).image()
        for window in [nil, Window(x: 2, y: 1, width: 5, height: 4), Window(x: 0, y: 2, width: 8, height: 2)] {
            for bands in [[0, 1, 2], [2, 1], [1, 0, 1], [0]] {
                let found = try image.read(window: window, bands: bands)
                let area = window ?? Window(x: 0, y: 0, width: 8, height: 6)
                let expected = bands.flatMap { band in
                    (area.y..<area.bottom).flatMap { row in (area.x..<area.right).map { sample(band, row, $0) } }
                }
                #expect(try found.samples(as: UInt8.self) == expected, "\(String(describing: window)) \(bands)")
            }
        }
        let strict = try Dataset(bytes: bytes, format: .nitf).image()
        #expect(try strict.read(bands: [0]).byteCount == 48)
        #expect(throws: ImageryError.self) { try strict.read(bands: [1]) }
        #expect(try strict.read(window: Window(x: 0, y: 0, width: 8, height: 2), bands: [1, 0]).byteCount == 32)
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

    /// Two hundred directories, and all name one strip: right samples, damaged ones, and one of another compression.
    @Test func stripsThatManyDirectoriesNameAreReadOnce() throws {
        var builder = TIFFBuilder(data: [UInt8](0..<64))
        builder.directories = [[TIFFBuilder.Field]](repeating: builder.gray(8, 8), count: 200)
        let source = CountingSource(builder.bytes, lendsInPlace: true)
        let dataset = try Dataset(source: source, format: .tiff)
        source.reset()
        #expect(dataset.validate() == [])
        let strip = source.touched.filter { $0.overlaps(builder.dataOffset..<builder.dataOffset + 64) }
        #expect(!strip.isEmpty)
        #expect(source.readCount < 20 * 200)

        // PackBits that ends before the rows do, and the same bytes without compression.
        builder.directories = [[TIFFBuilder.Field]](repeating: builder.gray(80, 80, compression: 32773), count: 50)
        builder.directories.append(builder.gray(8, 8))
        let found = try Dataset(bytes: builder.bytes, format: .tiff).validate()
        #expect(found.filter { $0.context.hasPrefix("TIFF IFD") }.count == 1)
        #expect(found.filter { $0.message == "its blocks are those of image:0, and what is wrong with them too" }.count == 49)
        #expect(!found.contains { $0.context.contains("50") })
    }
}
