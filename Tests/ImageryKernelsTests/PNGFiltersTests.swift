import ImageryKernels
import TestSupport
import Testing

@Suite struct PNGFiltersTests {
    /// The predictor of filter `type` by the words of clause 9.
    func predicted(_ type: UInt8, a: Int, b: Int, c: Int) -> Int {
        switch type {
        case 1: return a
        case 2: return b
        case 3: return (a + b) / 2
        case 4:
            let p = a + b - c
            let pa = abs(p - a)
            let pb = abs(p - b)
            let pc = abs(p - c)
            return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
        default: return 0
        }
    }

    func filtered(_ type: UInt8, _ raw: [UInt8], prior: [UInt8]?, bytesPerPixel: Int) -> [UInt8] {
        raw.indices.map { i in
            let a = i < bytesPerPixel ? 0 : Int(raw[i - bytesPerPixel])
            let b = Int(prior?[i] ?? 0)
            let c = i < bytesPerPixel ? 0 : Int(prior?[i - bytesPerPixel] ?? 0)
            return UInt8(truncatingIfNeeded: Int(raw[i]) - predicted(type, a: a, b: b, c: c))
        }
    }

    /// Rows of noise, and smooth ones in which the Paeth predictor meets its ties.
    func row(_ count: Int, smooth: Bool, _ random: inout SeededGenerator) -> [UInt8] {
        let noise = random.bytes(count)
        return smooth ? noise.map { 100 + $0 % 4 } : noise
    }

    @Test(arguments: [1, 2, 3, 4, 6, 8], [false, true]) func unfilterAndFilter(bytesPerPixel: Int, smooth: Bool) {
        var random = SeededGenerator(UInt64(bytesPerPixel))
        for pixels in [0, 1, 2, 3, 4, 5, 7, 8, 11, 16, 21, 35, 50] {
            let count = pixels * bytesPerPixel
            for type in UInt8(0)...4 {
                for above in [row(count, smooth: smooth, &random), nil] {
                    let raw = row(count, smooth: smooth, &random)
                    let stored = filtered(type, raw, prior: above, bytesPerPixel: bytesPerPixel)
                    var known = true
                    let undo: (UnsafeRawPointer, UnsafeMutableRawPointer) -> Void = { from, to in
                        if let above {
                            unsafe lend(above, shift: pixels % 3) {
                                known = unsafe PNGFilters.unfilter(
                                    type, from, prior: $0, into: to, rowBytes: count, bytesPerPixel: bytesPerPixel)
                            }
                        } else {
                            known = unsafe PNGFilters.unfilter(
                                type, from, prior: nil, into: to, rowBytes: count, bytesPerPixel: bytesPerPixel)
                        }
                    }
                    let out = unsafe guarded(count, shift: pixels % 5) { to in
                        unsafe lend(stored, shift: 1) { unsafe undo($0, to) }
                    }
                    #expect(out == raw, "type \(type), \(pixels) pixels, first row \(above == nil)")
                    let inPlace = unsafe guarded(count, initial: stored) { unsafe undo($0, $0) }
                    #expect(inPlace == raw, "type \(type), \(pixels) pixels, first row \(above == nil), in place")
                    #expect(known)

                    var sum = 0
                    let coded = unsafe guarded(count, shift: pixels % 5) { to in
                        unsafe lend(raw, shift: 1) { from in
                            if let above {
                                unsafe lend(above) {
                                    sum = unsafe PNGFilters.filter(
                                        type, from, prior: $0, into: to, rowBytes: count, bytesPerPixel: bytesPerPixel)
                                }
                            } else {
                                sum = unsafe PNGFilters.filter(
                                    type, from, prior: nil, into: to, rowBytes: count, bytesPerPixel: bytesPerPixel)
                            }
                        }
                    }
                    #expect(coded == stored, "type \(type), \(pixels) pixels, first row \(above == nil)")
                    #expect(sum == stored.reduce(0) { $0 + abs(Int(Int8(bitPattern: $1))) })
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 6, 8], [false, true]) func paethOfTwoRows(bytesPerPixel: Int, smooth: Bool) {
        var random = SeededGenerator(UInt64(bytesPerPixel))
        for pixels in [0, 1, 2, 3, 4, 5, 7, 8, 11, 16, 21, 35, 50] {
            let count = pixels * bytesPerPixel
            let above = row(count, smooth: smooth, &random)
            let upper = row(count, smooth: smooth, &random)
            let lower = row(count, smooth: smooth, &random)
            let stored =
                filtered(4, upper, prior: above, bytesPerPixel: bytesPerPixel)
                + filtered(4, lower, prior: upper, bytesPerPixel: bytesPerPixel)
            let undo: (UnsafeRawPointer, UnsafeMutableRawPointer) -> Void = { from, to in
                unsafe lend(above, shift: pixels % 3) {
                    unsafe PNGFilters.unfilterPaethPair(
                        from, from + count, prior: $0, into: to, to + count, rowBytes: count, bytesPerPixel: bytesPerPixel)
                }
            }
            let out = unsafe guarded(count * 2, shift: pixels % 5) { to in
                unsafe lend(stored, shift: 1) { unsafe undo($0, to) }
            }
            #expect(out == upper + lower, "\(pixels) pixels")
            let inPlace = unsafe guarded(count * 2, initial: stored) { unsafe undo($0, $0) }
            #expect(inPlace == upper + lower, "\(pixels) pixels in place")
        }
    }

    /// All that the predictor can see: differences of every size and sign around ties.
    @Test func paethOnEveryPairOfDifferences() {
        for c in [0, 1, 127, 254, 255] {
            // Pixels of one byte: left to right the row above is c, b and the row itself a, x.
            for a in stride(from: 0, through: 255, by: 5) {
                var prior: [UInt8] = []
                var raw: [UInt8] = []
                for b in stride(from: 0, through: 255, by: 5) {
                    prior += [UInt8(c), UInt8(b)]
                    raw += [UInt8(a), 99]
                }
                let stored = filtered(4, raw, prior: prior, bytesPerPixel: 1)
                let out = unsafe guarded(raw.count) { to in
                    unsafe lend(prior) { above in
                        unsafe lend(stored) {
                            _ = unsafe PNGFilters.unfilter(
                                4, $0, prior: above, into: to, rowBytes: raw.count, bytesPerPixel: 1)
                        }
                    }
                }
                #expect(out == raw)
            }
        }
    }

    @Test func unknownTypeIsRefused() {
        let out = unsafe guarded(8) { to in
            unsafe lend([UInt8](repeating: 1, count: 8)) { from in
                for type in [5, 128, 255] as [UInt8] {
                    #expect(unsafe !PNGFilters.unfilter(type, from, prior: nil, into: to, rowBytes: 8, bytesPerPixel: 1))
                }
            }
        }
        #expect(out == [UInt8](repeating: 0xA5, count: 8))
    }
}
