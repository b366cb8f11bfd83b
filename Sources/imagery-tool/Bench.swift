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
            the image has no such level; meta opens the file and lists every asset with all its metadata; encode reads a PPM or PGM FILE
            and writes it as --encode KIND to --output. Exit status 3: not supported.
            """)

    enum Operation: String, ExpressibleByArgument, CaseIterable {
        case full, block, window, reduce, meta, encode
    }

    @Argument(help: "full, block, window, reduce, meta or encode.")
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
        var written: Int?
        let clock = ContinuousClock()
        let source = operation == .encode ? try readPNM(file) : nil
        for _ in 0..<max(1, `repeat`) {
            raster = nil
            let start = clock.now
            if let source { written = try measureEncode(source) } else { raster = try work() }
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
        case .encode:
            return nil
        }
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
