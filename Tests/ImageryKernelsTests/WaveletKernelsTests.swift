import ImageryKernels
import TestSupport
import Testing

/// Lifting one sample at a time, as T.800 F.3.8 writes it, with the mirroring of F.3.7.
private enum Plain {
    /// The samples of a row, for a filter that turns (step, sample, left, right) into a sample.
    static func row<T>(
        low: [T], high: [T], startsOdd: Bool, count: Int, steps: Int, filter: (Int, T, T, T) -> T
    ) -> [T] {
        var row = (0..<count).map { (index: Int) -> T in (index % 2 == 0) == startsOdd ? high[index / 2] : low[index / 2] }
        for step in 1...steps {
            for index in 0..<count where (index % 2 == 1) == (startsOdd == (step % 2 == 1)) {
                let left = index > 0 ? index - 1 : 1
                let right = index + 1 < count ? index + 1 : count - 2
                row[index] = filter(step, row[index], row[left], row[right])
            }
        }
        return row
    }

    static func filter53(_ step: Int, _ sample: Int32, _ left: Int32, _ right: Int32) -> Int32 {
        step == 1 ? sample &- ((left &+ right &+ 2) >> 2) : sample &+ ((left &+ right) >> 1)
    }

    static func filter97(_ step: Int, _ sample: Float, _ left: Float, _ right: Float) -> Float {
        let factors: [Float] = [0.443506852043971, 0.882911075530934, -0.052980118572961, -1.586134342059924]
        return sample - factors[step - 1] * (left + right)
    }
}

extension Array where Element: BitwiseCopyable {
    fileprivate var bytes: [UInt8] { withUnsafeBytes { Array<UInt8>($0) } }

    fileprivate init(_ type: Element.Type, bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { raw in
            (0..<raw.count / MemoryLayout<Element>.stride).map {
                raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Element>.stride, as: Element.self)
            }
        }
    }
}

/// `count` numbers written by `body`, or nil when it wrote outside.
private func written<T: BitwiseCopyable>(
    _ type: T.Type, _ count: Int, initial: [T]? = nil, _ body: (UnsafeMutablePointer<T>) -> Void
) -> [T]? {
    let bytes = guarded(count * MemoryLayout<T>.stride, initial: initial?.bytes) { body($0.assumingMemoryBound(to: T.self)) }
    return bytes.map { [T](type, bytes: $0) }
}

@Suite struct WaveletKernelsTests {
    @Test(arguments: [false, true], [false, true]) func rowsOfThe53Filter(startsOdd: Bool, hasFraction: Bool) {
        var random = SeededGenerator(53)
        for count in 2...67 {
            // Full words wrap; small ones show the rounding.
            let range: ClosedRange<Int32> = count % 5 == 0 ? .min ... .max : -50...50
            let evens = startsOdd ? count / 2 : (count + 1) / 2
            let low = (0..<evens).map { _ in Int32.random(in: range, using: &random) }
            let high = (0..<count - evens).map { _ in Int32.random(in: range, using: &random) }
            let found = written(Int32.self, count) {
                Wavelet53.row(low: low, lowHasFraction: hasFraction, high: high, startsOdd: startsOdd, count: count, into: $0)
            }
            let expected = Plain.row(
                low: hasFraction ? low.map { $0 / 2 } : low, high: high.map { $0 / 2 }, startsOdd: startsOdd, count: count,
                steps: 2,
                filter: Plain.filter53)
            #expect(found == expected, "\(count)")
        }
    }

    @Test(arguments: [false, true], [false, true]) func rowsOfThe97Filter(startsOdd: Bool, hasFactor: Bool) {
        var random = SeededGenerator(97)
        for count in 2...67 {
            let evens = startsOdd ? count / 2 : (count + 1) / 2
            let coefficients = (0..<evens).map { _ in Int32.random(in: -1000...1000, using: &random) }
            let high = (0..<count - evens).map { _ in Int32.random(in: -1000...1000, using: &random) }
            let low = coefficients.map { Float($0) * 0.3 }
            var scratch = [Float](repeating: 0, count: Wavelet97.scratchCount(count: count))
            let found = written(Float.self, count) { target in
                scratch.withUnsafeMutableBufferPointer {
                    if hasFactor {
                        Wavelet97.row(
                            low: coefficients, lowFactor: 0.3, high: high, highFactor: 0.7, startsOdd: startsOdd, count: count,
                            scratch: $0.baseAddress!, into: target)
                    } else {
                        Wavelet97.row(
                            low: low, high: high, highFactor: 0.7, startsOdd: startsOdd, count: count, scratch: $0.baseAddress!,
                            into: target)
                    }
                }
            }
            let expected = Plain.row(
                low: low, high: high.map { Float($0) * 0.7 }, startsOdd: startsOdd, count: count, steps: 4, filter: Plain.filter97)
            // Bit by bit: a sample must not depend on where in a row it stands.
            #expect(found == expected, "\(count)")
        }
    }

    @Test func liftingOfRowsIsThatOfSamples() {
        var random = SeededGenerator(3)
        for count in 0...35 {
            let rows = (0..<6).map { _ in (0..<count).map { _ in Int32.random(in: .min ... .max, using: &random) } }
            for step in 1...2 {
                let found = written(Int32.self, count, initial: rows[0]) {
                    if step == 1 {
                        Wavelet53.liftEven($0, above: rows[1], below: rows[2], count: count)
                    } else {
                        Wavelet53.liftOdd($0, above: rows[1], below: rows[2], count: count)
                    }
                }
                #expect(found == (0..<count).map { Plain.filter53(step, rows[0][$0], rows[1][$0], rows[2][$0]) })
            }
            let even = (0..<count).map { Plain.filter53(1, rows[2][$0], rows[1][$0], rows[3][$0]) }
            let odd = (0..<count).map { Plain.filter53(2, rows[1][$0], rows[0][$0], even[$0]) }
            let pair = written(Int32.self, 2 * count, initial: rows[1] + rows[2]) {
                Wavelet53.liftPair(above: rows[0], odd: $0, even: $0 + count, below: rows[3], count: count)
            }
            #expect(pair == odd + even)

            let numbers = rows.map { $0.map { Float($0 % 1000) } }
            for step in 1...4 {
                let found = written(Float.self, count, initial: numbers[0]) {
                    Wavelet97.lift(step: step, $0, above: numbers[1], below: numbers[2], count: count)
                }
                #expect(found == (0..<count).map { Plain.filter97(step, numbers[0][$0], numbers[1][$0], numbers[2][$0]) })
            }
            var lifted = numbers
            for step in 1...4 {
                let target = 5 - step
                lifted[target] = (0..<count).map {
                    Plain.filter97(step, lifted[target][$0], lifted[target - 1][$0], lifted[target + 1][$0])
                }
            }
            let four = written(Float.self, 4 * count, initial: numbers[1] + numbers[2] + numbers[3] + numbers[4]) {
                Wavelet97.liftFour(
                    above: numbers[0], $0, $0 + count, $0 + 2 * count, $0 + 3 * count, below: numbers[5], count: count)
            }
            #expect(four == lifted[1] + lifted[2] + lifted[3] + lifted[4])
        }
    }
}

@Suite struct JPEG2000SamplesTests {
    @Test func coefficients() {
        var random = SeededGenerator(1)
        for count in 0...35 {
            let numbers = (0..<count).map { Int32.random(in: $0 % 3 == 0 ? .min ... .max : -5...5, using: &random) }
            #expect(
                written(Int32.self, count) { JPEG2000Coefficients.whole(numbers, count: count, into: $0) } == numbers.map { $0 / 2 }
            )
            #expect(
                written(Float.self, count) { JPEG2000Coefficients.scaled(numbers, by: 0.3, count: count, into: $0) }
                    == numbers.map { Float($0) * 0.3 })
        }
    }

    @Test func rounding() {
        let special: [(Float, Int32)] = [
            (0.5, 0), (1.5, 2), (2.5, 2), (-0.5, 0), (-1.5, -2), (-2.5, -2), (0.49999997, 0), (-0.50000006, -1),
            (8388607.5, 8_388_608),
            (16777215, 16_777_215), (1e9, 1_000_000_000), (0x1p30, 1 << 30), (3e9, 1 << 30), (-3e9, -1 << 30), (.infinity, 1 << 30),
            (-.infinity, -1 << 30), (.nan, 1 << 30), (.leastNonzeroMagnitude, 0),
        ]
        for shift in 0..<4 {
            // Each number as part of a register and alone.
            let all = special.dropFirst(shift)
            let found = written(Int32.self, all.count) { JPEG2000Samples.round(all.map(\.0), count: all.count, into: $0) }
            #expect(found == all.map(\.1))
        }
        for (number, expected) in special {
            #expect(written(Int32.self, 1) { JPEG2000Samples.round([number], count: 1, into: $0) } == [expected])
        }
        var random = SeededGenerator(2)
        for count in 0...35 {
            let numbers = (0..<count).map { _ in Float.random(in: -3e5...3e5, using: &random) }
            let found = written(Int32.self, count) { JPEG2000Samples.round(numbers, count: count, into: $0) }
            #expect(found == numbers.map { Int32($0.rounded(.toNearestOrEven)) })
        }
    }

    @Test(arguments: 1...16, [false, true]) func levelShiftAndClamping(precision: Int, isSigned: Bool) {
        let offset: Int32 = isSigned ? 0 : 1 << Int32(precision - 1)
        let low: Int32 = isSigned ? -1 << Int32(precision - 1) : 0
        let high: Int32 = low + 1 << Int32(precision) - 1
        var random = SeededGenerator(UInt64(precision))
        for count in 0...40 {
            let bound: Int32 = 1 << Int32(precision)
            let numbers = (0..<count).map {
                Int32.random(in: $0 % 4 == 0 ? -100_000_000...100_000_000 : -bound...bound, using: &random)
            }
            let expected = numbers.map { max(low, min(high, $0 + offset)) }
            if precision <= 8 {
                let found = written(UInt8.self, count) {
                    JPEG2000Samples.store8(numbers, offset: offset, low: low, high: high, count: count, into: $0)
                }
                #expect(found == expected.map { UInt8(truncatingIfNeeded: $0) })
            }
            let found = written(UInt16.self, count) {
                JPEG2000Samples.store16(numbers, offset: offset, low: low, high: high, count: count, into: $0)
            }
            #expect(found == expected.map { UInt16(truncatingIfNeeded: $0) })
            let wide = written(Int32.self, count) {
                JPEG2000Samples.store32(numbers, offset: offset, low: low, high: high, count: count, into: $0)
            }
            #expect(wide == expected)
        }
    }

    @Test func componentTransforms() {
        var random = SeededGenerator(4)
        for count in 0...35 {
            let rows = (0..<3).map { _ in (0..<count).map { _ in Int32.random(in: -70000...70000, using: &random) } }
            let found = written(Int32.self, 3 * count) {
                JPEG2000Color.reversible(rows[0], rows[1], rows[2], count: count, red: $0, green: $0 + count, blue: $0 + 2 * count)
            }
            // G.2.1 is the forward transform; it loses nothing.
            if let found {
                for index in 0..<count {
                    let (r, g, b) = (found[index], found[count + index], found[2 * count + index])
                    #expect((r + 2 * g + b) >> 2 == rows[0][index] && b - g == rows[1][index] && r - g == rows[2][index])
                }
            }
            #expect(found != nil)

            let numbers = rows.map { $0.map { Float($0) / 256 } }
            let colors = written(Int32.self, 3 * count) {
                JPEG2000Color.irreversible(
                    numbers[0], numbers[1], numbers[2], count: count, red: $0, green: $0 + count, blue: $0 + 2 * count)
            }
            let expected = (0..<3).flatMap { band in
                (0..<count).map { index -> Int32 in
                    let (y, b, r) = (numbers[0][index], numbers[1][index], numbers[2][index])
                    let green: Float = y - 0.344136 * b - 0.714136 * r
                    let color = [y + 1.402 * r, green, y + 1.772 * b][band]
                    return Int32(color.rounded(.toNearestOrEven))
                }
            }
            #expect(colors == expected)
        }
    }
}
