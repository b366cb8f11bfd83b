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

/// A name in the temporary folder that no other test uses.
func temporaryPath(_ ending: String = "") -> String { "/tmp/imagery-test-\(getpid())-\(UInt64.random(in: 0 ... .max))\(ending)" }

@Suite struct ByteSourceTests {
    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let path = temporaryPath()
        let sink = try FileSink(path)
        try sink.append(bytes)
        try sink.commit()
        defer { unlink(path) }
        try body(path)
    }

    @Test func mappedAndPositionedFilesLendTheSameBytes() throws {
        var random = SeededGenerator(1)
        let bytes = random.bytes(10_000)
        try withFile(bytes) { path in
            for access in [ReadOptions.Access.map, .read] {
                let source = try FileSource(path, access: access)
                #expect(source.byteCount == bytes.count)
                for range in [0..<10_000, 0..<0, 9_999..<10_000, 4_095..<4_097] {
                    #expect(try source.copy(range, of: "test") == Array(bytes[range]))
                    var fetched = [UInt8](repeating: 0, count: range.count + 1)
                    try fetched.withUnsafeMutableBytes { try source.fetch(range, of: "test", into: $0.baseAddress!) }
                    #expect(fetched == Array(bytes[range]) + [0])
                }
            }
        }
    }

    @Test func rangesBeyondTheEndAreMalformed() throws {
        let source = MemorySource([1, 2, 3])
        for range in [0..<4, 3..<4, 100..<200, -1..<2] {
            let error = #expect(throws: ImageryError.self) { try source.copy(range, of: "the thing") }
            #expect(error?.kind == .malformed)
            #expect(error?.context == "the thing")
        }
    }

    @Test func foreignErrorsBecomeIoWithUnderlying() throws {
        let source = FailingSource([UInt8](repeating: 0, count: 100), failsFrom: 50)
        #expect(try source.copy(0..<50, of: "test").count == 50)
        let error = #expect(throws: ImageryError.self) { try source.copy(40..<60, of: "test") }
        #expect(error?.kind == .io)
        #expect(error?.underlying is FailingSource.Failure)
    }

    @Test func errorsOfTheReaderPassThrough() throws {
        let own = ImageryError(.limit, "x", "y")
        let error = #expect(throws: ImageryError.self) {
            try MemorySource([1]).lend(0..<1, of: "test") { (_) throws(ImageryError) in throw own }
        }
        #expect(error?.kind == .limit)
    }

    @Test func whatCannotBeOpenedSaysWhy() throws {
        for (path, kind) in [("/nonexistent/file", ImageryError.Kind.io), ("/tmp", .io)] {
            let error = #expect(throws: ImageryError.self) { _ = try FileSource(path, access: .map) }
            #expect(error?.kind == kind)
            #expect(error?.context == path)
        }
        try withFile([]) { path in
            let error = #expect(throws: ImageryError.self) { _ = try FileSource(path, access: .map) }
            #expect(error?.kind == .malformed)
        }
    }

    /// S93: nothing of a file that shrinks is mapped.
    @Test func aFileThatShrinksIsAnErrorWithPread() throws {
        try withFile([UInt8](repeating: 7, count: 8_192)) { path in
            let source = try FileSource(path, access: .read)
            truncate(path, 100)
            var target = [UInt8](repeating: 0, count: 8_192)
            let fetched = #expect(throws: ImageryError.self) {
                try target.withUnsafeMutableBytes { try source.fetch(0..<8_192, of: "test", into: $0.baseAddress!) }
            }
            #expect(fetched?.kind == .io)
            let error = #expect(throws: ImageryError.self) { try source.copy(0..<8_192, of: "test") }
            #expect(error?.kind == .io)
        }
    }
}
