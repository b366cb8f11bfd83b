import ImageryBase
import ImageryJPEG
import ImageryKernels
import ImageryPlumbing
import TestSupport
import Testing

/// A reader of pixels in memory that notes how much is asked at once.
private final class CountingReader: ImageReader {
    let raster: Raster
    var largestRead = 0

    init(_ raster: Raster) { self.raster = raster }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        largestRead = max(largestRead, request.region.height)
        unsafe raster.copy(request.region, bands: request.bands, to: destination)
    }
}

private func layout(_ raster: Raster, bits: Int? = nil) -> ImageLayout {
    ImageLayout(
        shape: raster.shape, pixelType: raster.pixelType, bitsPerPixel: bits, blockWidth: raster.width, blockHeight: raster.height)
}

private func encoded(_ raster: Raster, bits: Int? = nil, _ change: (inout JPEGEncoder.Options) -> Void = { _ in }) throws -> [UInt8]
{
    var options = JPEGEncoder.Options()
    change(&options)
    let sink = MemorySink()
    try JPEGEncoder.encode(layout(raster, bits: bits), from: RasterReader(raster), options: options, into: sink)
    return sink.bytes
}

/// Ramps with an edge, and a texture: integers only, so that other programs can make the same.
private func scene(rows: Int = 37, columns: Int = 53, bands: Int, top: Int = 255) throws -> Raster {
    var samples: [Int] = []
    for band in 0..<bands {
        for y in 0..<rows {
            for x in 0..<columns {
                let ramp: Int = x * (5 + band) + y * (9 - 2 * band)
                var value: Int = ramp % 97 * top / 96
                if y >= rows / 3 && x >= columns / 2 { value /= 3 }
                let texture: Int = x * x * 7 + y * y * 13 + x * y * 3 + band * 31
                samples.append(min(top, value + texture % 16))
            }
        }
    }
    let shape = Shape(bands: bands, rows: rows, columns: columns)
    return top == 255 ? try Raster(samples.map { UInt8($0) }, shape: shape) : try Raster(samples.map { UInt16($0) }, shape: shape)
}

/// A file of libjpeg-turbo 3.1.3 with the scene: bytes from its first SOS to the end, and their CRC-32.
struct EncodingVector: Sendable, CustomTestStringConvertible {
    var name: String
    var bands: Int
    var isWide = false
    var count: Int
    var crc: UInt32
    var options = JPEGEncoder.Options()
    var testDescription: String { name }

    init(
        _ name: String, bands: Int, isWide: Bool = false, _ count: Int, _ crc: UInt32, _ change: (inout JPEGEncoder.Options) -> Void
    ) {
        self.name = name
        self.bands = bands
        self.isWide = isWide
        self.count = count
        self.crc = crc
        change(&options)
    }
}

/// Made by Pillow 13.0.0, `Image.save(file, "JPEG", quality=, subsampling=, optimize=, progressive=, restart_marker_rows=,
/// restart_marker_blocks=)` (CMYK of the inverted scene, which Pillow inverts), or by imagecodecs 2026.3.6, `jpeg_encode(scene, level=,
/// subsampling=, bitspersample=)`: 4:1:1 and 12 bits.
let encodingVectors: [EncodingVector] = [
    EncodingVector("gray 75", bands: 1, 975, 1_560_742_042) { $0.quality = 75 },
    EncodingVector("4:2:0 85", bands: 3, 1458, 328_642_824) { $0.quality = 85 },
    EncodingVector("4:2:2 30", bands: 3, 575, 84_831_574) { ($0.quality, $0.subsampling) = (30, .twoColumns) },
    EncodingVector("4:4:4 100 optimised", bands: 3, 5889, 3_876_670_878) {
        ($0.quality, $0.subsampling, $0.optimizesHuffman) = (100, JPEGChoices.Subsampling.full, true)
    },
    EncodingVector("4:1:1 60", bands: 3, 782, 244_780_480) { ($0.quality, $0.subsampling) = (60, .fourColumns) },
    EncodingVector("4:2:0 progressive", bands: 3, 1377, 1_564_118_502) { $0.process = .progressive },
    EncodingVector("gray progressive with restarts", bands: 1, 1507, 783_872_347) {
        ($0.process, $0.quality, $0.restart) = (.progressive, 90, .rows(1))
    },
    EncodingVector("4:2:0 restarts of a row", bands: 3, 1099, 2_045_006_276) { $0.restart = .rows(1) },
    EncodingVector("4:2:0 restarts of 3", bands: 3, 1103, 982_383_449) { $0.restart = .mcus(3) },
    EncodingVector("CMYK", bands: 4, 3638, 3_989_677_299) { _ in },
    EncodingVector("CMYK optimised", bands: 4, 3568, 1_963_154_024) { $0.optimizesHuffman = true },
    EncodingVector("12 bits 4:2:0", bands: 3, isWide: true, 2990, 60_853_597) { _ in },
    EncodingVector("12 bits gray 98", bands: 1, isWide: true, 3048, 773_702_814) { $0.quality = 98 },
]

/// S74: JPEG.
@Suite struct EncoderTests {
    /// From the first scan header on, every byte is that of the field's reference encoder with the same settings.
    @Test(arguments: encodingVectors) func scansAreThoseOfTheReferenceEncoder(vector: EncodingVector) throws {
        let raster = try scene(bands: vector.bands, top: vector.isWide ? 4095 : 255)
        let bytes = try encoded(raster) { $0 = vector.options }
        let start = try #require((0..<bytes.count - 1).first { bytes[$0] == 0xff && bytes[$0 + 1] == 0xda })
        let scans = Array(bytes[start...])
        #expect(scans.count == vector.count)
        #expect(unsafe scans.withUnsafeBytes { unsafe crc32(0, $0) } == vector.crc)
        #expect(try JPEGFile(MemorySource(bytes)).diagnostics.isEmpty)
    }

    /// S75, and stripes of rows instead of the whole image.
    @Test func bytesDoNotDependOnThreadsAndMemoryIsThatOfRows() throws {
        let raster = try scene(rows: 64, columns: 40, bands: 3)
        for rows in 1...3 {
            let one = try encoded(raster) { ($0.restart, $0.threads) = (.rows(rows), 1) }
            for threads in [2, 3, 8] {
                #expect(try encoded(raster) { ($0.restart, $0.threads) = (.rows(rows), threads) } == one)
            }
        }
        // Without restart markers threads code parts of 64 KiB, and their bits are joined; 4:2:0 leaves blocks without samples of their own.
        let noisy = try scene(rows: 1100, columns: 72, bands: 3)
        let one = try encoded(noisy) { ($0.quality, $0.threads) = (98, 1) }
        for threads in [2, 3] {
            #expect(try encoded(noisy) { ($0.quality, $0.threads) = (98, threads) } == one)
        }
        let tall = try Raster([UInt8](repeating: 9, count: 3 * 5000 * 40), shape: Shape(bands: 3, rows: 5000, columns: 40))
        let reader = CountingReader(tall)
        try JPEGEncoder.encode(layout(tall), from: reader, into: MemorySink())
        #expect(reader.largestRead * 40 * 3 <= 1 << 18)
    }

    /// Lossless gives the samples back; a point transform gives them without their lowest bits. (That other software agrees is the
    /// matter of Conformance/interop.)
    @Test(arguments: 1...7) func losslessKeepsSamples(predictor: Int) throws {
        for (bits, shift, bands) in [(8, 0, 3), (2, 0, 1), (12, 0, 1), (16, 0, 3), (16, 5, 1), (8, 3, 4)] {
            let raster = try scene(rows: 9, columns: 21, bands: bands, top: bits == 8 ? 255 : 1 << bits - 1)
            for restart in [JPEGEncoder.Restart.none, .rows(2)] {
                let bytes = try encoded(raster, bits: bits) {
                    ($0.process, $0.restart) = (.lossless(predictor: predictor, pointTransform: shift), restart)
                }
                let again = try image(bytes).read()
                if raster.pixelType == .uint8 {
                    #expect(try again.samples(as: UInt8.self) == raster.samples(as: UInt8.self).map { ($0 >> shift) << shift })
                } else if bits > 8 {
                    #expect(try again.samples(as: UInt16.self) == raster.samples(as: UInt16.self).map { ($0 >> shift) << shift })
                } else {
                    // Samples of 2 bits come back as bytes.
                    #expect(try again.samples(as: UInt8.self) == raster.samples(as: UInt16.self).map { UInt8($0) })
                }
            }
        }
    }

    /// T.81 B.4, B.5: an abbreviated stream behind the tables it shares is the image of the whole stream.
    @Test(arguments: [false, true]) func blocksShareTables(isOptimized: Bool) throws {
        var options = JPEGEncoder.Options()
        options.markers = .none
        options.optimizesHuffman = isOptimized
        let raster = try scene(rows: 32, columns: 32, bands: 3)
        let encoder = try JPEGBlockEncoder(
            bands: 3, pixelType: .uint8, bitsPerPixel: 8, width: 32, height: 32, options: options, sharesTables: true)
        let whole = try encoded(raster) { $0 = options }
        var first: [UInt8] = []
        try encoder.encode(raster, into: &first)
        // A smaller block in between, and the first once more.
        var small: [UInt8] = []
        try encoder.encode(scene(rows: 7, columns: 32, bands: 3), into: &small)
        var again: [UInt8] = []
        try encoder.encode(raster, into: &again)
        #expect(first == again)
        #expect(encoder.mcuHeight == 16)
        // SOI of the tables, the tables, the stream without its own SOI.
        let joined = encoder.sharedTables.dropLast(2) + first.dropFirst(2)
        #expect(try image(Array(joined)).read() == image(whole).read())
        #expect(try image(Array(encoder.sharedTables.dropLast(2) + small.dropFirst(2))).layout.shape.rows == 7)
        #expect(joined.count == whole.count)
    }

    /// MIL-STD-188-198A, the application segment, field by field.
    @Test func nitfBlocksSayWhatTheyBelongTo() throws {
        let segment = NITFSegment(
            interleaving: .pixel, blocksPerRow: 5, blocksPerColumn: 258, isColor: true, originalPrecision: 8, imageClass: .visible)
        let bytes = try encoded(scene(bands: 3)) { ($0.markers, $0.restart) = (.nitf(segment), .rows(1)) }
        let expected: [UInt8] =
            [0xff, 0xe6, 0, 25] + Array("NITF\0".utf8) + [2, 0] + Array("P".utf8) + [0, 5, 1, 2, 1, 8, 1, 1, 0, 2, 8, 1, 1, 0, 0]
        #expect(Array(bytes[2..<2 + expected.count]) == expected)
        #expect(bytes[2 + expected.count + 1] == 0xdb)
    }

    /// What is set and cannot be had is an error (S6), and so is a sample that does not fit.
    @Test func refusals() throws {
        func kind(_ raster: Raster, _ change: (inout JPEGEncoder.Options) -> Void = { _ in }) -> ImageryError.Kind? {
            do {
                _ = try encoded(raster, change)
                return nil
            } catch {
                return (error as? ImageryError)?.kind
            }
        }
        let (gray, color) = (try scene(bands: 1), try scene(bands: 3))
        #expect(kind(try Raster([Float](repeating: 0, count: 6), rows: 2, columns: 3)) == .unsupported)
        #expect(kind(try scene(bands: 2)) == .unsupported)
        #expect(kind(try Raster([UInt8](repeating: 0, count: 65536), rows: 1, columns: 65536)) == .unsupported)
        #expect(kind(try scene(bands: 1, top: 4096)) == .misuse)
        #expect(kind(gray) { $0.quality = 0 } == .misuse)
        #expect(kind(gray) { $0.quality = 101 } == .misuse)
        #expect(kind(gray) { $0.subsampling = .twoByTwo } == .misuse)
        #expect(kind(gray) { $0.color = .ycc } == .misuse)
        #expect(kind(gray) { $0.precision = 12 } == .misuse)
        #expect(kind(gray) { $0.restart = .mcus(65536) } == .misuse)
        #expect(kind(gray) { $0.restart = .rows(0) } == .misuse)
        #expect(kind(color) { ($0.color, $0.subsampling) = (.asStored, .twoColumns) } == .misuse)
        #expect(kind(color) { ($0.process, $0.quality) = (.lossless(), 90) } == .misuse)
        #expect(kind(color) { $0.process = .lossless(predictor: 8) } == .misuse)
        #expect(kind(color) { $0.process = .lossless(predictor: 0) } == .misuse)
        #expect(kind(color) { $0.process = .lossless(pointTransform: 8) } == .misuse)
        #expect(kind(color) { ($0.process, $0.restart) = (.lossless(), .mcus(54)) } == .misuse)
        #expect(kind(color) { ($0.process, $0.precision) = (.lossless(), 3) } == .misuse)
    }
}
