import ImageryKernels
import TestSupport
import Testing

@Suite struct InterleaveTests {
    /// Sample sizes with the swap units that fit them.
    static let shapes = [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (4, 4), (4, 2), (8, 1), (8, 8), (8, 4), (16, 1), (16, 8), (16, 4)]

    /// The bands of chunky pixels, byte by byte.
    func planar(_ chunky: [UInt8], samples: Int, sampleBytes: Int, swapUnit: Int, count: Int) -> [[UInt8]] {
        (0..<samples).map { band in
            (0..<count).flatMap { pixel in
                let start = (pixel * samples + band) * sampleBytes
                return Array(chunky[start..<start + sampleBytes]).swapped(swapUnit)
            }
        }
    }

    @Test(arguments: shapes) func bandsAndBack(sampleBytes: Int, swapUnit: Int) {
        var random = SeededGenerator(UInt64(sampleBytes * 100 + swapUnit))
        for samples in 1...9 {
            for count in [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 50, 67] {
                let size = count * sampleBytes
                let gap = Int(random.next() % 4)
                let chunky = random.bytes(size * samples)
                let bands = planar(chunky, samples: samples, sampleBytes: sampleBytes, swapUnit: swapUnit, count: count)
                let filler = [UInt8](repeating: 0xA5, count: gap)
                let expected = Array(bands.joined(separator: filler))
                let separated = unsafe guarded(expected.count, shift: count % 7) { to in
                    unsafe lend(chunky, shift: count % 3) {
                        unsafe SampleInterleaving.deinterleave(
                            $0, samples: samples, sampleBytes: sampleBytes, swapUnit: swapUnit, count: count, into: to,
                            bandStride: size + gap)
                    }
                }
                #expect(separated == expected, "\(samples) x \(sampleBytes) bytes, unit \(swapUnit), \(count) pixels")
                let joined = unsafe guarded(chunky.count, shift: count % 5) { to in
                    unsafe lend(expected, shift: count % 3) {
                        unsafe SampleInterleaving.interleave(
                            $0, bandStride: size + gap, samples: samples, sampleBytes: sampleBytes, swapUnit: swapUnit,
                            count: count, into: to)
                    }
                }
                #expect(joined == chunky, "\(samples) x \(sampleBytes) bytes, unit \(swapUnit), \(count) pixels")
            }
        }
    }

    @Test(arguments: shapes) func oneBand(sampleBytes: Int, swapUnit: Int) {
        var random = SeededGenerator(UInt64(sampleBytes * 100 + swapUnit))
        for samples in 1...6 {
            for count in [0, 1, 2, 3, 9, 16, 33] {
                let chunky = random.bytes(count * sampleBytes * samples)
                let bands = planar(chunky, samples: samples, sampleBytes: sampleBytes, swapUnit: swapUnit, count: count)
                for band in 0..<samples {
                    let out = unsafe guarded(count * sampleBytes, shift: band) { to in
                        unsafe lend(chunky, shift: band) {
                            unsafe SampleInterleaving.extract(
                                $0 + (count == 0 ? 0 : band * sampleBytes), step: samples, sampleBytes: sampleBytes,
                                swapUnit: swapUnit, count: count, into: to)
                        }
                    }
                    #expect(out == bands[band], "band \(band) of \(samples) x \(sampleBytes) bytes, \(count) pixels")
                    guard count > 0 else { continue }
                    let merged = unsafe guarded(chunky.count, initial: chunky) { to in
                        unsafe lend([UInt8](repeating: 7, count: count * sampleBytes), shift: band) {
                            unsafe SampleInterleaving.insert(
                                $0, sampleBytes: sampleBytes, swapUnit: swapUnit, count: count,
                                into: to + band * sampleBytes, step: samples)
                        }
                    }
                    let expected = chunky.indices.map { $0 / sampleBytes % samples == band ? 7 : chunky[$0] }
                    #expect(merged == expected, "band \(band) into \(samples) x \(sampleBytes) bytes, \(count) pixels")
                }
            }
        }
    }
}
