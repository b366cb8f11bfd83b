import FuzzSupport
import Imagery

/// Any images with any options and metadata through the writers of TIFF and NITF, and back: complete, and exact but where JPEG is lossy. A
/// writer may refuse (misuse, unsupported), and does nothing else. Both readers are held to other software elsewhere.
///
/// A first part of the bytes chooses; the rest are samples, repeated as often as it takes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzContainerWrite(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    var choices = Choices(bytes: input(data, size))
    guard choices.bytes.count > 24 else { return 0 }
    let format: Format = [.tiff, .nitf, .nsif][choices.number(3)]
    let options = choices.options(for: format)
    var images: [(key: AssetKey, raster: Raster, options: WriteOptions)] = []
    guard let base = choices.raster() else { return 0 }
    images.append(("image:0", base, WriteOptions()))
    if format == .tiff, choices.isTrue, let half = choices.raster(like: base, dividedBy: 2) {
        images.append(("image:0:overview:1", half, WriteOptions()))
    }
    if format == .tiff, choices.isTrue, let mask = choices.mask(of: base) {
        images.append(("image:0:mask", mask, WriteOptions()))
    }
    if choices.isTrue, let second = choices.raster() { images.append(("image:1", second, choices.options(for: format))) }
    let metadata = choices.metadata(for: format)
    var lossy: Set<AssetKey> = []
    for image in images {
        if case .jpeg = image.options.compression ?? options.compression { lossy.insert(image.key) }
    }
    let sink = MemorySink()
    do {
        try Dataset.write(into: sink, format: format, options: options) { writer in
            for image in images {
                try writer.add(image: image.raster, as: image.key, metadata: metadata, options: image.options)
            }
            if format != .tiff, metadata != nil {
                try writer.add(text: "\(choices.number(1000))", title: choices.text(most: 90))
            }
        }
    } catch {
        let kind = (error as? ImageryError)?.kind
        require(kind == .misuse || kind == .unsupported, "\(error)")
        return 0
    }
    let dataset: Dataset
    do {
        dataset = try Dataset(bytes: sink.bytes, format: format, options: fuzzOptions)
    } catch { fail("what was written cannot be opened: \(error)") }
    for image in images {
        do {
            let found = try dataset.image(image.key).read()
            require(found.shape == image.raster.shape, "\(image.key) is \(found.shape), was \(image.raster.shape)")
            require(
                found.pixelType == image.raster.pixelType, "\(image.key) is \(found.pixelType), was \(image.raster.pixelType)")
            require(lossy.contains(image.key) || found == image.raster, "\(image.key) has other samples")
        } catch { fail("\(image.key) cannot be read: \(error)") }
    }
    return 0
}

/// Reads choices from the front of the bytes.
struct Choices {
    var bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// 0 to `count` - 1.
    mutating func number(_ count: Int) -> Int {
        defer { place += count > 256 ? 2 : 1 }
        let high = count > 256 ? Int(bytes[(place + 1) % bytes.count]) << 8 : 0
        return (Int(bytes[place % bytes.count]) | high) % count
    }

    var isTrue: Bool {
        mutating get { number(256) & 1 == 1 }
    }

    mutating func text(most: Int) -> String {
        String(String.UnicodeScalarView((0..<number(most)).map { _ in Unicode.Scalar(UInt8(number(256))) }))
    }

    mutating func options(for format: Format) -> WriteOptions {
        var options = WriteOptions()
        let compressions: [Compression?] = [
            nil, Compression.uncompressed, .deflate, .lzw, .packBits, .jpeg(quality: 1 + number(100)), .losslessJPEG,
        ]
        options.compression = compressions[number(compressions.count)]
        if isTrue { options.compressionLevel = number(11) }
        options.predictor = [nil, Predictor.unpredicted, .horizontal, .floatingPoint][number(4)]
        if isTrue { options.blockWidth = isTrue ? 16 * number(6) : number(40) }
        if isTrue { options.blockHeight = isTrue ? 16 * number(6) : number(40) }
        options.interleave = [nil, .pixel, .row, .block, .band][number(5)]
        if isTrue { options.bitsPerSample = number(70) }
        if isTrue { options.padValue = isTrue ? .integer(Int64(number(65536)) - 300) : .real(Double(number(300)) / 4) }
        if format == .tiff, number(4) == 0 {
            var choices = CloudOptimization()
            choices.overviews = isTrue ? number(6) : nil
            choices.resampling = [nil, .average, .nearest][number(3)]
            options.cloudOptimized = choices
            // The 512 columns and rows of the default are much for so small images.
            options.blockWidth = 16 * (1 + number(4))
        }
        options.threads = 1 + number(3)
        options.date = 1_000_000_000
        options.strict = isTrue
        if isTrue {
            options.corners = (0..<4).map { _ in Georeference.Point(x: Double(number(400)) - 200, y: Double(number(200)) - 100) }
            options.crs = ["EPSG:4326", "EPSG:32633", "EPSG:99999", ""][number(4)]
        }
        return options
    }

    mutating func raster() -> Raster? {
        let type = PixelType.allCases[number(PixelType.allCases.count)]
        let bands = isTrue ? 1 + number(4) : 1 + number(20)
        return raster(type, Shape(bands: bands, rows: 1 + number(50), columns: 1 + number(50)))
    }

    mutating func raster(like raster: Raster, dividedBy factor: Int) -> Raster? {
        var shape = raster.shape
        shape.rows = (shape.rows + factor - 1) / factor
        shape.columns = (shape.columns + factor - 1) / factor
        return self.raster(raster.pixelType, shape)
    }

    mutating func mask(of raster: Raster) -> Raster? {
        let count = raster.width * raster.height
        let samples = (0..<count).map { bytes[(place + $0) % bytes.count] & 1 }
        return try? Raster(samples, shape: Shape(bands: 1, rows: raster.height, columns: raster.width))
    }

    private mutating func raster(_ type: PixelType, _ shape: Shape) -> Raster? {
        guard var raster = try? Raster(type, shape: shape) else { return nil }
        // Some bytes may be kept small, so that packing has a chance, and runs occur.
        let mask: UInt8 = [0xff, 0xff, 1, 0x0f][number(4)]
        let isShort = isTrue
        let size = type.componentByteCount
        let (bytes, start) = (bytes, place)
        try? raster.withMutableBytes { span in
            for index in 0..<span.byteCount {
                let isHigh = isShort && index % size > 0
                span.storeBytes(of: isHigh ? 0 : bytes[(start + index) % bytes.count] & mask, toByteOffset: index, as: UInt8.self)
            }
        }
        return raster
    }

    mutating func metadata(for format: Format) -> Metadata? {
        let count = number(4)
        guard count > 0 else { return nil }
        let entries = (0..<count).map { _ in format == .tiff ? tag() : field() }
        return Metadata(schema: format == .tiff ? .tiff : .nitf, entries: entries)
    }

    private mutating func tag() -> Metadata.Entry {
        let codes = [
            254, 258, 259, 262, 269, 274, 277, 282, 284, 317, 322, 338, 339, 347, 33550, 33922, 34735, 42112, 42113, 34665, 65000,
        ]
        let types = FieldType.allCases.filter { $0 != .utf8 }
        let type = types[number(types.count)]
        let length = number(20)
        let content = (0..<length * type.byteCount).map { _ in UInt8(number(256)) }
        return Metadata.Entry("", code: codes[number(codes.count)], Value(type, littleEndian: content))
    }

    private mutating func field() -> Metadata.Entry {
        let names = [
            "IID1", "IDATIM", "IREP", "ICAT", "ICORDS", "IGEOLO", "PJUST", "ABPP", "IMODE", "IC", "COMRAT", "NPPBH", "NPPBV",
            "IDLVL", "IALVL",
            "ILOC", "IMAG", "ICOM", "ISCLAS", "TGTID", "UDIDL", "RPC00B", "BAND_INFO",
        ]
        let name = names[number(names.count)]
        if name == "ICOM" { return Metadata.Entry(name, Value(list: (0..<number(12)).map { _ in Value(text: text(most: 90)) })) }
        let isDigits = isTrue
        let value = isDigits ? String(number(100_000)) : text(most: 30)
        return Metadata.Entry(name, Value(text: value))
    }
}
