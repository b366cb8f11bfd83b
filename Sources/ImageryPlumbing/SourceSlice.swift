public import ImageryBase

/// A part of a source as a source: its offset 0 is the part's first byte.
public struct SourceSlice: ByteSource {
    private let base: any ByteSource
    private let range: Range<Int>

    /// The bytes of `range`, which is cut where `base` ends.
    public init(_ base: any ByteSource, _ range: Range<Int>) {
        self.base = base
        self.range = range.clamped(to: 0..<base.byteCount)
    }

    public var byteCount: Int { range.count }

    public var lendsInPlace: Bool { base.lendsInPlace }

    public func withBytes(_ part: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        try base.withBytes(shifted(part), body)
    }

    public func read(_ part: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        try unsafe base.read(shifted(part), into: target)
    }

    public func prefetch(_ parts: [Range<Int>]) { base.prefetch(parts.map(shifted)) }

    private func shifted(_ part: Range<Int>) -> Range<Int> {
        part.lowerBound + range.lowerBound..<part.upperBound + range.lowerBound
    }
}
