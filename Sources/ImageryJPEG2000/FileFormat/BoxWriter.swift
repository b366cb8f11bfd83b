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
    private let writesGML: Bool
    private let asset: AssetKey
    private let notes: WriteNotes

    /// `metadata` are of the schema JPEG 2000.
    init(
        _ size: ImageSize, _ colors: ChannelBoxes, _ metadata: Metadata?, _ georeference: Georeference?, isAsked: Bool,
        writesGML: Bool, asset: AssetKey, notes: WriteNotes
    ) {
        self.asset = asset
        self.notes = notes
        self.size = size
        self.colors = colors
        self.metadata = metadata
        self.georeference = georeference
        self.isAsked = isAsked
        self.writesGML = writesGML
    }

    /// Appends JP2 header, georeference, XML and UUID boxes. Throws kind misuse for a reference system that GeoTIFF cannot name.
    func write(_ writer: inout BoxWriter) throws(ImageryError) {
        var header = BoxWriter()
        let depths = size.components.map { $0.precision - 1 | ($0.isSigned ? 0x80 : 0) }
        let areAlike = depths.allSatisfy { $0 == depths[0] }
        header.box("ihdr") { body in
            body.u32(size.area.height)
            body.u32(size.area.width)
            body.u16(size.components.count)
            body.u8(areAlike ? depths[0] : 255)
            // Compression 7 is JPEG 2000; the colour space is known as far as it is said; no intellectual property.
            body.u8(7)
            body.u8(0)
            body.u8(0)
        }
        // I.5.3.2: the depths of components that are unlike.
        if !areAlike { header.box("bpcc") { body in for depth in depths { body.u8(depth) } } }
        colors.write(&header)
        var resolution = BoxWriter()
        for name in ["resc", "resd"] { try writeResolution(name, &resolution) }
        if !resolution.bytes.isEmpty { header.append("res ", resolution.bytes) }
        writer.append("jp2h", header.bytes)
        if let georeference { try write(georeference, &writer) }
        if writesGML {
            guard let georeference,
                let document = GMLCoverage.document(georeference, columns: size.area.width, rows: size.area.height)
            else {
                throw ImageryError(
                    unsupported: .georeference, "JP2 file",
                    "GML needs a grid with north up in a geographic system, UTM or Mercator: without --gml GeoJP2 tells the place")
            }
            GMLCoverage.append(document, to: &writer)
        }
        for entry in metadata?.entries ?? [] {
            switch entry.name {
            case "xml": writer.append("xml ", entry.value.bytes)
            case "XMP": writer.append("uuid", MetadataReader.Identifier.xmp + entry.value.bytes)
            case "EXIF":
                guard let bytes = entry.value.group.flatMap(DirectoryWriter.exif) else { continue }
                writer.append("uuid", MetadataReader.Identifier.exif + bytes)
            case "uuid":
                guard let name = entry.value["ID"]?.bytes, name.count == 16, let data = entry.value["DATA"]?.bytes else { continue }
                writer.append("uuid", name + data)
            default: break
            }
        }
    }

    /// A resolution (I.5.3.7): points a metre as fractions and powers of ten.
    private func writeResolution(_ name: String, _ header: inout BoxWriter) throws(ImageryError) {
        guard let value = metadata?[name] else { return }
        let numbers = ["VRN", "VRD", "HRN", "HRD"].map { value[$0]?.int ?? 0 }
        guard numbers.allSatisfy({ (1...65_535).contains($0) }) else {
            return try notes.add(WriteNote(asset, "resolution", .dropped, "a numerator or denominator of \(name) is 0 (I.5.3.7)"))
        }
        header.box(name) { body in
            for number in numbers { body.u16(number) }
            for exponent in ["VRE", "HRE"] { body.u8((value[exponent]?.int ?? 0) & 0xff) }
        }
    }

    /// A TIFF of one pixel whose tags say where the image lies.
    private func write(_ georeference: Georeference, _ writer: inout BoxWriter) throws(ImageryError) {
        var directory = DirectoryWriter()
        // GDAL moves only grids with north up by the half pixel that keys of points mean in a GeoJP2 box.
        let georeference = georeference.isNorthUp ? georeference : georeference.withAreaPixels
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

extension Georeference {
    /// True for a grid whose rows run east and whose columns run south.
    fileprivate var isNorthUp: Bool {
        affine.map { $0.xPerRow == 0 && $0.yPerColumn == 0 && $0.xPerColumn > 0 && $0.yPerRow < 0 } ?? false
    }

    /// The same, its keys saying that pixels are areas (GTRasterTypeGeoKey 1025 of OGC 19-008r4: 1).
    fileprivate var withAreaPixels: Georeference {
        var result = self
        let keys = result.definition?.directory ?? []
        for place in stride(from: 4, to: keys.count - 3, by: 4) where keys[place] == 1025 && keys[place + 1] == 0 {
            result.definition?.directory[place + 3] = 1
        }
        return result
    }
}
