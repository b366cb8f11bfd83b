public import ArgumentParser
public import Imagery

/// How a file is written: shared by the verbs that write one.
struct WritingOptions: ParsableArguments {
    @Option(
        help: """
            none, deflate, lzw, packbits, zstd, lerc, lerc-deflate, lerc-zstd, jpeg, jpeg-lossless, jpeg2000 or htj2k; the format's choice when \
            not given. lerc:0.01 allows an error of 0.01.
            """)
    var compression: CompressionChoice?
    @Option(help: "Quality of JPEG, or of JPEG 2000 with loss: 1 to 100.")
    var quality: Int?
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
    @Option(help: "JPEG 2000 with loss: bits of a pixel, all bands together.")
    var rate: Double?
    @Option(help: "Bits of a pixel behind each quality layer of JPEG 2000, rising: numbers with commas.")
    var layers: RateList?
    @Option(help: "Decomposition levels of JPEG 2000.")
    var levels: Int?
    @Option(help: "The order of JPEG 2000's packets: lrcp, rlcp, rpcl, pcrl or cprl.")
    var order: JPEG2000Choices.Order?
    @Option(help: "Columns and rows of JPEG 2000's code-blocks: n or widthxheight.")
    var codeBlock: BlockSize?
    @Option(help: "Columns and rows of JPEG 2000's precincts.")
    var precinct: Int?
    @Option(
        parsing: .unconditional,
        help: "Pixels x,y,width,height of the written image that JPEG 2000 has in full before all others (region of interest).")
    var region: Window?
    @Option(help: "A set of choices for JPEG 2000: npje or epje.")
    var profile: JPEG2000Choices.Profile?
    @Option(help: "What stands around JPEG 2000: boxes or none.")
    var wrapping: JPEG2000Choices.Wrapping?
    @Flag(inversion: .prefixedNo, help: "Transform the first three bands of JPEG 2000 together.")
    var componentTransform: Bool?
    @Flag(help: "List the lengths of JPEG 2000's tile-parts and packets.")
    var lengths = false
    @Flag(help: "Tell where a JP2 image lies in GML too (GMLJP2), beside GeoJP2.")
    var gml = false
    @Option(help: "Effort of Deflate, 0 to 9, or of Zstandard, 1 to 9.")
    var level: Int?
    @Option(help: "Columns and rows of a block: n or widthxheight; xheight for strips.")
    var blockSize: BlockSize?
    @Option(help: "none, horizontal or float.")
    var predictor: Predictor?
    @Option(help: "pixel, row, block or band.")
    var interleave: Interleave?
    @Flag(help: "Leave out blocks of nothing but the no-data value, or 0: TIFF.")
    var sparse = false
    @Option(help: "Bits of a stored sample.")
    var bits: Int?
    @Option(parsing: .unconditional, help: "The value of samples that mean nothing.")
    var padValue: SampleValue?
    @Option(
        parsing: .unconditional,
        help: "Ground x,y of the four corner pixels: upper left, upper right, lower right, lower left; eight numbers.")
    var corners: CornerList?
    @Option(help: "The reference system of the corners, such as EPSG:4326.")
    var crs: String?
    @Option(help: "Seconds since 1970 for the file's date.")
    var date: Int?
    @Flag(help: "Leave out the metadata of the source.")
    var noMetadata = false
    @Flag(help: "Wait until the disk has the file.")
    var sync = false
    @Flag(help: "Fail instead of writing a file that cannot hold all that the source says.")
    var losslessOnly = false

    func validate() throws {
        if let quality, !(1...100).contains(quality) { throw ValidationError("--quality is 1 to 100") }
        if quality != nil, let compression, ![.jpeg, .jpeg2000, .htj2k].contains(compression.name) {
            throw ValidationError("--quality belongs to --compression jpeg, jpeg2000 and htj2k")
        }
        for rate in [rate].compactMap(\.self) + (layers?.rates ?? []) where !(rate > 0 && rate <= 622_592) {
            throw ValidationError("\(rate) is no rate: --rate and --layers are above 0 and at most 622592 bits a pixel")
        }
        if rate != nil, let compression, ![.jpeg2000, .htj2k].contains(compression.name) {
            throw ValidationError("--rate belongs to --compression jpeg2000 and htj2k")
        }
        if rate != nil, quality != nil { throw ValidationError("--rate or --quality: one of them says how much is lost") }
    }

    func options(threads: Int?, for format: Format?) -> WriteOptions {
        var options = WriteOptions()
        switch compression?.name {
        case nil: if let quality { options.compression = .jpeg(quality: quality) }
        case .none?: options.compression = .uncompressed
        case .deflate?: options.compression = .deflate
        case .lzw?: options.compression = .lzw
        case .packbits?: options.compression = .packBits
        case .zstd?: options.compression = .zstandard
        case .lerc?: options.compression = .lerc(maxError: compression?.maxError ?? 0)
        case .lercDeflate?: options.compression = .lerc(maxError: compression?.maxError ?? 0, packing: .deflate)
        case .lercZstandard?: options.compression = .lerc(maxError: compression?.maxError ?? 0, packing: .zstandard)
        case .jpeg?: options.compression = .jpeg(quality: quality ?? 75)
        case .losslessJPEG?: options.compression = .losslessJPEG
        case .jpeg2000?, .htj2k?: options.compression = .jpeg2000(rate: rate, quality: quality)
        }
        if compression == nil, rate != nil { options.compression = .jpeg2000(rate: rate) }
        var jpeg = JPEGChoices()
        jpeg.subsampling = subsampling
        if progressive { jpeg.isProgressive = true }
        if optimize { jpeg.optimizesHuffman = true }
        jpeg.restartRows = restartRows
        jpeg.losslessPredictor = losslessPredictor
        if jpeg != JPEGChoices() { options.jpeg = jpeg }
        let jpeg2000 = jpeg2000Choices
        if jpeg2000 != JPEG2000Choices() { options.jpeg2000 = jpeg2000 }
        options.compressionLevel = level
        options.blockWidth = blockSize?.width
        options.blockHeight = blockSize?.height
        options.predictor = predictor
        options.interleave = interleave
        if sparse { options.omitsEmptyBlocks = true }
        options.bitsPerSample = bits
        options.padValue = padValue
        options.corners = corners?.points
        options.crs = crs
        options.date = date
        options.threads = threads
        options.durability = durability
        if losslessOnly { options.losses = .refuse }
        return options
    }

    var durability: Durability { sync ? .synced : .buffered }

    private var jpeg2000Choices: JPEG2000Choices {
        var choices = JPEG2000Choices()
        if let compression { choices.isHighThroughput = compression.name == .htj2k ? true : nil }
        choices.layers = layers?.rates
        choices.levels = levels
        choices.order = order
        choices.codeBlockWidth = codeBlock?.width
        choices.codeBlockHeight = codeBlock?.height
        choices.precinctSize = precinct
        choices.region = region
        choices.profile = profile
        choices.wrapping = wrapping
        choices.transformsComponents = componentTransform
        if lengths { choices.listsLengths = true }
        if gml { choices.writesGML = true }
        return choices
    }
}

/// The names of compressions.
enum CompressionName: String, CaseIterable {
    case none, deflate, lzw, packbits, zstd, lerc, jpeg, jpeg2000, htj2k
    case losslessJPEG = "jpeg-lossless"
    case lercDeflate = "lerc-deflate"
    case lercZstandard = "lerc-zstd"

    /// True for compressions whose name may have an error behind it.
    var takesError: Bool { self == .lerc || self == .lercDeflate || self == .lercZstandard }
}

/// A compression, and the error that it may make: `lerc:0.01`.
struct CompressionChoice: ExpressibleByArgument {
    var name: CompressionName
    var maxError: Double?

    init?(argument: String) {
        let parts = argument.lowercased().split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let name = CompressionName(rawValue: parts[0]) else { return nil }
        self.name = name
        guard parts.count == 2 else { return }
        guard name.takesError, let error = Double(parts[1]), error >= 0 else { return nil }
        maxError = error
    }

    static var allValueStrings: [String] { CompressionName.allCases.map(\.rawValue) }
}

/// Columns and rows of blocks; no columns for strips.
struct BlockSize: ExpressibleByArgument {
    var width: Int?
    var height: Int?

    init?(argument: String) {
        let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1:
            guard let side = Int(parts[0]) else { return nil }
            (width, height) = (side, side)
        case 2:
            guard let rows = Int(parts[1]), parts[0].isEmpty || Int(parts[0]) != nil else { return nil }
            (width, height) = (Int(parts[0]), rows)
        default: return nil
        }
    }
}

/// Rates of quality layers.
struct RateList: ExpressibleByArgument {
    var rates: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        rates = parts.compactMap { Double($0) }
        guard rates.count == parts.count else { return nil }
    }
}

/// Four positions.
struct CornerList: ExpressibleByArgument {
    var points: [Georeference.Point]

    init?(argument: String) {
        let numbers = argument.split(separator: ",").compactMap { Double($0) }
        guard numbers.count == 8 else { return nil }
        points = (0..<4).map { Georeference.Point(x: numbers[2 * $0], y: numbers[2 * $0 + 1]) }
    }
}

extension Predictor: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument.lowercased() {
        case "none", "1": self = .unpredicted
        case "horizontal", "2": self = .horizontal
        case "float", "floating-point", "3": self = .floatingPoint
        default: return nil
        }
    }
    public static var allValueStrings: [String] { ["none", "horizontal", "float"] }
}

extension Interleave: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument.lowercased() {
        case "pixel", "p": self = .pixel
        case "row", "r": self = .row
        case "block", "b": self = .block
        case "band", "s": self = .band
        default: return nil
        }
    }
    public static var allValueStrings: [String] { ["pixel", "row", "block", "band"] }
}

extension JPEGChoices.Subsampling: ExpressibleByArgument {}
extension JPEG2000Choices.Order: ExpressibleByArgument {}
extension JPEG2000Choices.Profile: ExpressibleByArgument {}
extension JPEG2000Choices.Wrapping: ExpressibleByArgument {}
