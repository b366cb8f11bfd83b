import Imagery
import ImageryIndex
import TestSupport
import Testing

/// Files of few bytes that once ended the process, or cost seconds and gigabytes: each by its cause. What a file of another cause does is
/// with its format's tests.
@Suite("Few bytes cost little and end nothing (S90, S91)") struct HostileInputTests {
    private func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
    }

    /// A codestream of one tile without a packet that sends anything: all samples are 128 (T.800 A.5, A.6, B.10).
    private func codestream(columns: Int, rows: Int, extra: [UInt8] = []) -> [UInt8] {
        let sizes = [columns, rows, 0, 0, columns, rows, 0, 0].flatMap { number($0, 4) }
        let header = [0xff, 0x4f, 0xff, 0x51] + number(41, 2) + [0, 0] + sizes + [0, 1, 7, 1, 1]
        let coding: [UInt8] = [0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 0, 4, 4, 0, 1, 0xff, 0x5c, 0, 4, 0x40, 0x48]
        return header + coding + extra + [0xff, 0x90, 0, 10, 0, 0] + number(15, 4) + [0, 1, 0xff, 0x93, 0, 0xff, 0xd9]
    }

    /// A second SIZ marker segment, of no parameters, which an index would have cut out of the header that it repeats.
    @Test func aSecondImageSizeInTheMainHeader() throws {
        let bytes = codestream(columns: 8, rows: 8, extra: [0xff, 0x51, 0, 4, 0, 1])
        let dataset = try Dataset(bytes: bytes, format: .jpeg2000)
        #expect(try dataset.image().read().samples(as: UInt8.self) == [UInt8](repeating: 128, count: 64))
        #expect(dataset.validate().contains { $0.severity == .error && ($0.message.contains("SIZ") || $0.context.contains("SIZ")) })
        // Either the index leads to the same tile, or it says why there is none.
        if let index = try? TileIndex(of: dataset) { #expect(try index.kerchunk(urls: ["f"]).contains("\"f\"")) }
    }

    /// Rows of tiles times columns of tiles is beyond all numbers.
    @Test func moreTilesThanCanBeCounted() throws {
        let bytes = codestream(columns: Int(UInt32.max), rows: Int(UInt32.max))
        let image = try Dataset(bytes: bytes, format: .jpeg2000).image()
        let error = #expect(throws: ImageryError.self) { try image.tiles(width: 1, height: 1, overlap: 0) }
        #expect(error?.kind == .misuse)
        let large = #expect(throws: ImageryError.self) { try image.read() }
        #expect(large?.kind == .limit)
    }

    /// BigTIFF: ImageLength 2^63 - 1, one row a strip (TIFF 6.0 section 8).
    @Test(arguments: [Int.max, Int.max - 1, 1 << 62, Int(UInt32.max)]) func rowsBeyondWhatOffsetsCanSay(rows: Int) throws {
        func little(_ value: Int, _ size: Int) -> [UInt8] { number(value, size).reversed() }
        let tags = [(256, 3, 8), (257, 16, rows), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 16, 16), (277, 3, 1), (279, 16, 64)]
        var bytes = Array("II+\0".utf8) + little(8, 2) + little(0, 2) + little(80, 8) + [UInt8](repeating: 85, count: 64)
        bytes += little(tags.count, 8)
        for (tag, type, value) in tags { bytes += little(tag, 2) + little(type, 2) + little(1, 8) + little(value, 8) }
        bytes += little(0, 8)
        guard let image = try? Dataset(bytes: bytes, format: .tiff).image() else {
            #expect(throws: ImageryError.self) { try Dataset(bytes: bytes, format: .tiff).image() }
            return
        }
        let first = Window(x: 0, y: 0, width: 8, height: 2)
        #expect(try image.read(window: first).samples(as: UInt8.self) == [UInt8](repeating: 85, count: 16))
        for window in [Window(x: 0, y: rows - 1, width: 8, height: 1), Window(x: 0, y: 0, width: 8, height: .max)] {
            #expect(throws: ImageryError.self) { try image.read(window: window) }
            if let ranges = try? image.byteRanges(window: window) {
                #expect(ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= bytes.count })
            }
        }
    }

    /// IC I1, an image that is made from a quarter of its pixels (MIL-STD-188-198A appendix C): one of 99,999,999 columns and rows.
    @Test func anEnormousDownsampledImage() throws {
        var bytes = TinyNITF(images: [TinyTIFF.Page(width: 16, height: 16, bands: 1)]).bytes
        func set(_ old: String, _ new: String) throws {
            let place = try #require(bytes.firstRange(of: Array(old.utf8)))
            bytes.replaceSubrange(place, with: Array(new.utf8))
        }
        // NROWS and NCOLS; IC has four more characters behind it, COMRAT.
        try set("0000001600000016INT", "9999999999999999INT")
        try set("R 0NC", "R 0I100.0")
        let dataset = try? Dataset(bytes: bytes, format: .nitf)
        for window in [Window(x: 0, y: 0, width: 1, height: 1), Window(x: 99_999_998, y: 99_999_998, width: 1, height: 1)] {
            let error = #expect(throws: ImageryError.self) { try #require(dataset).image().read(window: window) }
            #expect(error?.kind != .io)
        }
        _ = dataset?.validate()
    }

    /// METH 4 (T.801 table M.22): what is copied must have a colour box that readers of JP2 know.
    @Test func aColourMethodThatIsUnknown() throws {
        let raster = try Raster([UInt8](0..<64), rows: 8, columns: 8)
        var bytes = try raster.encoded(as: .jpeg2000)
        let mark = Array("colr".utf8)
        let box = try #require(bytes.firstRange(of: mark))
        #expect(bytes[box.upperBound] == 1)
        bytes[box.upperBound] = 4
        let source = try Dataset(bytes: bytes, format: .jpeg2000)
        let copy = try Dataset.encoded(as: .jpeg2000) { writer in
            for asset in source.assets { try writer.add(copyOf: asset) }
        }
        let written = try #require(copy.firstRange(of: mark))
        #expect([1, 2].contains(copy[written.upperBound]))
        #expect(try Dataset(bytes: copy, format: .jpeg2000).image().read().samples(as: UInt8.self) == [UInt8](0..<64))
    }

    /// SamplesPerPixel 65,281 in a file of 281 bytes: what is asked of the colors once a file was asked once a band, and took a minute.
    @Test(.timeLimit(.minutes(1))) func tensOfThousandsOfBandsAreWrittenInLinearTime() throws {
        let count = 65_281
        let samples = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let raster = try Raster(samples, shape: Shape(bands: count, rows: 1, columns: 1))
        let written = try raster.encoded(as: .tiff)
        #expect(try Dataset(bytes: written, format: .tiff).image().read().samples(as: UInt8.self) == samples)
        // The same of four bits, for a format that would fill its bytes with them.
        var options = WriteOptions()
        options.bitsPerSample = 4
        let narrow = try Raster(samples.map { $0 & 15 }, shape: raster.shape).encoded(as: .tiff, options: options)
        let error = #expect(throws: ImageryError.self) {
            try Dataset(bytes: narrow, format: .tiff).image().read().encoded(as: .png)
        }
        #expect(error?.kind == .unsupported || error?.kind == .misuse)
    }
}
