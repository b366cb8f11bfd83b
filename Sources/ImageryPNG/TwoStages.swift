// Inflating and unfiltering side by side: both are serial in themselves, so two threads are as many as there is work for.

import Dispatch
import ImageryBase
import Synchronization

/// Runs `first` and then `second` for every index below `count`. Each stage goes through the indexes in order and never runs twice
/// at once; with `threads` of 2 or more, `first` may be up to `lead` indexes ahead on another thread.
///
/// An error of `first` for an index is thrown when `second` gets to that index, so that results and errors do not depend on
/// `threads`.
func runInTwoStages(
    _ count: Int, lead: Int, threads: Int, first: @Sendable (Int) throws(ImageryError) -> Void,
    second: @Sendable (Int) throws(ImageryError) -> Void
) throws(ImageryError) {
    if threads < 2 || lead < 2 || count < 2 {
        for index in 0..<count {
            try first(index)
            try second(index)
        }
        return
    }
    let work = Mutex(StageState())
    let changed = DispatchSemaphore(value: 0)
    // Whoever comes along takes what can be done next: one thread alone gets through everything, so that it does not matter whether
    // the system has a second one to spare.
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
        while true {
            let task = work.withLock { $0.take(count, lead: lead) }
            var failure: ImageryError?
            switch task {
            case .finished: return
            case .wait:
                changed.wait()
                continue
            case .first(let index):
                do throws(ImageryError) { try first(index) } catch { failure = error }
            case .second(let index):
                do throws(ImageryError) { try second(index) } catch { failure = error }
            }
            let waiting = work.withLock { $0.finish(task, failure) }
            for _ in 0..<waiting { changed.signal() }
        }
    }
    if let error = work.withLock({ $0.error }) { throw error }
}

/// How far both stages are.
private struct StageState {
    enum Task {
        case first(Int), second(Int), wait, finished
    }

    private var firstDone = 0
    private var secondDone = 0
    private var isFirstBusy = false
    private var isSecondBusy = false
    /// What `first` failed with at index `firstDone`.
    private var firstError: ImageryError?
    private var waiting = 0
    private(set) var error: ImageryError?

    mutating func take(_ count: Int, lead: Int) -> Task {
        if error == nil, !isSecondBusy, let firstError, secondDone == firstDone { error = firstError }
        if error != nil || secondDone == count { return .finished }
        // The later stage first: it makes room.
        if !isSecondBusy && secondDone < firstDone {
            isSecondBusy = true
            return .second(secondDone)
        }
        if !isFirstBusy && firstError == nil && firstDone < min(count, secondDone + lead) {
            isFirstBusy = true
            return .first(firstDone)
        }
        waiting += 1
        return .wait
    }

    /// Notes the end of a task; returns how many threads wait for that.
    mutating func finish(_ task: Task, _ failure: ImageryError?) -> Int {
        switch task {
        case .first:
            isFirstBusy = false
            if let failure { firstError = failure } else { firstDone += 1 }
        case .second:
            isSecondBusy = false
            secondDone += 1
            if let failure { error = failure }
        case .wait, .finished: break
        }
        defer { waiting = 0 }
        return waiting
    }
}
