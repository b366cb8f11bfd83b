import ArgumentParser
import Imagery
import ImageryIndex
import ImageryPlumbing

/// `index`: where the blocks of an image lie, for zarr.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Write where the blocks of an image lie, for reading them in the cloud with zarr.",
        discussion: """
            FILE is an image, or its address; the files of its lower resolutions, FILE.r1, FILE.r2, ..., may follow. The index is a Kerchunk
            reference file: of Zarr version 2 (kerchunk) or version 3 (zarr). With --into every image gets an index of its own; FILE may be a
            folder or a pattern then, too.
            Examples: imagery index scene.tif -o scene.json --url https://example.org/data/ --stac
                      imagery index https://example.org/data/scene.tif -o scene.json
                      imagery index tiles/ --into index --url https://example.org/tiles/
            """)

    enum Version: String, ExpressibleByArgument, CaseIterable {
        case kerchunk, zarr
    }

    @Argument(help: "The file, and the files of its pyramid; with --into any files, folders and patterns.")
    var files: [String]
    @Option(help: "The version: kerchunk (Zarr 2) or zarr (Zarr 3).")
    var format: Version = .kerchunk
    @Option(
        help: ArgumentHelp(
            """
            Where the file will be found: one for each file, or their folder, which ends in '/'. Readers fill in {{name}}. {{base}} and the file's name \
            when not given; base is the file's folder, or the place of its address, until a reader says another.
            """,
            valueName: "url"))
    var url: [String] = []
    @Option(help: "The key of the image.")
    var asset: String?
    @Option(name: .shortAndLong, help: "The index; '-' is standard output.")
    var output: String?
    @Option(help: "A folder that gets an index for every image, FILE.json.")
    var into: String?
    @Flag(help: "Beside each index a STAC item, FILE.stac.json: place, time, reference system, bands.")
    var stac = false
    @Option(help: "When the picture was taken, for --stac: 2008-01-27T05:17:45Z; what the file says when not given.")
    var datetime: String?
    @Flag(help: "Replace an index that exists.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if (output == nil) == (into == nil) { throw ValidationError("index needs either a file -o or a folder --into") }
        if stac, output == "-" { throw ValidationError("--stac stands beside a file: name it with -o") }
        if datetime != nil, !stac { throw ValidationError("--datetime belongs to --stac") }
        if into != nil, !url.isEmpty, url.count > 1 || url[0].last != "/" {
            throw ValidationError("with --into, --url is the folder of all files, which ends in '/'")
        }
    }

    func run() throws {
        let files = try FileArguments.expanded(files)
        guard let into else { return try report.tell(write(PyramidFiles(files: files), to: output ?? "-"), by: input) }
        let pyramids = PyramidFiles.grouped(files)
        var progress = Progress(quiet: input.quiet, unit: "files")
        var seen: [String: String] = [:]
        var paths: [String] = []
        for (number, pyramid) in pyramids.enumerated() {
            let target = "\(into)/\(stem(fileName(pyramid.base))).json"
            if let other = seen.updateValue(pyramid.base, forKey: target) {
                let both = "\(RemoteFiles.shown(other)) and \(RemoteFiles.shown(pyramid.base))"
                throw ImageryError(.misuse, target, "\(both) would both be written there")
            }
            paths += try write(pyramid, to: target)
            progress.update(number + 1, of: pyramids.count, what: fileName(pyramid.base))
        }
        progress.finish()
        report.tell(paths, summary: "\(pyramids.count) \(pyramids.count == 1 ? "index" : "indexes") in \(into)", by: input)
    }

    /// Writes the index of an image, and its item; returns their paths.
    private func write(_ pyramid: PyramidFiles, to target: String) throws -> [String] {
        let dataset = try pyramid.open(input)
        let index = try TileIndex(of: dataset, image: asset.map { AssetKey($0) })
        let (urls, templates) = try places(of: pyramid.files)
        let file = try index.references(urls: urls, templates: templates, format == .kerchunk ? .two : .three)
        try put(file.text, to: target)
        if !file.needs.isEmpty, !input.quiet {
            say("imagery: note: zarr and fsspec alone do not read this index; it needs \(file.needs.joined(separator: ", and "))")
        }
        guard stac else { return [target] }
        let item = "\(stem(target)).stac.json"
        let image = try dataset.image(asset.map { AssetKey($0) })
        if datetime == nil, image.metadata.recordedTime == nil, dataset.metadata.recordedTime == nil {
            throw ImageryError(
                .misuse, RemoteFiles.shown(pyramid.base),
                "the file does not say when the picture was taken, which a STAC item has to; --datetime says it")
        }
        let href = url.isEmpty ? RemoteFiles.shown(pyramid.base) : urls[0]
        try put(image.stacItem(id: stem(fileName(pyramid.base)), href: href, datetime: datetime, index: fileName(target)), to: item)
        return [target, item]
    }

    private func put(_ text: String, to path: String) throws {
        let output = try Output(path, overwrite: overwrite)
        try output.append(Array(text.utf8))
        try output.finish()
    }

    /// The addresses of the files, and what their templates stand for.
    private func places(of files: [String]) throws(ImageryError) -> (urls: [String], templates: [String: String]) {
        guard url.isEmpty else { return (try given(for: files), [:]) }
        let files = files.map(RemoteFiles.shown)
        let folders = Set(files.map { $0.dropLast(fileName($0).count) })
        // Files of several folders have no base that they share.
        guard folders.count == 1, let folder = folders.first else { return (files, [:]) }
        return (files.map { "{{base}}" + fileName($0) }, ["base": String(folder)])
    }

    private func given(for files: [String]) throws(ImageryError) -> [String] {
        if let bare = url.first(where: { $0.hasPrefix("{{") && $0.hasSuffix("}}") }) {
            throw ImageryError(
                .misuse, "--url",
                "\(bare) names no file: write \(bare)/ for a folder, or \(bare)\(fileName(files.first ?? "")) for the file")
        }
        if let folder = url.first, url.count == 1, folder.hasSuffix("/") { return files.map { folder + fileName($0) } }
        guard url.count == files.count else {
            throw ImageryError(.misuse, "--url", "\(url.count) URLs are given for \(files.count) files")
        }
        return url
    }
}

/// A path without its extension.
func stem(_ path: String) -> String {
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let dot = path[start...].lastIndex(of: "."), dot != start else { return path }
    return String(path[..<dot])
}
