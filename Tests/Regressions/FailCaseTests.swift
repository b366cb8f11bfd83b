import Foundation
import Imagery
import ImageryIndex
import Testing

/// Every input of Fuzz/FailCases, read as its name says (`png-...`, `tiff-...`, `nitf-...`), must end as outcomes.txt says: `reads`, or the kind of
/// the error. A trap ends the test run, which is the point.
@Suite struct FailCaseTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("../../Fuzz/FailCases").standardized

    /// The outcomes by name of the input.
    static let outcomes: [String: String] = {
        let text = (try? String(contentsOf: folder.appendingPathComponent("outcomes.txt"), encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            lines.map { line in
                let words = line.split(separator: " ").map(String.init)
                return (words[0], words.count > 1 ? words[1] : "")
            }, uniquingKeysWith: { first, _ in first })
    }()

    @Test func everyInputHasAnOutcome() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0 != "outcomes.txt" && !$0.hasPrefix(".")
        }
        #expect(!names.isEmpty)
        #expect(names.sorted() == Self.outcomes.keys.sorted())
    }

    @Test(.timeLimit(.minutes(1)), arguments: outcomes.keys.sorted())
    func endsAsItShould(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
        let format = try #require(Format(named: String(name.prefix { $0 != "-" })))
        #expect(outcome(bytes, format) == Self.outcomes[name])
        useEverything(bytes, format)
    }

    /// What the reading of samples does not touch: any ImageryError is a right answer.
    private func useEverything(_ bytes: [UInt8], _ format: Format) {
        guard let dataset = try? Dataset(bytes: bytes, format: format) else { return }
        _ = dataset.dump()
        _ = dataset.validate()
        for image in dataset.images.prefix(8) {
            _ = try? image.block(row: image.layout.gridRows - 1, column: image.layout.gridColumns - 1)
            _ = try? image.byteRanges()
        }
        guard let index = try? TileIndex(of: dataset) else { return }
        _ = try? index.kerchunk(urls: ["file"])
        _ = try? index.zarr(urls: ["file"])
    }

    private func outcome(_ bytes: [UInt8], _ format: Format) -> String {
        do throws(ImageryError) {
            let dataset = try Dataset(bytes: bytes, format: format)
            for image in dataset.images {
                _ = image.metadata.json
                _ = try image.read()
            }
            for text in dataset.texts { _ = try text.read() }
            for asset in dataset.graphics + dataset.data { _ = try asset.rawBytes() }
            return "reads"
        } catch {
            return error.kind.rawValue
        }
    }

    /// What the fuzzers of files start from (Fuzz/make-file-seeds): whole files, so that what is learnt from them begins behind the headers.
    @Test func everySeedReads() throws {
        let folder = Self.folder.appendingPathComponent("../seeds/files").standardized
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
        #expect(names.count >= 40)
        var formats: Set<Format> = []
        for name in names {
            let dataset = try Dataset(folder.appendingPathComponent(name).path)
            formats.insert(dataset.format)
            #expect(dataset.validate().allSatisfy { $0.severity != .error }, "\(name)")
            for image in dataset.images { #expect(try image.read().diagnostics == [], "\(name)") }
        }
        #expect(formats == [.png, .jpeg, .jpeg2000, .tiff, .nitf, .nsif, .dted])
    }
}
