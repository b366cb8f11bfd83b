import ImageryLZMA
import TestSupport
import Testing

/// Decodes with room for `capacity` bytes.
func decode(_ stream: [UInt8], capacity: Int) throws -> (bytes: [UInt8], isFinished: Bool) {
    let decoder = try XZDecoder()
    var output = [UInt8](repeating: 0, count: capacity)
    let progress = try stream.withUnsafeBytes { input in
        try output.withUnsafeMutableBytes { try decoder.decode(input, into: $0) }
    }
    return (Array(output[..<progress.produced]), progress.isFinished)
}

/// What `seq first last` prints.
func numbers(_ range: ClosedRange<Int>) -> [UInt8] { range.flatMap { Array("\($0)\n".utf8) } }

/// A stream of xz 5.4.1 by the command line that is its name, and what it stands for.
struct XZVector: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var stream: [UInt8]
    var bytes: [UInt8]

    init(_ commandLine: String, _ digits: String, _ bytes: [UInt8]) {
        testDescription = commandLine
        stream = hex(digits)
        self.bytes = bytes
    }
}

let xzVectors = [
    XZVector(
        "seq 1 60 | xz -6 --check=crc64",
        "fd377a585a000004e6d6b4460200210116000000742fe5a3e000aa00685d001882828f224ef8a655f7f099a5250d9045915a51b49bcaacdc0532ec85529fb1486defdce84bb961bae09c537f98c8a9540efc3d2ad306d766443d5664a6cd3dd7c71f44f418df020b3fe2c6c67be1e77f79441c79b742ae65b81bb50e84e19a8216dd8973c4fae000fd8e83d1e990c43900018401ab010000905fbce0b1c467fb020000000004595a",
        numbers(1...60)),
    XZVector(
        "seq 100 180 | xz --check=crc32 --delta=dist=4 --lzma2=preset=9e,lc=1,lp=2,pb=0",
        "fd377a585a0000016922de36020103010321011c8966a41ce0014300141300188c8e973bbf753c5c765b81027eac1fd1160000009309177500012cc4020000000097a7053e300d8b020000000001595a",
        numbers(100...180)),
    XZVector(
        "seq 1 40 | xz --check=sha256 --delta=dist=1 --delta=dist=2 --lzma2=preset=0,lc=0,lp=4,pb=4",
        "fd377a585a00000ae1fb0ca1030203010003010121010c00f60f46da01006e31d9f7ff01ff01ff01ff01ff01ff01ff01fff82eb32826b22728b1262ab0252caf242eae2330ad2232ac2134ab2036aa202db22a25b12927b02829af272bae262dad252fac2431ab2333aa2235a9222cb12c24b02b26af2a28ae292aad282cac272eab2630aa2532a92434a8242bb0000093f6e5def74d7e939b6daa541a8a7ce2ec2a628107ea47bad4c740b1739a17ab0001a3016f0000007879f802b6e9df1c02000000000a595a",
        numbers(1...40)),
    XZVector(
        "head -c 300 /dev/zero | xz --check=none",
        "fd377a585a000000ff12d9410200210116000000742fe5a3e0012b00085d00006ffdf7c10d20000000011cac0200000021ac9fa8a8000afc020000000000595a",
        [UInt8](repeating: 0, count: 300)),
    XZVector(
        "printf abcdefgh | xz --check=none",
        "fd377a585a000000ff12d9410200210116000000742fe5a30100076162636465666768000001180840a546ac06729e7a010000000000595a",
        Array("abcdefgh".utf8)),
    XZVector(
        "seq 10 40 | xz --block-size=32 --check=crc32",
        "fd377a585a0000016922de360200210116000000742fe5a3e0001f001c5d00188bfd4d0813a301ff1295feeeee384cb9fccda618c543889c73ef0000520678bc0200210116000000742fe5a3e0001f001b5d00050d6b43f85359e81a26d88de6a37cb25c8db017d99ae76328000000001240538e0200210116000000742fe5a3e0001c001a5d00188282b78b42a36f38709259143441bf5049e648ee825fe627a0000000dfea8a67000334203320321d4c86455e3e300d8b020000000001595a",
        numbers(10...40)),
    XZVector(
        "seq 1 9 | xz --check=crc32; four zeros; seq 10 20 | xz --check=none",
        "fd377a585a0000016922de360200210116000000742fe5a3010011310a320a330a340a350a360a370a380a390a00000023d5efb9000126124747e1109042990d010000000001595a00000000fd377a585a000000ff12d9410200210116000000742fe5a3e00020001d5d00188bfd4d0813a301ff1295feeeee384cb9fccda618c543889efc7f20000000000000013121c7a2b2aa06729e7a010000000000595a",
        numbers(1...20)),
]

@Suite struct XZDecoderTests {
    @Test(arguments: xzVectors)
    func streamsOfXZBecomeTheirBytes(vector: XZVector) throws {
        for slack in [0, 1, 600] {
            let (bytes, isFinished) = try decode(vector.stream, capacity: vector.bytes.count + slack)
            #expect(bytes == vector.bytes)
            #expect(isFinished)
        }
    }

    @Test(arguments: xzVectors)
    func nothingIsWrittenBeyondTheRoom(vector: XZVector) throws {
        for capacity in [0, 1, vector.bytes.count / 2, vector.bytes.count - 1] {
            let (bytes, isFinished) = try decode(vector.stream, capacity: capacity)
            #expect(bytes == Array(vector.bytes[..<capacity]) && !isFinished)
        }
    }

    @Test(arguments: xzVectors)
    func aStreamThatIsCutKeepsWhatItHas(vector: XZVector) throws {
        let decoder = try XZDecoder()
        var most = 0
        for length in 0..<vector.stream.count {
            var output = [UInt8](repeating: 0, count: 400)
            let isWhole = vector.stream[..<length].withUnsafeBytes { input in
                output.withUnsafeMutableBytes { (try? decoder.decode(input, into: $0))?.isFinished ?? false }
            }
            // The second of two streams begins behind the first, or behind the zeros between them.
            #expect(!isWhole || vector.bytes == numbers(1...20))
            #expect(Array(output[..<decoder.totalProduced]) == Array(vector.bytes[..<decoder.totalProduced]))
            most = max(most, decoder.totalProduced)
        }
        #expect(most == vector.bytes.count)
    }

    @Test func everyDamagedBitIsSeen() {
        // Every part of this stream is under a checksum, or says what others say too.
        let vector = xzVectors[0]
        for bit in 0..<8 * vector.stream.count {
            var stream = vector.stream
            stream[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: XZFailure.self, "bit \(bit)") { try decode(stream, capacity: 1000) }
        }
    }

    @Test func filtersOfProgramsAreRefusedByName() {
        // printf abcdefgh | xz --x86 --lzma2 --check=none
        #expect(throws: XZFailure.unsupportedFilter) {
            try decode(
                hex(
                    "fd377a585a000000ff12d94102010400210116000d86351f0100076162636465666768000001180840a546ac06729e7a010000000000595a"
                ), capacity: 100)
        }
    }

    @Test func damageHasAName() {
        let stream = xzVectors[0].stream
        func changed(_ place: Int, to byte: UInt8) -> [UInt8] {
            var copy = stream
            copy[place] = byte
            return copy
        }
        #expect(throws: XZFailure.badHeader) { try decode(changed(0, to: 0), capacity: 1000) }
        #expect(throws: XZFailure.badBlock) { try decode(changed(14, to: 0x22), capacity: 1000) }
        #expect(throws: XZFailure.badChunk) { try decode(changed(24, to: 3), capacity: 1000) }
        #expect(throws: XZFailure.badIndex) { try decode(changed(stream.count - 1, to: 0), capacity: 1000) }
        #expect(throws: XZFailure.checksumMismatch) {
            try decode(changed(stream.count - 25, to: stream[stream.count - 25] ^ 1), capacity: 1000)
        }
    }
}
