import FuzzSupport
import Imagery

/// S57 on whatever the library accepts: a window is the crop of the whole, a list of bands its slice, the blocks assemble to it, a session
/// and two threads give the same. A file that cannot be read whole promises nothing about its parts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInvariants(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    let format = Format(ofFuzzInput: bytes)
    guard let dataset = try? Dataset(bytes: bytes, format: format, options: fuzzOptions) else { return 0 }
    var draw = Draw(seed: bytes)
    for image in dataset.images.prefix(4) {
        guard let whole = try? image.read() else { continue }
        for _ in 0..<3 { checkWindow(image, whole, &draw) }
        checkLevel(image, &draw)
        checkBlocks(image, whole)
        checkTiles(image, whole, &draw)
        checkThreads(bytes, format, image.key, whole)
    }
    return 0
}

private func checkWindow(_ image: ImageAsset, _ whole: Raster, _ draw: inout Draw) {
    let window = draw.window(whole)
    let bands = (0..<draw.number(3) + 1).map { _ in draw.number(whole.bands) }
    guard let part = try? image.read(window: window, bands: bands) else {
        fail("window \(window) of bands \(bands) cannot be read, but the whole can")
    }
    require(part == (try? whole.crop(window, bands: bands)), "window \(window) of bands \(bands) is not the crop")
}

/// A window of a lower level is the crop of that level by the rule of S2.
private func checkLevel(_ image: ImageAsset, _ draw: inout Draw) {
    let layout = image.layout
    let level = 1 + draw.number(image.resolutionLevels - 1)
    guard level < image.resolutionLevels, let whole = try? image.read(resolutionLevel: level) else { return }
    let x = draw.number(layout.shape.columns)
    let y = draw.number(layout.shape.rows)
    let window = Window(
        x: x, y: y, width: 1 + draw.number(layout.shape.columns - x), height: 1 + draw.number(layout.shape.rows - y))
    let place = layout.reduced(window, level: level)
    guard !place.isEmpty else { return }
    let part = try? image.read(window: window, resolutionLevel: level)
    require(part == (try? whole.crop(place)), "window \(window) of level \(level) is not the crop of the level")
}

private func checkBlocks(_ image: ImageAsset, _ whole: Raster) {
    let layout = image.layout
    guard layout.gridRows * layout.gridColumns <= 256 else { return }
    for row in 0..<layout.gridRows {
        for column in 0..<layout.gridColumns {
            let place = layout.blockBounds(row: row, column: column)
            guard let block = try? image.block(row: row, column: column) else {
                fail("block (\(row), \(column)) cannot be read, but the whole can")
            }
            require(block == (try? whole.crop(place)), "block (\(row), \(column)) is not the crop")
        }
    }
}

private func checkTiles(_ image: ImageAsset, _ whole: Raster, _ draw: inout Draw) {
    let width = 1 + whole.width / 4 + draw.number(whole.width)
    let height = 1 + whole.height / 4 + draw.number(whole.height)
    guard let tiles = try? image.tiles(width: width, height: height, overlap: 0) else {
        fail("tiles of \(width) by \(height) are refused")
    }
    for tile in tiles {
        require((try? tile.read()) == (try? whole.crop(tile.window)), "tile \(tile.window) is not the crop")
    }
}

private func checkThreads(_ bytes: [UInt8], _ format: Format, _ key: AssetKey, _ whole: Raster) {
    var options = fuzzOptions
    options.threads = 2
    let other = try? Dataset(bytes: bytes, format: format, options: options).image(key).read()
    require(other == whole, "two threads read \(key) otherwise than one")
}
