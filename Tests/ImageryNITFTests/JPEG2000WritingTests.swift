import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Images as codestreams: C8, M8, CD and MD. What headers and masks say; what the codestreams hold is judged by OpenJPEG, OpenJPH and GDAL in
/// Conformance/interop.
@Suite struct JPEG2000WritingTests {
    private func raster(_ type: PixelType, bands: Int, rows: Int, columns: Int) throws -> Raster {
        let shape = Shape(bands: bands, rows: rows, columns: columns)
        let samples = (0..<bands * rows * columns).map { index in 40 + (index % columns) * 3 + index / columns % rows * 2 }
        return type == .uint8
            ? try Raster(samples.map { UInt8($0) }, shape: shape) : try Raster(samples.map { UInt16($0 * 7) }, shape: shape)
    }

    private func encoded(_ source: PixelSource, _ change: (inout WriteOptions) -> Void = { _ in }) throws -> [UInt8] {
        var options = WriteOptions()
        options.date = 0
        change(&options)
        let sink = MemorySink()
        let entry = WriteEntry(key: "image:0", content: .image(source), options: options)
        options.metadata = nil
        try NITFEncoder.write([entry], format: .nitf, options: options, into: sink)
        return sink.bytes
    }

    private func fields(_ bytes: [UInt8]) throws -> [String?] {
        let file = try NITFFile(bytes)
        #expect(file.diagnostics == [])
        let metadata = try file.asset("image:0").makeMetadata()
        return ["IC", "IMODE", "NBPP", "NPPBH"].map { metadata[$0]?.trimmed }
    }

    /// S6.
    @Test func theFormatsChoice() throws {
        let pixels = try raster(.uint8, bands: 3, rows: 20, columns: 40)
        let bytes = try encoded(PixelSource(pixels))
        #expect(try fields(bytes) == ["C8", "B", "08", "0040"])
        #expect(try NITFFile(bytes).image().read() == pixels)
        let threaded = try encoded(PixelSource(pixels)) { $0.threads = 3 }
        #expect(threaded == bytes)
        // The achieved rate of a sample, xy.z, and what J2KLRA says of the one layer.
        let metadata = try NITFFile(bytes).asset("image:0").makeMetadata()
        let range = try #require(NITFFile(bytes).assets[0].byteRanges.first)
        let rate = String(Int((80 * Double(range.count) / 2400).rounded()))
        #expect(metadata["COMRAT"]?.text == "N" + String(repeating: "0", count: 3 - rate.count) + rate)
        #expect(metadata["J2KLRA"]?.bytes.map { Character(Unicode.Scalar($0)) } == Array("80500003001" + "000" + "08.000000"))
    }

    @Test func whatTheTypeDoesNotHold() throws {
        let floats = try Raster([1.5, 2] as [Float], shape: Shape(bands: 1, rows: 1, columns: 2))
        #expect(try fields(encoded(PixelSource(floats)))[0] == "NC")
        let long = try Raster([1, 2] as [UInt32], shape: Shape(bands: 1, rows: 1, columns: 2))
        #expect(try fields(encoded(PixelSource(long)))[0] == "NC")
        #expect(
            try fields(encoded(PixelSource(long)) { ($0.compression, $0.bitsPerSample) = (.jpeg2000(), 20) }) == [
                "C8", "B", "20", "0002",
            ])
        #expect(throws: ImageryError.self) { try encoded(PixelSource(floats)) { $0.compression = .jpeg2000() } }
    }

    @Test func optionsAndProfiles() throws {
        let pixels = try raster(.uint16, bands: 2, rows: 33, columns: 40)
        let high = try encoded(PixelSource(pixels)) {
            $0.compression = .jpeg2000()
            $0.jpeg2000 = JPEG2000Choices()
            $0.jpeg2000?.isHighThroughput = true
            $0.blockWidth = 16
        }
        #expect(try fields(high) == ["CD", "B", "16", "0016"])
        #expect(try NITFFile(high).image().read() == pixels)
        let npje = try encoded(PixelSource(pixels)) {
            $0.jpeg2000 = JPEG2000Choices()
            $0.jpeg2000?.profile = .npje
        }
        #expect(try NITFFile(npje).image().read() == pixels)
        let metadata = try NITFFile(npje).asset("image:0").makeMetadata()
        // 20 layers, of which the last has all.
        #expect(metadata["J2KLRA"]?.bytes.prefix(11).elementsEqual("00500002020".utf8) == true)
        // A copy is made anew.
        let again = try encoded(PixelSource(pixels)) { $0.metadata = metadata }
        let copied = try NITFFile(again).asset("image:0").makeMetadata()
        #expect(copied.all("J2KLRA").count == 1 && copied["J2KLRA"]?.bytes.first == UInt8(ascii: "8"))
        func refused(_ change: (inout WriteOptions) -> Void) -> Bool {
            do {
                _ = try encoded(PixelSource(pixels), change)
                return false
            } catch { return (error as? ImageryError)?.kind == .misuse }
        }
        for bits in [0, -1] {
            for compression in [ImageryBase.Compression.jpeg2000(), .losslessJPEG, .jpeg(quality: 75), .uncompressed] {
                #expect(refused { ($0.compression, $0.bitsPerSample) = (compression, bits) }, "\(compression), \(bits) bits")
            }
        }
        #expect(refused { ($0.compression, $0.interleave) = (.jpeg2000(), .pixel) })
        #expect(refused { ($0.compression, $0.jpeg2000) = (ImageryBase.Compression.uncompressed, JPEG2000Choices()) })
        #expect(refused { ($0.compression, $0.jpeg) = (.jpeg2000(), JPEGChoices()) })
        #expect(refused { ($0.compression, $0.bitsPerSample) = (.jpeg2000(), 4) })
    }

    /// Blocks of padding, and those that the source does not have, are not recorded.
    @Test func masks() throws {
        let shape = Shape(bands: 1, rows: 32, columns: 48)
        let samples = (0..<32 * 48).map { index -> UInt8 in
            let (row, column) = (index / 48, index % 48)
            return row < 16 && column >= 32 || row == 20 ? 9 : UInt8(20 + column)
        }
        let pixels = try Raster(samples, shape: shape)
        let bytes = try encoded(PixelSource(pixels)) {
            $0.blockWidth = 16
            $0.padValue = .integer(9)
        }
        #expect(try fields(bytes) == ["M8", "B", "08", "0016"])
        #expect(try NITFFile(bytes).image().read() == pixels)
        let file = try NITFFile(bytes)
        #expect((0..<3).map { file.image(0)?.hasBlock(row: 0, column: $0) } == [true, true, false])
        // IMDATOFF 59, no gaps: tile 0 begins behind the main header.
        let start = try #require(file.assets[0].byteRanges.first).lowerBound
        func number(_ place: Int) -> Int { bytes[start + place..<start + place + 4].reduce(0) { $0 << 8 | Int($1) } }
        #expect(number(0) == 59 && number(19) == 0xFFFF_FFFF)
        let first = start + 59 + number(11)
        #expect(Array(bytes[first..<first + 6]) == [0xff, 0x90, 0, 10, 0, 0])
    }
}

extension NITFFile {
    fileprivate func image(_ index: Int) -> (any ImageSource)? {
        if case .image(let source) = assets[index].content { source } else { nil }
    }
}
