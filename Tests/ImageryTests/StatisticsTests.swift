import Imagery
import TestSupport
import Testing

@Suite struct StatisticsTests {
    private func only(_ raster: Raster, _ percentiles: [Double] = [0, 25, 50, 100], bins: Int = 256, noData: SampleValue? = nil)
        throws -> BandStatistics
    {
        let bands = try raster.statistics(percentiles: percentiles, bins: bins, noData: noData)
        return try #require(bands.count == 1 ? bands[0] : nil)
    }

    @Test func bytesFromZeroToNine() throws {
        let found = try only(Raster((0..<10).map { UInt8($0) }, rows: 2, columns: 5), [2, 50, 100])
        #expect(found.validCount == 10 && found.invalidCount == 0)
        #expect(found.minimum == 0 && found.maximum == 9 && found.mean == 4.5)
        #expect(abs(found.standardDeviation - 8.25.squareRoot()) < 1e-12)
        // (10 - 1) * 0.02 = 0.18 of the way from 0 to 1; half way from 4 to 5.
        #expect(abs(found.percentiles[0].value - 0.18) < 1e-12)
        #expect(found.percentile(50) == 4.5 && found.percentile(100) == 9 && found.percentile(1) == nil)
        #expect(found.histogram.lowerBound == -0.5 && found.histogram.upperBound == 9.5)
        #expect(found.histogram.counts == [Int](repeating: 1, count: 10))
    }

    @Test func signedNumbersAreInOrder() throws {
        let found = try only(Raster([3, -128, 127, -1] as [Int8], rows: 2, columns: 2), [0, 50])
        #expect(found.minimum == -128 && found.maximum == 127 && found.mean == 0.25)
        #expect(found.percentile(50) == 1)
    }

    @Test func noDataAndWhatIsNoNumberDoNotCount() throws {
        let bytes = try only(Raster([255, 1, 3, 255] as [UInt8], rows: 2, columns: 2), noData: .integer(255))
        #expect(bytes.validCount == 2 && bytes.invalidCount == 2 && bytes.maximum == 3 && bytes.mean == 2)
        let floats = try only(
            Raster([.nan, 1, .infinity, 2, -9999, 3] as [Float], rows: 2, columns: 3), [50], noData: .real(-9999))
        #expect(floats.validCount == 3 && floats.minimum == 1 && floats.maximum == 3 && floats.percentile(50) == 2)
    }

    @Test func aBandWithoutValidSamplesHasNoNumbers() throws {
        for raster in [try Raster([7, 7] as [UInt8], rows: 1, columns: 2), try Raster([7, 7] as [Int32], rows: 1, columns: 2)] {
            let found = try only(raster, noData: .integer(7))
            #expect(found.validCount == 0 && found.minimum.isNaN && found.mean.isNaN && found.standardDeviation.isNaN)
            #expect(found.percentiles.isEmpty && found.histogram.counts.isEmpty)
        }
    }

    @Test func percentilesOfLargeNumbersAreExact() throws {
        let integers = try only(Raster([70_001, -3, 70_000, 0] as [Int32], rows: 1, columns: 4), [25, 50, 75])
        #expect(integers.percentiles.map(\.value) == [-0.75, 35_000, 70_000.25])
        let unsigned = try only(Raster([4_294_967_295, 4_294_967_293] as [UInt32], rows: 1, columns: 2), [50])
        #expect(unsigned.percentile(50) == 4_294_967_294)
        let floats = try only(Raster([1.5, 2.5, -1, 1e10] as [Float], rows: 1, columns: 4), [0, 50, 100])
        #expect(floats.percentiles.map(\.value) == [-1, 2, 1e10])
        let doubles = try only(Raster([0.1, 0.3, 0.2] as [Double], rows: 1, columns: 3), [50])
        #expect(abs(try #require(doubles.percentile(50)) - 0.2) < 1e-6)
        let whole = try only(Raster([5, 1_000_000, 7] as [Int64], rows: 1, columns: 3), [50])
        #expect(whole.percentile(50) == 7)
    }

    @Test func complexSamplesCountAsMagnitudes() throws {
        let parts: [Float] = [3, 4, 0, 0, -6, 8]
        var raster = try Raster(.complexFloat32, shape: Shape(bands: 1, rows: 1, columns: 3))
        try raster.withMutableBytes { bytes in
            for (place, part) in parts.enumerated() { bytes.storeBytes(of: part, toByteOffset: 4 * place, as: Float.self) }
        }
        let found = try only(raster, [50])
        #expect(found.minimum == 0 && found.maximum == 10 && found.mean == 5 && found.percentile(50) == 5)
    }

    @Test func aHistogramHasNoMoreIntervalsThanAskedFor() throws {
        let found = try only(Raster([0, 1, 2, 3, 7] as [UInt16], rows: 1, columns: 5), bins: 4)
        // From -0.5 to 7.5 in steps of 2: 0 and 1; 2 and 3; none; 7.
        #expect(found.histogram.counts == [2, 2, 0, 1])
        let floats = try only(Raster([0, 0.5, 1] as [Float], rows: 1, columns: 3), bins: 2)
        #expect(floats.histogram.lowerBound == 0 && floats.histogram.upperBound == 1 && floats.histogram.counts == [1, 2])
    }

    @Test func whatIsNoPercentileAndNoNumberOfIntervalsIsRefused() throws {
        let raster = try Raster([1] as [UInt8], rows: 1, columns: 1)
        for bad in [-1, 100.5, .nan] {
            #expect { try raster.statistics(percentiles: [bad]) } throws: { ($0 as? ImageryError)?.kind == .misuse }
        }
        for bad in [0, 65_537] {
            #expect { try raster.statistics(bins: bad) } throws: { ($0 as? ImageryError)?.kind == .misuse }
        }
    }

    @Test func threadsDoNotChangeResults() throws {
        var random = SeededGenerator(7)
        let samples = (0..<300 * 40 * 2).map { _ in Float(random.next() % 1_000_000) / 7 }
        let bytes = try Raster(samples, shape: Shape(bands: 2, rows: 300, columns: 40)).encoded(as: .tiff)
        let found = try [1, 2, 7].map { threads in
            var options = ReadOptions()
            options.threads = threads
            return try Dataset(bytes: bytes, format: .tiff, options: options).image().statistics()
        }
        #expect(found[0] == found[1] && found[1] == found[2])
        #expect(found[0].map(\.validCount) == [12_000, 12_000])
    }

    @Test func pixelsUnderAMaskDoNotCount() throws {
        // The mask has 0 at its first pixel: its samples are row * 13 + column * 7.
        let file = TinyTIFF([
            .init(width: 16, height: 16, bands: 1, seed: 3), .init(width: 16, height: 16, bands: 1, subfileType: 4),
        ])
        let image = try Dataset(bytes: file.bytes, format: .tiff).image()
        let masked = file.pages[1].samples.count { $0 == 0 }
        let found = try image.statistics()
        #expect(masked > 0 && found[0].invalidCount == masked && found[0].validCount == 256 - masked)
    }

    @Test func bandsAreThoseAskedFor() throws {
        let file = TinyTIFF([.init(width: 16, height: 16, bands: 3)])
        let image = try Dataset(bytes: file.bytes, format: .tiff).image()
        let found = try image.statistics(window: Window(x: 2, y: 1, width: 1, height: 1), bands: [2, 0])
        #expect(found.map(\.band) == [2, 0])
        #expect(found.map(\.minimum) == [Double(2 * 71 + 13 + 14), Double(13 + 14)])
    }
}
