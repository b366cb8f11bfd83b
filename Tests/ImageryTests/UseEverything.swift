import Imagery
import ImageryIndex

/// Makes every call that reads a file, with places at the edges of what the image says; true when the file could be opened.
///
/// Limits are low, so that what a few bytes claim to be is refused instead of made. `isQuick` leaves out what costs most: more windows and
/// levels, and all of it again when salvaging.
@discardableResult
func useEverything(_ bytes: [UInt8], _ format: Format, isQuick: Bool = false) -> Bool {
    useEverything(MemorySource(bytes), format, isQuick: isQuick)
}

@discardableResult
func useEverything(_ source: any ByteSource, _ format: Format, isQuick: Bool = false) -> Bool {
    var options = ReadOptions()
    options.threads = 2
    options.limits.maxPixelBytes = 1 << 16
    options.limits.maxExpansion = 1
    guard let dataset = try? Dataset(source: source, format: format, options: options) else { return false }
    _ = dataset.metadata.json
    _ = dataset.dump()
    _ = dataset.diagnostics
    for text in dataset.texts { _ = try? text.read() }
    for asset in dataset.graphics + dataset.data { _ = try? asset.rawBytes() }
    for image in dataset.images.prefix(4) {
        _ = image.metadata.json
        _ = try? image.rawBytes()
        use(image, isQuick: isQuick)
        if let painted = try? image.applyingLookupTable() { _ = try? painted.read(window: Window(x: 0, y: 0, width: 1, height: 1)) }
        if let part = try? image.component(image.layout.shape.bands - 1) {
            _ = try? part.read(window: Window(x: 0, y: 0, width: 2, height: 2))
        }
    }
    options.salvage = true
    if !isQuick, let salvaged = try? Dataset(source: source, format: format, options: options) {
        for image in salvaged.images.prefix(4) { use(image, isQuick: isQuick) }
        _ = salvaged.validate()
    }
    if let index = try? TileIndex(of: dataset), index.levels.allSatisfy({ $0.blocks.count ?? .max < 1_000 }) {
        _ = try? index.kerchunk(urls: ["file"])
        _ = try? index.zarr(urls: ["file"])
    }
    return true
}

private func use(_ image: ImageAsset, isQuick: Bool) {
    let shape = image.layout.shape
    let levels = image.resolutionLevels
    let session = image.makeSession()
    let all = [
        Window(x: 0, y: 0, width: 3, height: 2), Window(x: shape.columns - 1, y: shape.rows - 1, width: 1, height: 1),
        Window(x: shape.columns - 1, y: shape.rows - 1, width: .max, height: .max),
        Window(x: .max, y: .max, width: .max, height: 1),
        Window(x: .min, y: .min, width: .max, height: .max), Window(x: -1, y: -1, width: 3, height: 3),
    ]
    for window in isQuick ? Array(all[1...2]) : all {
        for level in isQuick ? [0, levels - 1] : [0, 1, levels - 1, levels] {
            _ = try? image.read(window: window, bands: [shape.bands - 1, 0], resolutionLevel: level)
            _ = try? session.read(window: window, resolutionLevel: level)
            if shape.columns <= 10_000, shape.rows <= 10_000 || window.height <= 2 {
                _ = try? image.byteRanges(window: window, bands: [0], resolutionLevel: level)
            }
        }
    }
    if !isQuick { _ = try? image.read() }
    _ = try? image.hasBlock(row: image.layout.gridRows - 1, column: image.layout.gridColumns - 1)
    if let block = try? image.block(row: image.layout.gridRows - 1, column: image.layout.gridColumns - 1, bands: [0]) { _ = block }
    for size in isQuick ? [16] : [1, 16, .max] {
        guard let tiles = try? image.tiles(width: size, height: size, overlap: size == 16 ? 15 : 0) else { continue }
        _ = try? tiles.first?.read()
        if let last = tiles.last { _ = try? last.read() }
    }
}
