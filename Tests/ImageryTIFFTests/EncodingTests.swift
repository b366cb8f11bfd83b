import ImageryBase
import TestSupport
import Testing

@testable import ImageryTIFF

/// Small files of other software, written again: their samples must come back, whatever the form. That other software reads what is written is the
/// business of Conformance/interop/tiff_writing.py.
@Suite struct EncodingTests {
    private func entry(_ raster: Raster, as key: AssetKey = "image:0", _ change: (inout WriteOptions) -> Void = { _ in })
        -> WriteEntry
    {
        var options = WriteOptions()
        change(&options)
        return WriteEntry(key: key, content: .image(PixelSource(raster)), options: options)
    }

    private func written(_ entries: [WriteEntry]) throws -> [UInt8] {
        let sink = MemorySink()
        try TIFFEncoder.write(entries, options: WriteOptions(), into: sink)
        return sink.bytes
    }

    private func written(_ raster: Raster, _ change: (inout WriteOptions) -> Void = { _ in }) throws -> TIFFFile {
        try TIFFFile(try written([entry(raster, change)]))
    }

    private func kind(_ raster: Raster, _ change: (inout WriteOptions) -> Void) -> ImageryError.Kind? {
        do {
            _ = try written(raster, change)
            return nil
        } catch {
            return (error as? ImageryError)?.kind
        }
    }

    @Test(arguments: vectors, [ImageryBase.Compression.uncompressed, .deflate, .lzw, .packBits, .zstandard])
    func foreignSamplesSurvive(_ vector: Vector, compression: ImageryBase.Compression) throws {
        let raster = try TIFFFile(vector.bytes).image().read()
        for interleave in [Interleave.pixel, .band] {
            for size in [(16, 16), (32, 16), (nil, 4), (nil, 100), (nil, nil)] as [(Int?, Int?)] {
                let file = try written(raster) { options in
                    options.compression = compression
                    options.interleave = interleave
                    (options.blockWidth, options.blockHeight) = size
                }
                #expect(try file.image().read() == raster)
            }
        }
    }

    @Test(arguments: [LERCPacking.none, .deflate, .zstandard])
    func lercLosesNothingUnlessItMay(packing: LERCPacking) throws {
        let numbers = (0..<3 * 20 * 37).map { Float($0 % 91) * 1.37 }
        let raster = try Raster(numbers, shape: Shape(bands: 3, rows: 20, columns: 37))
        for interleave in [Interleave.pixel, .band] {
            for height in [16, nil] {
                let exact = try written(raster) {
                    $0.compression = .lerc(packing: packing)
                    $0.interleave = interleave
                    $0.blockWidth = height
                }
                #expect(try exact.image().read() == raster)
                #expect(exact.metadata["50674"]?.ints == [4, packing == .none ? 0 : packing == .deflate ? 1 : 2])
            }
            let rough = try written(raster) {
                $0.compression = .lerc(maxError: 0.5, packing: packing)
                $0.interleave = interleave
            }
            let read = try rough.image().read().samples(as: Float.self)
            #expect(read != numbers && zip(read, numbers).allSatisfy { abs($0 - $1) <= 0.5 })
        }
    }

    @Test func lercKeepsWhatIsNoNumber() throws {
        var numbers = (0..<2 * 16 * 16).map { Float($0 % 17) }
        numbers[5] = .nan
        numbers[256 + 5] = .nan
        for isMixed in [false, true] {
            if isMixed { numbers[9] = .nan }
            let raster = try Raster(numbers, shape: Shape(bands: 2, rows: 16, columns: 16))
            let read = try written(raster) { $0.compression = .lerc() }.image().read().samples(as: Float.self)
            #expect(zip(read, numbers).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
        }
    }

    @Test func lercHasNoSuchSamples() throws {
        let complex = try Raster(.complexFloat32, shape: Shape(bands: 1, rows: 2, columns: 2))
        #expect(kind(complex) { $0.compression = .lerc() } == .unsupported)
        let bytes = try Raster([UInt8](repeating: 1, count: 4), rows: 2, columns: 2)
        #expect(kind(bytes) { $0.compression = .lerc(maxError: -1) } == .misuse)
        #expect(kind(bytes) { ($0.compression, $0.compressionLevel) = (.lerc(), 3) } == .misuse)
        #expect(kind(bytes) { ($0.compression, $0.compressionLevel) = (.zstandard, 0) } == .misuse)
    }

    @Test(arguments: [0, 9]) func emptyBlocksAreLeftOut(pad: Int) throws {
        var numbers = [UInt8](repeating: UInt8(pad), count: 48 * 48)
        numbers[20 * 48 + 20] = 77
        let raster = try Raster(numbers, rows: 48, columns: 48)
        let file = try written(raster) {
            $0.blockWidth = 16
            $0.omitsEmptyBlocks = true
            if pad > 0 { $0.padValue = .integer(Int64(pad)) }
        }
        let image = try file.image()
        for row in 0..<3 { for column in 0..<3 { #expect(image.hasBlock(row: row, column: column) == (row == 1 && column == 1)) } }
        #expect(try image.read().samples(as: UInt8.self) == numbers)
        let counts = try #require(file.metadata["TileByteCounts"]?.ints)
        let offsets = try #require(file.metadata["TileOffsets"]?.ints)
        #expect(counts.indices.allSatisfy { (counts[$0] == 0) == ($0 != 4) && (offsets[$0] == 0) == ($0 != 4) })
    }

    @Test(arguments: vectors) func bytesDoNotDependOnThreads(_ vector: Vector) throws {
        let raster = try TIFFFile(vector.bytes).image().read()
        func bytes(_ threads: Int) throws -> [UInt8] {
            try written([
                entry(raster) { options in
                    options.threads = threads
                    (options.blockWidth, options.blockHeight) = (16, 16)
                }
            ])
        }
        #expect(try bytes(1) == bytes(3))
    }

    /// S6: Deflate with predictor 2 for integers and 3 for floats, 256 x 256 tiles, or as many as the image fills.
    @Test func defaults() throws {
        let metadata = try written(Raster([UInt16](repeating: 7, count: 300 * 40), rows: 40, columns: 300)).metadata
        #expect(metadata["Compression"]?.int == 8)
        #expect(metadata["Predictor"]?.int == 2)
        #expect(metadata["TileWidth"]?.int == 256)
        #expect(metadata["TileLength"]?.int == 48)
        let floats = try written(Raster([Float](repeating: 0.5, count: 6), rows: 2, columns: 3)).metadata
        #expect(floats["Predictor"]?.int == 3)
    }

    @Test func optionsThatTIFFCannotExpressAreErrors() throws {
        let raster = try Raster([UInt8](repeating: 3, count: 64), rows: 8, columns: 8)
        let floats = try Raster([Float](repeating: 3, count: 64), rows: 8, columns: 8)
        #expect(kind(raster) { $0.blockWidth = 100 } == .misuse)
        #expect(kind(raster) { $0.blockHeight = 0 } == .misuse)
        #expect(kind(raster) { $0.interleave = .row } == .misuse)
        #expect(kind(raster) { $0.predictor = .floatingPoint } == .misuse)
        #expect(
            kind(raster) {
                $0.predictor = .horizontal
                $0.compression = .packBits
            } == .misuse)
        #expect(
            kind(raster) {
                $0.compressionLevel = 3
                $0.compression = .lzw
            } == .misuse)
        #expect(kind(raster) { $0.compressionLevel = 11 } == .misuse)
        #expect(kind(raster) { $0.bitsPerSample = 1 } == .misuse)
        #expect(kind(floats) { $0.bitsPerSample = 24 } == .misuse)
        #expect(kind(raster) { $0.padValue = .integer(256) } == .misuse)
        #expect(kind(raster) { $0.georeference = Georeference(crs: "WGS84") } == .misuse)
        #expect(kind(raster) { $0.compression = .losslessJPEG } == .unsupported)
        #expect(kind(raster) { $0.bitsPerSample = 2 } == nil)
        let text = WriteEntry(key: "text:0", content: .text(MemorySource([0x61]), .latin1))
        #expect { try written([entry(raster), text]) } throws: { ($0 as? ImageryError)?.kind == .unsupported }
    }

    /// S64: own tags pass in their field type; sizes and places are computed; the layout follows the copied fields unless it is set.
    @Test func metadataPass() throws {
        let raster = try Raster((0..<64).map { UInt8($0) }, rows: 8, columns: 8)
        var metadata = Metadata(schema: .tiff)
        metadata["ImageWidth"] = Value(1000, .long)
        metadata["StripOffsets"] = Value(12345, .long)
        metadata["Compression"] = Value(5, .short)
        metadata["RowsPerStrip"] = Value(3, .short)
        metadata["Artist"] = Value(text: "A. Writer")
        metadata["65000"] = Value([1.5, -2.5])
        metadata.entries.append(
            Metadata.Entry("Tag65001", code: 65001, Value(.srational, littleEndian: [1, 0, 0, 0, 255, 255, 255, 255])))
        let file = try written(raster) { $0.metadata = metadata }
        let found = file.metadata
        #expect(found["ImageWidth"]?.int == 8)
        #expect(found["Compression"]?.int == 5)
        #expect(found["StripOffsets"]?.count == 3)
        #expect(found["Artist"]?.type == .ascii)
        #expect(found["Artist"]?.text == "A. Writer")
        #expect(found["65000"]?.doubles == [1.5, -2.5])
        #expect(found["65001"] == metadata["65001"])
        #expect(try file.image().read() == raster)
        let set = try written(raster) { options in
            options.metadata = metadata
            options.compression = ImageryBase.Compression.uncompressed
        }
        #expect(set.metadata["Compression"]?.int == 1)
        // A writer reads entries of its own schema only.
        metadata.schema = .png
        let other = try written(raster) { $0.metadata = metadata }
        #expect(other.metadata["Artist"] == nil)
        var unknown = Metadata(schema: .tiff)
        unknown["NoSuchTag"] = Value(1)
        #expect(kind(raster) { $0.metadata = unknown } == .misuse)
    }

    @Test func strictChecksCharacters() throws {
        let raster = try Raster([1, 2] as [UInt8], rows: 1, columns: 2)
        var metadata = Metadata(schema: .tiff)
        metadata["Artist"] = Value(text: "Ærø")
        #expect(kind(raster) { $0.metadata = metadata } == nil)
        #expect(
            kind(raster) {
                $0.metadata = metadata
                $0.strict = true
            } == .misuse)
    }

    @Test func pagesOverviewsAndMasksKeepTheirKeys() throws {
        func gray(_ side: Int, _ value: UInt8) throws -> Raster {
            try Raster([UInt8](repeating: value, count: side * side), rows: side, columns: side)
        }
        let keys: [AssetKey] = [
            "image:0", "image:0:mask", "image:0:overview:1", "image:0:overview:1:mask", "image:0:overview:2", "image:1",
        ]
        let sizes = [40, 40, 20, 20, 10, 12]
        var entries: [WriteEntry] = []
        for (key, side) in zip(keys, sizes) { entries.append(entry(try gray(side, 1), as: key)) }
        let file = try TIFFFile(try written(entries))
        #expect(Set(file.assets.map(\.key)) == Set(keys))
        for (key, side) in zip(keys, sizes) { #expect(try file.image(key).read() == gray(side, 1)) }
        #expect(try file.image("image:0:mask").layout.bitsPerPixel == 1)
        let grown = [entry(try gray(8, 0)), entry(try gray(9, 0), as: "image:0:overview:1")]
        #expect { try written(grown) } throws: { ($0 as? ImageryError)?.kind == .misuse }
    }

    @Test func aPlaceOnTheGroundIsKept() throws {
        let raster = try Raster([UInt8](repeating: 1, count: 12), rows: 3, columns: 4)
        let north = Georeference.Affine(
            originX: 500_000, originY: 5_000_000, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10)
        let turned = Georeference.Affine(originX: 1, originY: 2, xPerColumn: 0.5, xPerRow: 0.25, yPerColumn: 0.25, yPerRow: -0.5)
        for (affine, crs) in [(north, "EPSG:32632"), (turned, "EPSG:4326")] {
            let file = try written(raster) { $0.georeference = Georeference(affine: affine, crs: crs) }
            #expect(file.assets[0].georeference?.affine == affine)
            #expect(file.assets[0].georeference?.crs == crs)
        }
        // Corners are the centres of corner pixels.
        let file = try written(raster) { options in
            options.corners = [(5, 25), (35, 25), (35, 5), (5, 5)].map { Georeference.Point(x: $0.0, y: $0.1) }
            options.crs = "EPSG:3857"
        }
        #expect(
            file.assets[0].georeference?.affine
                == Georeference.Affine(originX: 0, originY: 30, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10))
        // GTModelType 1 is projected, 2 geographic (OGC 19-008r4, 7.4.1).
        #expect(file.metadata["GeoKeys"]?["GTModelTypeGeoKey"]?.int == 1)
    }

    /// A system without a code is kept as its keys; points stay points.
    @Test func systemsWithoutACodeAreKept() throws {
        let raster = try Raster([UInt8](repeating: 1, count: 12), rows: 3, columns: 4)
        let affine = Georeference.Affine(originX: 500, originY: 5000, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10)
        // Projected, raster of points, Lambert azimuthal equal area of latitude 47 and longitude 11.
        let own = Georeference.Definition(
            directory: [
                1, 1, 0, 7, 1024, 0, 1, 1, 1025, 0, 1, 2, 1026, 34737, 4, 0, 3072, 0, 1, 32767, 3075, 0, 1, 10, 3088, 34736, 1, 1,
                3089, 34736, 1, 0,
            ], doubles: [47, 11], texts: Array("own|".utf8) + [0])
        let place = Georeference(affine: affine, definition: own)
        let file = try written(raster) { $0.georeference = place }
        #expect(file.assets[0].georeference == place)
        #expect(file.metadata["GeoKeys"]?["ProjMethodGeoKey"]?.int == 10)
        // The tie is of the first pixel's centre.
        #expect(file.metadata["33922"]?.doubles == [0, 0, 0, 505, 4995, 0])
        // Keys that contradict the code are not those of the place.
        let other = try written(raster) { $0.georeference = Georeference(affine: affine, crs: "EPSG:32632", definition: own) }
        #expect(other.assets[0].georeference == Georeference(affine: affine, crs: "EPSG:32632"))
    }

    /// TIFF 6.0 section 13: the bytes 7 7 7 8 8 7 7 6 6 become the codes 256 7 258 8 8 258 6 6 257.
    @Test func exampleOfLZW() throws {
        let input: [UInt8] = [7, 7, 7, 8, 8, 7, 7, 6, 6]
        var output = [UInt8](repeating: 0, count: LZWEncoder.bound(input.count))
        let encoder = try LZWEncoder()
        let count = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes {
                unsafe encoder.encode(source.baseAddress!, count: input.count, into: $0.baseAddress!)
            }
        }
        var bits = ""
        for byte in output[..<count] {
            bits += String(repeating: "0", count: byte.leadingZeroBitCount) + (byte == 0 ? "" : String(byte, radix: 2))
        }
        let codes = stride(from: 0, to: 81, by: 9).map { start in
            Int(bits.dropFirst(start).prefix(9), radix: 2) ?? -1
        }
        #expect(codes == [256, 7, 258, 8, 8, 258, 6, 6, 257])
    }

    /// Long and noisy blocks: every width of code, cleared tables, many blocks through one encoder.
    @Test func longBlocksThroughLZW() throws {
        let encoder = try LZWEncoder()
        var random = SeededGenerator(77)
        for (count, range) in [(0, 1), (1, 256), (70_000, 256), (70_000, 3), (9_000, 1), (300_000, 16)] {
            let input = (0..<count).map { _ in UInt8(truncatingIfNeeded: Int(random.next() >> 1) % range) }
            var packed = [UInt8](repeating: 0, count: LZWEncoder.bound(count))
            let used = unsafe (input + [0]).withUnsafeBytes { source in
                unsafe packed.withUnsafeMutableBytes {
                    unsafe encoder.encode(source.baseAddress!, count: count, into: $0.baseAddress!)
                }
            }
            var decoder = LZWDecoder()
            var output = [UInt8](repeating: 0, count: count + blockSlack)
            let written = unsafe packed[..<used].withUnsafeBytes { source in
                unsafe output.withUnsafeMutableBytes { unsafe decoder.decode(source, into: $0.baseAddress!, count: count).0 }
            }
            #expect(written == count)
            #expect(Array(output[..<count]) == input)
        }
    }

    /// The example of Apple's Technical Note 1023, to which section 9 refers.
    @Test func exampleOfPackBits() {
        let input: [UInt8] =
            [0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22]
            + [UInt8](repeating: 0xaa, count: 10)
        var output = [UInt8](repeating: 0, count: PackBits.bound(input.count))
        let count = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes {
                unsafe PackBits.encode(source.baseAddress!, count: input.count, into: $0.baseAddress!)
            }
        }
        #expect(
            Array(output[..<count]) == [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa])
    }

    @Test func noiseThroughPackBitsStaysWithinItsBound() {
        var random = SeededGenerator(5)
        for count in [0, 1, 2, 127, 128, 129, 130, 257, 1000] {
            let input = (0..<count).map { _ in UInt8(truncatingIfNeeded: Int(random.next() >> 1) % 3) }
            var packed = [UInt8](repeating: 0xee, count: PackBits.bound(count) + 8)
            let used = unsafe (input + [0]).withUnsafeBytes { source in
                unsafe packed.withUnsafeMutableBytes {
                    unsafe PackBits.encode(source.baseAddress!, count: count, into: $0.baseAddress!)
                }
            }
            #expect(used <= PackBits.bound(count))
            #expect(packed.suffix(8).allSatisfy { $0 == 0xee })
            var output = [UInt8](repeating: 0, count: count + 1)
            let written = unsafe packed[..<used].withUnsafeBytes { source in
                unsafe output.withUnsafeMutableBytes { unsafe PackBits.decode(source, into: $0.baseAddress!, count: count) }
            }
            #expect(written == count)
            #expect(Array(output[..<count]) == input)
        }
    }

    /// Beyond 4 GiB the file must be a BigTIFF: nothing is written before the first row is asked for.
    @Test func theSizeDecidesBetweenClassicAndBig() throws {
        final class Refusing: ImageReader {
            func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
                throw ImageryError(.io, "test", "stop")
            }
        }
        func header(rows: Int, _ compression: ImageryBase.Compression) -> [UInt8] {
            let layout = ImageLayout(
                shape: Shape(bands: 1, rows: rows, columns: 65_536), pixelType: .uint8, blockWidth: 65_536, blockHeight: 1)
            var options = WriteOptions()
            options.compression = compression
            let sink = MemorySink()
            let entry = WriteEntry(
                key: "image:0", content: .image(PixelSource(layout: layout) { Refusing() }), options: options)
            #expect(throws: (any Error).self) { try TIFFEncoder.write([entry], options: WriteOptions(), into: sink) }
            return Array(sink.bytes.prefix(4))
        }
        #expect(header(rows: 65_000, ImageryBase.Compression.uncompressed) == [0x49, 0x49, 42, 0])
        #expect(header(rows: 66_000, ImageryBase.Compression.uncompressed) == [0x49, 0x49, 43, 0])
        #expect(header(rows: 65_000, .lzw) == [0x49, 0x49, 43, 0])
    }

    /// A mask has one bit a pixel: it keeps its samples whatever packs those of its image.
    @Test(arguments: [ImageryBase.Compression.jpeg(quality: 50), .jpeg2000(), .lerc()])
    func masksArePackedWithoutLoss(compression: ImageryBase.Compression) throws {
        let mask = try Raster((0..<32 * 32).map { UInt8($0 % 5 / 3) }, rows: 32, columns: 32)
        let image = try Raster((0..<32 * 32).map { UInt8(truncatingIfNeeded: $0) }, rows: 32, columns: 32)
        var options = WriteOptions()
        options.compression = compression
        let sink = MemorySink()
        try TIFFEncoder.write(
            [("image:0", image), ("image:0:mask", mask)].map {
                WriteEntry(key: $0.0, content: .image(PixelSource($0.1)), options: options)
            }, options: options, into: sink)
        #expect(try TIFFFile(sink.bytes).image("image:0:mask").read() == mask)
    }

    /// 16 bits are refused, 12 are written as 12.
    @Test func jpegOfTwelveBits() throws {
        let samples = (0..<48 * 48).map { (index: Int) -> UInt16 in UInt16(index % 48 * 80 + index / 48) }
        let raster = try Raster(samples, rows: 48, columns: 48)
        #expect(kind(raster) { $0.compression = .jpeg(quality: 95) } == .unsupported)
        let file = try written(raster) { options in
            options.compression = .jpeg(quality: 95)
            options.bitsPerSample = 12
        }
        let image = try file.image()
        #expect(image.layout.bitsPerPixel == 12)
        let (read, stored) = (try image.read().samples(as: UInt16.self), try raster.samples(as: UInt16.self))
        let differences: [Int] = read.indices.map { abs(Int(read[$0]) - Int(stored[$0])) }
        #expect(differences.max() ?? 0 <= 16)
    }
}
