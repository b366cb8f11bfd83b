public import ImageryBase
import ImageryPlumbing

/// What a codestream is written like.
public struct JPEG2000EncodingOptions: Hashable, Sendable {
    /// Bits of a sample; one that does not fit is an error. By default those of the image.
    public var precision: Int?
    /// The same for each band, where bands have unlike bits; ``precision`` is not looked at then.
    public var precisions: [Int]?
    /// Columns of a tile; 1024 or the size of the image by default.
    public var tileWidth: Int?
    /// Rows of a tile; 1024 or the size of the image by default.
    public var tileHeight: Int?
    /// Decomposition levels; no more than the tiles' size allows.
    public var levels = 5
    /// The order of packets.
    public var order: JPEG2000Choices.Order = .lrcp
    /// Code-blocks have 2^x columns: 2 to 10 each way, 12 together.
    public var blockWidthExponent = 6
    /// Code-blocks have 2^y rows.
    public var blockHeightExponent = 6
    /// Precincts of 2^n columns and rows at every resolution, 1 to 15; 15 by default.
    public var precinctExponent: Int?
    /// Bits of a pixel, all bands together, behind each quality layer, rising. None: one layer without loss.
    public var rates: [Double] = []
    /// Instead of a rate, from 1 to 100: the step of quantisation on the scale of JPEG, the same error in all sub-bands. Behind the layers
    /// of rates comes one with all there is.
    public var quality: Int?
    /// With rates: the 5/3 wavelet, and one layer more that has all there is.
    public var isReversible = false
    /// Whether the first three bands are transformed together; by default when there are three of the same bits.
    public var transformsComponents: Bool?
    /// HT code-blocks (T.814): without loss, by a quality or by a single rate.
    public var isHighThroughput = false
    /// Pixels that come before all others in the bit-planes (Annex H). With the 5/3 wavelet, at rates too.
    public var region: Window?
    /// TLM in the main header.
    public var writesTilePartLengths = false
    /// PLT in the tile-parts.
    public var writesPacketLengths = false
    /// Texts for COM segments, in ISO 8859-15.
    public var comments: [[UInt8]] = []
    /// Rsiz: the profile that the codestream claims to keep to.
    public var capabilities: UInt16 = 0
    /// The set of choices that was taken over.
    public var profile: JPEG2000Choices.Profile?
    /// Threads; the bytes do not depend on them.
    public var threads = availableThreads
    /// Stops the encoding; nil when nobody will.
    public var cancellation: Cancellation?

    /// True when samples are read back as they were.
    package var isLossless: Bool { quality == nil && (rates.isEmpty || isReversible) }

    /// The defaults.
    public init() {}
}
