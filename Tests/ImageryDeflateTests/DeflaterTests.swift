import ImageryDeflate
import ImageryKernels
import TestSupport
import Testing

@Suite struct DeflaterTests {
    private func compress(_ data: [UInt8], _ format: DeflateFormat, _ level: DeflateLevel = .balanced) throws -> [UInt8] {
        try unsafe Deflater.compress(data.span.bytes, format: format, level: level)
    }

    @Test(arguments: [DeflateFormat.zlib, .raw, .gzip])
    func zlibReadsEveryLevel(format: DeflateFormat) throws {
        var random = SeededGenerator(21)
        for shape in DataShape.allCases {
            let data = shape.bytes(3000, &random)
            for effort in -1...10 {
                let stream = try compress(data, format, DeflateLevel(effort))
                let oracle = Zlib.inflate(stream, format, capacity: data.count)
                #expect(oracle.bytes == data && oracle.isFinished && oracle.consumed == stream.count)
            }
        }
    }

    @Test func levelsTradeWorkForSize() throws {
        var random = SeededGenerator(22)
        let data = DataShape.text.bytes(20000, &random)
        let sizes = try [DeflateLevel.none, .fastest, .smallest].map { try compress(data, .zlib, $0).count }
        #expect(sizes[0] > data.count)
        #expect(sizes[1] < data.count / 2)
        #expect(sizes[2] <= sizes[1])
    }

    /// A piece of the compressor is 262140 bytes, its window 32768: cuts fall before, at and behind these.
    @Test(arguments: [0, 1, 2, 6, 9])
    func anySplitGivesTheStreamOfTheWhole(effort: Int) throws {
        var random = SeededGenerator(23)
        let data =
            DataShape.sparse.bytes(150_000, &random) + DataShape.noise.bytes(130_000, &random)
            + DataShape.text.bytes(20_000, &random)
        let whole = try compress(data, .zlib, DeflateLevel(effort))
        var deflater = try Deflater(.zlib, level: DeflateLevel(effort))
        let firsts = [1, 32768, 65535, 262_139, 262_140, 262_141, data.count]
        for first in firsts {
            var output: [UInt8] = []
            var start = 0
            var size = first
            while start < data.count {
                let piece = Array(data[start..<min(start + size, data.count)])
                try unsafe deflater.append(piece.span.bytes, to: &output)
                start += piece.count
                size = Int.random(in: 0...60000, using: &random)
            }
            try deflater.finish(to: &output)
            #expect(output == whole)
            #expect(throws: DeflateFailure.alreadyFinished) { try deflater.finish(to: &output) }
            #expect(throws: DeflateFailure.alreadyFinished) { try unsafe deflater.append(data.span.bytes, to: &output) }
            deflater.reset()
        }
    }

    /// Parts with 32 KiB of history, the last of them short: zlib reads them as one stream, and a fresh compressor makes the same bytes.
    @Test(arguments: [0, 1, 3, 6, 9])
    func partsAreOneStream(effort: Int) throws {
        var random = SeededGenerator(29)
        let data =
            DataShape.text.bytes(30_000, &random) + DataShape.noise.bytes(40_000, &random) + DataShape.runs.bytes(9_000, &random)
        let level = DeflateLevel(effort)
        for size in [1, 5, 20_000, 39_999, 79_000] {
            var deflater = try Deflater(.raw, level: level)
            var stream = Deflater.zlibHeader(level)
            var checksum: UInt32 = 1
            var start = size < 10 ? data.count - 12 * size : 0
            let first = start
            while start < data.count {
                let part = Array(data[start..<min(start + size, data.count)])
                let history = Array(data[first..<start])
                let isLast = start + part.count == data.count
                func compress(_ deflater: inout Deflater, _ output: inout [UInt8]) throws {
                    try unsafe part.withUnsafeBytes { part in
                        try unsafe history.withUnsafeBytes {
                            try unsafe deflater.compressPart(part, after: $0, isLast: isLast, to: &output)
                        }
                    }
                }
                var again: [UInt8] = []
                var fresh = try Deflater(.raw, level: level)
                try compress(&fresh, &again)
                var output: [UInt8] = []
                try compress(&deflater, &output)
                #expect(output == again)
                stream += output
                let own = unsafe part.withUnsafeBytes { unsafe adler32(1, $0) }
                checksum = adler32(checksum, followedBy: own, count: part.count)
                start += part.count
            }
            stream += Deflater.zlibTrailer(checksum)
            let oracle = Zlib.inflate(stream, .zlib, capacity: data.count)
            #expect(oracle.bytes == Array(data[first...]) && oracle.isFinished && oracle.consumed == stream.count)
        }
    }

    /// Sizes around the limits of stored blocks, the window and the compressor's piece.
    @Test(arguments: [0, 1, 2, 3, 4, 5, 258, 259, 32767, 32768, 32769, 65535, 65536, 262_139, 262_140, 262_141, 262_145])
    func sizesAtTheEdges(count: Int) throws {
        var random = SeededGenerator(24)
        let shapes: [DataShape] = count > 70000 ? [.periods, .noise] : [.noise, .runs, .text]
        for shape in shapes {
            let data = shape.bytes(count, &random)
            for effort in [0, 1, 3, 6, 8] {
                let stream = try compress(data, .gzip, DeflateLevel(effort))
                let oracle = Zlib.inflate(stream, .gzip, capacity: data.count)
                #expect(oracle.bytes == data && oracle.isFinished && oracle.consumed == stream.count)
                let own = decode(stream, .gzip, capacity: data.count)
                #expect(own.bytes == data && own.outcome == .finished)
            }
        }
    }

    @Test func randomSizesAndShapes() throws {
        var random = SeededGenerator(25)
        for _ in 0..<120 {
            var data: [UInt8] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                data += (DataShape.allCases.randomElement(using: &random) ?? .text).bytes(
                    Int.random(in: 0...9000, using: &random), &random)
            }
            let stream = try compress(data, .raw, DeflateLevel(Int.random(in: 0...9, using: &random)))
            let oracle = Zlib.inflate(stream, .raw, capacity: data.count)
            #expect(oracle.bytes == data && oracle.isFinished && oracle.consumed == stream.count)
        }
    }

    /// Noise, and noise with breaks in its statistics, costs at most the headers of stored blocks.
    @Test(arguments: [0, 1, 6, 9])
    func incompressibleBytesAreStored(effort: Int) throws {
        var random = SeededGenerator(26)
        let noise = DataShape.noise.bytes(300_000, &random)
        let folded = noise.enumerated().map { $0 / 20000 % 2 == 0 ? $1 : $1 | 0x81 }
        for data in [noise, folded] {
            let stream = try compress(data, .raw, DeflateLevel(effort))
            #expect(stream.count <= data.count + 5 * (data.count / 65535 + 1) + 10)
        }
    }

    /// Frequencies of 1, 1, 2, 3, 5, 8, ... ask for a code as deep as there are symbols; RFC 1951 3.2.7 allows 15 bits.
    @Test func fibonacciFrequenciesMeetTheLongestCode() throws {
        var data: [UInt8] = []
        var (one, two) = (1, 1)
        for value in UInt8(0)..<22 {
            data += [UInt8](repeating: value &* 11, count: one)
            (one, two) = (two, one + two)
        }
        var random = SeededGenerator(27)
        data.shuffle(using: &random)
        for effort in 1...9 {
            let stream = try compress(data, .zlib, DeflateLevel(effort))
            let oracle = Zlib.inflate(stream, .zlib, capacity: data.count)
            #expect(oracle.bytes == data && oracle.isFinished)
            #expect(stream.count < data.count / 2)
        }
    }

    /// One byte over and over: matches of 258 bytes of a bit or two each.
    @Test(arguments: 1...9)
    func runsShrinkToTheirLimit(effort: Int) throws {
        let data = [UInt8](repeating: 0, count: 300_000)
        let stream = try compress(data, .zlib, DeflateLevel(effort))
        #expect(stream.count < 500)
        #expect(Zlib.inflate(stream, .zlib, capacity: data.count).bytes == data)
    }

    /// What lies 32768 bytes back may be matched, what lies further may not: zlib refuses a distance too far.
    @Test func repetitionsAtTheEdgeOfTheWindow() throws {
        var random = SeededGenerator(28)
        for distance in [32760, 32766, 32767, 32768, 32769, 33000] {
            let data = DataShape.noise.bytes(distance, &random)
            let twice = data + data.prefix(5000)
            let stream = try compress(twice, .zlib, .smallest)
            #expect(Zlib.inflate(stream, .zlib, capacity: twice.count).bytes == twice)
            if distance < 32768 { #expect(stream.count < data.count + 400) }
        }
    }

    /// `printf 'Imagery, imagery, imagery.\n' | gzip -9n` (gzip 1.12), and the same text with Python's zlib.compress(text, 9) (zlib 1.2.13).
    @Test func streamsOfOtherTools() {
        let text = Array("Imagery, imagery, imagery.\n".utf8)
        let gzipped = hex("1f8b0800000000000203f3cc4d4c4f2daad451c84463e8710100eb295c9f1b000000")
        let zlibbed = hex("78daf3cc4d4c4f2daad451c84463e87101008931097b")
        #expect(decode(gzipped, .gzip, capacity: text.count).bytes == text)
        #expect(decode(gzipped, .gzip, capacity: text.count).outcome == .finished)
        #expect(decode(zlibbed, .zlib, capacity: text.count).bytes == text)
        #expect(decode(zlibbed, .zlib, capacity: text.count).outcome == .finished)
    }
}
