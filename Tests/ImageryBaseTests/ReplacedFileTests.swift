import Foundation
import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

/// S14: what a file that is replaced hands on, and what is left when writing ends early.
@Suite("Files that are replaced") struct ReplacedFileTests {
    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test(arguments: [0o600, 0o640, 0o444, 0o755]) func aReplacedFileKeepsItsMode(mode wanted: Int) throws {
        try withFiles([("kept", [1, 2, 3])]) { paths in
            try FileManager.default.setAttributes([.posixPermissions: wanted], ofItemAtPath: paths[0])
            let sink = try FileSink(paths[0])
            let folder = URL(fileURLWithPath: paths[0]).deletingLastPathComponent().path
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                #expect(try mode("\(folder)/\(name)") & ~wanted == 0, "open to more while it is written")
            }
            try sink.append([4])
            try sink.commit()
            #expect(try mode(paths[0]) == wanted)
            #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: paths[0]))) == [4])
        }
    }

    @Test func aSyncedFileIsWrittenAsOthersAre() throws {
        try withFiles([("kept", [1])]) { paths in
            let sink = try FileSink(paths[0], durability: .synced)
            try sink.append([UInt8](repeating: 9, count: 300_000))
            try sink.commit()
            #expect(try Data(contentsOf: URL(fileURLWithPath: paths[0])) == Data(repeating: 9, count: 300_000))
        }
    }

    @Test func holesArePatched() throws {
        try withFiles([("kept", [1])]) { paths in
            let sink = try FileSink(paths[0])
            let patch: [UInt8] = [7, 8]
            try sink.append([1, 2])
            try sink.extend(by: 5)
            try sink.append([3])
            try unsafe sink.patch(patch.span.bytes, at: 4)
            #expect(throws: ImageryError.self) { try unsafe sink.patch(patch.span.bytes, at: 7) }
            #expect(throws: ImageryError.self) { try sink.extend(by: .max) }
            try sink.commit()
            #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: paths[0]))) == [1, 2, 0, 0, 7, 8, 0, 3])
        }
        let memory = MemorySink()
        try memory.extend(by: 3)
        #expect(memory.bytes == [0, 0, 0])
    }

    /// In a process of its own: it takes the temporary files of all that run in it.
    @Test func temporaryFilesCanBeRemovedBeforeTheProcessEnds() async {
        await #expect(processExitsWith: .success) {
            try withFiles([("kept", [1, 2, 3])]) { paths in
                let folder = URL(fileURLWithPath: paths[0]).deletingLastPathComponent().path
                let sink = try FileSink(paths[0])
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
                let gone = try FileSink(paths[0])
                withExtendedLifetime(gone) {}
                TemporaryFiles.removeAll()
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kept"])
                #expect(throws: ImageryError.self) { try sink.commit() }
            }
        }
    }
}
