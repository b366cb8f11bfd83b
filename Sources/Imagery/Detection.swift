public import ImageryBase
import ImageryDTED
import ImageryJPEG
import ImageryJPEG2000
import ImageryNITF
import ImageryPNG
import ImageryPlumbing
import ImageryTIFF

/// Finding the format of a file from its first bytes (S21).
enum Detection {
    /// How many bytes decide: DTED may have an 80-byte volume header and an 80-byte file header before its own.
    static let window = 4096

    /// Each knows its own files; no two claim the same bytes.
    private static let containers: [any Container.Type] = [
        PNGFile.self, TIFFFile.self, NITFFile.self, JPEG2000File.self, JPEGFile.self, DTEDFile.self,
    ]

    /// The format of a file that begins with `head`; `name` only words the error (S22).
    static func format(of head: [UInt8], name: String) throws(ImageryError) -> Format {
        if let found = containers.lazy.compactMap({ $0.format(of: head) }).first { return found }
        throw unknown(head, name)
    }

    private static func unknown(_ head: [UInt8], _ name: String) -> ImageryError {
        let digits = head.prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
        let sought = "PNG, TIFF, BigTIFF, NITF, NSIF, JPEG, JPEG 2000, DTED"
        return ImageryError(
            unsupported: .format, name, "no known format: looked for \(sought); the file begins with \(digits)", at: 0)
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
