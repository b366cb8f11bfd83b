import ImageryZstandard
import TestSupport
import Testing

/// Compresses with a fresh encoder.
private func encode(_ bytes: [UInt8], level: Int) throws -> [UInt8] {
    let encoder = try ZstandardEncoder(level: level)
    var output: [UInt8] = []
    try bytes.withUnsafeBytes { try encoder.compress($0, into: &output) }
    return output
}

/// Bytes of the kinds that the sections of a block tell apart.
private func samples(_ count: Int) -> [[UInt8]] {
    var random = SeededGenerator(UInt64(7 + count))
    var walk = 0
    return [
        [UInt8](repeating: 9, count: count),
        random.bytes(count),
        (0..<count).map { _ in UInt8(Int.random(in: 0..<4, using: &random)) },
        (0..<count).map { _ in
            walk += Int.random(in: -2...2, using: &random)
            return UInt8(truncatingIfNeeded: walk)
        },
        Array(numbers(1...(count / 2 + 1))[..<count]),
    ]
}

@Suite struct EncoderTests {
    /// That other software reads the frames is shown by Conformance/interop/zstd_lerc.py.
    @Test(arguments: 0...10)
    func everyLevelIsReadBack(level: Int) throws {
        for count in [0, 1, 3, 8, 9, 17, 24, 255, 256, 1024, 17000] {
            for bytes in samples(count) {
                let stream = try encode(bytes, level: level)
                #expect(stream.count <= ZstandardEncoder.bound(count) ?? 0)
                let decoded = try decode(stream, capacity: count)
                #expect(decoded.bytes == bytes && decoded.progress.isFinished)
            }
        }
    }

    /// A block is 128 KiB: cuts fall at and behind its end.
    @Test func framesOfSeveralBlocksAreReadBack() throws {
        for count in [131_072, 131_080] {
            for bytes in samples(count) {
                let decoded = try decode(try encode(bytes, level: 3), capacity: count)
                #expect(decoded.bytes == bytes && decoded.progress.isFinished)
            }
        }
    }

    @Test func whatStandsBeforeLeavesNoTrace() throws {
        let encoder = try ZstandardEncoder(level: 6)
        for bytes in samples(5000) + samples(20) + samples(3000) {
            var output: [UInt8] = []
            try bytes.withUnsafeBytes { try encoder.compress($0, into: &output) }
            #expect(try output == encode(bytes, level: 6))
        }
    }

    @Test func framesTellTheirSize() throws {
        // Section 3.1.1.1: a single segment, sizes of one, two and four bytes.
        #expect(try Array(encode([1, 2, 3], level: 3)[..<6]) == hex("28b52ffd2003"))
        #expect(try Array(encode([UInt8](repeating: 0, count: 256), level: 3)[..<7]) == hex("28b52ffd600000"))
        #expect(try Array(encode([UInt8](repeating: 0, count: 65792), level: 3)[..<9]) == hex("28b52ffda000010100"))
    }

    @Test func moreWorkMakesLess() throws {
        let bytes = numbers(1...12000)
        let sizes = try [1, 9].map { try encode(bytes, level: $0).count }
        #expect(sizes[0] < bytes.count / 2)
        #expect(sizes[1] < sizes[0])
    }
}
