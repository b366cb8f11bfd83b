import ImageryBase
import ImageryKernels
import ImageryPNG
import ImageryPlumbing
import TestSupport
import Testing

/// A reader of pixels in memory.
private final class RasterReader: ImageReader {
    let raster: Raster
    var largestRead = 0

    init(_ raster: Raster) { self.raster = raster }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        largestRead = max(largestRead, request.region.height)
        unsafe raster.copy(request.region, to: destination)
    }
}

private func layout(_ raster: Raster) -> ImageLayout {
    ImageLayout(shape: raster.shape, pixelType: raster.pixelType, blockWidth: raster.width, blockHeight: raster.height)
}

private func encoded(_ raster: Raster, _ change: (inout PNGEncoder.Options) -> Void = { _ in }) throws -> [UInt8] {
    var options = PNGEncoder.Options()
    change(&options)
    let sink = MemorySink()
    try PNGEncoder.encode(layout(raster), from: RasterReader(raster), options: options, into: sink)
    return sink.bytes
}

/// Type and data of each chunk, whose CRCs are checked.
private func chunks(_ bytes: [UInt8]) -> [(type: String, data: [UInt8])] {
    var result: [(String, [UInt8])] = []
    var place = 8
    while place + 12 <= bytes.count {
        let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        let body = Array(bytes[place + 4..<place + 8 + length])
        let stored = bytes[place + 8 + length..<place + 12 + length].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        #expect(unsafe body.withUnsafeBytes { unsafe crc32(0, $0) } == stored)
        result.append((String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4))))
        place += 12 + length
    }
    return result
}

/// S74: PNG.
@Suite struct EncoderTests {
    /// Every foreign file, decoded and written again with its metadata, gives the foreign decoder's pixels.
    @Test(arguments: vectors, [.automatic, .adaptive, .none, .sub, .up, .average, .paeth] as [PNGEncoder.Filter])
    func foreignPixelsSurvive(vector: CodedVector, filter: PNGEncoder.Filter) throws {
        let file = try PNGFile(MemorySource(vector.bytes))
        let source = try image(file)
        var options = PNGEncoder.Options()
        options.filter = filter
        options.level = vector.rows % 10
        options.metadata = file.assets[0].makeMetadata()
        let sink = MemorySink()
        let session = source.makeReader(ReadContext(ReadOptions(), isSession: true))
        try PNGEncoder.encode(source.layout, from: session, options: options, into: sink)
        let again = try PNGFile(MemorySource(sink.bytes))
        #expect(try image(again).read() == source.read())
        #expect(try image(again).layout.bitsPerPixel == source.layout.bitsPerPixel)
        #expect(again.diagnostics.isEmpty)
        // The signature and IHDR are as foreign: only the interlace method may differ.
        #expect(Array(sink.bytes.prefix(28)) == Array(vector.bytes.prefix(28)) && sink.bytes[28] == 0)
        let kept = options.metadata?.entries.filter { $0.name != "IHDR" }
        #expect(again.assets[0].makeMetadata().entries.filter { $0.name != "IHDR" } == kept)
    }

    /// Clause 12.7's rule on rows where it is known which filter wins.
    @Test func adaptiveFilterTakesTheSmallestSum() throws {
        // A ramp to the right, the same ramp again, then noise around 0 that no filter improves.
        let ramp = (0..<40).map { UInt8($0 * 3) }
        let raster = try Raster(ramp + ramp + [UInt8](repeating: 0, count: 40), rows: 3, columns: 40)
        let data = try chunks(encoded(raster) { $0.level = 0 }).first { $0.type == "IDAT" }!.data
        // Level 0: one stored block after the two bytes of the zlib header and five of its own.
        let types = (0..<3).map { data[7 + $0 * 41] }
        #expect(types == [1, 2, 0])
    }

    @Test func everyTypeAndBandCount() throws {
        var random = SeededGenerator(3)
        for bands in 1...4 {
            let shape = Shape(bands: bands, rows: 9, columns: 11)
            let bytes = try Raster(random.bytes(bands * 99), shape: shape)
            #expect(try image(encoded(bytes)).read() == bytes)
            let words = try Raster((0..<bands * 99).map { _ in UInt16.random(in: 0...65535, using: &random) }, shape: shape)
            #expect(try image(encoded(words)).read() == words)
        }
        for depth in [1, 2, 4] {
            for columns in 1...9 {
                let raster = try Raster(
                    (0..<columns * 3).map { _ in UInt8.random(in: 0..<1 << UInt8(depth), using: &random) }, rows: 3,
                    columns: columns)
                let file = try encoded(raster) { $0.bitDepth = depth }
                #expect(file[24] == UInt8(depth))
                #expect(try image(file).read() == raster)
            }
        }
    }

    /// S14: the source is asked for stripes, whose data goes out chunk by chunk.
    @Test func memoryIsThatOfStripes() throws {
        var random = SeededGenerator(5)
        let raster = try Raster(random.bytes(3000 * 800), rows: 800, columns: 3000)
        let reader = RasterReader(raster)
        let sink = MemorySink()
        var options = PNGEncoder.Options()
        options.level = 0
        options.threads = 1
        try PNGEncoder.encode(layout(raster), from: reader, options: options, into: sink)
        #expect(reader.largestRead < 400)
        #expect(chunks(sink.bytes).filter { $0.type == "IDAT" }.count > 1)
        #expect(try image(sink.bytes).read() == raster)
    }

    /// Table 5.3: color before PLTE, PLTE before what depends on it; structural chunks are not copied (S64).
    @Test func metadataIsWrittenInOrder() throws {
        let raster = try Raster([0, 1, 1, 0] as [UInt8], rows: 2, columns: 2)
        var metadata = Metadata(schema: .png)
        metadata.entries = [
            .init("IEND", Value(bytes: [])),
            .init("tEXt", Value(group: [.init("Keyword", Value(text: "Title")), .init("Text", Value(text: "\u{e9}"))])),
            .init("tRNS", Value(bytes: [1, 2])), .init("PLTE", Value(bytes: [1, 2, 3, 4, 5, 6])),
            .init("gAMA", Value(group: [.init("Gamma", Value(0.45455))])), .init("acTL", Value(bytes: [0])),
            .init("safe", Value(bytes: [7])), .init("unSA", Value(bytes: [8])), .init("CRIT", Value(bytes: [9])),
            .init(
                "pHYs",
                Value(group: [
                    .init("PixelsPerUnitX", Value(72)), .init("PixelsPerUnitY", Value(73)), .init("UnitSpecifier", Value(0)),
                ])),
        ]
        let written = chunks(try encoded(raster) { $0.metadata = metadata })
        #expect(written.map(\.type) == ["IHDR", "gAMA", "PLTE", "tEXt", "tRNS", "safe", "pHYs", "IDAT", "IEND"])
        #expect(written[0].data[9] == 3)
        #expect(written[1].data == PNGBuilder.big(45455))
        #expect(written[3].data == Array("Title\0".utf8) + [0xe9])
        #expect(written[6].data == PNGBuilder.big(72) + PNGBuilder.big(73) + [0])
    }

    @Test func whatPNGCannotHoldIsRefused() throws {
        func kind(_ raster: Raster, _ change: (inout PNGEncoder.Options) -> Void = { _ in }) -> ImageryError.Kind? {
            do {
                _ = try encoded(raster, change)
                return nil
            } catch {
                return (error as? ImageryError)?.kind
            }
        }
        func metadata(_ name: String, _ value: Value) -> Metadata { Metadata(schema: .png, entries: [.init(name, value)]) }
        let small = try Raster([0, 1, 2, 3] as [UInt8], rows: 2, columns: 2)
        #expect(kind(try Raster([1.5] as [Float], rows: 1, columns: 1)) == .unsupported)
        #expect(kind(try Raster([1, 2] as [Int16], rows: 1, columns: 2)) == .unsupported)
        #expect(kind(try Raster([UInt8](repeating: 0, count: 5), shape: Shape(bands: 5, rows: 1, columns: 1))) == .unsupported)
        #expect(kind(small) { $0.bitDepth = 1 } == .misuse)
        #expect(kind(small) { $0.bitDepth = 3 } == .misuse)
        #expect(kind(small) { $0.bitDepth = 16 } == .misuse)
        #expect(kind(small) { $0.bitDepth = 2 } == nil)
        #expect(kind(small) { $0.level = 10 } == .misuse)
        // Index 3 has no color.
        #expect(kind(small) { $0.metadata = metadata("PLTE", Value(bytes: [UInt8](repeating: 0, count: 9))) } == .misuse)
        #expect(kind(small) { $0.metadata = metadata("PLTE", Value(bytes: [1, 2])) } == .misuse)
        #expect(kind(small) { $0.metadata = metadata("too long", Value(bytes: [])) } == .misuse)
        #expect(kind(small) { $0.metadata = metadata("tIME", Value(group: [.init("Year", Value(70000))])) } == .misuse)
        let cyrillic = Value(group: [.init("Keyword", Value(text: "Title")), .init("Text", Value(text: "\u{416}"))])
        #expect(kind(small) { $0.metadata = metadata("tEXt", cyrillic) } == .misuse)
        #expect(kind(small) { $0.metadata = metadata("iTXt", cyrillic) } == nil)
    }

    /// Metadata about samples of another color type is not written beside these (S64).
    @Test func metadataOfOtherSamplesIsLeftOut() throws {
        let source = try PNGFile(MemorySource(vectors.first { $0.name == "PngSuite basn3p04" }!.bytes))
        let rgb = try Raster([1, 2, 3] as [UInt8], shape: Shape(bands: 3, rows: 1, columns: 1))
        let written = chunks(try encoded(rgb) { $0.metadata = source.assets[0].makeMetadata() })
        #expect(written.map(\.type) == ["IHDR", "gAMA", "IDAT", "IEND"])
    }

    /// S75: the same bytes again.
    @Test func outputIsReproducible() throws {
        var random = SeededGenerator(8)
        let raster = try Raster(random.bytes(64 * 64), rows: 64, columns: 64)
        #expect(try encoded(raster) == encoded(raster))
    }
}
