import Imagery
import TestSupport
import Testing

@Suite("What is wrong with a file (S92)") struct ValidationTests {
    private let scene: Raster

    init() throws {
        scene = try Raster((0..<60 * 50).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) }, rows: 60, columns: 50)
    }

    @Test func nothingIsWrongWithWhatWasWritten() throws {
        for format in [Format.png, .tiff, .nitf, .jpeg] {
            let bytes = try scene.encoded(as: format)
            var last = (0, 0)
            let found = try Dataset(bytes: bytes, format: format).validate { last = ($0, $1) }
            #expect(found == [], "\(format)")
            #expect(last.0 == last.1 && last.1 > 0, "\(format)")
        }
    }

    @Test func damageIsFoundWhereItIsAndHidesNothingBehindIt() throws {
        var options = WriteOptions()
        (options.blockWidth, options.blockHeight) = (16, 16)
        options.compression = .deflate
        var bytes = try scene.encoded(as: .tiff, options: options)
        let image = try Dataset(bytes: bytes, format: .tiff).image()
        // The headers of the streams of two tiles: FF is no method of compression.
        let places = try [(1, 2), (3, 0)].map { row, column in
            let ranges = try image.byteRanges(window: Window(x: column * 16, y: row * 16, width: 1, height: 1))
            return try #require(ranges.first).lowerBound
        }
        for place in places { bytes[place] = 0xff }
        let found = try Dataset(bytes: bytes, format: .tiff).validate()
        #expect(found.count == 2)
        #expect(found.map(\.offset) == places.map { Optional($0) })
    }

    @Test func whatClaimsToBeHugeIsNotRead() throws {
        // A PNG of 60,000 x 60,000 whose image data are those of a few pixels (S91).
        var bytes = try scene.encoded(as: .png)
        for offset in [16, 20] { bytes.replaceSubrange(offset..<offset + 4, with: [0, 0, 0xea, 0x60]) }
        let check = ~bytes[12..<29].reduce(UInt32.max) { check, byte in
            (0..<8).reduce(check ^ UInt32(byte)) { check, _ in check & 1 == 0 ? check >> 1 : check >> 1 ^ 0xedb8_8320 }
        }
        for index in 0..<4 { bytes[29 + index] = UInt8(truncatingIfNeeded: check >> UInt32(24 - 8 * index)) }
        let found = try Dataset(bytes: bytes, format: .png).validate()
        #expect(found.contains { $0.message.contains("raise limits") })
    }
}
