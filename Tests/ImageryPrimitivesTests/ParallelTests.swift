import ImageryPrimitives
import Synchronization
import Testing

private struct Broken: Error {
    var index: Int
}

@Suite struct ParallelTests {
    @Test(arguments: [1, 2, 5]) func everyIndexRunsOnce(threads: Int) {
        let seen = Mutex([Int](repeating: 0, count: 1_000))
        parallelFor(1_000, threads: threads) { worker, index in
            #expect(worker < threads)
            seen.withLock { $0[index] += 1 }
        }
        #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test(arguments: [1, 2, 7]) func theLowestErrorWins(threads: Int) {
        for _ in 0..<50 {
            let error = #expect(throws: Broken.self) {
                try parallelFor(100, threads: threads) { (_, index) throws(Broken) in
                    if index % 10 == 7 { throw Broken(index: index) }
                }
            }
            #expect(error?.index == 7)
        }
    }

    @Test func nothingToDoIsDone() throws {
        try parallelFor(0, threads: 4) { (_, index) throws(Broken) in throw Broken(index: index) }
    }
}
