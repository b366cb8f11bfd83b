/// Why something could not be read or written: the one error type of the library (S90).
///
/// The fields say what kind of failure it is, in which structure, at which byte, in one plain sentence.
public struct ImageryError: Error, Sendable, CustomStringConvertible {
    /// What sort of failure it is; the command line derives its exit status from it.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The bytes break the rules of their format.
        case malformed
        /// The bytes are (or may be) right, but this library does not know the feature.
        case unsupported
        /// The caller asked for something that does not exist or makes no sense.
        case misuse
        /// The work would exceed one of ``Limits``; the message names the option that raises it.
        case limit
        /// The operating system, or a source or sink of the caller's, failed.
        case io
    }

    /// What sort of failure it is.
    public let kind: Kind
    /// Byte offset in the source, where the failure has one.
    public let offset: Int?
    /// The structure being read or written, in the words of its standard: `"PNG IHDR"`, `"TIFF IFD 0 tag 324"`.
    public let context: String
    /// One plain sentence, without the context and without a full stop.
    public let message: String
    /// The error of a caller's source, sink or closure that this one stands for.
    public let underlying: (any Error)?

    /// An error of `kind` in the structure `context`.
    public init(_ kind: Kind, _ context: String, _ message: String, at offset: Int? = nil, underlying: (any Error)? = nil) {
        self.kind = kind
        self.context = context
        self.message = message
        self.offset = offset
        self.underlying = underlying
    }

    /// One line: `context at byte offset: message (kind)`.
    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        return "\(context)\(place): \(message) (\(kind.rawValue))"
    }
}
