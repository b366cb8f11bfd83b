// T.800 F.3.8: the two filters of Part 1, as the synthesis needs them.

import ImageryKernels

/// A wavelet filter in lifting form, and the numbers that it works on.
///
/// Coefficients have one fraction bit, as the code-blocks give them.
protocol Lifting {
    associatedtype Sample: BitwiseCopyable
    /// Lifting steps of a dimension; odd ones change even samples.
    static var steps: Int { get }

    /// What a coefficient has to be multiplied by because ``row(low:high:startsOdd:count:into:)`` and
    /// ``lift(step:_:above:below:count:)`` do not scale: for a level that makes `bounds`.
    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double
    /// Coefficients (all zero when nil) to samples (E-6, E-8).
    static func dequantise(
        _ coefficients: UnsafeRawPointer?, factor: Float, count: Int, into samples: UnsafeMutablePointer<Sample>)
    /// 1D_SR of a row of at least two samples; `low` and `high` are overwritten.
    static func row(
        low: UnsafeMutablePointer<Sample>, high: UnsafeMutablePointer<Sample>, startsOdd: Bool, count: Int,
        into row: UnsafeMutablePointer<Sample>)
    /// Lifting step `step` on a row between two others.
    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Sample>, above: UnsafePointer<Sample>, below: UnsafePointer<Sample>, count: Int)
    /// What 1D_SR does to a single sample of odd coordinate (F.3.6).
    static func halve(_ samples: UnsafeMutablePointer<Sample>, count: Int)
}

/// The reversible 5/3 filter on numbers of 32 bits.
enum Reversible: Lifting {
    static var steps: Int { 2 }

    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double { 1 }

    static func dequantise(
        _ coefficients: UnsafeRawPointer?, factor: Float, count: Int, into samples: UnsafeMutablePointer<Int32>
    ) {
        guard let coefficients = unsafe coefficients?.assumingMemoryBound(to: Int32.self) else {
            return unsafe samples.update(repeating: 0, count: count)
        }
        unsafe JPEG2000Coefficients.whole(coefficients, count: count, into: samples)
    }

    static func row(
        low: UnsafeMutablePointer<Int32>, high: UnsafeMutablePointer<Int32>, startsOdd: Bool, count: Int,
        into row: UnsafeMutablePointer<Int32>
    ) {
        unsafe Wavelet53.row(low: low, high: high, startsOdd: startsOdd, count: count, into: row)
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Int32>, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>, count: Int
    ) {
        if step == 1 {
            unsafe Wavelet53.liftEven(row, above: above, below: below, count: count)
        } else {
            unsafe Wavelet53.liftOdd(row, above: above, below: below, count: count)
        }
    }

    static func halve(_ samples: UnsafeMutablePointer<Int32>, count: Int) {
        for index in 0..<count { unsafe samples[index] /= 2 }
    }
}

/// The irreversible 9/7 filter in single precision.
enum Irreversible: Lifting {
    static var steps: Int { 4 }

    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double {
        func factor(_ count: Int, high: Bool) -> Double { count == 1 ? 1 : high ? 1 / Wavelet97.scale : Wavelet97.scale }
        return factor(bounds.columns.count, high: orientation == .hl || orientation == .hh)
            * factor(bounds.rows.count, high: orientation == .lh || orientation == .hh)
    }

    static func dequantise(
        _ coefficients: UnsafeRawPointer?, factor: Float, count: Int, into samples: UnsafeMutablePointer<Float>
    ) {
        guard let coefficients = unsafe coefficients?.assumingMemoryBound(to: Int32.self) else {
            return unsafe samples.update(repeating: 0, count: count)
        }
        unsafe JPEG2000Coefficients.scaled(coefficients, by: factor / 2, count: count, into: samples)
    }

    static func row(
        low: UnsafeMutablePointer<Float>, high: UnsafeMutablePointer<Float>, startsOdd: Bool, count: Int,
        into row: UnsafeMutablePointer<Float>
    ) {
        unsafe Wavelet97.row(low: low, high: high, startsOdd: startsOdd, count: count, into: row)
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        let factors = Wavelet97.factors
        let factor = step == 1 ? factors.0 : step == 2 ? factors.1 : step == 3 ? factors.2 : factors.3
        unsafe Wavelet97.lift(row, above: above, below: below, factor: factor, count: count)
    }

    static func halve(_ samples: UnsafeMutablePointer<Float>, count: Int) {
        for index in 0..<count { unsafe samples[index] /= 2 }
    }
}
