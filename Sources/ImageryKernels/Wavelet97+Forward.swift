// The forward 9/7 filter (T.800 F.4.8.2). As in the inverse, the scaling by K is left to the caller.

/// Forward lifting steps of the 9/7 filter on rows of numbers.
extension Wavelet97 {
    /// What the forward lifting steps 1 to 4 add of the sum of two neighbours.
    @inline(__always)
    private static func forward(step: Int) -> Float { step == 1 ? alpha : step == 2 ? beta : step == 3 ? gamma : delta }

    /// Parts `count` samples of one row, at least 2, into `low` and `high` (1D_SD, F.4.6), but for the scaling. The ends are mirrored.
    ///
    /// `startsOdd` says that the first sample has an odd coordinate, so that it goes into `high`.
    public static func analyse(
        _ row: UnsafePointer<Float>, startsOdd: Bool, count: Int, low: UnsafeMutablePointer<Float>,
        high: UnsafeMutablePointer<Float>
    ) {
        let even = unsafe startsOdd ? row + 1 : row
        // `following[n]` follows sample n of the low half, and `following[-1]` is there when the row starts odd.
        let following = unsafe startsOdd ? high + 1 : high
        let lows = startsOdd ? count / 2 : (count + 1) / 2
        let highs = startsOdd ? (count - 1) / 2 : count / 2
        let inner = lows - 1
        if startsOdd { unsafe high[0] = row[0] + alpha * (row[1] + row[1]) }
        for n in 0..<inner { unsafe following[n] = even[2 &* n &+ 1] + alpha * (even[2 &* n] + even[2 &* n &+ 2]) }
        if highs > inner { unsafe following[inner] = even[2 * inner + 1] + alpha * (even[2 * inner] + even[2 * inner]) }
        for n in 0..<lows { unsafe low[n] = even[2 &* n] }
        unsafe raise(low, by: beta, following, lows, highs, startsOdd)
        // The odd samples between even ones; those at an end have the same neighbour twice.
        for n in 0..<inner { unsafe following[n] = following[n] + gamma * (low[n] + low[n &+ 1]) }
        if highs > inner { unsafe following[inner] += gamma * (low[inner] + low[inner]) }
        if startsOdd { unsafe high[0] += gamma * (low[0] + low[0]) }
        unsafe raise(low, by: delta, following, lows, highs, startsOdd)
    }

    /// A step on the even samples of a row.
    @inline(__always)
    private static func raise(
        _ low: UnsafeMutablePointer<Float>, by factor: Float, _ following: UnsafePointer<Float>, _ lows: Int, _ highs: Int,
        _ startsOdd: Bool
    ) {
        let first = unsafe startsOdd ? following[-1] : following[0]
        unsafe low[0] += factor * (first + (highs > 0 ? following[0] : first))
        let last = min(highs, lows)
        if last > 1 { for n in 1..<last { unsafe low[n] = low[n] + factor * (following[n &- 1] + following[n]) } }
        if lows > 1, lows > highs { unsafe low[lows - 1] += factor * (following[lows - 2] + following[lows - 2]) }
    }

    /// Forward lifting step `step`, 1 to 4, on a row in place: `above` and `below` are its neighbours.
    public static func liftForward(
        step: Int, _ row: UnsafeMutablePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        let factor = forward(step: step)
        for n in 0..<count { unsafe row[n] = row[n] + factor * (above[n] + below[n]) }
    }

    /// All steps at once, in place, on six rows that follow each other: the last is new, `row4` gets its first step, `row3` its
    /// second, `row2` its third, `row1` its fourth.
    public static func liftFourForward(
        above: UnsafePointer<Float>, _ row1: UnsafeMutablePointer<Float>, _ row2: UnsafeMutablePointer<Float>,
        _ row3: UnsafeMutablePointer<Float>, _ row4: UnsafeMutablePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        for n in 0..<count {
            let fourth = unsafe row4[n] + alpha * (row3[n] + below[n])
            let third = unsafe row3[n] + beta * (row2[n] + fourth)
            let second = unsafe row2[n] + gamma * (row1[n] + third)
            unsafe row4[n] = fourth
            unsafe row3[n] = third
            unsafe row2[n] = second
            unsafe row1[n] = row1[n] + delta * (above[n] + second)
        }
    }
}
