import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Signals that end the program leave no temporary file behind (S14).
enum Interruption {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    private static var set: sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in numbers { _ = unsafe sigaddset(&signals, number) }
        return signals
    }

    /// Has a thread of its own wait for the signals. To be called before there are other threads: they inherit that the signals are
    /// not theirs.
    static func watch() {
        var signals = set
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        _ = unsafe pthread_create(&thread, nil, { _ in unsafe Interruption.wait() }, nil)
    }

    private static func wait() -> UnsafeMutableRawPointer? {
        var signals = set
        var number: Int32 = 0
        guard unsafe sigwait(&signals, &number) == 0 else { return nil }
        TemporaryFiles.removeAll()
        // The program ends by the signal, so that who sent it sees that.
        signal(number, SIG_DFL)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        kill(getpid(), number)
        return nil
    }
}
