import ImageryPlumbing
import TestSupport
import Testing

@testable import Imagery

/// S98: what callers say of the samples of an image that cannot be so ends in a typed error.
@Suite struct LyingModelsTests {
    /// Models that no image of three bytes has, and some that one has.
    private static let models: [ColorModel] = {
        func changed(_ model: ColorModel, _ change: (inout ColorModel) -> Void) -> ColorModel {
            var result = model
            change(&result)
            return result
        }
        func detailed(_ change: (inout ColorModel.Details) -> Void) -> ColorModel {
            changed(.rgb) { change(&$0[detailsOf: 1]) }
        }
        let channel = LookupTable.Channel(band: 7, values: [1, 2], meaning: .red)
        return [
            ColorModel([]), .gray, .rgba, .cmyk, .undefined(100), ColorModel([.alpha, .alpha, .alpha]),
            ColorModel([.paletteIndex, .paletteIndex, .red]), ColorModel([.premultipliedAlpha, .luma, .lightness]),
            changed(.rgb) { $0[detailsOf: 9].name = "none" }, changed(.rgb) { $0[detailsOf: -1].unit = "m" },
            changed(.rgb) { $0.transparentColor = [1] }, changed(.rgb) { $0.transparentColor = [.max, .min, -1] },
            changed(.rgb) { $0.codePoints = CodePoints(primaries: .max, transfer: -1, matrix: 0, isFullRange: true) },
            changed(.rgb) { $0.profile = ICCProfile([1, 2, 3]) },
            changed(.rgb) { $0.lookupTable = LookupTable(channels: [channel], pixelType: .uint8) },
            changed(ColorModel([.paletteIndex, .undefined, .undefined])) {
                $0.lookupTable = LookupTable(channels: [.init(band: 0, values: [], meaning: .red)], pixelType: .uint8)
            },
            changed(.yCbCr) { $0.differences = ColorDifferences(red: .nan, blue: 2) },
            changed(.yCbCr) { $0.differences = ColorDifferences(red: 1e9, blue: -1e9) },
            changed(ColorModel([.lightness, .greenToRed, .blueToYellow])) { $0.lab = LabCoding(ranges: [1], white: []) },
            changed(ColorModel([.lightness, .greenToRed, .blueToYellow])) { $0.lab.white = [0, .infinity, -1] },
            detailed { $0.significantBits = .max }, detailed { $0.significantBits = 0 }, detailed { $0.originalBits = -3 },
            detailed { ($0.scale, $0.offset, $0.wavelength) = (.nan, .infinity, -1e300) },
            detailed { $0.name = String(repeating: "\u{0}ä", count: 70_000) },
        ]
    }()

    @Test(arguments: models.indices) func modelsOfOtherImages(_ index: Int) throws {
        var raster = try Raster([UInt8](0..<48), shape: Shape(bands: 3, rows: 4, columns: 4))
        raster.colorModel = Self.models[index]
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch {
                let kind = (error as? ImageryError)?.kind
                #expect(kind == .misuse || kind == .unsupported, "\(error)")
            }
        }
        for format in [Format.tiff, .png, .jpeg, .jpeg2000, .nitf] {
            attempt {
                let bytes = try raster.encoded(as: format)
                let found = try Dataset(bytes: bytes, format: format).image()
                #expect(found.width == 4 && found.height == 4)
                _ = try found.read()
            }
        }
        for target in ColorTarget.allCases {
            attempt {
                let image = try RasterSource(raster).converted(to: target)
                let read = try Raster(image.layout.pixelType, shape: image.layout.shape)
                let request = ReadRequest(region: image.layout.bounds, bands: Array(0..<read.bands))
                try unsafe image.makeReader(ReadContext(ReadOptions())).read(request, into: read.destination)
            }
        }
        attempt { _ = try raster.retyped(to: .int16, scales: [.identity]) }
        attempt { _ = try raster.stretched() }
        attempt { _ = try raster.picking(bands: [2, 0, 0]).colorModel }
        attempt { _ = try raster.oriented(.turned90) }
    }
}
