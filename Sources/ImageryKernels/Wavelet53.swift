// The reversible 5/3 filter of JPEG 2000 (T.800 F.3.8.2, equations F-5 and F-6). All sums wrap: no coefficient of a file can trap.

/// Inverse lifting steps of the 5/3 filter on rows of numbers.
public enum Wavelet53 {
    /// Turns `low` and `high` into the `count` samples of one row (1D_SR, F.3.6).
    ///
    /// `startsOdd` says that the first sample has an odd coordinate, so that it comes from `high`. `count` is at least 2, `low` and
    /// `high` hold what of it is even and odd, and nothing is read beyond them: the ends are mirrored (F.3.7).
    public static func row(
        low: UnsafePointer<Int32>, high: UnsafePointer<Int32>, startsOdd: Bool, count: Int, into row: UnsafeMutablePointer<Int32>
    ) {
        let last = (startsOdd ? count / 2 : (count + 1) / 2) - 1
        let endsOdd = startsOdd == (count % 2 == 1)
        // From here on `high[n]` follows `low[n]`, and `high[-1]` is there when the row starts odd.
        let high = unsafe startsOdd ? high + 1 : high
        let row = unsafe startsOdd ? row + 1 : row

        func sample(_ n: Int) -> Int32 {
            let left = unsafe n > 0 || startsOdd ? high[n - 1] : high[0]
            let right = unsafe n < last || endsOdd ? high[n] : high[n - 1]
            return unsafe even(low[n], left, right)
        }
        func pair(_ n: Int) {
            let here = sample(n)
            unsafe row[2 * n] = here
            unsafe row[2 * n + 1] = odd(high[n], here, sample(n + 1))
        }
        if startsOdd { unsafe row[-1] = odd(high[-1], sample(0), sample(0)) }
        if last > 0 { pair(0) }
        let inner = max(1, endsOdd ? last : last - 1)
        unsafe pairs(low: low + 1, high: high + 1, count: inner - 1, into: row + 2)
        if inner < last { pair(inner) }
        unsafe row[2 * last] = sample(last)
        if endsOdd { unsafe row[2 * last + 1] = odd(high[last], sample(last), sample(last)) }
    }

    /// Pairs of an even and an odd sample away from the ends: `low[count]` and `high[-1]` to `high[count]` are there.
    @inline(__always)
    private static func pairs(
        low: UnsafePointer<Int32>, high: UnsafePointer<Int32>, count: Int, into row: UnsafeMutablePointer<Int32>
    ) {
        for n in 0..<count {
            let here = unsafe even(low[n], high[n - 1], high[n])
            let next = unsafe even(low[n + 1], high[n], high[n + 1])
            unsafe row[2 * n] = here
            unsafe row[2 * n + 1] = odd(high[n], here, next)
        }
    }

    /// The first lifting step on a row of even coordinate, in place: `above` and `below` are its neighbours (F-5).
    public static func liftEven(
        _ row: UnsafeMutablePointer<Int32>, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>, count: Int
    ) {
        for n in 0..<count { unsafe row[n] = even(row[n], above[n], below[n]) }
    }

    /// The second lifting step on a row of odd coordinate, in place: `above` and `below` are its finished neighbours (F-6).
    public static func liftOdd(
        _ row: UnsafeMutablePointer<Int32>, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>, count: Int
    ) {
        for n in 0..<count { unsafe row[n] = odd(row[n], above[n], below[n]) }
    }

    /// Both steps at once, in place, on four rows that follow each other: `even` gets its first step, then `odd` its second.
    public static func liftPair(
        above: UnsafePointer<Int32>, odd: UnsafeMutablePointer<Int32>, even: UnsafeMutablePointer<Int32>,
        below: UnsafePointer<Int32>, count: Int
    ) {
        for n in 0..<count {
            let middle = unsafe Self.even(even[n], odd[n], below[n])
            unsafe odd[n] = Self.odd(odd[n], above[n], middle)
            unsafe even[n] = middle
        }
    }

    @inline(__always)
    static func even(_ low: Int32, _ left: Int32, _ right: Int32) -> Int32 { low &- ((left &+ right &+ 2) >> 2) }

    @inline(__always)
    static func odd(_ high: Int32, _ left: Int32, _ right: Int32) -> Int32 { high &+ ((left &+ right) >> 1) }
}
