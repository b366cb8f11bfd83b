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
            """
            Where the file will be found: one for each file, or their folder, which ends in '/'. Readers fill in {{name}}. {{base}} and the file's name \
            when not given; base is the file's folder until a reader says another.
            """,
            valueName: "url"))
    var url: [String] = []
    @Option(help: "The key of the image.")
    var asset: String?
    @Option(name: .shortAndLong, help: "The index; '-' is standard output.")
    var output: String
    @Flag(help: "No notes on standard error.")
    var quiet = false
    @Flag(help: "Replace an index that exists.")
    var overwrite = false
    @Option(help: "The format of the files, instead of the one that their content shows.")
    var from: Format?

    func run() throws {
        let dataset = try Dataset(files, format: from)
        let index = try TileIndex(of: dataset, image: asset.map { AssetKey($0) })
        let (urls, templates) = try places()
        let file = try index.references(urls: urls, templates: templates, format == .kerchunk ? .two : .three)
        let output = try Output(output, overwrite: overwrite)
        try output.append(Array(file.text.utf8))
        try output.finish()
        if !file.needs.isEmpty, !quiet {
            say("imagery: note: zarr and fsspec alone do not read this index; it needs \(file.needs.joined(separator: ", and "))")
        }
    }

    /// The addresses of the files, and what their templates stand for.
    private func places() throws(ImageryError) -> (urls: [String], templates: [String: String]) {
        func name(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }
        guard !url.isEmpty else {
            let folders = Set(files.map { $0.dropLast(name($0).count) })
            // Files of several folders have no base that they share.
            guard folders.count == 1, let folder = folders.first else { return (files, [:]) }
            return (files.map { "{{base}}" + name($0) }, ["base": String(folder)])
        }
        return (try given(name), [:])
    }

    private func given(_ name: (String) -> Substring) throws(ImageryError) -> [String] {
        if let bare = url.first(where: { $0.hasPrefix("{{") && $0.hasSuffix("}}") }) {
            throw ImageryError(
                .misuse, "--url",
                "\(bare) names no file: write \(bare)/ for a folder, or \(bare)\(name(files.first ?? "")) for the file")
        }
        if let folder = url.first, url.count == 1, folder.hasSuffix("/") {
            return files.map { folder + name($0) }
        }
        guard url.count == files.count else {
            throw ImageryError(.misuse, "--url", "\(url.count) URLs are given for \(files.count) files")
        }
        return url
    }
}
