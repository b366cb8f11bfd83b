import Imagery
import TestSupport
import Testing

/// Titles, roles and the fields that say them survive where the format can hold them, and what a caller changes is what is written.
@Suite("Titles and roles") struct TitleTests {
    private func file(_ format: Format, title: String, description: String = "", roles: Set<AssetRole>? = nil) throws -> (
        bytes: [UInt8], result: WriteResult
    ) {
        let raster = try SampleFile.scene(bands: 1, rows: 20, columns: 24)
        let sink = MemorySink()
        let result = try Dataset.write(into: sink, format: format, options: WriteOptions(date: 0)) { writer in
            try writer.add(image: raster, title: title, description: description, roles: roles)
        }
        return (sink.bytes, result)
    }

    @Test(arguments: [Format.png, .jpeg, .jpeg2000, .tiff, .nitf]) func aTitleComesBack(format: Format) throws {
        let bytes = try file(format, title: "Harbour", description: "Seen from the east").bytes
        let image = try Dataset(bytes: bytes, format: format).image()
        #expect(image.title == "Harbour" && image.description == "Seen from the east")
        // As a copy, and with another title in place of it.
        let copy = MemorySink()
        try Dataset.write(into: copy, format: format, options: WriteOptions(date: 0)) { try $0.add(image: image) }
        #expect(try Dataset(bytes: copy.bytes, format: format).image().title == "Harbour")
        let other = MemorySink()
        try Dataset.write(into: other, format: format, options: WriteOptions(date: 0)) { try $0.add(image: image, title: "Quay") }
        #expect(try Dataset(bytes: other.bytes, format: format).image().title == "Quay")
    }

    @Test func commentsOfOthersAreNoTitles() throws {
        for format in [Format.jpeg, .jpeg2000] {
            let raster = try SampleFile.scene(bands: 1, rows: 20, columns: 24)
            let schema: Metadata.Schema = format == .jpeg ? .jpeg : .jpeg2000
            let metadata = Metadata(schema: schema, entries: [.init("COM", Value(text: "Created by a program"))])
            let bytes = try raster.encoded(as: format, options: WriteOptions(metadata: metadata, date: 0))
            #expect(try Dataset(bytes: bytes, format: format).image().title == "")
        }
    }

    @Test func changedFieldsAreWritten() throws {
        let image = try Dataset(bytes: file(.nitf, title: "OLD", description: "An old scene").bytes, format: .nitf).image()
        var metadata = image.metadata
        metadata["IID1"] = Value(text: "NEW")
        metadata["IID2"] = Value(text: "A new scene")
        let sink = MemorySink()
        try Dataset.write(into: sink, format: .nitf, options: WriteOptions(date: 0)) {
            try $0.add(image: image, metadata: metadata)
        }
        let changed = try Dataset(bytes: sink.bytes, format: .nitf).image()
        #expect(changed.title == "NEW" && changed.description == "A new scene")
        // What the caller names beside the metadata is wanted most.
        let named = MemorySink()
        try Dataset.write(into: named, format: .nitf, options: WriteOptions(date: 0)) {
            try $0.add(image: image, title: "NAMED", metadata: metadata)
        }
        #expect(try Dataset(bytes: named.bytes, format: .nitf).image().title == "NAMED")
        metadata["IID1"] = Value(text: "MORE THAN TEN LETTERS")
        let error = #expect(throws: ImageryError.self) {
            try Dataset.write(into: MemorySink(), format: .nitf) { try $0.add(image: image, metadata: metadata) }
        }
        #expect(error?.kind == .misuse)
    }

    @Test func changedTextsOfSegmentsAreWritten() throws {
        let sink = MemorySink()
        try Dataset.write(into: sink, format: .nitf, options: WriteOptions(date: 0)) {
            try $0.add(text: "Some text.", title: "Old title")
        }
        let text = try Dataset(bytes: sink.bytes, format: .nitf).text("text:0")
        var metadata = text.asset.metadata
        metadata["TXTITL"] = Value(text: "New title")
        let changed = MemorySink()
        try Dataset.write(into: changed, format: .nitf, options: WriteOptions(date: 0)) {
            try $0.add(copyOf: text.asset, options: WriteOptions(metadata: metadata))
        }
        #expect(try Dataset(bytes: changed.bytes, format: .nitf).text("text:0").title == "New title")
    }

    @Test func aTitleThatIsCutIsNoted() throws {
        let (bytes, result) = try file(.nitf, title: "A title of many letters")
        #expect(try Dataset(bytes: bytes, format: .nitf).image().title == "A title of")
        #expect(result.notes.contains { $0.field == "IID1" && $0.change == .changed })
    }

    @Test func aRoleOfTheCallersIsNoted() throws {
        let (_, result) = try file(.tiff, title: "", roles: [.data, "quicklook"])
        #expect(result.notes.map(\.field) == ["role quicklook"])
        #expect(try file(.tiff, title: "", roles: [.data]).result.notes.isEmpty)
    }
}
