import Synchronization

/// A way to stop reads and writes that are under way, from any thread.
///
/// Put it into ``ReadOptions/cancellation`` or ``WriteOptions/cancellation``. Work that sees it ends within a code-block, a row of blocks or a stripe of rows, with
/// an error whose ``ImageryError/isCancellation`` is true.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Not yet cancelled.
    public init() {}

    /// Stops the work; more calls change nothing.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    /// True after ``cancel()``.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Throws, in the words of `context`, when the work was cancelled.
    public func check(_ context: @autoclosure () -> String) throws(ImageryError) {
        if isCancelled { throw ImageryError.cancelled(context()) }
    }
}

extension Cancellation: Hashable {
    /// True for the same token.
    public static func == (a: Cancellation, b: Cancellation) -> Bool { a === b }
    /// By identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension ImageryError {
    /// The error of work that was cancelled: kind io, for nothing is wrong with the input or the call, with a `CancellationError` underneath.
    public static func cancelled(_ context: String) -> ImageryError {
        ImageryError(.io, context, "the work was cancelled", underlying: CancellationError())
    }

    /// True when the work was cancelled, by a ``Cancellation`` or by a source of the caller's that throws `CancellationError`.
    public var isCancellation: Bool { underlying is CancellationError }
}
