import ImageryKernels
import TestSupport
import Testing

@Suite struct JPEGForwardTransformTests {
    /// The forward transform by the equations of the field's reference encoder (constants of 13 fraction bits, rows first): 8 times the
    /// coefficients.
    private func reference(_ samples: [Int], precision: Int) -> [Int] {
        let bits = precision == 8 ? 2 : 1
        func pass(_ x: [Int], shift: Int, _ ends: (Int) -> Int) -> [Int] {
            let s = (0..<4).map { x[$0] + x[7 - $0] }
            let d = (0..<4).map { x[$0] - x[7 - $0] }
            func rounded(_ value: Int) -> Int { (value + 1 << (shift - 1)) >> shift }
            let (t0, t1, t2, t3) = (s[0] + s[3], s[1] + s[2], s[1] - s[2], s[0] - s[3])
            let z5 = (d[0] + d[1] + d[2] + d[3]) * 9633
            let (z1, z2) = (-(d[3] + d[0]) * 7373, -(d[2] + d[1]) * 20995)
            let (z3, z4) = (z5 - (d[3] + d[1]) * 16069, z5 - (d[2] + d[0]) * 3196)
            let z = (t2 + t3) * 4433
            return [
                ends(t0 + t1), rounded(d[0] * 12299 + z1 + z4), rounded(z + t3 * 6270), rounded(d[1] * 25172 + z2 + z3),
                ends(t0 - t1), rounded(d[2] * 16819 + z2 + z4), rounded(z - t2 * 15137), rounded(d[3] * 2446 + z1 + z3),
            ]
        }
        var work = [Int](repeating: 0, count: 64)
        for row in 0..<8 {
            let line = (0..<8).map { samples[8 * row + $0] - 1 << (precision - 1) }
            for (column, value) in pass(line, shift: 13 - bits, { $0 << bits }).enumerated() { work[8 * row + column] = value }
        }
        for column in 0..<8 {
            let line = pass((0..<8).map { work[8 * $0 + column] }, shift: 13 + bits) { ($0 + 1 << (bits - 1)) >> bits }
            for (row, value) in line.enumerated() { work[8 * row + column] = value }
        }
        return work
    }

    /// Blocks of `precision` bits: noise of several strengths, and what gives the largest coefficients.
    private func blocks(_ precision: Int) -> [[Int]] {
        var random = SeededGenerator(11)
        let top = 1 << precision - 1
        var result: [[Int]] = [[Int](repeating: 0, count: 64), [Int](repeating: top, count: 64)]
        for u in 0..<8 {
            for v in 0..<8 {
                // The signs of a basis function, and the opposite.
                let signs = (0..<64).map { JPEGTransformTests.basis[v][$0 / 8] * JPEGTransformTests.basis[u][$0 % 8] >= 0 }
                result.append(signs.map { $0 ? top : 0 })
                result.append(signs.map { $0 ? 0 : top })
            }
        }
        for strength in [2, 20, top + 1] {
            for _ in 0..<60 {
                let base = Int.random(in: 0...(top + 1 - strength), using: &random)
                result.append((0..<64).map { _ in base + Int.random(in: 0..<strength, using: &random) })
            }
        }
        return result
    }

    private func forward(_ block: [Int], _ quantisers: JPEGQuantisers, precision: Int) throws -> (numbers: [Int], mask: UInt64) {
        let stride = 11
        var mask: UInt64 = 0
        let bytes = try #require(
            unsafe guarded(128) { target in
                let coefficients = target.assumingMemoryBound(to: Int16.self)
                var samples = [UInt16](repeating: 77, count: 7 * stride + 8)
                for index in 0..<64 { samples[index / 8 * stride + index % 8] = UInt16(block[index]) }
                if precision == 8 {
                    mask = JPEGTransform.forward8(
                        samples.map { UInt8($0) }, stride: stride, quantisers.pointer, into: coefficients)
                } else {
                    mask = JPEGTransform.forward12(samples, stride: stride, quantisers.pointer, into: coefficients)
                }
            })
        return ((0..<64).map { Int(Int16(truncatingIfNeeded: Int(bytes[2 * $0]) | Int(bytes[2 * $0 + 1]) << 8)) }, mask)
    }

    /// Sample by sample what the equations give, quantised by the rule: half away from zero.
    @Test(arguments: [8, 12]) func isTheReferenceEncoders(precision: Int) throws {
        var random = SeededGenerator(5)
        for block in blocks(precision) {
            let exact = reference(block, precision: precision)
            let quantisers = (0..<64).map { _ in
                UInt8.random(in: 1...255, using: &random) >> UInt8.random(in: 0...7, using: &random)
            }
            .map { max(1, $0) }
            let expected = zip(exact, quantisers).map { number, quantiser -> Int in
                let size = (abs(number) + 4 * Int(quantiser)) / (8 * Int(quantiser))
                return number < 0 ? -size : size
            }
            let found = try forward(block, JPEGQuantisers(quantisers), precision: precision)
            #expect(found.numbers == expected)
            #expect(found.mask == expected.enumerated().reduce(0 as UInt64) { $1.element == 0 ? $0 : $0 | 1 << UInt64($1.offset) })
        }
    }

    /// T.81 A.3.3 in floating point: a coefficient differs by its rounding, that of the first pass, and what 13 fraction bits of the
    /// constants leave of it.
    @Test(arguments: [8, 12]) func isNearTheTransformOfTheStandard(precision: Int) throws {
        let ones = JPEGQuantisers([UInt8](repeating: 1, count: 64))
        let center = 1 << (precision - 1)
        for block in blocks(precision) {
            let exact = JPEGTransformTests().transformed(block.map { Double($0 - center) }, forward: true)
            let found = try forward(block, ones, precision: precision).numbers
            let largest = exact.map { abs($0) }.max() ?? 0
            for index in 0..<64 { #expect(abs(Double(found[index]) - exact[index]) < 0.6 + largest / 8192) }
        }
    }

    /// The division without division, for every number that a block of 8 bits can have and every quantiser.
    @Test func quantisersDivideExactly() {
        for quantiser in 1...255 {
            let quantisers = JPEGQuantisers([UInt8](repeating: UInt8(quantiser), count: 64))
            let words = quantisers.pointer
            defer { withExtendedLifetime(quantisers) {} }
            let (half, factor, scale) = (Int(words[0]), Int(words[64]), Int(words[128]))
            #expect(half == 4 * quantiser)
            var wrong = 0
            for number in stride(from: 0, to: 9300, by: 1) {
                let sum = number + half
                if ((sum * factor) >> 16 * scale) >> 16 != sum / (8 * quantiser) { wrong += 1 }
            }
            #expect(wrong == 0)
        }
    }
}

@Suite struct JPEGForwardLinesTests {
    /// JFIF's equations in floating point: at most half a unit from it and what 16 fraction bits leave.
    @Test(arguments: [1, 15, 16, 17, 40]) func colorsAreThoseOfJFIF(count: Int) throws {
        var random = SeededGenerator(3)
        for round in 0..<40 {
            var lines = (0..<3).map { _ in random.bytes(count) }
            // The corners of the cube too.
            if round < 8 { lines = (0..<3).map { [UInt8](repeating: round >> $0 & 1 == 0 ? 0 : 255, count: count) } }
            let wide = lines.map { $0.map { UInt16($0) * 16 } }
            for precision in [8, 12] {
                let size = precision == 8 ? 1 : 2
                let bytes = try #require(
                    unsafe guarded(3 * count * size) { target in
                        if precision == 8 {
                            let own = target.assumingMemoryBound(to: UInt8.self)
                            JPEGColor.ycc8(
                                lines[0], lines[1], lines[2], count: count, y: own, cb: own + count, cr: own + 2 * count)
                        } else {
                            let own = target.assumingMemoryBound(to: UInt16.self)
                            JPEGColor.ycc16(
                                wide[0], wide[1], wide[2], precision: 12, count: count, y: own, cb: own + count, cr: own + 2 * count
                            )
                        }
                    })
                for index in 0..<count {
                    let scale = precision == 8 ? 1.0 : 16.0
                    let (r, g, b) = (
                        Double(lines[0][index]) * scale, Double(lines[1][index]) * scale, Double(lines[2][index]) * scale
                    )
                    let center = Double(1 << (precision - 1))
                    let exact = [
                        0.299 * r + 0.587 * g + 0.114 * b, -0.168735892 * r - 0.331264108 * g + 0.5 * b + center,
                        0.5 * r - 0.418687589 * g - 0.081312411 * b + center,
                    ]
                    for band in 0..<3 {
                        let found = Double(bytes.integer(at: (band * count + index) * size, size: size))
                        #expect(abs(found - exact[band]) <= 0.51 + (precision == 12 ? 0.06 : 0))
                    }
                }
            }
        }
    }

    /// The means by their words, in both widths.
    @Test(arguments: [1, 2, 15, 16, 17, 33]) func chrominanceIsMadeOfMeans(count: Int) throws {
        var random = SeededGenerator(UInt64(count))
        let (upper, lower) = (random.bytes(4 * count), random.bytes(4 * count))
        func output(_ body: (UnsafeMutablePointer<UInt8>) -> Void) throws -> [Int] {
            try #require(unsafe guarded(count) { body($0.assumingMemoryBound(to: UInt8.self)) }).map { Int($0) }
        }
        func wideOutput(_ body: (UnsafeMutablePointer<UInt16>) -> Void) throws -> [Int] {
            let bytes = try #require(unsafe guarded(2 * count) { body($0.assumingMemoryBound(to: UInt16.self)) })
            return (0..<count).map { Int(bytes.integer(at: 2 * $0, size: 2)) }
        }
        let (wideUpper, wideLower) = (upper.map { UInt16($0) << 4 }, lower.map { UInt16($0) << 4 })
        for scale in [1, 16] {
            func sample(_ line: [UInt8], _ index: Int) -> Int { Int(line[index]) * scale }
            let half = (0..<count).map { (sample(upper, 2 * $0) + sample(upper, 2 * $0 + 1) + $0 % 2) / 2 }
            let quarter = (0..<count).map { index -> Int in
                let top = sample(upper, 2 * index) + sample(upper, 2 * index + 1)
                return (top + sample(lower, 2 * index) + sample(lower, 2 * index + 1) + 1 + index % 2) / 4
            }
            let fourth = (0..<count).map { index in ((0..<4).reduce(2) { $0 + sample(upper, 4 * index + $1) }) / 4 }
            if scale == 1 {
                #expect(try output { JPEGDownsampling.half8(upper, count: count, into: $0) } == half)
                #expect(try output { JPEGDownsampling.quarter8(upper, lower, count: count, into: $0) } == quarter)
                #expect(try output { JPEGDownsampling.fourth8(upper, count: count, into: $0) } == fourth)
            } else {
                #expect(try wideOutput { JPEGDownsampling.half16(wideUpper, count: count, into: $0) } == half)
                #expect(try wideOutput { JPEGDownsampling.quarter16(wideUpper, wideLower, count: count, into: $0) } == quarter)
                #expect(try wideOutput { JPEGDownsampling.fourth16(wideUpper, count: count, into: $0) } == fourth)
            }
        }
    }

    /// T.81 table H.1 in whole numbers, modulo 2^16.
    @Test(arguments: 1...7) func differencesFollowTableH1(predictor: Int) throws {
        var random = SeededGenerator(UInt64(predictor))
        for count in [0, 1, 7, 8, 40] {
            let samples = (0...count).map { _ in UInt16.random(in: .min ... .max, using: &random) }
            let above = (0...count).map { _ in UInt16.random(in: .min ... .max, using: &random) }
            let bytes = try #require(
                unsafe guarded(2 * count) { target in
                    samples.withUnsafeBufferPointer { samples in
                        above.withUnsafeBufferPointer { above in
                            JPEGPrediction.differences(
                                samples.baseAddress! + 1, above: above.baseAddress! + 1, predictor: predictor, count: count,
                                into: target.assumingMemoryBound(to: UInt16.self))
                        }
                    }
                })
            for index in 0..<count {
                let (a, b, c) = (Int(samples[index]), Int(above[index + 1]), Int(above[index]))
                let prediction = [a, b, c, a + b - c, a + (b - c) >> 1, b + (a - c) >> 1, (a + b) >> 1][predictor - 1]
                let expected = UInt16(truncatingIfNeeded: Int(samples[index + 1]) - prediction)
                #expect(bytes.integer(at: 2 * index, size: 2) == UInt64(expected))
            }
        }
    }
}
