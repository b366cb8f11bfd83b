import ArgumentParser
import Imagery
import ImageryPlumbing

/// `info`: what is in a file, from its headers.
struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract:
            "Say what is in a file: format, size, bands, type, compression, place, time, classification, and what else is inside.",
        discussion: """
            Several files make a table. Details come with --metadata, --tres, --rpc and --xml, everything with --json.
            Examples: imagery info scene.ntf
                      imagery info scene.ntf --tres
                      imagery info *.tif
            """)

    @Argument(help: "Files; '-' is standard input.")
    var files: [String]
    @Flag(help: "One JSON object a file, with all metadata; with --rpc the model alone.")
    var json = false
    @Flag(help: "Every entry of the metadata.")
    var metadata = false
    @Flag(help: "The extensions (TREs) of an NITF file with their fields and values.")
    var tres = false
    @Flag(help: "The rational polynomial model (RPC), line by line.")
    var rpc = false
    @Flag(help: "The XML documents inside.")
    var xml = false
    @Option(help: "Only the asset of this key.")
    var asset: String?
    @OptionGroup var input: InputOptions

    func validate() throws {
        if json, tres || xml || metadata { throw ValidationError("--json has everything; leave out --metadata, --tres and --xml") }
    }

    func run() throws {
        var status: Int32 = 0
        var rows: [[String]] = []
        let isTable = files.count > 1 && !json && !metadata && !tres && !rpc && !xml
        for file in files {
            do {
                let dataset = try input.open(file)
                let assets = try asset.map { [try dataset.asset(AssetKey($0))] } ?? dataset.assets
                if isTable {
                    rows.append(try Summary(dataset, assets).row(RemoteFiles.shown(file)))
                } else if json, !rpc {
                    Self.printJSON(dataset, assets)
                } else {
                    print(try text(dataset, assets, name: RemoteFiles.shown(file)))
                }
            } catch let error as ImageryError where files.count > 1 {
                say("imagery: \(RemoteFiles.shown(file)): \(error)")
                status = max(status, ImageryTool.exitStatus(of: error))
            }
        }
        if isTable, !rows.isEmpty { print(table([Summary.columns] + rows)) }
        if status != 0 { throw ExitCode(status) }
    }

    private func text(_ dataset: Dataset, _ assets: [Asset], name: String) throws -> String {
        if rpc { return try model(of: dataset, assets) }
        if xml { return try documents(of: assets) }
        if tres { return extensions(of: dataset, assets) }
        let style = Style(isColored: Terminal.isColored)
        var lines = try Summary(dataset, assets).lines(name, style)
        if metadata {
            if !dataset.metadata.entries.isEmpty { lines += [style.strong("file")] + Self.lines(dataset.metadata) }
            for asset in assets { lines += [style.strong(asset.key.description)] + Self.lines(asset.metadata) }
        }
        if !input.quiet { lines += dataset.diagnostics.map { "note: \($0)" } }
        return lines.joined(separator: "\n")
    }

    // MARK: Details

    private static func lines(_ metadata: Metadata) -> [String] {
        metadata.entries.map { "    \($0.name): \(FieldText.brief($0.value))" }
    }

    /// The extensions of the file and of each asset, field by field.
    private func extensions(of dataset: Dataset, _ assets: [Asset]) -> String {
        var lines: [String] = []
        let places = (asset == nil ? [("file", dataset.metadata)] : []) + assets.map { ($0.key.description, $0.metadata) }
        for (place, metadata) in places where metadata.schema == .nitf {
            for entry in metadata.entries where entry.name != "FBKGC" {
                switch entry.value.content {
                case .group, .record:
                    lines.append("\(place)  \(entry.name)")
                    lines += FieldText.lines(entry.value.group?.entries ?? [], indent: "    ")
                case .field(.undefined, let bytes): lines.append("\(place)  \(entry.name)  \(bytes.count) bytes of no known layout")
                default: break
                }
            }
        }
        return lines.isEmpty ? "there are no extensions" : lines.joined(separator: "\n")
    }

    /// The first rational polynomial model, in the order and under the names of RPC00B.
    private func model(of dataset: Dataset, _ assets: [Asset]) throws -> String {
        guard let model = assets.lazy.compactMap({ $0.georeference?.rationalPolynomial }).first else {
            throw ImageryError(.unsupported, dataset.format.rawValue, "the file has no rational polynomial model")
        }
        if json {
            var writer = JSONWriter()
            Georeference(rationalPolynomial: model).write(to: &writer)
            return writer.text
        }
        var lines: [String] = []
        if let bias = model.errorBias { lines.append("ERR_BIAS: \(bias)") }
        if let random = model.errorRandom { lines.append("ERR_RAND: \(random)") }
        let names = ["LINE", "SAMP", "LAT", "LONG", "HEIGHT"]
        for (name, offset) in zip(names, model.offsets) { lines.append("\(name)_OFF: \(offset)") }
        for (name, scale) in zip(names, model.scales) { lines.append("\(name)_SCALE: \(scale)") }
        let polynomials = [
            ("LINE_NUM_COEFF", model.lineNumerator), ("LINE_DEN_COEFF", model.lineDenominator),
            ("SAMP_NUM_COEFF", model.sampleNumerator), ("SAMP_DEN_COEFF", model.sampleDenominator),
        ]
        for (name, coefficients) in polynomials {
            for (number, coefficient) in coefficients.enumerated() { lines.append("\(name)_\(number + 1): \(coefficient)") }
        }
        return lines.joined(separator: "\n")
    }

    /// Every XML document, after a line with its key where there are several.
    private func documents(of assets: [Asset]) throws -> String {
        var documents: [(key: String, text: String)] = []
        for asset in assets {
            if asset.mediaType == "application/xml" {
                documents.append((asset.key.description, String(decoding: try asset.rawBytes(), as: UTF8.self)))
            }
            for part in asset.parts where part.mediaType.hasSuffix("xml") {
                documents.append(("\(asset.key)/\(part.name)", String(decoding: part.bytes, as: UTF8.self)))
            }
        }
        guard documents.count != 1 else { return documents[0].text }
        return documents.isEmpty
            ? "there is no XML" : documents.map { "\($0.key)\n\($0.text)" }.joined(separator: "\n\n")
    }

    // MARK: JSON

    /// The object of S96, some of it at a time.
    private static func printJSON(_ dataset: Dataset, _ assets: [Asset]) {
        var writer = JSONWriter(flushing: { print($0, terminator: "") })
        dataset.write(assets, to: &writer)
        print(writer.text)
    }
}
