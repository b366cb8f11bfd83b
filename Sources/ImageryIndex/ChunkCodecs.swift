// The codecs that turn a chunk into samples: those of Zarr and numcodecs where they can, else those of osml-imagery-io.

import ImageryBase
import ImageryPlumbing

/// A codec's name and its configuration.
struct ChunkCodec {
    /// A value of a configuration.
    enum Setting {
        case integer(Int)
        case text(String)
        case integers([Int])
        case flag(Bool)
        case none
    }

    var name: String
    var settings: [(key: String, value: Setting)]

    init(_ name: String, _ settings: [(key: String, value: Setting)] = []) {
        self.name = name
        self.settings = settings
    }

    /// A codec of osml-imagery-io.
    static func imageryIO(_ name: String, _ settings: [(key: String, value: Setting)]) -> ChunkCodec {
        ChunkCodec("https://awslabs.github.io/osml-imagery-io/codecs/" + name, settings)
    }

    /// True for a codec that neither Zarr nor numcodecs has.
    var isForeign: Bool { name.contains("://") || name.hasPrefix("imagecodecs") }

    /// Zarr version 2: the name is a member like the settings.
    func writeVersion2(to json: inout JSONWriter) {
        json.object { json in
            json.key("id")
            json.string(name)
            writeSettings(to: &json)
        }
    }

    /// Zarr version 3.
    func writeVersion3(to json: inout JSONWriter) {
        json.object { json in
            json.key("name")
            json.string(name)
            guard !settings.isEmpty else { return }
            json.key("configuration")
            json.object { json in writeSettings(to: &json) }
        }
    }

    private func writeSettings(to json: inout JSONWriter) {
        for (key, value) in settings {
            json.key(key)
            switch value {
            case .integer(let number): json.integer(number)
            case .text(let text): json.string(text)
            case .integers(let numbers): json.array { json in numbers.forEach { json.integer($0) } }
            case .flag(let value): json.boolean(value)
            case .none: json.null()
            }
        }
    }
}

/// How chunks of an array are decoded, for either version of Zarr.
struct ChunkCoding {
    private let blocks: StoredBlocks

    init(_ blocks: StoredBlocks) { self.blocks = blocks }

    /// True when the samples that the codecs give are big-endian.
    ///
    /// `swapping`: the codec that puts the samples of a band together changes their byte order, whatever it was.
    private func isBigEndian(swapping: Bool) -> Bool {
        switch blocks.coding {
        case .samples(let samples): samples.packing.hasPixels ? false : samples.isBigEndian != swapping
        case .tiff(let tags): tags.isBigEndian
        case .jpeg, .jpeg2000, .dted: false
        }
    }

    /// What Zarr version 2 needs: the byte order, the filters and the compressor.
    func version2() throws(ImageryError) -> (isBigEndian: Bool, filters: [ChunkCodec], compressor: ChunkCodec?) {
        if case .jpeg2000(mainHeader: nil, _) = blocks.coding,
            blocks.shape.columns % blocks.blockWidth != 0 || blocks.shape.rows % blocks.blockHeight != 0
        {
            let size = "\(blocks.blockWidth) × \(blocks.blockHeight)"
            throw ImageryError(
                unsupported: .tileIndex, "tile index",
                "no codec of Zarr version 2 fills tiles at the image's edge up to \(size): write version 3")
        }
        guard case .samples(let samples) = blocks.coding else { return (isBigEndian(swapping: false), try own(), nil) }
        let compressor = samples.packing.version2
        guard samples.order == .bands || !samples.packing.hasPixels else {
            throw ImageryError(
                unsupported: .tileIndex, "tile index", "no codec of Zarr takes bands apart that LERC has together: only single ones"
            )
        }
        guard samples.order != .bands else { return (isBigEndian(swapping: false), [], compressor) }
        let type = blocks.pixelType
        guard !type.isComplex else {
            throw ImageryError(
                unsupported: .tileIndex, "tile index",
                "no codec of Zarr version 2 takes the bands of \(type.rawValue) pixels apart: write version 3")
        }
        let block = ChunkCodec.imageryIO(
            "jbp-block",
            [
                ("num_bands", .integer(blocks.bandsPerBlock)), ("block_height", .integer(blocks.blockHeight)),
                ("block_width", .integer(blocks.blockWidth)), ("nbpp", .integer(8 * type.byteCount)),
                // Samples of 64 bits are bits that pass through: this codec has no integers of that size.
                ("imode", .text(samples.order == .pixels ? "P" : "R")), ("pvtype", .text(type.byteCount == 8 ? "R" : "INT")),
            ])
        return (isBigEndian(swapping: true), [block], compressor)
    }

    /// The codecs of Zarr version 3, from the array to its bytes.
    func version3() throws(ImageryError) -> [ChunkCodec] {
        var codecs: [ChunkCodec] = []
        if case .samples(let samples) = blocks.coding {
            switch samples.order {
            case .bands: break
            case .pixels: codecs.append(ChunkCodec("transpose", [("order", .integers([1, 2, 0]))]))
            case .rows: codecs.append(ChunkCodec("transpose", [("order", .integers([1, 0, 2]))]))
            }
        }
        let endian = isBigEndian(swapping: false) ? "big" : "little"
        codecs.append(ChunkCodec("bytes", blocks.pixelType.byteCount == 1 ? [] : [("endian", .text(endian))]))
        if case .samples(let samples) = blocks.coding {
            codecs += try samples.packing.version3()
        } else {
            codecs += try own()
        }
        return codecs
    }

    /// The codec of osml-imagery-io.
    private func own() throws(ImageryError) -> [ChunkCodec] {
        let (width, height) = (blocks.blockWidth, blocks.blockHeight)
        switch blocks.coding {
        case .samples: return []
        case .tiff(let tags):
            return [
                .imageryIO(
                    "tiff-tile",
                    [
                        ("compression", .integer(tags.compression)), ("bits_per_sample", .integer(tags.bitsPerSample)),
                        ("samples_per_pixel", .integer(tags.samplesPerPixel)), ("photometric", .integer(tags.photometric)),
                        ("planar_config", .integer(1)), ("predictor", .integer(tags.predictor)), ("tile_width", .integer(width)),
                        ("tile_height", .integer(height)), ("sample_format", .integer(tags.sampleFormat)),
                        ("jpeg_tables", tags.jpegTables.map { .text(base64($0)) } ?? .none),
                    ])
            ]
        case .jpeg(let stream):
            return [
                .imageryIO(
                    "jpeg",
                    [
                        ("bits_per_pixel", .integer(stream.bitsPerPixel)), ("num_bands", .integer(blocks.bandsPerBlock)),
                        ("block_width", .integer(width)), ("block_height", .integer(height)), ("imode", .text(stream.mode)),
                        ("color_space", .text(stream.colors)),
                    ])
            ]
        case .jpeg2000(let mainHeader, let level):
            return [
                .imageryIO(
                    "jpeg2000",
                    [
                        ("main_header", mainHeader.map { .text(base64($0)) } ?? .none), ("resolution_level", .integer(level)),
                    ])
            ]
        case .dted(let points, let lines, let recordBytes):
            return [
                .imageryIO(
                    "dted",
                    [
                        ("num_lat_points", .integer(points)), ("num_lon_lines", .integer(lines)),
                        ("record_size", .integer(recordBytes)), ("trim_top", .integer(0)), ("trim_bottom", .integer(0)),
                        ("trim_left", .integer(0)), ("trim_right", .integer(0)),
                    ])
            ]
        }
    }
}

extension BlockCoding.Samples.Packing {
    /// True for a codec that gives an array of pixels instead of bytes.
    fileprivate var hasPixels: Bool { self == .lerc }

    /// The codec of numcodecs, or of imagecodecs.
    fileprivate var version2: ChunkCodec? {
        switch self {
        case .uncompressed: nil
        case .zlib: ChunkCodec("zlib", [("level", .integer(6))])
        case .zstandard: ChunkCodec("zstd", [("level", .integer(3))])
        case .xz: ChunkCodec("lzma", [("format", .integer(1)), ("check", .integer(-1)), ("preset", .none), ("filters", .none)])
        case .lerc: ChunkCodec("imagecodecs_lerc")
        }
    }

    /// The codec of Zarr itself, or of numcodecs.
    fileprivate func version3() throws(ImageryError) -> [ChunkCodec] {
        switch self {
        case .uncompressed: return []
        case .zlib: return [ChunkCodec("numcodecs.zlib", [("level", .integer(6))])]
        case .zstandard: return [ChunkCodec("zstd", [("level", .integer(3)), ("checksum", .flag(false))])]
        case .xz:
            return [
                ChunkCodec(
                    "numcodecs.lzma", [("format", .integer(1)), ("check", .integer(-1)), ("preset", .none), ("filters", .none)])
            ]
        case .lerc:
            throw ImageryError(unsupported: .tileIndex, "tile index", "no codec of Zarr version 3 decodes LERC: write version 2")
        }
    }
}
