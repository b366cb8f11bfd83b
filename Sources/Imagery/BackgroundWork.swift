import Dispatch
import ImageryBase
import ImageryPlumbing
import Synchronization

/// Runs blocking work for `async` callers on threads of its own: Swift's cooperative threads must not wait for disks, and a read keeps a core busy for long.
///
/// As many pieces run at once as there are cores; the others wait in order.
enum BackgroundWork {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        /// Where the next piece stands in ``waiting``.
        var next = 0
        var running = 0
    }

    private static let state = Mutex(State())
    private static let queue = DispatchQueue(label: "Imagery", qos: .userInitiated, attributes: .concurrent)

    /// The result of `body`, which gets the token that a cancelled task sets.
    ///
    /// Throws what `body` throws, and `CancellationError` when the task is cancelled: at once while the piece waits, else as soon as `body` sees the token.
    static func run<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
        let token = Cancellation()
        let piece = Piece<Result>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                piece.wait(continuation)
                if token.isCancelled { return piece.abandon() }
                submit {
                    guard piece.begin() else { return }
                    do {
                        let result = try body(token)
                        piece.finish(.success(result))
                    } catch {
                        let isStopped = (error as? ImageryError)?.isCancellation ?? false
                        piece.finish(.failure(isStopped ? CancellationError() : error))
                    }
                }
            }
        } onCancel: {
            token.cancel()
            piece.abandon()
        }
    }

    private static func submit(_ work: @escaping @Sendable () -> Void) {
        let startsThread = state.withLock { state in
            state.waiting.append(work)
            if state.running >= availableThreads { return false }
            state.running += 1
            return true
        }
        guard startsThread else { return }
        queue.async { while let work = take() { work() } }
    }

    /// The next piece; nil when there is none, and the thread that asked ends.
    private static func take() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.next < state.waiting.count else {
                state.waiting.removeAll()
                state.next = 0
                state.running -= 1
                return nil
            }
            defer { state.next += 1 }
            return state.waiting[state.next]
        }
    }
}

/// One piece of work and who waits for it: whatever happens, the continuation is resumed once.
private final class Piece<Result: Sendable>: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<Result, any Error>)
        case running(CheckedContinuation<Result, any Error>)
        case finished
    }

    private let state = Mutex(State.new)

    func wait(_ continuation: CheckedContinuation<Result, any Error>) { state.withLock { $0 = .waiting(continuation) } }

    /// False when nobody waits for it any more.
    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return false }
            state = .running(continuation)
            return true
        }
    }

    func finish(_ result: Swift.Result<Result, any Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<Result, any Error>? in
            guard case .running(let continuation) = state else { return nil }
            state = .finished
            return continuation
        }
        waiting?.resume(with: result)
    }

    /// Ends a piece that has not begun.
    func abandon() {
        let waiting = state.withLock { state -> CheckedContinuation<Result, any Error>? in
            guard case .waiting(let continuation) = state else { return nil }
            state = .finished
            return continuation
        }
        waiting?.resume(throwing: CancellationError())
    }
}
