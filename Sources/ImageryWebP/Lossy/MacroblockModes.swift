// How macroblocks are predicted (RFC 6386 sections 8, 10 and 11).

/// Modes of predictions from the neighbours.
enum SquareMode: UInt8 {
    case dc, motion, vertical, horizontal
}

/// What the first partition says of one macroblock.
struct MacroblockModes {
    var segment = 0
    var isSkipped = false
    /// Nil when each 4 × 4 block has a mode of its own.
    var luma: SquareMode?
    var chroma = SquareMode.dc
    /// Modes of the 16 blocks, row by row, by their place in the table of probabilities.
    var blocks = InlineArray<16, UInt8>(repeating: 0)
}

/// Reads the modes of macroblock after macroblock.
struct ModeReader {
    private var above: [UInt8]
    private var left = InlineArray<4, UInt8>(repeating: 0)

    init(columns: Int) { above = [UInt8](repeating: 0, count: 4 * columns) }

    /// Nothing is left of a row: its blocks count as DC.
    mutating func beginRow() { left = InlineArray(repeating: 0) }

    mutating func read(_ decoder: inout BoolDecoder, _ parameters: FrameParameters, column: Int) -> MacroblockModes {
        var modes = MacroblockModes()
        if let tree = parameters.segmentTree {
            modes.segment = decoder.bit(tree[0]) ? (decoder.bit(tree[2]) ? 3 : 2) : (decoder.bit(tree[1]) ? 1 : 0)
        }
        if let probability = parameters.skipProbability { modes.isSkipped = decoder.bit(probability) }
        if decoder.bit(145) {
            let mode: SquareMode =
                decoder.bit(156)
                ? (decoder.bit(128) ? .motion : .horizontal) : (decoder.bit(163) ? .vertical : .dc)
            modes.luma = mode
            for index in 0..<4 {
                above[4 * column + index] = mode.rawValue
                left[index] = mode.rawValue
            }
        } else {
            for row in 0..<4 {
                for place in 0..<4 {
                    let mode = Self.block(&decoder, above: above[4 * column + place], left: left[row])
                    modes.blocks[4 * row + place] = mode
                    above[4 * column + place] = mode
                    left[row] = mode
                }
            }
        }
        modes.chroma = !decoder.bit(142) ? .dc : !decoder.bit(114) ? .vertical : !decoder.bit(183) ? .horizontal : .motion
        return modes
    }

    /// The tree of section 11.2.
    private static func block(_ decoder: inout BoolDecoder, above: UInt8, left: UInt8) -> UInt8 {
        let place = 9 * (10 * Int(above) + Int(left))
        func bit(_ node: Int) -> Bool { decoder.bit(ModeProbabilities.blocks[place + node]) }
        if !bit(0) { return BlockMode.dc }
        if !bit(1) { return BlockMode.motion }
        if !bit(2) { return BlockMode.vertical }
        if !bit(3) {
            if !bit(4) { return BlockMode.horizontal }
            return bit(5) ? BlockMode.verticalRight : BlockMode.rightDown
        }
        if !bit(6) { return BlockMode.leftDown }
        if !bit(7) { return BlockMode.verticalLeft }
        return bit(8) ? BlockMode.horizontalUp : BlockMode.horizontalDown
    }
}

/// Modes of 4 × 4 blocks in the order of their probabilities. The first four are those of ``SquareMode``.
enum BlockMode {
    static let dc: UInt8 = 0
    static let motion: UInt8 = 1
    static let vertical: UInt8 = 2
    static let horizontal: UInt8 = 3
    static let leftDown: UInt8 = 4
    static let rightDown: UInt8 = 5
    static let verticalRight: UInt8 = 6
    static let verticalLeft: UInt8 = 7
    static let horizontalDown: UInt8 = 8
    static let horizontalUp: UInt8 = 9
}
