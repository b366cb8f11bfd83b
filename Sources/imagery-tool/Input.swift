public import ArgumentParser
public import Imagery
import ImageryPlumbing

/// How a file is opened: shared by every verb that reads one.
struct InputOptions: ParsableArguments {
    @Option(help: "The format of the input, instead of the one that its content shows.")
    var from: Format?
    @Option(help: "Threads to use; all cores when not given.")
    var threads: Int?
    @Option(help: "Bytes of pixels that one read may produce whatever the size of its input.")
    var limit: Int?
    @Flag(help: "Give what is decodable of a damaged image.")
    var salvage = false
    @Flag(help: "No progress and no notes on standard error.")
    var quiet = false
    @OptionGroup var layouts: LayoutOptions

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    /// Throws kind io for a file with layouts that cannot be read, misuse for what it holds.
    var readOptions: ReadOptions {
        get throws {
            var options = ReadOptions()
            options.layouts = try layouts.read()
            options.threads = threads
            options.salvage = salvage
            if let limit { options.limits.maxPixelBytes = limit }
            return options
        }
    }

    /// One line for each note and finding of a file that was written.
    func tell(_ result: WriteResult) {
        guard !quiet else { return }
        for diagnostic in result.diagnostics { say("imagery: note: \(diagnostic)") }
        for note in result.notes { say("imagery: note: \(note)") }
    }

    /// The dataset of the file at `path`, which may be an address; `-` is standard input, which is read whole.
    func open(_ path: String, access: ReadOptions.Access = .map) throws -> Dataset {
        var options = try readOptions
        options.access = access
        guard path == "-" || RemoteFiles.isAddress(path) else { return try Dataset(path, format: from, options: options) }
        let source = try openSource(path, access: access)
        let name = path == "-" ? "standard input" : RemoteFiles.shown(path)
        return try Dataset(source: source, format: from ?? Format(detecting: source, name: name), options: options)
    }
}

/// The bytes of a file, which may be an address; `-` is standard input, which is read whole.
func openSource(_ path: String, access: ReadOptions.Access) throws -> any ByteSource {
    if path == "-" { return MemorySource(try readWhole(0, name: "standard input")) }
    return RemoteFiles.isAddress(path) ? try RemoteFiles.open(path) : try FileSource(path, access: access)
}

/// What part of an image is read.
struct SelectionOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Pixels of the full resolution image: x,y,width,height.")
    var window: Window?
    @Option(
        parsing: .unconditional,
        help: "A rectangle on the ground instead of a window: west,south,east,north in degrees, or in the units of --bounds-crs.")
    var bounds: Bounds?
    @Option(help: "The reference system of --bounds, such as EPSG:32632, when it is not degrees.")
    var boundsCrs: String?
    @Option(help: "Zero-based bands, such as 2,1,0.")
    var bands: BandList?
    @Option(help: "Resolution level; level n has 1/2^n of the columns and rows.")
    var resolutionLevel: Int = 0
    @Option(help: "The key of the image, such as image:0:overview:1.")
    var asset: String?
    @Option(help: "One component at its own size, instead of --bands.")
    var component: Int?
    @Option(parsing: .unconditional, help: "Value of blocks that the file does not hold.")
    var fill: SampleValue?
    @Flag(help: "Give what the image's palette or look-up table says, instead of its numbers.")
    var applyTable = false

    func validate() throws {
        if component != nil, bands != nil { throw ValidationError("--component and --bands exclude each other") }
        if boundsCrs != nil, bounds == nil { throw ValidationError("--bounds-crs belongs to --bounds") }
        if window != nil, bounds != nil { throw ValidationError("--window and --bounds exclude each other") }
        if component != nil, applyTable { throw ValidationError("--component and --apply-table exclude each other") }
    }

    func image(in dataset: Dataset) throws -> ImageAsset {
        let image = try dataset.image(asset.map { AssetKey($0) })
        if applyTable { return try image.applyingLookupTable() }
        return try component.map { try image.component($0) } ?? image
    }

    /// The pixels that --window or --bounds name; nil for all.
    func window(in image: ImageAsset) throws(ImageryError) -> Window? {
        guard let bounds else { return window }
        if let boundsCrs { return try image.window(covering: bounds.rectangle(crs: boundsCrs)) }
        return try image.window(covering: bounds.degrees())
    }

    /// Reads the selection whole; where a terminal shows progress, in stripes through one session.
    func read(_ image: ImageAsset, progress: inout Progress) throws -> Raster {
        let window = try window(in: image)
        let place = (window ?? image.layout.bounds).intersection(image.layout.bounds)
        guard progress.isTerminal, resolutionLevel == 0, place.height > 1_024 else {
            return try image.read(window: window, bands: chosenBands, resolutionLevel: resolutionLevel, fill: fill)
        }
        let shape = Shape(bands: chosenBands?.count ?? image.layout.shape.bands, rows: place.height, columns: place.width)
        try image.checkCost(window: window, bands: chosenBands)
        var raster = try Raster(image.layout.pixelType, shape: shape)
        let session = image.makeSession(fill: fill)
        let rowBytes = raster.rowByteCount
        try raster.withMutableBytes { bytes in
            try unsafe bytes.withUnsafeMutableBytes { buffer in
                for row in stride(from: 0, to: place.height, by: 512) {
                    let stripe = Window(x: place.x, y: place.y + row, width: place.width, height: min(512, place.height - row))
                    // The rest of the raster from the stripe's first row on.
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[(row * rowBytes)...])
                    var span = unsafe rest.mutableBytes
                    try session.read(
                        window: stripe, bands: chosenBands, into: &span, bandStride: rowBytes * place.height, rowStride: rowBytes)
                    progress.update(row + stripe.height, of: place.height)
                }
            }
        }
        raster.diagnostics = session.diagnostics
        return raster
    }

    var chosenBands: [Int]? { bands?.indices }

    /// True when neither an image nor a part of one was chosen.
    var isWholeFile: Bool {
        asset == nil && window == nil && bands == nil && component == nil && resolutionLevel == 0 && bounds == nil && !applyTable
    }
}

/// A list of band numbers.
struct BandList: ExpressibleByArgument {
    var indices: [Int]

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !numbers.contains(nil) else { return nil }
        indices = numbers.compactMap(\.self)
    }
}

extension Window: ExpressibleByArgument {
    public init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard numbers.count == 4, argument.count(where: { $0 == "," }) == 3 else { return nil }
        self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
}

/// West, south, east and north.
struct Bounds: ExpressibleByArgument {
    private let edges: [Double]

    init?(argument: String) {
        guard let numbers = NumberList(argument: argument)?.numbers, numbers.count == 4 else { return nil }
        edges = numbers
    }

    /// Throws kind misuse for numbers that are no degrees.
    func degrees() throws(ImageryError) -> GroundRectangle {
        do throws(ImageryError) {
            return try GroundRectangle(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
        } catch {
            throw ImageryError(error.kind, "--bounds", error.message + "; --bounds-crs says what else they are")
        }
    }

    func rectangle(crs: String) throws(ImageryError) -> MapRectangle {
        try MapRectangle(left: edges[0], bottom: edges[1], right: edges[2], top: edges[3], crs: crs)
    }
}

extension Format: ExpressibleByArgument {
    public init?(argument: String) { self.init(named: argument) }
    public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension SampleValue: ExpressibleByArgument {
    public init?(argument: String) { self.init(parsing: argument) }
}
