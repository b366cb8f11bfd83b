// The reversible 5/3 filter the way in (T.800 F.4.8.1, equations F-9 and F-10). All sums wrap.

/// Forward lifting steps of the 5/3 filter on rows of numbers.
extension Wavelet53 {
    /// Parts `count` samples of one row, at least 2, into `low` and `high` (1D_SD, F.4.6). The ends are mirrored.
    ///
    /// `startsOdd` says that the first sample has an odd coordinate, so that it goes into `high`.
    public static func analyse(
        _ row: UnsafePointer<Int32>, startsOdd: Bool, count: Int, low: UnsafeMutablePointer<Int32>,
        high: UnsafeMutablePointer<Int32>
    ) {
        // From here on `even[2 n]` is sample n of the low half, `high[n]` follows it, and `high[-1]` is there when the row starts odd.
        let even = unsafe startsOdd ? row + 1 : row
        let following = unsafe startsOdd ? high + 1 : high
        let lows = startsOdd ? count / 2 : (count + 1) / 2
        let highs = startsOdd ? (count - 1) / 2 : count / 2
        if startsOdd { unsafe high[0] = row[0] &- row[1] }
        let inner = lows - 1
        for n in 0..<inner {
            unsafe following[n] = even[2 &* n &+ 1] &- ((even[2 &* n] &+ even[2 &* n &+ 2]) >> 1)
        }
        if highs > inner { unsafe following[inner] = even[2 * inner + 1] &- even[2 * inner] }
        unsafe low[0] = raised(even[0], startsOdd ? high[0] : following[0], highs > 0 ? following[0] : high[0])
        if inner > 0 {
            let last = min(highs, lows)
            if last > 1 {
                for n in 1..<last { unsafe low[n] = raised(even[2 &* n], following[n &- 1], following[n]) }
            }
            if lows > highs { unsafe low[inner] = raised(even[2 * inner], following[inner - 1], following[inner - 1]) }
        }
    }

    @inline(__always)
    private static func raised(_ even: Int32, _ left: Int32, _ right: Int32) -> Int32 { even &+ ((left &+ right &+ 2) >> 2) }

    /// The first lifting step on a row of odd coordinate, in place: `above` and `below` are its neighbours (F-9).
    public static func lowerOdd(
        _ row: UnsafeMutablePointer<Int32>, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>, count: Int
    ) {
        for n in 0..<count { unsafe row[n] = row[n] &- ((above[n] &+ below[n]) >> 1) }
    }

    /// The second lifting step on a row of even coordinate, in place: `above` and `below` are its finished neighbours (F-10).
    public static func raiseEven(
        _ row: UnsafeMutablePointer<Int32>, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>, count: Int
    ) {
        for n in 0..<count { unsafe row[n] = raised(row[n], above[n], below[n]) }
    }

    /// Both steps at once, in place, on four rows that follow each other: `odd` gets its step, then `even` before it gets its own.
    public static func lowerPair(
        above: UnsafePointer<Int32>, even: UnsafeMutablePointer<Int32>, odd: UnsafeMutablePointer<Int32>,
        below: UnsafePointer<Int32>, count: Int
    ) {
        for n in 0..<count {
            let middle = unsafe odd[n] &- ((even[n] &+ below[n]) >> 1)
            unsafe odd[n] = middle
            unsafe even[n] = raised(even[n], above[n], middle)
        }
    }
}
