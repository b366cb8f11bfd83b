/// The bounds of a code-block (T.800 B.7, Table A.18).
enum CodeBlockSize {
    /// Samples at most.
    static let largestArea = 4096
    /// Samples of a side at most.
    static let longestSide = 1024
}
