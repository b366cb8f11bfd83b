import ImageryZstandard
import TestSupport
import Testing

/// Decodes with room for `capacity` bytes.
func decode(_ stream: [UInt8], capacity: Int) throws -> (bytes: [UInt8], progress: ZstandardProgress) {
    let decoder = try ZstandardDecoder()
    var output = [UInt8](repeating: 0, count: capacity)
    let progress = try stream.withUnsafeBytes { input in
        try output.withUnsafeMutableBytes { try decoder.decode(input, into: $0) }
    }
    return (Array(output[..<progress.produced]), progress)
}

/// What `seq first last` prints.
func numbers(_ range: ClosedRange<Int>) -> [UInt8] { range.flatMap { Array("\($0)\n".utf8) } }

/// A stream of zstd 1.5.4 by the command line that is its name, and what it stands for.
struct ZstandardVector: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var stream: [UInt8]
    var bytes: [UInt8]

    init(_ commandLine: String, _ digits: String, _ bytes: [UInt8]) {
        testDescription = commandLine
        stream = hex(digits)
        self.bytes = bytes
    }
}

let zstandardVectors = [
    ZstandardVector(
        "seq 1 60 | zstd -3",
        "28b52ffd0458950200b28a130bb0a70dad11896c1b8a011d8379c8420ef2c82257a63c59329047173df4e9d2dbd9d7d5411f5cf0c0870b2f271f17077c6cb1c39e2dbb9b7b5b1beca1850e7ab4e86aea6969a0c7e2f02c77be1500f2f2427e",
        numbers(1...60)),
    ZstandardVector(
        "seq 100 180 | zstd -19",
        "28b52ffd04687504004694220ab0e518a628229901391d1c001f001f001b5ef0de6b6fbdf4ce2bef6fbc2116c45eacc5562cc54eacc41e1b71b46116ccdeaccdd62ccdceaccc3e1bb34116c89eacc9962cc98eacc82e1b12611b6a41edd55a6dd552edd44aedb5511b6801edd11a6dd112edd00aedb41106d8700b6eefd66eeb966ee7566ebf8ddb600b6ccfd66ccb966cc7566cb70d002f36189e",
        numbers(100...180)),
    ZstandardVector(
        "head -c 300 /dev/zero | zstd -1", "28b52ffd04484d00001000000100272ac00290ea003a", [UInt8](repeating: 0, count: 300)),
    ZstandardVector("printf abcdefgh | zstd -1", "28b52ffd04484100006162636465666768b734465b", Array("abcdefgh".utf8)),
    ZstandardVector(
        "seq 1 9 | zstd -1; a skippable frame of \"xyz\"; seq 10 20 | zstd -1",
        """
        28b52ffd0448910000310a320a330a340a350a360a370a380a390a834074f6 502a4d180300000078797a
        28b52ffd044809010031300a31310a31320a31330a31340a31350a31360a31370a31380a31390a32300ac4cee0c1
        """,
        numbers(1...20)),
]

@Suite struct DecoderTests {
    @Test(arguments: zstandardVectors)
    func streamsOfZstdBecomeTheirBytes(vector: ZstandardVector) throws {
        for slack in [0, 1, 40, 600] {
            let (bytes, progress) = try decode(vector.stream, capacity: vector.bytes.count + slack)
            #expect(bytes == vector.bytes)
            #expect(progress.isFinished && progress.consumed == vector.stream.count)
        }
    }

    @Test(arguments: zstandardVectors)
    func nothingIsWrittenBeyondTheRoom(vector: ZstandardVector) throws {
        for capacity in [0, 1, vector.bytes.count / 2, vector.bytes.count - 1] {
            let (bytes, progress) = try decode(vector.stream, capacity: capacity)
            #expect(bytes == Array(vector.bytes[..<capacity]) && !progress.isFinished)
        }
    }

    @Test(arguments: zstandardVectors)
    func aStreamThatIsCutIsAFailure(vector: ZstandardVector) {
        for length in 0..<vector.stream.count {
            // The second frame of a stream begins behind the first and the skippable one.
            let isWhole = length == 31 || length == 42
            if isWhole && vector.bytes == numbers(1...20) { continue }
            #expect(throws: ZstandardFailure.self) { try decode(Array(vector.stream[..<length]), capacity: 1000) }
        }
    }

    @Test func everyDamagedBitIsSeenOrHarmless() {
        for vector in zstandardVectors {
            for bit in 0..<8 * vector.stream.count {
                var stream = vector.stream
                stream[bit / 8] ^= 1 << UInt8(bit % 8)
                // What passes the checksum is the same.
                let decoded = try? decode(stream, capacity: 1000)
                if let decoded, decoded.progress.isFinished, stream[4] & 4 != 0, stream[0] == 0x28 {
                    #expect(decoded.bytes == vector.bytes || vector.bytes == numbers(1...20))
                }
            }
        }
    }

    /// Frames of the tests of libzstd's format document, and what is wrong with them.
    @Test(arguments: [
        ("28b52ffd000055000072800104207e1f02aa00", ZstandardFailure.badTree),
        ("28b52ffd0000450000080002002f430bae", .badOffset),
        ("28b52ffc00", .badMagic),
        ("28b52ffd08", .badHeader),
        ("28b52ffd210105", .dictionary),
        ("28b52ffd2000070000", .badBlock),
        ("28b52ffd20011100006161", .badBlock),
    ])
    func damageHasAName(digits: String, failure: ZstandardFailure) {
        let thrown = #expect(throws: ZstandardFailure.self) { try decode(hex(digits), capacity: 1 << 17) }
        if failure != .badTree { #expect(thrown == failure) }
    }

    @Test func emptyAndLargeFramesOfTheFormatsTests() throws {
        #expect(try decode(hex("28b52ffd00001500000000"), capacity: 8).bytes.isEmpty)
        #expect(try decode(hex("28b52ffda001000200020010000b000000"), capacity: 1 << 18).bytes.count == 131_073)
        #expect(
            try decode(hex("28b52ffd2027c5000080f3f1f0ecebc6c5c7f09d43000000e0e006580100603e52"), capacity: 64).bytes.count == 39)
    }
}
