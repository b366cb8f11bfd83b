import ImageryPrimitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Uninitialised memory for pixels, released with the last reference.
///
/// From 4 MiB on it is mapped on a 2 MiB boundary with huge pages asked for: filling 134 MB then costs 14 ms instead of 57
/// (Documentation/performance/memory.md). Not synchronised: whoever shares it between threads gives each its own part.
@safe
package final class RasterStorage: @unchecked Sendable {
    package nonisolated(unsafe) let base: UnsafeMutableRawPointer
    package let byteCount: Int
    private nonisolated(unsafe) let mapping: (start: UnsafeMutableRawPointer, length: Int)?

    private static let hugePage = 2 << 20
    private static let mappedFrom = 4 << 20

    /// Throws kind limit when the memory cannot be had.
    package init(byteCount: Int) throws(ImageryError) {
        self.byteCount = byteCount
        if byteCount >= Self.mappedFrom, let length = checkedSum(byteCount, 2 * Self.hugePage) {
            let start = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let start = unsafe start, unsafe start != MAP_FAILED else { throw Self.exhausted(byteCount) }
            unsafe mapping = (start, length)
            let address = UInt(bitPattern: start)
            let aligned = (address + UInt(Self.hugePage) - 1) & ~UInt(Self.hugePage - 1)
            unsafe base = start + Int(aligned - address)
            #if os(Linux)
                _ = unsafe madvise(base, (byteCount + Self.hugePage - 1) & ~(Self.hugePage - 1), Int32(MADV_HUGEPAGE))
            #endif
        } else {
            var memory: UnsafeMutableRawPointer?
            guard unsafe posix_memalign(&memory, 64, max(64, byteCount)) == 0, let memory = unsafe memory else {
                throw Self.exhausted(byteCount)
            }
            unsafe mapping = nil
            unsafe base = memory
        }
    }

    deinit {
        if let mapping = unsafe mapping {
            unsafe munmap(mapping.start, mapping.length)
        } else {
            unsafe free(base)
        }
    }

    private static func exhausted(_ byteCount: Int) -> ImageryError {
        ImageryError(limit: .memory, needed: byteCount, "memory", "\(byteCount) bytes for pixels cannot be had from the system")
    }
}
