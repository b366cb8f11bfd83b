// The control of Scripts/threads: a race that has to be reported, or the same with a lock, which must not be.

import CheckedLocks
import Glibc

final class Counter: @unchecked Sendable {
    var unguarded = 0
    let guarded = PThreadMutex(0)
    let isGuarded = CommandLine.arguments.contains("guarded")

    func count() {
        for _ in 0..<1000 {
            if isGuarded { guarded.withLock { $0 += 1 } } else { unguarded += 1 }
        }
    }

    static let shared = Counter()

    /// Counts on two threads that nothing orders, whether they run side by side or not.
    static func run() {
        let threads = (0..<2).map { _ in
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { _ in
                    Counter.shared.count()
                    return nil
                }, nil)
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
    }
}

Counter.run()
print(Counter.shared.guarded.withLock { $0 }, Counter.shared.unguarded)
