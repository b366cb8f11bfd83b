import ArgumentParser
import Imagery
import ImageryPlumbing

/// `tiles`: the places of an image's tiles, or the tiles themselves as files.
struct TilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles", abstract: "List the tiles of an image, or write each as a file.",
        discussion: """
            Prints row, column, x, y, width and height of every tile, row by row.
            Example: imagery tiles scene.tif --size 512 --output out --to png
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Option(help: "Columns and rows of a tile.")
    var size: Int = 256
    @Option(help: "Pixels that neighbours share.")
    var overlap: Int = 0
    @Option(help: "The key of the image.")
    var asset: String?
    @Option(help: "Zero-based bands, such as 2,1,0.")
    var bands: BandList?
    @Option(help: "A folder for the tiles, each as row_column and the extension of --to.")
    var output: String?
    @Option(help: "What the tiles are written as.")
    var to: OutputFormat = .file(.png)
    @Flag(help: "Replace tiles that exist.")
    var overwrite = false
    @Flag(help: "One JSON object: {tiles: [{row, column, x, y, width, height, path}]}.")
    var json = false
    @OptionGroup var input: InputOptions

    /// More tiles than a list is read of: a few bytes can claim to be an image of 10^19 pixels.
    private static let mostTiles = 4_000_000

    func run() throws {
        let dataset = try input.open(file)
        let tiles = try dataset.image(asset.map { AssetKey($0) }).tiles(
            width: size, height: size, overlap: overlap, bands: bands?.indices)
        guard tiles.count <= Self.mostTiles else {
            throw ImageryError(
                .misuse, RemoteFiles.shown(file), "\(tiles.count) tiles are too many for a list: choose a larger --size")
        }
        var progress = Progress(quiet: input.quiet, unit: "tiles")
        for (index, tile) in tiles.enumerated() {
            guard let path = path(of: tile) else {
                if !json { print("\(tile.row) \(tile.column) \(tile.x) \(tile.y) \(tile.width) \(tile.height)") }
                continue
            }
            try to.write(tile.read(), to: Output(path, overwrite: overwrite))
            progress.update(index + 1, of: tiles.count)
        }
        progress.finish()
        if json { return printJSON(tiles) }
        if let output, !input.quiet { print("\(tiles.count) tiles in \(output)") }
    }

    private func path(of tile: Tile) -> String? { output.map { "\($0)/\(tile.row)_\(tile.column).\(to.pathExtension)" } }

    private func printJSON(_ tiles: Tiles) {
        var writer = JSONWriter(flushing: { print($0, terminator: "") })
        writer.object { json in
            json.key("tiles")
            json.array { json in
                for tile in tiles {
                    json.object { json in
                        for (name, number) in [
                            ("row", tile.row), ("column", tile.column), ("x", tile.x), ("y", tile.y), ("width", tile.width),
                            ("height", tile.height),
                        ] {
                            json.key(name)
                            json.integer(number)
                        }
                        guard let path = path(of: tile) else { return }
                        json.key("path")
                        json.string(path)
                    }
                }
            }
        }
        print(writer.text)
    }
}
