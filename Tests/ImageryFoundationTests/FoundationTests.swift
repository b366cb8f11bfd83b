import Foundation
import Imagery
import ImageryFoundation
import TestSupport
import Testing

@Suite("URLs, Data and coders") struct FoundationTests {
    /// Two bands with a place, a pad value and metadata of several kinds.
    private func file(_ format: Format) throws -> Data {
        let raster = try Raster((0..<2 * 20 * 24).map { UInt16($0) }, shape: Shape(bands: 2, rows: 20, columns: 24))
        let options = WriteOptions(
            blockWidth: 16, blockHeight: 16,
            georeference: Georeference(
                affine: .init(originX: 10, originY: 50.5, xPerColumn: 0.25, xPerRow: 0, yPerColumn: 0, yPerRow: -0.25),
                crs: "EPSG:4326"),
            padValue: format == .jpeg2000 ? nil : .integer(7), date: 0)
        return try raster.data(as: format, options: options)
    }

    @Test func filesAreNamedByURLs() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("imagery files \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let raster = try Raster((0..<48).map { UInt8($0) }, rows: 6, columns: 8)
        let url = folder.appendingPathComponent("ein Bild mit Ä.png")
        try await raster.write(to: url)
        let read = try await Raster(contentsOf: url)
        #expect(read == raster)
        #expect(try ImageInfo(contentsOf: url).width == 8)
        let opened = try await Dataset.open(url)
        let again = try await opened.image().read()
        #expect(again == raster)
        let base = folder.appendingPathComponent("base.tif")
        let half = folder.appendingPathComponent("base.tif.r1")
        func writeSynchronously() throws {
            try Dataset.write(to: base) { writer in try writer.add(image: raster) }
            let writer = try ImageWriter(to: half, format: .tiff, shape: Shape(bands: 1, rows: 3, columns: 4), pixelType: .uint8)
            try writer.append(rows: Raster((0..<12).map { UInt8($0) }, rows: 3, columns: 4))
            try writer.finish()
            try raster.write(to: url)
            #expect(try Raster(contentsOf: url, window: Window(x: 0, y: 0, width: 2, height: 1)).samples(as: UInt8.self) == [0, 1])
        }
        try writeSynchronously()
        let pyramid = try Dataset([base, half])
        #expect(pyramid.keys() == ["image:0", "image:0:overview:1"])
        #expect(try Dataset(base).format == .tiff)
        let address = try #require(URL(string: "https://example.com/image.tif"))
        let error = #expect(throws: ImageryError.self) { try Dataset(address) }
        #expect(error?.kind == .misuse)
    }

    @Test func dataAreReadAndWritten() throws {
        let data = try file(.tiff)
        #expect(try Array(data) == Raster(data: data, format: .tiff).encoded(as: .tiff, options: optionsOf(data)))
        // A part of other data, whose indices begin elsewhere.
        let part = (Data([1, 2, 3]) + data + Data([4])).dropFirst(3).dropLast()
        #expect(try Raster(data: part, format: .tiff) == Raster(data: data, format: .tiff))
        #expect(try ImageInfo(data: data, format: .tiff).bands == 2)
        #expect(try Dataset(data: data, format: .tiff).keys() == ["image:0"])
        let nitf = try Dataset.data(as: .nitf) { writer in try writer.add(text: "A text.") }
        #expect(try Dataset(data: nitf, format: .nitf).text("text:0").read() == "A text.")
        #expect(throws: ImageryError.self) { try Dataset(data: Data(), format: .tiff) }
        let sink = DataSink()
        #expect(throws: ImageryError.self) { try unsafe sink.patch([UInt8]([1, 2]).span.bytes, at: .max) }
    }

    private func optionsOf(_ data: Data) throws -> WriteOptions {
        let image = try Dataset(data: data, format: .tiff).image()
        return WriteOptions(
            blockWidth: 16, blockHeight: 16, georeference: image.georeference, padValue: image.padValue, date: 0)
    }

    private func object(_ json: Data) throws -> NSObject {
        try #require(try JSONSerialization.jsonObject(with: json) as? NSObject)
    }

    @Test(arguments: [Format.tiff, .nitf, .png, .jpeg2000]) func theCodedFormIsTheJSONOfTheTool(format: Format) throws {
        let info: ImageInfo
        if format == .png {
            info = try ImageInfo(
                data: Raster((0..<12).map { UInt8($0) }, rows: 3, columns: 4).data(
                    as: .png,
                    options: WriteOptions(metadata: Metadata(schema: .png, entries: [.init("gAMA", Value(45_455, .long))]))),
                format: .png)
        } else {
            info = try ImageInfo(data: file(format), format: format)
        }
        #expect(!info.metadata.entries.isEmpty)
        let metadata = try JSONEncoder().encode(info.metadata)
        #expect(try object(metadata) == object(Data(info.metadata.json.utf8)))
        let coded = try JSONEncoder().encode(info)
        #expect(try object(coded) == object(Data(info.json.utf8)))
        // And back, from what the tool prints.
        let decoded = try JSONDecoder().decode(ImageInfo.self, from: Data(info.json.utf8))
        #expect(decoded.layout == info.layout && decoded.georeference == info.georeference && decoded.format == info.format)
        #expect((decoded.key, decoded.roles, decoded.resolutionLevels) == (info.key, info.roles, info.resolutionLevels))
        #expect(decoded.metadata.schema == info.metadata.schema)
        #expect(decoded.metadata.entries.map(\.name) == info.metadata.entries.map(\.name))
        #expect(try object(JSONEncoder().encode(decoded)) == object(coded))
    }

    @Test func everyKindOfValueIsCoded() throws {
        let entries = [
            Metadata.Entry("text", Value(text: "a \"quoted\" text, Ä")), .init("whole", code: 254, Value(7, .short)),
            .init("wholes", Value(.short, littleEndian: [1, 0, 2, 0])), .init("real", Value(0.1)),
            .init("reals", Value([1.5, -2e300])),
            .init("bytes", Value(bytes: [0, 255, 17])), .init("none", Value(.double, littleEndian: [])),
            .init("not a number", Value(Double.nan)), .init("big", Value(.long8, littleEndian: [UInt8](repeating: 255, count: 8))),
            .init("group", Value(group: [.init("inner", Value(list: [Value(1), Value(text: "b")]))])),
            .init("list", Value(list: [Value(group: [.init("x", Value(1))]), Value(group: [])])),
        ]
        let metadata = Metadata(schema: .tiff, entries: entries)
        let coded = try JSONEncoder().encode(metadata)
        #expect(try object(coded) == object(Data(metadata.json.utf8)))
        let decoded = try JSONDecoder().decode(Metadata.self, from: coded)
        #expect(try object(JSONEncoder().encode(decoded)) == object(coded))
        #expect(decoded["text"]?.text == "a \"quoted\" text, Ä" && decoded["254"]?.int == 7)
        #expect(decoded["wholes"]?.ints == [1, 2] && decoded["reals"]?.doubles == [1.5, -2e300])
        #expect(decoded["bytes"]?.bytes == [0, 255, 17] && decoded["group"]?["inner"]?.list?.count == 2)
    }

    @Test(arguments: [
        #"{"format": "bmp"}"#, #"{"format": "tiff", "pixelType": "uint7"}"#, "[]", "7",
    ]) func whatIsNoInfoIsRefused(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ImageInfo.self, from: Data(text.utf8)) }
    }

    @Test(arguments: [
        ("\"width\": 24", "\"width\": 0"), ("\"height\": 20", "\"height\": 9223372036854775807"), ("\"bands\": 2", "\"bands\": -1"),
        ("\"gridRows\": 2", "\"gridRows\": 3"), ("\"blockWidth\": 16", "\"blockWidth\": 0"),
        ("\"padValue\": 7", "\"padValue\": \"x\""),
        ("\"resolutionLevels\": 1", "\"resolutionLevels\": 0"), ("\"bitsPerPixel\": 16", "\"bitsPerPixel\": 0"),
    ]) func numbersThatNoImageHasAreRefused(part: (old: String, new: String)) throws {
        let json = try ImageInfo(data: file(.tiff), format: .tiff).json
        let changed = json.replacingOccurrences(of: part.old, with: part.new)
        #expect(changed != json)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ImageInfo.self, from: Data(changed.utf8)) }
    }

    @Test func aValueThatIsNoBase64IsRefused() {
        let text = #"[{"name": "a", "value": {"base64": "?"}}]"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Metadata.self, from: Data(text.utf8)) }
    }
}
