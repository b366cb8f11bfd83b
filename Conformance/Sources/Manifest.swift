import Foundation

/// One file of the corpus and what reading it must give: a line of manifest.jsonl (see README.md).
struct Entry: Decodable, Sendable {
    var path: String
    var format: String
    var repo: String
    var commit: String
    var pathInRepo: String
    var sha256: String
    var bytes: Int
    var malformed: Bool?
    var features: [String]?
    var expect: Expectation?
    /// Further images by their position among the images of the file.
    var pages: [Expectation]?
    /// Further image segments, asset `image:index`.
    var segments: [Expectation]?
    /// Components that have sizes of their own, instead of the image as a whole.
    var components: [Expectation]?
    /// The file ends too early, and the record is of what is there: read with `salvage`.
    var salvage: Bool?

    var isMalformed: Bool { malformed == true }
    /// The group that counts are kept by.
    var group: String { isMalformed ? "malformed/" + format : format }
}

/// What one image of a file must decode to.
struct Expectation: Decodable, Sendable {
    /// "yes"; else the reference decoders gave no record to compare with.
    var decodable: String
    var index: Int?
    var bands: Int?
    var height: Int?
    var width: Int?
    /// The NumPy type of the samples.
    var dtype: String?
    /// SHA-256 of the samples (bands, rows, columns), little endian.
    var pixels: String?
    /// Lossy coding whose decoders must agree to the last bit all the same.
    var exact: Bool?
    /// The hash is one decoder's: the statistics decide.
    var lossy: Bool?
    /// Per band: minimum, maximum, mean, sum of squares.
    var stats: [[Double]]?
    var maxError: Double?
    var meanError: Double?
}

/// Reads manifest.jsonl.
func readManifest(_ url: URL) throws -> [Entry] {
    let decoder = JSONDecoder()
    var entries: [Entry] = []
    for (number, line) in try readLines(url) {
        do {
            entries.append(try decoder.decode(Entry.self, from: Data(line.utf8)))
        } catch {
            throw Complaint("\(url.path) line \(number): \(error)")
        }
    }
    return entries
}

/// The lines of a text file with their numbers, without empty ones and `#` comments.
func readLines(_ url: URL) throws -> [(number: Int, text: String)] {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
        throw Complaint(
            "\(url.path) cannot be read: run from the root of the repository, or name its Conformance folder with --home")
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
        line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") ? nil : (index + 1, String(line))
    }
}

/// A problem of the run itself, in one sentence.
struct Complaint: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}
