import FuzzSupport
import Imagery
import ImageryIndex
import Synchronization

/// What users call, in an order that the input draws: windows, levels and bands through one session, ranges, tiles, components, look-up tables,
/// validation, index and dump; with options that are drawn too, and a source that may lie at one of its calls. Any ImageryError is a
/// right answer, and without a lie a session gives what a fresh read does.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAPI(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    var draw = Draw(seed: bytes)
    var options = fuzzOptions
    options.threads = 1 + draw.number(2)
    options.salvage = draw.number(3) == 0
    if draw.number(4) == 0 { options.qualityLayers = 1 + draw.number(4) }
    let lie = draw.number(3) == 0 ? draw.number(40) : nil
    let source = FuzzSource(bytes, lie)
    guard let dataset = try? Dataset(source: source, format: Format(ofFuzzInput: bytes), options: options) else { return 0 }
    let images = dataset.images
    for _ in 0..<4 {
        guard let image = images.isEmpty ? nil : images[draw.number(images.count)] else { break }
        let session = image.makeSession()
        for _ in 0..<6 { call(image, session, isHonest: lie == nil && !options.salvage, &draw) }
    }
    switch draw.number(8) {
    case 0: _ = dataset.validate()
    case 1:
        guard let index = try? TileIndex(of: dataset) else { break }
        _ = draw.number(2) == 0 ? try? index.kerchunk(urls: ["u"]) : try? index.zarr(urls: ["u"])
    case 2: _ = dataset.dump()
    case 3: _ = (dataset.metadata.json, dataset.diagnostics)
    case 4: for text in dataset.texts.prefix(4) { _ = try? text.read() }
    case 5: for asset in dataset.assets.prefix(4) { _ = try? asset.rawBytes() }
    default: break
    }
    return 0
}

private func call(_ image: ImageAsset, _ session: ReadSession, isHonest: Bool, _ draw: inout Draw) {
    let window = draw.window(in: image.layout.shape)
    let level = draw.number(4) == 0 ? draw.number(8) : draw.number(image.resolutionLevels)
    let bands = draw.number(2) == 0 ? nil : (0...draw.number(3)).map { _ in draw.number(image.layout.shape.bands) }
    switch draw.number(9) {
    case 0: _ = try? image.byteRanges(window: window, bands: bands, resolutionLevel: level)
    case 1:
        let size = 1 + draw.number(300)
        guard let tiles = try? image.tiles(width: size, height: size, overlap: draw.number(size)) else { break }
        for _ in 0..<2 where !tiles.isEmpty { _ = try? tiles[draw.number(tiles.count)].read() }
    case 2:
        guard let part = try? image.component(draw.number(image.layout.shape.bands)) else { break }
        _ = try? part.read(window: draw.window(in: part.layout.shape))
    case 3:
        guard let painted = try? image.applyingLookupTable() else { break }
        _ = try? painted.read(window: window)
    case 4:
        let (row, column) = (draw.number(image.layout.gridRows + 1), draw.number(image.layout.gridColumns + 1))
        _ = try? image.hasBlock(row: row, column: column)
        _ = try? image.block(row: row, column: column, resolutionLevel: level, bands: bands)
    case 5: _ = image.metadata.json
    default:
        let found = try? session.read(window: window, bands: bands, resolutionLevel: level)
        guard isHonest, let found else { break }
        let fresh = try? image.read(window: window, bands: bands, resolutionLevel: level)
        require(fresh == nil || fresh == found, "a session reads \(String(describing: window)) of level \(level) otherwise")
    }
}

extension Draw {
    /// A window that mostly meets the image; sometimes none, and sometimes one at the edge of what can be said.
    fileprivate mutating func window(in shape: Shape) -> Window? {
        switch number(8) {
        case 0: return nil
        case 1: return Window(x: .max - number(3), y: number(3) - 1, width: .max - number(2), height: 1)
        case 2: return Window(x: -number(5), y: .min + number(2), width: .max, height: .max)
        default:
            let (x, y) = (number(shape.columns), number(shape.rows))
            return Window(
                x: x, y: y, width: 1 + number(min(400, shape.columns - x)), height: 1 + number(min(400, shape.rows - y)))
        }
    }
}

/// Bytes in memory; the lending of that number is wrong, in a way that its number chooses.
private final class FuzzSource: ByteSource {
    private struct Refusal: Error {}
    private let bytes: [UInt8]
    private let lie: Int?
    private let calls = Atomic<Int>(0)

    init(_ bytes: [UInt8], _ lie: Int?) {
        self.bytes = bytes
        self.lie = lie
    }

    var byteCount: Int { bytes.count }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        let number = calls.wrappingAdd(1, ordering: .relaxed).oldValue
        var lent = Array(bytes[range])
        if number == lie {
            switch number % 6 {
            case 0: throw Refusal()
            case 1: return
            case 2: lent = lent.dropLast()
            case 3: lent.append(0)
            case 4: try body(lent.span.bytes)
            default: if !lent.isEmpty { lent[number % lent.count] ^= 0xff }
            }
        }
        try body(lent.span.bytes)
    }
}
