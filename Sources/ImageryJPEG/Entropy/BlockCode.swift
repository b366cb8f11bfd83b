// Coefficients as Huffman symbols (T.81 F.1.2).

import ImageryKernels

/// The symbols of a block (T.81 F.1.2).
enum BlockCode {
    /// Symbol and extra bits of a number that is not zero: its size is `size`.
    @inline(__always)
    static func parts(_ number: Int) -> (size: Int, extra: UInt64) {
        let sign = number &>> 63
        let magnitude = (number ^ sign) &- sign
        // The lowest bit does not change the size of a number above 0.
        let size = 64 &- (magnitude | 1).leadingZeroBitCount
        let mask = (1 &<< UInt64(truncatingIfNeeded: size)) &- 1 as UInt64
        return (size, UInt64(bitPattern: Int64(number &+ sign)) & mask)
    }

    /// Codes a block: the difference of its DC coefficient, and the AC coefficients whose places of the zigzag sequence are in `mask`,
    /// which `coefficient` gives.
    @inline(__always)
    static func encode(
        _ difference: Int, _ mask: UInt64, dc: UnsafePointer<UInt64>, ac: UnsafePointer<UInt64>, small: UnsafePointer<UInt64>,
        _ writer: inout BitWriter, _ coefficient: (Int) -> Int
    ) {
        if difference == 0 {
            unsafe writer.put(dc[0], extra: 0)
        } else {
            let (size, extra) = parts(difference)
            unsafe writer.put(dc[size], extra: extra)
        }
        var rest = mask
        var previous = 0
        while rest != 0 {
            let place = rest.trailingZeroBitCount
            rest &= rest &- 1
            var run = place &- previous &- 1
            previous = place
            while run >= 16 {
                unsafe writer.put(ac[0xf0], extra: 0)
                run &-= 16
            }
            let number = coefficient(place)
            let index = number &+ CoefficientTable.offset
            if UInt(bitPattern: index) < 32 {
                unsafe writer.put(small[run &<< 5 | index], extra: 0)
            } else {
                let (size, extra) = parts(number)
                unsafe writer.put(ac[run &<< 4 | size], extra: extra)
            }
        }
        if previous != 63 { unsafe writer.put(ac[0], extra: 0) }
    }
}
