import FuzzSupport
import Imagery
import ImageryNITF
import ImageryTags

/// The parsers of texts and tables that stand inside files, each chosen by the first byte: XML, GDAL's metadata, GeoKeys, NITF extensions,
/// fields of a NITF subheader (corners, dates, counts) by the editor, and names of reference systems. They give something or an ImageryError.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    guard let first = bytes.first else { return 0 }
    let rest = Array(bytes.dropFirst())
    switch first % 6 {
    case 0: xml(rest)
    case 1: geoKeys(rest)
    case 2: nitfExtension(rest)
    case 3: field(rest)
    case 4: place(rest)
    default: sides(rest)
    }
    return 0
}

private func xml(_ bytes: [UInt8]) {
    if let root = XMLReader.parse(bytes) {
        require(depth(root) <= 33, "elements nest deeper than the reader allows")
    }
    let value = Value(text: String(decoding: bytes, as: UTF8.self))
    _ = (GDALMetadata.items(value), GDALMetadata.noData(value))
}

private func depth(_ element: XMLElement) -> Int { 1 + (element.children.map(depth).max() ?? 0) }

/// The three values of GeoTIFF, divided by the bytes themselves.
private func geoKeys(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let count = min(bytes.count - 1, 2 * Int(first))
    let directory = Value(.short, littleEndian: Array(bytes[1..<1 + count / 2 * 2]))
    let tail = Array(bytes[(1 + count)...])
    let doubles = Value(.double, littleEndian: Array(tail.prefix(tail.count / 8 * 8)))
    let keys = GeoKeys(directory: directory, doubles: doubles, texts: Value(text: String(decoding: tail, as: UTF8.self)))
    _ = (keys.coordinateReferenceSystem, keys.isPixelPoint, keys.diagnostics, keys.definition.map { GeoKeys($0) })
}

/// What the table of an extension parses as fields can be written, and what was written stays as it is: fields that are missing have been
/// filled, and mean something.
private func nitfExtension(_ bytes: [UInt8]) {
    let tags = NITFExtension.tags + NITFExtension.dataExtensions
    guard bytes.count > 1 else { return }
    let tag = tags[(Int(bytes[0]) << 8 | Int(bytes[1])) % tags.count]
    let value = NITFExtension.value(tag, Array(bytes.dropFirst(2)))
    guard let fields = value.group, let written = try? NITFExtension.bytes(tag, fields) else { return }
    guard let again = NITFExtension.value(tag, written).group else { fail("\(tag) is written as bytes that its table cannot read") }
    require((try? NITFExtension.bytes(tag, again)) == written, "the bytes of \(tag) become others when they are written again")
}

/// A small file with the text in one of its fields; then all that follows from its fields is asked for.
private func field(_ bytes: [UInt8]) {
    let names = [
        "IGEOLO", "ICORDS", "IDATIM", "ILOC", "IALVL", "IREP", "ICAT", "ABPP", "PJUST", "COMRAT", "IC", "IMAG", "NROWS", "NCOLS",
        "NBPR", "NPPBH", "NPPBV", "NBPP", "IMODE", "TGTID", "PVTYPE",
    ]
    guard bytes.count > 1, var editor = try? NITFEditor(MemorySource(nitf)) else { return }
    let text = String(decoding: bytes[1...], as: UTF8.self)
    if (try? editor.set("image:0/\(names[Int(bytes[0]) % names.count])", to: Value(text: text))) == nil { return }
    let sink = MemorySink()
    guard (try? editor.write(into: sink)) != nil else { return }
    useEverything(sink.bytes, as: .nitf)
    guard let image = try? Dataset(bytes: sink.bytes, format: .nitf, options: fuzzOptions).image() else { return }
    ground(image)
}

private func ground(_ image: ImageAsset) {
    _ = try? image.ground(x: 1, y: 1)
    _ = try? image.pixel(longitude: 10, latitude: 20)
    if let box = try? GroundRectangle(west: -170, south: -80, east: 170, north: 80) { _ = try? image.window(covering: box) }
}

/// Numbers of a place, and the name of a system.
private func place(_ bytes: [UInt8]) {
    let size = MemoryLayout<Double>.size
    let numbers = stride(from: 0, to: bytes.count - size + 1, by: size).map { start in
        Double(bitPattern: bytes[start..<start + size].reduce(0) { $0 << 8 | UInt64($1) })
    }
    var place = Georeference()
    place.crs =
        ["EPSG:4326", "EPSG:32633", "EPSG:3857", "EPSG:5041", String(decoding: bytes.suffix(12), as: UTF8.self)][
            Int(bytes.last ?? 0) % 5]
    if numbers.count >= 6 {
        place.affine = Georeference.Affine(
            originX: numbers[0], originY: numbers[1], xPerColumn: numbers[2], xPerRow: numbers[3], yPerColumn: numbers[4],
            yPerRow: numbers[5])
    } else if numbers.count >= 4 {
        place.corners = (0..<4).map { Georeference.Point(x: numbers[$0], y: numbers[3 - $0]) }
    }
    guard let model = try? GroundModel(place, columns: 100, rows: 80) else { return }
    if let found = try? model.ground(x: 3, y: 4) {
        _ = try? model.pixel(longitude: found.longitude, latitude: found.latitude)
    }
    if let box = try? GroundRectangle(west: -1, south: -1, east: 1, north: 1) { _ = model.window(covering: box) }
}

/// A TIFF with the text as its GDAL metadata, no-data value and description: what colors and places make of it.
private func sides(_ bytes: [UInt8]) {
    guard let raster = try? Raster([UInt8](repeating: 7, count: 16), rows: 4, columns: 4) else { return }
    var options = WriteOptions()
    options.date = 0
    let text = Value(text: String(decoding: bytes, as: UTF8.self))
    options.metadata = Metadata(
        schema: .tiff,
        entries: [42112, 42113, 270].map { Metadata.Entry("", code: $0, text) })
    guard let file = try? raster.encoded(as: .tiff, options: options) else { return }
    useEverything(file, as: .tiff)
    guard let image = try? Dataset(bytes: file, format: .tiff, options: fuzzOptions).image() else { return }
    _ = image.colorModel
    ground(image)
}

/// A NITF file of 4 x 4 pixels.
private let nitf: [UInt8] = {
    var options = WriteOptions()
    options.date = 0
    options.compression = Compression.uncompressed
    options.corners = [(1, 2), (2, 2), (2, 1), (1, 1)].map { Georeference.Point(x: $0.0, y: $0.1) }
    options.crs = "EPSG:4326"
    return (try? Raster([UInt8](0..<16), rows: 4, columns: 4).encoded(as: .nitf, options: options)) ?? []
}()
