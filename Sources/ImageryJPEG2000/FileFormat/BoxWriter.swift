// Writing of boxes (T.800 Annex I; T.814 Annex D; "GeoTIFF in JPEG 2000").

import ImageryBase
import ImageryTags

/// The boxes before the codestream of a file.
struct BoxWriter {
    private(set) var bytes: [UInt8] = []

    /// A box; its length counts its header.
    mutating func box(_ type: String, _ write: (inout SegmentWriter) -> Void) {
        var body = SegmentWriter()
        write(&body)
        append(type, body.bytes)
    }

    mutating func append(_ type: String, _ body: [UInt8]) {
        var head = SegmentWriter()
        head.u32(body.count + 8)
        bytes += head.bytes + Array(type.utf8) + body
    }

    /// The signature and the file type (I.5.1, I.5.2): JP2, or JPH with JP2 as one that it is compatible with where HT blocks ask for it.
    mutating func begin(isHighThroughput: Bool) {
        append("jP  ", [0x0d, 0x0a, 0x87, 0x0a])
        let brand = Array((isHighThroughput ? "jph " : "jp2 ").utf8)
        append("ftyp", brand + [0, 0, 0, 0] + brand)
    }

    /// The header of the codestream's box, which goes on to the end of the file (I.4: a length of 0).
    mutating func beginCodestream() { bytes += [0, 0, 0, 0] + Array("jp2c".utf8) }
}

/// What the boxes of a file say of its image.
struct ImageBoxes {
    private let size: ImageSize
    private let colors: ChannelBoxes
    private let metadata: Metadata?
    private let georeference: Georeference?
    /// True when the georeference was asked for.
    private let isAsked: Bool
    private let asset: AssetKey
    private let notes: WriteNotes

    /// `metadata` are of the schema JPEG 2000.
    init(
        _ size: ImageSize, _ colors: ChannelBoxes, _ metadata: Metadata?, _ georeference: Georeference?, isAsked: Bool,
        asset: AssetKey, notes: WriteNotes
    ) {
        self.asset = asset
        self.notes = notes
        self.size = size
        self.colors = colors
        self.metadata = metadata
        self.georeference = georeference
        self.isAsked = isAsked
    }

    /// Appends JP2 header, georeference, XML and UUID boxes. Throws kind misuse for a reference system that GeoTIFF cannot name.
    func write(_ writer: inout BoxWriter) throws(ImageryError) {
        var header = BoxWriter()
        let component = size.components[0]
        let depth = component.precision - 1 | (component.isSigned ? 0x80 : 0)
        header.box("ihdr") { body in
            body.u32(size.area.height)
            body.u32(size.area.width)
            body.u16(size.components.count)
            body.u8(depth)
            // Compression 7 is JPEG 2000; the colour space is known as far as it is said; no intellectual property.
            body.u8(7)
            body.u8(0)
            body.u8(0)
        }
        colors.write(&header)
        var resolution = BoxWriter()
        for name in ["resc", "resd"] { writeCopied(name, &resolution) }
        if !resolution.bytes.isEmpty { header.append("res ", resolution.bytes) }
        writer.append("jp2h", header.bytes)
        if let georeference { try write(georeference, &writer) }
        for entry in metadata?.entries ?? [] {
            switch entry.name {
            case "xml": writer.append("xml ", entry.value.bytes)
            case "XMP": writer.append("uuid", MetadataReader.Identifier.xmp + entry.value.bytes)
            case "uuid":
                guard let name = entry.value["ID"]?.bytes, name.count == 16, let data = entry.value["DATA"]?.bytes else { continue }
                writer.append("uuid", name + data)
            default: break
            }
        }
    }

    private func writeCopied(_ name: String, _ header: inout BoxWriter) {
        guard let value = metadata?[name] else { return }
        header.box(name) { body in
            func put(_ entry: Value?, _ names: [(String, Int)], _ body: inout SegmentWriter) {
                for (name, size) in names {
                    let number = entry?[name]?.int ?? 0
                    if size == 1 { body.u8(number) } else { body.u16(number) }
                }
            }
            put(value, [("VRN", 2), ("VRD", 2), ("HRN", 2), ("HRD", 2), ("VRE", 1), ("HRE", 1)], &body)
        }
    }

    /// A TIFF of one pixel whose tags say where the image lies.
    private func write(_ georeference: Georeference, _ writer: inout BoxWriter) throws(ImageryError) {
        var directory = DirectoryWriter()
        let isNamed = directory.set(georeference, columns: size.area.width, rows: size.area.height)
        guard isNamed || !isAsked else {
            throw ImageryError(.misuse, "JP2 file", "the reference system \(georeference.crs ?? "") is no EPSG code")
        }
        if !isNamed {
            try notes.add(
                WriteNote(asset, "reference system", .dropped, "\(georeference.crs ?? "") is no EPSG code that GeoJP2 can name"))
        }
        guard !directory.isEmpty else { return }
        // ImageWidth, ImageLength, BitsPerSample, Compression, PhotometricInterpretation, StripOffsets, SamplesPerPixel, RowsPerStrip,
        // StripByteCounts.
        for (tag, value) in [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (277, 1), (278, 1), (279, 1)] as [(UInt16, Int)] {
            directory.set(tag, .short, [value])
        }
        // The directory stands behind the pixel, which fills its eight bytes.
        directory.set(273, .long, [8])
        guard let fields = directory.serialised(at: 16, isBig: false) else { return }
        let head: [UInt8] = [0x49, 0x49, 42, 0, 16, 0, 0, 0] + [UInt8](repeating: 0, count: 8)
        writer.append("uuid", MetadataReader.Identifier.geoJP2 + head + fields)
    }
}
