import ArgumentParser
import Imagery
import ImageryPlumbing

/// `stats`: what the valid samples of each band are like.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Minimum, maximum, mean, deviation, percentiles and histogram of each band.",
        discussion: """
            Only valid samples count: no no-data value, no masked pixel, no absent block, no NaN. Complex samples count as magnitudes.
            Example: imagery stats scene.ntf --percentiles 2,98 --json
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Flag(help: "One JSON object instead of text.")
    var json = false
    @Option(help: "Percentiles, 0 to 100: numbers with commas.")
    var percentiles: NumberList = NumberList(BandStatistics.usualPercentiles)
    @Option(help: "The most intervals of a histogram; 20 in text, 256 in JSON when not given.")
    var bins: Int?
    @Option(
        name: .customLong("nodata"), parsing: .unconditional, help: "The value of samples that mean nothing, instead of the file's."
    )
    var noData: SampleValue?
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var input: InputOptions

    func run() throws {
        let dataset = try input.open(file, access: .read)
        let image = try selection.image(in: dataset)
        var progress = Progress(quiet: input.quiet)
        let bands = try image.statistics(
            window: selection.window(in: image), bands: selection.chosenBands, resolutionLevel: selection.resolutionLevel,
            percentiles: percentiles.numbers, bins: bins ?? (json ? 256 : 20), noData: noData
        ) { progress.update($0, of: $1) }
        progress.finish()
        print(json ? Self.json(image, bands) : Self.text(bands))
    }

    private static func text(_ bands: [BandStatistics]) -> String {
        var lines: [String] = []
        for band in bands {
            lines.append("band \(band.band): \(band.validCount) valid\(band.invalidCount > 0 ? ", \(band.invalidCount) not" : "")")
            guard band.validCount > 0 else { continue }
            lines.append(
                "  min \(brief(band.minimum))  max \(brief(band.maximum))  mean \(brief(band.mean))  sigma \(brief(band.standardDeviation))"
            )
            if !band.percentiles.isEmpty {
                lines.append("  " + band.percentiles.map { "p\(brief($0.percent)) \(brief($0.value))" }.joined(separator: "  "))
            }
            lines += Self.bars(band.histogram)
        }
        return lines.joined(separator: "\n")
    }

    /// A bar for each interval, the longest of 50 characters.
    private static func bars(_ histogram: BandStatistics.Histogram) -> [String] {
        let longest = max(1, histogram.counts.max() ?? 1)
        let width = (histogram.upperBound - histogram.lowerBound) / Double(histogram.counts.count)
        let edges = histogram.counts.indices.map { brief(histogram.lowerBound + Double($0) * width) }
        let column = edges.map(\.count).max() ?? 0
        return zip(edges, histogram.counts).map { edge, count in
            let eighths = Int((Double(count) / Double(longest) * 400).rounded())
            let rest = eighths % 8 == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1])
            let bar = String(repeating: "█", count: eighths / 8) + (count > 0 && eighths == 0 ? "▏" : rest)
            return "  \(String(repeating: " ", count: column - edge.count))\(edge)  \(bar) \(count)"
        }
    }

    private static func json(_ image: ImageAsset, _ bands: [BandStatistics]) -> String {
        var writer = JSONWriter()
        writer.object { json in
            json.key("key")
            json.string(image.key.description)
            json.key("bands")
            json.array { json in bands.forEach { $0.write(to: &json) } }
        }
        return writer.text
    }
}

extension BandStatistics {
    /// The statistics as a JSON object; numbers that no valid sample gives are null.
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("band")
            json.integer(band)
            json.key("valid")
            json.integer(validCount)
            json.key("invalid")
            json.integer(invalidCount)
            for (name, value) in [("min", minimum), ("max", maximum), ("mean", mean), ("sigma", standardDeviation)] {
                json.key(name)
                if value.isNaN { json.null() } else { json.number(value) }
            }
            json.key("percentiles")
            json.array { json in
                for percentile in percentiles {
                    json.object { json in
                        json.key("percent")
                        json.number(percentile.percent)
                        json.key("value")
                        json.number(percentile.value)
                    }
                }
            }
            json.key("histogram")
            guard validCount > 0 else { return json.null() }
            json.object { json in
                json.key("from")
                json.number(histogram.lowerBound)
                json.key("to")
                json.number(histogram.upperBound)
                json.key("counts")
                json.array { json in histogram.counts.forEach { json.integer($0) } }
            }
        }
    }
}

/// Numbers with commas.
struct NumberList: ExpressibleByArgument {
    var numbers: [Double]

    init(_ numbers: [Double]) { self.numbers = numbers }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        numbers = parts.compactMap { Double($0) }
        guard numbers.count == parts.count, !numbers.isEmpty else { return nil }
    }

    var defaultValueDescription: String { numbers.map { brief($0) }.joined(separator: ",") }
}

/// A number in about six digits.
func brief(_ number: Double) -> String {
    guard number.isFinite else { return "\(number)" }
    if let whole = Int(exactly: number), whole.magnitude < 10_000_000_000 { return "\(whole)" }
    guard number.magnitude >= 1e-4, number.magnitude < 1e15 else { return "\(Float(number))" }
    // As many decimals as make six digits.
    var decimals = 5
    var limit = 10.0
    while number.magnitude >= limit, decimals > 0 {
        limit *= 10
        decimals -= 1
    }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
}
