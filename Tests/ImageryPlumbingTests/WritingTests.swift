import Foundation
import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@Suite struct WritingTests {
    /// Seconds and dates of `date -u -d @SECONDS`.
    @Test func calendar() throws {
        let dates: [(Int, [Int])] = [
            (0, [1970, 1, 1, 0, 0, 0]), (951_782_400, [2000, 2, 29, 0, 0, 0]), (1_709_164_799, [2024, 2, 28, 23, 59, 59]),
            (4_107_542_399, [2100, 2, 28, 23, 59, 59]), (4_107_542_400, [2100, 3, 1, 0, 0, 0]), (-1, [1969, 12, 31, 23, 59, 59]),
            (-2_203_891_200, [1900, 3, 1, 0, 0, 0]),
        ]
        for (seconds, fields) in dates {
            let time = try #require(CalendarTime(secondsSince1970: seconds))
            #expect([time.year, time.month, time.day, time.hour, time.minute, time.second] == fields)
        }
        #expect(CalendarTime(secondsSince1970: .max) == nil)
        #expect(CalendarTime(secondsSince1970: .min) == nil)
    }

    @Test func placesOfKeys() {
        #expect(AssetKey("image:3").imagePlace == ImagePlace(page: 3))
        #expect(AssetKey("image:3:mask").imagePlace == ImagePlace(page: 3, isMask: true))
        #expect(AssetKey("image:0:overview:2").imagePlace == ImagePlace(page: 0, level: 2))
        #expect(AssetKey("image:0:overview:2:mask").imagePlace == ImagePlace(page: 0, level: 2, isMask: true))
        for text in [
            "image", "image:", "image:-1", "image:x", "image:0:overview", "image:0:overview:0", "text:0", "image:0:masks", "",
        ] {
            #expect(AssetKey(text).imagePlace == nil, "\(text)")
        }
        for place in [ImagePlace(page: 1), ImagePlace(page: 0, level: 3, isMask: true)] { #expect(place.key.imagePlace == place) }
        #expect(AssetKey("des:4").index(of: .data) == 4)
        #expect(AssetKey("graphic:1").index(of: .graphics) == 1)
        #expect(AssetKey("text:").index(of: .text) == nil)
    }

    @Test func aWindowTakesItsGroundAlong() {
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 80, columns: 100), pixelType: .uint8, blockWidth: 100, blockHeight: 80)
        let affine = Georeference.Affine(originX: 10, originY: 20, xPerColumn: 2, xPerRow: 0, yPerColumn: 0, yPerRow: -3)
        let whole = Georeference(
            affine: affine, controlPoints: [.init(column: 5, row: 6, x: 1, y: 2, z: 3)], crs: "EPSG:3857")
        #expect(whole.moved(to: layout.bounds, level: 0, of: layout) == whole)
        let part = whole.moved(to: Window(x: 4, y: 5, width: 10, height: 10), level: 0, of: layout)
        #expect(part.affine?.originX == 18)
        #expect(part.affine?.originY == 5)
        #expect(part.controlPoints[0].column == 1)
        #expect(part.controlPoints[0].row == 1)
        #expect(part.crs == "EPSG:3857")
        let half = whole.moved(to: Window(x: 1, y: 0, width: 4, height: 4), level: 1, of: layout)
        #expect(half.affine?.xPerColumn == 4)
        #expect(half.affine?.originX == 14)
    }

    @Test func cornersAndMapsBecomeEachOther() throws {
        let affine = Georeference.Affine(originX: 10, originY: 20, xPerColumn: 2, xPerRow: 0.5, yPerColumn: 0.25, yPerRow: -3)
        let corners = try #require(Georeference(affine: affine).cornerPixels(columns: 5, rows: 4))
        #expect(corners[0] == Georeference.Point(x: 11.25, y: 18.625))
        #expect(Georeference(corners: corners).affineMap(columns: 5, rows: 4) == affine)
        var crooked = corners
        crooked[2].x += 10
        #expect(Georeference(corners: crooked).affineMap(columns: 5, rows: 4) == nil)
        #expect(Georeference(corners: corners).affineMap(columns: 1, rows: 4) == nil)
    }

    @Test func cornersAndReferenceSystemAreAGeoreference() {
        var options = WriteOptions()
        options.crs = "EPSG:4326"
        options.corners = [Georeference.Point(x: 1, y: 2)]
        #expect(options.georeference == Georeference(corners: [Georeference.Point(x: 1, y: 2)], crs: "EPSG:4326"))
        options.crs = nil
        options.corners = nil
        #expect(options.georeference == nil)
    }

    @Test func whatIsSetWinsOverTheFiles() {
        var file = WriteOptions()
        file.compression = .deflate
        (file.blockWidth, file.blockHeight) = (64, 32)
        file.metadata = Metadata(schema: .tiff)
        var own = WriteOptions()
        own.compression = .lzw
        own.blockHeight = 8
        let filled = own.filled(from: file)
        #expect(filled.compression == .lzw)
        #expect(filled.blockWidth == nil)
        #expect(filled.blockHeight == 8)
        #expect(filled.metadata == nil)
    }

    @Test func aSpoolIsPatchedAndPassedOn() throws {
        final class Stream: ByteSink {
            var bytes: [UInt8] = []
            var canPatch: Bool { false }
            func append(_ span: RawSpan) { bytes += unsafe span.withUnsafeBytes { unsafe Array($0) } }
            func patch(_ bytes: RawSpan, at offset: Int) throws { throw ImageryError(.misuse, "test", "no") }
        }
        let stream = Stream()
        let long = [UInt8](repeating: 7, count: 300_000)
        try withPatching(stream) { sink in
            try sink.append([0, 0, 1])
            try sink.append(long)
            try sink.append([2])
            let patch: [UInt8] = [8, 9]
            try unsafe sink.patch(patch.span.bytes, at: 0)
            #expect(stream.bytes.isEmpty)
        }
        #expect(stream.bytes == [8, 9, 1] + long + [2])
        let memory = MemorySink()
        try withPatching(memory) { sink in #expect(sink === memory) }
    }

    @Test func linksStayAndDevicesAreNotReplaced() throws {
        try withFiles([("real", [1])]) { paths in
            let link = paths[0] + ".link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: paths[0])
            let sink = try FileSink(link)
            try sink.append([4, 5])
            try sink.commit()
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: paths[0]))) == [4, 5])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == paths[0])
        }
        let null = try FileSink("/dev/null")
        #expect(!null.canPatch)
        try null.append([1])
        try null.commit()
        #expect(throws: ImageryError.self) { try FileSink("/") }
    }
}
