import Imagery
import ImageryDeflate

/// The inputs, made once a run: a 1024 x 1024 RGB landscape of waves and grain, in each coding.
enum Inputs {
    static let side = 1024
    static let tile = 256

    /// Three interleaved bands.
    static let pixels: [UInt8] = {
        var state: UInt64 = 2083
        var result: [UInt8] = []
        result.reserveCapacity(side * side * 3)
        for row in 0..<side {
            for column in 0..<side {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let grain = Int(state >> 60)
                let wave = triangle(row * 3 + column, 512) + triangle(row - 2 * column, 300) / 2
                for band in 0..<3 { result.append(UInt8(clamping: wave / 2 + 20 * band + grain)) }
            }
        }
        return result
    }()

    private static func triangle(_ value: Int, _ period: Int) -> Int {
        let phase = ((value % period) + period) % period
        return min(phase, period - phase) * 400 / period
    }

    /// The pixels as one zlib stream.
    static let stream: [UInt8] = compressed(pixels)

    /// The image as a PNG file.
    static func png() throws -> [UInt8] {
        var planar = [UInt8](repeating: 0, count: pixels.count)
        for index in 0..<side * side {
            for band in 0..<3 { planar[band * side * side + index] = pixels[index * 3 + band] }
        }
        return try Raster(planar, shape: Shape(bands: 3, rows: side, columns: side)).encoded(as: .png)
    }

    /// How the tiles of a TIFF are compressed, by the number of tag 259.
    enum Compression: Int, CaseIterable {
        case none = 1
        case lzw = 5
        case deflate = 8
    }

    /// The image as a little-endian classic TIFF of chunky tiles.
    static func tiff(_ compression: Compression) -> [UInt8] {
        let across = side / tile
        let tiles = (0..<across * across).map { index in encoded(tilePixels(index / across, index % across), compression) }
        var offsets: [Int] = []
        var data: [UInt8] = []
        let entryCount = 11
        let directoryBytes = 2 + 12 * entryCount + 4
        let arrays = 8 + directoryBytes
        let start = arrays + 6 + 8 * tiles.count
        for bytes in tiles {
            offsets.append(start + data.count)
            data += bytes
        }
        var file: [UInt8] = [0x49, 0x49, 42, 0] + word(8, 4) + word(entryCount, 2)
        func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: Int) {
            file += word(tag, 2) + word(type, 2) + word(count, 4) + word(value, 4)
        }
        entry(256, 4, 1, side)
        entry(257, 4, 1, side)
        entry(258, 3, 3, arrays)
        entry(259, 3, 1, compression.rawValue)
        entry(262, 3, 1, 2)
        entry(277, 3, 1, 3)
        entry(284, 3, 1, 1)
        entry(322, 4, 1, tile)
        entry(323, 4, 1, tile)
        entry(324, 4, tiles.count, arrays + 6)
        entry(325, 4, tiles.count, arrays + 6 + 4 * tiles.count)
        file += word(0, 4) + word(8, 2) + word(8, 2) + word(8, 2)
        file += offsets.flatMap { word($0, 4) } + tiles.flatMap { word($0.count, 4) }
        return file + data
    }

    /// The image as an uncompressed NITF 2.1 of blocks with interleaved pixels (MIL-STD-2500C Tables, IMODE P).
    static func nitf() -> [UInt8] {
        let across = side / tile
        let security = text("U", 167)
        let band = text("", 8) + text("N", 4) + text("0", 1)
        var header = text("IMwaves", 12) + text("20261123120000", 14) + text("", 97) + security + text("0", 43)
        header += digits(side, 8) + digits(side, 8) + text("INT", 3) + text("MULTI", 8) + text("MS", 8) + text("08R 0NC3", 8)
        header += band + band + band + text("0P", 2) + digits(across, 4) + digits(across, 4) + digits(tile, 4) + digits(tile, 4)
        header += text("08", 2) + digits(1, 3) + digits(0, 13) + text("1.0", 4) + digits(0, 10)
        var start = text("NITF02.1003BF01", 25) + text("20261123120000", 14) + text("", 80) + security + digits(0, 11)
        start += [0, 0, 0] + text("", 42)
        let length = start.count + 18 + 19 + 15 + 10
        start += digits(length + header.count + pixels.count, 12) + digits(length, 6)
        start += digits(1, 3) + digits(header.count, 6) + digits(pixels.count, 10) + digits(0, 25)
        return start + header + (0..<across * across).flatMap { index in tilePixels(index / across, index % across) }
    }

    private static func text(_ content: String, _ width: Int) -> [UInt8] {
        Array(content.utf8) + [UInt8](repeating: 0x20, count: width - content.utf8.count)
    }

    private static func digits(_ value: Int, _ width: Int) -> [UInt8] {
        let text = Array("\(value)".utf8)
        return [UInt8](repeating: 0x30, count: width - text.count) + text
    }

    private static func word(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func tilePixels(_ row: Int, _ column: Int) -> [UInt8] {
        var result: [UInt8] = []
        for line in 0..<tile {
            let start = ((row * tile + line) * side + column * tile) * 3
            result += pixels[start..<start + tile * 3]
        }
        return result
    }

    private static func encoded(_ bytes: [UInt8], _ compression: Compression) -> [UInt8] {
        switch compression {
        case .none: bytes
        case .deflate: compressed(bytes)
        case .lzw: lzw(bytes)
        }
    }

    private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        (try? Deflater.compress(bytes.span.bytes, format: .zlib)) ?? []
    }

    /// TIFF 6.0, section 13: codes from the highest bit down; they grow when an entry is added that needs the next width, before any
    /// code uses it.
    private static func lzw(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var bits: UInt64 = 0
        var bitCount = 0
        var width = 9
        func put(_ code: Int) {
            bits = bits << UInt64(width) | UInt64(code)
            bitCount += width
            while bitCount >= 8 {
                bitCount -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt64(bitCount)))
            }
        }
        var table: [Int: Int] = [:]
        var next = 258
        put(256)
        var prefix = Int(bytes[0])
        for byte in bytes.dropFirst() {
            if let code = table[prefix << 8 | Int(byte)] {
                prefix = code
                continue
            }
            put(prefix)
            table[prefix << 8 | Int(byte)] = next
            next += 1
            if next == 4094 {
                put(256)
                table.removeAll(keepingCapacity: true)
                next = 258
                width = 9
            } else if next == 1 << width {
                width += 1
            }
            prefix = Int(byte)
        }
        put(prefix)
        put(257)
        if bitCount > 0 { output.append(UInt8(truncatingIfNeeded: bits << UInt64(8 - bitCount))) }
        return output
    }
}
