import Foundation
import Imagery
import TestSupport
import Testing

@Suite("Images that arrive piece by piece") struct ImageWriterTests {
    /// What is written, and how.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var format: Format
        var raster: Raster
        var options: WriteOptions

        var testDescription: String { name }
        var colors: ColorModel? { raster.bands == 1 ? nil : raster.colorModel }

        func writer(blockSize: PixelSize? = nil) throws(ImageryError) -> ImageWriter {
            try ImageWriter(
                as: format, shape: raster.shape, pixelType: raster.pixelType, colorModel: colors, blockSize: blockSize,
                options: options)
        }
    }

    static let cases: [Case] = {
        do {
            let rgb = try SampleFile.scene(bands: 3, rows: 45, columns: 52)
            let gray = try SampleFile.scene(bands: 1, rows: 45, columns: 52, bits: 16)
            let heights = try Raster((0..<13 * 9).map { Int16($0) }, rows: 13, columns: 9)
            let step = 1.0 / 120
            let west = -8 - step / 2
            let north = 43 + 12.5 * step
            let ground = Georeference(
                affine: .init(
                    originX: west, originY: north, xPerColumn: step, xPerRow: 0, yPerColumn: 0, yPerRow: -step),
                crs: "EPSG:4326")
            var list: [Case] = []
            func add(_ name: String, _ format: Format, _ raster: Raster, _ options: WriteOptions) {
                var dated = options
                dated.date = 0
                list.append(Case(name: name, format: format, raster: raster, options: dated))
            }
            add("png", .png, rgb, WriteOptions())
            add("jpeg", .jpeg, rgb, WriteOptions())
            add("jpeg in scans", .jpeg, rgb, WriteOptions(jpeg: JPEGChoices(isProgressive: true)))
            add("tiff of tiles", .tiff, rgb, WriteOptions(compression: .deflate, blockWidth: 16, blockHeight: 16))
            add("tiff of strips", .tiff, gray, WriteOptions(compression: .lzw, blockHeight: 7))
            add("tiff of planes", .tiff, rgb, WriteOptions(blockWidth: 16, blockHeight: 32, interleave: .band))
            add("tiff for clouds", .tiff, rgb, WriteOptions(cloudOptimized: CloudOptimization(), blockWidth: 16, blockHeight: 16))
            add(
                "nitf of bands", .nitf, rgb,
                WriteOptions(compression: .uncompressed, blockWidth: 16, blockHeight: 16, interleave: .band))
            add("nitf jpeg", .nitf, rgb, WriteOptions(compression: .jpeg(quality: 80), blockWidth: 16, blockHeight: 16))
            add("nitf", .nitf, gray, WriteOptions())
            add("jpeg2000", .jpeg2000, rgb, WriteOptions(blockWidth: 16, blockHeight: 16))
            add(
                "jpeg2000 of layers", .jpeg2000, gray,
                WriteOptions(compression: .jpeg2000(rate: 4), jpeg2000: JPEG2000Choices(layers: [1, 2, 4])))
            add("dted", .dted, heights, WriteOptions(georeference: ground))
            return list
        } catch { fatalError("a case cannot be made: \(error)") }
    }()

    private func rows(_ raster: Raster, _ range: Range<Int>) throws -> Raster {
        try raster.crop(Window(x: 0, y: range.lowerBound, width: raster.width, height: range.count))
    }

    private func block(_ raster: Raster, _ size: PixelSize, _ row: Int, _ column: Int) throws -> Raster {
        let all = Window(x: 0, y: 0, width: raster.width, height: raster.height)
        return try raster.crop(
            Window(x: column * size.width, y: row * size.height, width: size.width, height: size.height).intersection(all))
    }

    /// The places of all blocks of `size`, in an order of no order.
    private func places(_ raster: Raster, _ size: PixelSize) -> [(row: Int, column: Int)] {
        let columns = (raster.width + size.width - 1) / size.width
        let rows = (raster.height + size.height - 1) / size.height
        var random = SeededGenerator(5)
        return (0..<rows * columns).shuffled(using: &random).map { ($0 / columns, $0 % columns) }
    }

    @Test(arguments: cases) func rowsGiveTheBytesOfTheWholeRaster(item: Case) throws {
        let whole = try item.raster.encoded(as: item.format, options: item.options)
        for step in [1, 4, 1_000] {
            let writer = try item.writer()
            var row = 0
            while row < item.raster.height {
                let end = min(item.raster.height, row + step)
                try writer.append(rows: rows(item.raster, row..<end))
                row = end
            }
            let sink = MemorySink()
            try writer.finish(into: sink)
            #expect(sink.bytes == whole)
        }
    }

    @Test(arguments: cases) func blocksInAnyOrderGiveTheBytesOfTheWholeRaster(item: Case) throws {
        let whole = try item.raster.encoded(as: item.format, options: item.options)
        for size in [PixelSize(width: 16, height: 16), PixelSize(width: 7, height: 1_000), PixelSize(width: 1_000, height: 5)] {
            let writer = try item.writer(blockSize: size)
            for (row, column) in places(item.raster, size) {
                try writer.write(block: block(item.raster, size, row, column), row: row, column: column)
            }
            let sink = CollectingSink()
            try writer.finish(into: sink)
            #expect(sink.bytes == whole)
        }
    }

    @Test func blocksComeFromManyTasks() async throws {
        let item = Self.cases[3]
        let size = PixelSize(width: 8, height: 8)
        let writer = try item.writer(blockSize: size)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (row, column) in places(item.raster, size) {
                let block = try block(item.raster, size, row, column)
                group.addTask { try writer.write(block: block, row: row, column: column) }
            }
            try await group.waitForAll()
        }
        let sink = MemorySink()
        try writer.finish(into: sink)
        let whole = try item.raster.encoded(as: item.format, options: item.options)
        #expect(sink.bytes == whole)
    }

    @Test func aFileAppearsWhenItIsFinished() async throws {
        let raster = Self.cases[0].raster
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("imagery-writer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
        let path = folder.appendingPathComponent("image.j2k").path
        let options = WriteOptions(date: 0)
        func writer() throws -> ImageWriter {
            try ImageWriter(
                to: path, shape: raster.shape, pixelType: raster.pixelType, colorModel: .rgb, title: "A title", options: options)
        }
        do {
            // One that is dropped half-way leaves nothing.
            let dropped = try writer()
            try dropped.append(rows: rows(raster, 0..<20))
        }
        #expect(try names().isEmpty)
        let whole = try writer()
        try whole.append(rows: raster)
        #expect(!FileManager.default.fileExists(atPath: path))
        try await whole.finish()
        #expect(try names() == ["image.j2k"])
        // The extension says that it is a bare codestream.
        let written = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(written.prefix(2) == Data([0xff, 0x4f]))
        #expect(try Raster(bytes: written, format: .jpeg2000) == raster)
        await #expect(throws: ImageryError.self) { try await whole.finish() }
        // The old file stays when a new one is not finished.
        _ = try writer()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == written)
        #expect(try names() == ["image.j2k"])
    }

    private func misuse(_ part: String, _ body: () throws -> Void) {
        let error = #expect(throws: ImageryError.self) { try body() }
        #expect(error?.kind == .misuse && error?.message.contains(part) == true, "\(String(describing: error))")
    }

    @Test func piecesThatDoNotFitAreRefusedAndTheRestGoesOn() throws {
        let item = Self.cases[3]
        let raster = item.raster
        let byRows = try item.writer()
        let size = PixelSize(width: 16, height: 16)
        misuse("arrives in rows") { try byRows.write(block: block(raster, size, 0, 0), row: 0, column: 0) }
        try byRows.append(rows: rows(raster, 0..<40))
        misuse("40 of 45 rows") { try byRows.finish(into: MemorySink()) }
        misuse("6 rows follow 40") { try byRows.append(rows: rows(raster, 0..<6)) }
        misuse("shape") { try byRows.append(rows: raster.crop(Window(x: 0, y: 40, width: 51, height: 5))) }
        misuse("shape") { try byRows.append(rows: raster.crop(Window(x: 0, y: 40, width: 52, height: 5), bands: [0, 1])) }
        misuse("uint16") { try byRows.append(rows: Raster(.uint16, shape: Shape(bands: 3, rows: 5, columns: 52))) }
        misuse("no path") { try byRows.finish() }
        try byRows.append(rows: rows(raster, 40..<45))
        let sink = MemorySink()
        try byRows.finish(into: sink)
        #expect(try sink.bytes == raster.encoded(as: item.format, options: item.options))
        misuse("written already") { try byRows.append(rows: rows(raster, 0..<1)) }
        misuse("written already") { try byRows.finish(into: sink) }

        let byBlocks = try item.writer(blockSize: size)
        misuse("arrives in blocks") { try byBlocks.append(rows: raster) }
        for (row, column) in [(3, 0), (0, 4), (-1, 0), (0, -1), (.max, .max)] {
            misuse("no block") { try byBlocks.write(block: block(raster, size, 0, 0), row: row, column: column) }
        }
        misuse("shape") { try byBlocks.write(block: block(raster, size, 0, 0), row: 2, column: 3) }
        for (row, column) in places(raster, size) where (row, column) != (1, 2) {
            try byBlocks.write(block: block(raster, size, row, column), row: row, column: column)
        }
        misuse("(0, 0) is there already") { try byBlocks.write(block: block(raster, size, 0, 0), row: 0, column: 0) }
        misuse("11 of 12 blocks have arrived; block (1, 2)") { try byBlocks.finish(into: MemorySink()) }
        try byBlocks.write(block: block(raster, size, 1, 2), row: 1, column: 2)
        let other = MemorySink()
        try byBlocks.finish(into: other)
        #expect(other.bytes == sink.bytes)
    }

    /// What a format refuses whatever the samples are is said before they are there.
    @Test func whatCannotBeWrittenIsRefusedAtOnce() throws {
        let shape = Shape(bands: 3, rows: 20, columns: 30)
        func refusal(
            _ format: Format, _ type: PixelType = .uint8, _ shape: Shape = shape, _ options: WriteOptions = WriteOptions(),
            _ size: PixelSize? = nil
        ) -> ImageryError.Kind? {
            #expect(throws: ImageryError.self) {
                try ImageWriter(as: format, shape: shape, pixelType: type, blockSize: size, options: options)
            }?.kind
        }
        #expect(refusal(.png, .float32) == .unsupported)
        #expect(refusal(.jpeg, .int32) == .unsupported)
        #expect(refusal(.nitf20) == .unsupported)
        #expect(refusal(.nitf, .uint8, shape, WriteOptions(compression: .lzw)) == .misuse)
        #expect(refusal(.tiff, .uint8, shape, WriteOptions(threads: 0)) == .misuse)
        #expect(refusal(.tiff, .uint8, Shape(bands: 3, rows: 0, columns: 30)) == .misuse)
        #expect(refusal(.tiff, .uint8, Shape(bands: -1, rows: 2, columns: 30)) == .misuse)
        #expect(refusal(.tiff, .uint8, Shape(bands: 1, rows: .max, columns: 2)) == .misuse)
        for side in [0, -1, .min] {
            #expect(refusal(.tiff, .uint8, shape, WriteOptions(), PixelSize(width: side, height: 8)) == .misuse)
        }
        let unknown = #expect(throws: ImageryError.self) { try ImageWriter(to: "image.xyz", shape: shape, pixelType: .uint8) }
        #expect(unknown?.kind == .misuse)
        let nowhere = #expect(throws: ImageryError.self) {
            try ImageWriter(to: "/no such folder/image.tif", shape: shape, pixelType: .uint8)
        }
        #expect(nowhere?.kind == .io)
    }

    private final class FullSink: ByteSink {
        struct Failure: Error {}
        var canPatch: Bool { false }
        func append(_ bytes: RawSpan) throws { throw Failure() }
        func patch(_ bytes: RawSpan, at offset: Int) throws { throw Failure() }
    }

    @Test func sinksThatFailAndTokensThatAreCancelledEndIt() throws {
        let item = Self.cases[3]
        let full = try item.writer()
        try full.append(rows: item.raster)
        let failure = #expect(throws: ImageryError.self) { try full.finish(into: FullSink()) }
        #expect(failure?.kind == .io && failure?.underlying is FullSink.Failure)
        misuse("written already") { try full.finish(into: MemorySink()) }

        var stopped = item
        let token = Cancellation()
        stopped.options.cancellation = token
        let writer = try stopped.writer()
        try writer.append(rows: rows(item.raster, 0..<44))
        token.cancel()
        let late = #expect(throws: ImageryError.self) { try writer.append(rows: rows(item.raster, 44..<45)) }
        #expect(late?.isCancellation == true)
    }
}
