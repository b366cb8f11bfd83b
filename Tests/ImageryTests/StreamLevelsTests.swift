import Imagery
import TestSupport
import Testing

/// S40: levels of images whose blocks are streams of a codec that has levels.
@Suite("Levels of blocks that are streams (S40)") struct StreamLevelsTests {
    private func image(_ format: Format, _ options: WriteOptions, bands: Int = 3) throws -> (image: ImageAsset, raster: Raster) {
        let raster = try SampleFile.scene(bands: bands, rows: 45, columns: 52)
        var options = options
        options.date = 0
        return (try Dataset(bytes: raster.encoded(as: format, options: options), format: format).image(), raster)
    }

    private static let cases: [(Format, WriteOptions, Int)] = [
        (.nitf, WriteOptions(compression: .jpeg(quality: 95), blockWidth: 16), 4),
        (.nitf, WriteOptions(compression: .jpeg(quality: 95), blockWidth: 16, interleave: .band), 4),
        (.tiff, WriteOptions(compression: .jpeg(quality: 95), blockWidth: 16), 4),
        (.tiff, WriteOptions(compression: .jpeg(quality: 95), blockHeight: 16), 4),
        (.tiff, WriteOptions(compression: .jpeg2000(), jpeg2000: JPEG2000Choices(levels: 2), blockWidth: 32), 3),
        (.nitf, WriteOptions(compression: .losslessJPEG, blockWidth: 16), 1),
        (.tiff, WriteOptions(compression: .deflate, blockWidth: 16), 1),
    ]

    @Test(arguments: 0..<7) func aLevelIsTheImageMadeSmaller(number: Int) throws {
        let (format, options, levels) = Self.cases[number]
        let (image, raster) = try image(format, options)
        #expect(image.resolutionLevels == levels && image.info.resolutionLevels == levels)
        let full = Plane(try image.read())
        for level in 1..<max(2, levels) where level < levels {
            let small = Plane(try image.read(resolutionLevel: level))
            let step = 1 << level
            #expect(small.width == (52 + step - 1) / step && small.height == (45 + step - 1) / step)
            // Windows and single bands are parts of it (S57).
            let window = Window(x: 11, y: 9, width: 30, height: 21)
            let part = try image.read(window: window, bands: [2, 0], resolutionLevel: level)
            let whole = try image.read(bands: [2, 0], resolutionLevel: level)
            #expect(try whole.crop(image.layout.reduced(window, level: level)) == part, "\(format) level \(level)")
            if case .jpeg2000 = options.compression {
                // The low band of a wavelet is no mean, but about that of tiles of a file of its own: only those at the edge are filled
                // up here, and colors transformed there.
                let tiled = WriteOptions(jpeg2000: options.jpeg2000, blockWidth: options.blockWidth, date: 0)
                let other = try Dataset(bytes: raster.encoded(as: .jpeg2000, options: tiled), format: .jpeg2000).image()
                let expected = Plane(try other.read(resolutionLevel: level))
                var error = 0
                for band in 0..<3 {
                    for row in 0..<small.height {
                        for column in 0..<small.width { error += abs(expected[band, row, column] - small[band, row, column]) }
                    }
                }
                #expect(error <= 3 * 3 * small.width * small.height, "level \(level)")
                continue
            }
            // Against means of the full resolution: inside of what is whole.
            for band in 0..<3 {
                var error = 0
                for row in 0..<45 / step {
                    for column in 0..<52 / step {
                        var sum = 0
                        for y in 0..<step {
                            for x in 0..<step { sum += full[band, row * step + y, column * step + x] }
                        }
                        error += abs(sum / (step * step) - small[band, row, column])
                    }
                }
                #expect(error / (45 / step * (52 / step)) <= 24, "\(format) level \(level) band \(band)")
            }
        }
        let error = #expect(throws: ImageryError.self) { try image.read(resolutionLevel: levels) }
        #expect(error?.kind == .misuse)
    }
}

/// The samples of a raster, by place.
private struct Plane {
    private let samples: [UInt8]
    let shape: Shape
    var width: Int { shape.columns }
    var height: Int { shape.rows }

    init(_ raster: Raster) {
        shape = raster.shape
        samples = (try? raster.samples(as: UInt8.self)) ?? []
    }

    subscript(band: Int, row: Int, column: Int) -> Int { Int(samples[(band * shape.rows + row) * shape.columns + column]) }
}
