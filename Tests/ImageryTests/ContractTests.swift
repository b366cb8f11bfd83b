import Imagery
import TestSupport
import Testing

/// What the contract promises of reading, clause by clause, of a file of every format. Tests named after their subject go deeper.
@Suite("The contract") struct ContractTests {
    private func kind(_ body: () throws -> Void) -> ImageryError.Kind? {
        do { try body() } catch { return (error as? ImageryError)?.kind }
        return nil
    }

    private func image(_ file: SampleFile, _ options: ReadOptions = ReadOptions()) throws -> ImageAsset {
        try Dataset(bytes: file.bytes, format: file.format, options: options).image()
    }

    /// S1: the asset that is named, else the first image with role data.
    @Test(arguments: SampleFile.few) func s1OneCallReadsPixels(file: SampleFile) throws {
        let dataset = try Dataset(bytes: file.bytes, format: file.format)
        let first = try #require(dataset.images.first { $0.roles.contains(.data) })
        let raster = try Raster(bytes: file.bytes, format: file.format)
        #expect(raster.shape == first.shape && raster.pixelType == first.pixelType)
        #expect(try raster == first.read())
        #expect(try raster == Raster(bytes: file.bytes, format: file.format, asset: first.key))
    }

    /// S2: windows are in pixels of the full image at every level, clamped, and none of it is an error.
    @Test(arguments: SampleFile.all) func s2WindowsAreOfTheFullImage(file: SampleFile) throws {
        let image = try image(file)
        let (width, height) = (image.width, image.height)
        let part = Window(x: width / 3, y: height / 4, width: width / 2, height: height / 2)
        for level in 0..<image.resolutionLevels {
            func reduced(_ place: Int) -> Int { (place + (1 << level) - 1) >> level }
            let shape = try image.read(window: part, resolutionLevel: level).shape
            let (x, y) = (image.layout.originX + part.x, image.layout.originY + part.y)
            #expect(shape.columns == reduced(x + part.width) - reduced(x))
            #expect(shape.rows == reduced(y + part.height) - reduced(y))
        }
        let clamped = try image.read(window: Window(x: -5, y: height - 3, width: 12, height: 40))
        #expect(clamped.shape == Shape(bands: image.bands, rows: 3, columns: 7))
        #expect(kind { _ = try image.read(window: Window(x: width, y: 0, width: 4, height: 4)) } == .misuse)
        #expect(kind { _ = try image.read(window: Window(x: 0, y: 0, width: 0, height: 4)) } == .misuse)
    }

    /// S3, S4: bands in the order and as often as asked; what is not there is an error.
    @Test(arguments: SampleFile.all) func s3BandsAndLevelsThatAreThere(file: SampleFile) throws {
        let image = try image(file)
        let last = image.bands - 1
        let picked = try image.read(bands: [last, 0, last])
        #expect(try picked == image.read().picking(bands: [last, 0, last]))
        for bands in [[], [-1], [image.bands], [0, Int.max]] { #expect(kind { _ = try image.read(bands: bands) } == .misuse) }
        for level in [-1, image.resolutionLevels, 64, Int.max] {
            #expect(kind { _ = try image.read(resolutionLevel: level) } == .misuse)
        }
    }

    /// S5: what the headers say is the value that the image gives.
    @Test(arguments: SampleFile.all) func s5InformationIsThatOfTheImage(file: SampleFile) throws {
        let image = try image(file)
        let info = try ImageInfo(bytes: file.bytes, format: file.format)
        #expect(info == image.info)
        #expect((info.width, info.height, info.bands) == (image.width, image.height, image.bands))
        #expect(info.pixelType == image.pixelType && info.blockSize == image.blockSize && info.grid == image.grid)
        #expect(info.resolutionLevels == image.resolutionLevels && info.key == image.key && info.metadata == image.metadata)
    }

    /// S7: tiles are row-major, smaller at the edges, cover all, and cost at most 1.5 reads.
    @Test(arguments: SampleFile.few, [0, 5]) func s7TilesCoverTheImage(file: SampleFile, overlap: Int) throws {
        let image = try image(file)
        let whole = try image.read()
        let tiles = try image.tiles(width: 20, height: 12, overlap: overlap)
        #expect(tiles.count == tiles.rows * tiles.columns)
        var covered = [Bool](repeating: false, count: image.width * image.height)
        for (place, tile) in tiles.enumerated() {
            #expect((tile.row, tile.column) == (place / tiles.columns, place % tiles.columns))
            #expect((tile.x, tile.y) == (tile.column * (20 - overlap), tile.row * (12 - overlap)))
            #expect(try tile.read() == whole.crop(tile.window))
            for y in tile.y..<tile.y + tile.height { for x in tile.x..<tile.x + tile.width { covered[y * image.width + x] = true } }
        }
        #expect(covered.allSatisfy { $0 })
    }

    /// S8: two dimensions are one band.
    @Test func s8TwoDimensionsAreOneBand() throws {
        let raster = try Raster([UInt16](0..<12), rows: 3, columns: 4)
        #expect(raster.shape == Shape(bands: 1, rows: 3, columns: 4))
        let copy = try Raster(bytes: raster.encoded(as: .tiff), format: .tiff)
        #expect(copy.shape == raster.shape && copy == raster)
    }

    /// S10, S11, S12, S13: a path, memory, a collection that is no array, and a source of the caller's are one file.
    @Test(arguments: SampleFile.few) func s10EverySourceGivesTheSame(file: SampleFile) throws {
        let keys = try Dataset(bytes: file.bytes, format: file.format).keys()
        let raster = try Raster(bytes: file.bytes, format: file.format)
        let inside = [1, 2, 3] + file.bytes + [4]
        #expect(try Raster(bytes: inside[3..<inside.count - 1], format: file.format) == raster)
        #expect(try Dataset(source: CountingSource(file.bytes), format: file.format).image().read() == raster)
        try withFiles([("file", file.bytes)]) { paths in
            for access in [ReadOptions.Access.map, .read] {
                let dataset = try Dataset(paths[0], options: ReadOptions(access: access))
                #expect(try dataset.keys() == keys && dataset.image().read() == raster)
            }
        }
        #expect(kind { _ = try Dataset(bytes: [UInt8](), format: file.format) } == .malformed)
    }

    /// S20, S21, S22: content decides, whatever the name; a trailing .rN is no extension.
    @Test(arguments: SampleFile.few) func s21ContentDecides(file: SampleFile) throws {
        #expect(try Format(detecting: MemorySource(file.bytes)) == file.format)
        for name in ["a.png", "a.tif.r3", "a.DT2", "a"] {
            try withFiles([(name, file.bytes)]) { paths in
                let format = try Dataset(paths[0]).format
                #expect(format == file.format)
            }
        }
        #expect(Format(extensionOf: "scene.NTF.r2") == .nitf && Format.reducedResolutionLevel(ofName: "scene.NTF.r2") == 2)
        let error = #expect(throws: ImageryError.self) { _ = try Format(detecting: MemorySource(Array("PK\u{3}\u{4}zip".utf8))) }
        #expect(error?.description.contains("50 4b 03 04") == true)
    }

    /// S30, S31, S32, S33, S34: keys by type and role; a key that is not there names those near it.
    @Test(arguments: SampleFile.few) func s33KeysByTypeAndRole(file: SampleFile) throws {
        let dataset = try Dataset(bytes: file.bytes, format: file.format)
        #expect(dataset.keys() == dataset.assets.map(\.key))
        for type in [AssetType.image, .text, .data, .graphics] {
            #expect(dataset.keys(ofType: type) == dataset.assets.filter { $0.type == type }.map(\.key))
            for role in [AssetRole.data, .overview, .mask, .metadata, .graphic, .elevation, AssetRole("mine")] {
                let both = dataset.assets.filter { $0.type == type && $0.roles.contains(role) }.map(\.key)
                #expect(dataset.keys(ofType: type, roles: [role]) == both)
            }
        }
        #expect(dataset.images.map(\.key) == dataset.keys(ofType: .image))
        #expect(dataset.texts.count + dataset.data.count + dataset.graphics.count + dataset.images.count == dataset.assets.count)
        for key in dataset.keys() { #expect(try dataset.contains(key) && dataset.asset(key).key == key) }
        let error = #expect(throws: ImageryError.self) { _ = try dataset.image("image:7") }
        #expect(error?.kind == .misuse && error?.description.contains("image:0") == true)
        #expect(!dataset.contains("image:7") && !dataset.contains("nonsense"))
    }

    /// S35, S36: what an asset is can be told of every one, and its bytes are those of the file.
    @Test(arguments: SampleFile.few) func s35EveryAssetIsReached(file: SampleFile) throws {
        let dataset = try Dataset(bytes: file.bytes, format: file.format)
        #expect(!dataset.assets.isEmpty)
        for asset in dataset.assets {
            #expect(!asset.mediaType.isEmpty && !asset.roles.isEmpty)
            let bytes = try asset.rawBytes()
            #expect(bytes.count == asset.byteCount && bytes.count <= file.bytes.count)
            #expect(!bytes.isEmpty)
        }
    }

    /// S50, S54: sizes fit each other.
    @Test(arguments: SampleFile.all) func s50SizesFit(file: SampleFile) throws {
        let image = try image(file)
        #expect(image.shape == Shape(bands: image.bands, rows: image.height, columns: image.width))
        let (rows, columns) = image.grid
        let offset = (x: image.layout.blockOffsetX, y: image.layout.blockOffsetY)
        #expect(columns == (offset.x + image.width + image.blockSize.width - 1) / image.blockSize.width)
        #expect(rows == (offset.y + image.height + image.blockSize.height - 1) / image.blockSize.height)
        #expect(image.layout.actualBitsPerPixel <= image.layout.bitsPerPixel)
        #expect(image.layout.bitsPerPixel <= 8 * image.pixelType.byteCount)
        if [.png, .jpeg, .dted].contains(file.format) { #expect(image.grid == (1, 1)) }
    }

    /// S52, S57: the whole is made of its blocks, and a block is a crop of it, at every level; outside of the grid is an error.
    @Test(arguments: SampleFile.all) func s52BlocksMakeTheWhole(file: SampleFile) throws {
        let image = try image(file)
        for level in 0..<image.resolutionLevels {
            let whole = try image.read(resolutionLevel: level)
            var pixels = 0
            for row in 0..<image.grid.rows {
                for column in 0..<image.grid.columns {
                    let bounds = image.layout.blockBounds(row: row, column: column, level: level)
                    guard !bounds.isEmpty else { continue }
                    let block = try image.block(row: row, column: column, resolutionLevel: level)
                    let origin = image.layout.reduced(image.layout.bounds, level: level)
                    #expect(try block == whole.crop(bounds.offset(x: -origin.x, y: -origin.y)))
                    pixels += block.width * block.height
                }
            }
            #expect(pixels == whole.width * whole.height)
        }
        for (row, column) in [(-1, 0), (0, -1), (image.grid.rows, 0), (0, image.grid.columns), (Int.max, Int.max)] {
            #expect(kind { _ = try image.block(row: row, column: column) } == .misuse)
            #expect(kind { _ = try image.hasBlock(row: row, column: column) } == .misuse)
        }
    }

    /// S51: every pixel type is written and read by the formats that have it.
    @Test(arguments: PixelType.allCases) func s51PixelTypes(type: PixelType) throws {
        var raster = try Raster(type, shape: Shape(bands: 1, rows: 5, columns: 7))
        // Bytes below 60 make finite numbers of every type.
        try raster.withMutableBytes { bytes in
            for place in 0..<bytes.byteCount { bytes.storeBytes(of: UInt8(place % 60), toByteOffset: place, as: UInt8.self) }
        }
        for format in [Format.tiff, .nitf] {
            let refused = kind {
                let copy = try Raster(bytes: raster.encoded(as: format), format: format)
                #expect(copy.pixelType == type && copy == raster, "\(format)")
            }
            #expect(refused == nil || refused == .unsupported)
            if format == .tiff { #expect(refused == nil) }
        }
    }

    /// S56: neither pixels nor errors depend on the number of threads.
    @Test(arguments: SampleFile.all) func s56ThreadsChangeNothing(file: SampleFile) throws {
        let one = try image(file, ReadOptions(threads: 1))
        let many = try image(file, ReadOptions(threads: 7))
        #expect(try one.read() == many.read())
        let cut = Array(file.bytes.prefix(file.bytes.count * 3 / 4))
        func outcome(_ threads: Int) -> String {
            do {
                let raster = try Dataset(bytes: cut, format: file.format, options: ReadOptions(threads: threads)).image().read()
                return "\(raster.checksum)"
            } catch { return error.description }
        }
        #expect(outcome(1) == outcome(7))
    }

    /// S60: entries keep their order and repeats, in JSON too.
    @Test(arguments: SampleFile.all) func s60MetadataIsAList(file: SampleFile) throws {
        let metadata = try image(file).metadata
        #expect(metadata.schema != nil && !metadata.entries.isEmpty)
        var rest = metadata.json[...]
        for entry in metadata.entries {
            let name = try #require(rest.firstRange(of: "\"name\": \"\(entry.name)\""))
            rest = rest[name.upperBound...]
        }
        for name in Set(metadata.entries.map(\.name)) {
            #expect(metadata.all(name) == metadata.entries.filter { $0.name == name }.map(\.value))
            #expect(metadata[name] == metadata.all(name).first)
        }
    }

    /// S65: a model says what each band is, and none is guessed from their number.
    @Test(arguments: SampleFile.all) func s65EveryBandHasAMeaning(file: SampleFile) throws {
        let image = try image(file)
        #expect(image.colorModel.bands.count == image.bands)
        if file.name != "nitf of everything", image.bands == 3 { #expect(image.colorModel.bands == ColorModel.rgb.bands) }
    }

    @Test func s65FourPlainBandsAreNoColors() throws {
        let four = try Raster([UInt8](repeating: 7, count: 4 * 6), shape: Shape(bands: 4, rows: 2, columns: 3))
        #expect(four.colorModel.isUndefined)
        for format in [Format.jpeg, .png] {
            let error = #expect(throws: ImageryError.self) { _ = try four.encoded(as: format) }
            #expect(error?.kind == .misuse && error?.description.contains("--bands") == true)
        }
        // TIFF has no photometric interpretation for none: black is zero, and the others are unspecified (ExtraSamples 0).
        let copy = try Dataset(bytes: four.encoded(as: .tiff), format: .tiff).image()
        #expect(copy.colorModel.bands == [.gray, .undefined, .undefined, .undefined])
    }

    /// S75: the same bytes, whatever the number of threads.
    @Test(arguments: [Format.png, .tiff, .jpeg, .jpeg2000, .nitf]) func s75TheSameBytes(format: Format) throws {
        let raster = try SampleFile.scene(bands: 3, rows: 45, columns: 52)
        func bytes(_ threads: Int) throws -> [UInt8] {
            var options = WriteOptions(date: 86_400, threads: threads)
            if format == .tiff || format == .jpeg2000 { (options.blockWidth, options.blockHeight) = (16, 16) }
            return try raster.encoded(as: format, options: options)
        }
        let once = try bytes(1)
        #expect(try bytes(1) == once && bytes(6) == once)
    }

    /// S81, S12: what a window touches is told before.
    @Test(arguments: SampleFile.all) func s81RangesAreToldBefore(file: SampleFile) throws {
        let source = CountingSource(file.bytes)
        let image = try Dataset(source: source, format: file.format).image()
        let window = Window(x: image.width / 2, y: image.height / 2, width: 5, height: 4)
        let ranges = try image.byteRanges(window: window)
        #expect(!ranges.isEmpty)
        for range in ranges { #expect(range.lowerBound >= 0 && range.upperBound <= file.bytes.count && !range.isEmpty) }
        let again = try Dataset(source: CountingSource(file.bytes), format: file.format).image().byteRanges(window: window)
        #expect(again == ranges)
    }

    /// S90, S91: an error tells its kind, place and option; a limit is no more than a limit.
    @Test(arguments: SampleFile.few) func s90ErrorsAreForPeople(file: SampleFile) throws {
        var options = ReadOptions()
        options.limits.maxPixelBytes = 10
        options.limits.maxExpansion = 0
        let error = #expect(throws: ImageryError.self) { _ = try image(file, options).read() }
        #expect(error?.kind == .limit)
        guard case .limit(.maxPixelBytes, let needed, let allowed) = error?.reason else {
            Issue.record("no reason: \(String(describing: error))")
            return
        }
        #expect(allowed == 10)
        #expect(try #require(needed) > 10)
        options.limits.maxPixelBytes = 1 << 20
        #expect(try image(file, options).read() == Raster(bytes: file.bytes, format: file.format))
        let cut = #expect(throws: ImageryError.self) {
            _ = try Dataset(bytes: Array(file.bytes.prefix(13)), format: file.format).image().read()
        }
        #expect(cut?.kind == .malformed && cut?.context.isEmpty == false && cut?.description.contains("\n") == false)
    }
}
