import ArgumentParser
import Imagery
import ImageryPlumbing

/// `extract`: parts of a file as they are stored.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract", abstract: "Write out parts of a file as they are stored: data, texts, graphics, XML, profiles.",
        discussion: """
            A KEY is that of an asset (data:0, text:1, image:0 for its coded data), or of something in it: image:0/ICC, image:0/EXIF, image:0/XMP,
            image:0/XML, or any field, such as image:0/RPC00B/LAT_OFF. Without a key the parts of the file are listed. --all writes texts,
            graphics, data, profiles and XML, and images whose bytes are one codestream.
            Example: imagery extract slc.ntf data:0 -o sicd.xml
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Argument(help: "What to write; several need --into.")
    var keys: [String] = []
    @Flag(help: "Write everything.")
    var all = false
    @Option(name: .shortAndLong, help: "The file to write; standard output when not given.")
    var output: String?
    @Option(help: "The folder for several files, each called after its key.")
    var into: String?
    @Flag(help: "Replace files that exist.")
    var overwrite = false
    @Flag(help: "The list as an array of JSON objects; of written files one object {files: [{path, bytes}]}.")
    var json = false
    @OptionGroup var input: InputOptions

    func validate() throws {
        if all, !keys.isEmpty { throw ValidationError("--all and keys exclude each other") }
        if all || keys.count > 1, into == nil { throw ValidationError("several files need a folder: --into DIR") }
        if output != nil, into != nil { throw ValidationError("--output and --into exclude each other") }
        if output != nil, keys.isEmpty { throw ValidationError("--output needs a key; without one the parts are listed") }
    }

    /// One thing that can be written.
    private struct Part {
        var key: String
        var mediaType: String
        var bytes: [UInt8]

        /// The extension that suits the bytes.
        var pathExtension: String {
            let signatures: [(start: [UInt8], ending: String)] = [
                ([0xff, 0x4f, 0xff, 0x51], "j2k"), ([0xff, 0xd8, 0xff], "jpg"), ([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20], "jp2"),
                ([0x89, 0x50, 0x4e, 0x47], "png"), (Array("<?xml".utf8), "xml"),
            ]
            if let known = signatures.first(where: { bytes.starts(with: $0.start) }) { return known.ending }
            switch mediaType.prefix(while: { $0 != ";" }) {
            case "application/xml": return "xml"
            case "application/rdf+xml": return "xmp"
            case "application/vnd.iccprofile": return "icc"
            case "text/plain": return "txt"
            case "image/cgm": return "cgm"
            default: return "bin"
            }
        }

        /// True for the bytes of one JPEG or JPEG 2000 codestream.
        var isCodestream: Bool { ["j2k", "jpg", "jp2"].contains(pathExtension) }
    }

    func run() throws {
        let dataset = try input.open(file)
        guard all || !keys.isEmpty else { return try list(dataset) }
        if all, let into {
            var paths: [String] = []
            for part in try parts(of: dataset) {
                paths.append(path(of: part, in: into))
                try write(part, to: paths[paths.count - 1])
            }
            return report(paths, summary: "\(paths.count) \(paths.count == 1 ? "file" : "files") in \(into)")
        }
        var paths: [String] = []
        for key in keys {
            let part = try self.part(key, of: dataset)
            paths.append(into.map { path(of: part, in: $0) } ?? output ?? "-")
            try write(part, to: paths[paths.count - 1])
        }
        report(paths)
    }

    private func report(_ paths: [String], summary: String? = nil) {
        var report = ReportOptions()
        report.json = json
        report.tell(paths, summary: summary, by: input)
    }

    /// Everything that --all writes.
    private func parts(of dataset: Dataset) throws -> [Part] {
        var parts: [Part] = []
        for asset in dataset.assets {
            if asset.type != .image {
                parts.append(Part(key: asset.key.description, mediaType: asset.mediaType, bytes: try asset.rawBytes()))
            } else if dataset.format != .tiff {
                let stored = Part(key: asset.key.description, mediaType: asset.mediaType, bytes: try asset.rawBytes())
                if stored.isCodestream { parts.append(stored) }
            }
            parts += asset.parts.map { Part(key: "\(asset.key)/\($0.name)", mediaType: $0.mediaType, bytes: $0.bytes) }
        }
        return parts
    }

    private func part(_ key: String, of dataset: Dataset) throws -> Part {
        guard let slash = key.firstIndex(of: "/") else {
            let asset = try dataset.asset(AssetKey(key))
            return Part(key: key, mediaType: asset.mediaType, bytes: try asset.rawBytes())
        }
        let asset = try dataset.asset(AssetKey(String(key[..<slash])))
        let name = String(key[key.index(after: slash)...])
        let known = asset.parts.first { $0.name.lowercased() == name.lowercased() }
        return Part(
            key: key, mediaType: known?.mediaType ?? "application/octet-stream", bytes: try known?.bytes ?? asset.part(name))
    }

    private func path(of part: Part, in folder: String) -> String {
        let name = part.key.replacing(":", with: "_").replacing("/", with: "_")
        return "\(folder)/\(name).\(part.pathExtension)"
    }

    private func write(_ part: Part, to path: String) throws {
        let sink = try Output(path, overwrite: overwrite)
        try sink.append(part.bytes)
        try sink.finish()
    }

    private func list(_ dataset: Dataset) throws {
        var rows: [(key: String, mediaType: String, size: Int, title: String)] = []
        for asset in dataset.assets {
            rows.append((asset.key.description, asset.mediaType, asset.byteCount, asset.title))
            rows += asset.parts.map { ("\(asset.key)/\($0.name)", $0.mediaType, $0.bytes.count, "") }
        }
        guard json else {
            return print(table(rows.map { [$0.key, $0.mediaType, "\($0.size)", $0.title] }, rightAligned: [2]))
        }
        var writer = JSONWriter()
        writer.array { json in
            for row in rows {
                json.object { json in
                    json.key("key")
                    json.string(row.key)
                    json.key("mediaType")
                    json.string(row.mediaType)
                    json.key("bytes")
                    json.integer(row.size)
                    json.key("title")
                    json.string(row.title)
                }
            }
        }
        print(writer.text)
    }
}

/// Rows of texts in columns.
func table(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
        let cells = row.enumerated().map { column, text in
            let blanks = String(repeating: " ", count: widths[column] - text.count)
            return rightAligned.contains(column) ? blanks + text : text + blanks
        }
        var line = cells.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }.joined(separator: "\n")
}
