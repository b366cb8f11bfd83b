import ImageryBase
import Synchronization
import Testing

@Suite struct ParallelTests {
    @Test(arguments: [1, 2, 5]) func everyIndexRunsOnce(threads: Int) throws {
        let seen = Mutex([Int](repeating: 0, count: 1_000))
        try parallelFor(1_000, threads: threads) { (worker, index) throws(ImageryError) in
            #expect(worker < threads)
            seen.withLock { $0[index] += 1 }
        }
        #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test(arguments: [1, 2, 7]) func theLowestErrorWins(threads: Int) {
        for _ in 0..<50 {
            let error = #expect(throws: ImageryError.self) {
                try parallelFor(100, threads: threads) { (_, index) throws(ImageryError) in
                    if index % 10 == 7 { throw ImageryError(.malformed, "item", "broken", at: index) }
                }
            }
            #expect(error?.offset == 7)
        }
    }

    @Test func nothingToDoIsDone() throws {
        try parallelFor(0, threads: 4) { (_, _) throws(ImageryError) in throw ImageryError(.misuse, "test", "ran") }
    }

    @Test func findingsAreSortedAndWithoutRepeats() {
        let findings = Findings()
        for offset in [30, 10, 10, 20] { findings.add(Diagnostic("block", "broken", at: offset)) }
        #expect(findings.all.map(\.offset) == [10, 20, 30])
    }
}
