import Synchronization

/// A value that is made once, when it is first asked for, whoever asks.
public final class Lazy<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    /// No value yet.
    public init() {}

    /// The value; `make` makes it the first time.
    public func value(_ make: () -> Value) -> Value {
        stored.withLock { stored in
            if let stored { return stored }
            let value = make()
            stored = value
            return value
        }
    }

    /// The value if it has been made.
    public var made: Value? { stored.withLock { $0 } }
}
