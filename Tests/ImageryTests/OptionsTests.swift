import Imagery
import TestSupport
import Testing

/// S94: a value without sense is misuse where it enters, and the error says which option it is.
@Suite("Options are judged where they enter (S94)") struct OptionsTests {
    private let raster = try? SampleFile.scene(bands: 1, rows: 24, columns: 20)

    private func refusal(_ change: (inout WriteOptions) -> Void, format: Format = .tiff) throws -> ImageryError? {
        var options = WriteOptions()
        change(&options)
        let raster = try #require(raster)
        return #expect(throws: ImageryError.self) { try raster.encoded(as: format, options: options) }
    }

    @Test(arguments: [Int.min, -1, 0]) func numbersThatWritingCannotHave(value: Int) throws {
        let changes: [(String, (inout WriteOptions) -> Void)] = [
            ("threads", { $0.threads = value }), ("blockWidth", { $0.blockWidth = value }),
            ("blockHeight", { $0.blockHeight = value }), ("bitsPerSample", { $0.bitsPerSample = value }),
            ("quality", { $0.compression = .jpeg(quality: value) }), ("quality", { $0.compression = .jpeg2000(quality: value) }),
            ("rate", { $0.compression = .jpeg2000(rate: Double(value)) }),
            (
                "jpeg.losslessPredictor",
                {
                    $0.jpeg = JPEGChoices()
                    $0.jpeg?.losslessPredictor = value
                }
            ),
            (
                "jpeg2000.codeBlockWidth",
                {
                    $0.jpeg2000 = JPEG2000Choices()
                    $0.jpeg2000?.codeBlockWidth = value
                }
            ),
            (
                "jpeg2000.precinctSize",
                {
                    $0.jpeg2000 = JPEG2000Choices()
                    $0.jpeg2000?.precinctSize = value
                }
            ),
        ]
        for (name, change) in changes {
            let error = try refusal(change)
            #expect(error?.kind == .misuse && error?.context == "option \(name)", "\(name)")
        }
    }

    @Test(arguments: [1e19, 1e300, .infinity, .nan, -1, 0, .greatestFiniteMagnitude]) func ratesThatNoPixelHas(rate: Double) throws
    {
        let one = try refusal({ $0.compression = .jpeg2000(rate: rate) }, format: .jpeg2000)
        #expect(one?.context == "option rate")
        let layers = try refusal(
            {
                $0.jpeg2000 = JPEG2000Choices()
                $0.jpeg2000?.layers = [0.5, rate]
            }, format: .jpeg2000)
        #expect(layers?.context == "option jpeg2000.layers")
    }

    /// Readers of TIFF take signed samples of less than a byte as bare bits (found by fuzzing: -1 in two bits came back as 3).
    @Test(arguments: [PixelType.int8, .int16, .int32]) func signedSamplesOfFewBits(type: PixelType) throws {
        let raster = try Raster([Int16]([-1, 0, 1]), rows: 1, columns: 3).retyped(to: type)
        for bits in 1...7 {
            let error = #expect(throws: ImageryError.self) {
                _ = try raster.encoded(as: .tiff, options: WriteOptions(bitsPerSample: bits))
            }
            #expect(error?.kind == .misuse)
        }
        let copy = try Raster(bytes: raster.encoded(as: .tiff, options: WriteOptions(bitsPerSample: 8)), format: .tiff)
        #expect(copy.pixelType == .int8)
    }

    @Test func placesThatAreNone() throws {
        let corner = Georeference.Point(x: 1, y: 2)
        for corners in [[corner, corner, corner], [], [corner, corner, corner, .init(x: .nan, y: 0)]] {
            let error = try refusal { $0.corners = corners }
            #expect(error?.kind == .misuse && error?.context == "option georeference")
        }
        let short = Georeference.RationalPolynomial(
            errorBias: nil, errorRandom: nil, offsets: [1], scales: [1, 2, 3, 4, 5], lineNumerator: [], lineDenominator: [],
            sampleNumerator: [], sampleDenominator: [])
        #expect(try refusal { $0.georeference = Georeference(rationalPolynomial: short) }?.kind == .misuse)
        #expect(try refusal { $0.date = .max }?.context == "option date")
    }

    /// Every list of a camera has its length, and every number is one, in every format.
    @Test(arguments: Format.allCases.filter(\.isWritable)) func camerasAndMapsThatAreNone(format: Format) throws {
        let twenty = [1.0] + [Double](repeating: 0, count: 19)
        let whole = Georeference.RationalPolynomial(
            errorBias: nil, errorRandom: nil, offsets: [1, 2, 3, 4, 5], scales: [1, 2, 3, 4, 5], lineNumerator: twenty,
            lineDenominator: twenty, sampleNumerator: twenty, sampleDenominator: twenty)
        let nineteen = Array(twenty.dropLast())
        let changes: [(inout Georeference.RationalPolynomial) -> Void] = [
            { $0.lineNumerator = nineteen }, { $0.lineDenominator = nineteen }, { $0.sampleNumerator = nineteen },
            { $0.sampleDenominator = nineteen }, { $0.offsets = [1, 2, 3, 4] }, { $0.scales = [] }, { $0.lineNumerator[19] = .nan },
            { $0.errorBias = .infinity },
        ]
        for change in changes {
            var camera = whole
            change(&camera)
            let error = try refusal({ $0.georeference = Georeference(rationalPolynomial: camera) }, format: format)
            #expect(error?.kind == .misuse && error?.context == "option georeference")
        }
        let map = Georeference.Affine(originX: 1, originY: .nan, xPerColumn: 1, xPerRow: 0, yPerColumn: 0, yPerRow: 1)
        #expect(try refusal({ $0.georeference = Georeference(affine: map) }, format: format)?.context == "option georeference")
        let point = Georeference.ControlPoint(column: 1, row: 2, x: 3, y: 4, z: -.infinity)
        #expect(try refusal({ $0.georeference = Georeference(controlPoints: [point]) }, format: format)?.kind == .misuse)
        // A writer of pieces judges them when it is made.
        let early = #expect(throws: ImageryError.self) {
            try ImageWriter(
                as: format, shape: Shape(bands: 1, rows: 9, columns: 9), pixelType: .uint8,
                options: WriteOptions(georeference: Georeference(affine: map)))
        }
        #expect(early?.context == "option georeference")
    }

    @Test func optionsInALine() throws {
        let raster = try #require(raster)
        let options = WriteOptions(
            compression: .lzw, predictor: .horizontal, blockHeight: 8,
            corners: [.init(x: 1, y: 2), .init(x: 3, y: 2), .init(x: 3, y: 0), .init(x: 1, y: 0)], crs: "EPSG:4326", threads: 1)
        let image = try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
        #expect(image.metadata["Compression"]?.int == 5 && image.blockSize.height == 8 && image.georeference?.crs == "EPSG:4326")
        let bare = WriteOptions(compression: .jpeg2000(), jpeg2000: JPEG2000Choices(levels: 2, wrapping: .bare), date: 0)
        #expect(try raster.encoded(as: .jpeg2000, options: bare).starts(with: [0xff, 0x4f]))
        let plain = try raster.encoded(as: .tiff, options: WriteOptions(compression: .uncompressed))
        #expect(try Dataset(bytes: plain, format: .tiff).image().metadata["Compression"]?.int == 1)
        let read = ReadOptions(threads: 1, limits: Limits(maxAssets: 1), salvage: true, access: .read, qualityLayers: 3)
        #expect(read.limits.maxPixelBytes == Limits().maxPixelBytes && read.limits.maxAssets == 1)
    }

    /// S6: what is set and cannot be expressed with the chosen compression is an error.
    @Test func optionsThatACompressionDoesNotUse() throws {
        let jpeg = JPEGChoices(subsampling: .twoByTwo)
        let wavelet = JPEG2000Choices(levels: 1)
        let cases: [(Format, WriteOptions)] = [
            (.tiff, WriteOptions(compression: .lzw, compressionLevel: 9)),
            (.tiff, WriteOptions(compression: .uncompressed, compressionLevel: 1)),
            (.tiff, WriteOptions(compression: .packBits, predictor: .horizontal)),
            (.tiff, WriteOptions(compression: .uncompressed, predictor: .horizontal)),
            (.tiff, WriteOptions(compression: .jpeg(quality: 70), predictor: .horizontal)),
            (.tiff, WriteOptions(compression: .jpeg2000(), predictor: .horizontal)),
            (.tiff, WriteOptions(compression: .jpeg2000(rate: 1, quality: 50))),
            (.jpeg2000, WriteOptions(compression: .jpeg2000(rate: 1, quality: 50))),
            (.nitf, WriteOptions(compression: .jpeg2000(rate: 1, quality: 50))),
            (.tiff, WriteOptions(compression: .deflate, predictor: .floatingPoint)),
            (.tiff, WriteOptions(compression: .deflate, jpeg: jpeg)), (.tiff, WriteOptions(jpeg: jpeg)),
            (.tiff, WriteOptions(compression: .deflate, jpeg2000: wavelet)), (.tiff, WriteOptions(jpeg2000: wavelet)),
            (.tiff, WriteOptions(compression: .jpeg(quality: 70), jpeg2000: wavelet)),
            (.tiff, WriteOptions(compression: .zstandard, compressionLevel: 0)), (.tiff, WriteOptions(padValue: .integer(300))),
            (.tiff, WriteOptions(omitsEmptyBlocks: true, padValue: .integer(-1))),
            (.nitf, WriteOptions(compression: .uncompressed, jpeg: jpeg)),
            (.nitf, WriteOptions(compression: .uncompressed, jpeg2000: wavelet)),
            (.nitf, WriteOptions(compression: .jpeg(quality: 70), jpeg2000: wavelet)),
            (.nitf, WriteOptions(compression: .jpeg2000(), jpeg: jpeg)), (.nitf, WriteOptions(compression: .deflate)),
            (.nitf, WriteOptions(predictor: .horizontal)), (.nitf, WriteOptions(compressionLevel: 3)),
            (.nitf, WriteOptions(padValue: .integer(300))), (.nitf, WriteOptions(padValue: .real(.nan))),
            (.png, WriteOptions(jpeg: jpeg)), (.png, WriteOptions(predictor: .unpredicted)), (.png, WriteOptions(blockWidth: 16)),
            (.jpeg, WriteOptions(jpeg2000: wavelet)), (.jpeg, WriteOptions(compressionLevel: 1)),
            (.jpeg, WriteOptions(compression: .losslessJPEG, jpeg: jpeg)),
            (.jpeg, WriteOptions(compression: .jpeg(quality: 70), jpeg: JPEGChoices(losslessPredictor: 1))),
            (.jpeg2000, WriteOptions(jpeg: jpeg)), (.jpeg2000, WriteOptions(compressionLevel: 1)),
            (.jpeg2000, WriteOptions(jpeg2000: JPEG2000Choices(layers: [2, 1]))),
            (.jpeg2000, WriteOptions(jpeg2000: JPEG2000Choices(codeBlockWidth: 24))),
            (.jpeg2000, WriteOptions(jpeg2000: JPEG2000Choices(precinctSize: 24))),
            (.jpeg2000, WriteOptions(jpeg2000: JPEG2000Choices(transformsComponents: true))),
            (.tiff, WriteOptions(compression: .lerc(maxError: .nan))), (.tiff, WriteOptions(compression: .lerc(maxError: -1))),
        ]
        let raster = try #require(raster)
        for (format, options) in cases {
            let error = #expect(throws: ImageryError.self, "\(format) \(options)") {
                try raster.encoded(as: format, options: options)
            }
            #expect(error?.kind == .misuse, "\(format) \(String(describing: error))")
        }
    }

    @Test func optionsOfReading() throws {
        let bytes = try #require(raster).encoded(as: .tiff)
        let changes: [(String, (inout ReadOptions) -> Void)] = [
            ("threads", { $0.threads = 0 }), ("threads", { $0.threads = .min }), ("qualityLayers", { $0.qualityLayers = -1 }),
            ("qualityLayers", { $0.qualityLayers = 0 }), ("limits.maxPixelBytes", { $0.limits.maxPixelBytes = -1 }),
            ("limits.maxExpansion", { $0.limits.maxExpansion = .min }), ("limits.maxAssets", { $0.limits.maxAssets = 0 }),
        ]
        for (name, change) in changes {
            var options = ReadOptions()
            change(&options)
            let error = #expect(throws: ImageryError.self) { try Dataset(bytes: bytes, format: .tiff, options: options) }
            #expect(error?.kind == .misuse && error?.context == "option \(name)")
        }
        var most = ReadOptions()
        most.threads = .max
        most.qualityLayers = .max
        most.limits.maxPixelBytes = .max
        most.limits.maxExpansion = .max
        for file in SampleFile.all {
            let dataset = try Dataset(bytes: file.bytes, format: file.format, options: most)
            let plain = try Dataset(bytes: file.bytes, format: file.format)
            #expect(try dataset.image().read() == plain.image().read(), "\(file.name)")
        }
    }

    @Test(arguments: [4_611_686_018_427_387_905, 100_000, .max]) func threadsAreAsManyAsThereIsWork(threads: Int) throws {
        let raster = try #require(raster)
        for format in [Format.png, .tiff, .nitf, .jpeg, .jpeg2000] {
            var options = WriteOptions()
            (options.date, options.threads) = (0, 1)
            let one = try raster.encoded(as: format, options: options)
            options.threads = threads
            #expect(try raster.encoded(as: format, options: options) == one)
        }
    }

    @Test func fillsThatTheSamplesCannotHave() throws {
        let image = try Dataset(bytes: #require(raster).encoded(as: .tiff), format: .tiff).image()
        for fill in [SampleValue.integer(256), .integer(300), .integer(-1), .unsigned(.max), .real(.nan), .real(0.5), .real(1e300)]
        {
            let error = #expect(throws: ImageryError.self) { try image.read(fill: fill) }
            #expect(error?.context == "option fill")
        }
        #expect(try image.read(fill: .integer(255)) == raster)
    }

    @Test func tilesThatCannotBeCounted() throws {
        let image = try Dataset(bytes: #require(raster).encoded(as: .tiff), format: .tiff).image()
        for (size, overlap) in [(0, 0), (-1, 0), (.min, 0), (4, 4), (4, -1), (.max, .max), (4, .min)] {
            #expect(throws: ImageryError.self) { try image.tiles(width: size, height: size, overlap: overlap) }
        }
        #expect(try image.tiles(width: .max, height: .max, overlap: .max - 1).count == 1)
        let wide = try Tiles.refusalOfEveryPixel()
        #expect(wide?.kind == .misuse)
    }
}

extension Tiles {
    /// What is said of tiles of one pixel of an image that a JPEG 2000 header of 82 bytes can announce: 2^32 - 1 columns and rows.
    fileprivate static func refusalOfEveryPixel() throws -> ImageryError? {
        var bytes: [UInt8] = [0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0]
        let most: [UInt8] = [0xff, 0xff, 0xff, 0xff]
        let zero: [UInt8] = [0, 0, 0, 0]
        bytes += most + most + zero + zero + most + most + zero + zero + [0, 1, 7, 1, 1]
        bytes += [0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 0, 4, 4, 0, 1]
        bytes += [0xff, 0x5c, 0, 4, 0x40, 0x40]
        bytes += [0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 14, 0, 1, 0xff, 0x93, 0xff, 0xd9]
        let image = try Dataset(bytes: bytes, format: .jpeg2000).image()
        return #expect(throws: ImageryError.self) { try image.tiles(width: 1, height: 1) }
    }
}
