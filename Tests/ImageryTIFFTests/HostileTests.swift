import ImageryBase
import ImageryDeflate
import ImageryPlumbing
import ImageryTIFF
import TestSupport
import Testing

/// HOSTILE C: files that lie.
@Suite struct HostileTests {
    private func kind(_ body: () throws -> Void) -> ImageryError.Kind? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ImageryError)?.kind
        }
    }

    private func deflated(_ bytes: [UInt8]) throws -> [UInt8] { try unsafe Deflater.compress(bytes.span.bytes, format: .zlib) }

    private func read(_ bytes: [UInt8], _ key: AssetKey = "image:0") throws { _ = try TIFFFile(bytes).image(key).read() }

    @Test func headersThatAreNone() {
        for bytes in [[], [0x49], [0x49, 0x49, 42, 0], [0x49, 0x49, 42, 0, 8, 0, 0, 0], Array("not a TIFF file".utf8)] as [[UInt8]]
        {
            #expect(kind { _ = try TIFFFile(bytes) } == .malformed)
        }
        #expect(TIFFFile.format(of: [0x49, 0x49, 43, 0, 8]) == .tiff)
        #expect(TIFFFile.format(of: [0x49, 0x4d, 42, 0]) == nil)
    }

    @Test func zeroFieldsAreErrorsOrDefaults() throws {
        let plain = TIFFBuilder(data: [UInt8](1...12))
        for tag in [256, 257, 258, 277] {
            var file = plain
            var fields = file.gray(4, 3)
            fields[fields.firstIndex { $0.tag == tag }!].value = [0, 0, 0, 0]
            file.directories = [fields]
            #expect(kind { try read(file.bytes) } == .malformed, "tag \(tag)")
        }
        for rows in [0, 0xFFFF_FFFF, 7] {
            var file = plain
            var fields = file.gray(4, 3)
            fields[fields.firstIndex { $0.tag == 278 }!] = file.long(278, rows)
            file.directories = [fields]
            #expect(try TIFFFile(file.bytes).image().read().samples(as: UInt8.self) == Array(1...12))
        }
        var tiles = plain
        tiles.directories = [tiles.gray(4, 3).filter { $0.tag != 278 } + [tiles.long(322, 0), tiles.long(323, 16)]]
        #expect(kind { try read(tiles.bytes) } == .malformed)
    }

    @Test func sizesBeyondMeasure() {
        for (width, height) in [(0x7FFF_FFFF, 2), (60_000, 60_000), (1, 0xFFFF_FFFF)] {
            var file = TIFFBuilder(data: [1, 2, 3, 4])
            file.directories = [file.gray(width, height)]
            let source = CountingSource(file.bytes)
            do {
                let image = try TIFFFile(source).image()
                #expect(source.lentByteCount < 4 * file.bytes.count)
                let request = ReadRequest(region: image.layout.bounds, bands: [0])
                #expect(kind { try image.checkCost(request, Limits()) } == .limit)
                // One pixel costs one pixel.
                #expect(try image.read(Window(x: 0, y: 0, width: 1, height: 1)).samples(as: UInt8.self) == [1])
            } catch {
                Issue.record(error)
            }
        }
        var square = TIFFBuilder(data: [1])
        square.directories = [square.gray(0xFFFF_FFFF, 0xFFFF_FFFF)]
        #expect(kind { try read(square.bytes) } == .malformed)
        var bands = TIFFBuilder(data: [1])
        bands.directories = [bands.gray(0xFFFF_FFFF, 0xFFFF_FFFF).filter { $0.tag != 277 } + [bands.short(277, 65_535)]]
        #expect(kind { try read(bands.bytes) } == .malformed)
        var big = TIFFBuilder(isBig: true, data: [1])
        big.directories = [
            big.gray(1, 1).map { field in
                field.tag == 256 ? big.field(256, type: 16, count: 1, [UInt8](repeating: 0xFF, count: 8)) : field
            }
        ]
        #expect(kind { try read(big.bytes) } == .malformed)
    }

    @Test func manySamplesCostWhatTheyAre() throws {
        var file = TIFFBuilder(data: (0..<65_535).map { UInt8(truncatingIfNeeded: $0 &* 3) })
        file.directories = [file.gray(1, 1).filter { $0.tag != 277 } + [file.short(277, 65_535)]]
        let image = try TIFFFile(file.bytes).image()
        #expect(image.layout.shape.bands == 65_535)
        #expect(try image.read(bands: [65_534, 1]).samples(as: UInt8.self) == [UInt8(truncatingIfNeeded: 65_534 * 3), 3])
    }

    @Test func missingAndLyingBlockTables() throws {
        var file = TIFFBuilder(data: [UInt8](1...12))
        // No byte counts, and one that is much too large: the size of the rows counts.
        for counts in [nil, 0xFFFF_FFFF, 5] as [Int?] {
            var fields = file.gray(4, 3).filter { $0.tag != 279 }
            if let counts { fields.append(file.long(279, counts)) }
            file.directories = [fields]
            let tiff = try TIFFFile(file.bytes)
            #expect(try tiff.image().read().samples(as: UInt8.self) == Array(1...12))
            if counts != 0xFFFF_FFFF { #expect(tiff.assets[0].byteRanges == [8..<20]) }
        }
        // No offsets.
        file.directories = [file.gray(4, 3).filter { $0.tag != 273 }]
        #expect(kind { try read(file.bytes) } == .malformed)
        // Fewer offsets than strips: the rest is absent.
        var fields = file.gray(4, 3).filter { ![273, 278, 279].contains($0.tag) }
        fields += [file.long(273, 8, 12), file.long(278, 1), file.long(279, 4, 4)]
        file.directories = [fields]
        let image = try TIFFFile(file.bytes).image()
        #expect((0..<3).map { image.hasBlock(row: $0, column: 0) } == [true, true, false])
        #expect(try image.read().samples(as: UInt8.self) == Array(1...8) + [0, 0, 0, 0])
        // Millions of absent blocks are an error.
        file.directories = [file.gray(60_000, 60_000).filter { $0.tag != 278 } + [file.long(322, 1), file.long(323, 1)]]
        #expect(kind { try read(file.bytes) } == .malformed)
        // An offset outside the file hurts one block only (S92).
        fields = file.gray(4, 3).filter { ![273, 278, 279].contains($0.tag) }
        fields += [file.long(273, 8, 9_999, 16), file.long(278, 1), file.long(279, 4, 4, 4)]
        file.directories = [fields]
        let damaged = try TIFFFile(file.bytes).image()
        #expect(kind { _ = try damaged.read() } == .malformed)
        #expect(try damaged.read(Window(x: 0, y: 2, width: 4, height: 1)).samples(as: UInt8.self) == [9, 10, 11, 12])
        // All tiles at one place are allowed.
        fields = file.gray(4, 3).filter { ![273, 278, 279].contains($0.tag) }
        fields += [file.long(273, 8, 8, 8), file.long(278, 1), file.long(279, 4, 4, 4)]
        file.directories = [fields]
        #expect(try TIFFFile(file.bytes).image().read().samples(as: UInt8.self) == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
    }

    @Test func bitsThatMeanNothing() {
        for bits in [129, 65_535, 83] {
            var file = TIFFBuilder(data: [UInt8](repeating: 0, count: 400))
            file.directories = [file.gray(1, 1).filter { $0.tag != 258 } + [file.short(258, bits)]]
            let found = kind { try read(file.bytes) }
            #expect(found == .malformed || found == .unsupported)
        }
        var mixed = TIFFBuilder(data: [1, 2, 3])
        mixed.directories = [
            mixed.gray(1, 1).filter { ![258, 277].contains($0.tag) } + [mixed.short(258, 8, 8, 4), mixed.short(277, 3)]
        ]
        #expect(kind { try read(mixed.bytes) } == .unsupported)
    }

    /// C5: predictors without a meaning name themselves.
    @Test func illegalPredictors() throws {
        let stored = try deflated([1, 2, 3, 4, 5, 6, 7, 8])
        func bytes(_ predictor: Int, bits: Int, format: Int) -> [UInt8] {
            var file = TIFFBuilder(data: stored)
            file.directories = [
                file.gray(1, 1, compression: 8).filter { $0.tag != 258 }
                    + [file.short(258, bits), file.short(317, predictor), file.short(339, format)]
            ]
            return file.bytes
        }
        for (predictor, bits, format) in [(2, 12, 1), (2, 1, 1), (3, 8, 1), (3, 32, 2), (2, 64, 6), (4, 8, 1), (34_892, 8, 1)] {
            #expect(
                kind { try read(bytes(predictor, bits: bits, format: format)) } == .unsupported, "\(predictor) \(bits) \(format)")
        }
        #expect(try TIFFFile(bytes(2, bits: 16, format: 1)).image().read().samples(as: UInt16.self) == [0x0201])
        // Without a compression that has predictors the tag means nothing.
        var plain = TIFFBuilder(data: [9, 9, 9])
        plain.directories = [plain.gray(3, 1) + [plain.short(317, 2)]]
        let file = try TIFFFile(plain.bytes)
        #expect(try file.image().read().samples(as: UInt8.self) == [9, 9, 9])
        #expect(file.diagnostics.contains { $0.message.contains("Predictor 2") })
    }

    /// C6: a stream that would go on for megabytes is stopped at the strip's size.
    @Test func bombsStopAtTheStrip() throws {
        let stored = try deflated([UInt8](repeating: 7, count: 4 << 20))
        var file = TIFFBuilder(data: stored)
        file.directories = [file.gray(5, 2, compression: 8)]
        #expect(try TIFFFile(file.bytes).image().read().samples(as: UInt8.self) == [UInt8](repeating: 7, count: 10))
        // And a strip of many pixels from a few bytes is refused before memory is taken.
        file.directories = [file.gray(60_000, 60_000, compression: 8)]
        let image = try TIFFFile(file.bytes).image()
        #expect(kind { _ = try image.read(Window(x: 0, y: 59_999, width: 1, height: 1)) } == .limit)
    }

    /// All bytes are there, but the checksum behind them says that they are others.
    @Test func wrongChecksumsAreErrors() throws {
        var stored = try deflated([1, 2, 3, 4])
        stored[stored.count - 1] ^= 1
        var file = TIFFBuilder(data: stored)
        file.directories = [file.gray(4, 1, compression: 8)]
        #expect(kind { try read(file.bytes) } == .malformed)
        var options = ReadOptions()
        options.salvage = true
        let image = try TIFFFile(file.bytes).image()
        #expect(try image.read(options: options).samples(as: UInt8.self) == [1, 2, 3, 4])
    }

    @Test func unsupportedCompressionsAreNamed() {
        for (code, name) in [(9, "JBIG T.85"), (999, "unknown")] {
            var file = TIFFBuilder(data: [1, 2, 3, 4])
            file.directories = [file.gray(2, 2, compression: code)]
            do {
                try read(file.bytes)
                Issue.record("compression \(code) was read")
            } catch {
                let own = error as? ImageryError
                #expect(own?.kind == .unsupported)
                #expect(own?.message == "TIFF compression \(code) (\(name)) is not supported")
            }
        }
    }

    /// A page that cannot be used does not hide the others (S92).
    @Test func aBadPageIsADiagnostic() throws {
        var file = TIFFBuilder(data: [1, 2, 3, 4])
        file.directories = [file.gray(2, 2), [file.short(258, 8)], file.gray(2, 2)]
        let tiff = try TIFFFile(file.bytes)
        #expect(tiff.assets.map(\.key) == ["image:0", "image:1"])
        #expect(tiff.diagnostics.count == 1)
    }
}
