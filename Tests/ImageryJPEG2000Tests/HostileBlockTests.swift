import TestSupport
import Testing

@testable import ImageryJPEG2000

/// Code-blocks that no encoder made: whatever the bytes, a result and no trap.
@Suite struct HostileBlockTests {
    static let shapes = [(1, 1), (3, 5), (4, 4), (64, 64), (33, 7), (1024, 4), (4, 1024), (1, 1024), (1023, 1)]

    func block(
        _ width: Int, _ height: Int, _ style: CodeBlockStyle, _ planes: Int, zero: Int = 0, _ segments: [(Int, Int)]
    ) -> CodedBlock {
        var offset = 0
        var parts: [CodedBlock.Segment] = []
        for (passes, count) in segments {
            parts.append(CodedBlock.Segment(passes: passes, offset: offset, byteCount: count))
            offset &+= count
        }
        return CodedBlock(
            width: width, height: height, orientation: .hh, style: style, magnitudeBits: planes, zeroBitPlanes: zero,
            segments: parts)
    }

    /// Random bytes, also full of FF, through every style and size; the segments are as the style wants them.
    @Test(arguments: UInt8(0)..<64) func randomBytes(_ style: UInt8) {
        var generator = SeededGenerator(UInt64(style))
        let decoder = CodeBlockDecoder()
        let options = CodeBlockStyle(rawValue: style)
        for (index, (width, height)) in Self.shapes.enumerated() where (index + Int(style)) % 3 == 0 {
            var data = generator.bytes(300)
            if style & 1 == 0 { for place in stride(from: 0, to: 300, by: 3) { data[place] = 0xff } }
            var segments: [(Int, Int)] = []
            var pass = 0
            while pass < 16 {
                var passes =
                    options.contains(.terminateAll)
                    ? 1 : options.contains(.bypass) ? (pass < 10 ? 10 - pass : pass % 3 == 1 ? 2 : 1) : 16
                passes = min(passes, 16 - pass)
                segments.append((passes, 300 * passes / 16))
                pass += passes
            }
            let coded = block(width, height, options, 20, zero: 14, segments)
            let (values, outcome) = decode(coded, data, with: decoder)
            #expect(outcome == .ok || outcome == .corrupt(.segmentationSymbol))
            #expect(values.allSatisfy { $0.magnitude < 1 << 7 })
            let wide = decodeWide(block(width, height, options, 55, zero: 9, segments), data, with: decoder)
            #expect(wide.0.allSatisfy { $0.magnitude < 1 << 47 })
        }
    }

    /// Random HT blocks: the length of the second half is right now and then, so that the passes are entered.
    @Test(arguments: UInt64(0)..<40) func randomHTBytes(_ seed: UInt64) {
        var generator = SeededGenerator(seed)
        let decoder = CodeBlockDecoder()
        for (width, height) in Self.shapes {
            var data = generator.bytes(400)
            let suffix = Int.random(in: 2...300, using: &generator)
            if seed % 4 != 0 { for place in 0..<data.count where place % 5 < Int(seed % 4) { data[place] = 0xff } }
            data[299] = UInt8(suffix >> 4)
            data[298] = data[298] & 0xf0 | UInt8(suffix & 15)
            let planes = Int.random(in: 1...30, using: &generator)
            let coded = block(
                width, height, seed % 2 == 0 ? .highThroughput : [.highThroughput, .verticallyCausal], planes,
                zero: planes > 2 ? planes - 2 : 0, [(1, 300), (2, 100)])
            let (values, outcome) = decode(coded, data, with: decoder)
            #expect(values.count == width * height)
            if planes == 1 { #expect(outcome != .ok) }
            let wide = decodeWide(
                block(width, height, .highThroughput, 50, zero: 45, [(1, 300), (1, 60), (1, 40)]), data, with: decoder)
            #expect(wide.0.count == width * height)
        }
    }

    @Test func impossibleShapes() {
        for (width, height) in [(0, 4), (4, 0), (1025, 1), (1, 1025), (65, 65), (1024, 5), (513, 9), (-1, 3)] {
            #expect(decode(block(width, height, [], 8, [(1, 4)]), [1, 2, 3, 4]).1 == .corrupt(.shape))
        }
    }

    /// HOSTILE B16, B17: more passes than bit-planes, segments outside the data, more bit-planes than words hold.
    @Test func impossiblePasses() {
        let data = [UInt8](repeating: 0x35, count: 16)
        #expect(decode(block(4, 4, [], 8, [(164, 16)]), data).1 == .corrupt(.passes))
        #expect(decode(block(4, 4, [], 8, zero: 9, [(1, 16)]), data).1 == .corrupt(.passes))
        #expect(decode(block(4, 4, [], 8, [(1, 17)]), data).1 == .corrupt(.segments))
        #expect(decode(block(4, 4, [], 8, [(1, 10), (1, .max)]), data).1 == .corrupt(.segments))
        #expect(decode(block(4, 4, [], 8, [(-1, 10)]), data).1 == .corrupt(.segments))
        #expect(decode(block(4, 4, [], 31, [(1, 10)]), data).1 == .corrupt(.bitPlanes))
        #expect(decodeWide(block(4, 4, [], 62, [(1, 10)]), data).1 == .corrupt(.bitPlanes))
        #expect(decode(block(4, 4, .bypass, 8, [(12, 10)]), data).1 == .corrupt(.segments))
        var moved = block(4, 4, [], 8, [(1, 10)])
        moved.segments[0].offset = -4
        #expect(decode(moved, data).1 == .corrupt(.segments))
        #expect(decode(block(4, 4, [], 8, []), data).1 == .ok)
        #expect(decode(block(4, 4, [], 8, [(22, 0)]), []).1 == .ok)
    }

    /// HOSTILE B22.
    @Test func impossibleHTSegments() {
        let data: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 0x21, 0x00, 9, 9]
        func outcome(_ planes: Int, _ segments: [(Int, Int)]) -> CodeBlockDecoder.Outcome {
            decode(block(4, 4, .highThroughput, planes, segments), data).1
        }
        // Scup is 2 for eight bytes and two, and outside for others.
        #expect(outcome(1, [(1, 1)]) == .corrupt(.cleanup))
        #expect(outcome(1, [(1, 8)]) == .corrupt(.cleanup))
        #expect(outcome(1, [(1, 13)]) == .corrupt(.segments))
        #expect(outcome(31, [(1, 10)]) == .corrupt(.bitPlanes))
        #expect(outcome(1, [(3, 0), (1, 10)]) == .corrupt(.passes))
        #expect(outcome(1, [(1, 10), (2, 2)]) != .ok)
        #expect(outcome(9, [(2, 10)]) == .corrupt(.segments))
        #expect(outcome(9, [(1, 10), (3, 2)]) == .corrupt(.segments))
        #expect(outcome(9, [(1001, 10)]) == .corrupt(.passes))
        // Placeholders alone are no damage, and give nothing.
        let (values, none) = decode(block(4, 4, .highThroughput, 9, [(3, 0), (3, 0)]), data)
        #expect(none == .ok && values.allSatisfy { $0 == 0 })
    }
}
