import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Cores that a read uses when its options do not say (S56).
public let availableThreads: Int = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

/// Threads that work is divided for when `asked` of them are wanted, all cores when nil. More than the cores have bring something only
/// while a source waits; each costs memory, so that there is an end to them.
public func usableThreads(_ asked: Int?) -> Int { max(1, min(asked ?? availableThreads, max(availableThreads, 64))) }

/// Runs `body(worker, index)` for every index below `count` on up to `threads` threads, each with its own worker number below `threads`.
///
/// Indexes are handed out in rising order. When some fail, the error of the lowest one is thrown, whatever the number of threads;
/// indexes above it may not have run.
public func parallelFor<Failure: Error>(
    _ count: Int, threads: Int, _ body: @Sendable (_ worker: Int, _ index: Int) throws(Failure) -> Void
) throws(Failure) {
    let workers = min(threads, count)
    if workers <= 1 {
        for index in 0..<count { try body(0, index) }
        return
    }
    let next = Atomic<Int>(0)
    let failed = Mutex<(index: Int, error: Failure)?>(nil)
    let stop = Atomic<Bool>(false)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while !stop.load(ordering: .relaxed) {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            do throws(Failure) {
                try body(worker, index)
            } catch {
                failed.withLock { if index < $0?.index ?? .max { $0 = (index, error) } }
                stop.store(true, ordering: .relaxed)
            }
        }
    }
    if let error = failed.withLock({ $0?.error }) { throw error }
}
