// T.800 Annex E: the step size of a sub-band and the number of its magnitude bits.

/// What QCD or QCC says about the sub-bands of one tile-component (A.6.4, A.6.5).
struct Quantiser: Hashable, Sendable {
    /// Low five bits of Sqcd (Table A.28).
    enum Style: UInt8, Sendable {
        case none, derived, expounded
    }

    /// One SPqcd: epsilon_b and mu_b of E-3 (mu_b is 0 where there is no quantisation).
    struct Step: Hashable, Sendable {
        var exponent: Int
        var mantissa: Int
    }

    let style: Style
    /// G of E-2.
    let guardBits: Int
    /// One for LL, then HL, LH and HH from the lowest resolution up; a single one when derived.
    let steps: [Step]
    /// N_L of the tile-component.
    let decompositionLevels: Int

    /// Nil when `steps` does not hold as many as `decompositionLevels` levels have sub-bands.
    init?(style: Style, guardBits: Int, steps: [Step], decompositionLevels: Int) {
        guard steps.count >= (style == .derived ? 1 : 3 * decompositionLevels + 1) else { return nil }
        self.style = style
        self.guardBits = guardBits
        self.steps = steps
        self.decompositionLevels = decompositionLevels
    }

    /// epsilon_b and mu_b of the sub-band of level n_b = `level` (E-5 when derived).
    func step(level: Int, orientation: SubbandOrientation) -> Step {
        guard style == .derived else {
            return steps[orientation == .ll ? 0 : 3 * (decompositionLevels - level) + Int(orientation.rawValue)]
        }
        // A derived exponent below zero has no meaning; it is taken as the smallest there is.
        return Step(exponent: max(0, steps[0].exponent - decompositionLevels + level), mantissa: steps[0].mantissa)
    }

    /// M_b of E-2: how many magnitude bit-planes the sub-band's code-blocks have; negative when the header makes no sense.
    func magnitudeBits(level: Int, orientation: SubbandOrientation) -> Int {
        guardBits + step(level: level, orientation: orientation).exponent - 1
    }

    /// Delta_b of E-3 for a component of `precision` bits (R_I of E-4). A reversible transform has none: its step is 1 (E.1.1.2).
    func stepSize(level: Int, orientation: SubbandOrientation, precision: Int) -> Double {
        let step = step(level: level, orientation: orientation)
        // Table E.1: gain 1 for LL, 2 for HL and LH, 4 for HH.
        let gain = orientation == .ll ? 0 : orientation == .hh ? 2 : 1
        let significand = 1 + Double(step.mantissa) / 2048
        return Double(sign: .plus, exponent: precision + gain - step.exponent, significand: significand)
    }
}
