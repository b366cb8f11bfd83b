import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryNITF

/// HOSTILE F: files that lie.
@Suite struct HostileTests {
    private func kind(_ body: () throws -> Void) -> ImageryError.Kind? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ImageryError)?.kind
        }
    }

    private let plain = NITFBuilder.image(rows: 3, columns: 4)
    private let samples = (0..<12).map { UInt8(truncatingIfNeeded: $0 * 31) }

    private func read(_ builder: NITFBuilder) throws -> [UInt8] {
        try NITFFile(try builder.bytes).image().read().samples(as: UInt8.self)
    }

    @Test func headersThatAreNone() {
        for text in ["", "NITF", "NITF02.10", "NITF02.10" + String(repeating: " ", count: 400), "NITF03.00", "not an NITF file"] {
            #expect(kind { _ = try NITFFile(Array(text.utf8)) } == .malformed)
        }
        #expect(NITFFile.format(of: Array("NITF02.00".utf8)) == .nitf20 && NITFFile.format(of: Array("NSIF01.00x".utf8)) == .nsif)
        #expect(NITFFile.format(of: Array("NITF".utf8)) == nil)
    }

    /// F1, F2: wrong lengths are diagnostics where the file can be read.
    @Test func wrongLengthsOfTheFile() throws {
        for length in ["0", "1", "99999", "999999999998", "abc"] {
            var builder = plain
            builder.file["FL"] = length
            #expect(try read(builder) == samples)
            #expect(try NITFFile(try builder.bytes).diagnostics.count == (length == "abc" ? 0 : 1))
        }
        var streamed = plain
        streamed.file["FL"] = "999999999999"
        #expect(try read(streamed) == samples)
        for length in ["0", "403", "405", "999999", "-5"] {
            var builder = plain
            builder.file["HL"] = length
            #expect(try read(builder) == samples, "HL \(length)")
            #expect(try !NITFFile(try builder.bytes).diagnostics.isEmpty)
        }
    }

    @Test func wrongLengthsOfSegments() throws {
        for length in [0, 5, 11, 13, 9_999_999_998, 9_999_999_999] {
            var builder = plain
            builder.segments[0].statedData = length
            #expect(try read(builder) == samples, "LI \(length)")
        }
        var both = plain
        both.segments.append(NITFBuilder.text(Array("text".utf8)))
        both.segments[0].statedData = 40
        let file = try NITFFile(try both.bytes)
        #expect(file.assets.map(\.key) == ["image:0"] && !file.diagnostics.isEmpty)
        #expect(try file.image().read().samples(as: UInt8.self) == samples)
        for length in [0, 1, 2, 333, 400, 999_999] {
            var builder = plain
            builder.segments[0].statedSubheader = length
            let file = try NITFFile(try builder.bytes)
            #expect(!file.diagnostics.isEmpty, "LISH \(length)")
        }
        // The last field is cut: the pixels are described.
        var cut = plain
        cut.segments[0].change = { Array($0.dropLast(5)) }
        #expect(try read(cut) == samples)
        #expect(try NITFFile(try cut.bytes).diagnostics.count == 1)
    }

    /// F3: more segments are listed than there are.
    @Test func segmentsThatAreNotThere() throws {
        var builder = plain
        builder.segments += [NITFBuilder.Segment](repeating: NITFBuilder.text([1]), count: 998)
        let bytes = try builder.bytes
        let end = try NITFFile(bytes).assets[0].byteRanges[0].upperBound
        let source = CountingSource(Array(bytes[..<end]))
        let file = try NITFFile(source)
        #expect(file.assets.count == 1)
        #expect(file.diagnostics.count == 2)
        #expect(source.lentByteCount < 4 * end)
        let short = try plain.bytes
        let lied = Array(short[..<360]) + Array("999".utf8) + Array(short[363...])
        #expect(kind { _ = try NITFFile(lied) } == .malformed)
    }

    /// F4, F5: counts that the bytes cannot hold.
    @Test func countsBeyondTheBytes() throws {
        for (offset, digits) in [(372, "9"), (375, "9"), (375, "000000"), (375, "099999"), (375, "0-9999"), (372, "x")] {
            var builder = plain
            builder.segments[0].change = { bytes in
                var bytes = bytes
                bytes.replaceSubrange(offset..<offset + digits.utf8.count, with: digits.utf8)
                return bytes
            }
            let source = CountingSource(try builder.bytes)
            let file = try NITFFile(source)
            #expect(!file.diagnostics.isEmpty, "\(offset) \(digits)")
            #expect(source.lentByteCount < 4 * source.byteCount)
        }
        var tables = plain
        tables.segments[0].bands = [["NLUTS": "4", "NELUT": "1"]]
        tables.segments[0].change = { bytes in
            var bytes = bytes
            // NELUT of the first band.
            bytes.replaceSubrange(389..<394, with: "65536".utf8)
            return bytes
        }
        #expect(try !NITFFile(try tables.bytes).diagnostics.isEmpty)
    }

    /// F6, F7, A1, A4: sizes beyond measure cost nothing until a read, which says what is wrong.
    @Test func sizesBeyondMeasure() throws {
        let sizes = [
            (81_911_808, 8192, 9999, 64, 9), (8192, 8192, 1, 8, 99), (99_999_999, 0, 1, 64, 1), (81_911_808, 8192, 9999, 1, 1),
        ]
        for (side, block, count, bits, bands) in sizes {
            for mode in ["B", "P", "R", "S"] {
                for compression in ["NC", "NM"] {
                    var builder = NITFBuilder.image(
                        rows: side, columns: side, bands: 1, bits: bits, mode: mode, blockWidth: 0, blockHeight: 0,
                        data: [UInt8](repeating: 0, count: 64))
                    builder.image["NPPBH"] = "\(block)"
                    builder.image["NPPBV"] = "\(block)"
                    builder.image["NBPR"] = "\(count)"
                    builder.image["NBPC"] = "\(count)"
                    builder.image["IC"] = compression
                    builder.image["NBANDS"] = bands < 10 ? "\(bands)" : "0"
                    builder.image["XBANDS"] = "\(bands)"
                    builder.segments[0].bands = [[String: String]](repeating: [:], count: bands)
                    let source = CountingSource(try builder.bytes)
                    let image = try NITFFile(source).image()
                    #expect(source.lentByteCount < 4 * source.byteCount)
                    #expect(kind { _ = try image.read(Window(x: 5000, y: 5000, width: 2, height: 2)) } == .malformed)
                    #expect(kind { _ = try image.byteRanges(ReadRequest(region: image.layout.bounds, bands: [0])) } == .malformed)
                }
            }
        }
    }

    @Test func zeroFieldsAreDiagnostics() throws {
        for name in ["NROWS", "NCOLS", "NBPR", "NBPC", "NBPP"] {
            var builder = plain
            builder.image[name] = "0"
            let file = try NITFFile(try builder.bytes)
            #expect(file.assets.isEmpty && file.diagnostics.count == 1, "\(name)")
        }
    }

    @Test func combinationsWithoutMeaning() throws {
        let changes: [([String: String], ImageryError.Kind)] = [
            (["PVTYPE": "R"], .unsupported), (["PVTYPE": "C"], .unsupported), (["PVTYPE": "X"], .unsupported),
            (["NBPP": "96"], .unsupported), (["IC": "C8", "COMRAT": "N010"], .malformed),
            (["IC": "C6", "COMRAT": "00.0"], .unsupported), (["IC": "zz"], .unsupported),
            (["IMODE": "X"], .malformed), (["NCOLS": "5"], .malformed), (["NPPBH": "2"], .malformed),
        ]
        for (fields, expected) in changes {
            var builder = plain
            builder.image.merge(fields) { $1 }
            let image = try NITFFile(try builder.bytes).image()
            #expect(kind { _ = try image.read() } == expected, "\(fields)")
            #expect(image.hasBlock(row: 0, column: 0))
        }
    }

    // MARK: Masks

    /// 3 blocks of 2 x 2 pixels in a row, the second masked, with a mask that may lie.
    private func masked(
        imageOffset: Int? = nil, blockLength: Int = 4, padLength: Int = 0, codeBits: Int = 8, code: [UInt8] = [7],
        offsets: [Int] = [0, 0xFFFF_FFFF, 4]
    ) -> NITFBuilder {
        func number(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let tables = code + offsets.flatMap { number($0, 4) }
        var builder = NITFBuilder.image(
            rows: 2, columns: 6, blockWidth: 2, blockHeight: 2,
            data: number(imageOffset ?? 10 + tables.count, 4) + number(blockLength, 2) + number(padLength, 2) + number(codeBits, 2)
                + tables + [1, 2, 3, 4, 5, 6, 7, 8])
        builder.image["IC"] = "NM"
        return builder
    }

    @Test func rightMask() throws {
        #expect(try read(masked()) == [1, 2, 7, 7, 5, 6, 3, 4, 7, 7, 7, 8])
        // TMRLNTH: pad pixels are as stored.
        #expect(
            try read(masked(padLength: 4, offsets: [0, 0xFFFF_FFFF, 4, 0, 0xFFFF_FFFF, 4])) == [1, 2, 7, 7, 5, 6, 3, 4, 7, 7, 7, 8])
        // Without a table of blocks they follow each other; the third is not there.
        let unmasked = try NITFFile(try masked(blockLength: 0, offsets: []).bytes).image()
        #expect(try unmasked.read(Window(x: 0, y: 0, width: 4, height: 1)).samples(as: UInt8.self) == [1, 2, 5, 6])
        #expect(kind { _ = try unmasked.read() } == .malformed)
    }

    /// F8, F9, F11.
    @Test func masksThatLie() throws {
        let lies = [
            masked(imageOffset: 0), masked(imageOffset: 22), masked(imageOffset: 32), masked(imageOffset: 0xFFFF_FFFF),
            masked(blockLength: 3), masked(blockLength: 0xFFFF), masked(padLength: 1), masked(padLength: 4),
            masked(codeBits: 0xFFFF), masked(codeBits: 255),
        ]
        for (number, builder) in lies.enumerated() {
            #expect(kind { _ = try read(builder) } == .malformed, "\(number)")
        }
        for bits in [1, 8, 9, 64, 88] {
            let code = [UInt8](repeating: 0xAB, count: ceilDivide(bits, 8))
            #expect(try NITFFile(try masked(codeBits: bits, code: code).bytes).image().layout.padValue == .integer(0xAB))
        }
        var short = masked()
        short.segments[0].data = [0, 0, 0]
        #expect(kind { _ = try read(short) } == .malformed)
    }

    /// F10: an offset out of range is an error of that block; overlapping and unsorted ones are read.
    @Test func offsetsThatLie() throws {
        let image = try NITFFile(try masked(offsets: [4, 0xFFFF_FFFE, 4]).bytes).image()
        #expect(try image.read(Window(x: 0, y: 0, width: 2, height: 2)).samples(as: UInt8.self) == [5, 6, 7, 8])
        #expect(try image.read(Window(x: 4, y: 0, width: 2, height: 2)).samples(as: UInt8.self) == [5, 6, 7, 8])
        #expect(image.hasBlock(row: 0, column: 1))
        #expect(kind { _ = try image.read(Window(x: 2, y: 0, width: 1, height: 1)) } == .malformed)
        var options = ReadOptions()
        options.salvage = true
        #expect(try image.read(options: options).samples(as: UInt8.self) == [5, 6, 7, 7, 5, 6, 7, 8, 7, 7, 7, 8])
    }

    // MARK: Extensions

    /// F12: lengths below 3.
    @Test func lengthsOfAreasBelowThree() throws {
        for length in ["1", "2", "3"] {
            var builder = plain
            builder.image["UDIDL"] = length
            #expect(try read(builder) == samples)
            #expect(try NITFFile(try builder.bytes).diagnostics.count == (length == "3" ? 0 : 1), "\(length)")
        }
    }

    /// F13, F17: links of overflow segments that lead nowhere, to each other or back.
    @Test func overflowThatLeadsAstray() throws {
        for (area, item, link) in [("UDID", 2, "1"), ("UDID", 1, "0"), ("UDID", 1, "2"), ("XXXX", 1, "1"), ("UDHD", 1, "1")] {
            var builder = plain
            builder.segments[0].areas = ["UDID": NITFBuilder.tre("ONE", [1])]
            builder.image["UDOFL"] = link
            let two = NITFBuilder.tre("TWO", [2])
            builder.segments.append(NITFBuilder.dataExtension("TRE_OVERFLOW", two, area: area, item: item))
            let file = try NITFFile(try builder.bytes)
            #expect(file.diagnostics.count == 1, "\(area) \(item) \(link)")
            #expect(file.assets.count == 2 && file.assets[0].makeMetadata()["ONE"] != nil)
        }
        // A segment that continues itself, and a segment of an extension, have no area.
        var own = plain
        own.segments.append(NITFBuilder.dataExtension("TRE_OVERFLOW", NITFBuilder.tre("TRE_OV", []), area: "DESSHF", item: 1))
        #expect(try NITFFile(try own.bytes).diagnostics.count == 1)
    }

    /// F14: a broken extension is a diagnostic; what follows keeps its bytes.
    @Test func extensionsThatLie() throws {
        let ends: [[UInt8]] = [
            NITFBuilder.tre("BAD", [1, 2], length: "99999"), NITFBuilder.tre("BAD", [1, 2], length: "3"),
            NITFBuilder.tre("BAD", [1, 2], length: "-4"), NITFBuilder.tre("BAD", [], length: "abc"), [1, 2, 3],
        ]
        for end in ends {
            var builder = plain
            builder.segments[0].areas = ["IXSHD": NITFBuilder.tre("GOOD", [7]) + end]
            let file = try NITFFile(try builder.bytes)
            #expect(file.diagnostics.count == 1)
            let metadata = file.assets[0].makeMetadata()
            #expect(metadata["GOOD"] == Value(bytes: [7]))
            #expect(metadata["IXSHD:unparsed"] == Value(bytes: end))
            #expect(try file.image().read().samples(as: UInt8.self) == samples)
        }
    }

    /// F15: time and memory linear in the number of extensions.
    @Test func manyEmptyExtensions() throws {
        var builder = plain
        builder.image["IXSHDL"] = "3"
        builder.image["IXSOFL"] = "1"
        let area = [[UInt8]](repeating: NITFBuilder.tre("EMPTY", []), count: 100_000).flatMap { $0 }
        builder.segments.append(NITFBuilder.dataExtension("TRE_OVERFLOW", area, area: "IXSHD", item: 1))
        let source = CountingSource(try builder.bytes)
        let file = try NITFFile(source)
        #expect(source.lentByteCount < 2 * source.byteCount)
        #expect(file.diagnostics == [])
        #expect(file.assets[0].makeMetadata().all("EMPTY").count == 100_000)
        var options = ReadOptions()
        options.limits.maxMetadataBytes = 1000
        let limited = try NITFFile(try builder.bytes, options: options)
        #expect(limited.diagnostics.count == 1 && limited.assets.count == 2)
    }

    /// F22: text that is not what it says.
    @Test func textThatIsNone() throws {
        var builder = plain
        builder.segments.append(NITFBuilder.text([UInt8](repeating: 0xFF, count: 9_999), format: "U8S"))
        let asset = try NITFFile(try builder.bytes).asset("text:0")
        guard case .text(let encoding) = asset.content else {
            Issue.record("no text")
            return
        }
        #expect(encoding.decode([UInt8](repeating: 0xFF, count: 9_999)).unicodeScalars.count == 9_999)
    }

    // MARK: Any bytes

    private var everything: NITFBuilder {
        var builder = NITFBuilder.image(rows: 4, columns: 4, bands: 2, mode: "S", blockWidth: 2, blockHeight: 2)
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("ONE", [1])]
        builder.segments += [
            NITFBuilder.graphic([0]), NITFBuilder.text([65]), NITFBuilder.dataExtension("A", [1]),
            NITFBuilder.reservedExtension("B", [2]),
        ]
        return builder
    }

    private func exercise(_ source: any ByteSource) throws {
        let file = try NITFFile(source)
        _ = file.metadata
        _ = file.dump()
        for asset in file.assets {
            _ = asset.makeMetadata()
            #expect(asset.byteRanges.allSatisfy { $0.upperBound <= source.byteCount })
            if case .image(let image) = asset.content, image.layout.shape.sampleCount ?? .max < 1_000 { _ = try image.read() }
        }
    }

    /// H2, H3: files that end, and sources that fail, at every byte.
    @Test func cutAndFailingFiles() throws {
        let bytes = try everything.bytes
        for count in 0..<bytes.count {
            let problem = kind { try exercise(MemorySource(bytes[..<count])) }
            #expect(problem == nil || problem == .malformed)
        }
        for count in stride(from: 0, to: bytes.count, by: 37) {
            #expect(kind { try exercise(FailingSource(bytes, failsFrom: count)) } == .io)
        }
    }

    @Test func changedBytes() throws {
        let bytes = try everything.bytes
        var random = SeededGenerator(11)
        let alphabet = Array("0123456789 -+ABCMNPRSI".utf8) + [0, 0xFF]
        for _ in 0..<600 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                changed[Int.random(in: 0..<bytes.count, using: &random)] = alphabet.randomElement(using: &random) ?? 0
            }
            let problem = kind { try exercise(MemorySource(changed)) }
            #expect(problem != .io && problem != .misuse)
        }
    }
}
