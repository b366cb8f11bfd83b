import Foundation
import Imagery
import TestSupport
import Testing

/// S96 from the library: the same objects that the tool prints.
@Suite("JSON of what headers say (S96)") struct JSONTests {
    private let place = Georeference(
        affine: .init(originX: 10, originY: 50.5, xPerColumn: 0.25, xPerRow: 0, yPerColumn: 0.125, yPerRow: -0.25),
        corners: [.init(x: 1, y: 2), .init(x: 3, y: 2), .init(x: 3, y: 0), .init(x: 1, y: 0)],
        controlPoints: [.init(column: 1, row: 2, x: 3, y: 4, z: 5)],
        rationalPolynomial: .init(
            errorBias: 0.5, errorRandom: nil, offsets: [1, 2, 3, 4, 5], scales: [5, 4, 3, 2, 1],
            lineNumerator: Array(repeating: 0.5, count: 20), lineDenominator: Array(repeating: 1, count: 20),
            sampleNumerator: Array(repeating: -2, count: 20), sampleDenominator: Array(repeating: 1e-9, count: 20)),
        crs: "EPSG:4326", definition: .init(directory: [1, 1, 0, 0], doubles: [1.5], texts: [65, 124]))

    @Test func aGeoreferenceSurvivesItsJSON() throws {
        #expect(try JSONDecoder().decode(Georeference.self, from: Data(place.json.utf8)) == place)
        #expect(try JSONDecoder().decode(Georeference.self, from: JSONEncoder().encode(place)) == place)
        #expect(try JSONDecoder().decode(Georeference.self, from: Data("{}".utf8)) == Georeference())
        for text in [#"{"affine": [1, 2, 3]}"#, #"{"corners": [[1]]}"#, #"{"controlPoints": [[1, 2]]}"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Georeference.self, from: Data(text.utf8)) }
        }
    }

    @Test func allThatHeadersSayIsOneObject() throws {
        for file in SampleFile.all {
            let dataset = try Dataset(bytes: file.bytes, format: file.format)
            let whole = try #require(try JSONSerialization.jsonObject(with: Data(dataset.json.utf8)) as? [String: Any])
            #expect(whole["format"] as? String == dataset.format.rawValue, "\(file.name)")
            let assets = try #require(whole["assets"] as? [[String: Any]])
            #expect(assets.map { $0["key"] as? String } == dataset.assets.map(\.key.description))
            let image = try dataset.image()
            let own = try #require(assets.first { $0["key"] as? String == image.key.description })
            #expect(own["width"] as? Int == image.width && own["blockHeight"] as? Int == image.blockSize.height)
            let info = try #require(try JSONSerialization.jsonObject(with: Data(image.info.json.utf8)) as? [String: Any])
            #expect(info["gridRows"] as? Int == image.grid.rows && info["pixelType"] as? String == image.pixelType.rawValue)
            #expect((info["metadata"] as? [Any])?.count == image.metadata.entries.count)
        }
    }
}
