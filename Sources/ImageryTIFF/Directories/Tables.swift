// Codes of fields (TIFF 6.0 section 8 and 13 to 23, Technical Notes 2 and 3, registered compressions).

/// Tags that describe the pixels.
enum Tag {
    static let newSubfileType: UInt16 = 254
    static let subfileType: UInt16 = 255
    static let imageWidth: UInt16 = 256
    static let imageLength: UInt16 = 257
    static let bitsPerSample: UInt16 = 258
    static let compression: UInt16 = 259
    static let photometricInterpretation: UInt16 = 262
    static let fillOrder: UInt16 = 266
    static let imageDescription: UInt16 = 270
    static let orientation: UInt16 = 274
    static let maxSampleValue: UInt16 = 281
    static let whitePoint: UInt16 = 318
    static let inkSet: UInt16 = 332
    static let inkNames: UInt16 = 333
    static let iccProfile: UInt16 = 34675
    static let documentName: UInt16 = 269
    static let pageName: UInt16 = 285
    static let stripOffsets: UInt16 = 273
    static let samplesPerPixel: UInt16 = 277
    static let rowsPerStrip: UInt16 = 278
    static let stripByteCounts: UInt16 = 279
    static let planarConfiguration: UInt16 = 284
    static let t4Options: UInt16 = 292
    static let predictor: UInt16 = 317
    /// The version of LERC and what is around it.
    static let lercParameters: UInt16 = 50674
    static let tileWidth: UInt16 = 322
    static let tileLength: UInt16 = 323
    static let tileOffsets: UInt16 = 324
    static let tileByteCounts: UInt16 = 325
    static let dateTime: UInt16 = 306
    static let colorMap: UInt16 = 320
    static let extraSamples: UInt16 = 338
    static let sampleFormat: UInt16 = 339
    static let jpegTables: UInt16 = 347
    static let jpegInterchangeFormat: UInt16 = 513
    static let jpegInterchangeFormatLength: UInt16 = 514
    static let jpegRestartInterval: UInt16 = 515
    static let jpegQTables: UInt16 = 519
    static let jpegDCTables: UInt16 = 520
    static let jpegACTables: UInt16 = 521
    static let yCbCrCoefficients: UInt16 = 529
    static let yCbCrSubSampling: UInt16 = 530
    static let referenceBlackWhite: UInt16 = 532
    /// SampleFormat's forerunner (SGI).
    static let dataType: UInt16 = 32996
}

/// How blocks are compressed. The code is kept, so that a compression which cannot be read can be named.
struct Compression: Hashable, Sendable {
    let code: Int

    static let none = Compression(code: 1)
    static let ccittRLE = Compression(code: 2)
    static let ccittT4 = Compression(code: 3)
    static let ccittT6 = Compression(code: 4)
    static let ccittRLEWords = Compression(code: 32771)
    static let lzw = Compression(code: 5)
    static let oldJPEG = Compression(code: 6)
    static let jpeg = Compression(code: 7)
    static let deflate = Compression(code: 8)
    static let packBits = Compression(code: 32773)
    static let oldDeflate = Compression(code: 32946)
    static let jpeg2000 = Compression(code: 34712)
    static let zstandard = Compression(code: 50000)
    static let lerc = Compression(code: 34887)
    static let lzma = Compression(code: 34925)
    static let webP = Compression(code: 50001)
    static let next = Compression(code: 32766)
    static let thunderScan = Compression(code: 32809)
    static let sgiLog = Compression(code: 34676)
    static let sgiLog24 = Compression(code: 34677)
    /// JPEG 2000 as Aperio's slide scanners write it: YCbCr components without a transform of the codestream's own, and RGB.
    static let aperioYCbCr = Compression(code: 33003)
    static let aperioRGB = Compression(code: 33005)

    /// The compression's name in the words of the registry.
    var name: String {
        switch code {
        case 1: "None"
        case 2: "CCITT RLE"
        case 3: "CCITT T.4"
        case 4: "CCITT T.6"
        case 5: "LZW"
        case 6: "old-style JPEG"
        case 7: "JPEG"
        case 8, 32946: "Deflate"
        case 9: "JBIG T.85"
        case 10: "JBIG T.43"
        case 32766: "NeXT"
        case 32771: "CCITT RLE, word-aligned"
        case 32773: "PackBits"
        case 32809: "ThunderScan"
        case 32895...32898: "IT8"
        case 32908: "PixarFilm"
        case 32909: "PixarLog"
        case 32947: "Kodak DCS"
        case 34661: "JBIG"
        case 34676: "SGI LogLuv"
        case 34677: "SGI LogLuv24"
        case 34712, 33003, 33005: "JPEG 2000"
        case 34887: "LERC"
        case 34925: "LZMA"
        case 50000: "ZSTD"
        case 50001: "WebP"
        case 50002, 52546: "JPEG XL"
        default: "unknown"
        }
    }

    /// True when every block is a JPEG 2000 stream.
    var isJPEG2000: Bool { self == .jpeg2000 || self == .aperioYCbCr || self == .aperioRGB }

    /// True for the compressions whose codecs have predictors (section 14; the tag means nothing elsewhere).
    var hasPredictor: Bool {
        switch code {
        case 5, 8, 32946, 34925, 50000: true
        default: false
        }
    }
}

/// What the numbers of a sample mean (section 19).
enum SampleFormat: Int, Sendable {
    case unsigned = 1
    case signed
    case float
    case void
    case complexInteger
    case complexFloat
}
