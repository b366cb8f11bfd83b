public import ImageryBase
import ImageryDTED
import ImageryJPEG
import ImageryJPEG2000
import ImageryNITF
import ImageryPNG
import ImageryTIFF

/// Finding the format of a file from its first bytes (S21).
enum Detection {
    /// How many bytes decide: DTED may have an 80-byte volume header and an 80-byte file header before its own.
    static let window = 4096

    private static let signatures: [(format: Format, name: String, bytes: [UInt8])] = [
        (.png, "PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        (.tiff, "TIFF", [0x49, 0x49, 0x2a, 0x00]),
        (.tiff, "TIFF", [0x4d, 0x4d, 0x00, 0x2a]),
        (.tiff, "BigTIFF", [0x49, 0x49, 0x2b, 0x00]),
        (.tiff, "BigTIFF", [0x4d, 0x4d, 0x00, 0x2b]),
        (.nitf20, "NITF 2.0", Array("NITF02.00".utf8)),
        (.nitf, "NITF", Array("NITF0".utf8)),
        (.nsif, "NSIF", Array("NSIF0".utf8)),
        (.jpeg2000, "JP2", [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]),
        (.jpeg2000, "JPEG 2000 codestream", [0xff, 0x4f, 0xff, 0x51]),
        (.jpeg, "JPEG", [0xff, 0xd8]),
        (.dted, "DTED", Array("UHL1".utf8)),
    ]

    /// The format of a file that begins with `head`; `name` only words the error (S22).
    static func format(of head: [UInt8], name: String) throws(ImageryError) -> Format {
        if let found = signatures.first(where: { head.starts(with: $0.bytes) }) { return found.format }
        let label = head.prefix(4)
        if label.elementsEqual("VOL1".utf8) || label.elementsEqual("HDR1".utf8) {
            for offset in [80, 160] where head.dropFirst(offset).starts(with: "UHL1".utf8) { return .dted }
        }
        throw unknown(head, name)
    }

    private static func unknown(_ head: [UInt8], _ name: String) -> ImageryError {
        let digits = head.prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
        let sought = "PNG, TIFF, BigTIFF, NITF, NSIF, JPEG, JPEG 2000, DTED"
        return ImageryError(.unsupported, name, "no known format: looked for \(sought); the file begins with \(digits)", at: 0)
    }

    /// Opens the source as `format`.
    static func open(_ source: any ByteSource, as format: Format, options: ReadOptions) throws(ImageryError) -> any Container {
        switch format {
        case .png: return try PNGFile(source, options: options)
        case .tiff: return try TIFFFile(source, options: options)
        case .dted: return try DTEDFile(source, options: options)
        case .nitf, .nitf20, .nsif: return try NITFFile(source, options: options)
        case .jpeg: return try JPEGFile(source, options: options)
        case .jpeg2000: return try JPEG2000File(source, options: options)
        }
    }
}

extension Format {
    /// The format that the content of `source` shows, whatever it is called (S21). Throws kind unsupported, saying what was looked for
    /// and the first bytes found, when no format claims it (S22).
    public init(detecting source: any ByteSource, name: String = "input") throws(ImageryError) {
        self = try Detection.format(of: source.copy(0..<min(Detection.window, source.byteCount), of: name), name: name)
    }
}
