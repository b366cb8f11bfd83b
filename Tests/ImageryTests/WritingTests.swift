import Foundation
import Imagery
import ImageryPlumbing
import TestSupport
import Testing

/// Writing through the face: S14, S15, S44, S70 and the claims of parity that are about writing.
@Suite struct WritingTests {
    private func gradient(_ rows: Int, _ columns: Int, bands: Int = 1) throws -> Raster {
        let samples = (0..<bands * rows * columns).map { UInt8(truncatingIfNeeded: 3 * $0 + $0 / columns) }
        return try Raster(samples, shape: Shape(bands: bands, rows: rows, columns: columns))
    }

    /// Names in a folder.
    private func names(_ path: String) throws -> Set<String> {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    private struct Stop: Error {}

    @Test(arguments: ["output.tif", "output.png", "output.ntf", "output.jp2", "output.j2k", "output.jph"])
    func t01OneCallWritesAFile(name: String) throws {
        let raster = try gradient(21, 34, bands: 3)
        try withFiles([("other", [0])]) { paths in
            let path = URL(fileURLWithPath: paths[0]).deletingLastPathComponent().appendingPathComponent(name).path
            try raster.write(to: path)
            #expect(try Raster(contentsOf: path) == raster)
            #expect(try names(path) == ["other", name])
        }
    }

    @Test func t03APathAndAListOfOneAreWrittenAlike() throws {
        let raster = try gradient(9, 8)
        try withFiles([("a.tif", [0]), ("b.tif", [0])]) { paths in
            try Dataset.write(to: paths[0], format: Format(named: "geotiff")) { try $0.add(image: raster) }
            try Dataset.write(to: [paths[1]]) { try $0.add(image: raster) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: paths[0])) == Data(contentsOf: URL(fileURLWithPath: paths[1])))
        }
    }

    @Test func t06MemoryIsWritten() throws {
        let raster = try gradient(16, 16, bands: 3)
        let jpeg = try raster.encoded(as: .jpeg)
        #expect(try Raster(bytes: jpeg, format: .jpeg).shape == raster.shape)
        #expect(try Raster(bytes: raster.encoded(as: .tiff), format: .tiff) == raster)
        let sink = CollectingSink()
        try Dataset.write(into: sink, format: .tiff) { try $0.add(image: raster) }
        #expect(try Raster(bytes: sink.bytes, format: .tiff) == raster)
    }

    @Test(arguments: ["nitf", "tiff", "png", "jpeg"]) func t08FormatsByName(name: String) throws {
        let format = try #require(Format(named: name))
        #expect(format.isWritable)
        let bytes = try gradient(8, 8).encoded(as: format)
        #expect(try Format(detecting: MemorySource(bytes)) == format)
    }

    /// S14: whatever is thrown leaves nothing behind and an existing file as it was.
    @Test func anErrorLeavesNothingBehind() throws {
        let raster = try gradient(40, 40)
        try withFiles([("kept.tif", [1, 2, 3])]) { paths in
            let fresh = paths[0] + ".new.tif"
            for path in [paths[0], fresh] {
                #expect(throws: Stop.self) {
                    try Dataset.write(to: path) { writer in
                        try writer.add(image: raster)
                        throw Stop()
                    }
                }
                // A source that fails in the middle of the blocks.
                #expect(throws: ImageryError.self) {
                    try Dataset.write(to: path) { writer in try writer.add(image: FailingImage(rows: 600, failsAt: 300)) }
                }
                var options = WriteOptions()
                options.blockWidth = 5
                #expect(throws: ImageryError.self) { try raster.write(to: path, options: options) }
            }
            let found = try names(paths[0])
            #expect(found == ["kept.tif"])
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: paths[0]))) == [1, 2, 3])
        }
    }

    @Test func anErrorOfTheSinkComesThrough() throws {
        final class Broken: ByteSink {
            var canPatch: Bool { true }
            func append(_ bytes: RawSpan) throws { throw Stop() }
            func patch(_ bytes: RawSpan, at offset: Int) throws { throw Stop() }
        }
        let raster = try gradient(4, 4)
        for format in [Format.tiff, .png] {
            let error = #expect(throws: ImageryError.self) { try raster.encode(as: format, into: Broken()) }
            #expect(error?.kind == .io && error?.underlying is Stop)
        }
    }

    @Test func sourcesAreReadStripeByStripe() throws {
        let image = try Dataset(bytes: gradient(700, 600, bands: 3).encoded(as: .tiff), format: .tiff).image()
        let source = RecordingImage(image)
        let bytes = try Dataset.encoded(as: .tiff) { try $0.add(image: source) }
        #expect(try Raster(bytes: bytes, format: .tiff) == image.read())
        #expect(source.largest <= 600 * 512)
        #expect(source.asked >= 2)
    }

    @Test func keysAreJudged() throws {
        let raster = try gradient(8, 8)
        let small = try gradient(4, 4)
        func kind(_ body: (DatasetWriter) throws -> Void) -> ImageryError.Kind? {
            do {
                _ = try Dataset.encoded(as: .tiff, body)
                return nil
            } catch { return (error as? ImageryError)?.kind }
        }
        #expect(kind { _ in } == .misuse)
        #expect(kind { try $0.add(image: raster, as: "text:0") } == .misuse)
        #expect(kind { try $0.add(image: raster, as: "image:1") } == .misuse)
        #expect(kind { try $0.add(image: raster, as: "image:0:overview:1") } == .misuse)
        // A file is cloud-optimized as a whole.
        var cloud = WriteOptions()
        cloud.cloudOptimized = CloudOptimization()
        #expect(kind { try $0.add(image: raster, options: cloud) } == .misuse)
        #expect(
            kind {
                try $0.add(image: raster)
                try $0.add(image: raster, as: "image:0")
            } == .misuse)
        // Any order of adding, numbers that are not given, and a writer that outlives its closure.
        var kept: DatasetWriter?
        let bytes = try Dataset.encoded(as: .tiff) { writer in
            try writer.add(image: small, as: "image:0:overview:1")
            try writer.add(image: raster)
            try writer.add(image: small)
            kept = writer
        }
        #expect(try Dataset(bytes: bytes, format: .tiff).keys() == ["image:0", "image:0:overview:1", "image:1"])
        #expect { try kept?.add(image: raster) } throws: { ($0 as? ImageryError)?.kind == .misuse }
    }

    /// S44: the list of paths that reads a pyramid writes it, each file in its own format.
    @Test func aListOfPathsIsAPyramid() throws {
        let base = try gradient(32, 40)
        try withFiles([("a.ntf", [0]), ("a.tif.r2", [0]), ("a.png.r1", [0])]) { paths in
            let image = try Dataset(bytes: base.encoded(as: .png), format: .png).image()
            let first = try ReducedImage(of: image, factor: 2)
            let second = try ReducedImage(of: image, factor: 4, method: .nearest)
            try Dataset.write(to: paths) { writer in
                try writer.add(image: base)
                try writer.add(image: first, as: .overview(1))
                try writer.add(image: second, as: .overview(2))
            }
            let dataset = try Dataset(paths)
            #expect(dataset.keys() == ["image:0", "image:0:overview:1", "image:0:overview:2"])
            #expect(try dataset.image("image:0").read() == base)
            #expect(try dataset.image("image:0:overview:1").layout.shape == Shape(bands: 1, rows: 16, columns: 20))
            #expect(try dataset.image("image:0:overview:2").read().samples(as: UInt8.self)[1] == base.samples(as: UInt8.self)[4])
            #expect(try Dataset(paths[1]).format == .tiff)
            #expect(throws: ImageryError.self) {
                try Dataset.write(to: [paths[0], paths[1]]) { writer in
                    try writer.add(image: base)
                    try writer.add(image: first, as: .overview(1))
                }
            }
        }
    }

    /// S64: what was read can be written back; a window takes its ground along.
    @Test func metadataAndGroundGoAlong() throws {
        var options = WriteOptions()
        options.georeference = Georeference(
            affine: .init(originX: 100, originY: 200, xPerColumn: 1, xPerRow: 0, yPerColumn: 0, yPerRow: -1), crs: "EPSG:32632")
        var metadata = Metadata(schema: .tiff)
        metadata["65000"] = Value(bytes: [1, 2, 3])
        options.metadata = metadata
        let image = try Dataset(bytes: gradient(32, 32).encoded(as: .tiff, options: options), format: .tiff).image()
        let bytes = try Dataset.encoded(as: .tiff) { writer in
            try writer.add(image: image, window: Window(x: 8, y: 4, width: 10, height: 9), title: "A part")
        }
        let part = try Dataset(bytes: bytes, format: .tiff).image()
        #expect(part.metadata["65000"]?.bytes == [1, 2, 3])
        #expect(part.title == "A part")
        #expect(part.georeference?.affine?.originX == 108)
        #expect(part.georeference?.affine?.originY == 196)
        #expect(part.georeference?.crs == "EPSG:32632")
        // PNG has no place for it: what is carried is left out, what is asked for is an error.
        _ = try Dataset.encoded(as: .png) { try $0.add(image: image) }
        #expect(throws: ImageryError.self) { try image.read().encoded(as: .png, options: options) }
    }

    @Test func textsAndDataGoWhereTheFormatHasThem() throws {
        let raster = try gradient(8, 8)
        func add(_ writer: DatasetWriter) throws {
            try writer.add(image: raster, title: "An image")
            try writer.add(text: "Some text.", title: "A text")
            try writer.add(data: Array("<a/>".utf8), title: "XML_DATA_CONTENT")
        }
        let dataset = try Dataset(bytes: Dataset.encoded(as: .nitf, add), format: .nitf)
        #expect(dataset.keys() == ["image:0", "text:0", "data:0"])
        #expect(try dataset.text("text:0").read() == "Some text.")
        #expect(try dataset.data("data:0").rawBytes() == Array("<a/>".utf8))
        #expect { try Dataset.encoded(as: .tiff, add) } throws: { ($0 as? ImageryError)?.kind == .unsupported }
        // Whole files asset by asset.
        let again = try Dataset.encoded(as: .nitf) { writer in for asset in dataset.assets { try writer.add(copyOf: asset) } }
        #expect(try Dataset(bytes: again, format: .nitf).keys() == dataset.keys())
    }
}

/// An image of one band whose rows are their numbers, which fails from one of them on.
private struct FailingImage: ImageSource {
    let layout: ImageLayout
    let failsAt: Int

    init(rows: Int, failsAt: Int) {
        layout = ImageLayout(shape: Shape(bands: 1, rows: rows, columns: 4096), pixelType: .uint8, blockWidth: 4096, blockHeight: 1)
        self.failsAt = failsAt
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [] }
    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(failsAt: failsAt) }

    private final class Reader: ImageReader {
        let failsAt: Int
        init(failsAt: Int) { self.failsAt = failsAt }
        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            guard request.region.bottom <= failsAt else { throw ImageryError(.io, "test", "the source is gone") }
            fill(destination, pattern: [7], bands: request.bands.count, rows: request.region.height, rowBytes: request.region.width)
        }
    }
}

/// Remembers the largest request in pixels and how many there were.
private final class RecordingImage: ImageSource, @unchecked Sendable {
    let layout: ImageLayout
    let image: ImageAsset
    var largest = 0
    var asked = 0

    init(_ image: ImageAsset) {
        self.image = image
        layout = image.layout
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [] }
    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self) }

    private final class Reader: ImageReader {
        let owner: RecordingImage
        init(_ owner: RecordingImage) { self.owner = owner }
        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            owner.largest = max(owner.largest, request.region.width * request.region.height)
            owner.asked += 1
            let pixels = try owner.image.read(window: request.region, bands: request.bands)
            pixels.copy(Window(x: 0, y: 0, width: pixels.width, height: pixels.height), to: destination)
        }
    }
}
