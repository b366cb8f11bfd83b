// Which coefficients of a block are not zero, in the order of the zigzag sequence (T.81 A.3.6).

/// From the bits of coefficients in row-major order to those in the order of the zigzag sequence, eight bits at a time.
@safe
final class ZigzagMasks: @unchecked Sendable {
    static let shared = ZigzagMasks()

    /// For each of eight rows of a block and each of 256 sets of its columns; never changed.
    private let table: UnsafeMutablePointer<UInt64>
    /// The row-major place of each place of the zigzag sequence.
    private let order: UnsafeMutablePointer<UInt8>

    private init() {
        let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 8 * 256)
        let order = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
        unsafe table.initialize(repeating: 0, count: 8 * 256)
        for (place, index) in zigzag.prefix(64).enumerated() {
            unsafe (order + place).initialize(to: index)
            for columns in 0..<256 where columns >> (Int(index) & 7) & 1 == 1 {
                unsafe table[Int(index) / 8 * 256 + columns] |= 1 << UInt64(place)
            }
        }
        unsafe self.table = table
        unsafe self.order = order
    }

    /// The tables, for as long as the process lives.
    @unsafe var pointers: (table: UnsafePointer<UInt64>, order: UnsafePointer<UInt8>) {
        unsafe (UnsafePointer(table), UnsafePointer(order))
    }

    /// The set `mask` in the order of the zigzag sequence. Most blocks have nothing in their lower half.
    @inline(__always)
    static func reordered(_ mask: UInt64, _ table: UnsafePointer<UInt64>) -> UInt64 {
        @inline(__always) func row(_ index: Int) -> UInt64 {
            unsafe table[index &* 256 &+ Int(truncatingIfNeeded: (mask &>> UInt64(8 &* index)) & 255)]
        }
        let upper = row(0) | row(1) | row(2) | row(3)
        return mask &>> 32 == 0 ? upper : upper | row(4) | row(5) | row(6) | row(7)
    }
}
