// The irreversible 9/7 filter of JPEG 2000 (T.800 F.3.8.1, Table F.4).
//
// Steps 1 and 2 of F.3.8.1, which multiply by K and 1/K, are not here: all is linear, so that the caller takes them into the step size
// with which a sub-band's coefficients are multiplied in any case.

/// Inverse lifting steps of the 9/7 filter on rows of numbers.
public enum Wavelet97 {
    /// What steps 3 to 6 of F.3.8.1 subtract: delta, gamma, beta and alpha of Table F.4.
    public static let factors: (Float, Float, Float, Float) = (delta, gamma, beta, alpha)
    /// K of Table F.4: even samples are multiplied by it, odd ones divided.
    public static let scale: Double = 1.230174104914001

    static let alpha: Float = -1.586134342059924
    static let beta: Float = -0.052980118572961
    static let gamma: Float = 0.882911075530934
    static let delta: Float = 0.443506852043971

    /// Turns `low` and `high`, which are overwritten, into the `count` samples of one row (1D_SR, F.3.6).
    ///
    /// `startsOdd` says that the first sample has an odd coordinate, so that it comes from `high`. `count` is at least 2, `low` and
    /// `high` hold what of it is even and odd, and nothing is read beyond them: the ends are mirrored (F.3.7).
    public static func row(
        low: UnsafeMutablePointer<Float>, high: UnsafeMutablePointer<Float>, startsOdd: Bool, count: Int,
        into row: UnsafeMutablePointer<Float>
    ) {
        let evens = startsOdd ? count / 2 : (count + 1) / 2
        let odds = count - evens
        unsafe lift(low, between: high, count: evens, others: odds, ahead: startsOdd ? 0 : -1, factor: delta)
        unsafe lift(high, between: low, count: odds, others: evens, ahead: startsOdd ? -1 : 0, factor: gamma)
        unsafe lift(low, between: high, count: evens, others: odds, ahead: startsOdd ? 0 : -1, factor: beta)
        unsafe lift(high, between: low, count: odds, others: evens, ahead: startsOdd ? -1 : 0, factor: alpha)
        let pairs = min(evens, odds)
        let first = unsafe startsOdd ? high : low
        let second = unsafe startsOdd ? low : high
        for n in 0..<pairs {
            unsafe row[2 * n] = first[n]
            unsafe row[2 * n + 1] = second[n]
        }
        if count % 2 == 1 { unsafe row[count - 1] = first[pairs] }
    }

    /// One lifting step on `count` numbers, of which number n lies between `others[n + ahead]` and the next, where they are there.
    @inline(__always)
    private static func lift(
        _ numbers: UnsafeMutablePointer<Float>, between neighbours: UnsafePointer<Float>, count: Int, others: Int, ahead: Int,
        factor: Float
    ) {
        func single(_ n: Int) {
            let left = n + ahead, right = n + ahead + 1
            let sum = unsafe neighbours[left < 0 ? right : left] + neighbours[right < others ? right : left]
            unsafe numbers[n] -= factor * sum
        }
        let start = min(count, -ahead)
        let end = max(start, min(count, others - ahead - 1))
        for n in 0..<start { single(n) }
        let left = unsafe neighbours + ahead
        for n in start..<end { unsafe numbers[n] -= factor * (left[n] + left[n + 1]) }
        for n in end..<count { single(n) }
    }

    /// One lifting step on a row, in place: `above` and `below` are its neighbours.
    public static func lift(
        _ row: UnsafeMutablePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, factor: Float, count: Int
    ) {
        for n in 0..<count { unsafe row[n] -= factor * (above[n] + below[n]) }
    }
}
