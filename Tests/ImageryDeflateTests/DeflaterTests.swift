import ImageryDeflate
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

    /// Output beyond the size of one room inside, from input in pieces.
    @Test func piecesGiveTheStreamOfTheWhole() throws {
        var random = SeededGenerator(23)
        let data = DataShape.noise.bytes(150_000, &random)
        var deflater = try Deflater(.zlib)
        for _ in 0..<2 {
            var output: [UInt8] = []
            for start in stride(from: 0, to: data.count, by: 7001) {
                try unsafe deflater.append(Array(data[start..<min(start + 7001, data.count)]).span.bytes, to: &output)
            }
            try deflater.finish(to: &output)
            #expect(try output == compress(data, .zlib))
            #expect(throws: DeflateFailure.alreadyFinished) { try deflater.finish(to: &output) }
            #expect(throws: DeflateFailure.alreadyFinished) { try unsafe deflater.append(data.span.bytes, to: &output) }
            deflater.reset()
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
