import ArgumentParser
import Imagery
import ImageryPlumbing

/// `compare`: whether two images are equal, and if not by how much.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Say whether two images are equal, and if not by how much they differ.",
        discussion: """
            Compares the pixels of the first image of each file, or of --asset, and with --metadata the fields as well. Exit status: 0 equal,
            1 different. Example: imagery compare before.ntf after.jp2
            """)

    @Argument(help: "The first file.")
    var first: String
    @Argument(help: "The second file.")
    var second: String
    @Option(help: "The key of the image in both files.")
    var asset: String?
    @Option(help: "Distances up to this one count as equal.")
    var tolerance = 0.0
    @Flag(help: "Compare the metadata too.")
    var metadata = false
    @Flag(help: "One JSON object instead of text.")
    var json = false
    @OptionGroup var input: InputOptions

    func run() throws {
        let images = try [first, second].map { try input.open($0, access: .read).image(asset.map { AssetKey($0) }) }
        var differences: [String] = []
        let (a, b) = (images[0].layout, images[1].layout)
        if a.pixelType != b.pixelType { differences.append("type: \(a.pixelType.rawValue), \(b.pixelType.rawValue)") }
        var bands: [BandDifference] = []
        if a.shape == b.shape {
            var progress = Progress(quiet: input.quiet)
            bands = try images[0].difference(from: images[1]) { progress.update($0, of: $1) }
            progress.finish()
        } else {
            differences.append("size: \(Self.size(a)), \(Self.size(b))")
        }
        if metadata { differences += Self.differences(images[0].metadata, images[1].metadata) }
        let areDifferent = !differences.isEmpty || bands.contains { $0.maximum > tolerance }
        print(json ? Self.json(differences, bands, areDifferent) : Self.text(differences, bands, areDifferent))
        if areDifferent { throw ExitCode(1) }
    }

    private static func size(_ layout: ImageLayout) -> String {
        "\(layout.shape.columns) × \(layout.shape.rows), \(layout.shape.bands) \(layout.shape.bands == 1 ? "band" : "bands")"
    }

    private static func text(_ differences: [String], _ bands: [BandDifference], _ areDifferent: Bool) -> String {
        var lines = differences
        let largest = bands.map(\.maximum).max() ?? 0
        if largest > 0 {
            lines.append("largest difference \(brief(largest))")
            for band in bands where band.differingCount > 0 {
                lines.append(
                    "band \(band.band): \(band.differingCount) of \(band.count) samples differ, at most by \(brief(band.maximum)), mean \(brief(band.mean)), PSNR \(brief(band.signalToNoise)) dB"
                )
            }
        }
        if !areDifferent { lines.append(largest > 0 ? "equal within the tolerance" : "equal") }
        return lines.joined(separator: "\n")
    }

    /// A line for each entry that is missing or different.
    private static func differences(_ first: Metadata, _ second: Metadata) -> [String] {
        var lines: [String] = []
        var seen: Set<String> = []
        for entry in first.entries + second.entries where seen.insert(entry.name).inserted {
            let (a, b) = (first.all(entry.name), second.all(entry.name))
            if a != b {
                lines.append("\(entry.name): \(a.isEmpty ? "only in the second" : b.isEmpty ? "only in the first" : "different")")
            }
        }
        return lines
    }

    private static func json(_ differences: [String], _ bands: [BandDifference], _ areDifferent: Bool) -> String {
        var writer = JSONWriter()
        writer.object { json in
            json.key("equal")
            json.boolean(!areDifferent)
            json.key("differences")
            json.array { json in differences.forEach { json.string($0) } }
            json.key("bands")
            json.array { json in
                for band in bands {
                    json.object { json in
                        json.key("band")
                        json.integer(band.band)
                        json.key("differing")
                        json.integer(band.differingCount)
                        json.key("max")
                        json.number(band.maximum)
                        json.key("mean")
                        json.number(band.mean)
                        json.key("psnr")
                        if band.meanSquare == 0 { json.null() } else { json.number(band.signalToNoise) }
                    }
                }
            }
        }
        return writer.text
    }
}
