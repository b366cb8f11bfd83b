import ImageryBase
import ImageryPlumbing
import Synchronization
import Testing

/// S12: a source behind another one that gathers its reads.
@Suite struct GatheringSourceTests {
    private struct Refusal: Error {}

    /// Bytes that are lent `served` times; later calls fail.
    private final class EndingSource: ByteSource {
        let byteCount = 1 << 16
        let calls = Atomic<Int>(0)
        private let served: Int

        init(served: Int) { self.served = served }

        func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
            guard calls.wrappingAdd(1, ordering: .relaxed).oldValue < served else { throw Refusal() }
            let bytes = range.map { UInt8(truncatingIfNeeded: $0) }
            try unsafe body(bytes.span.bytes)
        }
    }

    @Test func pagesGiveWhatIsAskedFor() throws {
        let source = GatheringSource(EndingSource(served: .max))
        for range in [0..<4, 500..<900, 10..<2_000, 65_000..<65_536] {
            try source.withBytes(range) { span in
                let bytes = (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
                #expect(bytes == range.map { UInt8(truncatingIfNeeded: $0) })
            }
        }
    }

    /// A server that is gone is asked for a page and for the part itself, however many reads have failed beside it.
    @Test(arguments: [0, 1, 3]) func readsThatFailAskTwice(served: Int) {
        let base = EndingSource(served: served)
        let source = GatheringSource(base)
        var failed = 0
        for start in 0..<40 {
            do { try source.withBytes(100 * start..<100 * start + 300) { _ in } } catch { failed += 1 }
        }
        #expect(failed > 0)
        #expect(base.calls.load(ordering: .relaxed) <= served + 2 * failed)
    }
}
