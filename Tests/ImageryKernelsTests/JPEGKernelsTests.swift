import ImageryKernels
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct JPEGTransformTests {
    /// T.81 A.3.3 in floating point: cos((2x + 1) u pi / 16) / 2, with 1/sqrt 2 for u = 0.
    static let basis: [[Double]] = (0..<8).map { u -> [Double] in
        let scale: Double = u == 0 ? 0.125.squareRoot() : 0.5
        return (0..<8).map { x -> Double in
            let angle = Double((2 * x + 1) * u) * Double.pi / 16
            return scale * cos(angle)
        }
    }

    /// `forward`: samples to coefficients; else coefficients to samples.
    func transformed(_ block: [Double], forward: Bool) -> [Double] {
        func factor(_ out: Int, _ from: Int) -> Double { forward ? Self.basis[out][from] : Self.basis[from][out] }
        var half = [Double](repeating: 0, count: 64)
        var result = half
        for row in 0..<8 {
            for column in 0..<8 {
                for index in 0..<8 { half[8 * row + column] += factor(column, index) * block[8 * row + index] }
            }
        }
        for row in 0..<8 {
            for column in 0..<8 {
                for index in 0..<8 { result[8 * row + column] += factor(row, index) * half[8 * index + column] }
            }
        }
        return result
    }

    func inverse(_ coefficients: [Int16], _ quantisers: [UInt16], precision: Int) throws -> [Int] {
        let stride = 11
        let bytes = try #require(
            unsafe guarded(7 * stride * (precision > 8 ? 2 : 1) + 8 * (precision > 8 ? 2 : 1)) { target in
                if precision == 8 {
                    JPEGTransform.inverse8(
                        coefficients, quantisers, into: target.assumingMemoryBound(to: UInt8.self), stride: stride)
                } else {
                    JPEGTransform.inverse12(
                        coefficients, quantisers, into: target.assumingMemoryBound(to: UInt16.self), stride: stride)
                }
            })
        return (0..<64).map { place in
            let index = place / 8 * stride + place % 8
            return precision == 8 ? Int(bytes[index]) : Int(bytes[2 * index]) | Int(bytes[2 * index + 1]) << 8
        }
    }

    /// The figures of IEEE 1180-1990, for samples that T.81 can have: peak error, mean square error and mean error of each place and
    /// of all.
    @Test(arguments: [(8, 128), (8, 5), (8, 100), (12, 2048), (12, 300)]) func accuracyIsThatOfIEEE1180(precision: Int, range: Int)
        throws
    {
        var random = SeededGenerator(UInt64(range))
        let blocks = 600
        var (sums, squares, peak) = ([Double](repeating: 0, count: 64), [Double](repeating: 0, count: 64), 0)
        let center = 1 << (precision - 1)
        for _ in 0..<blocks {
            let samples = (0..<64).map { _ in Double(Int.random(in: -range..<range, using: &random)) }
            let coefficients = transformed(samples, forward: true).map { $0.rounded() }
            let expected = transformed(coefficients, forward: false).map {
                max(0, min(2 * center - 1, Int($0.rounded()) + center))
            }
            let found = try inverse(
                coefficients.map { Int16($0) }, [UInt16](repeating: 1, count: 64), precision: precision)
            for place in 0..<64 {
                let error = found[place] - expected[place]
                peak = max(peak, abs(error))
                sums[place] += Double(error)
                squares[place] += Double(error * error)
            }
        }
        let count = Double(blocks)
        #expect(peak <= 1)
        // Twelve bits have one bit less between the passes.
        guard precision == 8 else { return }
        #expect(squares.max()! / count <= 0.06)
        #expect(squares.reduce(0, +) / 64 / count <= 0.02)
        // A sixteenth of the standard's blocks: four times its bound for the mean of one place.
        #expect(sums.map(abs).max()! / count <= 0.06)
        #expect(abs(sums.reduce(0, +)) / 64 / count <= 0.003)
    }

    /// The inverse DCT of fewer points in floating point, within rounding.
    /// Blocks whose coefficients lie in the corner give the numbers that they give where all of them are looked at, up to those that
    /// overflow.
    @Test(arguments: [3, 40, 900, 32767]) func cornersAreBlocksWithLowFrequencies(largest: Int) throws {
        var random = SeededGenerator(UInt64(largest))
        for _ in 0..<300 {
            let coefficients = (0..<64).map { place in
                place / 8 < 4 && place % 8 < 4 ? Int16(Int.random(in: -largest...largest, using: &random)) : 0
            }
            let quantisers = (0..<64).map { _ in UInt16.random(in: 1...255, using: &random) }
            let bytes = try #require(
                unsafe guarded(8 * 8) { target in
                    JPEGTransform.inverseCorner8(
                        coefficients, quantisers, into: target.assumingMemoryBound(to: UInt8.self), stride: 8)
                })
            #expect(bytes.map { Int($0) } == (try inverse(coefficients, quantisers, precision: 8)))
        }
    }

    @Test func coefficientsThatAreNotZeroHaveTheirBit() {
        var random = SeededGenerator(11)
        for _ in 0..<200 {
            let mask = UInt64.random(in: 0 ... .max, using: &random) & UInt64.random(in: 0 ... .max, using: &random)
            let numbers: [Int16] = [-32768, -256, -1, 1, 128, 256, 32767]
            let coefficients = (0..<64).map { place in
                mask >> UInt64(place) & 1 == 1 ? numbers[Int.random(in: 0..<numbers.count, using: &random)] : 0
            }
            #expect(JPEGTransform.nonzero(coefficients) == mask)
        }
    }

    @Test(arguments: [1, 2, 4]) func fewerSamplesAreThoseOfASmallerTransform(size: Int) throws {
        var random = SeededGenerator(UInt64(size))
        func basis(_ u: Int, _ x: Int) -> Double {
            let angle = Double((2 * x + 1) * u) * Double.pi / Double(2 * size)
            return (u == 0 ? 1 : 2.0.squareRoot()) * cos(angle) / 8.0.squareRoot()
        }
        for _ in 0..<50 {
            let coefficients = (0..<64).map { _ in Int16.random(in: -90...90, using: &random) }
            let quantisers = (0..<64).map { _ in UInt16.random(in: 1...9, using: &random) }
            let found = try #require(
                unsafe guarded(size * size) {
                    JPEGTransform.reduced8(
                        coefficients, quantisers, size: size, into: $0.assumingMemoryBound(to: UInt8.self), stride: size)
                })
            for place in 0..<size * size {
                var sum = 128.0
                for v in 0..<size {
                    for u in 0..<size {
                        let number = Double(coefficients[8 * v + u]) * Double(quantisers[8 * v + u])
                        sum += number * basis(v, place / size) * basis(u, place % size)
                    }
                }
                #expect(abs(Double(found[place]) - max(0, min(255, sum))) <= 0.6)
            }
        }
    }

    /// Quantisers multiply, and a block of one coefficient is what the short way makes of it.
    @Test func quantisersAndFlatBlocks() throws {
        for value in stride(from: -140, through: 140, by: 7) {
            var coefficients = [Int16](repeating: 0, count: 64)
            coefficients[0] = Int16(value)
            let quantisers = [UInt16](repeating: 9, count: 64)
            let whole = try inverse(coefficients, quantisers, precision: 8)
            let exact = max(0, min(255, Double(value * 9) / 8 + 128))
            #expect(whole.allSatisfy { abs(Double($0) - exact) <= 0.5 })
            let flat = try #require(
                unsafe guarded(64) { JPEGTransform.flat8(Int16(value), 9, into: $0.assumingMemoryBound(to: UInt8.self), stride: 8) }
            )
            #expect(flat.map { Int($0) } == whole)
            var tripled = coefficients
            tripled[0] *= 3
            #expect(try inverse(tripled, [UInt16](repeating: 3, count: 64), precision: 8) == whole)
        }
    }
}

@Suite struct JPEGLinesTests {
    /// JFIF's equations in floating point: at most 1 from it, and half of a unit beyond rounding.
    @Test(arguments: [1, 15, 16, 40]) func colorsAreThoseOfJFIF(count: Int) throws {
        var random = SeededGenerator(3)
        for _ in 0..<40 {
            let lines = (0..<3).map { _ in random.bytes(count) }
            var outputs: [[UInt8]] = []
            for wanted in 0..<3 {
                var spare = [UInt8](repeating: 0, count: 2 * count)
                outputs.append(
                    try #require(
                        unsafe guarded(count) { target in
                            spare.withUnsafeMutableBufferPointer { spare in
                                let own = target.assumingMemoryBound(to: UInt8.self)
                                let (first, second) = (spare.baseAddress!, spare.baseAddress! + count)
                                JPEGColor.rgb8(
                                    lines[0], lines[1], lines[2], count: count, red: wanted == 0 ? own : first,
                                    green: wanted == 1 ? own : wanted == 0 ? first : second, blue: wanted == 2 ? own : second)
                            }
                        }))
            }
            for index in 0..<count {
                let (y, b, r) = (Double(lines[0][index]), Double(lines[1][index]) - 128, Double(lines[2][index]) - 128)
                let exact = [y + 1.402 * r, y - 0.344136 * b - 0.714136 * r, y + 1.772 * b]
                for band in 0..<3 { #expect(abs(Double(outputs[band][index]) - max(0, min(255, exact[band]))) <= 0.51) }
            }
        }
    }

    /// The triangle filter by its words: 3/4 of the nearer sample and 1/4 of the farther, borders being their own neighbours.
    @Test(arguments: [1, 2, 7, 8, 9, 24], [(false, false), (true, false), (true, true)])
    func linesAreDoubledByTheTriangleFilter(count: Int, sides: (Bool, Bool)) throws {
        var random = SeededGenerator(UInt64(count))
        let (near, far) = (random.bytes(count + 2), random.bytes(count + 2))
        func column(_ index: Int) -> Int { 1 + (index < 0 && !sides.0 ? 0 : index >= count && !sides.1 ? count - 1 : index) }
        let one = try #require(
            unsafe guarded(2 * count) { target in
                near.withUnsafeBufferPointer {
                    JPEGUpsampling.doubled8(
                        $0.baseAddress! + 1, count: count, hasLeft: sides.0, hasRight: sides.1,
                        into: target.assumingMemoryBound(to: UInt8.self))
                }
            })
        var sums = [UInt16](repeating: 0, count: count + 2)
        let two = try #require(
            unsafe guarded(2 * count) { target in
                near.withUnsafeBufferPointer { near in
                    far.withUnsafeBufferPointer { far in
                        JPEGUpsampling.doubled8(
                            near.baseAddress! + 1, far.baseAddress! + 1, count: count, hasLeft: sides.0, hasRight: sides.1,
                            sums: &sums, into: target.assumingMemoryBound(to: UInt8.self))
                    }
                }
            })
        for index in 0..<count {
            for side in 0..<2 {
                let neighbour = column(index + (side == 0 ? -1 : 1))
                let own = column(index)
                #expect(Int(one[2 * index + side]) == (3 * Int(near[own]) + Int(near[neighbour]) + 1 + side) >> 2)
                let blended = { (place: Int) in 3 * Int(near[place]) + Int(far[place]) }
                #expect(Int(two[2 * index + side]) == (3 * blended(own) + blended(neighbour) + 8 - side) >> 4)
            }
        }
    }
}
