import ArgumentParser
import Imagery
import ImageryIndex

/// `index`: where the blocks of an image lie, for zarr.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Write where the blocks of an image lie, for reading them in the cloud with zarr.",
        discussion: """
            FILE is an image; the files of its lower resolutions, FILE.r1, FILE.r2, ..., may follow. The index is a Kerchunk
            reference file: of Zarr version 2 (kerchunk) or version 3 (zarr).
            """)

    enum Version: String, ExpressibleByArgument, CaseIterable {
        case kerchunk, zarr
    }

    @Argument(help: "The file, and the files of its pyramid.")
    var files: [String]
    @Option(help: "The version: kerchunk (Zarr 2) or zarr (Zarr 3).")
    var format: Version = .kerchunk
    @Option(
        help: ArgumentHelp(
            "Where the file will be found: one for each file, or their folder, which ends in '/'. Readers fill in {{name}}.",
            valueName: "url"))
    var url: [String] = []
    @Option(help: "The key of the image.")
    var asset: String?
    @Option(name: .shortAndLong, help: "The index; '-' is standard output.")
    var output: String
    @Flag(help: "Replace an index that exists.")
    var overwrite = false
    @Option(help: "The format of the files, instead of the one that their content shows.")
    var from: Format?

    func run() throws {
        let dataset = try Dataset(files, format: from)
        let index = try TileIndex(of: dataset, image: asset.map { AssetKey($0) })
        let urls = try places()
        let text = try format == .kerchunk ? index.kerchunk(urls: urls) : index.zarr(urls: urls)
        let output = try Output(output, overwrite: overwrite)
        try output.append(Array(text.utf8))
        try output.finish()
    }

    private func places() throws(ImageryError) -> [String] {
        if url.isEmpty { return files }
        if let folder = url.first, url.count == 1, folder.hasSuffix("/") {
            return files.map { folder + ($0.split(separator: "/").last ?? "") }
        }
        guard url.count == files.count else {
            throw ImageryError(.misuse, "--url", "\(url.count) URLs are given for \(files.count) files")
        }
        return url
    }
}
