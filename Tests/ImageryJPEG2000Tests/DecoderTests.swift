import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

extension CodestreamVector: CustomTestStringConvertible {
    var testDescription: String { name }
    var bytes: [UInt8] { decodeBase64(codestream) }
    var image: any ImageSource { get throws { try JPEG2000Streams().open(MemorySource(bytes)) } }

    func separation(_ band: Int) -> (Int, Int) { sizes.isEmpty ? (1, 1) : sizes[band] }

    /// The sample (`x`, `y`) of a component as Tests/Vectors/jpeg2000.py made it.
    func sample(_ band: Int, _ x: Int, _ y: Int) -> Int {
        let low = bits > 16 ? (977 * x + 331 * y) % (1 << 20) : 0
        let value = ((7 * x + 13 * y + 40 * band + x * y / 3) % (1 << min(bits, 8))) << max(0, bits - 8) + low
        return isSigned ? value - (1 << (bits - 1)) : value
    }
}

/// All samples as integers, in order of band, row, column.
func integers(_ raster: Raster) throws -> [Int] {
    switch raster.pixelType {
    case .uint8: try raster.samples(as: UInt8.self).map { Int($0) }
    case .int8: try raster.samples(as: Int8.self).map { Int($0) }
    case .uint16: try raster.samples(as: UInt16.self).map { Int($0) }
    case .int16: try raster.samples(as: Int16.self).map { Int($0) }
    case .uint32: try raster.samples(as: UInt32.self).map { Int($0) }
    case .int32: try raster.samples(as: Int32.self).map { Int($0) }
    case .uint64: try raster.samples(as: UInt64.self).map { Int($0) }
    default: try raster.samples(as: Int64.self).map { Int($0) }
    }
}

@Suite("Codestreams of other encoders") struct DecoderTests {
    @Test("Every sample is the one that was encoded", arguments: codestreamVectors)
    func samples(_ vector: CodestreamVector) throws {
        let image = try vector.image
        let decoded = try integers(image.read())
        if !vector.samples.isEmpty {
            // Irreversible coding: decoders round differently (S57).
            let wanted = decodeBase64(vector.samples).map { Int($0) }
            #expect(decoded.count == wanted.count)
            #expect(decoded.count == wanted.count)
            #expect(zip(decoded, wanted).allSatisfy { abs($0 - $1) <= 1 })
            return
        }
        var index = 0
        let shape = image.layout.shape
        for band in 0..<shape.bands {
            let (dx, dy) = vector.separation(band)
            for y in 0..<shape.rows {
                for x in 0..<shape.columns {
                    if decoded[index] != vector.sample(band, x / dx, y / dy) {
                        Issue.record("band \(band), column \(x), row \(y) is \(decoded[index])")
                        return
                    }
                    index += 1
                }
            }
        }
        #expect(index == decoded.count)
    }

    @Test("A component has its own size", arguments: codestreamVectors.filter { !$0.sizes.isEmpty })
    func components(_ vector: CodestreamVector) throws {
        let image = try vector.image
        for band in 0..<vector.bands {
            let component = image.component(band)
            let (dx, dy) = vector.separation(band)
            let whole = image.layout.shape
            #expect(component.layout.shape == Shape(bands: 1, rows: whole.rows / dy, columns: whole.columns / dx))
            let wanted = (0..<component.layout.shape.rows).flatMap { y in
                (0..<component.layout.shape.columns).map { vector.sample(band, $0, y) }
            }
            #expect(try integers(component.read()) == wanted)
        }
    }

    @Test(
        "A window of a level is the crop of the level, on any number of threads, with or without a session (S57)",
        arguments: codestreamVectors)
    func windows(_ vector: CodestreamVector) throws {
        let image = try vector.image
        let tolerance = vector.samples.isEmpty ? 0 : 1
        let session = image.makeReader(ReadContext(ReadOptions(), isSession: true))
        for level in 0..<image.resolutionLevels {
            let whole = try image.read(level: level)
            let size = image.layout.reduced(image.layout.bounds, level: level)
            for part in [
                Window(x: 0, y: 0, width: (size.width + 1) / 2, height: size.height),
                Window(x: size.width / 3, y: size.height / 3, width: (size.width + 1) / 2, height: (size.height + 2) / 3),
                Window(x: size.width - 1, y: size.height - 1, width: 1, height: 1),
            ] {
                let bands = Array((0..<vector.bands).reversed())
                let wanted = try integers(whole.crop(part, bands: bands))
                var options = ReadOptions()
                options.threads = 1
                let reads = [
                    try image.read(part, level: level, bands: bands),
                    try image.read(part, level: level, bands: bands, options: options),
                    try image.read(part, level: level, bands: bands, through: session),
                ]
                for read in reads {
                    #expect(try zip(integers(read), wanted).allSatisfy { abs($0 - $1) <= tolerance }, "level \(level), \(part)")
                }
            }
        }
    }

    @Test("T.800 J.10: the standard's own example")
    func standardExample() throws {
        let hex =
            "FF4FFF510029000000000001000000090000000000000000000000010000000900000000000000000001070101FF5C00074040484850FF52000C0000"
            + "0001000104040001FF90000A00000000001E0001FF93C7D40C018F0DC8755DC07C21800FB176FFD9"
        let digits = Array(hex.utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)!
        }
        let image = try JPEG2000Streams().open(MemorySource(bytes))
        #expect(image.layout.shape == Shape(bands: 1, rows: 9, columns: 1))
        #expect(try integers(image.read()) == [101, 103, 104, 105, 96, 97, 96, 102, 109])
    }

    /// No encoder at hand writes more than 32 bits. Without a wavelet, 20 more bit-planes above those that are coded (E.1: guard bits
    /// and exponent) make the same code-blocks 2^20 times as large.
    @Test("Samples of 36 bits")
    func thirtySixBits() throws {
        let vector = try #require(codestreamVectors.first { $0.name == "sixteenBitsOneResolution" })
        var bytes = vector.bytes
        let siz = try #require((0..<bytes.count).first { bytes[$0...].starts(with: [0xff, 0x51]) })
        let qcd = try #require((siz..<bytes.count).first { bytes[$0...].starts(with: [0xff, 0x5c]) })
        #expect(bytes[siz + 40] == 15 && bytes[qcd + 4] == 2 << 5 && bytes[qcd + 5] == 16 << 3)
        bytes[siz + 40] = 35
        bytes[qcd + 4] = 7 << 5
        bytes[qcd + 5] = 31 << 3
        let image = try JPEG2000Streams().open(MemorySource(bytes))
        #expect(image.layout.pixelType == .uint64 && image.layout.bitsPerPixel == 36)
        let decoded = try integers(image.read())
        for (index, sample) in decoded.enumerated() {
            let wanted = vector.sample(0, index % image.layout.shape.columns, index / image.layout.shape.columns) << 20
            // What was not coded is anything up to the last plane (E.1.1).
            #expect(abs(sample - wanted) < 1 << 20)
        }
    }

    @Test("Fewer quality layers give a coarser image")
    func layers() throws {
        let vector = try #require(codestreamVectors.first { $0.name == "layers" })
        let image = try vector.image
        let wanted = try integers(image.read())
        var errors: [Int] = []
        for layers in 1...3 {
            var options = ReadOptions()
            options.qualityLayers = layers
            errors.append(try zip(integers(image.read(options: options)), wanted).reduce(0) { $0 + abs($1.0 - $1.1) })
        }
        #expect(errors[0] > errors[1] && errors[1] > 0 && errors[2] == 0)
    }

    @Test("A window touches only the tiles under it")
    func touched() throws {
        let vector = try #require(codestreamVectors.first { $0.name == "tiles" })
        let source = CountingSource(vector.bytes)
        let image = try JPEG2000Streams().open(source)
        // Without TLM the tile-parts are found by their headers.
        #expect(image.resolutionLevels == 2)
        source.reset()
        _ = try image.read(Window(x: 0, y: 0, width: 8, height: 8))
        let ranges = try image.byteRanges(ReadRequest(region: Window(x: 0, y: 0, width: 8, height: 8), bands: [0]))
        #expect(ranges.count == 1)
        #expect(
            source.touched.allSatisfy { range in
                ranges.contains { $0.contains(range.lowerBound) && range.upperBound <= $0.upperBound }
            })
        #expect(source.touched.reduce(0) { $0 + $1.count } < vector.bytes.count / 4)
    }

    @Test("A walk over windows of any size decodes hardly more code-blocks than one read (S7)")
    func sessionKeepsBlocksOfTiles() throws {
        let raster = try Raster((0..<96 * 96).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 4) }, rows: 96, columns: 96)
        var options = JPEG2000Encoder.Options()
        (options.tileWidth, options.tileHeight, options.levels) = (48, 48, 2)
        (options.blockWidthExponent, options.blockHeightExponent) = (3, 3)
        let layout = ImageLayout(shape: raster.shape, pixelType: .uint8, blockWidth: 48, blockHeight: 48)
        let sink = MemorySink()
        try JPEG2000Encoder.encode(layout, from: RasterReader(raster), options: options, into: sink)
        let image = try #require(
            try JPEG2000File(MemorySource(sink.bytes), options: ReadOptions()).assets[0].imageSource as? Codestream)
        func blocks(_ size: Int) throws -> Int {
            let reader = CodestreamReader(image.index, image.grid, nil, ReadContext(ReadOptions(), isSession: true))
            for y in stride(from: 0, to: 96, by: size) {
                for x in stride(from: 0, to: 96, by: size) {
                    let part = Window(x: x, y: y, width: min(size, 96 - x), height: min(size, 96 - y))
                    #expect(try image.read(part, through: reader) == raster.crop(part))
                }
            }
            return reader.decodedBlocks
        }
        let once = try blocks(96)
        for size in [7, 20, 31, 48, 64] { #expect(try blocks(size) * 2 <= once * 3, "windows of \(size)") }
    }

    @Test("A session decodes no code-block twice in a row of windows (S7)")
    func sessionKeepsBlocks() throws {
        let vector = try #require(codestreamVectors.first { $0.name == "plain" })
        let image = try #require(try vector.image as? Codestream)
        let reader = CodestreamReader(image.index, image.grid, nil, ReadContext(ReadOptions(), isSession: true))
        for x in stride(from: 0, to: 37, by: 8) {
            let part = Window(x: x, y: 0, width: min(8, 37 - x), height: 29)
            _ = try image.read(part, through: reader)
        }
        // Three levels of one block a band: LL and three times HL, LH, HH without what is empty.
        #expect(reader.decodedBlocks == 7)
    }
}
