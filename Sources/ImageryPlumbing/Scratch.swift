public import ImageryBase

/// Uninitialised working memory of a codec's stage, which has checked the size it asks for.
///
/// Not synchronised: whoever shares it between threads gives each its own part.
@frozen @safe
public struct Scratch: @unchecked Sendable {
    private let storage: AnyObject
    /// The first byte, on a boundary of 64.
    public let base: UnsafeMutableRawPointer
    /// How many bytes there are.
    public let byteCount: Int

    /// Memory of `byteCount` bytes (at least one). Throws kind limit when it cannot be had.
    public init(byteCount: Int) throws(ImageryError) {
        let memory = try RasterStorage(byteCount: max(1, byteCount))
        storage = memory
        unsafe base = memory.base
        self.byteCount = byteCount
    }

    /// ``base`` as bytes.
    @inlinable public var bytes: UnsafeMutablePointer<UInt8> { unsafe base.assumingMemoryBound(to: UInt8.self) }
}
