import Foundation
import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct FileSinkTests {
    @Test func nothingAppearsWithoutACommit() throws {
        let path = temporaryPath()
        do {
            let sink = try FileSink(path)
            try sink.append([1, 2, 3])
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func anExistingFileStaysUntilTheCommit() throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let first = try FileSink(path)
        try first.append([1])
        try first.commit()
        let second = try FileSink(path)
        try second.append([UInt8](repeating: 9, count: 600_000))
        #expect(try FileSource(path, access: .read).copy(0..<1, of: "test") == [1])
        let patch: [UInt8] = [4, 5]
        try second.patch(patch.span.bytes, at: 599_998)
        #expect(throws: ImageryError.self) { try second.patch(patch.span.bytes, at: 599_999) }
        try second.commit()
        let source = try FileSource(path, access: .read)
        #expect(source.byteCount == 600_000)
        #expect(try source.copy(599_997..<600_000, of: "test") == [9, 4, 5])
    }

    @Test func aFolderThatCannotBeWrittenIsAnError() {
        let error = #expect(throws: ImageryError.self) { _ = try FileSink("/nonexistent/folder/file") }
        #expect(error?.kind == .io)
    }

    @Test func memoryIsPatchedInPlace() throws {
        let sink = MemorySink()
        try sink.append([1, 2, 3])
        let patch: [UInt8] = [9]
        try sink.patch(patch.span.bytes, at: 1)
        #expect(sink.bytes == [1, 9, 3])
        #expect(throws: ImageryError.self) { try sink.patch(patch.span.bytes, at: 3) }
    }

    @Test func linksStayAndDevicesAreNotReplaced() throws {
        try withFiles([("real", [1])]) { paths in
            let link = paths[0] + ".link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: paths[0])
            let sink = try FileSink(link)
            try sink.append([4, 5])
            try sink.commit()
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: paths[0]))) == [4, 5])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == paths[0])
        }
        let null = try FileSink("/dev/null")
        #expect(!null.canPatch)
        try null.append([1])
        try null.commit()
        #expect(throws: ImageryError.self) { try FileSink("/") }
    }
}
