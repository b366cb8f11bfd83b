import ImageryBase
import ImageryPlumbing
import Testing

@Suite struct SpoolTests {
    @Test func aSpoolIsPatchedAndPassedOn() throws {
        final class Stream: ByteSink {
            var bytes: [UInt8] = []
            var canPatch: Bool { false }
            func append(_ span: RawSpan) { bytes += unsafe span.withUnsafeBytes { unsafe Array($0) } }
            func patch(_ bytes: RawSpan, at offset: Int) throws { throw ImageryError(.misuse, "test", "no") }
        }
        let stream = Stream()
        let long = [UInt8](repeating: 7, count: 300_000)
        try withPatching(stream) { sink in
            try sink.append([0, 0, 1])
            try sink.append(long)
            try sink.append([2])
            let patch: [UInt8] = [8, 9]
            try unsafe sink.patch(patch.span.bytes, at: 0)
            #expect(stream.bytes.isEmpty)
        }
        #expect(stream.bytes == [8, 9, 1] + long + [2])
        let memory = MemorySink()
        try withPatching(memory) { sink in #expect(sink === memory) }
    }
}
