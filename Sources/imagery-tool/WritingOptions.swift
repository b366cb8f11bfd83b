public import ArgumentParser
public import Imagery

/// How an image is written.
struct WritingOptions: ParsableArguments {
    @Option(help: "How samples are compressed: jpeg or lossless-jpeg.")
    var compression: String?
    @Option(help: "Quality of JPEG, 1 to 100.")
    var quality: Int?
    @Option(help: "Bits of a stored sample.")
    var bits: Int?
    @Option(help: "Chrominance of JPEG: 4:4:4, 4:2:2, 4:2:0 or 4:1:1.")
    var subsampling: JPEGChoices.Subsampling?
    @Flag(help: "JPEG in several scans.")
    var progressive = false
    @Flag(help: "Huffman codes of JPEG made for the image.")
    var optimize = false
    @Option(help: "Rows of MCUs between JPEG's restart markers.")
    var restartRows: Int?
    @Option(help: "The predictor of lossless JPEG, 1 to 7.")
    var losslessPredictor: Int?

    /// The options of the library.
    func options() throws -> WriteOptions {
        var options = WriteOptions()
        switch compression {
        case "lossless-jpeg": options.compression = .losslessJPEG
        case nil, "jpeg": if let quality { options.compression = .jpeg(quality: quality) }
        default: throw ValidationError("--compression is jpeg or lossless-jpeg")
        }
        options.bitsPerSample = bits
        var jpeg = JPEGChoices()
        jpeg.subsampling = subsampling
        if progressive { jpeg.isProgressive = true }
        if optimize { jpeg.optimizesHuffman = true }
        jpeg.restartRows = restartRows
        jpeg.losslessPredictor = losslessPredictor
        if jpeg != JPEGChoices() { options.jpeg = jpeg }
        return options
    }
}

extension JPEGChoices.Subsampling: ExpressibleByArgument {}
