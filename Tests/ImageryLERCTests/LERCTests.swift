import ImageryLERC
import TestSupport
import Testing

/// A stream of liblerc 4.0 (imagecodecs 2026.3.6, `lerc_encode(a, level, version=...)`) whose values follow the formula of ``value(_:_:_:)``.
struct LERCVector: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var type: LERCType
    var stream: [UInt8]
}

let lercVectors = [
    LERCVector(
        testDescription: "uint8 version 2", type: .uint8,
        stream: hex(
            """
            4c657263322002000000090000000b00000063000000080000006d00000001000000000000000000e03f0000000000001440000000000060
            66400000000000010400000000010000050000000e0000008209800084000000287ffff73ff77ffff7fff77fff0000f07fcbb5ac34
            """)),
    LERCVector(
        testDescription: "uint8 version 3", type: .uint8,
        stream: hex(
            """
            4c6572633220030000008b50c80a090000000b00000063000000080000007100000001000000000000000000e03f00000000000014400000
            0000006066400000000000010400000000010000050000000e0000008209120002000000287ffff73ff77ffff7fff77fff0000f07f7f0000
            00
            """)),
    LERCVector(
        testDescription: "uint8 version 4", type: .uint8,
        stream: hex(
            """
            4c657263322004000000bf5ce93e090000000b0000000100000063000000080000007700000001000000000000000000e03f000000000000
            144000000000006066400000000005b300010400000000010000050000000e0000008209120002000000287ffff73ff77ffff7fff77fff00
            00f07f00000000
            """)),
    LERCVector(
        testDescription: "uint8 version 5", type: .uint8,
        stream: hex(
            """
            4c657263322005000000bf5ce93e090000000b0000000100000063000000080000007700000001000000000000000000e03f000000000000
            144000000000006066400000000005b300010400000000010000050000000e0000008209120002000000287ffff73ff77ffff7fff77fff00
            00f07f00000000
            """)),
    LERCVector(
        testDescription: "uint8 version 6", type: .uint8,
        stream: hex(
            """
            4c657263322006000000e9a9fc4a090000000b0000000100000063000000080000008f000000010000000000000000000000000000000000
            e03f00000000000014400000000000606640000000000000000000000000000000000000000005b300010400000000010000050000000e00
            00008209120002000000287ffff73ff77ffff7fff77fff0000f07fab347f00
            """)),
    LERCVector(
        testDescription: "int16 version 4", type: .int16,
        stream: hex(
            """
            4c6572633220040000006ce192af090000000b000000010000006300000008000000b800000002000000000000000000e03f0000000000c0
            57c00000000000c0534000000000a1ff4f000081a1884000070e151c232a310d141b222930373e1a21282f363d444b272e353c434a515834
            3b424950575e6541484f565d646b724e555c636a71787f5b626970777e858c85d987188083a341d96842a893ab46db0983c8a7b3cadd8ad3
            81098608c0e154dca8c685418403700e
            """)),
    LERCVector(
        testDescription: "float32 version 6", type: .float32,
        stream: hex(
            """
            4c65726332200600000062dc6653090000000b00000001000000630000000800000055010000060000000000000000000000000000000000
            00000000000000c027c00000000000c02340000000000000000000000000000000000000000000003ec100001e4100030100000600000001
            006300000001000600000001006300000002006400000002be727272726a6464646448a472726c646464644c48288a6e6464646450483070
            c0e064646454483800a06000ac645848401000c0105038f048481070a0205838341c881820c0306038381c1c1c80c060683838201c1c1c18
            10703838241c1c1c1a0e0e030064000000028200000000ff00000000ff820000ff00000000ff00ff82ff00000000ff00fffffd81000000ff
            00ffff817e018100ff00ff00fd01010100800000fffe00010100010080fffe00010100010000007efe0201000001000000017f0100000100
            0000010000
            """)),
    LERCVector(
        testDescription: "float32 version 4 error 0.0625", type: .float32,
        stream: hex(
            """
            4c657263322004000000a048c0ba090000000b000000010000006300000008000000c800000006000000000000000000b03f0000000000c0
            27c00000000000c023400000000000003ec100001e41000100003ec1884000070e151c232a310d141b222930373e1a21282f363d444b272e
            353c434a5158343b424950575e6541484f565d646b724e555c636a71787f5b626970777e858c0500009cc087188083a341d96842a893ab46
            db0983c8a7b3cadd8ad3010000903f8608c0e154dca8c605000002418403700e
            """)),
]

/// Nine rows of eleven.
private let (rows, columns) = (9, 11)

/// The value at a place: less 100 for signed numbers, and an eighth of that for floating point.
private func value(_ type: LERCType, _ row: Int, _ column: Int) -> Double {
    let number = Double((5 + 7 * column + 13 * row) % 251)
    return type == .uint8 ? number : type == .float32 ? (number - 100) / 8 : number - 100
}

/// The values of `type` as bytes.
private func bytes(_ type: LERCType, step: Double = 1) -> [UInt8] {
    (0..<rows * columns).flatMap { place -> [UInt8] in
        let number = value(type, place / columns, place % columns) * step
        return switch type {
        case .uint8: [UInt8(number)]
        case .float32: withUnsafeBytes(of: Float(number)) { [UInt8]($0) }
        default: withUnsafeBytes(of: Int16(number)) { [UInt8]($0) }
        }
    }
}

private func decode(_ stream: [UInt8], _ shape: LERCShape, bands: Int = 1) throws -> (values: [UInt8], valid: [UInt8], bands: Int) {
    var values = [UInt8](repeating: 0, count: shape.rows * shape.columns * shape.depth * shape.type.byteCount * bands)
    var valid = [UInt8](repeating: 0, count: shape.rows * shape.columns * bands)
    let found = try stream.withUnsafeBytes { input in
        try values.withUnsafeMutableBytes { values in
            try valid.withUnsafeMutableBytes { try LERCDecoder.decode(input, shape: shape, bands: bands, into: values, valid: $0) }
        }
    }
    return (values, valid, found)
}

@Suite struct LERCTests {
    @Test(arguments: lercVectors)
    func streamsOfLiblercBecomeTheirValues(vector: LERCVector) throws {
        let shape = try vector.stream.withUnsafeBytes { try LERCDecoder.shape($0) }
        #expect(shape == LERCShape(rows: rows, columns: columns, depth: 1, type: vector.type))
        let (values, valid, bands) = try decode(vector.stream, shape)
        #expect(values == bytes(vector.type))
        #expect(bands == 1 && valid.allSatisfy { $0 == 1 })
    }

    @Test(arguments: lercVectors)
    func aStreamThatIsCutIsAFailure(vector: LERCVector) {
        let shape = LERCShape(rows: rows, columns: columns, depth: 1, type: vector.type)
        for length in 0..<vector.stream.count {
            #expect(throws: LERCFailure.self) { try decode(Array(vector.stream[..<length]), shape) }
        }
    }

    @Test func damageIsSeenByTheChecksum() {
        for vector in lercVectors where vector.stream[6] >= 3 {
            let shape = LERCShape(rows: rows, columns: columns, depth: 1, type: vector.type)
            for place in 14..<vector.stream.count {
                var stream = vector.stream
                stream[place] ^= 1
                #expect(throws: LERCFailure.self) { try decode(stream, shape) }
            }
        }
    }

    @Test func anotherShapeIsRefused() {
        for shape in [
            LERCShape(rows: rows, columns: columns, depth: 1, type: .int8),
            LERCShape(rows: 8, columns: columns, depth: 1, type: .uint8),
            LERCShape(rows: rows, columns: columns, depth: 2, type: .uint8),
        ] {
            #expect(throws: LERCFailure.otherShape) { try decode(lercVectors[2].stream, shape) }
        }
        let twice = lercVectors[2].stream + lercVectors[2].stream
        #expect(throws: LERCFailure.otherShape) {
            try decode(twice, LERCShape(rows: rows, columns: columns, depth: 1, type: .uint8))
        }
    }

    /// That other software reads the streams is shown by Conformance/interop/zstd_lerc.py.
    @Test(arguments: [LERCType.uint8, .int16, .float32])
    func nothingIsLostWithoutAnError(type: LERCType) throws {
        let source = bytes(type)
        let mask = (0..<rows * columns).map { UInt8($0 % 7 == 3 ? 0 : 1) }
        for valid in [nil, mask] {
            for (shape, count) in [
                (LERCShape(rows: rows, columns: columns, depth: 1, type: type), 1),
                (LERCShape(rows: 3, columns: columns, depth: 3, type: type), 1),
            ] {
                var stream: [UInt8] = []
                let own = valid.map { Array($0[..<(shape.rows * shape.columns)]) }
                try source.withUnsafeBytes {
                    try LERCEncoder.encode($0, shape: shape, valid: own, maxError: 0, into: &stream)
                }
                let decoded = try decode(stream, shape, bands: count)
                let size = type.byteCount * shape.depth
                for pixel in 0..<shape.rows * shape.columns where own.map({ $0[pixel] != 0 }) ?? true {
                    #expect(decoded.values[pixel * size..<(pixel + 1) * size] == source[pixel * size..<(pixel + 1) * size])
                }
                #expect(decoded.valid == own ?? [UInt8](repeating: 1, count: shape.rows * shape.columns))
            }
        }
    }

    @Test func errorsStayInTheirBound() throws {
        let shape = LERCShape(rows: rows, columns: columns, depth: 1, type: .float32)
        let source = bytes(.float32, step: 1.37)
        var sizes: [Int] = []
        for maxError in [0, 0.01, 0.5, 4] {
            var stream: [UInt8] = []
            try source.withUnsafeBytes { try LERCEncoder.encode($0, shape: shape, valid: nil, maxError: maxError, into: &stream) }
            sizes.append(stream.count)
            let values = try decode(stream, shape).values
            for place in 0..<rows * columns {
                let (a, b) = [source, values].map { bytes in
                    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4 * place, as: Float.self) }
                }.pair
                #expect(abs(Double(a) - Double(b)) <= maxError)
            }
        }
        #expect(sizes == sizes.sorted(by: >))
    }
}

extension [Float] {
    fileprivate var pair: (Float, Float) { (self[0], self[1]) }
}
