import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A progress bar on standard error for work that takes longer than half a second; nothing when that is no terminal.
struct Progress {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    let isTerminal = isatty(2) == 1
    private var shown = -1

    init() { start = clock.now }

    /// Shows that `done` of `total` parts are finished.
    mutating func update(_ done: Int, of total: Int) {
        let percent = total > 0 ? Int(Double(done) / Double(total) * 100) : 100
        guard isTerminal, percent != shown, clock.now - start > .milliseconds(500) else { return }
        shown = percent
        let filled = percent * 40 / 100
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 40 - filled)
        put("\r[\(bar)] \(percent)%")
    }

    /// Clears the bar.
    func finish() {
        if shown >= 0 { put("\r" + String(repeating: " ", count: 50) + "\r") }
    }

    private func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }
}
