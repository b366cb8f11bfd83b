import ImageryPrimitives

/// Bytes that a layout divides into named values: an extension of NITF, the subheader of a data extension. The values are made when they are
/// first asked for; the bytes stay as they were, so that what nobody changes is written back exactly.
public struct Record: Hashable, Sendable {
    /// The bytes as stored.
    public let bytes: [UInt8]
    /// The name of the layout.
    public let layout: String
    private let decoded = Lazy<[Metadata.Entry]>()
    private let decode: @Sendable ([UInt8]) -> [Metadata.Entry]

    /// Bytes that `decode` divides. Records of one layout have the same `decode`.
    public init(_ bytes: [UInt8], layout: String, decode: @escaping @Sendable ([UInt8]) -> [Metadata.Entry]) {
        self.bytes = bytes
        self.layout = layout
        self.decode = decode
    }

    /// The named values in the order of the bytes.
    public var entries: [Metadata.Entry] { decoded.value { decode(bytes) } }

    /// True for the same bytes in the same layout.
    public static func == (left: Record, right: Record) -> Bool { left.layout == right.layout && left.bytes == right.bytes }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(layout)
        hasher.combine(bytes)
    }
}
