public import Imagery
import ImageryIndex

/// Limits that keep a single input cheap: a fuzzer lives from many inputs a second.
public var fuzzOptions: ReadOptions {
    var options = ReadOptions()
    options.threads = 1
    options.limits.maxPixelBytes = 8 << 20
    options.limits.maxExpansion = 100
    options.limits.maxMetadataItemBytes = 1 << 20
    options.limits.maxMetadataBytes = 4 << 20
    return options
}

/// The bytes that libFuzzer lends for one call.
public func input(_ data: UnsafePointer<UInt8>?, _ size: Int) -> [UInt8] {
    [UInt8](UnsafeBufferPointer(start: data, count: size))
}

/// Opens the bytes and uses all they offer; any ImageryError is a right answer.
public func useEverything(_ bytes: [UInt8], as format: Format) {
    guard let dataset = try? Dataset(bytes: bytes, format: format, options: fuzzOptions) else { return }
    _ = dataset.metadata.json
    _ = dataset.dump()
    for image in dataset.images.prefix(8) {
        _ = image.metadata.json
        _ = try? image.rawBytes()
        _ = try? image.read()
        _ = try? image.block(row: image.layout.gridRows - 1, column: image.layout.gridColumns - 1)
    }
    if let index = try? TileIndex(of: dataset) {
        _ = try? index.kerchunk(urls: ["u"])
        _ = try? index.zarr(urls: ["u"])
    }
    for text in dataset.texts.prefix(8) { _ = try? text.read() }
    for asset in (dataset.graphics + dataset.data).prefix(8) {
        _ = asset.metadata.json
        _ = try? asset.rawBytes()
    }
}
