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

    /// What of the work is unknown, of an error of kind ``Kind/unsupported``. An open set: more may come.
    public struct Feature: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
        /// The feature's name.
        public let rawValue: String
        /// A feature of any name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The feature's name.
        public var description: String { rawValue }

        /// A format that no codec claims, or that is only read.
        public static let format = Self(rawValue: "format")
        /// A compression, or a process of one.
        public static let compression = Self(rawValue: "compression")
        /// A part of the standard, or an extension of it, that is not known here.
        public static let standardPart = Self(rawValue: "standardPart")
        /// A type of samples, or a number of bits.
        public static let pixelType = Self(rawValue: "pixelType")
        /// A number of bands, or a mix of different ones.
        public static let bands = Self(rawValue: "bands")
        /// More pixels, blocks, segments or bytes than the format can count.
        public static let size = Self(rawValue: "size")
        /// An asset that has no place in files of the format.
        public static let asset = Self(rawValue: "asset")
        /// Colors that cannot be converted.
        public static let color = Self(rawValue: "color")
        /// A place on the ground that is not said, or cannot be.
        public static let georeference = Self(rawValue: "georeference")
        /// Blocks that a tile index cannot describe.
        public static let tileIndex = Self(rawValue: "tileIndex")
        /// A file that cannot be changed where it lies.
        public static let editing = Self(rawValue: "editing")
        /// A loss that ``LossPolicy/refuse`` does not allow.
        public static let loss = Self(rawValue: "loss")
    }

    /// What a program can match beyond the kind.
    public indirect enum Reason: Hashable, Sendable {
        /// Of kind ``Kind/limit``: which limit, how much the work needs, and how much is allowed; nil where nobody can tell.
        case limit(Limits.Name, needed: Int?, allowed: Int?)
        /// Of kind ``Kind/unsupported``: what is not known.
        case feature(Feature)
    }

    /// What sort of failure it is.
    public let kind: Kind
    /// Which limit or which feature it is; nil for the other kinds, and where there is no name for it.
    public let reason: Reason?
    /// Byte offset in the source, where the failure has one.
    public let offset: Int?
    /// The structure being read or written, in the words of its standard: `"PNG IHDR"`, `"TIFF IFD 0 tag 324"`.
    public let context: String
    /// One plain sentence, without the context and without a full stop.
    public let message: String
    /// The error of a caller's source, sink or closure that this one stands for.
    public let underlying: (any Error)?

    /// An error of `kind` in the structure `context`.
    public init(
        _ kind: Kind, _ context: String, _ message: String, at offset: Int? = nil, reason: Reason? = nil,
        underlying: (any Error)? = nil
    ) {
        self.kind = kind
        self.reason = reason
        self.context = context
        self.message = message
        self.offset = offset
        self.underlying = underlying
    }

    /// An error of kind ``Kind/unsupported``.
    public init(unsupported feature: Feature, _ context: String, _ message: String, at offset: Int? = nil) {
        self.init(.unsupported, context, message, at: offset, reason: .feature(feature))
    }

    /// An error of kind ``Kind/limit``.
    public init(
        limit: Limits.Name, needed: Int? = nil, allowed: Int? = nil, _ context: String, _ message: String, at offset: Int? = nil
    ) {
        self.init(.limit, context, message, at: offset, reason: .limit(limit, needed: needed, allowed: allowed))
    }

    /// One line: `context at byte offset: message (kind)`.
    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        return "\(context)\(place): \(message) (\(kind.rawValue))"
    }
}
