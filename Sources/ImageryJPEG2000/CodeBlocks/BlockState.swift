// What is known of a code-block while its bit-planes are coded (T.800 D.1).

/// Sets of samples. A panel is sixteen columns of a stripe of four rows (D.1); a word has a bit for each of its samples, column by column, the
/// top one in the lowest bit of four.
enum Panel {
    static let columns = 16
    static let topRow: UInt64 = 0x1111_1111_1111_1111
    static let bottomRow: UInt64 = 0x8888_8888_8888_8888

    /// The samples above and below those of a set, inside of the panel.
    @inline(__always)
    static func vertical(_ set: UInt64) -> UInt64 { (set &<< 1) & ~topRow | (set &>> 1) & ~bottomRow }
}

/// The significant neighbours of a sample, and which of those beside, above and below are negative.
enum Neighbour {
    static let northWest: UInt8 = 0x01
    static let northEast: UInt8 = 0x02
    static let southWest: UInt8 = 0x04
    static let southEast: UInt8 = 0x08
    static let west: UInt8 = 0x10
    static let east: UInt8 = 0x20
    static let north: UInt8 = 0x40
    static let south: UInt8 = 0x80
}

/// The memory of the code-blocks that one thread codes, one after the other.
@safe
final class BlockMemory {
    /// Samples in stripes of four rows, column by column.
    let samples: UnsafeMutablePointer<UInt32>
    /// A word of ``mqStates`` for each context, and the tables behind them (``Context``).
    let contexts: UnsafeMutablePointer<UInt64>
    private let tables = ContextTables.shared
    private let sets: UnsafeMutablePointer<UInt64>
    private let neighbours: UnsafeMutablePointer<UInt8>
    private let steps: UnsafeMutablePointer<Int>

    /// Words of each kind of set: most for 256 stripes of one panel, a word beside each and a stripe above and below.
    fileprivate static let setCount = (256 + 2) * 2 + 1
    /// Bytes of each kind: most for one stripe of the longest side, a column left and right and a stripe above and below.
    fileprivate static let neighbourCount = (CodeBlockSize.longestSide + 2) * 4 * 3

    init() {
        unsafe samples = .allocate(capacity: CodeBlockSize.largestArea)
        unsafe contexts = .allocate(capacity: Context.memory)
        for (index, word) in mqStates.enumerated() { unsafe contexts[Context.states + index] = word }
        unsafe sets = .allocate(capacity: 3 * Self.setCount)
        unsafe neighbours = .allocate(capacity: 2 * Self.neighbourCount)
        unsafe steps = .allocate(capacity: 8)
    }

    deinit {
        unsafe samples.deallocate()
        unsafe contexts.deallocate()
        unsafe sets.deallocate()
        unsafe neighbours.deallocate()
        unsafe steps.deallocate()
    }

    /// Contexts as they are before the first pass (Table D.7).
    func resetContexts() {
        for context in 0..<Context.count { unsafe contexts[context] = contexts[Context.states + Context.initialState(context)] }
    }

    /// The state of a block before its first pass; its samples are left alone. The size is one of B.7 and Table A.18.
    func state(width: Int, height: Int, _ orientation: SubbandOrientation, isCausal: Bool) -> BlockState {
        let stripes = (height + 3) / 4
        let panels = (width + Panel.columns - 1) / Panel.columns
        let pitch = (width + 2) * 4
        unsafe UnsafeMutableRawPointer(contexts + Context.significance).copyMemory(
            from: tables.significance + Int(orientation.rawValue) * ContextTables.neighbourhoods,
            byteCount: ContextTables.neighbourhoods)
        let kinds = (sets: (panels + 1) * (stripes + 2) + 1, bytes: pitch * (stripes + 2))
        for kind in 0..<3 { unsafe (sets + kind * Self.setCount).update(repeating: 0, count: kinds.sets) }
        for kind in 0..<2 { unsafe (neighbours + kind * Self.neighbourCount).update(repeating: 0, count: kinds.bytes) }
        for row in 0..<4 {
            unsafe steps[row] = row == 0 ? 3 - pitch : -1
            unsafe steps[row + 4] = row == 3 ? pitch - 3 : 1
        }
        let rows = UInt64(height - (stripes - 1) * 4)
        let columns = UInt64(width - (panels - 1) * Panel.columns)
        return unsafe BlockState(
            significant: sets + panels + 2, neighbours: neighbours + pitch + 4, samples: samples, width: width, stripes: stripes,
            panels: panels, lastRows: Panel.topRow * ((1 << rows) - 1), lastColumns: .max >> (64 - 4 * columns),
            isCausal: isCausal, steps: UnsafePointer(steps),
            signs: tables.signs)
    }
}

/// What is known of the samples of a code-block.
///
/// Sets tell which samples are significant, which the significance pass of this bit-plane has coded, and which were refined before; further
/// ones stand `visited` and `refined` words behind the first. Each sample has a byte of ``Neighbour`` and, `negative` bytes
/// behind, its sign (0 or 1); these bytes are in the order of the samples, with a column of four left and right of each stripe.
@safe
struct BlockState {
    /// The first panel of the first stripe.
    let significant: UnsafeMutablePointer<UInt64>
    static let visited = BlockMemory.setCount
    static let refined = 2 * BlockMemory.setCount
    /// The first sample's.
    let neighbours: UnsafeMutablePointer<UInt8>
    static let negative = BlockMemory.neighbourCount
    let samples: UnsafeMutablePointer<UInt32>
    let width: Int
    let stripes: Int
    let panels: Int
    /// The samples that there are of the last stripe's panels, and of the last panels.
    let lastRows: UInt64
    let lastColumns: UInt64
    /// Contexts are vertically causal (D.7).
    let isCausal: Bool
    /// By row, how far the byte above a sample's is, and the one below.
    let steps: UnsafePointer<Int>
    let signs: UnsafePointer<UInt8>

    /// From a stripe's sets to the next one's.
    var pitch: Int { panels + 1 }
    /// The same for bytes.
    var neighbourPitch: Int { (width + 2) * 4 }

    /// What is significant in the stripes above and below, next to a panel.
    @inline(__always)
    private func outside(_ set: UnsafePointer<UInt64>, _ pitch: Int) -> UInt64 {
        let above = unsafe (set[0 &- pitch] &>> 3) & Panel.topRow
        return unsafe above | (isCausal ? 0 : (set[pitch] &<< 3) & Panel.bottomRow)
    }

    /// What is significant in a panel, and what is above and below something significant: `known` is what the panel's own samples say.
    @inline(__always)
    func spread(_ set: UnsafePointer<UInt64>, _ known: UInt64, _ pitch: Int) -> UInt64 {
        unsafe known | Panel.vertical(known) | outside(set, pitch)
    }

    /// As ``spread(_:_:_:)`` without the samples that are significant for themselves only.
    @inline(__always)
    func verticalNeighbours(_ set: UnsafePointer<UInt64>, _ known: UInt64, _ pitch: Int) -> UInt64 {
        unsafe Panel.vertical(known) | outside(set, pitch)
    }

    /// Tells the neighbours of a sample that it has become significant. What lies in the stripe above does not see it if contexts
    /// are vertically causal.
    @inline(__always)
    func announce(_ around: UnsafeMutablePointer<UInt8>, _ row: Int, _ up: Int, _ down: Int) {
        unsafe around[-4] |= Neighbour.east
        unsafe around[4] |= Neighbour.west
        unsafe around[down] |= Neighbour.north
        unsafe around[down - 4] |= Neighbour.northEast
        unsafe around[down + 4] |= Neighbour.northWest
        if isCausal && row == 0 { return }
        unsafe around[up] |= Neighbour.south
        unsafe around[up - 4] |= Neighbour.southEast
        unsafe around[up + 4] |= Neighbour.southWest
    }
}
