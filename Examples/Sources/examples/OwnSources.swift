import Foundation
import Imagery
import ImageryFoundation

// Sources, images and sinks of a client's own.

/// Objects by name, of which a client can get parts.
final class Store: Sendable {
    private let objects: [String: [UInt8]]

    init(_ objects: [String: [UInt8]]) { self.objects = objects }

    func size(of name: String) -> Int { objects[name]?.count ?? 0 }
    func get(_ name: String, bytes range: Range<Int>) throws -> ArraySlice<UInt8> { objects[name, default: []][range] }
}

final class Member: ByteSource {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var byteCount: Int { bytes.count }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        let lent = bytes
        try body(lent.span.bytes.extracting(range))
    }
}

struct Gradient: ImageSource {
    let layout = ImageLayout(
        shape: Shape(bands: 1, rows: 300, columns: 200), pixelType: .uint16, blockWidth: 200, blockHeight: 16)

    func byteRanges(_ request: ReadRequest) -> [Range<Int>] { [] }
    func makeReader(_ context: ReadContext) -> any ImageReader { Reader() }

    final class Reader: ImageReader {
        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let region = request.region
            for row in 0..<region.height {
                let samples = destination.row(row, band: 0).assumingMemoryBound(to: UInt16.self)
                for column in 0..<region.width { samples[column] = UInt16(100 * (region.y + row) + region.x + column) }
            }
        }
    }
}

struct UploadFailure: Error {}

final class Upload: ByteSink {
    private(set) var parts: [[UInt8]] = []
    let canPatch = false

    func append(_ bytes: RawSpan) throws { parts.append(bytes.withUnsafeBytes { Array($0) }) }
    func patch(_ bytes: RawSpan, at offset: Int) throws { throw UploadFailure() }
}

/// Rows of a raster, some at a time.
final class Scanner {
    private let raster: Raster
    private var row = 0

    init(_ raster: Raster) { self.raster = raster }

    func next() throws -> Raster? {
        guard row < raster.height else { return nil }
        let count = min(24, raster.height - row)
        defer { row += count }
        return try raster.crop(Window(x: 0, y: row, width: raster.width, height: count))
    }
}

extension Examples {
    static func ownSources() throws {
        let whole = try Raster(contentsOf: "scene.tif")
        let data = try Data(contentsOf: URL(fileURLWithPath: "scene.tif"))
        do {
            let dataset = try Dataset(source: CollectionSource(data), format: .tiff)
            try check(dataset.image().read() == whole)
            try check(Dataset(data: data, format: .tiff).image().read() == whole)
        }
        do {
            let (store, name) = (Store(["scene": Array(data)]), "scene")
            let source = FetchedSource(byteCount: store.size(of: name)) { range in try store.get(name, bytes: range) }
            let dataset = try Dataset(source: source, format: .tiff)
            try check(dataset.image().read() == whole)
        }
        try check(Dataset(source: Member(Array(data)), format: .tiff).image().read() == whole)
    }

    static func ownPixels() throws {
        let raster = try Raster(contentsOf: "scene.tif")
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 500, columns: 700), pixelType: .uint8, blockWidth: 256, blockHeight: 256)
        let blocks = try BlockImage(layout: layout) { row, column in
            let bounds = layout.blockBounds(row: row, column: column)
            let samples = [UInt8](repeating: UInt8(16 * row + column), count: bounds.width * bounds.height)
            return try Raster(samples, rows: bounds.height, columns: bounds.width)
        }
        try Dataset.write(to: "blocks.tif") { writer in try writer.add(image: blocks) }
        let corner = try Raster(contentsOf: "blocks.tif", window: Window(x: 699, y: 499, width: 1, height: 1))
        try check(corner.samples(as: UInt8.self) == [18])

        let gradient = try Dataset.encoded(as: .png) { writer in try writer.add(image: Gradient()) }
        let last = try Raster(bytes: gradient, format: .png, window: Window(x: 198, y: 299, width: 2, height: 1))
        try check(last.samples(as: UInt16.self) == [30_098, 30_099])

        let image = try Dataset("scene.tif").image()
        var pixels = [UInt8](repeating: 0, count: 3 * 64 * 64)
        var span = pixels.mutableSpan
        var bytes = span.mutableBytes
        let shape = try image.read(window: Window(x: 10, y: 20, width: 64, height: 64), into: &bytes)
        try check(Raster(pixels, shape: shape) == raster.crop(Window(x: 10, y: 20, width: 64, height: 64)))

        let upload = Upload()
        try raster.encode(as: .tiff, into: upload)
        try check(Raster(bytes: Array(upload.parts.joined()), format: .tiff) == raster)
    }

    static func piecesThatArrive() async throws {
        let raster = try await Raster(contentsOf: "scene.tif")
        do {
            let scanner = Scanner(raster)
            let writer = try ImageWriter(
                to: "scan.tif", shape: Shape(bands: 3, rows: 256, columns: 256), pixelType: .uint8, colorModel: .rgb,
                options: WriteOptions(compression: .zstandard, blockWidth: 128, blockHeight: 128))
            while let rows = try scanner.next() { try writer.append(rows: rows) }
            try await writer.finish()
        }
        func render(_ row: Int, _ column: Int) throws -> Raster {
            try raster.crop(Window(x: 64 * column, y: 64 * row, width: 64, height: 64))
        }
        do {
            let writer = try ImageWriter(
                to: "render.tif", shape: Shape(bands: 3, rows: 256, columns: 256), pixelType: .uint8,
                blockSize: PixelSize(width: 64, height: 64))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for row in 0..<4 {
                    for column in 0..<4 {
                        group.addTask { try writer.write(block: render(row, column), row: row, column: column) }
                    }
                }
                try await group.waitForAll()
            }
            try await writer.finish()
        }
        for path in ["scan.tif", "render.tif"] {
            let written = try await Raster(contentsOf: path)
            check(written == raster)
        }
    }
}
