import Foundation
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

/// Ends the process, which is what a fuzzer takes note of, and says why: builds with optimisation drop the message of a trap.
public func fail(_ message: String) -> Never {
    print("*** \(message)")
    fflush(nil)
    fatalError(message)
}

/// Ends the process unless `condition` holds.
public func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fail(message()) }
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

extension Format {
    /// The format that the first byte of an input stands for: inputs need not be right enough to be detected.
    public init(ofFuzzInput bytes: [UInt8]) {
        switch bytes.first {
        case 0x89: self = .png
        case 0xff: self = bytes.dropFirst().first == 0x4f ? .jpeg2000 : .jpeg
        case 0: self = .jpeg2000
        case UInt8(ascii: "N"): self = .nitf
        case UInt8(ascii: "U"): self = .dted
        default: self = .tiff
        }
    }
}

/// Numbers drawn from the input itself, so that an input always fails in the same way.
public struct Draw {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    public init(seed: [UInt8]) {
        for byte in seed { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    /// 0 to `limit` - 1.
    public mutating func number(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, limit)
    }

    /// A window inside of a raster.
    public mutating func window(_ raster: Raster) -> Window {
        let x = number(raster.width)
        let y = number(raster.height)
        return Window(x: x, y: y, width: 1 + number(raster.width - x), height: 1 + number(raster.height - y))
    }
}
