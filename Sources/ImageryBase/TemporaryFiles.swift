import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of this process that wait for their names (S14). An error, and the end of their ``FileSink``, removes them; a signal that ends
/// the process does not.
public enum TemporaryFiles {
    private static let paths = Mutex<Set<String>>([])

    static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }
    static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes them: for a program that is asked to end and will, as whatever is being written is lost.
    public static func removeAll() {
        paths.withLock { paths in
            for path in paths { _ = unsafe unlink(path) }
            paths = []
        }
    }
}
