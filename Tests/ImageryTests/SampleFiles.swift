import Imagery
import TestSupport
import Testing

/// A small file of every format and of every way to store pixels that the library writes.
struct SampleFile: Sendable, CustomTestStringConvertible {
    var name: String
    var format: Format
    var bytes: [UInt8]

    var testDescription: String { name }

    /// All of them.
    static let all: [SampleFile] = {
        do { return try made() } catch { fatalError("a sample file cannot be made: \(error)") }
    }()

    /// One of each way to go through a file: enough where every call is made many times.
    static let few = all.filter { file in
        [
            "png", "jpeg", "jpeg in scans", "tiff deflate", "tiff for clouds", "nitf block", "nitf of everything", "jpeg2000",
            "jpeg2000 of one tile", "dted",
        ].contains(file.name)
    }

    /// The numbers of a photograph's kind: smooth, with edges and some noise. Three bands are RGB, four CMYK.
    static func scene(bands: Int, rows: Int, columns: Int, bits: Int = 8) throws -> Raster {
        var random = SeededGenerator(11)
        var samples: [UInt32] = []
        for band in 0..<bands {
            for row in 0..<rows {
                for column in 0..<columns {
                    let smooth = 9 * row + 5 * column + 40 * band + (row > column ? 60 : 0)
                    samples.append(UInt32((smooth + Int.random(in: 0..<4, using: &random)) << (bits - 8) & ((1 << bits) - 1)))
                }
            }
        }
        let shape = Shape(bands: bands, rows: rows, columns: columns)
        var raster =
            if bits <= 8 {
                try Raster(samples.map { UInt8(truncatingIfNeeded: $0) }, shape: shape)
            } else if bits <= 16 {
                try Raster(samples.map { UInt16(truncatingIfNeeded: $0) }, shape: shape)
            } else {
                try Raster(samples, shape: shape)
            }
        if let colors = [3: ColorModel.rgb, 4: .cmyk][bands] { raster.colorModel = colors }
        return raster
    }

    private static func made() throws -> [SampleFile] {
        let rgb = try scene(bands: 3, rows: 45, columns: 52)
        let gray = try scene(bands: 1, rows: 45, columns: 52, bits: 16)
        let four = try scene(bands: 4, rows: 20, columns: 33)
        let real = try Raster((0..<45 * 52).map { Float($0 % 53) / 7 }, rows: 45, columns: 52)
        var files: [SampleFile] = []
        func add(_ name: String, _ format: Format, _ raster: Raster, _ change: (inout WriteOptions) -> Void = { _ in }) throws {
            var options = WriteOptions()
            options.date = 0
            change(&options)
            files.append(SampleFile(name: name, format: format, bytes: try raster.encoded(as: format, options: options)))
        }
        func tiled(_ options: inout WriteOptions) { (options.blockWidth, options.blockHeight) = (16, 16) }
        try add("png", .png, rgb)
        try add("png of 16 bits", .png, gray)
        try add("jpeg", .jpeg, rgb)
        try add("jpeg without colours", .jpeg, four)
        try add("jpeg in scans", .jpeg, rgb) {
            $0.jpeg = JPEGChoices()
            $0.jpeg?.isProgressive = true
        }
        try add("jpeg with restarts", .jpeg, rgb) {
            $0.jpeg = JPEGChoices()
            $0.jpeg?.restartRows = 1
        }
        try add("jpeg without loss", .jpeg, gray) { $0.compression = .losslessJPEG }
        for compression in [Compression.uncompressed, .deflate, .lzw, .packBits, .jpeg(quality: 80), .jpeg2000()] {
            try add("tiff \(compression)", .tiff, rgb) {
                tiled(&$0)
                $0.compression = compression
            }
        }
        try add("tiff of strips", .tiff, gray) { $0.blockHeight = 7 }
        try add("tiff of planes", .tiff, rgb) {
            tiled(&$0)
            $0.interleave = .band
        }
        try add("tiff of numbers", .tiff, real)
        try add("tiff for clouds", .tiff, rgb) {
            tiled(&$0)
            $0.cloudOptimized = CloudOptimization()
        }
        for order in [Interleave.block, .pixel, .row, .band] {
            try add("nitf \(order)", .nitf, rgb) {
                tiled(&$0)
                $0.compression = Compression.uncompressed
                $0.interleave = order
            }
        }
        for compression in [Compression.jpeg(quality: 80), .jpeg2000()] {
            try add("nitf \(compression)", .nitf, rgb) {
                tiled(&$0)
                $0.compression = compression
            }
        }
        try add("nitf without loss", .nitf, gray) { $0.compression = .losslessJPEG }
        files.append(
            SampleFile(
                name: "nitf of everything", format: .nitf,
                bytes: TinyNITF(
                    images: [TinyTIFF.Page(width: 20, height: 18, tile: 16)], graphics: [[0, 1]], texts: ["text"],
                    data: [("XML_DATA_CONTENT", Array("<a/>".utf8))]
                ).bytes))
        try add("jpeg2000", .jpeg2000, rgb) { tiled(&$0) }
        try add("jpeg2000 of one tile", .jpeg2000, gray) {
            $0.jpeg2000 = JPEG2000Choices()
            $0.jpeg2000?.listsLengths = true
            $0.jpeg2000?.precinctSize = 16
        }
        try add("jpeg2000 with loss", .jpeg2000, rgb) { $0.compression = .jpeg2000(rate: 6) }
        try add("jpeg2000 high throughput", .jpeg2000, rgb) {
            $0.jpeg2000 = JPEG2000Choices()
            $0.jpeg2000?.isHighThroughput = true
        }
        files.append(SampleFile(name: "jpeg2000 wide above", format: .jpeg2000, bytes: try wideAbove()))
        let ground = Georeference(
            affine: .init(originX: -8, originY: 43.1, xPerColumn: 1 / 120, xPerRow: 0, yPerColumn: 0, yPerRow: -1 / 120),
            crs: "EPSG:4326")
        try add("dted", .dted, try Raster((0..<13 * 9).map { Int16($0) }, rows: 13, columns: 9)) {
            let step = 1.0 / 120
            $0.georeference = ground
            $0.georeference?.affine?.originX -= step / 2
            $0.georeference?.affine?.originY = 43 + 12.5 * step
        }
        return files
    }

    /// A codestream whose lowest level has coefficients that 32 bits hold, and whose others have not: 26 bits of a sample, and four guard
    /// bits where two would do (Sqcd, T.800 Table A.27).
    private static func wideAbove() throws -> [UInt8] {
        var options = WriteOptions()
        options.bitsPerSample = 26
        options.jpeg2000 = JPEG2000Choices()
        options.jpeg2000?.wrapping = .bare
        options.jpeg2000?.levels = 1
        options.jpeg2000?.codeBlockWidth = 16
        options.jpeg2000?.codeBlockHeight = 16
        var bytes = try scene(bands: 1, rows: 45, columns: 52, bits: 26).encoded(as: .jpeg2000, options: options)
        let marker = bytes.indices.dropLast(5).first { bytes[$0] == 0xff && bytes[$0 + 1] == 0x5c }
        if let marker { bytes[marker + 4] = bytes[marker + 4] & 0x1f | 4 << 5 }
        return bytes
    }
}
