import ArgumentParser
import Imagery
import ImageryKernels
import ImageryPlumbing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `bench`: times one operation in process, opening the file afresh in every repeat, and prints one JSON object.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract:
            "Time an operation: seconds of each repeat, CRC-32 of the pixels (rows, columns, bands; little endian), peak memory.",
        discussion: """
            full reads everything; block and window read --window; reduce reads resolution level n, or the overview with factor 2^n when
            the image has no such level; meta opens the file and lists every asset with all its metadata; tiles reads 1,000 tiles of 256 x
            256 pixels at random places of their grid through one session, as a server does; encode reads a PPM or PGM FILE and writes it
            as --encode KIND to --output. Exit status 3: not supported.
            Example: imagery bench full scene.tif --repeat 5
            """)

    enum Operation: String, ExpressibleByArgument, CaseIterable {
        case full, block, window, reduce, meta, tiles, encode
    }

    @Argument(help: "full, block, window, reduce, meta, tiles or encode.")
    var operation: Operation
    @Argument(help: "The file.")
    var file: String
    @Option(help: "How often to repeat.")
    var `repeat`: Int = 5
    @Option(help: "Pixels for block and window: x,y,width,height.")
    var window: Window?
    @Option(help: "Resolution level for reduce.")
    var resolutionLevel: String = "0"
    @Option(
        help: """
            What encode makes: png, jpeg-q85 (4:2:0, quality 85), tiff-deflate, nitf-nc, nitf-c8, j2k-lossless, j2k-lossy (2 bits a pixel) or \
            htj2k-lossless.
            """)
    var encode: String = ""
    @Option(help: "Where encode writes.")
    var output: String = ""
    @OptionGroup var input: InputOptions

    func run() throws {
        var seconds: [Double] = []
        var raster: Raster?
        var tiles: UInt32?
        var written: Int?
        let clock = ContinuousClock()
        let source = operation == .encode ? try readPNM(file) : nil
        for _ in 0..<max(1, `repeat`) {
            raster = nil
            let start = clock.now
            switch operation {
            case .encode: written = try source.map(measureEncode)
            case .tiles: tiles = try readTiles()
            default: raster = try work()
            }
            seconds.append((clock.now - start) / .seconds(1))
        }
        let peak = peakMemory()
        var json = JSONWriter()
        json.object { json in
            json.key("seconds")
            json.array { json in seconds.forEach { json.number($0) } }
            if let raster {
                json.key("crc")
                json.integer(Int(raster.checksum.crc32))
            }
            if let tiles {
                json.key("crc")
                json.integer(Int(tiles))
            }
            if let written {
                json.key("bytes")
                json.integer(written)
            }
            json.key("rss_kb")
            json.integer(peak)
        }
        print(json.text)
    }

    private func work() throws -> Raster? {
        let dataset = try input.open(file)
        switch operation {
        case .full:
            return try dataset.image().read()
        case .block, .window:
            return try dataset.image().read(window: window)
        case .reduce:
            let level = Int(resolutionLevel) ?? 0
            let image = try dataset.image()
            if level < image.resolutionLevels { return try image.read(resolutionLevel: level) }
            let wanted = image.layout.reduced(image.layout.bounds, level: level)
            let overview = dataset.images.first { candidate in
                candidate.roles.contains(.overview) && candidate.layout.shape.columns == wanted.width
                    && candidate.layout.shape.rows == wanted.height
            }
            guard let overview else {
                throw ImageryError(.unsupported, RemoteFiles.shown(file), "has neither level \(level) nor an overview of that size")
            }
            return try overview.read()
        case .meta:
            var entries = dataset.metadata.entries.count
            for asset in dataset.assets { entries += asset.metadata.entries.count + (asset.image?.layout.shape.columns ?? 0) }
            guard entries >= 0 else { throw ImageryError(.malformed, RemoteFiles.shown(file), "has no metadata") }
            return nil
        case .tiles, .encode:
            return nil
        }
    }

    /// Reads tiles that numbers of Numerical Recipes' generator choose; the checksums of all, combined by exclusive or.
    private func readTiles() throws -> UInt32 {
        let image = try input.open(file).image()
        let session = image.makeSession()
        let (columns, rows) = (image.width / 256, image.height / 256)
        guard columns > 0, rows > 0 else { throw ImageryError(.unsupported, RemoteFiles.shown(file), "is smaller than a tile") }
        var state: UInt32 = 1
        var checksum: UInt32 = 0
        for _ in 0..<1_000 {
            // Wraps as the generator means it to.
            state = state &* 1_664_525 &+ 1_013_904_223
            let place = Int(state >> 8) % (columns * rows)
            let window = Window(x: place % columns * 256, y: place / columns * 256, width: 256, height: 256)
            checksum ^= try session.read(window: window).checksum.crc32
        }
        return checksum
    }

    /// Peak resident memory of this process in KiB.
    private func peakMemory() -> Int {
        var usage = rusage()
        #if os(Linux)
            _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss
        #else
            _ = unsafe getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss / 1024
        #endif
    }

    /// Encodes the raster into the file `--output` as `--encode` names it; returns the size of the file.
    private func measureEncode(_ raster: Raster) throws -> Int {
        var options = WriteOptions()
        options.threads = input.threads
        let format: Format
        switch encode {
        case "png": format = .png
        case "jpeg-q85":
            format = .jpeg
            options.compression = .jpeg(quality: 85)
        case "tiff-deflate":
            format = .tiff
            options.compression = .deflate
            options.predictor = .horizontal
            (options.blockWidth, options.blockHeight) = (256, 256)
        case "nitf-nc":
            format = .nitf
            options.compression = .uncompressed
            options.interleave = .block
            (options.blockWidth, options.blockHeight) = (1024, 1024)
        case "nitf-c8":
            format = .nitf
            options.compression = .jpeg2000()
            (options.blockWidth, options.blockHeight) = (1024, 1024)
        case "j2k-lossless", "j2k-lossy":
            format = .jpeg2000
            options.compression = .jpeg2000(rate: encode == "j2k-lossy" ? 2 : nil)
            (options.blockWidth, options.blockHeight) = (1024, 1024)
        case "htj2k-lossless":
            format = .jpeg2000
            options.compression = .jpeg2000()
            options.jpeg2000 = JPEG2000Choices()
            options.jpeg2000?.isHighThroughput = true
        default: throw ImageryError(.unsupported, "bench", "cannot encode \(encode)")
        }
        try raster.write(to: output, format: format, options: options)
        var status = stat()
        guard unsafe stat(output, &status) == 0 else { throw ImageryError(.io, output, "was not written") }
        return Int(status.st_size)
    }
}
