import Foundation

/// Says which files were being read when the process is killed by a signal, or when one of them does not end: a crash of the library
/// takes the run with it, and the name of the file is what matters.
enum CrashNotice {
    private static let nameBytes = 512
    /// One fixed slot a worker, allocated once and never freed: a signal handler may touch nothing else.
    nonisolated(unsafe) private static var slots = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    nonisolated(unsafe) private static var slotCount: Int32 = 0

    /// Makes the slots and installs the handlers; once, before the workers start.
    static func install(workers: Int) {
        let size = workers * nameBytes
        unsafe slots = .allocate(capacity: size)
        unsafe slots.initialize(repeating: 0, count: size)
        unsafe slotCount = Int32(workers)
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
            signal(number) { number in
                unsafe CrashNotice.report("crashed while reading:\n")
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    /// Notes what a worker reads now; empty when it is done.
    static func note(_ path: String, worker: Int) {
        // Inside the slots: workers are below the count that install was given, and one byte of each slot stays zero.
        unsafe memset(slots + worker * nameBytes, 0, nameBytes)
        for (index, byte) in path.utf8.prefix(nameBytes - 2).enumerated() { unsafe slots[worker * nameBytes + index] = byte }
        if !path.isEmpty { unsafe slots[worker * nameBytes + min(path.utf8.count, nameBytes - 2)] = UInt8(ascii: "\n") }
    }

    /// Writes `reason` and the names in all slots to standard error. Safe in a signal handler.
    @unsafe
    static func report(_ reason: StaticString) {
        unsafe write(2, reason.utf8Start, reason.utf8CodeUnitCount)
        for worker in 0..<Int(unsafe slotCount) {
            let name = unsafe slots + worker * nameBytes
            unsafe write(2, name, strlen(name))
        }
    }
}
