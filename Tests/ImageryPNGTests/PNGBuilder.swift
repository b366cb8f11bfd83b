import ImageryBase
import ImageryKernels
import ImageryPNG
import TestSupport

/// PNG files put together chunk by chunk, as clauses 5 and 10 say; image data in stored deflate blocks (RFC 1951 3.2.4).
enum PNGBuilder {
    static let signature: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]

    static func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

    static func chunk(_ type: String, _ data: [UInt8] = [], length: Int? = nil, breakCRC: Bool = false) -> [UInt8] {
        let body = Array(type.utf8) + data
        let crc = unsafe body.withUnsafeBytes { unsafe crc32(0, $0) }
        return big(length ?? data.count) + body + big(Int(breakCRC ? ~crc : crc))
    }

    static func header(
        _ width: Int, _ height: Int, depth: Int = 8, color: Int = 0, interlace: Int = 0, compression: Int = 0, filter: Int = 0
    ) -> [UInt8] {
        chunk(
            "IHDR",
            big(width) + big(height) + [UInt8(depth), UInt8(color), UInt8(compression), UInt8(filter), UInt8(interlace)])
    }

    /// A zlib stream of stored blocks.
    static func zlib(_ data: [UInt8], breakAdler: Bool = false) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let count = min(65535, data.count - start)
            let isLast: UInt8 = start + count == data.count ? 1 : 0
            stream += [isLast, UInt8(count & 255), UInt8(count >> 8), ~UInt8(count & 255), ~UInt8(count >> 8)]
            stream += data[start..<start + count]
            start += count
        } while start < data.count
        let adler = unsafe data.withUnsafeBytes { unsafe adler32(1, $0) }
        return stream + big(Int(breakAdler ? adler ^ 1 : adler))
    }

    static func file(_ chunks: [UInt8]...) -> [UInt8] { signature + chunks.flatMap { $0 } + chunk("IEND") }

    /// 8-bit gray of these rows, filter type 0.
    static func gray(_ rows: [[UInt8]], extra: [UInt8] = []) -> [UInt8] {
        file(header(rows[0].count, rows.count), extra, chunk("IDAT", zlib(rows.flatMap { [0] + $0 })))
    }
}

/// The image of a PNG file in memory.
func image(_ bytes: [UInt8], _ options: ReadOptions = ReadOptions()) throws -> any ImageSource {
    try image(PNGFile(MemorySource(bytes), options: options))
}

func image(_ file: PNGFile) throws -> any ImageSource {
    guard case .image(let source) = file.assets[0].content else { throw ImageryError(.misuse, "test", "the asset is no image") }
    return source
}

/// All samples of an 8-bit image.
func samples(_ bytes: [UInt8], _ options: ReadOptions = ReadOptions()) throws -> [UInt8] {
    try image(bytes, options).read(options: options).samples(as: UInt8.self)
}

/// The kind of error that opening or reading a file gives; nil when there is none.
func failure(_ bytes: [UInt8], _ options: ReadOptions = ReadOptions()) -> ImageryError? {
    do {
        _ = try image(bytes, options).read(options: options)
        return nil
    } catch {
        return error as? ImageryError
    }
}

/// The samples and findings of a read that salvages.
func salvaged(_ bytes: [UInt8]) throws -> (samples: [UInt8], findings: [Diagnostic]) {
    var options = ReadOptions()
    options.salvage = true
    let context = ReadContext(options)
    let source = try image(bytes, options)
    let raster = try source.read(through: source.makeReader(context))
    return (try raster.samples(as: UInt8.self), context.findings.all)
}
