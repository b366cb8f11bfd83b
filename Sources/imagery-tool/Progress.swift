import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A progress line on standard error for work that takes longer than half a second; nothing when that is no terminal.
struct Progress: Sendable {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    let isTerminal: Bool
    private let unit: String
    private var shown = ""

    /// `unit` is what is counted: rows of pixels when not given.
    init(quiet: Bool, unit: String = "rows") {
        self.unit = unit
        start = clock.now
        isTerminal = !quiet && isatty(2) == 1
    }

    /// Shows that `done` of `total` parts are finished, how many a second, and how long the rest will take.
    mutating func update(_ done: Int, of total: Int, what: String = "") {
        guard isTerminal, total > 0, done > 0 else { return }
        let seconds = (clock.now - start) / .seconds(1)
        guard seconds > 0.5 else { return }
        let percent = min(100, Int(Double(done) / Double(total) * 100))
        let filled = percent * 30 / 100
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        let left = seconds / Double(done) * Double(max(0, total - done))
        var line = "[\(bar)] \(percent)%  \(Self.rate(Double(done) / seconds)) \(unit)/s  \(Self.words(left)) left"
        if !what.isEmpty { line += "  \(done) of \(total)  \(what.suffix(30))" }
        guard line != shown else { return }
        put("\r" + line + String(repeating: " ", count: max(0, shown.count - line.count)))
        shown = line
    }

    /// Clears the line.
    func finish() {
        if !shown.isEmpty { put("\r" + String(repeating: " ", count: shown.count) + "\r") }
    }

    /// Two digits at least, none behind the point where there are more.
    private static func rate(_ number: Double) -> String {
        guard number < 10 else { return "\(Int(min(number.rounded(), 1e15)))" }
        return "\((number * 10).rounded() / 10)"
    }

    private static func words(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 1e7))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }

    private func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }
}
