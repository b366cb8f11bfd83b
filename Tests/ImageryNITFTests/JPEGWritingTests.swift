import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Images of JPEG blocks: what the headers and masks say of the streams. What the streams hold is judged by libjpeg in
/// Conformance/interop.
@Suite struct JPEGWritingTests {
    private func raster(_ type: PixelType, bands: Int, rows: Int, columns: Int) throws -> Raster {
        let shape = Shape(bands: bands, rows: rows, columns: columns)
        let samples = (0..<bands * rows * columns).map { index in 40 + (index % columns) * 3 + index / columns % rows * 2 }
        return type == .uint8
            ? try Raster(samples.map { UInt8($0) }, shape: shape) : try Raster(samples.map { UInt16($0 * 7) }, shape: shape)
    }

    private func encoded(_ raster: Raster, _ change: (inout WriteOptions) -> Void) throws -> [UInt8] {
        var options = WriteOptions()
        options.date = 0
        options.compression = .jpeg(quality: 90)
        change(&options)
        let sink = MemorySink()
        // Three bands are red, green and blue here: plain ones are not mixed (S65).
        var picture = raster
        if raster.bands == 3 { picture.colorModel = .rgb }
        let entry = WriteEntry(key: "image:0", content: .image(PixelSource(picture)), options: options)
        // These metadata are the image's.
        options.metadata = nil
        try NITFEncoder.write([entry], format: .nitf, options: options, into: sink)
        return sink.bytes
    }

    /// Places of SOI with the marker behind it.
    private func streams(_ bytes: [UInt8], _ range: Range<Int>) -> [Int] {
        range.dropLast(2).filter { bytes[$0] == 0xff && bytes[$0 + 1] == 0xd8 && bytes[$0 + 2] == 0xff }
    }

    @Test(
        arguments: [
            (PixelType.uint8, 1, nil, "B", "MONO", "08", 6), (.uint8, 3, nil, "P", "YCbCr601", "08", 6),
            (.uint8, 3, .block, "B", "RGB", "08", 18),
            (.uint8, 3, .band, "S", "RGB", "08", 18), (.uint8, 2, .band, "S", "MULTI", "08", 12),
            (.uint16, 1, nil, "B", "MONO", "12", 6),
        ] as [(PixelType, Int, Interleave?, String, String, String, Int)])
    func fieldsAndStreams(
        type: PixelType, bands: Int, interleave: Interleave?, mode: String, representation: String, bits: String, count: Int
    ) throws {
        let pixels = try raster(type, bands: bands, rows: 20, columns: 40)
        let bytes = try encoded(pixels) {
            $0.interleave = interleave
            $0.blockWidth = 16
        }
        let file = try NITFFile(bytes)
        #expect(file.diagnostics == [])
        let metadata = try file.asset("image:0").makeMetadata()
        let fields = ["IC", "COMRAT", "IMODE", "IREP", "NBPP"].map { metadata[$0]?.trimmed }
        #expect(fields == ["C3", "00.0", mode, representation, bits])
        let range = try #require(file.assets[0].byteRanges.first)
        #expect(streams(bytes, range).count == count)
        let threaded = try encoded(pixels) {
            $0.interleave = interleave
            $0.blockWidth = 16
            $0.threads = 3
        }
        #expect(threaded == bytes)
        let (got, want) = (try file.image().read().numbers(), try pixels.numbers())
        let scale = type == .uint8 ? 1.0 : 7.0
        #expect(got.count == want.count)
        #expect(zip(got, want).allSatisfy { abs($0 - $1) < 40 * scale })
    }

    /// Offsets of recorded blocks lead to streams; blocks of padding have none.
    @Test(arguments: [nil, .band] as [Interleave?])
    func masksLeadToStreams(interleave: Interleave?) throws {
        var samples = [UInt8](repeating: 0, count: 3 * 32 * 32)
        for band in 0..<3 { for row in 0..<16 { for column in 0..<16 { samples[(band * 32 + row + 16) * 32 + column] = 200 } } }
        let pixels = try Raster(samples, shape: Shape(bands: 3, rows: 32, columns: 32))
        let bytes = try encoded(pixels) {
            $0.interleave = interleave
            $0.blockWidth = 16
            $0.padValue = .integer(0)
        }
        let file = try NITFFile(bytes)
        let image = try file.image()
        #expect(image.header.compression == "M3")
        #expect((0..<4).map { image.hasBlock(row: $0 / 2, column: $0 % 2) } == [false, false, true, false])
        let range = try #require(file.assets[0].byteRanges.first)
        let entries = interleave == .band ? 12 : 4
        let start = range.lowerBound + 11 + 8 * entries
        let offsets: [Int] = (0..<entries).map { entry in
            let place = range.lowerBound + 11 + 4 * entry
            return bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        let recorded = offsets.filter { $0 != 0xffff_ffff }.map { start + $0 }
        #expect(recorded == streams(bytes, range))
        #expect(recorded.count == entries / 4)
    }

    /// What the copied fields say of the samples decides how they are stored: RGB is converted, RGB of a JPEG image that was not stays,
    /// YCbCr of other images is none of ours to convert.
    @Test(arguments: [
        ("NC", "RGB", "YCbCr601"), ("C3", "YCbCr601", "YCbCr601"), ("C3", "RGB", "RGB"), ("C8", "YCbCr601", "YCbCr601"),
    ])
    func copiedRepresentation(compression: String, copied: String, stored: String) throws {
        let pixels = try raster(.uint8, bands: 3, rows: 16, columns: 16)
        let fields = [("IC", compression), ("IREP", copied)].map { Metadata.Entry($0.0, Value(text: $0.1)) }
        let bytes = try encoded(pixels) { $0.metadata = Metadata(schema: .nitf, entries: fields) }
        #expect(try NITFFile(bytes).asset("image:0").makeMetadata()["IREP"]?.trimmed == stored)
        let plain = try encoded(pixels) {
            $0.compression = Compression.uncompressed
            $0.metadata = Metadata(schema: .nitf, entries: fields)
        }
        let isRead = compression == "C3" && copied == "YCbCr601"
        #expect(try NITFFile(plain).asset("image:0").makeMetadata()["IREP"]?.trimmed == (isRead ? "RGB" : copied))
    }

    /// Compressed samples may have any number of bits; uncompressed ones get those of their type.
    @Test func bitsOfCompressedSources() throws {
        let pixels = try raster(.uint16, bands: 1, rows: 8, columns: 8)
        for (compression, bits) in [("C8", "16"), ("NC", "11")] {
            let fields = [("IC", compression), ("PVTYPE", "INT"), ("NBPP", "11"), ("ABPP", "11")]
            let bytes = try encoded(pixels) {
                $0.compression = Compression.uncompressed
                $0.metadata = Metadata(schema: .nitf, entries: fields.map { .init($0.0, Value(text: $0.1)) })
            }
            let metadata = try NITFFile(bytes).asset("image:0").makeMetadata()
            #expect(metadata["NBPP"]?.text == bits && metadata["ABPP"]?.text == "11")
        }
    }

    @Test func losslessKeepsSamples() throws {
        for (type, bands) in [(PixelType.uint8, 1), (.uint16, 1), (.uint8, 3), (.uint16, 2)] {
            let pixels = try raster(type, bands: bands, rows: 20, columns: 33)
            let file = try NITFFile(
                try encoded(pixels) {
                    $0.compression = .losslessJPEG
                    $0.blockWidth = 16
                })
            #expect(try file.image().header.compression == "C5")
            #expect(try file.image().read() == pixels)
        }
    }

    @Test func whatJPEGLacksIsAnError() throws {
        let pixels = try raster(.uint8, bands: 3, rows: 8, columns: 8)
        let changes: [(inout WriteOptions) -> Void] = [
            { $0.interleave = .row }, { $0.bitsPerSample = 12 },
            {
                $0.jpeg = {
                    var c = JPEGChoices(); c.isProgressive = true; return c
                }()
            },
            {
                $0.compression = Compression.uncompressed
                $0.jpeg = JPEGChoices()
            }, { $0.compression = .jpeg(quality: 101) },
        ]
        for (index, change) in changes.enumerated() {
            #expect(throws: ImageryError.self, "\(index)") { try encoded(pixels, change) }
        }
        let real = try Raster([1, 2, 3, 4] as [Float], rows: 2, columns: 2)
        #expect(throws: ImageryError.self) { try encoded(real) { _ in } }
        let large = try Raster([UInt16](repeating: 5000, count: 4), rows: 2, columns: 2)
        #expect(throws: ImageryError.self) { try encoded(large) { _ in } }
    }
}

/// CLEVEL (JBP-2025.1 Table G-1).
@Suite struct ComplexityTests {
    @Test func limits() {
        func level(_ change: (inout ComplexityLevel) -> Void) -> String {
            var level = ComplexityLevel()
            change(&level)
            return level.text
        }
        #expect(level { $0.extent(2_047) } == "03")
        #expect(level { $0.extent(2_048) } == "05")
        #expect(level { $0.extent(65_536) } == "07")
        #expect(level { $0.fileLength((50 << 20) - 1) } == "03")
        #expect(level { $0.fileLength(50 << 20) } == "05")
        #expect(level { $0.fileLength(1 << 30) } == "06")
        #expect(level { $0.fileLength(10 << 30) } == "09")
        #expect(level { $0.counts(images: 21, bands: 21, graphics: 0, graphicBytes: 0, texts: 0, dataExtensions: 0) } == "05")
        #expect(level { $0.counts(images: 1, bands: 1, graphics: 0, graphicBytes: 0, texts: 33, dataExtensions: 0) } == "09")
        #expect(level { $0.counts(images: 1, bands: 1_000, graphics: 0, graphicBytes: 0, texts: 0, dataExtensions: 0) } == "09")
    }
}
