import ImageryBase
import Synchronization
import Testing

@testable import ImageryPNG

@Suite struct TwoStagesTests {
    /// What the stages did, in the order of their ends.
    private func run(_ count: Int, lead: Int, threads: Int, failFirst: Int = -1, failSecond: Int = -1) -> ([Int], [Int], String?) {
        let log = Mutex<(first: [Int], second: [Int], isAhead: Bool)>(([], [], false))
        var message: String?
        do throws(ImageryError) {
            try runInTwoStages(count, lead: lead, threads: threads) { (index) throws(ImageryError) in
                if index == failFirst { throw ImageryError(.malformed, "test", "first \(index)") }
                log.withLock {
                    $0.first.append(index)
                    if index >= $0.second.count + lead { $0.isAhead = true }
                }
            } second: { (index) throws(ImageryError) in
                if index == failSecond { throw ImageryError(.malformed, "test", "second \(index)") }
                log.withLock {
                    #expect($0.first.contains(index))
                    $0.second.append(index)
                }
            }
        } catch {
            message = error.message
        }
        return log.withLock {
            #expect(!$0.isAhead)
            return ($0.first, $0.second, message)
        }
    }

    @Test(arguments: [1, 2, 4], [1, 2, 3]) func bothStagesGoInOrder(lead: Int, threads: Int) {
        for count in [0, 1, 2, 3, 50] {
            let (first, second, message) = run(count, lead: lead, threads: threads)
            #expect(first == Array(0..<count) && second == Array(0..<count) && message == nil)
        }
    }

    @Test(arguments: [1, 4], [1, 2]) func theEarlierErrorWins(lead: Int, threads: Int) {
        for _ in 0..<20 {
            #expect(run(9, lead: lead, threads: threads, failFirst: 5).2 == "first 5")
            #expect(run(9, lead: lead, threads: threads, failFirst: 5).1 == Array(0..<5))
            #expect(run(9, lead: lead, threads: threads, failSecond: 8).2 == "second 8")
            #expect(run(9, lead: lead, threads: threads, failFirst: 3, failSecond: 2).2 == "second 2")
            #expect(run(9, lead: lead, threads: threads, failFirst: 2, failSecond: 2).2 == "first 2")
        }
    }
}
