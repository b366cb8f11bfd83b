import ImageryKernels
import TestSupport
import Testing

/// The way in, one sample at a time, as T.800 F.4.8 writes it, with the mirroring of F.4.7.
private enum Plain {
    static func analyse<T>(
        _ row: [T], startsOdd: Bool, steps: Int, filter: (Int, T, T, T) -> T
    ) -> (low: [T], high: [T]) {
        var row = row
        let even = startsOdd ? 1 : 0
        for step in 1...steps {
            for index in row.indices where (index % 2 != even) == (step % 2 == 1) {
                let left = index > 0 ? index - 1 : 1
                let right = index + 1 < row.count ? index + 1 : row.count - 2
                row[index] = filter(step, row[index], row[left], row[right])
            }
        }
        return (
            row.indices.filter { $0 % 2 == even }.map { row[$0] }, row.indices.filter { $0 % 2 != even }.map { row[$0] }
        )
    }

    static func filter53(_ step: Int, _ sample: Int32, _ left: Int32, _ right: Int32) -> Int32 {
        step == 1 ? sample - ((left + right) >> 1) : sample + ((left + right + 2) >> 2)
    }

    static func filter97(_ step: Int, _ sample: Float, _ left: Float, _ right: Float) -> Float {
        let factors: [Float] = [-1.586134342059924, -0.052980118572961, 0.882911075530934, 0.443506852043971]
        return sample + factors[step - 1] * (left + right)
    }
}

@Suite struct JPEG2000ForwardTests {
    @Test(arguments: [false, true]) func rows(startsOdd: Bool) {
        var generator = SeededGenerator(11)
        for count in 2...70 {
            let row = (0..<count).map { _ in Int32.random(in: -1000...1000, using: &generator) }
            var low = [Int32](repeating: -7, count: startsOdd ? count / 2 : (count + 1) / 2)
            var high = [Int32](repeating: -7, count: count - low.count)
            Wavelet53.analyse(row, startsOdd: startsOdd, count: count, low: &low, high: &high)
            let wanted = Plain.analyse(row, startsOdd: startsOdd, steps: 2, filter: Plain.filter53)
            #expect(low == wanted.low && high == wanted.high, "\(count)")

            let reals = row.map { Float($0) / 8 }
            var realLow = [Float](repeating: -7, count: low.count)
            var realHigh = [Float](repeating: -7, count: high.count)
            Wavelet97.analyse(reals, startsOdd: startsOdd, count: count, low: &realLow, high: &realHigh)
            let real = Plain.analyse(reals, startsOdd: startsOdd, steps: 4, filter: Plain.filter97)
            #expect(zip(realLow + realHigh, real.low + real.high).allSatisfy { abs($0 - $1) < 1e-3 }, "\(count)")
        }
    }

    /// Steps on rows, one by one and together.
    @Test func columns() {
        var generator = SeededGenerator(12)
        for count in 0...37 {
            let rows = (0..<6).map { _ in (0..<count).map { _ in Int32.random(in: -1000...1000, using: &generator) } }
            func step(_ step: Int, _ row: [Int32], _ above: [Int32], _ below: [Int32]) -> [Int32] {
                row.indices.map { Plain.filter53(step, row[$0], above[$0], below[$0]) }
            }
            var odd = rows[2]
            Wavelet53.lowerOdd(&odd, above: rows[1], below: rows[3], count: count)
            #expect(odd == step(1, rows[2], rows[1], rows[3]))
            var even = rows[1]
            Wavelet53.raiseEven(&even, above: rows[0], below: odd, count: count)
            #expect(even == step(2, rows[1], rows[0], odd))
            var pair = (rows[1], rows[2])
            Wavelet53.lowerPair(above: rows[0], even: &pair.0, odd: &pair.1, below: rows[3], count: count)
            #expect(pair.0 == even && pair.1 == odd)

            let reals = rows.map { $0.map { Float($0) / 8 } }
            var wanted = reals
            for step in 1...4 {
                let target = 5 - step
                Wavelet97.liftForward(
                    step: step, &wanted[target], above: reals[target - 1], below: wanted[target + 1], count: count)
                let plain = reals[target].indices.map {
                    Plain.filter97(step, reals[target][$0], reals[target - 1][$0], wanted[target + 1][$0])
                }
                #expect(wanted[target].count == plain.count)
                #expect(zip(wanted[target], plain).allSatisfy { abs($0 - $1) < 1e-3 })
            }
            var (one, two, three, four) = (reals[1], reals[2], reals[3], reals[4])
            Wavelet97.liftFourForward(above: reals[0], &one, &two, &three, &four, below: reals[5], count: count)
            #expect([one, two, three, four] == [wanted[1], wanted[2], wanted[3], wanted[4]])
        }
    }

    @Test func quantisation() {
        var generator = SeededGenerator(13)
        for count in 0...21 {
            let numbers = (0..<count).map { _ in Int32.random(in: -70_000...70_000, using: &generator) }
            var words = [UInt32](repeating: 9, count: count)
            let all = JPEG2000Coefficients.signsAndMagnitudes(numbers, count: count, into: &words)
            #expect(words == numbers.map { UInt32($0.magnitude) | ($0 < 0 ? 1 << 31 : 0) })
            #expect(all == numbers.reduce(0) { $0 | UInt32($1.magnitude) })

            let reals = numbers.map { Float($0) / 7 }
            let some = JPEG2000Coefficients.quantise(reals, by: 0.75, count: count, into: &words)
            let wanted = reals.map { UInt32($0.magnitude * 0.75) | ($0 < 0 ? 1 << 31 : 0) }
            #expect(words == wanted && some == wanted.reduce(0) { $0 | $1 & 0x7fff_ffff })
        }
    }

    @Test func colorsAndSamples() {
        var generator = SeededGenerator(14)
        for count in [0, 1, 7, 33] {
            let rows = (0..<3).map { _ in (0..<count).map { _ in Int32.random(in: -128...127, using: &generator) } }
            var whole = [[Int32]](repeating: [Int32](repeating: 0, count: count), count: 3)
            var real = [[Float]](repeating: [Float](repeating: 0, count: count), count: 3)
            for part in 0..<3 {
                JPEG2000Color.forwardReversible(component: part, rows[0], rows[1], rows[2], count: count, into: &whole[part])
                JPEG2000Color.forwardIrreversible(component: part, rows[0], rows[1], rows[2], count: count, into: &real[part])
            }
            for n in 0..<count {
                let (r, g, b) = (rows[0][n], rows[1][n], rows[2][n])
                #expect(whole[0][n] == (r + 2 * g + b) >> 2 && whole[1][n] == b - g && whole[2][n] == r - g)
                // The matrix of G-9 to G-11, to five digits.
                let rgb = [Double(r), Double(g), Double(b)]
                let matrix = [[0.299, 0.587, 0.114], [-0.16875, -0.33126, 0.5], [0.5, -0.41869, -0.08131]]
                for part in 0..<3 {
                    let wanted = zip(matrix[part], rgb).reduce(0) { $0 + $1.0 * $1.1 }
                    #expect(abs(Double(real[part][n]) - wanted) < 0.01)
                }
            }
            let bytes = rows[0].map { UInt8(truncatingIfNeeded: $0) }
            var numbers = [Int32](repeating: 0, count: count)
            JPEG2000Samples.load(bytes, offset: 128, count: count, into: &numbers)
            #expect(numbers == bytes.map { Int32($0) - 128 })
            let words = rows[0].map { Int16($0 * 200) }
            JPEG2000Samples.load(words, offset: 0, count: count, into: &numbers)
            #expect(numbers == words.map { Int32($0) })
            if count > 0 { #expect(JPEG2000Samples.range(numbers, count: count) == numbers.min()!...numbers.max()!) }
        }
    }
}
