import Foundation
import Imagery
import Testing

/// The examples of README.md and of the documentation catalogue: compiled here, and held to the text.
@Suite struct ExamplesTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Compiled, not run: they read and write files of the current folder.
    private func readme() throws {
        // README.md
        let info = try ImageInfo(contentsOf: "Samples/scene.tif")  // headers only
        print(info.width, info.height, info.bands, info.pixelType, info.metadata["GDAL_NODATA"]?.text ?? "-")

        let window = Window(x: 96, y: 160, width: 320, height: 240)
        let chip = try Raster(contentsOf: "Samples/scene.tif", window: window, bands: [2, 1, 0])
        let brightest = try chip.withSamples(as: UInt8.self) { samples in samples.indices.map { samples[$0] }.max() }
        try chip.write(to: "chip.png")

        let dataset = try Dataset("Samples/scene.tif")  // safe to share between threads
        for image in dataset.images { print(image.key, image.layout.shape, image.roles) }
        for tile in try dataset.image("image:0").tiles(width: 256, height: 256, overlap: 16) {
            print(tile.window, brightest ?? 0, try tile.read().byteCount)
        }
        // end
    }

    private func gettingStarted() throws {
        // GettingStarted.md
        let info = try ImageInfo(contentsOf: "scene.tif")
        print(info.width, info.height, info.bands, info.pixelType)

        let chip = try Raster(contentsOf: "scene.tif", window: Window(x: 0, y: 0, width: 512, height: 512), bands: [2, 1, 0])
        let first = try chip.samples(as: UInt8.self)[0]

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
        // end
        print(first, careful.format)
    }

    @Test(arguments: [("README.md", "README.md"), ("Sources/Imagery/Imagery.docc/GettingStarted.md", "GettingStarted.md")])
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
