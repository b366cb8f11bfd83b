/// An NITF 2.1 file made by hand (MIL-STD-2500C Tables A-1, A-3, A-5, A-6, A-8): uncompressed 8-bit images of IMODE B, graphics, texts and
/// data extensions. jbpy 0.6.1 finds all fields valid, GDAL (rasterio 1.4.4) reads the same samples, texts and extensions.
public struct TinyNITF: Sendable {
    /// Images, with the samples that a page of a TIFF has; blocks have the size of its tiles.
    public var images: [TinyTIFF.Page]
    /// Bytes of computer graphics metafiles.
    public var graphics: [[UInt8]]
    /// Texts of the format STA.
    public var texts: [String]
    /// Identifier and content of data extension segments.
    public var data: [(identifier: String, content: [UInt8])]

    public init(
        images: [TinyTIFF.Page] = [], graphics: [[UInt8]] = [], texts: [String] = [],
        data: [(identifier: String, content: [UInt8])] = []
    ) {
        self.images = images
        self.graphics = graphics
        self.texts = texts
        self.data = data
    }

    /// The file.
    public var bytes: [UInt8] {
        let parts: [(count: String, widths: (header: Int, content: Int), segments: [(header: [UInt8], content: [UInt8])])] = [
            ("NUMI", (6, 10), images.enumerated().map { (Self.header(of: $1, number: $0), Self.blocks(of: $1)) }),
            ("NUMS", (4, 6), graphics.enumerated().map { (header(ofGraphic: $0), $1) }),
            ("NUMX", (1, 1), []),
            ("NUMT", (4, 5), texts.enumerated().map { (Self.header(ofText: $0), Array($1.utf8)) }),
            ("NUMDES", (4, 9), data.map { (Self.header(ofData: $0.identifier), $0.content) }),
            ("NUMRES", (4, 7), []),
        ]
        var lists: [UInt8] = []
        for part in parts {
            lists += Self.number(part.segments.count, 3)
            for segment in part.segments {
                lists += Self.number(segment.header.count, part.widths.header)
                lists += Self.number(segment.content.count, part.widths.content)
            }
        }
        let segments = parts.flatMap { $0.segments.flatMap { $0.header + $0.content } }
        let start =
            Self.text("NITF02.10", 9) + Self.text("03BF01", 6) + Self.text("TINY", 10) + Self.text("20261123120000", 14)
            + Self.text("A tiny file", 80) + Self.security + Self.number(0, 11) + [0, 127, 255] + Self.text("", 24 + 18)
        // FL and HL, and the two empty areas of extensions behind the lists.
        let length = start.count + 12 + 6 + lists.count + 10
        return start + Self.number(length + segments.count, 12) + Self.number(length, 6) + lists + Self.number(0, 10) + segments
    }

    private static func header(of image: TinyTIFF.Page, number index: Int) -> [UInt8] {
        let band = text("M", 2) + text("", 6) + text("N", 1) + text("", 3) + number(0, 1)
        return text("IM", 2) + text("image \(index)", 10) + text("20261123120000", 14) + text("", 17)
            + text("Image number \(index)", 80) + security + number(0, 1) + text("Imagery", 42) + number(image.height, 8)
            + number(image.width, 8) + text("INT", 3) + text(image.bands == 1 ? "MONO" : "MULTI", 8)
            + text(image.bands == 1 ? "VIS" : "MS", 8) + number(8, 2) + text("R", 1) + text("", 1) + number(0, 1) + text("NC", 2)
            + number(image.bands, 1) + [[UInt8]](repeating: band, count: image.bands).joined() + number(0, 1) + text("B", 1)
            + number((image.width + image.tile - 1) / image.tile, 4) + number((image.height + image.tile - 1) / image.tile, 4)
            + number(image.tile, 4) + number(image.tile, 4) + number(8, 2) + number(index + 1, 3) + number(0, 3) + number(0, 10)
            + text("1.0", 4) + number(0, 10)
    }

    /// Blocks in order of rows, in each the bands one after the other; what lies outside of the image follows the same formula.
    private static func blocks(of image: TinyTIFF.Page) -> [UInt8] {
        var result: [UInt8] = []
        for top in stride(from: 0, to: image.height, by: image.tile) {
            for left in stride(from: 0, to: image.width, by: image.tile) {
                for band in 0..<image.bands {
                    for row in top..<top + image.tile {
                        for column in left..<left + image.tile {
                            result.append(image.sample(band: band, row: row, column: column))
                        }
                    }
                }
            }
        }
        return result
    }

    private func header(ofGraphic index: Int) -> [UInt8] {
        Self.text("SY", 2) + Self.text("graphic \(index)", 10) + Self.text("Graphic number \(index)", 20) + Self.security
            + Self.number(0, 1) + Self.text("C", 1) + Self.number(0, 13) + Self.number(images.count + index + 1, 3)
            + Self.number(0, 23) + Self.text("C", 1) + Self.number(0, 17)
    }

    private static func header(ofText index: Int) -> [UInt8] {
        text("TE", 2) + text("text \(index)", 7) + number(0, 3) + text("20261123120000", 14) + text("Text number \(index)", 80)
            + security + number(0, 1) + text("STA", 3) + number(0, 5)
    }

    private static func header(ofData identifier: String) -> [UInt8] {
        text("DE", 2) + text(identifier, 25) + number(1, 2) + security + number(0, 4)
    }

    /// Unclassified, nothing else stated.
    private static let security = text("U", 167)

    private static func text(_ content: String, _ width: Int) -> [UInt8] {
        Array(content.utf8) + [UInt8](repeating: 0x20, count: width - content.utf8.count)
    }

    private static func number(_ value: Int, _ width: Int) -> [UInt8] {
        width == 0 ? [] : [UInt8](repeating: 0x30, count: width - "\(value)".utf8.count) + Array("\(value)".utf8)
    }
}
