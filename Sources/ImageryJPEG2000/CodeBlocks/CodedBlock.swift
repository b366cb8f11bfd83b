// What a decoder knows about one code-block (T.800 B.7, B.10, D; T.814 for HT).

/// Code-block style (SPcod, Table A.19, and T.814 A.4 for the upper two bits).
struct CodeBlockStyle: OptionSet, Hashable, Sendable {
    var rawValue: UInt8

    /// Selective arithmetic coding bypass (D.6).
    static let bypass = CodeBlockStyle(rawValue: 0x01)
    /// Contexts are reset before each coding pass (D.4.2).
    static let reset = CodeBlockStyle(rawValue: 0x02)
    /// Each coding pass ends a codeword segment.
    static let terminateAll = CodeBlockStyle(rawValue: 0x04)
    /// Vertically causal contexts (D.7).
    static let verticallyCausal = CodeBlockStyle(rawValue: 0x08)
    /// Predictable termination (D.4.2). It asks nothing of a decoder.
    static let predictableTermination = CodeBlockStyle(rawValue: 0x10)
    /// A segmentation symbol follows each cleanup pass (D.5).
    static let segmentationSymbols = CodeBlockStyle(rawValue: 0x20)
    /// The block is an HT block. Of a mixed set, this is set for the HT blocks only.
    static let highThroughput = CodeBlockStyle(rawValue: 0x40)
    /// HT blocks and others are mixed.
    static let mixed = CodeBlockStyle(rawValue: 0x80)
}

/// What packets gave for one code-block.
struct CodedBlock: Sendable {
    /// 1 to 1024 samples each way, 4096 in all.
    var width: Int
    var height: Int
    var orientation: SubbandOrientation
    var style: CodeBlockStyle
    /// Mb of Equation E-2, with the shift of a region of interest added.
    var magnitudeBits: Int
    /// P of B.10.5.
    var zeroBitPlanes: Int
    /// Codeword segments in order (B.10.7). Of HT blocks, placeholder passes are among them, without bytes, and are not counted in
    /// ``zeroBitPlanes`` (T.814 B.3); SigProp and MagRef may come together or apart.
    var segments: [Segment]

    /// A codeword segment: its coding passes, and where its bytes stand in the data given along.
    struct Segment: Sendable {
        var passes: Int
        var offset: Int
        var byteCount: Int
    }
}

/// What can be wrong with the bytes of a code-block.
enum BlockDamage: String, Error, Sendable {
    case shape = "a code-block has impossible dimensions"
    case bitPlanes = "a code-block has more bit-planes than its sub-band, or more than can be decoded"
    case passes = "a code-block has more coding passes than bit-planes for them"
    case segments = "the codeword segments of a code-block do not follow its style"
    case cleanup = "the cleanup segment of an HT block is damaged (T.814 7.1, 7.3)"
    case segmentationSymbol = "a segmentation symbol of a code-block is wrong (T.800 D.5)"
}
