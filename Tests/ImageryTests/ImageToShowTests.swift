import Imagery
import TestSupport
import Testing

/// Which image of a file is shown.
@Suite struct ImageToShowTests {
    /// A file with images of 2 x 2 pixels that have these fields.
    private func file(_ images: [[String: String]]) throws -> Dataset {
        let sink = MemorySink()
        try Dataset.write(into: sink, format: .nitf) { writer in
            for (number, fields) in images.enumerated() {
                let metadata = Metadata(
                    schema: .nitf, entries: fields.sorted { $0.key < $1.key }.map { .init($0.key, Value(text: $0.value)) })
                try writer.add(
                    image: Raster([1, 2, 3, 4] as [UInt8], rows: 2, columns: 2), as: .image(number),
                    metadata: metadata)
            }
        }
        return try Dataset(bytes: sink.bytes, format: .nitf)
    }

    @Test func theLowestThatIsAPicture() throws {
        let legend = ["ICAT": "LEG", "IDLVL": "1"]
        let hidden = ["IREP": "NODISPLY", "IDLVL": "2"]
        let base = ["IDLVL": "5"]
        let above = ["IDLVL": "6"]
        #expect(try file([legend, hidden, above, base]).imageToShow().key == "image:3")
        #expect(try file([legend, above]).imageToShow().key == "image:1")
        #expect(try file([legend]).imageToShow().key == "image:0")
    }

    @Test func theFirstOfOtherFormats() throws {
        let pages = TinyTIFF([
            .init(width: 4, height: 4, bands: 1, subfileType: 1, seed: 1), .init(width: 8, height: 8, bands: 1, seed: 2),
        ])
        let dataset = try Dataset(bytes: pages.bytes, format: .tiff)
        #expect(try dataset.imageToShow().key == dataset.image().key)
    }
}
