// T.800 F.3.8: the two filters of Part 1, as the synthesis needs them.

import ImageryKernels

/// A wavelet filter in lifting form, and the numbers that it works on.
///
/// Coefficients have one fraction bit, as the code-blocks give them.
protocol Lifting {
    associatedtype Sample: BitwiseCopyable
    /// Lifting steps of a dimension; odd ones change even samples.
    static var steps: Int { get }

    /// What a coefficient has to be multiplied by because rows and columns are not scaled: for a level that makes `bounds`.
    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double
    /// Numbers that ``row(low:high:startsOdd:count:scratch:into:)`` works in.
    static func scratchCount(count: Int) -> Int
    /// The samples that the numbers of a sub-band stand for (E-6, E-8).
    static func dequantise(_ numbers: SubbandNumbers, count: Int, into samples: UnsafeMutablePointer<Sample>)
    /// 1D_SR of a row of at least two samples.
    static func row(
        low: SubbandNumbers, high: SubbandNumbers, startsOdd: Bool, count: Int, scratch: UnsafeMutablePointer<Sample>,
        into row: UnsafeMutablePointer<Sample>)
    /// Lifting step `step` on a row between two others.
    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Sample>, above: UnsafePointer<Sample>, below: UnsafePointer<Sample>, count: Int)
    /// All steps, on rows y - 1 to y - `steps` when `row(0)` is row y, odd and new, and `row(k)` row y - k.
    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Sample>, count: Int)
    /// What 1D_SR does to a single sample of odd coordinate (F.3.6).
    static func halve(_ samples: UnsafeMutablePointer<Sample>, count: Int)
}

/// A row of a sub-band.
@safe
struct SubbandNumbers {
    /// As ``SubbandRows`` gave it, or samples of the level below.
    var start: UnsafeRawPointer
    /// What coefficients are to be multiplied by; nil for samples of the level below.
    var factor: Double?
}

/// The reversible 5/3 filter on numbers of 32 bits.
enum Reversible: Lifting {
    static var steps: Int { 2 }

    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double { 1 }

    static func scratchCount(count: Int) -> Int { 0 }

    static func dequantise(_ numbers: SubbandNumbers, count: Int, into samples: UnsafeMutablePointer<Int32>) {
        unsafe JPEG2000Coefficients.whole(numbers.start.assumingMemoryBound(to: Int32.self), count: count, into: samples)
    }

    static func row(
        low: SubbandNumbers, high: SubbandNumbers, startsOdd: Bool, count: Int, scratch: UnsafeMutablePointer<Int32>,
        into row: UnsafeMutablePointer<Int32>
    ) {
        unsafe Wavelet53.row(
            low: low.start.assumingMemoryBound(to: Int32.self), lowHasFraction: low.factor != nil,
            high: high.start.assumingMemoryBound(to: Int32.self), startsOdd: startsOdd, count: count, into: row)
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

    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Int32>, count: Int) {
        unsafe Wavelet53.liftPair(above: row(3), odd: row(2), even: row(1), below: row(0), count: count)
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

    static func scratchCount(count: Int) -> Int { Wavelet97.scratchCount(count: count) }

    static func dequantise(_ numbers: SubbandNumbers, count: Int, into samples: UnsafeMutablePointer<Float>) {
        unsafe JPEG2000Coefficients.scaled(
            numbers.start.assumingMemoryBound(to: Int32.self), by: Float((numbers.factor ?? 1) / 2), count: count, into: samples)
    }

    static func row(
        low: SubbandNumbers, high: SubbandNumbers, startsOdd: Bool, count: Int, scratch: UnsafeMutablePointer<Float>,
        into row: UnsafeMutablePointer<Float>
    ) {
        // The factors are for whole numbers, and coefficients have a fraction bit.
        let coefficients = unsafe high.start.assumingMemoryBound(to: Int32.self)
        let highFactor = Float((high.factor ?? 1) / 2)
        if let lowFactor = low.factor {
            unsafe Wavelet97.row(
                low: low.start.assumingMemoryBound(to: Int32.self), lowFactor: Float(lowFactor / 2), high: coefficients,
                highFactor: highFactor, startsOdd: startsOdd, count: count, scratch: scratch, into: row)
        } else {
            unsafe Wavelet97.row(
                low: low.start.assumingMemoryBound(to: Float.self), high: coefficients, highFactor: highFactor,
                startsOdd: startsOdd, count: count, scratch: scratch, into: row)
        }
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        unsafe Wavelet97.lift(step: step, row, above: above, below: below, count: count)
    }

    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Float>, count: Int) {
        unsafe Wavelet97.liftFour(above: row(5), row(4), row(3), row(2), row(1), below: row(0), count: count)
    }

    static func halve(_ samples: UnsafeMutablePointer<Float>, count: Int) {
        for index in 0..<count { unsafe samples[index] /= 2 }
    }
}
