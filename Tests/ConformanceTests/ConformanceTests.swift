import Foundation
import Testing

@testable import conformance

/// The files of the Conformance folder and README.md.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private func table() throws -> SupportTable {
    try SupportTable(parsing: try readLines(root.appendingPathComponent("Conformance/support.tsv")))
}

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-4 (NIST, "Secure Hash Standard" example values): one block, two blocks, a million letters.
    @Test func examplesOfTheStandard() {
        #expect(SHA256.digest(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.digest(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(SHA256.digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func piecesGiveTheDigestOfTheWhole() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for size in [1, 63, 64, 65, 200] {
            var hash = SHA256()
            for start in stride(from: 0, to: bytes.count, by: size) {
                unsafe hash.update(Array(bytes[start..<min(start + size, bytes.count)]).span.bytes)
            }
            #expect(hash.finish() == SHA256.digest(bytes))
        }
    }
}

@Suite struct CommittedTableTests {
    @Test func everyTagOfTheManifestHasAState() throws {
        let entries = try readManifest(root.appendingPathComponent("Conformance/manifest.jsonl"))
        #expect(entries.count > 2000)
        #expect(try table().unknownTags(entries) == [])
    }

    @Test func thePageShowsTheTable() throws {
        let page = try String(contentsOf: root.appendingPathComponent("Documentation/support.md"), encoding: .utf8)
        #expect(try table().inserted(into: page) == page)
    }
}

@Suite struct GuardTests {
    private func support() throws -> SupportTable {
        try SupportTable(parsing: [
            (1, "png\tct*\tsupported\tcolour"), (2, "png\tct9\tnot yet\tnine"), (3, "png\todd\trefused\todd ones"),
        ])
    }

    private func entry(_ path: String, _ features: [String], malformed: Bool = false) throws -> Entry {
        let tags = features.map { "\"\($0)\"" }.joined(separator: ",")
        let text = """
            {"path":"\(path)","format":"png","repo":"r","commit":"c","pathInRepo":"p","sha256":"0","bytes":1,
             "features":[\(tags)],"expect":{"decodable":"yes"},"malformed":\(malformed)}
            """
        return try JSONDecoder().decode(Entry.self, from: Data(text.utf8))
    }

    private func findings(
        _ features: [String], _ status: Status, expected: String? = nil, scores: [String: Int] = [:], others: Int = 99
    ) throws -> [String] {
        let one = try entry("a.png", features)
        let all = [one] + (try (0..<others).map { try entry("b\($0).png", ["ct1"]) })
        let guards = Guards(
            support: try support(), expected: try expected.map { [try ExpectedFailure(parsing: $0, line: 1)] } ?? [], scores: scores
        )
        let outcome = Outcome(path: one.path, status: status, detail: "why", seconds: 0)
        return guards.findings(all: all, entries: [one], outcomes: [outcome], isWhole: true)
    }

    @Test func anExactRowGoesBeforeAPattern() throws {
        let support = try support()
        #expect(support.state(of: "ct1", in: "png") == .supported)
        #expect(support.state(of: "ct9", in: "png") == .notYet)
        #expect(support.state(of: "x", in: "png") == nil)
        #expect(support.state(of: "ct1", in: "tiff") == nil)
    }

    @Test func refusingASupportedFileIsAFinding() throws {
        #expect(try findings(["ct1"], .unsupported).count == 1)
        #expect(try findings(["ct1", "ct9"], .unsupported).isEmpty)
        #expect(try findings(["ct1", "odd"], .unsupported).isEmpty)
        #expect(try findings(["ct1"], .unsupported, expected: "a.png | unsupported | because").isEmpty)
        #expect(try findings(["ct1"], .unsupported, expected: "a.png | fail | because").count == 1)
    }

    @Test func failuresMustBeExpectedAndExpectedOnesMustFail() throws {
        #expect(try findings(["ct1"], .fail).count == 1)
        #expect(try findings(["ct1"], .error).count == 1)
        #expect(try findings(["ct1"], .fail, expected: "a.png | fail | because").isEmpty)
        #expect(try findings(["ct1"], .pass, expected: "a.png | fail | because").count == 1)
        #expect(try findings(["ct1"], .pass, expected: "gone.png | fail | because").count == 1)
        #expect(try findings(["ct1"], .fail, expected: "a.png | fail | because", others: 98).count == 1, "more than 1%")
    }

    @Test func unknownTagsAndFallingScoresAreFindings() throws {
        #expect(try findings(["new"], .pass).count == 1)
        #expect(try findings(["ct1"], .pass, scores: ["png": 1]).isEmpty)
        #expect(try findings(["ct1"], .pass, scores: ["png": 2]).count == 1)
    }

    @Test(arguments: ["a.png | fail", "a.png | pass | because", "a.png | fail | "])
    func badLinesAreRefused(line: String) {
        #expect(throws: Complaint.self) { try ExpectedFailure(parsing: line, line: 1) }
    }

    @Test func scoresAreReadBackAsWritten() {
        let text = Scores.text(["png": 3], of: ["png": 4, "tiff": 2])
        #expect(Scores.parse(text) == ["png": 3, "tiff": 0])
    }

    @Test func readmeKeepsItsTextAroundTheTable() throws {
        let opening = "<!-- support table: made by `conformance support` from Conformance/support.tsv -->"
        let readme = "before\n\(opening)\nold\n<!-- end of support table -->\nafter\n"
        let inserted = try #require(try support().inserted(into: readme))
        #expect(inserted.hasPrefix("before\n") && inserted.hasSuffix("\nafter\n"))
        #expect(inserted.contains("| PNG | colour | nine | odd ones |") && !inserted.contains("old\n"))
        #expect(try support().inserted(into: "no marks") == nil)
    }
}
