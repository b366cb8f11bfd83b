// The steps of quantisation that are written (T.800 E.1.1).

extension Quantization {
    /// The magnitude bits of the largest sub-band (E-2).
    var magnitudeBits: Int { steps.reduce(0) { max($0, $1.exponent + guardBits - 1) } }

    /// Exponents of sub-bands without quantisation (E.1.1.2), LL first: the sample's bits, the gain of Table E.1, and a bit for the differences
    /// that the component transform makes. With two guard bits no sum of the filter is too large.
    static func reversible(_ levels: Int, precision: Int, mixes: Bool) -> Quantization {
        let own = precision + (mixes ? 1 : 0)
        let largest = own + (levels > 0 ? 2 : 0)
        let guardBits = max(2, largest + 2 - 31)
        let extra = 2 - guardBits
        var steps = [Quantiser.Step(exponent: own + extra, mantissa: 0)]
        for _ in 0..<levels {
            for gain in [1, 1, 2] { steps.append(Quantiser.Step(exponent: own + gain + extra, mantissa: 0)) }
        }
        return Quantization(style: .none, guardBits: guardBits, steps: steps)
    }

    /// Steps that make the same error in the image, that of a step of `step` in units of a sample, whatever the sub-band.
    static func irreversible(_ levels: Int, precision: Int, step base: Double) -> Quantization {
        func step(_ level: Int, _ orientation: SubbandOrientation) -> Quantiser.Step {
            let size = base / WaveletNorms.norm(level: level, orientation, reversible: false)
            let gain = orientation == .ll ? 0 : orientation == .hh ? 2 : 1
            // E-3: size = 2^(R - exponent) (1 + mantissa / 2^11).
            let power = Int(size.exponent)
            let mantissa = min(2047, Int((size.significand - 1) * 2048 + 0.5))
            return Quantiser.Step(exponent: min(31, max(0, precision + gain - power)), mantissa: mantissa)
        }
        var steps = [step(levels, .ll)]
        for level in (1..<levels + 1).reversed() {
            for orientation: SubbandOrientation in [.hl, .lh, .hh] { steps.append(step(level, orientation)) }
        }
        return Quantization(style: .expounded, guardBits: 2, steps: steps)
    }

    /// The finest step: a quarter of a sample's unit; for long samples one that leaves the magnitudes no more than 28 bits.
    static func finestStep(_ precision: Int) -> Double { Double(sign: .plus, exponent: max(-2, precision - 20), significand: 1) }

    /// The coarsest step, of which exponents from 0 on can tell in all sub-bands.
    static func coarsestStep(_ precision: Int) -> Double { Double(sign: .plus, exponent: precision, significand: 1) }

    /// The step of a quality from 1 to 100, on the scale of JPEG's software: 16 of 256 grays at 50, as much as the table of luminance
    /// (T.81 Table K.1) has for its first coefficient; half of that at 75, and 50 times as much at 1. The finest one without a quality.
    static func step(quality: Int?, precision: Int) -> Double {
        guard let quality else { return finestStep(precision) }
        let scale = quality < 50 ? 50 / Double(quality) : 2 - Double(quality) / 50
        let step = 16 * scale * Double(sign: .plus, exponent: precision - 8, significand: 1)
        return min(coarsestStep(precision), max(finestStep(precision), step))
    }
}
