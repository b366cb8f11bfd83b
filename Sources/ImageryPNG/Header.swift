// The datastream's syntax: signature, chunks, IHDR (PNG 3rd edition, clauses 5.2, 5.3, 11.2.1).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// The first eight bytes of every PNG datastream (5.2).
let pngSignature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/// A chunk's type: four letters whose cases are flags (5.4).
struct ChunkType: Hashable, Sendable {
    /// The letters, first one highest.
    let code: UInt32

    init(code: UInt32) { self.code = code }

    /// The type of that name; nil unless it is four ASCII letters.
    init?(_ name: String) {
        guard name.utf8.count == 4 else { return nil }
        self.init(code: name.utf8.reduce(0) { $0 << 8 | UInt32($1) })
        guard isWellFormed else { return nil }
    }

    private init(known name: StaticString) {
        code = name.withUTF8Buffer { unsafe $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    var letters: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: code >> (24 - 8 * UInt32($0))) } }
    var name: String { String(String.UnicodeScalarView(letters.map { Unicode.Scalar($0) })) }
    /// True for four letters (5.3).
    var isWellFormed: Bool { letters.allSatisfy { ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) } }
    /// False when a decoder may ignore the chunk: bit 5 of the first letter.
    var isCritical: Bool { code & 0x2000_0000 == 0 }
    /// True when an editor that does not know the chunk may keep it beside changed pixels: bit 5 of the last letter.
    var isSafeToCopy: Bool { code & 0x20 != 0 }

    static let ihdr = Self(known: "IHDR"), plte = Self(known: "PLTE"), idat = Self(known: "IDAT"), iend = Self(known: "IEND")
    static let trns = Self(known: "tRNS"), gama = Self(known: "gAMA"), chrm = Self(known: "cHRM"), srgb = Self(known: "sRGB")
    static let iccp = Self(known: "iCCP"), cicp = Self(known: "cICP"), mdcv = Self(known: "mDCV"), clli = Self(known: "cLLI")
    static let sbit = Self(known: "sBIT"), bkgd = Self(known: "bKGD"), hist = Self(known: "hIST"), splt = Self(known: "sPLT")
    static let phys = Self(known: "pHYs"), text = Self(known: "tEXt"), ztxt = Self(known: "zTXt"), itxt = Self(known: "iTXt")
    static let time = Self(known: "tIME"), exif = Self(known: "eXIf"), actl = Self(known: "acTL"), fctl = Self(known: "fcTL")
    static let fdat = Self(known: "fdAT")
    /// Apple's undocumented variant of PNG begins with this chunk.
    static let cgbi = Self(known: "CgBI")
}

/// Where a chunk lies in the file (5.3): length, type, data, CRC.
struct Chunk: Sendable {
    let type: ChunkType
    /// Bytes of data that are in the file; fewer than the length field says only in a truncated last IDAT.
    let length: UInt32
    /// Offset of the length field.
    let offset: Int

    /// The longest data that clause 5.3 allows.
    static let maximumLength = 0x7fff_ffff
    /// Length and type.
    static let headerBytes = 8
    /// The CRC behind the data.
    static let crcBytes = 4

    var data: Range<Int> { offset + Self.headerBytes..<offset + Self.headerBytes + Int(length) }
    /// Data and CRC.
    var dataAndCRC: Range<Int> { data.lowerBound..<data.upperBound + Self.crcBytes }
    var end: Int { data.upperBound + Self.crcBytes }
    var context: String { "PNG \(type.name)" }

    /// The CRC of type and data (5.5).
    static func crc(_ type: ChunkType, _ data: RawSpan) -> UInt32 {
        crc32(crcSeed(type), data)
    }

    /// The CRC of the type alone, to go on with the data.
    static func crcSeed(_ type: ChunkType) -> UInt32 {
        let letters = type.letters
        return unsafe letters.withUnsafeBytes { unsafe crc32(0, $0) }
    }

    /// A whole chunk as it is written.
    static func serialised(_ type: ChunkType, _ data: [UInt8]) -> [UInt8] {
        let crc = unsafe crc(type, data.span.bytes)
        return bigEndian(UInt32(data.count)) + type.letters + data + bigEndian(crc)
    }
}

/// The four bytes of `value`, most significant first, the order of all PNG integers (7.1).
func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
}

/// What a pixel is made of (6.1, Table 11.1).
enum ColorType: UInt8, Sendable {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgba = 6

    var samples: Int {
        switch self {
        case .gray, .palette: 1
        case .grayAlpha: 2
        case .rgb: 3
        case .rgba: 4
        }
    }

    /// Table 11.1.
    var depths: [Int] {
        switch self {
        case .gray: [1, 2, 4, 8, 16]
        case .palette: [1, 2, 4, 8]
        case .rgb, .grayAlpha, .rgba: [8, 16]
        }
    }
}

/// IHDR (11.2.1).
struct ImageHeader: Hashable, Sendable {
    var width: Int
    var height: Int
    var bitDepth: Int
    var colorType: ColorType
    var isInterlaced: Bool

    static let byteCount = 13

    var bitsPerPixel: Int { bitDepth * colorType.samples }
    /// The distance between a byte and the one that filters compare it with (9.2).
    var filterDistance: Int { max(1, bitsPerPixel / 8) }
    /// Bytes of a row of `width` pixels, without the filter type (7.2). Cannot overflow: 2^31 pixels of 64 bits.
    func rowBytes(width: Int) -> Int { (width * bitsPerPixel + 7) / 8 }

    init(width: Int, height: Int, bitDepth: Int, colorType: ColorType, isInterlaced: Bool = false) {
        self.width = width
        self.height = height
        self.bitDepth = bitDepth
        self.colorType = colorType
        self.isInterlaced = isInterlaced
    }

    init(parsing bytes: RawSpan, at offset: Int) throws(ImageryError) {
        var cursor = ByteCursor(bytes, base: offset, bigEndian: true, context: "PNG IHDR")
        width = Int(try cursor.u32())
        height = Int(try cursor.u32())
        bitDepth = Int(try cursor.u8())
        let color = try cursor.u8()
        let compression = try cursor.u8()
        let filter = try cursor.u8()
        let interlace = try cursor.u8()
        func fail(_ message: String, at place: Int) -> ImageryError {
            ImageryError(.malformed, "PNG IHDR", message, at: offset + place)
        }
        guard width > 0, width <= Chunk.maximumLength else { throw fail("the width \(width) is not in 1 to 2147483647", at: 0) }
        guard height > 0, height <= Chunk.maximumLength else { throw fail("the height \(height) is not in 1 to 2147483647", at: 4) }
        guard let type = ColorType(rawValue: color) else { throw fail("\(color) is no color type", at: 9) }
        guard type.depths.contains(bitDepth) else {
            throw fail("a bit depth of \(bitDepth) is not allowed for color type \(color)", at: 8)
        }
        guard compression == 0 else { throw fail("\(compression) is no compression method", at: 10) }
        guard filter == 0 else { throw fail("\(filter) is no filter method", at: 11) }
        guard interlace <= 1 else { throw fail("\(interlace) is no interlace method", at: 12) }
        colorType = type
        isInterlaced = interlace == 1
    }

    var serialised: [UInt8] {
        bigEndian(UInt32(width)) + bigEndian(UInt32(height))
            + [UInt8(bitDepth), colorType.rawValue, 0, 0, isInterlaced ? 1 : 0]
    }
}
