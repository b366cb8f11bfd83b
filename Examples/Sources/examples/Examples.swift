import Foundation
import Imagery

/// Runs the examples one after the other, in a folder of their own with the files that they speak of.
@main
enum Examples {
    static func main() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("imagery-examples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        guard FileManager.default.changeCurrentDirectoryPath(folder.path) else { fatalError("\(folder.path) cannot be entered") }
        try makeFiles()

        try readme()
        try gettingStarted()
        try writing()
        try await workingWithSamples()
        try place()
        try metadataOfNITF()
        try metadataOfDTED()
        try errors()
        try comingFromGDAL()
        try ownSources()
        try ownPixels()
        try await piecesThatArrive()
        try await background()
        try memoryStaysFlat()
        try writersHoldLittle()
        let left = try FileManager.default.contentsOfDirectory(atPath: ".").filter {
            $0.hasSuffix(".tmp") || $0.hasSuffix(".spool")
        }
        check(left.isEmpty, "left behind: \(left)")
        print("all examples ran")
    }

    /// Ends the run where something is not as it should be.
    static func check(_ isRight: Bool, _ message: String = "an example has a wrong result", line: UInt = #line) {
        precondition(isRight, "line \(line): \(message)")
    }

    /// A scene of three bands near Tübingen, a map with a palette, a cell of heights.
    private static func makeFiles() throws {
        var scene = try Raster(
            (0..<3 * 256 * 256).map { UInt8(truncatingIfNeeded: $0 / 256 + $0 % 256 * ($0 / 65_536 + 1)) },
            shape: Shape(bands: 3, rows: 256, columns: 256))
        scene.colorModel = .rgb
        let affine = Georeference.Affine(originX: 9, originY: 48.8, xPerColumn: 0.001, xPerRow: 0, yPerColumn: 0, yPerRow: -0.001)
        let options = WriteOptions(blockWidth: 64, blockHeight: 64, georeference: Georeference(affine: affine, crs: "EPSG:4326"))
        try FileManager.default.createDirectory(atPath: "Samples", withIntermediateDirectories: true)
        for path in ["Samples/scene.tif", "scene.tif", "copy.tif"] { try scene.write(to: path, options: options) }
        try scene.write(to: "scene.ntf", options: WriteOptions(georeference: options.georeference))

        var legend = ColorModel([.paletteIndex])
        let tones = [ColorModel.Meaning.red, .green, .blue].map { meaning in
            LookupTable.Channel(band: 0, values: (0..<16).map { UInt16($0 * 17) }, meaning: meaning)
        }
        legend.lookupTable = LookupTable(channels: tones, pixelType: .uint8)
        var map = try Raster((0..<64 * 64).map { UInt8($0 % 16) }, rows: 64, columns: 64)
        map.colorModel = legend
        try map.write(to: "map.png")

        let step = 1.0 / 120
        let heights = try Raster((0..<121 * 121).map { Int16($0 % 500) }, rows: 121, columns: 121)
        let grid = Georeference.Affine(
            originX: 9 - step / 2, originY: 49 + step / 2, xPerColumn: step, xPerRow: 0, yPerColumn: 0, yPerRow: -step)
        try heights.write(
            to: "n48e009.dt2", options: WriteOptions(georeference: Georeference(affine: grid, crs: "EPSG:4326")))
    }
}
