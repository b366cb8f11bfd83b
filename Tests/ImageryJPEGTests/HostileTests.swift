import ImageryBase
import ImageryJPEG
import TestSupport
import Testing

/// Marker segments put together by hand.
enum JPEGBuilder {
    static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xff, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 255)] + data
    }

    static func quantisers(_ value: UInt8 = 1, destination: UInt8 = 0) -> [UInt8] {
        segment(0xdb, [destination] + [UInt8](repeating: value, count: 64))
    }

    /// `factors` are sampling factors, one byte a component; numbers count from 1.
    static func frame(marker: UInt8 = 0xc0, _ width: Int, _ height: Int, bits: UInt8 = 8, factors: [UInt8] = [0x11]) -> [UInt8] {
        let size = [bits, UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255), UInt8(factors.count)]
        return segment(marker, size + factors.enumerated().flatMap { [UInt8($0.offset + 1), $0.element, 0] })
    }

    static func codes(_ tableClass: UInt8, counts: [UInt8], values: [UInt8]) -> [UInt8] {
        segment(0xc4, [tableClass << 4] + counts + [UInt8](repeating: 0, count: 16 - counts.count) + values)
    }

    static func scan(components: [UInt8] = [1], start: UInt8 = 0, end: UInt8 = 63, approximation: UInt8 = 0) -> [UInt8] {
        segment(0xda, [UInt8(components.count)] + components.flatMap { [$0, 0] } + [start, end, approximation])
    }

    /// The segments up to the first scan header.
    static func segments(_ bytes: [UInt8]) -> [(marker: UInt8, data: [UInt8])] {
        var result: [(UInt8, [UInt8])] = []
        var place = 2
        while place + 4 <= bytes.count, bytes[place + 1] != 0xda {
            let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
            result.append((bytes[place + 1], Array(bytes[place + 4..<place + 2 + length])))
            place += 2 + length
        }
        return result
    }

    static func file(_ parts: [UInt8]...) -> [UInt8] { [0xff, 0xd8] + parts.flatMap { $0 } + [0xff, 0xd9] }
}

/// Damaged and hostile files: errors with kinds, diagnostics, and bounded work (S90-S92).
@Suite struct HostileTests {
    /// Codes 0 (no difference, end of block) and 10 for each class.
    let codes = JPEGBuilder.codes(0, counts: [1, 1], values: [0, 1]) + JPEGBuilder.codes(1, counts: [1, 1], values: [0, 0xf0])

    /// The error of opening and reading a file.
    func failure(_ bytes: [UInt8], salvage: Bool = false, _ region: Window? = nil) -> ImageryError? {
        var options = ReadOptions()
        options.salvage = salvage
        do {
            _ = try image(JPEGFile(MemorySource(bytes), options: options)).read(region, options: options)
            return nil
        } catch { return error as? ImageryError }
    }

    @Test func headersOutOfRange() {
        let rest = JPEGBuilder.quantisers() + codes + JPEGBuilder.scan() + [0]
        #expect(failure([])?.kind == .malformed)
        #expect(failure([0xff, 0xd8])?.kind == .malformed)
        #expect(failure(JPEGBuilder.file(rest))?.message.contains("frame header") == true)
        // E8: two frames.
        #expect(failure(JPEGBuilder.file(JPEGBuilder.frame(8, 8), JPEGBuilder.frame(8, 8), rest))?.kind == .malformed)
        for factor in [0x00, 0x10, 0x01, 0x51, 0x15] as [UInt8] {
            #expect(failure(JPEGBuilder.file(JPEGBuilder.frame(8, 8, factors: [factor]), rest))?.kind == .malformed)
        }
        #expect(failure(JPEGBuilder.file(JPEGBuilder.frame(0, 8), rest))?.kind == .malformed)
        #expect(failure(JPEGBuilder.file(JPEGBuilder.frame(8, 8, bits: 12), rest))?.kind == .unsupported)
        #expect(
            failure(JPEGBuilder.file(JPEGBuilder.frame(8, 8, factors: [0x11, 0x11, 0x11, 0x11, 0x11]), rest))?.kind == .unsupported)
        for marker in [0xc5, 0xc7, 0xcd, 0xcf] as [UInt8] {
            let error = failure(JPEGBuilder.file(JPEGBuilder.frame(marker: marker, 8, 8), rest))
            #expect(error?.kind == .unsupported && error?.message.contains("hierarchical") == true)
        }
        // E9: no number of lines.
        #expect(failure(JPEGBuilder.file(JPEGBuilder.frame(8, 0), rest))?.kind == .malformed)
        // Tables only (T.81 B.5).
        #expect(failure(JPEGBuilder.file(JPEGBuilder.quantisers(), codes))?.message.contains("tables only") == true)
    }

    /// E4: more codes than lengths allow, none at all, values that no process has.
    @Test func codesThatDoNotWork() {
        let head = JPEGBuilder.frame(8, 8) + JPEGBuilder.quantisers()
        for code in [
            JPEGBuilder.codes(0, counts: [3], values: [0, 1, 2]), JPEGBuilder.codes(0, counts: [2, 1], values: [0, 1, 2]),
            JPEGBuilder.codes(0, counts: [1, 1], values: [0, 17]), JPEGBuilder.codes(2, counts: [1], values: [0]),
            JPEGBuilder.codes(0, counts: [1, 1, 1, 200], values: [0, 1]),
        ] {
            #expect(failure(JPEGBuilder.file(head, code, JPEGBuilder.scan(), [0, 0, 0]))?.kind == .malformed)
        }
        // A table without codes decodes nothing.
        #expect(
            failure(JPEGBuilder.file(head, JPEGBuilder.codes(0, counts: [], values: []), JPEGBuilder.scan(), [0, 0, 0]))?.kind
                == .malformed)
    }

    /// E5: quantisers of zero make every sample the middle.
    @Test func quantisersOfZero() throws {
        let bytes = JPEGBuilder.file(JPEGBuilder.frame(8, 8), JPEGBuilder.quantisers(0), codes, JPEGBuilder.scan(), [0x3f])
        #expect(try image(bytes).read().samples(as: UInt8.self) == [UInt8](repeating: 128, count: 64))
    }

    /// E6, E7: four components of 4 x 4 blocks are more than an MCU holds; components of one number are taken in turn.
    @Test func componentsThatClash() throws {
        let rest = JPEGBuilder.quantisers() + codes
        let large = JPEGBuilder.frame(32, 32, factors: [0x44, 0x44, 0x44, 0x44])
        #expect(failure(JPEGBuilder.file(large, rest, JPEGBuilder.scan(components: [1, 2, 3, 4]), [0]))?.kind == .malformed)
        var same = JPEGBuilder.frame(8, 8, factors: [0x11, 0x11, 0x11])
        same[13] = 1
        same[16] = 1
        let bytes = JPEGBuilder.file(same, rest, JPEGBuilder.scan(components: [1, 1, 1]), [0x03])
        #expect(try image(bytes).read().samples(as: UInt8.self) == [UInt8](repeating: 128, count: 192))
        #expect(
            failure(JPEGBuilder.file(JPEGBuilder.frame(8, 8), rest, JPEGBuilder.scan(components: [2]), [0]))?.kind == .malformed)
    }

    /// E2: 65500 x 65500 samples in a few bytes cost nothing.
    @Test(arguments: [0xc0, 0xc2, 0xc3, 0xc9, 0xca] as [UInt8]) func hugeImagesOfFewBytes(marker: UInt8) {
        let start: UInt8 = marker == 0xc3 ? 1 : 0
        let end: UInt8 = marker == 0xc2 || marker == 0xca || marker == 0xc3 ? 0 : 63
        let bytes = JPEGBuilder.file(
            JPEGBuilder.frame(marker: marker, 65500, 65500), JPEGBuilder.quantisers(), codes,
            JPEGBuilder.scan(start: start, end: end),
            [0, 0])
        let corner = Window(x: 65490, y: 65490, width: 10, height: 10)
        #expect(failure(bytes, corner) != nil)
        for region in [corner, Window(x: 0, y: 0, width: 64, height: 64)] where marker != 0xc3 {
            let error = failure(bytes, salvage: true, region)
            #expect(error == nil || error?.kind == .limit)
        }
    }

    /// E1: more scans than the data is worth.
    @Test func tooManyScans() {
        let scan = JPEGBuilder.scan(start: 1, end: 63) + [0x00, 0x01]
        let bytes = JPEGBuilder.file(
            JPEGBuilder.frame(marker: 0xc2, 64, 64), JPEGBuilder.quantisers(), codes, JPEGBuilder.scan(end: 0),
            [UInt8](repeating: 0, count: 8),
            Array((0..<600).map { _ in JPEGBuilder.codes(1, counts: [1, 1], values: [0xe0, 0]) + scan }.joined()))
        let error = failure(bytes)
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains("scans") == true, "\(String(describing: error))")
    }

    /// E3: restart markers that are missing, too many, or out of turn: errors, and with salvage the rest of the image.
    @Test func restartMarkersOutOfTurn() throws {
        let vector = try vector("cjpeg -quality 30 -optimize -sample 2x2 -restart 1B")
        let whole = try image(vector.bytes).read()
        let first = try #require(place(of: [0xff, 0xd0], in: vector.bytes))
        let second = try #require(place(of: [0xff, 0xd1], in: vector.bytes))
        var without = vector.bytes
        without.removeSubrange(first..<second)
        #expect(failure(without)?.kind == .malformed)
        var options = ReadOptions()
        options.salvage = true
        // The second interval is gone: it is gray, what follows is whole.
        let rest = Window(x: 0, y: 18, width: vector.columns, height: vector.rows - 18)
        #expect(try image(without).read(rest, options: options) == whole.crop(rest))
        var doubled = vector.bytes
        doubled.insert(contentsOf: [0xff, 0xd7], at: first)
        #expect(failure(doubled)?.kind == .malformed)
        #expect(try image(doubled).read(options: options) == whole)
    }

    /// E10: runs of ends of band to the very end, and beyond.
    @Test func longestRunsOfEndsOfBand() {
        let bytes = JPEGBuilder.file(
            JPEGBuilder.frame(marker: 0xc2, 64, 64), JPEGBuilder.quantisers(), codes, JPEGBuilder.scan(end: 0),
            [UInt8](repeating: 0, count: 8),
            JPEGBuilder.codes(1, counts: [1], values: [0xe0]), JPEGBuilder.scan(start: 1, end: 63), [0x7f, 0xff, 0])
        #expect(failure(bytes) == nil)
    }

    /// E12: every bit but the top one taken away by the point transform.
    @Test func largestPointTransform() throws {
        let codes = JPEGBuilder.codes(0, counts: [1, 1], values: [0, 1])
        let bytes = JPEGBuilder.file(
            JPEGBuilder.frame(marker: 0xc3, 2, 2, bits: 16), codes, JPEGBuilder.scan(start: 1, end: 0, approximation: 15), [0x0f])
        #expect(try image(bytes).read().samples(as: UInt16.self) == [32768, 32768, 32768, 32768])
    }

    /// S92: cut anywhere, a file is an error, and with salvage what is there: no run traps.
    @Test(arguments: vectors) func cutsAndFlipsEndWell(vector: CodedVector) throws {
        var random = SeededGenerator(UInt64(vector.crc) + 1)
        for round in 0..<60 {
            var bytes = vector.bytes
            if round % 3 == 0 {
                bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            } else {
                for _ in 0..<round {
                    bytes[Int.random(in: 2..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            let error = failure(bytes, salvage: round % 2 == 0, Window(x: 0, y: 0, width: 1, height: 1))
            #expect(error == nil || error?.kind != .io)
        }
        let half = Array(vector.bytes[..<(vector.bytes.count - 8)])
        #expect(failure(half) != nil || vector.name.contains("arithmetic") || vector.name.contains("progressive"))
        #expect(failure(half, salvage: true) == nil)
    }

    /// S12: a failure of the source is its own error.
    @Test func failuresOfTheSource() throws {
        let bytes = vectors[1].bytes
        for limit in [1, 20, bytes.count - 10] {
            #expect {
                _ = try image(JPEGFile(FailingSource(bytes, failsFrom: limit))).read()
            } throws: { ($0 as? ImageryError)?.kind == .io }
        }
    }
}
