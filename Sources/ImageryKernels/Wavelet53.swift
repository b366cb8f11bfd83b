// The reversible 5/3 filter of JPEG 2000 (T.800 F.3.8.2, equations F-5 and F-6). All sums wrap: no coefficient of a file can trap.

/// Inverse lifting steps of the 5/3 filter on rows of numbers.
public enum Wavelet53 {
    /// Turns `low` and `high` into the `count` samples of one row (1D_SR, F.3.6).
    ///
    /// `startsOdd` says that the first sample has an odd coordinate, so that it comes from `high`. `count` is at least 2, `low` and
    /// `high` hold what of it is even and odd, and nothing is read beyond them: the ends are mirrored (F.3.7). `high` has a
    /// fraction bit that is dropped (``JPEG2000Coefficients/whole(_:count:into:)``), and so has `low` if `lowHasFraction`.
    public static func row(
        low: UnsafePointer<Int32>, lowHasFraction: Bool, high: UnsafePointer<Int32>, startsOdd: Bool, count: Int,
        into row: UnsafeMutablePointer<Int32>
    ) {
        // Two copies of the loop, each without the question.
        if lowHasFraction {
            unsafe Self.row(low, true, high, startsOdd, count, row)
        } else {
            unsafe Self.row(low, false, high, startsOdd, count, row)
        }
    }

    @inline(__always)
    private static func row(
        _ low: UnsafePointer<Int32>, _ lowHasFraction: Bool, _ high: UnsafePointer<Int32>, _ startsOdd: Bool, _ count: Int,
        _ row: UnsafeMutablePointer<Int32>
    ) {
        let last = (startsOdd ? count / 2 : (count + 1) / 2) - 1
        let endsOdd = startsOdd == (count % 2 == 1)
        // From here on `high[n]` follows `low[n]`, and `high[-1]` is there when the row starts odd.
        let high = unsafe startsOdd ? high + 1 : high
        let row = unsafe startsOdd ? row + 1 : row

        func evenSample(_ n: Int) -> Int32 {
            let left = unsafe n > 0 || startsOdd ? high[n - 1] / 2 : high[0] / 2
            let right = unsafe n < last || endsOdd ? high[n] / 2 : high[n - 1] / 2
            return unsafe even(lowHasFraction ? low[n] / 2 : low[n], left, right)
        }
        func pair(_ n: Int) {
            let here = evenSample(n)
            unsafe row[2 * n] = here
            unsafe row[2 * n + 1] = odd(high[n] / 2, here, evenSample(n + 1))
        }
        if startsOdd { unsafe row[-1] = odd(high[-1] / 2, evenSample(0), evenSample(0)) }
        if last > 0 { pair(0) }
        var n = 1
        while n < last && last > 8 {
            // The last few are done anew together with some before them.
            n = min(n, last - 8)
            var middle = unsafe half(load(high + n))
            var here = unsafe even(lowHasFraction ? half(load(low + n)) : load(low + n), half(load(high + n - 1)), middle)
            while n &+ 16 <= last {
                let lowNext = unsafe load(low + (n &+ 8))
                let highNext = unsafe half(load(high + (n &+ 8)))
                let next = unsafe even(lowHasFraction ? half(lowNext) : lowNext, half(load(high + (n &+ 7))), highNext)
                unsafe storeInterleaved(here, odd(middle, here, shifted(here, next[0])), row + (2 &* n))
                here = next
                middle = highNext
                n &+= 8
            }
            unsafe storeInterleaved(here, odd(middle, here, shifted(here, evenSample(n + 8))), row + 2 * n)
            n += 8
        }
        while n < last {
            pair(n)
            n += 1
        }
        unsafe row[2 * last] = evenSample(last)
        if endsOdd { unsafe row[2 * last + 1] = odd(high[last] / 2, evenSample(last), evenSample(last)) }
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
    private static func even(_ low: Int32, _ left: Int32, _ right: Int32) -> Int32 { low &- ((left &+ right &+ 2) >> 2) }

    @inline(__always)
    private static func odd(_ high: Int32, _ left: Int32, _ right: Int32) -> Int32 { high &+ ((left &+ right) >> 1) }

    // MARK: Eight at a time. On SSE2 these are two registers, and the compiler makes the shuffles that the subscripts say.

    private typealias Lanes8 = SIMD8<Int32>

    @inline(__always)
    private static func even(_ low: Lanes8, _ left: Lanes8, _ right: Lanes8) -> Lanes8 {
        low &- ((left &+ right &+ Lanes8(repeating: 2)) &>> 2)
    }

    @inline(__always)
    private static func odd(_ high: Lanes8, _ left: Lanes8, _ right: Lanes8) -> Lanes8 { high &+ ((left &+ right) &>> 1) }

    /// Half, towards zero.
    @inline(__always)
    private static func half(_ v: Lanes8) -> Lanes8 {
        let sign = Lanes8(truncatingIfNeeded: SIMD8<UInt32>(truncatingIfNeeded: v) &>> 31)
        return (v &+ sign) &>> 1
    }

    @inline(__always)
    private static func load(_ numbers: UnsafePointer<Int32>) -> Lanes8 {
        unsafe UnsafeRawPointer(numbers).loadUnaligned(as: Lanes8.self)
    }

    /// Without the first, and with `next` behind the last.
    @inline(__always)
    private static func shifted(_ v: Lanes8, _ next: Int32) -> Lanes8 { Lanes8(v[1], v[2], v[3], v[4], v[5], v[6], v[7], next) }

    @inline(__always)
    private static func storeInterleaved(_ a: Lanes8, _ b: Lanes8, _ row: UnsafeMutablePointer<Int32>) {
        let first = Lanes8(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3])
        let second = Lanes8(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7])
        unsafe UnsafeMutableRawPointer(row).storeBytes(of: first, as: Lanes8.self)
        unsafe UnsafeMutableRawPointer(row + 8).storeBytes(of: second, as: Lanes8.self)
    }
}
