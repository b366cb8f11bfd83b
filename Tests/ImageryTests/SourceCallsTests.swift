import Imagery
import TestSupport
import Testing

/// S7, S12, S81: how often a source is asked, and for how much, when a file is opened and read.
@Suite("Calls of sources (S12)") struct SourceCallsTests {
    struct File: CustomTestStringConvertible, Sendable {
        var name: String
        var format: Format
        var options: WriteOptions
        /// Structures that stand apart in the file and are read one by one: tile-parts without TLM, lengths of packets in the headers of
        /// tile-parts, streams without a mask.
        var walked = 0
        var testDescription: String { name }

        init(_ name: String, _ format: Format, _ options: WriteOptions = WriteOptions(), walked: Int = 0) {
            (self.name, self.format, self.options, self.walked) = (name, format, options, walked)
            self.options.date = 0
            self.options.threads = 1
        }
    }

    static let files = [
        File("TIFF tiles", .tiff, WriteOptions(compression: .deflate, blockWidth: 32)),
        File("TIFF strips", .tiff, WriteOptions(compression: .lzw, blockHeight: 8)),
        File("TIFF strips, plain", .tiff, WriteOptions(compression: .uncompressed, blockHeight: 8)),
        File("TIFF planar", .tiff, WriteOptions(compression: .deflate, blockWidth: 32, interleave: .band)),
        File("COG", .tiff, WriteOptions(cloudOptimized: CloudOptimization(), blockWidth: 32)),
        File("TIFF of JPEG", .tiff, WriteOptions(compression: .jpeg(quality: 75), blockWidth: 32)),
        File("TIFF of JPEG 2000", .tiff, WriteOptions(compression: .jpeg2000(), blockWidth: 32)),
        File("PNG", .png), File("JPEG", .jpeg),
        File("JPEG in scans", .jpeg, WriteOptions(jpeg: JPEGChoices(isProgressive: true))),
        File("JP2 of tiles", .jpeg2000, WriteOptions(blockWidth: 32), walked: 16), File("JP2 of one tile", .jpeg2000),
        File("NPJE", .jpeg2000, WriteOptions(jpeg2000: JPEG2000Choices(profile: .npje))),
        File(
            "NPJE of tiles", .jpeg2000,
            WriteOptions(compression: .jpeg2000(rate: 8), jpeg2000: JPEG2000Choices(profile: .npje), blockWidth: 64), walked: 4),
        File("NITF NC, IMODE B", .nitf, WriteOptions(compression: .uncompressed, blockWidth: 32, interleave: .block)),
        File("NITF NC, IMODE S", .nitf, WriteOptions(compression: .uncompressed, blockWidth: 32, interleave: .band)),
        File("NITF NC, one block", .nitf, WriteOptions(compression: .uncompressed, blockWidth: 128, interleave: .pixel)),
        File("NITF C8", .nitf, WriteOptions(compression: .jpeg2000(), blockWidth: 32), walked: 16),
        File("NITF C3", .nitf, WriteOptions(compression: .jpeg(quality: 75), blockWidth: 32), walked: 16),
        File("NITF C5", .nitf, WriteOptions(compression: .losslessJPEG, blockWidth: 32), walked: 16),
    ]

    /// What headers that were found one from the other cost at most.
    private static let page = 1_024

    @Test(arguments: files) func aReadAsksSeldomAndForWhatItNeeds(file: File) throws {
        let raster = try SampleFile.scene(bands: 3, rows: 128, columns: 128)
        let bytes = try raster.encoded(as: file.format, options: file.options)
        var table: [String] = []
        func row(_ name: String, _ work: (ImageAsset) throws -> Raster?) throws -> (calls: Int, bytes: Int) {
            let source = CountingSource(bytes)
            let image = try Dataset(source: source, format: file.format, options: ReadOptions(threads: 1)).image()
            if name != "info" { source.reset() }
            _ = try work(image)
            table.append("\(name) \(source.readCount) calls \(source.lentByteCount) bytes")
            return (source.readCount, source.lentByteCount)
        }
        func promised(_ window: Window?) throws -> Int {
            let image = try Dataset(bytes: bytes, format: file.format).image()
            return try image.byteRanges(window: window).reduce(0) { $0 + $1.count }
        }
        let headers = file.walked * Self.page
        let info = try row("info") { image in
            _ = image.info
            return nil
        }
        #expect(info.calls <= 6 + file.walked && info.bytes <= 8_192 + headers, "\(table)")

        let window = Window(x: 34, y: 34, width: 10, height: 10)
        let part = try row("window") { try $0.read(window: window) }
        #expect(part.calls <= 5 + file.walked, "\(table)")
        let wanted = try promised(window)
        if file.format == .nitf, file.walked > 0, file.name != "NITF C8" {
            // Nothing but the streams before it tells where a stream begins; pages double on the way, so that as much again may come along.
            let end = try Dataset(bytes: bytes, format: file.format).image().byteRanges(window: window).last?.upperBound ?? 0
            #expect(part.bytes <= 2 * end && part.bytes < bytes.count, "\(end) \(table)")
        } else {
            #expect(part.bytes <= wanted * 5 / 4 + headers + 2_048, "\(wanted) \(table)")
        }

        let all = try row("all") { try $0.read() }
        #expect(all.calls <= 4 + file.walked && all.bytes <= bytes.count * 6 / 5 + headers, "\(table)")
        // Tiles of a size that is none of the file's: each byte once, and some for what was dropped.
        let tiles = try row("tiles") { image in
            for tile in try image.tiles(width: 25, height: 25) { _ = try tile.read() }
            return nil
        }
        let image = try Dataset(bytes: bytes, format: file.format).image()
        // One contiguous range is one call, and most tiles have what they need from those before.
        let ranges = try image.tiles(width: 25, height: 25).reduce(0) { try $0 + image.byteRanges(window: $1.window).count }
        #expect(tiles.calls <= ranges + file.walked + 4 && tiles.bytes <= bytes.count * 3 / 2 + headers, "\(table)")
        let level = try row("level") { $0.resolutionLevels > 1 ? try $0.read(resolutionLevel: 1) : nil }
        #expect(level.calls <= 5 + file.walked && level.bytes <= bytes.count * 6 / 5 + headers, "\(table)")
    }

    @Test func anOverviewIsReadInOneCall() throws {
        let raster = try SampleFile.scene(bands: 3, rows: 128, columns: 128)
        let options = WriteOptions(cloudOptimized: CloudOptimization(), blockWidth: 32, date: 0, threads: 1)
        let source = CountingSource(try raster.encoded(as: .tiff, options: options))
        let dataset = try Dataset(source: source, format: .tiff)
        #expect(source.readCount <= 4)
        source.reset()
        _ = try dataset.image("image:0:overview:1").read()
        #expect(source.readCount == 1)
    }

    @Test func manyThreadsAskNoMore() throws {
        let raster = try SampleFile.scene(bands: 3, rows: 128, columns: 128)
        let bytes = try raster.encoded(as: .tiff, options: WriteOptions(blockWidth: 16, date: 0))
        let source = CountingSource(bytes)
        let image = try Dataset(source: source, format: .tiff, options: ReadOptions(threads: 8)).image()
        source.reset()
        #expect(try image.read() == raster)
        #expect(source.lentByteCount <= bytes.count && source.readCount <= 8)
    }

    @Test func rawBytesComeInOnePiece() throws {
        let raster = try SampleFile.scene(bands: 1, rows: 64, columns: 64)
        let source = CountingSource(
            try raster.encoded(as: .tiff, options: WriteOptions(compression: .uncompressed, blockWidth: 16)))
        let image = try Dataset(source: source, format: .tiff).image()
        source.reset()
        #expect(try image.rawBytes().count == 64 * 64)
        #expect(source.readCount == 1)
    }

    /// What cannot be had as one piece is asked for as it is: damage far away hurts nobody.
    @Test func aSourceThatFailsBehindTheWindowDoesNotFailIt() throws {
        let raster = try SampleFile.scene(bands: 1, rows: 128, columns: 128)
        let bytes = try raster.encoded(as: .nitf, options: WriteOptions(compression: .uncompressed, date: 0))
        let offset = try Dataset(bytes: bytes, format: .nitf).image().byteRanges()[0].lowerBound
        let image = try Dataset(source: FailingSource(bytes, failsFrom: offset + 64 * 128), format: .nitf).image()
        #expect(
            try image.read(window: Window(x: 0, y: 0, width: 128, height: 64))
                == raster.crop(Window(x: 0, y: 0, width: 128, height: 64)))
        #expect(throws: ImageryError.self) { try image.read() }
    }
}
