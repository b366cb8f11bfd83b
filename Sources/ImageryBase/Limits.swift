import ImageryPrimitives

/// What one call may cost (S91). Every limit is finite; the error that a limit raises names the property to change.
public struct Limits: Hashable, Sendable {
    /// Bytes of pixels that one call may produce whatever it reads.
    public var maxPixelBytes: Int
    /// Beyond ``maxPixelBytes``, how many bytes of pixels one compressed byte may become.
    public var maxExpansion: Int
    /// Bytes that one compressed metadata item (a zTXt text, an ICC profile) may expand to.
    public var maxMetadataItemBytes: Int
    /// Bytes that all compressed metadata of a file may expand to.
    public var maxMetadataBytes: Int
    /// Bytes of pixels that one `validate` may decode, all images of the file together. Less is allowed for a small file: what
    /// ``maxPixelBytes`` and ``maxExpansion`` allow for all its bytes.
    public var maxValidatedBytes: Int
    /// Images, pages or segments that a file may list.
    public var maxAssets: Int

    /// The limits that errors name.
    public enum Name: String, Hashable, Sendable, CaseIterable {
        /// Bytes of ``Limits/maxPixelBytes``, or of what ``Limits/maxExpansion`` allows.
        case maxPixelBytes
        /// ``Limits/maxMetadataItemBytes``.
        case maxMetadataItemBytes
        /// ``Limits/maxMetadataBytes``.
        case maxMetadataBytes
        /// ``Limits/maxAssets``.
        case maxAssets
        /// Bytes that the system has, or that a number of this machine can count.
        case memory
        /// Blocks of an image that is written or indexed.
        case blocks
    }

    /// The limits, each with its default.
    public init(
        maxPixelBytes: Int = 256 << 20, maxExpansion: Int = 1_000, maxMetadataItemBytes: Int = 8 << 20,
        maxMetadataBytes: Int = 64 << 20, maxValidatedBytes: Int = 1 << 40, maxAssets: Int = 65_536
    ) {
        self.maxPixelBytes = maxPixelBytes
        self.maxExpansion = maxExpansion
        self.maxMetadataItemBytes = maxMetadataItemBytes
        self.maxMetadataBytes = maxMetadataBytes
        self.maxValidatedBytes = maxValidatedBytes
        self.maxAssets = maxAssets
    }

    /// Bytes of pixels that validating a file of `bytes` bytes may decode.
    public func validationBudget(fileBytes bytes: Int) -> Int {
        min(maxValidatedBytes, max(maxPixelBytes, checkedProduct(bytes, maxExpansion) ?? .max))
    }
}

/// Layouts of fields that a caller brings beside those that a format knows, made by the module of the format (ImageryNITF: `ExtensionLayouts`).
public protocol FieldLayouts: Sendable {}

/// How to read (S94): the optional last argument of every call that opens something.
public struct ReadOptions: Sendable {
    /// How a file on disk is accessed.
    public enum Access: Hashable, Sendable {
        /// Mapped into memory: the fastest, but a file that shrinks while it is read ends the process.
        case map
        /// Read call by call (pread): a file that shrinks becomes an error (S93).
        case read
    }

    /// Threads that a read may use; nil means one for each core (S56).
    public var threads: Int?
    /// What one call may cost.
    public var limits: Limits
    /// Give what is decodable of a truncated or damaged image, with diagnostics, instead of an error (S92).
    public var salvage: Bool
    /// How a file on disk is accessed.
    public var access: Access
    /// JPEG 2000: decode only that many quality layers; nil means all.
    public var qualityLayers: Int?
    /// Stops reads that are under way; nil when nobody will.
    public var cancellation: Cancellation?
    /// Layouts of fields beside the known ones; nil for those alone.
    public var layouts: (any FieldLayouts)?

    /// All cores, default limits, strict and mapped, where nothing else is said.
    public init(
        threads: Int? = nil, limits: Limits = Limits(), salvage: Bool = false, access: Access = .map, qualityLayers: Int? = nil,
        cancellation: Cancellation? = nil, layouts: (any FieldLayouts)? = nil
    ) {
        self.threads = threads
        self.limits = limits
        self.salvage = salvage
        self.access = access
        self.qualityLayers = qualityLayers
        self.cancellation = cancellation
        self.layouts = layouts
    }
}
