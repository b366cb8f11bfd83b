public import ArgumentParser
public import Imagery

/// Finer choices of JPEG compression.
struct JPEGWritingOptions: ParsableArguments {
    @Option(help: "Chrominance of JPEG: 4:4:4, 4:2:2, 4:2:0 or 4:1:1.")
    var subsampling: JPEGChoices.Subsampling?
    @Flag(help: "JPEG in several scans.")
    var progressive = false
    @Flag(help: "Huffman codes of JPEG made for the image.")
    var optimize = false
    @Option(help: "Rows of MCUs between restart markers of JPEG.")
    var restartRows: Int?
    @Option(help: "Predictor of lossless JPEG, 1 to 7.")
    var losslessPredictor: Int?

    /// Nil when nothing is chosen.
    var choices: JPEGChoices? {
        var choices = JPEGChoices()
        choices.subsampling = subsampling
        if progressive { choices.isProgressive = true }
        if optimize { choices.optimizesHuffman = true }
        choices.restartRows = restartRows
        choices.losslessPredictor = losslessPredictor
        return choices == JPEGChoices() ? nil : choices
    }
}

extension JPEGChoices.Subsampling: ExpressibleByArgument {}
