/// Finer choices for JPEG 2000 compression. Nil means the format's choice.
public struct JPEG2000Choices: Hashable, Sendable {
    /// The order of packets, outermost first: layer, resolution, component, position (T.800 Table A.16).
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// Layer by layer.
        case lrcp
        /// Resolution by resolution, in each layer by layer.
        case rlcp
        /// Resolution by resolution, in each place by place.
        case rpcl
        /// Place by place, in each component by component.
        case pcrl
        /// Component by component, in each place by place.
        case cprl
    }

    /// Sets of choices that systems ask for by name (BPJ2K01.10 Annexes D and E): what is set beside them stays as it is.
    public enum Profile: String, Hashable, Sendable, CaseIterable {
        /// NITF Preferred JPEG 2000 Encoding: 19 quality layers by rate (20 without loss), five levels, bands apart, lengths of tile-parts and
        /// packets listed; layer by layer.
        case npje
        /// Exploitation Preferred JPEG 2000 Encoding: the same, resolution by resolution.
        case epje
    }

    /// What stands around the codestream of a file.
    public enum Wrapping: String, Hashable, Sendable, CaseIterable {
        /// Boxes: JP2, or JPH for HT code-blocks.
        case boxes
        /// Nothing: a bare codestream.
        case bare = "none"
    }

    /// HT code-blocks (HTJ2K, T.814): without loss, by a quality or by a single rate.
    public var isHighThroughput: Bool?
    /// Bits of a pixel, all bands together, behind each quality layer, rising. Without loss one layer more has all there is.
    public var layers: [Double]?
    /// Decomposition levels, 5 by default; no more than the tiles' size allows.
    public var levels: Int?
    /// LRCP by default.
    public var order: Order?
    /// Columns of a code-block, a power of two: 64 by default.
    public var codeBlockWidth: Int?
    /// Rows of a code-block, a power of two: 64 by default.
    public var codeBlockHeight: Int?
    /// Columns and rows of a precinct at every resolution, a power of two; as large as possible by default.
    public var precinctSize: Int?
    /// A region of interest (T.800 Annex H): pixels of the written image that a stream which is cut short, by a rate or a layer, has in full first.
    /// With the 5/3 wavelet, for samples of up to 12 bits.
    public var region: Window?
    /// Whether the first three bands are transformed together; by default when there are three.
    public var transformsComponents: Bool?
    /// Lists the lengths of tile-parts and packets (TLM, PLT).
    public var listsLengths: Bool?
    /// Tells where the image lies as a coverage of GML too (GMLJP2), beside the GeoTIFF fields of GeoJP2: grids with north up.
    public var writesGML: Bool?
    /// A set of these choices.
    public var profile: Profile?
    /// What stands around the codestream; by default what the extension says, else boxes.
    public var wrapping: Wrapping?

    /// These choices; the format's where nothing is said.
    public init(
        isHighThroughput: Bool? = nil, layers: [Double]? = nil, levels: Int? = nil, order: Order? = nil,
        codeBlockWidth: Int? = nil, codeBlockHeight: Int? = nil, precinctSize: Int? = nil, region: Window? = nil,
        transformsComponents: Bool? = nil,
        listsLengths: Bool? = nil, writesGML: Bool? = nil, profile: Profile? = nil, wrapping: Wrapping? = nil
    ) {
        self.isHighThroughput = isHighThroughput
        self.layers = layers
        self.levels = levels
        self.order = order
        self.codeBlockWidth = codeBlockWidth
        self.codeBlockHeight = codeBlockHeight
        self.precinctSize = precinctSize
        self.region = region
        self.transformsComponents = transformsComponents
        self.listsLengths = listsLengths
        self.writesGML = writesGML
        self.profile = profile
        self.wrapping = wrapping
    }
}
