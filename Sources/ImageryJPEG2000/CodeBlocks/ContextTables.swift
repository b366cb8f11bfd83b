// Contexts of the coding passes (T.800 D.3, Tables D.1 to D.4 and D.7) and the words that they are looked up with.

/// The numbers of the 19 contexts: significance has 0 to 8.
enum Context {
    static let sign = 9
    static let refinement = 14
    static let runLength = 17
    static let uniform = 18
    static let count = 19

    /// In the memory of contexts, the words of ``mqStates`` begin here, and behind them, as bytes, ``ContextTables/significance`` of the
    /// block's orientation: one register leads to all that a decision needs.
    static let states = 32
    static let significance = 32 + 256
    static let memory = 32 + 256 + 32

    /// Where a context starts in ``mqStates`` (Table D.7).
    static func initialState(_ context: Int) -> Int {
        switch context {
        case 0: 4 * 2
        case runLength: 3 * 2
        case uniform: 46 * 2
        default: 0
        }
    }
}

/// The tables of all code-blocks.
@safe
struct ContextTables: @unchecked Sendable {
    static let shared = ContextTables()

    /// Significance contexts (Table D.1) by orientation and by ``Neighbour``s.
    let significance: UnsafePointer<UInt8>
    static let neighbourhoods = 256
    /// Sign contexts (Table D.3), with the XOR bit in bit 7: by the upper four bits of ``Neighbour``s, and four bits higher for each of these whether
    /// it is negative.
    let signs: UnsafePointer<UInt8>

    private init() {
        let significance = UnsafeMutablePointer<UInt8>.allocate(capacity: 4 * Self.neighbourhoods)
        for orientation in 0..<4 {
            for bits in 0..<Self.neighbourhoods {
                unsafe significance[orientation * Self.neighbourhoods + bits] = Self.significance(
                    UInt8(bits), SubbandOrientation(rawValue: UInt8(orientation)) ?? .ll)
            }
        }
        unsafe self.significance = UnsafePointer(significance)
        let signs = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for bits in 0..<256 { unsafe signs[bits] = Self.sign(bits) }
        unsafe self.signs = UnsafePointer(signs)
    }

    /// The row of Table D.1.
    static func significance(_ neighbours: UInt8, _ orientation: SubbandOrientation) -> UInt8 {
        func count(_ which: UInt8) -> Int { (neighbours & which).nonzeroBitCount }
        var horizontal = count(Neighbour.west | Neighbour.east)
        var vertical = count(Neighbour.north | Neighbour.south)
        let diagonal = count(Neighbour.northWest | Neighbour.northEast | Neighbour.southWest | Neighbour.southEast)
        if orientation == .hh {
            let sum = horizontal + vertical
            switch diagonal {
            case 0: return UInt8(min(sum, 2))
            case 1: return UInt8(3 + min(sum, 2))
            case 2: return sum == 0 ? 6 : 7
            default: return 8
            }
        }
        if orientation == .hl { swap(&horizontal, &vertical) }
        switch (horizontal, vertical) {
        case (2, _): return 8
        case (1, 0): return diagonal == 0 ? 5 : 6
        case (1, _): return 7
        case (_, 2): return 4
        case (_, 1): return 3
        default: return UInt8(min(diagonal, 2))
        }
    }

    /// Tables D.2 and D.3.
    private static func sign(_ bits: Int) -> UInt8 {
        func contribution(_ which: UInt8) -> Int {
            bits << 4 & Int(which) == 0 ? 0 : bits & Int(which) == 0 ? 1 : -1
        }
        let horizontal = min(1, max(-1, contribution(Neighbour.west) + contribution(Neighbour.east)))
        let vertical = min(1, max(-1, contribution(Neighbour.north) + contribution(Neighbour.south)))
        switch (horizontal, vertical) {
        case (1, 1): return 13
        case (1, 0): return 12
        case (1, _): return 11
        case (0, 1): return 10
        case (0, 0): return 9
        case (0, _): return 10 | 0x80
        case (_, 1): return 11 | 0x80
        case (_, 0): return 12 | 0x80
        default: return 13 | 0x80
        }
    }
}
