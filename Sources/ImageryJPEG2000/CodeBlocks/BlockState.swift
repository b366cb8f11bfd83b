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
