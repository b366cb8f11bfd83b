import Imagery
import ImageryIndex
import ImageryNITF

// The code of README.md and of the articles, word for word: Tests/ImageryTests/ExamplesTests.swift compares.

extension Examples {
    static func readme() throws {
        let image = try Dataset("Samples/scene.tif").image()  // headers only
        print(image.shape, image.pixelType, image.georeference?.crs ?? "no reference system")

        let chip = try image.read(window: Window(x: 96, y: 160, width: 320, height: 240))
        try chip.write(to: "chip.png")
    }

    static func gettingStarted() throws {
        let info = try ImageInfo(contentsOf: "scene.tif")
        print(info.width, info.height, info.bands, info.pixelType)

        let chip = try Raster(contentsOf: "scene.tif", window: Window(x: 0, y: 0, width: 512, height: 512), bands: [2, 1, 0])
        let first = try chip.samples(as: UInt8.self)[0]

        let map = try Dataset("map.png").image().applyingLookupTable()
        let colors = try map.read()

        let dataset = try Dataset("scene.tif")
        let image = try dataset.image("image:0")
        for tile in try image.tiles(width: 256, height: 256, overlap: 16) {
            let pixels = try tile.read()
            print(tile.window, pixels.byteCount)
        }

        var options = ReadOptions()
        options.threads = 1
        options.limits.maxPixelBytes = 1 << 30
        let careful = try Dataset("scene.tif", options: options)

        try chip.write(to: "chip.tif")
        print(first, careful.format, colors.shape)
    }

    static func writing() throws {
        let raster = try Raster(contentsOf: "scene.tif")
        try raster.write(to: "copy.png")

        var options = WriteOptions()
        options.compression = .lzw
        (options.blockWidth, options.blockHeight) = (512, 512)
        options.corners = [(9.0, 48.2), (9.2, 48.2), (9.2, 48.0), (9.0, 48.0)].map { Georeference.Point(x: $0.0, y: $0.1) }
        options.crs = "EPSG:4326"
        try raster.write(to: "placed.tif", options: options)
        let bytes = try raster.encoded(as: .jpeg)

        let scene = try Dataset("scene.tif")
        let image = try scene.image()
        try Dataset.write(to: "pyramid.tif") { writer in
            try writer.add(image: image, window: Window(x: 0, y: 0, width: 4096, height: 4096))
            let half = try ReducedImage(of: image, window: Window(x: 0, y: 0, width: 4096, height: 4096), factor: 2)
            try writer.add(image: half, as: .overview(1))
        }
        try Dataset.write(to: "scene.ntf") { writer in
            try writer.add(image: image, title: "A scene")
            try writer.add(text: "Seen from above.", title: "Notes")
        }

        var cloud = WriteOptions()
        cloud.cloudOptimized = CloudOptimization()
        cloud.compression = .jpeg(quality: 85)
        try Dataset.write(to: "cloud.tif", options: cloud) { writer in try writer.add(image: image) }

        try Dataset.addOverviews(to: "scene.tif", count: 3)

        var elevation = WriteOptions()
        elevation.compression = .lerc(maxError: 0.01, packing: .zstandard)
        elevation.omitsEmptyBlocks = true
        elevation.cloudOptimized = CloudOptimization()
        try Dataset.write(to: "heights.tif", options: elevation) { writer in try writer.add(image: image) }
        print(bytes.count)
    }

    /// Compiled, not run: there is no such product here.
    static func writingProducts() throws {
        let complex = try Dataset("complex.tif").image()
        let document = try Dataset("other.ntf").data("data:0").rawBytes()
        try Dataset.write(to: "product.ntf") { writer in try writer.add(product: document, image: complex) }
    }

    static func workingWithSamples() async throws {
        func synchronous() throws {
            let dataset = try Dataset("scene.tif")
            let image = try dataset.image()

            for band in try image.statistics(percentiles: [2, 50, 98]) {
                print(band.minimum, band.maximum, band.mean, band.standardDeviation, band.percentile(50) ?? .nan)
            }
            let thumbnail = try image.read(fitting: PixelSize(width: 512, height: 512))
            let mapTile = try image.read(
                window: Window(x: 0, y: 0, width: 1024, height: 1024), resizedTo: PixelSize(width: 256, height: 256), filter: .bilinear)

            let scales = try image.scales(for: .percentiles(2, 98), to: 0...255)
            let bytes = try image.retyped(to: .uint8, scales: scales)
            try Dataset.write(to: "bytes.png") { writer in try writer.add(image: bytes) }

            let picture = try image.picture(fitting: PixelSize(width: 1024, height: 1024))
            let pixels = try thumbnail.stretched().fourBytes(.bgra, red: 0, green: 1, blue: 2, isPremultiplied: true)

            let other = try Dataset("copy.tif").image()
            let largest = try image.difference(from: other).map(\.maximum).max()
            let checksum = try image.checksum()
            print(mapTile.shape, picture.width, pixels.count, largest ?? 0, checksum.crc32)
        }
        try synchronous()
    }

    static func place() throws {
        let image = try Dataset("scene.tif").image()
        let place = try image.ground(x: 100.5, y: 20.5)
        let pixel = try image.pixel(longitude: 9.1, latitude: 48.7, height: 250)
        let window = try image.window(covering: GroundRectangle(west: 9.0, south: 48.6, east: 9.2, north: 48.8))
        print(place, pixel, window)
    }

    static func metadataOfNITF() throws {
        do {
            let dataset = try Dataset("scene.ntf")
            var options = WriteOptions()
            options.metadata = dataset.metadata
            options.metadata?["FTITLE"] = Value(text: "A copy")
            try Dataset.write(to: "copy.ntf", options: options) { writer in
                for asset in dataset.assets { try writer.add(copyOf: asset) }
            }
        }
        let image = try Dataset("copy.ntf").image()
        do {
            let camera = image.metadata["RPC00B"]
            let latitude = camera?["LAT_OFF"]?.double
            let corners = image.metadata.all("BLOCKA").map { $0["FRLC_LOC"]?.text }
            let wavelengths = image.metadata["BANDSB"]?["BANDS"]?.list?.map { $0["CWAVE"]?.double }
            print(latitude as Any, corners, wavelengths as Any)
        }
        do {
            let sun = image.metadata.view(NITFExtension.USE00A.self)?.sunElevation
            let corners = image.metadata.views(NITFExtension.BLOCKA.self).map(\.corners)
            print(sun as Any, corners)
        }
        let layouts = try ExtensionLayouts(parsing: """
            extension MYTREA ; what it is for
            COUNT 2 n int 1..10 ; number of points
            POINTS * COUNT
                X 8 n real [m] ; position
            end
            """, name: "mine")
        let dataset = try Dataset("scene.ntf", options: ReadOptions(layouts: layouts))
        print(dataset.keys())
    }

    static func metadataOfDTED() throws {
        let cell = try ImageInfo(contentsOf: "n48e009.dt2")
        print(cell.metadata["UHL"]?["lon_origin"]?.text ?? "-", cell.metadata["ACC"]?["abs_vertical"]?.text ?? "-")
    }

    static func errors() throws {
        func open(_ path: String) -> Dataset? {
            do throws(ImageryError) {
                return try Dataset(path)
            } catch {
                switch error.kind {
                case .io: print("cannot be read: \(error.message)")
                case .malformed: print("broken at byte \(error.offset ?? 0) of \(error.context)")
                case .unsupported, .limit, .misuse: print(error)
                }
                return nil
            }
        }
        check(open("no such file") == nil && open("scene.tif") != nil)

        let image = try Dataset("scene.tif", options: ReadOptions(limits: Limits(maxPixelBytes: 1_000, maxExpansion: 1))).image()
        do throws(ImageryError) {
            _ = try image.read()
        } catch {
            guard case .limit(.maxPixelBytes, let needed, let allowed) = error.reason else { throw error }
            print("it takes \(needed ?? 0) bytes, and \(allowed ?? 0) are allowed")
        }

        let salvaged = try Dataset("scene.tif", options: ReadOptions(salvage: true)).image().read()
        for finding in salvaged.diagnostics { print(finding.severity, finding.context, finding.message) }
    }

    static func comingFromGDAL() throws {
        let image = try Dataset("scene.tif").image()
        let part = try image.read(window: Window(x: 64, y: 0, width: 128, height: 128), bands: [0])
        let small = try image.read(fitting: PixelSize(width: 100, height: 100))
        let noData = image.padValue
        let map = image.georeference?.affine
        try Dataset.write(to: "cog.tif", options: WriteOptions(compression: .deflate, cloudOptimized: CloudOptimization())) { writer in
            try writer.add(image: image, window: Window(x: 0, y: 0, width: 200, height: 100))
        }
        print(part.shape, small.shape, noData as Any, map as Any)
    }
}
