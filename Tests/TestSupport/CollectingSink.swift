public import ImageryBase

/// A sink of the caller's that can only append.
public final class CollectingSink: ByteSink {
    public init() {}
    public private(set) var bytes: [UInt8] = []
    public let canPatch = false

    public func append(_ bytes: RawSpan) { unsafe bytes.withUnsafeBytes { unsafe self.bytes.append(contentsOf: $0) } }

    public func patch(_ bytes: RawSpan, at offset: Int) throws { throw ImageryError(.misuse, "sink", "it cannot patch") }
}
