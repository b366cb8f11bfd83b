import TestSupport
import Testing

@testable import ImageryJPEG2000

/// A code-block that other software coded (Tests/Vectors/jpeg2000_blocks.py).
struct BlockVector: Sendable, CustomStringConvertible {
    var name: String
    var width: Int
    var height: Int
    var orientation: UInt8
    var style: UInt8
    var magnitudeBits: Int
    var zeroBitPlanes: Int
    /// Passes and bytes.
    var segments: [(Int, Int)]
    var data: String
    var bytesEach: Int
    var coefficients: String

    var description: String { name }

    var block: CodedBlock {
        var offset = 0
        var parts: [CodedBlock.Segment] = []
        for (passes, count) in segments {
            parts.append(CodedBlock.Segment(passes: passes, offset: offset, byteCount: count))
            offset += count
        }
        return CodedBlock(
            width: width, height: height, orientation: SubbandOrientation(rawValue: orientation) ?? .ll,
            style: CodeBlockStyle(rawValue: style), magnitudeBits: magnitudeBits, zeroBitPlanes: zeroBitPlanes, segments: parts)
    }

    var numbers: [Int64] {
        let bytes = decodeBase64(coefficients)
        return stride(from: 0, to: bytes.count, by: bytesEach).map { start in
            var value: UInt64 = 0
            for place in 0..<bytesEach { value |= UInt64(bytes[start + place]) << UInt64(8 * place) }
            let unused = Int64(64 - 8 * bytesEach)
            return (Int64(bitPattern: value) << unused) >> unused
        }
    }
}

/// Decodes with rows further apart than they are wide, and sees to it that nothing else is written.
func decode(_ block: CodedBlock, _ data: [UInt8], with decoder: CodeBlockDecoder = CodeBlockDecoder()) -> (
    [Int32], CodeBlockDecoder.Outcome
) {
    let (width, height) = (max(1, block.width), max(1, block.height))
    let stride = width + 3
    var output = [Int32](repeating: 0x5a5a_5a5a, count: height * stride)
    let outcome = data.withUnsafeBytes { bytes in
        output.withUnsafeMutableBufferPointer { decoder.decode(block, data: bytes, into: $0.baseAddress!, stride: stride) }
    }
    var values: [Int32] = []
    for row in 0..<height {
        values += output[row * stride..<row * stride + width]
        #expect(output[row * stride + width..<(row + 1) * stride].allSatisfy { $0 == 0x5a5a_5a5a })
    }
    return (values, outcome)
}

func decodeWide(_ block: CodedBlock, _ data: [UInt8], with decoder: CodeBlockDecoder = CodeBlockDecoder()) -> (
    [Int64], CodeBlockDecoder.Outcome
) {
    var output = [Int64](repeating: 7, count: max(1, block.width * block.height))
    let outcome = data.withUnsafeBytes { bytes in
        output.withUnsafeMutableBufferPointer {
            decoder.decodeWide(block, data: bytes, into: $0.baseAddress!, stride: max(1, block.width))
        }
    }
    return (output, outcome)
}

@Suite struct BlockTests {
    /// Lossless: twice the coefficient, and half a step more.
    @Test(arguments: blockVectors) func codedByOthers(_ vector: BlockVector) {
        let expected = vector.numbers.map { $0 * 2 + $0.signum() }
        let data = decodeBase64(vector.data)
        let wide = decodeWide(vector.block, data)
        #expect(wide.1 == .ok)
        #expect(wide.0 == expected)
        if vector.magnitudeBits <= CodeBlockDecoder.planesPerWord {
            let narrow = decode(vector.block, data)
            #expect(narrow.1 == .ok)
            #expect(narrow.0.map { Int64($0) } == expected)
        }
    }

    /// Bit-planes in windows of four give what they give at one go.
    @Test(arguments: blockVectors.filter { $0.style & 0x40 == 0 }) func narrowWindows(_ vector: BlockVector) {
        let expected = vector.numbers.map { $0 * 2 + $0.signum() }
        let result = decodeWide(vector.block, decodeBase64(vector.data), with: CodeBlockDecoder(planesPerWord: 4))
        #expect(result.1 == .ok)
        #expect(result.0 == expected)
    }

    /// T.800 J.10, first example: the code-blocks of both packets (Tables J.20 to J.23).
    @Test func exampleOfTheStandard() {
        let low = CodedBlock(
            width: 1, height: 5, orientation: .ll, style: [], magnitudeBits: 9, zeroBitPlanes: 3,
            segments: [CodedBlock.Segment(passes: 16, offset: 0, byteCount: 6)])
        #expect(decode(low, hex("018F0DC8755D")).0.map { $0 / 2 } == [-26, -22, -30, -32, -19])
        let high = CodedBlock(
            width: 1, height: 4, orientation: .lh, style: [], magnitudeBits: 10, zeroBitPlanes: 7,
            segments: [CodedBlock.Segment(passes: 7, offset: 0, byteCount: 3)])
        #expect(decode(high, hex("0FB176")).0.map { $0 / 2 } == [1, 5, 1, 0])
    }

    /// Fewer passes give the upper bits, and the midpoint of what is missing (E.1.1.2).
    @Test func truncatedBlocks() throws {
        let vector = try #require(blockVectors.first { $0.name == "opj 4" })
        let planes = vector.magnitudeBits - vector.zeroBitPlanes
        var block = vector.block
        for missing in 1..<planes {
            block.segments = Array(vector.block.segments.prefix(3 * (planes - missing) - 2))
            let (values, outcome) = decode(block, decodeBase64(vector.data))
            #expect(outcome == .ok)
            let expected = vector.numbers.map { number in
                let kept = (number.magnitude >> UInt64(missing)) << UInt64(missing)
                return kept == 0 ? 0 : number.signum() * (2 * Int64(kept) + 1 << missing)
            }
            #expect(values.map { Int64($0) } == expected)
        }
    }

    /// Rows of Table D.1: contexts of LL and LH, of HL, of HH.
    @Test func significanceContexts() {
        let table: [[UInt8]] = [
            [0, 0, 0], [1, 1, 3], [2, 2, 6], [2, 2, 8], [2, 2, 8], [3, 5, 1], [3, 6, 4], [3, 6, 7], [3, 6, 8], [3, 6, 8],
            [4, 8, 2], [4, 8, 5], [4, 8, 7], [4, 8, 8], [4, 8, 8], [5, 3, 1], [6, 3, 4], [6, 3, 7], [6, 3, 8], [6, 3, 8],
            [7, 7, 2], [7, 7, 5], [7, 7, 7], [7, 7, 8], [7, 7, 8], [7, 8, 2], [7, 8, 5], [7, 8, 7], [7, 8, 8], [7, 8, 8],
            [8, 4, 2], [8, 4, 5], [8, 4, 7], [8, 4, 8], [8, 4, 8], [8, 7, 2], [8, 7, 5], [8, 7, 7], [8, 7, 8], [8, 7, 8],
            [8, 8, 2], [8, 8, 5], [8, 8, 7], [8, 8, 8], [8, 8, 8],
        ]
        for bits in UInt8.min...UInt8.max {
            func sum(_ which: UInt8...) -> Int { which.reduce(0) { $0 + (bits & $1).nonzeroBitCount } }
            let corners = sum(Neighbour.northWest, Neighbour.northEast, Neighbour.southWest, Neighbour.southEast)
            let row = table[sum(Neighbour.west, Neighbour.east) * 15 + sum(Neighbour.north, Neighbour.south) * 5 + corners]
            #expect(ContextTables.significance(bits, .ll) == row[0])
            #expect(ContextTables.significance(bits, .lh) == row[0])
            #expect(ContextTables.significance(bits, .hl) == row[1])
            #expect(ContextTables.significance(bits, .hh) == row[2])
        }
    }
}
