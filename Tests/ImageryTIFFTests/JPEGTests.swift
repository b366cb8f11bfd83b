import ImageryBase
import ImageryJPEG
import ImageryKernels
import ImageryTIFF
import TestSupport
import Testing

/// Blocks that are JPEG streams (compressions 7 and 6).
@Suite struct JPEGTests {
    /// S58: JPEGTables, photometrics, samplings, planes, 12 bits and lossless as other software reads them.
    @Test(arguments: jpegVectors) func foreignFilesGiveTheirPixels(vector: CodedVector) throws {
        let file = try TIFFFile(vector.bytes)
        #expect(file.diagnostics == [])
        let image = try file.image()
        #expect(image.layout.shape == Shape(bands: vector.bands, rows: vector.rows, columns: vector.columns))
        #expect(image.layout.pixelType == (vector.isWide ? .uint16 : .uint8))
        let raster = try image.read()
        #expect(try checksum(raster) == vector.crc)
        #expect(try image.read(through: image.makeReader(oneThread)) == raster)
    }

    /// S57: windows are crops of the whole, in and out of sessions, and touch the blocks that ``ImageSource/byteRanges(_:)`` names.
    @Test(arguments: jpegVectors) func partsAreCrops(vector: CodedVector) throws {
        let source = CountingSource(vector.bytes)
        #expect(try windowsThatDiffer(TIFFFile(source).image(), seed: UInt64(vector.crc), count: 12, source: source) == [])
    }

    private var oneThread: ReadContext {
        var context = ReadContext(ReadOptions())
        context.threads = 1
        return context
    }

    /// A gray stream of 35 x 29 samples with its own tables (JPEGTABLESMODE 0, strips of 8 rows: 4 of them), and its first
    /// strip's range.
    private func firstStrip() throws -> (stream: [UInt8], pixels: Raster) {
        let vector = try #require(jpegVectors.first { $0.name == "gdal gray, strips of 8, JPEGTABLESMODE=0" })
        let image = try TIFFFile(vector.bytes).image()
        let region = Window(x: 0, y: 0, width: 35, height: 8)
        let range = try #require(try image.byteRanges(ReadRequest(region: region, bands: [0])).first)
        return (Array(vector.bytes[range]), try image.read(region))
    }

    private func read(_ builder: TIFFBuilder, _ options: ReadOptions = ReadOptions()) throws -> Raster {
        let image = try TIFFFile(builder.bytes, options: options).image()
        return try image.read(options: options)
    }

    /// Streams larger than their blocks are cropped; of smaller ones the rest is the pad value (C4).
    @Test func streamsOfOtherSizes() throws {
        let (stream, pixels) = try firstStrip()
        var file = TIFFBuilder(data: stream)
        file.directories = [file.gray(30, 6, compression: 7)]
        #expect(try read(file) == pixels.crop(Window(x: 0, y: 0, width: 30, height: 6)))
        file.directories = [file.gray(37, 9, compression: 7)]
        let context = ReadContext(ReadOptions())
        let image = try TIFFFile(file.bytes).image()
        let raster = try image.read(through: image.makeReader(context))
        #expect(try raster.crop(Window(x: 0, y: 0, width: 35, height: 8)) == pixels)
        #expect(try raster.crop(Window(x: 35, y: 0, width: 2, height: 9)).samples(as: UInt8.self).allSatisfy { $0 == 0 })
        #expect(context.findings.all.count == 1 && context.findings.all[0].offset == file.dataOffset)
    }

    /// Old-style JPEG: a whole stream, and the same with tables in tags and data in the strip.
    @Test func oldStyleStreamsAndTables() throws {
        let (stream, pixels) = try firstStrip()
        var file = TIFFBuilder(data: stream)
        file.directories = [file.gray(35, 8, compression: 6) + [file.long(513, file.dataOffset)]]
        #expect(try read(file) == pixels)

        func place(_ marker: UInt8, _ selector: UInt8) throws -> Int {
            try #require((0..<stream.count - 5).first { stream[$0...].starts(with: [0xff, marker]) && stream[$0 + 4] == selector })
        }
        let scan = try #require((0..<stream.count - 2).first { stream[$0...].starts(with: [0xff, 0xda]) })
        let data = scan + 2 + Int(stream[scan + 2]) * 256 + Int(stream[scan + 3])
        let tags = try [
            file.long(519, file.dataOffset + place(0xdb, 0) + 5), file.long(520, file.dataOffset + place(0xc4, 0x00) + 5),
            file.long(521, file.dataOffset + place(0xc4, 0x10) + 5),
        ]
        for start in [data, scan] {
            var fields = file.gray(35, 8, compression: 6, count: stream.count - start) + tags
            fields[fields.firstIndex { $0.tag == 273 }!] = file.long(273, file.dataOffset + start)
            file.directories = [fields]
            #expect(try read(file) == pixels)
        }
    }

    /// C4 and others: errors with their place in the file, never a trap.
    @Test func damagedStreams() throws {
        let (stream, _) = try firstStrip()
        func failure(_ data: [UInt8], _ change: (inout [TIFFBuilder.Field], TIFFBuilder) -> Void = { _, _ in }) -> ImageryError? {
            var file = TIFFBuilder(data: data)
            var fields = file.gray(35, 8, compression: 7)
            change(&fields, file)
            file.directories = [fields]
            do {
                _ = try read(file)
                return nil
            } catch { return error as? ImageryError }
        }
        #expect(failure(stream) == nil)
        #expect(failure([0])?.kind == .malformed)
        let cut = try #require(failure(Array(stream.prefix(stream.count - 30))))
        #expect(cut.kind == .malformed && cut.context.hasPrefix("TIFF IFD 0 block (0, 0)"))
        #expect(try #require(cut.offset) > 8)
        // Tables that are none stand in the way of the pixels, not of the header.
        #expect(failure(stream) { $0.append($1.field(347, type: 7, count: 6, [0xff, 0xdb, 0, 4, 0, 1])) }?.kind == .malformed)
        #expect(failure(stream) { $0.append($1.field(347, type: 7, count: 2, [0, 0])) } == nil)
        // Other samples and fewer bands than the fields say.
        #expect(failure(stream) { $0[2] = $1.short(258, 16) }?.message.contains("uint8") == true)
        #expect(failure(stream) { $0[6] = $1.short(277, 3) }?.message.contains("bands") == true)
        for length in stride(from: 0, to: stream.count, by: 7) { _ = failure(Array(stream.prefix(length))) }
        var random = SeededGenerator(3)
        for _ in 0..<300 {
            var changed = stream
            for _ in 0..<3 {
                changed[Int.random(in: 2..<changed.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            _ = failure(changed)
        }
    }

    /// S92: salvage gives what is there.
    @Test func salvageOfACutStrip() throws {
        let (stream, pixels) = try firstStrip()
        var file = TIFFBuilder(data: Array(stream.prefix(stream.count - 20)))
        file.directories = [file.gray(35, 8, compression: 7)]
        var options = ReadOptions()
        options.salvage = true
        let raster = try read(file, options)
        let left = Window(x: 0, y: 0, width: 8, height: 8)
        #expect(try raster.crop(left) == pixels.crop(left))
        #expect(raster != pixels)
    }
}
