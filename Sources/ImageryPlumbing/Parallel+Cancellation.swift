public import ImageryBase
import ImageryPrimitives

/// Runs `body(worker, index)` for every index below `count` on up to `threads` threads, as the form without `cancellation` does; after that no further index
/// begins, and its error is thrown.
public func parallelFor(
    _ count: Int, threads: Int, cancellation: Cancellation?,
    _ body: @Sendable (_ worker: Int, _ index: Int) throws(ImageryError) -> Void
) throws(ImageryError) {
    guard let cancellation else { return try parallelFor(count, threads: threads, body) }
    try parallelFor(count, threads: threads) { (worker, index) throws(ImageryError) in
        try cancellation.check("work")
        try body(worker, index)
    }
}
