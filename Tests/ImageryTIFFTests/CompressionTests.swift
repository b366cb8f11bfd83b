import ImageryBase
import TestSupport
import Testing

@testable import ImageryTIFF

/// One strip in each of the compressions that are only read.
@Suite struct CompressionTests {
    /// A file of one strip.
    private func file(
        _ data: [UInt8], columns: Int, rows: Int, bits: Int = 8, samples: Int = 1, compression: Int, format: Int = 1,
        photometric: Int = 1, bigEndian: Bool = false
    ) -> [UInt8] {
        var file = TIFFBuilder(isBigEndian: bigEndian, data: data)
        file.directories = [
            [
                file.long(256, columns), file.long(257, rows), file.short(258, bits), file.short(259, compression),
                file.short(262, photometric), file.long(273, file.dataOffset), file.short(277, samples), file.long(278, rows),
                file.long(279, data.count), file.short(339, format),
            ]
        ]
        return file.bytes
    }

    /// printf abcdefgh | xz --check=none
    @Test func lzma() throws {
        let stream = hex(
            "fd377a585a000000ff12d9410200210116000000742fe5a30100076162636465666768000001180840a546ac06729e7a010000000000595a")
        let bytes = file(stream, columns: 4, rows: 2, compression: 34925)
        #expect(try TIFFFile(bytes).image().read().samples(as: UInt8.self) == Array("abcdefgh".utf8))
        // The strip has fewer rows than the image says.
        let short = file(stream, columns: 4, rows: 3, compression: 34925)
        let failure = #expect(throws: ImageryError.self) { try TIFFFile(short).image().read() }
        #expect(failure?.kind == .malformed)
    }

    /// Pillow 13.0.0 (libwebp 1.6.0): red 19 x, green 27 y, blue 7 x + 11 y, lossless=True, quality=100, method=6.
    @Test(arguments: [3, 4]) func webP(samples: Int) throws {
        let stream = hex(
            "524946462e000000574542505650384c210000002f0c000200b98ce87f2c06a210d1ff280809083ffcbfaae93331fe3101c059370000")
        let bytes = file(stream, columns: 13, rows: 9, samples: samples, compression: 50001, photometric: 2)
        let raster = try TIFFFile(bytes).image().read()
        #expect(raster.shape == Shape(bands: samples, rows: 9, columns: 13))
        let wanted = (0..<samples).flatMap { band in
            (0..<9).flatMap { y in
                (0..<13).map { x in
                    UInt8(truncatingIfNeeded: band == 0 ? 19 * x : band == 1 ? 27 * y : band == 2 ? 7 * x + 11 * y : 255)
                }
            }
        }
        #expect(try raster.samples(as: UInt8.self) == wanted)
        let other = file(stream, columns: 13, rows: 9, samples: 1, compression: 50001)
        let failure = #expect(throws: ImageryError.self) { try TIFFFile(other).image().read() }
        #expect(failure?.kind == .unsupported)
    }

    /// A literal row, a row of runs, a row of which the second byte is literal.
    @Test func next() throws {
        let bytes = file(hex("00 1be0  84 42  40 0001 0001 50"), columns: 6, rows: 3, bits: 2, compression: 32766)
        #expect(
            try TIFFFile(bytes).image().read().samples(as: UInt8.self) == [0, 1, 2, 3, 3, 2, 2, 2, 2, 2, 1, 1, 3, 3, 3, 3, 1, 1])
        let short = file(hex("00 1be0  84"), columns: 6, rows: 3, bits: 2, compression: 32766)
        #expect(throws: ImageryError.self) { try TIFFFile(short).image().read() }
    }

    /// A pixel as it is, two differences of two bits and one that is none, two of three bits, a run.
    @Test func thunderScan() throws {
        let bytes = file(hex("c5 5e 9f 02"), columns: 7, rows: 1, bits: 4, compression: 32809)
        #expect(try TIFFFile(bytes).image().read().samples(as: UInt8.self) == [5, 6, 5, 8, 7, 7, 7])
        let short = file(hex("c5 5e"), columns: 7, rows: 1, bits: 4, compression: 32809)
        #expect(throws: ImageryError.self) { try TIFFFile(short).image().read() }
    }

    /// High bytes as a run and low bytes as they are; a pixel with chromaticities.
    @Test(arguments: [false, true]) func sgiLog(bigEndian: Bool) throws {
        let luminance = file(
            hex("82 3f 04 01020304"), columns: 4, rows: 1, bits: 16, compression: 34676, format: 2, photometric: 32844,
            bigEndian: bigEndian)
        #expect(try TIFFFile(luminance).image().read().samples(as: Int16.self) == [0x3F01, 0x3F02, 0x3F03, 0x3F04])
        let color = file(
            hex("01 3f 01 10 01 54 01 c8"), columns: 1, rows: 1, bits: 16, samples: 3, compression: 34676, format: 2,
            photometric: 32845, bigEndian: bigEndian)
        // (84 + 1/2) / 410 and (200 + 1/2) / 410 of 2^15.
        #expect(try TIFFFile(color).image().read().samples(as: Int16.self) == [0x3F10, 6753, 16024])
    }

    /// The first square of chromaticities, the last one, and a number that names none, which is white; as GDAL 3.6.2 reads them.
    @Test(arguments: [false, true]) func sgiLog24(bigEndian: Bool) throws {
        let color = file(
            hex("800000 803fa0 003fff"), columns: 3, rows: 1, bits: 16, samples: 3, compression: 34677, format: 2,
            photometric: 32845, bigEndian: bigEndian)
        let planes = try TIFFFile(color).image().read().samples(as: Int16.self)
        #expect(planes == [15362, 15363, 13315, 8172, 3126, 6898, 612, 19191, 15521])
        let short = file(
            hex("8000"), columns: 1, rows: 1, bits: 16, samples: 3, compression: 34677, format: 2, photometric: 32845)
        #expect(throws: ImageryError.self) { try TIFFFile(short).image().read() }
    }
}
