import ImageryBase
import ImageryPNG
import ImageryPlumbing
import TestSupport
import Testing

/// Damaged and hostile files: errors with kinds, diagnostics, and bounded work (S90-S92).
@Suite struct HostileTests {
    let gray: [[UInt8]] = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    var stream: [UInt8] { PNGBuilder.zlib(gray.flatMap { [0] + $0 }) }

    func diagnostics(_ bytes: [UInt8]) throws -> [String] {
        try PNGFile(MemorySource(bytes)).diagnostics.map(\.message)
    }

    @Test func headersOutOfRange() {
        let data = PNGBuilder.chunk("IDAT", stream)
        let headers: [[UInt8]] = [
            PNGBuilder.header(0, 3), PNGBuilder.header(3, 0), PNGBuilder.header(1 << 31, 3), PNGBuilder.header(3, 1 << 31),
            PNGBuilder.header(3, 3, depth: 3), PNGBuilder.header(3, 3, depth: 0), PNGBuilder.header(3, 3, depth: 4, color: 2),
            PNGBuilder.header(3, 3, depth: 16, color: 3), PNGBuilder.header(3, 3, depth: 2, color: 4),
            PNGBuilder.header(3, 3, color: 1), PNGBuilder.header(3, 3, color: 5), PNGBuilder.header(3, 3, color: 7),
            PNGBuilder.header(3, 3, interlace: 2), PNGBuilder.header(3, 3, compression: 1), PNGBuilder.header(3, 3, filter: 64),
            PNGBuilder.chunk("IHDR", [0, 0, 0, 3]), [],
        ]
        for header in headers { #expect(failure(PNGBuilder.file(header, data))?.kind == .malformed) }
        #expect(failure(PNGBuilder.file(PNGBuilder.header(3, 3), PNGBuilder.header(3, 3), data))?.kind == .malformed)
    }

    @Test func missingAndMisplacedChunks() throws {
        let header = PNGBuilder.header(3, 3)
        #expect(failure([])?.kind == .malformed)
        #expect(failure(Array("not a PNG file".utf8))?.kind == .malformed)
        #expect(failure(PNGBuilder.signature)?.kind == .malformed)
        #expect(failure(PNGBuilder.file(header))?.message.contains("IDAT") == true)
        #expect(
            failure(PNGBuilder.file(PNGBuilder.header(3, 3, color: 3), PNGBuilder.chunk("IDAT", stream)))?.message.contains("PLTE")
                == true)
        let unknown = failure(PNGBuilder.file(header, PNGBuilder.chunk("ABCD"), PNGBuilder.chunk("IDAT", stream)))
        #expect(unknown?.kind == .unsupported && unknown?.message.contains("ABCD") == true)
        let apple = failure(PNGBuilder.file(PNGBuilder.chunk("CgBI", [0, 0, 0, 0]), header, PNGBuilder.chunk("IDAT", stream)))
        #expect(apple?.kind == .unsupported && apple?.message.contains("CgBI") == true)
        #expect(failure(PNGBuilder.file(header, PNGBuilder.chunk("a1 b"), PNGBuilder.chunk("IDAT", stream)))?.kind == .malformed)
        // Behind the image data the structure may be lost without harm to the pixels.
        let noEnd = PNGBuilder.signature + header + PNGBuilder.chunk("IDAT", stream)
        for tail in [[], [0, 0], PNGBuilder.chunk("tEXt", [65, 0], length: 5000), PNGBuilder.chunk("a1 b")] as [[UInt8]] {
            #expect(try samples(noEnd + tail) == gray.flatMap { $0 })
            #expect(try diagnostics(noEnd + tail).contains { $0.contains("IEND") })
        }
        #expect(try diagnostics(noEnd + PNGBuilder.chunk("IEND") + [1, 2, 3]).contains { $0.contains("3 bytes follow IEND") })
    }

    @Test func imageDataInPieces() throws {
        let header = PNGBuilder.header(3, 3)
        let parts = PNGBuilder.chunk("IDAT", Array(stream[..<9])) + PNGBuilder.chunk("tEXt", Array("Title\0x".utf8))
        let file = PNGBuilder.file(header, parts, PNGBuilder.chunk("IDAT", Array(stream[9...])))
        #expect(failure(file)?.kind == .malformed)
        #expect(try salvaged(file).samples == gray.flatMap { $0 })
    }

    /// D1: what follows the last row is neither decoded nor an error (10.1); too little is.
    @Test func imageDataOfOtherLength() throws {
        let bomb = PNGBuilder.zlib([0, 42] + [UInt8](repeating: 0, count: 200_000))
        let file = PNGBuilder.file(PNGBuilder.header(1, 1), PNGBuilder.chunk("IDAT", bomb))
        let source = CountingSource(file)
        let context = ReadContext(ReadOptions())
        let bombed = try image(PNGFile(source))
        #expect(try bombed.read(through: bombed.makeReader(context)).samples(as: UInt8.self) == [42])
        #expect(context.findings.all.contains { $0.message.contains("goes on") })
        #expect(failure(PNGBuilder.file(PNGBuilder.header(3, 4), PNGBuilder.chunk("IDAT", stream)))?.kind == .malformed)
        let trailing = PNGBuilder.file(PNGBuilder.header(3, 3), PNGBuilder.chunk("IDAT", stream + [1, 2, 3]))
        #expect(try samples(trailing) == gray.flatMap { $0 })
    }

    /// D2: compressed metadata over a limit is left out, the pixels stay readable.
    @Test func metadataBombs() throws {
        let text = PNGBuilder.zlib([UInt8](repeating: 65, count: 5000))
        let extra =
            PNGBuilder.chunk("iCCP", Array("x\0\0".utf8) + text) + PNGBuilder.chunk("zTXt", Array("Title\0\0".utf8) + text)
            + PNGBuilder.chunk("iTXt", Array("Title\0".utf8) + [1, 0, 0, 0] + text)
            + PNGBuilder.chunk("tEXt", Array("Title\0short".utf8))
        let bytes = PNGBuilder.gray(gray, extra: extra)
        func names(_ change: (inout Limits) -> Void) throws -> ([String], [Diagnostic]) {
            var options = ReadOptions()
            change(&options.limits)
            let file = try PNGFile(MemorySource(bytes), options: options)
            #expect(try image(file).read().samples(as: UInt8.self) == gray.flatMap { $0 })
            return (file.assets[0].makeMetadata().entries.map(\.name), file.diagnostics)
        }
        let all = try names { _ in }
        #expect(all.0 == ["IHDR", "iCCP", "zTXt", "iTXt", "tEXt"] && all.1.isEmpty)
        let small = try names { $0.maxMetadataItemBytes = 4999 }
        #expect(small.0 == ["IHDR", "tEXt"])
        #expect(small.1.filter { $0.message.contains("maxMetadataItemBytes") }.count == 3)
        // 5,000 bytes of data and the 5,000 they expand to fit once.
        let tight = try names { $0.maxMetadataBytes = 12_000 }
        #expect(tight.0 == ["IHDR", "iCCP", "tEXt"])
        #expect(tight.1.contains { $0.message.contains("maxMetadataBytes") })
    }

    /// D2: characters beyond ASCII are one byte of Latin-1 and two of what is kept.
    @Test(arguments: [(0x41, true), (0xe9, false)] as [(UInt8, Bool)]) func textCountsWithWhatItIsKeptAs(letter: UInt8, fits: Bool)
        throws
    {
        let text = PNGBuilder.zlib([UInt8](repeating: letter, count: 5_000))
        var options = ReadOptions()
        options.limits.maxMetadataBytes = 12_000
        let extra = PNGBuilder.chunk("zTXt", Array("Title\0\0".utf8) + text)
        let file = try PNGFile(MemorySource(PNGBuilder.gray(gray, extra: extra)), options: options)
        #expect(file.assets[0].makeMetadata().entries.contains { $0.name == "zTXt" } == fits)
        #expect(file.diagnostics.isEmpty == fits)
    }

    /// D3: opening costs one small read for each chunk.
    @Test func manyTinyChunks() throws {
        let count = 20_000
        let tiny = PNGBuilder.chunk("abCd")
        var extra: [UInt8] = []
        extra.reserveCapacity(count * tiny.count)
        for _ in 0..<count { extra += tiny }
        let source = CountingSource(PNGBuilder.gray(gray, extra: extra))
        _ = try PNGFile(source)
        #expect(source.readCount <= count + 6)
        #expect(source.lentByteCount <= 8 * count + 100)
        // And their metadata no more than the limit.
        var options = ReadOptions()
        options.limits.maxMetadataBytes = 100_000
        let limited = try PNGFile(source, options: options)
        #expect(limited.assets[0].makeMetadata().entries.count < 400)
        #expect(limited.diagnostics.count == 1)
    }

    /// D4: lengths beyond 2^31 - 1 and beyond the file.
    @Test func chunkLengths() {
        for length in [1 << 31, 0xffff_ffff, 0x7fff_ffff, 100] {
            let file = PNGBuilder.signature + PNGBuilder.header(3, 3) + PNGBuilder.chunk("tEXt", [65, 0], length: length)
            #expect(failure(file + PNGBuilder.chunk("IEND"))?.kind == .malformed)
        }
    }

    /// D5: a wrong CRC is an error in a critical chunk, and leaves out an ancillary one.
    @Test func checksums() throws {
        var header = PNGBuilder.header(3, 3)
        header[header.count - 1] ^= 1
        let badHeader = PNGBuilder.file(header, PNGBuilder.chunk("IDAT", stream))
        let badPalette = PNGBuilder.file(
            PNGBuilder.header(1, 1, color: 3), PNGBuilder.chunk("PLTE", [1, 2, 3], breakCRC: true),
            PNGBuilder.chunk("IDAT", PNGBuilder.zlib([0, 0])))
        let badData = PNGBuilder.file(PNGBuilder.header(3, 3), PNGBuilder.chunk("IDAT", stream, breakCRC: true))
        let badAdler = PNGBuilder.file(
            PNGBuilder.header(3, 3), PNGBuilder.chunk("IDAT", PNGBuilder.zlib(gray.flatMap { [0] + $0 }, breakAdler: true)))
        let all: [UInt8] = gray.flatMap { $0 }
        let cases: [([UInt8], [UInt8])] = [(badHeader, all), (badPalette, [0]), (badData, all), (badAdler, all)]
        for (file, pixels) in cases {
            #expect(failure(file)?.kind == .malformed)
            #expect(try salvaged(file).samples == pixels)
        }
        #expect(try salvaged(badData).findings.contains { $0.message.contains("CRC") })
        #expect(try salvaged(badAdler).findings.contains { $0.message.contains("Adler") })
        let badText = PNGBuilder.gray(gray, extra: PNGBuilder.chunk("tEXt", Array("Title\0x".utf8), breakCRC: true))
        #expect(try samples(badText) == gray.flatMap { $0 })
        let file = try PNGFile(MemorySource(badText))
        #expect(file.assets[0].makeMetadata()["tEXt"] == nil)
        #expect(file.diagnostics.contains { $0.message.contains("CRC") })
    }

    /// D6: palettes of impossible size, and more transparency than palette.
    @Test func palettes() throws {
        let data = PNGBuilder.chunk("IDAT", PNGBuilder.zlib([0, 0]))
        let header = PNGBuilder.header(1, 1, color: 3)
        for count in [0, 1, 4, 769, 771] {
            let palette = PNGBuilder.chunk("PLTE", [UInt8](repeating: 9, count: count))
            #expect(failure(PNGBuilder.file(header, palette, data))?.kind == .malformed)
            // Where the palette is a mere suggestion the pixels do not need it.
            let color = PNGBuilder.chunk("IDAT", PNGBuilder.zlib([0, 1, 2, 3]))
            let suggested = PNGBuilder.file(PNGBuilder.header(1, 1, color: 2), palette, color)
            #expect(try samples(suggested) == [1, 2, 3])
            #expect(try !diagnostics(suggested).isEmpty)
        }
        let palette = PNGBuilder.chunk("PLTE", [1, 2, 3, 4, 5, 6])
        #expect(failure(PNGBuilder.file(header, palette, palette, data))?.kind == .malformed)
        let transparent = PNGBuilder.file(header, palette, PNGBuilder.chunk("tRNS", [1, 2, 3]), data)
        #expect(try samples(transparent) == [0])
        #expect(try diagnostics(transparent).contains { $0.contains("transparency") })
        #expect(try PNGFile(MemorySource(transparent)).assets[0].makeMetadata()["tRNS"]?.bytes == [1, 2, 3])
    }

    /// D7: an index without a color stays as it is stored.
    @Test func indexesBeyondThePalette() throws {
        let file = PNGBuilder.file(
            PNGBuilder.header(4, 1, depth: 4, color: 3), PNGBuilder.chunk("PLTE", [UInt8](repeating: 9, count: 9)),
            PNGBuilder.chunk("IDAT", PNGBuilder.zlib([0, 0x01, 0x2f])))
        let context = ReadContext(ReadOptions())
        let source = try image(file)
        #expect(try source.read(through: source.makeReader(context)).samples(as: UInt8.self) == [0, 1, 2, 15])
        #expect(context.findings.all.contains { $0.message.contains("palette of 3 entries") })
    }

    /// D9: an animation's promises cost nothing.
    @Test func animations() throws {
        func frame(_ number: Int, width: Int = 3) -> [UInt8] {
            PNGBuilder.chunk(
                "fcTL",
                PNGBuilder.big(number) + PNGBuilder.big(width) + PNGBuilder.big(3) + PNGBuilder.big(0) + PNGBuilder.big(0) + [
                    0, 1, 0, 10, 0, 0,
                ])
        }
        let promise = PNGBuilder.chunk("acTL", PNGBuilder.big(0x7fff_ffff) + PNGBuilder.big(7))
        let bytes = PNGBuilder.gray(gray, extra: promise + frame(0, width: 4))
        let animated = Array(bytes.dropLast(12)) + PNGBuilder.chunk("fdAT", PNGBuilder.big(5) + stream) + PNGBuilder.chunk("IEND")
        #expect(try samples(animated) == gray.flatMap { $0 })
        let metadata = try PNGFile(MemorySource(animated)).assets[0].makeMetadata()
        #expect(metadata["acTL"]?["NumFrames"]?.int == 0x7fff_ffff)
        #expect(metadata["acTL"]?["NumPlays"]?.int == 7)
        let found = try diagnostics(animated)
        #expect(found.contains { $0.contains("not inside the image") })
        #expect(found.contains { $0.contains("sequence number is 5 instead of 1") })
        #expect(found.contains { $0.contains("2147483647 frames are promised, 1 are there") })
    }

    /// A1, A2: dimensions without data cost an error, not memory.
    @Test func hugeDimensions() throws {
        for interlace in [0, 1] {
            let file = PNGBuilder.file(
                PNGBuilder.header(0x7fff_ffff, 0x7fff_ffff, depth: 16, color: 6, interlace: interlace),
                PNGBuilder.chunk("IDAT", PNGBuilder.zlib([0, 0])))
            let source = try image(file)
            let request = ReadRequest(region: source.layout.bounds, bands: [0, 1, 2, 3])
            #expect(throws: ImageryError.self) { try source.checkCost(request, Limits()) }
            #expect(windowFailure(Window(x: 0, y: 0, width: 1, height: 1), of: file)?.kind == .limit)
        }
    }

    func windowFailure(_ window: Window, of bytes: [UInt8]) -> ImageryError? {
        do {
            _ = try image(bytes).read(window)
            return nil
        } catch {
            return error as? ImageryError
        }
    }

    /// S92: a truncated file gives the rows that are there, and zeros.
    @Test func truncation() throws {
        let bytes = PNGBuilder.gray(gray)
        let start = 8 + 25 + 8 + 2 + 5
        for length in start..<bytes.count {
            let cut = Array(bytes[..<length])
            let available = min(length - start, 12)
            // Four bytes a row, the first of which is the filter type.
            let expected = gray.flatMap { $0 }.enumerated().map { $0 / 3 * 4 + $0 % 3 + 1 < available ? $1 : 0 }
            let (pixels, findings) = try salvaged(cut)
            #expect(pixels == expected, "cut at \(length)")
            if available < 12 {
                #expect(failure(cut)?.kind == .malformed)
                #expect(!findings.isEmpty)
            } else {
                #expect(try samples(cut) == expected)
            }
        }
        #expect(throws: ImageryError.self) { try PNGFile(MemorySource(Array(bytes[..<40]))) }
    }

    @Test func unknownFilterTypes() throws {
        let file = PNGBuilder.file(
            PNGBuilder.header(2, 3), PNGBuilder.chunk("IDAT", PNGBuilder.zlib([0, 1, 2, 5, 3, 4, 0, 5, 6])))
        #expect(failure(file)?.message.contains("filter type 5") == true)
        #expect(try salvaged(file).samples == [1, 2, 0, 0, 0, 0])
    }

    /// S56: neither results nor errors depend on the number of threads, damage in the middle included.
    @Test func threadsDoNotMatter() throws {
        var random = SeededGenerator(12)
        let rows = (0..<300).map { _ in random.bytes(3000) }
        for damage in 0..<4 {
            var data = rows.flatMap { [UInt8.random(in: 0...4, using: &random)] + $0 }
            if damage == 1 { data[200 * 3001] = 77 }
            var stream = PNGBuilder.zlib(data, breakAdler: damage == 2)
            if damage == 3 { stream.removeLast(100_000) }
            let half = stream.count / 2
            let parts = PNGBuilder.chunk("IDAT", Array(stream[..<half])) + PNGBuilder.chunk("IDAT", Array(stream[half...]))
            let file = PNGBuilder.file(PNGBuilder.header(1000, 300, color: 2), parts)
            for salvage in [false, true] {
                var outcomes: [String] = []
                var rasters: [Raster] = []
                for threads in [1, 2, 5] {
                    var options = ReadOptions()
                    options.threads = threads
                    options.salvage = salvage
                    let context = ReadContext(options)
                    let source = try image(file, options)
                    do {
                        rasters.append(try source.read(through: source.makeReader(context)))
                        outcomes.append("\(context.findings.all)")
                    } catch {
                        outcomes.append("\(error)")
                    }
                }
                #expect(Set(outcomes).count == 1, "\(outcomes)")
                #expect(rasters.isEmpty == (damage > 0 && !salvage))
                #expect(rasters.allSatisfy { $0 == rasters[0] })
            }
        }
    }

    /// S90: single bytes changed at random never do more than fail.
    @Test(arguments: vectors) func changedBytes(vector: CodedVector) {
        var random = SeededGenerator(99)
        for round in 0..<150 {
            var bytes = vector.bytes
            for _ in 0...round % 3 { bytes[Int.random(in: 8..<bytes.count, using: &random)] = .random(in: 0...255, using: &random) }
            var options = ReadOptions()
            options.limits.maxPixelBytes = 1 << 20
            options.salvage = round % 2 == 0
            do {
                let file = try PNGFile(MemorySource(bytes), options: options)
                _ = file.diagnostics
                let source = try image(file)
                let region = source.layout.bounds.intersection(Window(x: 0, y: 0, width: 64, height: 64))
                _ = try source.read(region, options: options)
            } catch {
                #expect(error is ImageryError)
            }
        }
    }
}
