import ArgumentParser
import Imagery

/// `info`: what is in a file, from its headers.
struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what is in a file: assets, sizes, types, metadata.")

    @Argument(help: "Files; '-' is standard input.")
    var files: [String]
    @Flag(help: "One JSON object a file, with all metadata.")
    var json = false
    @Option(help: "Only the asset of this key.")
    var asset: String?
    @OptionGroup var input: InputOptions

    func run() throws {
        var status: Int32 = 0
        for file in files {
            do {
                let dataset = try input.open(file)
                let assets = try asset.map { [try dataset.asset(AssetKey($0))] } ?? dataset.assets
                if json { Self.printJSON(dataset, assets) } else { print(Self.text(dataset, assets, name: file)) }
            } catch let error as ImageryError where files.count > 1 {
                say("imagery: \(file): \(error)")
                status = max(status, ImageryTool.exitStatus(of: error))
            }
        }
        if status != 0 { throw ExitCode(status) }
    }

    private static func text(_ dataset: Dataset, _ assets: [Asset], name: String) -> String {
        var lines = ["\(name): \(dataset.format.rawValue), \(assets.count) \(assets.count == 1 ? "asset" : "assets")"]
        for asset in assets {
            let roles = asset.roles.map(\.rawValue).sorted().joined(separator: ", ")
            var line = "\(asset.key)  [\(roles)]"
            if let image = asset.image {
                let layout = image.layout
                line += "  \(layout.shape.columns) × \(layout.shape.rows) pixels, \(layout.shape.bands) "
                line += layout.shape.bands == 1 ? "band" : "bands"
                line += ", \(layout.pixelType.rawValue)"
                if layout.bitsPerPixel != layout.pixelType.byteCount * 8 { line += " (\(layout.bitsPerPixel) bits)" }
                if layout.gridRows * layout.gridColumns > 1 {
                    line += ", blocks of \(layout.blockWidth) × \(layout.blockHeight) (\(layout.gridColumns) × \(layout.gridRows))"
                }
                if image.resolutionLevels > 1 { line += ", \(image.resolutionLevels) resolution levels" }
                if let pad = layout.padValue { line += ", pad value \(pad)" }
            } else {
                line += "  \(asset.mediaType)"
            }
            lines.append(line)
            if !asset.title.isEmpty { lines.append("    \(asset.title)") }
            if let crs = asset.georeference?.crs { lines.append("    reference system \(crs)") }
            for entry in asset.metadata.entries { lines.append("    \(entry.name): \(brief(entry.value))") }
        }
        lines += dataset.diagnostics.map { "note: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// A value in at most about 100 characters.
    private static func brief(_ value: Value) -> String {
        switch value.content {
        case .group(let entries):
            return shorten(entries.map { "\($0.name) \(brief($0.value))" }.joined(separator: ", "))
        case .list(let values):
            return shorten(values.prefix(16).map(brief).joined(separator: ", "))
        case .field(.undefined, let bytes):
            return "\(bytes.count) bytes"
        case .field(.ascii, let bytes), .field(.utf8, let bytes):
            // A text of megabytes is not made into one to show its beginning; no letter has more bytes than that by far.
            let start = Value(.utf8, littleEndian: Array(bytes.prefix(4_096)))
            return shorten((start.text ?? "").replacing("\n", with: " "))
        case .field:
            let shown = (0..<min(16, value.count)).map { index in
                value.int(at: index).map { "\($0)" } ?? value.double(at: index).map { "\($0)" } ?? "?"
            }
            return shorten(shown.joined(separator: ", ") + (value.count > 16 ? ", ... (\(value.count) values)" : ""))
        }
    }

    private static func shorten(_ text: String) -> String {
        text.count > 100 ? text.prefix(97) + "..." : text
    }

    /// The object of S96.
    private static func printJSON(_ dataset: Dataset, _ assets: [Asset]) {
        var writer = JSONWriter(flushing: { print($0, terminator: "") })
        writer.object { json in
            json.key("format")
            json.string(dataset.format.rawValue)
            json.key("assets")
            json.array { json in assets.forEach { write($0, to: &json) } }
            json.key("metadata")
            dataset.metadata.write(to: &json)
            json.key("diagnostics")
            json.array { json in dataset.diagnostics.forEach { $0.write(to: &json) } }
        }
        print(writer.text)
    }

    private static func write(_ asset: Asset, to json: inout JSONWriter) {
        json.object { json in
            json.key("key")
            json.string(asset.key.description)
            json.key("type")
            json.string(asset.type.rawValue)
            json.key("roles")
            json.array { json in asset.roles.map(\.rawValue).sorted().forEach { json.string($0) } }
            json.key("title")
            json.string(asset.title)
            json.key("mediaType")
            json.string(asset.mediaType)
            if let image = asset.image {
                let layout = image.layout
                let numbers: [(String, Int)] = [
                    ("width", layout.shape.columns), ("height", layout.shape.rows), ("originX", layout.originX),
                    ("originY", layout.originY),
                    ("bands", layout.shape.bands), ("bitsPerPixel", layout.bitsPerPixel), ("blockWidth", layout.blockWidth),
                    ("blockHeight", layout.blockHeight), ("gridRows", layout.gridRows), ("gridColumns", layout.gridColumns),
                    ("resolutionLevels", image.resolutionLevels),
                ]
                for (name, number) in numbers {
                    json.key(name)
                    json.integer(number)
                }
                json.key("pixelType")
                json.string(layout.pixelType.rawValue)
                json.key("padValue")
                switch layout.padValue {
                case nil: json.null()
                case .integer(let value): json.integer(Int(value))
                case .unsigned, .real: json.number(layout.padValue?.double ?? .nan)
                }
                json.key("georeference")
                if let georeference = asset.georeference { georeference.write(to: &json) } else { json.null() }
            }
            json.key("metadata")
            asset.metadata.write(to: &json)
        }
    }
}

extension Diagnostic {
    /// The finding as a JSON object.
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("context")
            json.string(context)
            json.key("offset")
            if let offset { json.integer(offset) } else { json.null() }
            json.key("message")
            json.string(message)
        }
    }
}
