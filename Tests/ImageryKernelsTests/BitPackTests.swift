import ImageryKernels
import TestSupport
import Testing

/// Packing of bits, bit by bit.
private func packed(_ values: [Int64], bits: Int, offset: Int, before: [UInt8]) -> [UInt8] {
    var all: [Bool] = []
    for byte in before { for place in 0..<8 { all.append(byte >> UInt8(7 - place) & 1 == 1) } }
    all = Array(all.prefix(offset))
    for value in values { for place in 0..<bits { all.append(value >> Int64(bits - 1 - place) & 1 == 1) } }
    while all.count % 8 != 0 { all.append(false) }
    return stride(from: 0, to: all.count, by: 8).map { start in (0..<8).reduce(0) { $0 << 1 | (all[start + $1] ? 1 : 0) } }
}

@Suite struct BitPackTests {
    private func check<Sample: FixedWidthInteger & BitwiseCopyable>(_ type: Sample.Type) {
        var random = SeededGenerator(UInt64(Sample.bitWidth) + (Sample.isSigned ? 1 : 0))
        for bits in 1...Sample.bitWidth {
            for count in [0, 1, 3, 8, 17, 40] {
                let offset = Int(random.next() % 20)
                let mask: UInt64 = bits == 64 ? .max : (1 << UInt64(bits)) - 1
                let values: [Sample] = (0..<count).map { _ in
                    let raw = random.next() & mask
                    let shift = UInt64(64 - bits)
                    return Sample.isSigned
                        ? Sample(truncatingIfNeeded: Int64(bitPattern: raw << shift) >> Int64(shift))
                        : Sample(truncatingIfNeeded: raw)
                }
                let size: Int = offset / 8 + count * bits / 8 + 12
                var target: [UInt8] = random.bytes(size)
                let before = target
                let fits = values.withUnsafeBytes { source in
                    target.withUnsafeMutableBytes { place in
                        count == 0
                            || BitPack.pack(
                                source.baseAddress!, sampleBytes: MemoryLayout<Sample>.size, signed: Sample.isSigned, count: count,
                                bits: bits, into: place.baseAddress!, bitOffset: offset)
                    }
                }
                #expect(fits)
                guard count > 0 else { continue }
                let expected = packed(values.map { Int64(truncatingIfNeeded: $0) }, bits: bits, offset: offset, before: before)
                #expect(Array(target.prefix(expected.count)) == expected, "\(type) \(bits) bits, \(count) at \(offset)")
                #expect(target.dropFirst(expected.count) == before.dropFirst(expected.count))
            }
        }
    }

    @Test func everyTypeAndWidth() {
        check(UInt8.self)
        check(Int8.self)
        check(UInt16.self)
        check(Int16.self)
        check(UInt32.self)
        check(Int32.self)
        check(UInt64.self)
        check(Int64.self)
    }

    @Test func samplesThatDoNotFitAreFound() {
        func fits<Sample: FixedWidthInteger & BitwiseCopyable>(_ values: [Sample], bits: Int) -> Bool {
            var target = [UInt8](repeating: 0, count: 64)
            return values.withUnsafeBytes { source in
                target.withUnsafeMutableBytes {
                    BitPack.pack(
                        source.baseAddress!, sampleBytes: MemoryLayout<Sample>.size, signed: Sample.isSigned, count: values.count,
                        bits: bits,
                        into: $0.baseAddress!)
                }
            }
        }
        #expect(fits([4095, 0] as [UInt16], bits: 12))
        #expect(!fits([4096, 0] as [UInt16], bits: 12))
        #expect(fits([-2048, 2047] as [Int16], bits: 12))
        #expect(!fits([-2049, 2047] as [Int16], bits: 12))
        #expect(!fits([2048] as [Int16], bits: 12))
        #expect(fits([UInt8](repeating: 1, count: 9), bits: 1))
        #expect(!fits([UInt8](repeating: 0, count: 8) + [2], bits: 1))
        #expect(!fits([2] + [UInt8](repeating: 0, count: 8), bits: 1))
    }
}

@Suite struct MatchesTests {
    @Test func equalSamplesAreCounted() {
        var random = SeededGenerator(5)
        for size in [1, 2, 4, 8, 16] {
            for count in 0..<70 {
                let values: [UInt8] = random.bytes(count * size).map { $0 & 1 }
                let pattern = [UInt8](repeating: 1, count: size - 1) + [0]
                let expected = (0..<count).count { Array(values[$0 * size..<($0 + 1) * size]) == pattern }
                let bytes = values + [0]
                #expect(
                    bytes.withUnsafeBytes { source in
                        pattern.withUnsafeBytes {
                            Matches.count(source.baseAddress!, pattern: $0.baseAddress!, sampleBytes: size, count: count)
                        }
                    } == expected)
            }
        }
    }
}
