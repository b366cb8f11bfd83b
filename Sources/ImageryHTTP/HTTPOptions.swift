public import ImageryBase

/// How a remote file is read: the optional last argument of ``HTTPSource/init(_:options:)``.
public struct HTTPOptions: Sendable {
    /// Header fields of every request, such as `Authorization`. A server that redirects to another host does not get them.
    public var headers: [String: String] = [:]
    /// Seconds without a byte after which an attempt has failed.
    public var timeout: Double = 30
    /// How often the same bytes are asked for in a row before the failure is an error.
    public var attempts = 4
    /// Seconds before the second attempt; each further one waits twice as long, and what a server asks for in `Retry-After` (20 at most).
    public var retryDelay = 0.25
    /// Bytes that are kept for later reads; what was used least recently goes first.
    public var cacheBytes = 64 << 20
    /// The longest file that is taken whole from a server that does not serve ranges of bytes.
    public var maxWholeBytes = 64 << 20
    /// Stops reads that wait for the network, within 50 ms; nil when nobody will. Best the token of `ReadOptions.cancellation`.
    public var cancellation: Cancellation?

    /// The defaults.
    public init() {}

    /// Throws kind misuse for numbers without sense.
    func check() throws(ImageryError) {
        guard timeout > 0, timeout.isFinite, retryDelay >= 0, retryDelay.isFinite else {
            throw ImageryError(.misuse, "HTTP options", "timeout and retryDelay are seconds, the former more than 0")
        }
        guard attempts > 0, cacheBytes >= 0, maxWholeBytes >= 0 else {
            throw ImageryError(.misuse, "HTTP options", "attempts is at least 1, cacheBytes and maxWholeBytes at least 0")
        }
    }
}

/// What has gone over the network for a source.
public struct HTTPTraffic: Hashable, Sendable {
    /// Requests that were sent, attempts that failed and redirections included.
    public var requests = 0
    /// Bytes of content that came.
    public var bytes = 0
}
