import Imagery
import TestSupport
import Testing

@Suite struct SampleOperationsTests {
    private func misuse(_ error: any Error) -> Bool { (error as? ImageryError)?.kind == .misuse }

    // MARK: Types and scales

    @Test func numbersAreRoundedAndHeldToTheRange() throws {
        let raster = try Raster([-1.5, -0.5, 0.49, 0.5, 254.5, 300, .nan] as [Float], rows: 1, columns: 7)
        #expect(try raster.retyped(to: .uint8).samples(as: UInt8.self) == [0, 0, 0, 1, 255, 255, 0])
        #expect(try raster.retyped(to: .int16).samples(as: Int16.self) == [-2, -1, 0, 1, 255, 300, 0])
    }

    @Test func aScaleTakesOneRangeToAnother() throws {
        let raster = try Raster([100, 201, 300, 0, 1000] as [UInt16], rows: 1, columns: 5)
        let scale = LinearScale(from: 100...300, to: 0...255)
        #expect(try raster.retyped(to: .uint8, scales: [scale]).samples(as: UInt8.self) == [0, 129, 255, 0, 255])
        #expect(LinearScale(from: 5...5, to: 0...10) == LinearScale(gain: 0, offset: 5))
    }

    @Test func noDataStaysAndNothingElseBecomesIt() throws {
        let raster = try Raster([0, 1, 65_535] as [UInt16], rows: 1, columns: 3)
        let scale = LinearScale(from: 0...65_535, to: 0...255)
        // 1 would round to 0.
        let bytes = try raster.retyped(to: .uint8, scales: [scale], noData: .integer(0))
        #expect(try bytes.samples(as: UInt8.self) == [0, 1, 255])
        let floats = try raster.retyped(to: .float32, noData: .integer(65_535), target: .real(-1))
        #expect(try floats.samples(as: Float.self) == [0, 1, -1])
        #expect { try raster.retyped(to: .uint8, noData: .integer(0), target: .integer(300)) } throws: { misuse($0) }
    }

    @Test func decibelAreTwentyTimesTheLogarithm() throws {
        let raster = try Raster([1, 10, 100] as [UInt8], rows: 1, columns: 3)
        #expect(try raster.retyped(to: .float32, decibel: true).samples(as: Float.self) == [0, 20, 40])
    }

    @Test func complexSamplesBecomeMagnitudesAndNothingBecomesComplex() throws {
        var raster = try Raster(.complexInt16, shape: Shape(bands: 1, rows: 1, columns: 1))
        try raster.withMutableBytes { bytes in
            bytes.storeBytes(of: -3, toByteOffset: 0, as: Int16.self)
            bytes.storeBytes(of: 4, toByteOffset: 2, as: Int16.self)
        }
        #expect(try raster.retyped(to: .uint8).samples(as: UInt8.self) == [5])
        #expect { try raster.retyped(to: .complexFloat32) } throws: { misuse($0) }
    }

    @Test func aStretchSpreadsTheValidSamples() throws {
        let raster = try Raster([10, 20, 30, 0] as [UInt16], rows: 1, columns: 4)
        #expect(try raster.stretched(.extremes, noData: .integer(0)).samples(as: UInt8.self) == [1, 128, 255, 0])
        #expect(try raster.stretched(.range(0, 30)).samples(as: UInt8.self) == [85, 170, 255, 0])
    }

    // MARK: Places

    @Test func flipsAndPicks() throws {
        let raster = try Raster([1, 2, 3, 4, 5, 6, 7, 8] as [UInt16], shape: Shape(bands: 2, rows: 2, columns: 2))
        #expect(try raster.flippedUpsideDown().samples(as: UInt16.self) == [3, 4, 1, 2, 7, 8, 5, 6])
        #expect(try raster.flippedLeftToRight().samples(as: UInt16.self) == [2, 1, 4, 3, 6, 5, 8, 7])
        #expect(try raster.picking(bands: [1, 1]).samples(as: UInt16.self) == [5, 6, 7, 8, 5, 6, 7, 8])
        #expect { try raster.picking(bands: [2]) } throws: { misuse($0) }
        #expect { try raster.picking(bands: []) } throws: { misuse($0) }
    }

    @Test func samplesOfAPixelLieSideBySide() throws {
        let raster = try Raster([1, 2, 3, 4, 5, 6, 7, 8] as [UInt8], shape: Shape(bands: 2, rows: 2, columns: 2))
        var bytes = [UInt8](repeating: 9, count: 15)
        var samples = bytes.mutableSpan
        var span = samples.mutableBytes
        try raster.interleave(bands: [1, 0], into: &span, pixelStride: 3, rowStride: 8)
        #expect(bytes == [5, 1, 9, 6, 2, 9, 9, 9, 7, 3, 9, 8, 4, 9, 9])
        #expect {
            var small = [UInt8](repeating: 0, count: 7)
            var samples = small.mutableSpan
            var span = samples.mutableBytes
            try raster.interleave(into: &span)
        } throws: { misuse($0) }
        #expect {
            var samples = bytes.mutableSpan
            var span = samples.mutableBytes
            try raster.interleave(into: &span, pixelStride: 1)
        } throws: { misuse($0) }
    }

    @Test func fourBytesComeInTheOrderOfTheProgram() throws {
        let raster = try Raster([200, 100, 50, 128] as [UInt8], shape: Shape(bands: 4, rows: 1, columns: 1))
        #expect(try raster.fourBytes(red: 0, green: 1, blue: 2) == [200, 100, 50, 255])
        #expect(try raster.fourBytes(.bgra, red: 0, green: 1, blue: 2, alpha: 3) == [50, 100, 200, 128])
        // 200 * 128 / 255 = 100.4, 100 * 128 / 255 = 50.2, 50 * 128 / 255 = 25.1.
        #expect(try raster.fourBytes(.argb, red: 0, green: 1, blue: 2, alpha: 3, isPremultiplied: true) == [128, 100, 50, 25])
        #expect { try raster.fourBytes(red: 0, green: 1, blue: 4) } throws: { misuse($0) }
    }

    @Test func bandsOfSeveralImagesAreOneImage() throws {
        let first = TinyTIFF([.init(width: 16, height: 16, bands: 2, seed: 1)])
        let second = TinyTIFF([.init(width: 16, height: 16, bands: 1, seed: 9)])
        let images = try [first, second].map { try Dataset(bytes: $0.bytes, format: .tiff).image() }
        let merged = try MergedImage(of: images)
        let sink = MemorySink()
        try Dataset.write(into: sink, format: .tiff) { writer in try writer.add(image: merged) }
        let read = try Dataset(bytes: sink.bytes, format: .tiff).image()
        #expect(try read.read().samples(as: UInt8.self) == first.pages[0].samples + second.pages[0].samples)
        #expect(
            try read.read(bands: [2, 0]).samples(as: UInt8.self) == second.pages[0].samples + first.pages[0].samples.prefix(256))
        let other = try Dataset(bytes: TinyTIFF([.init(width: 32, height: 16, bands: 1)]).bytes, format: .tiff).image()
        #expect { try MergedImage(of: [images[0], other]) } throws: { misuse($0) }
        #expect { try MergedImage(of: []) } throws: { misuse($0) }
    }

    // MARK: Comparison

    private func image<S: Sample>(_ samples: [S], rows: Int = 1) throws -> ImageAsset {
        let raster = try Raster(samples, rows: rows, columns: samples.count / rows)
        return try Dataset(bytes: raster.encoded(as: .tiff), format: .tiff).image()
    }

    @Test func equalImagesHaveNoDifference() throws {
        let found = try image([1, .nan, 3] as [Float]).difference(from: image([1, .nan, 3] as [Float]))
        #expect(found.map(\.differingCount) == [0] && found[0].maximum == 0 && found[0].signalToNoise == .infinity)
    }

    @Test func differencesAreCountedAndMeasured() throws {
        let found = try image([10, 20, 30, 40] as [UInt8]).difference(from: image([10, 23, 29, 40] as [UInt8]))[0]
        #expect(found.differingCount == 2 && found.count == 4 && found.maximum == 3 && found.mean == 1 && found.meanSquare == 2.5)
        // 10 log10(255² / 2.5)
        #expect(abs(found.signalToNoise - 44.1514) < 1e-4)
        let holes = try image([1, .nan] as [Float]).difference(from: image([1, 2] as [Float]))[0]
        #expect(holes.differingCount == 1 && holes.maximum == .infinity)
        #expect { try image([1, 2] as [UInt8]).difference(from: image([1, 2, 3] as [UInt8])) } throws: { misuse($0) }
    }

    // MARK: Checksums

    @Test func checksumsOfKnownBytes() throws {
        // The check value of CRC-32 is that of "123456789".
        let digits = try Raster(Array("123456789".utf8), rows: 1, columns: 9).checksum
        #expect(digits.crc32 == 0xcbf4_3926)
        // Pixel by pixel: the same bytes from three bands.
        let bands = try Raster(Array("147258369".utf8), shape: Shape(bands: 3, rows: 1, columns: 3)).checksum
        #expect(bands.crc32 == 0xcbf4_3926)
        // 255 % 7 + 255 % 11 = 3 + 2; 0.5 rounds to 1, -0.6 to -1; what is no number is -2³¹, which is -2 modulo 7.
        #expect(try Raster([255, 255] as [UInt8], rows: 1, columns: 2).checksum.gdal == [5])
        #expect(try Raster([0.5, -0.6] as [Float], rows: 1, columns: 2).checksum.gdal == [0])
        #expect(try Raster([Double.nan], rows: 1, columns: 1).checksum.gdal == [65_534])
    }
}
