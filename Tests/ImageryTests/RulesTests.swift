import Imagery
import Testing

/// Rules of formats that reading does not need (S92): what is right has no finding, each breach its own.
@Suite("Rules of the formats") struct RulesTests {
    private let scene: Raster

    init() throws {
        scene = try Raster((0..<40 * 30).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 4) }, rows: 30, columns: 40)
    }

    private func findings(_ bytes: [UInt8], _ format: Format) throws -> [Diagnostic] {
        try Dataset(bytes: bytes, format: format).validate()
    }

    /// The offset of the first occurrence.
    private func place(of mark: [UInt8], in bytes: [UInt8]) throws -> Int {
        try #require((0...bytes.count - mark.count).first { bytes[$0..<$0 + mark.count].elementsEqual(mark) })
    }

    // MARK: JPEG 2000

    @Test func boxes() throws {
        let good = try scene.encoded(as: .jpeg2000)
        #expect(try findings(good, .jpeg2000) == [])
        /// The findings when the byte `offset` behind the type of the box is `value`.
        func breach(_ box: String, _ offset: Int, _ value: UInt8) throws -> [Diagnostic] {
            var bytes = good
            bytes[try place(of: Array(box.utf8), in: bytes) + 4 + offset] = value
            return try findings(bytes, .jpeg2000)
        }
        let cases: [(box: String, offset: Int, value: UInt8, clause: String)] = [
            ("jP  ", 3, 0x0b, "T.800 I.5.1"), ("ftyp", 8, UInt8(ascii: "k"), "T.800 I.5.2"), ("ihdr", 3, 31, "T.800 I.5.3.1"),
            ("ihdr", 9, 2, "T.800 I.5.3.1"), ("ihdr", 10, 8, "T.800 I.5.3.1"), ("ihdr", 11, 6, "T.800 I.5.3.1"),
            ("colr", 0, 9, "T.800 I.5.3.3"), ("colr", 6, 16, "T.800 I.5.3.3"),
        ]
        for (box, offset, value, clause) in cases {
            let found = try breach(box, offset, value)
            #expect(found.contains { $0.severity == .error && $0.clause == clause }, "\(box) \(offset): \(found)")
        }
        // The codestream box is the last one and reaches to the end of the file.
        let longer = try findings(good + [1, 2, 3], .jpeg2000)
        #expect(longer.count == 1 && longer[0].severity == .warning && longer[0].clause == "T.800 A.4.4")
    }

    @Test func endsOfCodestreams() throws {
        var options = WriteOptions()
        options.blockWidth = 16
        options.blockHeight = 16
        let whole = try scene.encoded(as: .jpeg2000, options: options)
        let good = Array(whole[try place(of: [0xff, 0x4f, 0xff, 0x51], in: whole)...])
        #expect(try findings(good, .jpeg2000) == [])
        #expect(try findings(good.dropLast(2), .jpeg2000).contains { $0.clause == "T.800 A.4.4" && $0.severity == .error })
        let longer = try findings(good + [0, 0, 0], .jpeg2000)
        #expect(longer.count == 1 && longer[0].severity == .warning)
        // SOT has the tile, the length, TPsot and TNsot.
        let first = try place(of: [0xff, 0x90, 0, 10], in: good)
        for (offset, value) in [(10, UInt8(1)), (11, 3)] {
            var bytes = good
            bytes[first + offset] = value
            #expect(try findings(bytes, .jpeg2000).contains { $0.clause == "T.800 A.4.2" }, "byte \(offset)")
        }
    }

    // MARK: JPEG

    @Test func markersOfJPEG() throws {
        let good = try scene.encoded(as: .jpeg)
        #expect(try findings(good, .jpeg) == [])
        let filled = Array(good[..<2]) + [0xff, 0xff, 0xff] + Array(good[2...])
        #expect(try findings(filled, .jpeg) == [])
        #expect(try findings(good.dropLast(2), .jpeg).contains { $0.message.contains("without EOI") && $0.severity == .error })
        let twice = Array(good[..<2]) + Array(good[..<2]) + Array(good[2...])
        #expect(try findings(twice, .jpeg).contains { $0.context == "JPEG SOI" })
        let junk = Array(good[..<2]) + [1, 2, 3] + Array(good[2...])
        #expect(try findings(junk, .jpeg).contains { $0.message.contains("3 bytes before") })
        var bare = good
        while let table = (0..<bare.count - 1).first(where: { bare[$0] == 0xff && bare[$0 + 1] == 0xc4 }) {
            bare.removeSubrange(table..<table + 2 + Int(bare[table + 2]) << 8 + Int(bare[table + 3]))
        }
        #expect(try findings(bare, .jpeg).contains { $0.message.contains("the DC table 0") })
        let behind = try findings(good + [0, 1], .jpeg)
        #expect(behind.count == 1 && behind[0].severity == .remark)
    }

    // MARK: TIFF and DTED

    @Test func entriesOfTIFF() throws {
        let good = try scene.encoded(as: .tiff)
        #expect(try findings(good, .tiff) == [])
        let directory = (0..<4).reduce(0) { $0 | Int(good[4 + $1]) << (8 * $1) }
        var swapped = good
        let (first, second) = (directory + 2..<directory + 14, directory + 14..<directory + 26)
        swapped.replaceSubrange(first, with: good[second])
        swapped.replaceSubrange(second, with: good[first])
        let found = try findings(swapped, .tiff)
        #expect(found.count == 1 && found[0].severity == .warning && found[0].message.contains("not sorted"))
        // PhotometricInterpretation (262) becomes a second Compression (259).
        var doubled = good
        doubled[try place(of: [6, 1, 3, 0, 1, 0, 0, 0], in: good)] = 3
        let errors = try findings(doubled, .tiff).filter { $0.severity == .error }
        #expect(errors.contains { $0.message.contains("more than once") })
        #expect(errors.contains { $0.message.contains("PhotometricInterpretation is missing") })
    }

    @Test func recordsOfDTED() throws {
        let heights = try Raster((0..<121 * 121).map { Int16($0 % 900) }, rows: 121, columns: 121)
        var options = WriteOptions()
        options.georeference = Georeference(
            affine: .init(
                originX: 5.995_833_333_333_333, originY: 1.004_166_666_666_667, xPerColumn: 1 / 120.0, xPerRow: 0, yPerColumn: 0,
                yPerRow: -1 / 120.0), crs: "EPSG:4326")
        let good = try heights.encoded(as: .dted, options: options)
        #expect(try findings(good, .dted) == [])
        let record = 3428 + 7 * (12 + 2 * 121)
        var bytes = good
        bytes[record + 3] = 9
        #expect(try findings(bytes, .dted).contains { $0.message.contains("number is 9, not 7") })
        bytes = good
        bytes[record + 20] ^= 1
        #expect(try findings(bytes, .dted).contains { $0.message.contains("checksum") })
    }
}
