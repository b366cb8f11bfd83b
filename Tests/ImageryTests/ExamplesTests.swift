import Foundation
import Testing

/// The Swift code of README.md and of the documentation catalogue stands in the package Examples, which CI compiles and runs (Scripts/examples).
@Suite struct ExamplesTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let catalogue = "Sources/Imagery/Imagery.docc"

    private static let texts: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(catalogue).path)
        return ["README.md"] + (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "\(catalogue)/\($0)" }
    }()

    /// The lines of code that are compiled, file by file.
    private static let compiled: [[String]] = {
        let folder = root.appendingPathComponent("Examples/Sources/examples")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }.map(lines)
    }()

    /// Lines without their indentation, empty ones and imports left out.
    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty && !$0.hasPrefix("import ")
        }
    }

    /// The Swift blocks of a text.
    private static func blocks(of markdown: String) -> [[String]] {
        markdown.components(separatedBy: "```swift\n").dropFirst().map { lines(of: $0.components(separatedBy: "\n```")[0]) }
    }

    @Test func thereAreTextsAndExamples() throws {
        #expect(Self.texts.count > 10 && Self.compiled.count >= 3)
        let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(Self.blocks(of: readme).first?.count == 4)
    }

    @Test(arguments: texts) func everyBlockIsCompiled(path: String) throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
        for block in Self.blocks(of: text) {
            let isThere = Self.compiled.contains { file in
                file.indices.contains { file[$0...].starts(with: block) }
            }
            #expect(isThere, "\(block.first ?? "") ...")
        }
    }
}
