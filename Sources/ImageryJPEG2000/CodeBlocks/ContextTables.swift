// Contexts of the coding passes (T.800 D.3, Tables D.1 to D.4 and D.7) and the words that they are looked up with.

/// The numbers of the 19 contexts: significance has 0 to 8.
enum Context {
    static let sign = 9
    static let refinement = 14
    static let runLength = 17
    static let uniform = 18
    static let count = 19

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

/// State of four samples, a column of a stripe (D.1), and of what surrounds it.
///
/// Bits 0 to 17 tell which of the samples in three columns and six rows are significant: bit 3 r + c, the four samples having c = 1 and
/// r = 1 to 4. From bit 18 on there is for the sample above and for each of the four: its sign, whether it was refined before, whether
/// this bit-plane has coded it already; bit 31 is the sign of the sample below.
enum StripeColumn {
    /// The sample in row 0 (others: shifted by three a row).
    static let significant: UInt32 = 1 << 4
    static let negative: UInt32 = 1 << 19
    static let refined: UInt32 = 1 << 20
    static let visited: UInt32 = 1 << 21
    /// Its eight neighbours.
    static let neighbours: UInt32 = 0x1ef
    static let allSignificant: UInt32 = 0o1111 << 4
    static let allVisited: UInt32 = 0o1111 << 21
    /// The middle column of all six rows.
    static let middle: UInt32 = 0o222222
    /// From a sample's bit in ``significant`` to those in ``visited`` and ``refined``.
    static let visitedAbove: UInt32 = 17
    static let refinedAbove: UInt32 = 16

    /// ``allVisited`` of the rows that a stripe of so many rows does not have: no pass codes them.
    static func absent(rows: Int) -> UInt32 { allVisited & ~(allVisited >> UInt32(3 * (4 - rows))) }

    /// The samples that are neither significant nor coded in this bit-plane, as bits of ``allSignificant``.
    @inline(__always)
    static func uncoded(_ column: UInt32) -> UInt32 { ~(column | column &>> visitedAbove) & allSignificant }

    /// Takes the topmost of some samples; what it is shifted by.
    @inline(__always)
    static func next(_ samples: inout UInt32) -> UInt32 {
        let shift = UInt32(truncatingIfNeeded: samples.trailingZeroBitCount) &- 4
        samples &= samples &- 1
        return shift
    }

    /// The row of a sample: a third of 0, 3, 6 or 9.
    @inline(__always)
    static func row(_ shift: UInt32) -> Int { Int(truncatingIfNeeded: (shift &* 11) &>> 5) }
}

/// The tables of all code-blocks.
@safe
struct ContextTables: @unchecked Sendable {
    static let shared = ContextTables()

    /// ``mqStates``.
    let states: UnsafePointer<UInt64>
    /// Significance contexts (Table D.1) by orientation and by nine bits of a ``StripeColumn``.
    let significance: UnsafePointer<UInt8>
    /// Sign contexts (Table D.3), with the XOR bit in bit 7, by ``signIndex``.
    let signs: UnsafePointer<UInt8>

    private init() {
        let states = UnsafeMutablePointer<UInt64>.allocate(capacity: mqStates.count)
        for (index, word) in mqStates.enumerated() { unsafe states[index] = word }
        unsafe self.states = UnsafePointer(states)
        let significance = UnsafeMutablePointer<UInt8>.allocate(capacity: 4 * 512)
        for orientation in 0..<4 {
            for bits in 0..<512 {
                unsafe significance[orientation * 512 + bits] = Self.significance(
                    bits, SubbandOrientation(rawValue: UInt8(orientation)) ?? .ll)
            }
        }
        unsafe self.significance = UnsafePointer(significance)
        let signs = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for bits in 0..<256 { unsafe signs[bits] = Self.sign(bits) }
        unsafe self.signs = UnsafePointer(signs)
    }

    /// The row of Table D.1.
    static func significance(_ bits: Int, _ orientation: SubbandOrientation) -> UInt8 {
        func bit(_ place: Int) -> Int { bits >> place & 1 }
        var horizontal = bit(3) + bit(5)
        var vertical = bit(1) + bit(7)
        let diagonal = bit(0) + bit(2) + bit(6) + bit(8)
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

    /// Tables D.2 and D.3. Left, above, right and below are significant: bits 3, 1, 5, 7; negative: bits 0, 4, 2, 6.
    private static func sign(_ bits: Int) -> UInt8 {
        func contribution(_ significant: Int, _ negative: Int) -> Int {
            bits >> significant & 1 == 0 ? 0 : 1 - 2 * (bits >> negative & 1)
        }
        let horizontal = min(1, max(-1, contribution(3, 0) + contribution(5, 2)))
        let vertical = min(1, max(-1, contribution(1, 4) + contribution(7, 6)))
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

    /// Where ``signs`` has the context of the sample in row `shift` / 3 of a column, given the columns left and right of it.
    @inline(__always)
    static func signIndex(_ column: UInt32, _ left: UInt32, _ right: UInt32, _ shift: UInt32) -> Int {
        var index = (column &>> shift) & 0b1010_1010
        index |= (left &>> (19 &+ shift)) & 0x01
        index |= (right &>> (17 &+ shift)) & 0x04
        index |= (shift == 0 ? column &>> 14 : column &>> (12 &+ shift)) & 0x10
        index |= (column &>> (16 &+ shift)) & 0x40
        return Int(truncatingIfNeeded: index)
    }
}
