// The window of RFC 1951 2 across calls.

/// The last bytes decoded, for matches that reach back before the caller's buffer.
@safe
struct History: ~Copyable {
    /// The furthest a match reaches (RFC 1951 2).
    static let reach = 32768
    /// Twice the reach, so that bytes move at most once for each byte that comes in.
    private static let capacity = 2 * reach
    private var memory: UnsafeMutableRawPointer?
    private var count = 0

    init() {}

    deinit { unsafe memory?.deallocate() }

    mutating func removeAll() { count = 0 }

    /// What lies before the last `position` bytes.
    func tail(before position: Int) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: memory, count: max(count - position, 0))
    }

    /// Adds decoded bytes; at least the last `reach` bytes are kept.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        let added = min(bytes.count, Self.reach)
        guard added > 0, let source = bytes.baseAddress else { return }
        let target = unsafe memory ?? .allocate(byteCount: Self.capacity, alignment: 64)
        unsafe memory = target
        if count + added > Self.capacity || added == Self.reach {
            let kept = min(count, Self.reach - added)
            unsafe target.copyMemory(from: target + (count - kept), byteCount: kept)
            count = kept
        }
        unsafe (target + count).copyMemory(from: source + (bytes.count - added), byteCount: added)
        count += added
    }
}
