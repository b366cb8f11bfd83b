import Imagery
import ImageryPlumbing
import TestSupport
import Testing

@Suite struct ResamplingTests {
    private func misuse(_ error: any Error) -> Bool { (error as? ImageryError)?.kind == .misuse }

    private func image<S: Sample>(_ samples: [S], rows: Int) throws -> ImageAsset {
        let raster = try Raster(samples, rows: rows, columns: samples.count / rows)
        return try Dataset(bytes: raster.encoded(as: .tiff), format: .tiff).image()
    }

    private func size(_ width: Int, _ height: Int) -> PixelSize { PixelSize(width: width, height: height) }

    @Test func boxesAreMeans() throws {
        let image = try image([0, 2, 10, 10, 4, 6, 10, 11, 1, 1, 8, 0, 1, 2, 0, 0] as [UInt8], rows: 4)
        // (0 + 2 + 4 + 6) / 4, 41 / 4, 5 / 4, 8 / 4.
        #expect(try image.read(resizedTo: size(2, 2)).samples(as: UInt8.self) == [3, 10, 1, 2])
        #expect(try image.read(resizedTo: size(1, 1)).samples(as: UInt8.self) == [4])
    }

    @Test func boxesTakePartsOfPixels() throws {
        // Three columns to two: the second belongs to both by half. (0 + 30 / 2) / 1.5, (30 / 2 + 60) / 1.5.
        #expect(try image([0, 30, 60] as [Float], rows: 1).read(resizedTo: size(2, 1)).samples(as: Float.self) == [10, 50])
    }

    @Test func onlyValidSamplesCount() throws {
        let image = try image([0, 8, 0, 0] as [UInt8], rows: 1).withNoData(.integer(0))
        #expect(try image.read(resizedTo: size(2, 1)).samples(as: UInt8.self) == [8, 0])
        let floats = try self.image([.nan, 8, .nan, .nan] as [Float], rows: 1).read(resizedTo: size(2, 1))
        let samples = try floats.samples(as: Float.self)
        #expect(samples[0] == 8 && samples[1].isNaN)
    }

    @Test func nearestTakesThePixelUnderTheCentre() throws {
        let image = try image([1, 2, 3, 4, 5, 6] as [UInt8], rows: 1)
        #expect(try image.read(resizedTo: size(2, 1), filter: .nearest).samples(as: UInt8.self) == [2, 5])
        #expect(try image.read(resizedTo: size(3, 1), filter: .nearest).samples(as: UInt8.self) == [2, 4, 6])
        let larger = try image.read(
            window: Window(x: 0, y: 0, width: 2, height: 1), resizedTo: size(4, 2), filter: .nearest)
        #expect(try larger.samples(as: UInt8.self) == [1, 1, 2, 2, 1, 1, 2, 2])
    }

    @Test func bilinearWeighsByDistance() throws {
        // Twice as large: centres a quarter and three quarters between those of the source.
        let larger = try image([0, 100] as [Float], rows: 1).read(resizedTo: size(4, 1), filter: .bilinear)
        #expect(try larger.samples(as: Float.self) == [0, 25, 75, 100])
    }

    @Test func aThumbnailKeepsTheProportions() throws {
        let image = try image([UInt8](repeating: 1, count: 300), rows: 10)
        let small = try image.read(fitting: size(15, 15))
        #expect(small.width == 15 && small.height == 5)
        let whole = try image.read(fitting: size(1000, 1000))
        #expect(whole.width == 30 && whole.height == 10)
    }

    @Test func theSmallestOverviewThatServesIsRead() throws {
        let file = TinyTIFF([
            .init(width: 64, height: 64, bands: 1, seed: 1), .init(width: 32, height: 32, bands: 1, subfileType: 1, seed: 2),
            .init(width: 16, height: 16, bands: 1, subfileType: 1, seed: 3),
        ])
        let image = try Dataset(bytes: file.bytes, format: .tiff).image()
        #expect(try image.read(fitting: size(16, 16)).samples(as: UInt8.self) == file.pages[2].samples)
        #expect(try image.read(fitting: size(32, 32)).samples(as: UInt8.self) == file.pages[1].samples)
        #expect(image.pyramidLevel(for: size(17, 17)).image.key == "image:0:overview:1")
        #expect(image.pyramidLevel(for: size(33, 1)).image.key == "image:0")
        // A quarter of the image in 8 × 8 pixels is there in the overview of 16 × 16.
        let quarter = Window(x: 32, y: 0, width: 32, height: 32)
        #expect(image.pyramidLevel(for: size(8, 8), window: quarter).image.key == "image:0:overview:2")
        let part = try image.read(window: quarter, fitting: size(8, 8))
        #expect(try part.samples(as: UInt8.self)[0] == file.pages[2].sample(band: 0, row: 0, column: 8))
        // Overviews are not of the numbers that a conversion makes.
        #expect(try image.retyped(to: .uint16).pyramidLevel(for: size(16, 16)).image.layout.pixelType == .uint16)
    }

    @Test func theGroundGoesAlong() throws {
        let image = try image([UInt8](repeating: 1, count: 64), rows: 8)
        let resampled = try ResampledImage(of: image, window: Window(x: 2, y: 4, width: 4, height: 4), to: size(2, 1))
        let affine = Georeference.Affine(originX: 100, originY: 50, xPerColumn: 1, xPerRow: 0, yPerColumn: 0, yPerRow: -1)
        let moved = Georeference(affine: affine).moved(to: resampled.place).affine
        #expect(
            moved == Georeference.Affine(originX: 102, originY: 46, xPerColumn: 2, xPerRow: 0, yPerColumn: 0, yPerRow: -4))
    }

    @Test func sizesWithoutSenseAreRefused() throws {
        let image = try image([1, 2] as [UInt8], rows: 1)
        for bad in [size(0, 1), size(1, -1), size(10_000, 1)] {
            #expect { try image.read(resizedTo: bad) } throws: { misuse($0) }
        }
        #expect { try image.read(fitting: size(0, 4)) } throws: { misuse($0) }
    }

    // MARK: Pictures

    @Test func aPictureOfBytesIsTheBytes() throws {
        let picture = try image([0, 100, 200, 255] as [UInt8], rows: 2).picture(fitting: size(10, 10))
        #expect(try picture.raster.samples(as: UInt8.self) == [0, 100, 200, 255])
        #expect(!picture.isColored && !picture.hasOpacity)
    }

    @Test func aPictureOfMoreBitsIsStretched() throws {
        let image = try image([1000, 1500, 2000, 65_535] as [UInt16], rows: 1).withNoData(.integer(65_535))
        let picture = try image.picture(fitting: size(10, 10), stretch: .extremes)
        // Gray, then opacity: what is no data is transparent.
        #expect(picture.hasOpacity)
        #expect(try picture.raster.samples(as: UInt8.self) == [0, 128, 255, 0, 255, 255, 255, 0])
        #expect(picture.rgba.suffix(8) == [255, 255, 255, 255, 0, 0, 0, 0])
    }

    @Test func aPictureInDecibel() throws {
        // 0, 20 and 40 dB from black to white.
        let picture = try image([1, 10, 100] as [Float], rows: 1).picture(fitting: size(10, 10), stretch: .decibel)
        let samples = try picture.raster.samples(as: UInt8.self)
        // In the middle of the range: 127.5.
        #expect(samples[0] == 0 && (127...128).contains(samples[1]) && samples[2] == 255)
    }

    @Test func aPictureHasOneBandOrThree() throws {
        let file = TinyTIFF([.init(width: 16, height: 16, bands: 3)])
        let image = try Dataset(bytes: file.bytes, format: .tiff).image()
        #expect(try image.picture(fitting: size(16, 16)).raster.samples(as: UInt8.self) == file.pages[0].samples)
        let one = try image.picture(bands: [1], fitting: size(16, 16))
        #expect(try one.raster.samples(as: UInt8.self) == Array(file.pages[0].samples[256..<512]))
        #expect { try image.picture(bands: [0, 1], fitting: size(16, 16)) } throws: { misuse($0) }
        #expect { try image.picture(bands: [3], fitting: size(16, 16)) } throws: { misuse($0) }
    }
}
