import CZlib
import ImageryDeflate
import TestSupport
import Testing

/// How a stream ended.
enum Outcome: Equatable {
    case finished, needsInput, outputFull
    case failed(InflateFailure)
}

/// Decodes with input and output cut into pieces by the two closures, which are asked for the size of the next piece.
func decode(
    _ stream: [UInt8], _ format: DeflateFormat, capacity: Int, verifiesChecksum: Bool = true,
    inputPiece: () -> Int = { .max }, outputPiece: () -> Int = { .max }
) -> (bytes: [UInt8], outcome: Outcome, consumed: Int) {
    var inflater = Inflater(format, verifiesChecksum: verifiesChecksum)
    var bytes: [UInt8] = []
    var position = 0
    while true {
        let piece = Array(stream[position..<(position + min(inputPiece(), stream.count - position))])
        // Fresh memory for each piece: what came before is only inside the inflater.
        var room = [UInt8](repeating: 0xa5, count: min(outputPiece(), capacity - bytes.count))
        let before = inflater.totalProduced
        do throws(InflateFailure) {
            var target = room.mutableSpan
            var raw = unsafe target.mutableBytes
            let progress = try unsafe inflater.inflate(piece.span.bytes, into: &raw)
            bytes += room[..<progress.produced]
            position += progress.consumed
            switch progress.status {
            case .finished: return (bytes, .finished, position)
            case .needsInput: if position == stream.count { return (bytes, .needsInput, position) }
            case .outputFull: if bytes.count == capacity { return (bytes, .outputFull, position) }
            }
        } catch {
            bytes += room[..<(inflater.totalProduced - before)]
            return (bytes, .failed(error), inflater.totalConsumed)
        }
    }
}

@Suite struct InflaterTests {
    @Test(arguments: DataShape.allCases)
    func everyStrategyAndLevelDecodes(shape: DataShape) {
        var random = SeededGenerator(1)
        let data = shape.bytes(9000, &random)
        for strategy in Zlib.strategies {
            for level: Int32 in [0, 1, 6, 9] {
                let format: DeflateFormat = level == 0 ? .gzip : level == 1 ? .raw : .zlib
                let stream = Zlib.deflate(data, format, level: level, strategy: strategy)
                let result = decode(stream + [1, 2, 3], format, capacity: data.count)
                #expect(result.bytes == data)
                #expect(result.outcome == .finished)
                #expect(result.consumed == stream.count)
            }
        }
    }

    @Test(arguments: [DeflateFormat.zlib, .raw, .gzip])
    func inputMayBeSplitAtEveryByte(format: DeflateFormat) {
        var random = SeededGenerator(2)
        for shape in DataShape.allCases {
            let data = shape.bytes(1500, &random)
            let stream = Zlib.deflate(data, format, flushEvery: 400)
            let single = decode(stream, format, capacity: data.count, inputPiece: { 1 })
            #expect(single.bytes == data && single.outcome == .finished && single.consumed == stream.count)
            for cut in stride(from: 0, through: stream.count, by: 1 + stream.count / 200) {
                var pieces = [cut, .max]
                let halves = decode(
                    stream, format, capacity: data.count, inputPiece: { pieces.isEmpty ? .max : pieces.removeFirst() })
                #expect(halves.bytes == data && halves.outcome == .finished)
            }
        }
    }

    @Test func outputMayBeAskedInPiecesOfAnySize() {
        var random = SeededGenerator(3)
        for shape in DataShape.allCases {
            let data = shape.bytes(5000, &random)
            let stream = Zlib.deflate(data, .zlib, level: 9)
            for size in [1, 2, 7, 100, 257, 258, 259, 289, 511, 4096, 4999] {
                let result = decode(stream, .zlib, capacity: data.count, outputPiece: { size })
                #expect(result.bytes == data)
                #expect(result.outcome == .finished)
            }
            let result = decode(
                stream, .zlib, capacity: data.count, inputPiece: { Int.random(in: 0...60, using: &random) },
                outputPiece: { Int.random(in: 0...400, using: &random) })
            #expect(result.bytes == data)
        }
    }

    /// Distances up to 32 KiB across calls, and a history that is moved several times.
    @Test func matchesReachBackThroughTheWholeWindow() {
        var random = SeededGenerator(4)
        let base = DataShape.noise.bytes(32500, &random)
        let data = base + base + Array(base[1000..<30000]) + base
        let stream = Zlib.deflate(data, .zlib, level: 9)
        #expect(stream.count < 40000)
        for size in [1000, 32768, 40000, data.count] {
            #expect(decode(stream, .zlib, capacity: data.count, outputPiece: { size }).bytes == data)
        }
    }

    @Test func outputMayContinueInOneBuffer() throws {
        var random = SeededGenerator(5)
        let data = DataShape.text.bytes(60000, &random)
        let stream = Zlib.deflate(data, .zlib)
        var inflater = Inflater(.zlib)
        var output = [UInt8](repeating: 0, count: data.count + 50)
        var consumed = 0
        var position = 50
        while consumed < stream.count {
            let piece = Array(stream[consumed..<min(consumed + 700, stream.count)])
            var target = output.mutableSpan
            var raw = unsafe target.mutableBytes
            let progress = try unsafe inflater.inflate(piece.span.bytes, into: &raw, at: position)
            consumed += progress.consumed
            position += progress.produced
        }
        #expect(Array(output[50...]) == data)
        #expect(inflater.totalProduced == data.count)
    }

    @Test func bytesBeforeTheFirstAreNoHistory() {
        // Fixed block: length 3, distance 1 as the first symbol; hand-made after RFC 1951 3.2.6.
        let stream: [UInt8] = [0b0000_0011, 0b0000_0010, 0, 0]
        var inflater = Inflater(.raw)
        var output = [UInt8](repeating: 7, count: 1000)
        var target = output.mutableSpan
        var raw = unsafe target.mutableBytes
        #expect(throws: InflateFailure.badDistance) { try unsafe inflater.inflate(stream.span.bytes, into: &raw, at: 500) }
        _ = output
    }

    @Test func bombsStopAtTheExpectedBytes() {
        let stream = Zlib.deflate([UInt8](repeating: 0, count: 1_000_000), .zlib)
        let result = decode(stream, .zlib, capacity: 1000)
        #expect(result.outcome == .outputFull)
        #expect(result.bytes == [UInt8](repeating: 0, count: 1000))
        #expect(result.consumed < 30)
    }

    @Test func everyTruncationAsksForInput() {
        var random = SeededGenerator(6)
        for format in [DeflateFormat.zlib, .raw, .gzip] {
            let data = DataShape.smooth.bytes(700, &random)
            let stream = Zlib.deflate(data, format)
            for count in 0..<stream.count {
                let result = decode(Array(stream[..<count]), format, capacity: data.count)
                #expect(result.outcome == .needsInput)
                #expect(result.bytes == Array(data[..<result.bytes.count]))
            }
        }
    }

    @Test func resetStartsAnew() throws {
        var random = SeededGenerator(7)
        var inflater = Inflater(.zlib)
        for shape in DataShape.allCases {
            let data = shape.bytes(3000, &random)
            let stream = Zlib.deflate(data, .zlib)
            var output = [UInt8](repeating: 0, count: data.count)
            let progress = try unsafe stream.withUnsafeBytes { input in
                try unsafe output.withUnsafeMutableBytes { try unsafe inflater.decodeAll(input, into: $0) }
            }
            #expect(output == data)
            #expect(progress.status == .finished)
            // A stream that fails leaves nothing behind.
            _ = try? unsafe stream[1...].withUnsafeBytes { input in
                try unsafe output.withUnsafeMutableBytes { try unsafe inflater.decodeAll(input, into: $0) }
            }
        }
    }

    @Test func checksumsAreCompared() {
        let data = Array("Imagery".utf8)
        for format in [DeflateFormat.zlib, .gzip] {
            let stream = Zlib.deflate(data, format)
            for index in (stream.count - (format == .zlib ? 4 : 8))..<stream.count {
                var damaged = stream
                damaged[index] ^= 0x10
                let strict = decode(damaged, format, capacity: data.count)
                #expect(strict.outcome == .failed(.checksumMismatch))
                #expect(strict.bytes == data)
                let lenient = decode(damaged, format, capacity: data.count, verifiesChecksum: false)
                #expect(lenient.outcome == .finished)
                #expect(lenient.bytes == data)
            }
        }
    }
}
