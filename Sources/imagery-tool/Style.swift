import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Colors of text on a terminal; plain elsewhere.
struct Style {
    var isColored: Bool

    /// A heading.
    func strong(_ text: String) -> String { isColored ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    /// A label beside a value.
    func label(_ text: String) -> String { isColored ? "\u{1b}[36m\(text)\u{1b}[0m" : text }
}

extension Terminal {
    /// True on a terminal, unless the environment variable NO_COLOR is set.
    static var isColored: Bool {
        let isRefused = unsafe getenv("NO_COLOR") != nil
        return isThere && !isRefused
    }
}
