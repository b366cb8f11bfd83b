import Foundation
import Imagery
import ImageryPlumbing
import Testing

/// The examples of README.md and of the documentation catalogue: compiled here, and held to the text.
@Suite struct ExamplesTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Compiled, not run: they read and write files of the current folder.
    private func readme() throws {
        // README.md
        let image = try Dataset("Samples/scene.tif").image()  // headers only
        print(image.shape, image.pixelType, image.georeference?.crs ?? "no reference system")

        let chip = try image.read(window: Window(x: 96, y: 160, width: 320, height: 240))
        try chip.write(to: "chip.png")
        // end
    }

    private func gettingStarted() throws {
        // GettingStarted.md
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
        // end
        print(first, careful.format, colors.shape)
    }

    private func writing() throws {
        // Writing.md
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

        let complex = try Dataset("complex.tif").image()
        let document = try Dataset("other.ntf").data(0).rawBytes()
        try Dataset.write(to: "product.ntf") { writer in try writer.add(product: document, image: complex) }

        try Dataset.addOverviews(to: "scene.tif", count: 3)

        var elevation = WriteOptions()
        elevation.compression = .lerc(maxError: 0.01, packing: .zstandard)
        elevation.omitsEmptyBlocks = true
        elevation.cloudOptimized = CloudOptimization()
        try Dataset.write(to: "heights.tif", options: elevation) { writer in try writer.add(image: image) }
        // end
        print(bytes.count)
    }

    private func workingWithSamples() throws {
        // WorkingWithSamples.md
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
        // end
        print(mapTile.shape, picture.width, pixels.count, largest ?? 0, checksum.crc32)
    }

    @Test(arguments: [
        ("README.md", "README.md"), ("Sources/Imagery/Imagery.docc/GettingStarted.md", "GettingStarted.md"),
        ("Sources/Imagery/Imagery.docc/Writing.md", "Writing.md"),
        ("Sources/Imagery/Imagery.docc/WorkingWithSamples.md", "WorkingWithSamples.md"),
    ])
    func theTextHasTheCompiledExample(path: String, mark: String) throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
        let own = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
        #expect(lines(ofSwiftIn: text) == lines(of: own, after: mark))
    }

    /// The lines of all Swift blocks, without empty ones and imports.
    private func lines(ofSwiftIn markdown: String) -> [String] {
        var result: [String] = []
        var isInside = false
        for line in markdown.split(separator: "\n") {
            if line.hasPrefix("```") {
                isInside = line == "```swift"
            } else if isInside, !line.hasPrefix("import ") {
                result.append(String(line))
            }
        }
        return result
    }

    /// The lines between the marks of this file, without empty ones and without the indentation of a function.
    private func lines(of source: String, after mark: String) -> [String] {
        let indentation = "        "
        let rest = source.split(separator: "\n").map(String.init).drop { $0 != "\(indentation)// \(mark)" }.dropFirst()
        return rest.prefix { $0 != "\(indentation)// end" }.filter { $0.contains { $0 != " " } }.map {
            String($0.dropFirst(indentation.count))
        }
    }
}
