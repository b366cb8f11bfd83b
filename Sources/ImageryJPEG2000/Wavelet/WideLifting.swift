// T.800 F.3.8 for components with more bits than the filters of `Lifting.swift` hold. Rare, so the loops are plain.

/// A filter given by what its steps do to one sample.
protocol WideLifting: Lifting {
    static func dequantised(_ coefficient: Int64, factor: Double) -> Sample
    /// Lifting step `step` of a sample between `left` and `right`.
    static func lifted(_ sample: Sample, step: Int, _ left: Sample, _ right: Sample) -> Sample
    static func half(_ sample: Sample) -> Sample
}

extension WideLifting {
    static func scratchCount(count: Int) -> Int { 0 }

    static func dequantise(_ numbers: SubbandNumbers, count: Int, into samples: UnsafeMutablePointer<Sample>) {
        for index in 0..<count { unsafe samples[index] = number(index, of: numbers) }
    }

    private static func number(_ index: Int, of numbers: SubbandNumbers) -> Sample {
        guard let factor = numbers.factor else { return unsafe numbers.start.assumingMemoryBound(to: Sample.self)[index] }
        return unsafe dequantised(numbers.start.assumingMemoryBound(to: Int64.self)[index], factor: factor)
    }

    static func row(
        low: SubbandNumbers, high: SubbandNumbers, startsOdd: Bool, count: Int, scratch: UnsafeMutablePointer<Sample>,
        into row: UnsafeMutablePointer<Sample>
    ) {
        let even = startsOdd ? 1 : 0
        for index in 0..<count { unsafe row[index] = number(index / 2, of: (index - even) % 2 == 0 ? low : high) }
        for step in 1...steps {
            for index in stride(from: step % 2 == 1 ? even : 1 - even, to: count, by: 2) {
                let left = index > 0 ? index - 1 : index + 1
                let right = index + 1 < count ? index + 1 : index - 1
                unsafe row[index] = lifted(row[index], step: step, row[left], row[right])
            }
        }
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Sample>, above: UnsafePointer<Sample>, below: UnsafePointer<Sample>, count: Int
    ) {
        for index in 0..<count { unsafe row[index] = lifted(row[index], step: step, above[index], below[index]) }
    }

    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Sample>, count: Int) {
        for step in 1...steps { unsafe lift(step: step, row(step), above: row(step + 1), below: row(step - 1), count: count) }
    }

    static func halve(_ samples: UnsafeMutablePointer<Sample>, count: Int) {
        for index in 0..<count { unsafe samples[index] = half(samples[index]) }
    }
}

/// The 5/3 filter on numbers of 64 bits; coefficients are Int64 with one fraction bit.
enum WideReversible: WideLifting {
    typealias Sample = Int64

    static var steps: Int { Reversible.steps }

    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double { 1 }

    static func dequantised(_ coefficient: Int64, factor: Double) -> Int64 { coefficient / 2 }

    static func lifted(_ sample: Int64, step: Int, _ left: Int64, _ right: Int64) -> Int64 {
        step == 1 ? sample &- ((left &+ right &+ 2) >> 2) : sample &+ ((left &+ right) >> 1)
    }

    static func half(_ sample: Int64) -> Int64 { sample / 2 }
}

/// The 9/7 filter in double precision; coefficients are Int64 with one fraction bit.
enum WideIrreversible: WideLifting {
    typealias Sample = Double

    static var steps: Int { Irreversible.steps }

    static func gain(_ bounds: Area, _ orientation: SubbandOrientation) -> Double { Irreversible.gain(bounds, orientation) }

    static func dequantised(_ coefficient: Int64, factor: Double) -> Double { Double(coefficient) * (factor / 2) }

    static func lifted(_ sample: Double, step: Int, _ left: Double, _ right: Double) -> Double {
        // Table F.4: delta, gamma, beta, alpha.
        let factor =
            switch step {
            case 1: 0.443506852043971
            case 2: 0.882911075530934
            case 3: -0.052980118572961
            default: -1.586134342059924
            }
        return sample - factor * (left + right)
    }

    static func half(_ sample: Double) -> Double { sample / 2 }
}
