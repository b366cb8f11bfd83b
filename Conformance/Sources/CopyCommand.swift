import ArgumentParser
import Imagery

/// `copy`: all assets of a file with their metadata into another, for other software to compare.
struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Writes all assets of a file, with all metadata, into a file of another name or format.")

    @Argument(help: "The file.")
    var source: String
    @Argument(help: "The file to write; its extension says the format.")
    var target: String
    @Option(help: "pixel, row, block or band.")
    var interleave: String?
    @Option(help: "Columns and rows of a block.")
    var blockSize: Int?
    @Option(help: "The value of samples that mean nothing.")
    var padValue: String?
    @Option(help: "Threads; all cores when not given.")
    var threads: Int?
    @Flag(help: "Hold texts to the character sets of their fields.")
    var strict = false

    func run() throws {
        var reading = ReadOptions()
        reading.threads = threads
        let dataset = try Dataset(source, options: reading)
        var options = WriteOptions()
        options.interleave = ["pixel": .pixel, "row": .row, "block": .block, "band": .band][interleave ?? ""]
        options.blockWidth = blockSize
        options.blockHeight = blockSize
        options.padValue = padValue.flatMap { SampleValue(parsing: $0) }
        options.threads = threads
        options.strict = strict
        options.date = 1_000_000_000
        options.metadata = dataset.metadata
        try Dataset.write(to: target, options: options) { writer in
            for asset in dataset.assets where target.hasSuffix(".ntf") || target.hasSuffix(".nsf") || asset.type == .image {
                try writer.add(copyOf: asset)
            }
        }
    }
}
