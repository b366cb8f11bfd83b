// A rate met by quantisation (T.800 E.1.1): HT blocks have one coding pass, which nothing cuts.

/// Finds the step of quantisation with which a codestream has the bytes that its rate allows: at most those, and 2% less at least where steps are fine
/// enough for it.
struct StepSearch {
    /// The plan with the step that was found.
    private(set) var plan: EncodingPlan
    /// By how much the logarithm of the bytes falls when that of the step grows.
    private var slope = -0.7

    /// Of the bytes: the least that are enough, and those that are aimed at.
    private static let (least, aim) = (0.985, 0.9925)
    /// An estimate need not be closer than that.
    private static let closeness = 0.02
    /// When the step has to change by that much only, the slope tells it well enough for it not to be tried, unless so few bytes are wanted that
    /// they do not follow a slope.
    private static let reach = 0.05
    private static let fewBytes = 65_536.0
    private static let mostRounds = 12

    init(_ plan: EncodingPlan) { self.plan = plan }

    /// `estimate` tells about how many bytes a plan makes of `pixels` pixels, `measure` how many exactly of all.
    mutating func run<Failure: Error>(
        pixels: Double, estimate: (EncodingPlan) throws(Failure) -> Double, measure: (EncodingPlan) throws(Failure) -> Double
    ) throws(Failure) {
        guard let rate = plan.soughtBytes else { return }
        let steps = Quantization.finestStep(plan.precision)...Quantization.coarsestStep(plan.precision)
        let area = Double(plan.size.area.width) * Double(plan.size.area.height)
        // Between the finest and the coarsest.
        let start = (steps.lowerBound * steps.upperBound).squareRoot()
        let guess = try search(from: start, in: steps, budget: rate * pixels, isEstimate: true, estimate)
        let step = try search(from: guess, in: steps, budget: rate * area, isEstimate: false, measure)
        plan.quantise(step: step)
    }

    /// Newton's method on logarithms, kept between a step that is too fine and one that is not.
    private mutating func search<Failure: Error>(
        from start: Double, in steps: ClosedRange<Double>, budget: Double, isEstimate: Bool,
        _ bytes: (EncodingPlan) throws(Failure) -> Double
    ) throws(Failure) -> Double {
        func clamped(_ step: Double) -> Double { min(steps.upperBound, max(steps.lowerBound, step)) }
        var step = start
        var (tooFine, enough): (Double?, Double?)
        var last: (step: Double, bytes: Double)?
        for _ in 0..<Self.mostRounds {
            plan.quantise(step: step)
            let found = max(1, try bytes(plan))
            if let last, last.step != step, last.bytes != found {
                slope = min(-0.2, max(-3, logarithm(found / last.bytes) / logarithm(step / last.step)))
            }
            last = (step, found)
            let share = found / budget
            if isEstimate ? abs(share - Self.aim) <= Self.closeness : share >= Self.least && share <= 1 { return step }
            if share > 1 { tooFine = max(step, tooFine ?? 0) } else { enough = min(step, enough ?? .infinity) }
            var next = step * power(logarithm(Self.aim / share) / slope)
            if !isEstimate, budget >= Self.fewBytes, abs(share - Self.aim) <= Self.reach { return clamped(next) }
            if let tooFine, let enough {
                if !(next > tooFine && next < enough) { next = (tooFine * enough).squareRoot() }
            } else {
                // A slope far away says little.
                next = min(max(next, step / 16), step * 16)
            }
            next = clamped(next)
            if next == step { break }
            step = next
        }
        return enough ?? step
    }
}

/// The natural logarithm of a number above 0, to ten digits on any machine.
private func logarithm(_ number: Double) -> Double {
    // Of the significand by the series of the inverse hyperbolic tangent, at a third at most.
    let t = (number.significand - 1) / (number.significand + 1)
    var (term, sum) = (t, 0.0)
    for n in stride(from: 1.0, through: 19, by: 2) {
        sum += term / n
        term *= t * t
    }
    return 2 * sum + Double(number.exponent) * 0.6931471805599453
}

/// What the same is the logarithm of; no more than a factor of e^20 from 1.
private func power(_ logarithm: Double) -> Double {
    let bounded = min(20, max(-20, logarithm))
    // Of a 64th by its series, six times squared.
    var (term, sum) = (1.0, 0.0)
    for n in 1...8 {
        sum += term
        term *= bounded / 64 / Double(n)
    }
    for _ in 0..<6 { sum *= sum }
    return sum
}
