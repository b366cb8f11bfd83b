import ImageryBase
import ImageryJPEG
import ImageryKernels
import TestSupport
import Testing

@testable import ImageryNITF

/// Images whose blocks are JPEG streams: C3, M3, C5, M5 and I1.
@Suite struct JPEGTests {
    /// Every IMODE, masks, 12 bits and lossless as other software reads them.
    @Test(arguments: jpegVectors) func foreignFilesGiveTheirPixels(vector: CodedVector) throws {
        let file = try NITFFile(vector.bytes)
        #expect(file.diagnostics == [])
        let image = try file.image()
        #expect(image.layout.shape == Shape(bands: vector.bands, rows: vector.rows, columns: vector.columns))
        #expect(image.layout.pixelType == (vector.isWide ? .uint16 : .uint8))
        #expect(try checksum(image.read()) == vector.crc)
    }

    /// S57: windows are crops of the whole, in and out of sessions.
    @Test(arguments: jpegVectors) func partsAreCrops(vector: CodedVector) throws {
        #expect(try windowsThatDiffer(NITFFile(vector.bytes).image(), seed: UInt64(vector.crc), count: 10) == [])
    }

    @Test func maskedBlocksAreAbsent() throws {
        let vector = try #require(jpegVectors.first { $0.name.contains("masked") })
        let image = try NITFFile(vector.bytes).image()
        #expect(!image.hasBlock(row: 0, column: 1))
        #expect(image.hasBlock(row: 0, column: 0) && image.hasBlock(row: 1, column: 1))
        #expect(try image.byteRanges(ReadRequest(region: Window(x: 16, y: 0, width: 8, height: 8), bands: [0])) == [])
    }

    /// The only stream of a small image, as GDAL wrote it, and its samples.
    private func gray() throws -> (stream: [UInt8], pixels: Raster) {
        let vector = try #require(jpegVectors.first { $0.name.contains("gray, blocks of 32") })
        let image = try NITFFile(vector.bytes).image()
        let region = Window(x: 0, y: 0, width: 32, height: 32)
        let range = try #require(try image.byteRanges(ReadRequest(region: region, bands: [0])).first)
        return (Array(vector.bytes[range]), try image.read(region))
    }

    private func file(
        _ data: [UInt8], rows: Int = 32, columns: Int = 32, blockHeight: Int? = nil, compression: String, rate: String
    ) -> NITFBuilder {
        var builder = NITFBuilder.image(rows: rows, columns: columns, blockHeight: blockHeight, data: data)
        builder.image["IC"] = compression
        builder.image["COMRAT"] = rate
        return builder
    }

    private func segments(_ stream: [UInt8], _ marker: UInt8) -> [Range<Int>] {
        (0..<stream.count - 4).filter { stream[$0...].starts(with: [0xff, marker]) }
            .map { $0..<$0 + 2 + Int(stream[$0 + 2]) * 256 + Int(stream[$0 + 3]) }
    }

    /// MIL-STD-188-198A appendix A: a stream without quantisers has those of COMRAT's level. The tables here are the DQT payloads
    /// of JITC's files i_3025b.ntf (level 1) and ns3010a.nsf (level 3).
    @Test(arguments: [
        (
            1,
            "084848484848484848484e4a4c4a4e5951545451596a5d5e635e5d6a816f6c74"
                + "746c6f81878088918880879ba0b1b1a09bc1d5e4d5c1ffffffffffffffffffff"
        ),
        (
            3,
            "080a0a0a0a0a0a0a0a0a0b0a0b0a0b0d0b0c0c0b0d0f0d0d0e0d0d0f12100f10"
                + "100f1012131213151312131617191917161b1e201e1b2428282432353244445b"
        ),
    ]) func defaultTablesOfALevel(level: Int, table: String) throws {
        var (stream, _) = try gray()
        let range = try #require(segments(stream, 0xdb).first)
        var bare = stream
        bare.removeSubrange(range)
        #expect(throws: ImageryError.self) { try NITFFile(file(bare, compression: "C3", rate: "00.0").bytes).image().read() }
        let raster = try NITFFile(file(bare, compression: "C3", rate: "00.\(level)").bytes).image().read()
        stream.replaceSubrange(range.lowerBound + 5..<range.lowerBound + 69, with: hex(table))
        #expect(try raster == NITFFile(file(stream, compression: "C3", rate: "00.0").bytes).image().read())
    }

    /// Tables may be given once, before the first block.
    @Test func tablesOfTheFirstBlockGoOn() throws {
        let (stream, pixels) = try gray()
        var bare = stream
        for range in (segments(stream, 0xdb) + segments(stream, 0xc4)).sorted(by: { $0.lowerBound > $1.lowerBound }) {
            bare.removeSubrange(range)
        }
        let bytes = try file(stream + bare, rows: 64, blockHeight: 32, compression: "C3", rate: "00.0").bytes
        let raster = try NITFFile(bytes).image().read()
        #expect(try raster.crop(Window(x: 0, y: 0, width: 32, height: 32)) == pixels)
        #expect(try raster.crop(Window(x: 0, y: 32, width: 32, height: 32)) == pixels)
    }

    /// I1: the corners of the stored and of the enlarged image are the same, between samples it is linear.
    @Test func downsampledImagesAreEnlarged() throws {
        let (stream, pixels) = try gray()
        let image = try NITFFile(file(stream, rows: 63, columns: 63, compression: "I1", rate: "00.0").bytes).image()
        let raster = try image.read()
        let stored = try pixels.samples(as: UInt8.self).map { Int($0) }
        let enlarged = try raster.samples(as: UInt8.self).map { Int($0) }
        for y in 0..<63 {
            for x in 0..<63 {
                let corners = [(y / 2, x / 2), (y / 2, (x + 1) / 2), ((y + 1) / 2, x / 2), ((y + 1) / 2, (x + 1) / 2)]
                let sum = corners.reduce(0) { $0 + stored[$1.0 * 32 + $1.1] }
                #expect(enlarged[y * 63 + x] == (2 * sum + 4) / 8)
            }
        }
        let window = Window(x: 11, y: 20, width: 17, height: 5)
        #expect(try image.read(window) == raster.crop(window))
        let same = try NITFFile(file(stream, compression: "I1", rate: "00.0").bytes).image()
        #expect(try same.read() == pixels)
        let smaller = try NITFFile(file(stream, rows: 20, columns: 40, compression: "I1", rate: "00.0").bytes).image()
        #expect(throws: ImageryError.self) { try smaller.read() }
    }

    /// A damaged stream hides no other one (S92); what is wrong has its place in the file.
    @Test func damagedStreams() throws {
        let (stream, pixels) = try gray()
        let top = Window(x: 0, y: 0, width: 32, height: 32)
        func image(_ data: [UInt8]) throws -> NITFImage {
            try NITFFile(file(data, rows: 96, blockHeight: 32, compression: "C3", rate: "00.0").bytes).image()
        }
        var broken = stream
        broken.replaceSubrange(4..<6, with: [0xff, 0xff])
        let holed = try image(stream + broken + stream)
        #expect(try holed.read(top) == pixels)
        #expect(throws: ImageryError.self) { try holed.read(top.offset(x: 0, y: 32)) }
        let short = try image(stream + stream)
        #expect(try short.read(top.offset(x: 0, y: 32)) == pixels)
        do {
            _ = try short.read(top.offset(x: 0, y: 64))
            Issue.record("the third stream is not there")
        } catch {
            #expect(error.kind == .malformed && error.message.contains("2 streams"))
        }
        // A missing EOI ends with the next SOI.
        #expect(try image(stream.dropLast(2) + stream + stream).read(top.offset(x: 0, y: 64)) == pixels)
        var random = SeededGenerator(9)
        for _ in 0..<200 {
            var changed = stream + stream + stream
            for _ in 0..<4 {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            _ = try? image(changed).read()
        }
        for data in [[], [0xff], [0xff, 0xd8], [UInt8](repeating: 0xff, count: 100)] as [[UInt8]] {
            #expect(throws: ImageryError.self) { try image(data).read() }
        }
    }
}
