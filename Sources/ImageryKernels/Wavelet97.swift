// The irreversible 9/7 filter of JPEG 2000 (T.800 F.3.8.1, Table F.4).
//
// Steps 1 and 2 of F.3.8.1, which multiply by K and 1/K, are not here: all is linear, so that the caller takes them into the step
// size with which a sub-band's coefficients are multiplied in any case.

/// Inverse lifting steps of the 9/7 filter on rows of numbers.
public enum Wavelet97 {
    /// K of Table F.4: even samples are multiplied by it, odd ones divided.
    public static var scale: Double { 1.230174104914001 }

    @inline(__always) static var alpha: Float { -1.586134342059924 }
    @inline(__always) static var beta: Float { -0.052980118572961 }
    @inline(__always) static var gamma: Float { 0.882911075530934 }
    @inline(__always) static var delta: Float { 0.443506852043971 }

    /// What the lifting steps 1 to 4 (steps 3 to 6 of F.3.8.1) subtract of the sum of two neighbours.
    @inline(__always)
    static func factor(step: Int) -> Float { step == 1 ? delta : step == 2 ? gamma : step == 3 ? beta : alpha }

    /// Numbers that ``row(low:lowFactor:high:highFactor:startsOdd:count:scratch:into:)`` works in.
    public static func scratchCount(count: Int) -> Int { count + 4 }

    /// Turns `low` and `high` into the `count` samples of one row (1D_SR, F.3.6).
    ///
    /// `startsOdd` says that the first sample has an odd coordinate, so that it comes from `high`. `count` is at least 2, `low` and
    /// `high` hold what of it is even and odd, and nothing is read beyond them: the ends are mirrored (F.3.7). `low` and `high` are
    /// coefficients that are to be multiplied by their factors.
    public static func row(
        low: UnsafePointer<Int32>, lowFactor: Float, high: UnsafePointer<Int32>, highFactor: Float, startsOdd: Bool, count: Int,
        scratch: UnsafeMutablePointer<Float>, into row: UnsafeMutablePointer<Float>
    ) {
        let high = unsafe startsOdd ? high + 1 : high
        let sweep = unsafe Sweep97(
            startsOdd: startsOdd, count: count, low: .init(low, factor: lowFactor), high: .init(high, factor: highFactor),
            scratch: scratch)
        sweep.start()
        let lowFactors = Lanes.Floats(repeating: lowFactor)
        let factor = Lanes.Floats(repeating: highFactor)
        let (even, odd) = (Lanes.Floats(repeating: delta), Lanes.Floats(repeating: gamma))
        var n = 1
        while sweep.hasLanes(from: &n) {
            let middle = unsafe Lanes.load(high + n, times: factor)
            let left = unsafe Lanes.load(high + (n &- 1), times: factor)
            let right = unsafe Lanes.load(high + (n &+ 1), times: factor)
            let here = unsafe Lanes.lift(Lanes.load(low + n, times: lowFactors), even, left, middle)
            let next = unsafe Lanes.lift(Lanes.load(low + (n &+ 1), times: lowFactors), even, middle, right)
            unsafe Lanes.store(here, sweep.even + n)
            unsafe Lanes.store(Lanes.lift(middle, odd, here, next), sweep.odd + n)
            n &+= Lanes.count
        }
        sweep.finish(from: n)
        unsafe interleave(sweep, startsOdd ? row + 1 : row)
    }

    /// The same with a `low` that the level below has finished: no coefficients but samples.
    public static func row(
        low: UnsafePointer<Float>, high: UnsafePointer<Int32>, highFactor: Float, startsOdd: Bool, count: Int,
        scratch: UnsafeMutablePointer<Float>, into row: UnsafeMutablePointer<Float>
    ) {
        let high = unsafe startsOdd ? high + 1 : high
        let sweep = unsafe Sweep97(
            startsOdd: startsOdd, count: count, low: .init(low), high: .init(high, factor: highFactor), scratch: scratch)
        sweep.start()
        let factor = Lanes.Floats(repeating: highFactor)
        let (even, odd) = (Lanes.Floats(repeating: delta), Lanes.Floats(repeating: gamma))
        var n = 1
        while sweep.hasLanes(from: &n) {
            let middle = unsafe Lanes.load(high + n, times: factor)
            let left = unsafe Lanes.load(high + (n &- 1), times: factor)
            let right = unsafe Lanes.load(high + (n &+ 1), times: factor)
            let here = unsafe Lanes.lift(Lanes.load(low + n), even, left, middle)
            let next = unsafe Lanes.lift(Lanes.load(low + (n &+ 1)), even, middle, right)
            unsafe Lanes.store(here, sweep.even + n)
            unsafe Lanes.store(Lanes.lift(middle, odd, here, next), sweep.odd + n)
            n &+= Lanes.count
        }
        sweep.finish(from: n)
        unsafe interleave(sweep, startsOdd ? row + 1 : row)
    }

    /// The second sweep, over what the first has left; `row` is where the first even sample goes.
    @inline(__always)
    private static func interleave(_ first: Sweep97, _ row: UnsafeMutablePointer<Float>) {
        let sweep = unsafe Sweep97(after: first, into: row)
        sweep.start()
        let low = unsafe first.even
        let high = unsafe first.odd
        let (even, odd) = (Lanes.Floats(repeating: beta), Lanes.Floats(repeating: alpha))
        var n = 1
        while sweep.hasLanes(from: &n) {
            let middle = unsafe Lanes.load(high + n)
            let here = unsafe Lanes.lift(Lanes.load(low + n), even, Lanes.load(high + (n &- 1)), middle)
            let next = unsafe Lanes.lift(Lanes.load(low + (n &+ 1)), even, middle, Lanes.load(high + (n &+ 1)))
            unsafe Lanes.storeInterleaved(here, Lanes.lift(middle, odd, here, next), row + (2 &* n))
            n &+= Lanes.count
        }
        sweep.finish(from: n)
    }

    /// Lifting step `step`, 1 to 4, on a row in place: `above` and `below` are its neighbours.
    public static func lift(
        step: Int, _ row: UnsafeMutablePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        let factor = factor(step: step)
        for n in 0..<count { unsafe row[n] -= factor * (above[n] + below[n]) }
    }

    /// All steps at once, in place, on six rows that follow each other: the last is new, `row4` gets its first step, `row3` its
    /// second, `row2` its third, `row1` its fourth.
    public static func liftFour(
        above: UnsafePointer<Float>, _ row1: UnsafeMutablePointer<Float>, _ row2: UnsafeMutablePointer<Float>,
        _ row3: UnsafeMutablePointer<Float>, _ row4: UnsafeMutablePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        let (first, second) = (Lanes.Floats(repeating: delta), Lanes.Floats(repeating: gamma))
        let (third, fourth) = (Lanes.Floats(repeating: beta), Lanes.Floats(repeating: alpha))
        var n = 0
        while n &+ Lanes.count <= count {
            let odd = unsafe Lanes.load(row3 + n)
            let even = unsafe Lanes.lift(Lanes.load(row4 + n), first, odd, Lanes.load(below + n))
            unsafe Lanes.store(even, row4 + n)
            let even2 = unsafe Lanes.load(row2 + n)
            let odd2 = Lanes.lift(odd, second, even2, even)
            unsafe Lanes.store(odd2, row3 + n)
            let odd3 = unsafe Lanes.load(row1 + n)
            let even3 = Lanes.lift(even2, third, odd3, odd2)
            unsafe Lanes.store(even3, row2 + n)
            unsafe Lanes.store(Lanes.lift(odd3, fourth, Lanes.load(above + n), even3), row1 + n)
            n &+= Lanes.count
        }
        while n < count {
            unsafe row4[n] -= delta * (row3[n] + below[n])
            unsafe row3[n] -= gamma * (row2[n] + row4[n])
            unsafe row2[n] -= beta * (row1[n] + row3[n])
            unsafe row1[n] -= alpha * (above[n] + row2[n])
            n &+= 1
        }
    }
}

/// One of the two sweeps over a row, each with a step on even samples and one on odd ones: what of it is done one by one.
///
/// Index n stands for the even sample n and the odd one after it; the odd one before the first even one is -1.
@safe
private struct Sweep97 {
    /// Coefficients and their factor, or samples, which have none.
    @safe
    struct Numbers {
        let start: UnsafeRawPointer
        let factor: Float
        let areCoefficients: Bool

        init(_ coefficients: UnsafePointer<Int32>, factor: Float) {
            unsafe start = UnsafeRawPointer(coefficients)
            self.factor = factor
            areCoefficients = true
        }

        init(_ samples: UnsafePointer<Float>) {
            unsafe start = UnsafeRawPointer(samples)
            factor = 1
            areCoefficients = false
        }

        @inline(__always)
        subscript(_ n: Int) -> Float {
            unsafe areCoefficients
                ? Float(start.assumingMemoryBound(to: Int32.self)[n]) * factor : start.assumingMemoryBound(to: Float.self)[n]
        }
    }

    let startsOdd: Bool
    let endsOdd: Bool
    /// The last even sample.
    let last: Int
    /// What is subtracted of the sum of two neighbours: from even samples, then from odd ones.
    let factors: (even: Float, odd: Float)
    let low: Numbers
    let high: Numbers
    /// Where even and odd samples go, `step` numbers apart.
    let even: UnsafeMutablePointer<Float>
    let odd: UnsafeMutablePointer<Float>
    let step: Int

    init(startsOdd: Bool, count: Int, low: Numbers, high: Numbers, scratch: UnsafeMutablePointer<Float>) {
        self.startsOdd = startsOdd
        endsOdd = startsOdd == (count % 2 == 1)
        last = (startsOdd ? count / 2 : (count + 1) / 2) - 1
        factors = (Wavelet97.delta, Wavelet97.gamma)
        self.low = low
        self.high = high
        unsafe even = unsafe scratch
        unsafe odd = unsafe scratch + last + 2
        step = 1
    }

    init(after first: Sweep97, into row: UnsafeMutablePointer<Float>) {
        startsOdd = first.startsOdd
        endsOdd = first.endsOdd
        last = first.last
        factors = (Wavelet97.beta, Wavelet97.alpha)
        low = unsafe Numbers(first.even)
        high = unsafe Numbers(first.odd)
        unsafe even = unsafe row
        unsafe odd = unsafe row + 1
        step = 2
    }

    /// Below it, even sample n + 1 has a right neighbour.
    var inner: Int { endsOdd ? last : last - 1 }

    /// Whether there are enough pairs for a register from `n` on. Where only the last few are left, they are done anew together
    /// with some before them.
    @inline(__always)
    func hasLanes(from n: inout Int) -> Bool {
        let latest = inner &- Lanes.count
        if n <= latest { return true }
        guard n < inner && latest > 0 else { return false }
        n = latest
        return true
    }

    private func evenSample(_ n: Int) -> Float {
        let left = n > 0 || startsOdd ? high[n - 1] : high[0]
        let right = n < last || endsOdd ? high[n] : high[n - 1]
        return low[n] - factors.even * (left + right)
    }

    private func pair(_ n: Int) {
        let here = evenSample(n)
        unsafe even[step * n] = here
        unsafe odd[step * n] = high[n] - factors.odd * (here + evenSample(n + 1))
    }

    /// What comes before pair 1.
    @inline(never)
    func start() {
        if startsOdd {
            let next = evenSample(0)
            unsafe odd[-step] = high[-1] - factors.odd * (next + next)
        }
        if last > 0 { pair(0) }
    }

    /// Pairs from `n` on and the end.
    @inline(never)
    func finish(from n: Int) {
        for n in n..<max(n, last) { pair(n) }
        let end = evenSample(last)
        unsafe even[step * last] = end
        if endsOdd { unsafe odd[step * last] = high[last] - factors.odd * (end + end) }
    }
}
