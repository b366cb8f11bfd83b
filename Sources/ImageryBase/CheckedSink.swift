/// A sink that somebody else brings: whatever it throws becomes kind io with the error inside (S98).
public final class CheckedSink: ByteSink {
    private let base: any ByteSink
    /// Asked once: an encoder chooses its way by it.
    public let canPatch: Bool

    /// Appends to `base`.
    public init(_ base: any ByteSink) {
        self.base = base
        canPatch = base.canPatch
    }

    public func append(_ bytes: RawSpan) throws {
        do { try base.append(bytes) } catch { throw Self.typed(error) }
    }

    public func patch(_ bytes: RawSpan, at offset: Int) throws {
        do { try base.patch(bytes, at: offset) } catch { throw Self.typed(error) }
    }

    public func extend(by count: Int) throws {
        do { try base.extend(by: count) } catch { throw Self.typed(error) }
    }

    private static func typed(_ error: any Error) -> ImageryError {
        if let own = error as? ImageryError { return own }
        return ImageryError(.io, "byte sink", "the byte sink failed: \(error)", underlying: error)
    }
}
